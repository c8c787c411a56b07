"""Results: histories of Keras and folders of ours."""

import json

import pytest
import studies
from audit_cases import EPOCHS, LOSSES, MATRIX, read
from stored import runs, write_results, write_runs

from experiments.records.base import RecordError
from report.audit import evidence, rules
from report.audit.blocks import UnreadableError
from report.audit.ruling import Verdict

TABLES = f"{EPOCHS}\n{MATRIX}\n# GAN\n{LOSSES}"

HISTORY = {
    "loss": [0.7, 0.6, 0.5],
    "accuracy": [0.6, 0.7, 0.8],
    "val_loss": [0.6, 0.5, 0.55],
    "val_accuracy": [0.65, 0.72, 0.71],
}


@pytest.fixture
def history(tmp_path):
    def write(content):
        path = tmp_path / "historial.json"
        path.write_text(json.dumps(content))
        return path

    return write


def check(text, path):
    statements = read(text)
    found = rules.check(statements, evidence.read(path, statements))
    return [f.rule for f in found if f.verdict is Verdict.CONTRADICTED]


def test_with_results_the_table_is_what_is_wrong(history):
    text = "Final training accuracy: 0.80. Best val_accuracy: 0.72 (epoch 2).\n"

    assert check(text + EPOCHS, history(HISTORY)) == ["tabla y resultados"]


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        ("| 2 | 0.60 | 0.70 | 0.50 | 0.72 |", ""),
        ("| 2 | 0.60 | 0.70 | 0.50 | 0.73 |", "no coinciden las épocas 2"),
    ],
)
def test_a_table_is_compared_row_by_row(history, row, expected):
    head = "\n".join(EPOCHS.splitlines()[:3])
    table = f"{head}\n| 1 | 0.70 | 0.60 | 0.60 | 0.65 |\n{row}\n| 3 | 0.50 | 0.80 | 0.55 | 0.71 |\n"
    statements = read(table)
    (ruling,) = rules.check(statements, evidence.read(history(HISTORY), statements))

    assert (ruling.verdict is Verdict.VERIFIED) == (expected == "")
    assert expected == "" or ruling.expected == expected


def test_a_table_that_stops_early_is_said(history):
    head = "\n".join(EPOCHS.splitlines()[:3])
    statements = read(f"{head}\n| 1 | 0.70 | 0.60 | 0.60 | 0.65 |\n| 2 | 0.60 | 0.70 | 0.50 | 0.72 |\n")
    (ruling,) = rules.check(statements, evidence.read(history(HISTORY), statements))

    assert ruling.expected == "los resultados tienen 3 épocas"


def test_keras_object_dumped_whole_and_a_csv_log(history, tmp_path):
    log = tmp_path / "log.csv"
    log.write_text("epoch,accuracy,loss,val_accuracy,val_loss\n0,0.6,0.7,0.65,0.6\n1,0.7,0.6,0.72,0.5\n")

    assert check("Final val_accuracy: 0.71", history({"history": HISTORY})) == []
    assert check("Final val_accuracy: 0.72", log) == []
    assert check("Final val_accuracy: 0.65", log) == ["valor final"]


def test_columns_that_are_not_compared_are_announced(history):
    content = HISTORY | {"val_loss": [0.6, None, 0.5], "lr": [1, 1, 1]}
    path = history(content)

    assert evidence.read(path, read("")).notices == [
        f"{path}: no se comparan val_loss: tienen valores que no son números.",
        f"{path}: no se comparan lr: la auditoría no las conoce.",
    ]


@pytest.mark.parametrize("content", [[], {}, "hola", {"loss": [1], "val_loss": [1, 2]}, {"loss": ["x"]}])
def test_what_is_no_history_is_refused(history, content):
    with pytest.raises(UnreadableError, match="se esperaba un historial"):
        evidence.read(history(content), read(""))


def test_a_history_that_is_not_there(tmp_path):
    with pytest.raises(UnreadableError, match="revise la ruta"):
        evidence.read(tmp_path / "no.json", read(""))


def test_a_folder_of_results_knows_settings_and_every_seed(tmp_path):
    path = write_results(tmp_path, runs(2))
    found = evidence.read(path, read(""))

    assert [len(found.epochs()), len(found.steps()), len(found.matrices)] == [2, 2, 2]
    assert found.settings["lstm", "batch"].middle == 64
    assert check("# LSTM\n\nTamaño de lote: 65", path) == ["ajuste y resultados"]
    assert check("# LSTM\n\nTamaño de lote: 64", path) == []


def sources(found):
    return [[item.source for item in items] for items in (found.epochs(), found.steps(), found.matrices)]


def test_without_results_of_the_gan_its_own_table_is_the_proof(tmp_path):
    path = write_runs(tmp_path, [studies.lstm_run(1)])
    statements = read(TABLES)
    found = evidence.read(path, statements)

    assert sources(found) == [
        ["resultados lstm/seed-1"],
        [statements.series[1].source],
        ["resultados lstm/seed-1"],
    ]
    assert found.selected
    assert {part for part, _ in found.settings} == {"lstm"}
    text = f"# GAN\n{LOSSES}\nLa GAN colapsa. Pérdida final del discriminador: 1.10."
    assert check(text, path) == ["valor final", "equilibrio y pérdidas"]


@pytest.mark.parametrize("architecture", ["convolutional", "dense"])
def test_without_results_of_the_lstm_its_own_tables_are_the_proof(tmp_path, architecture):
    path = write_runs(tmp_path, [studies.gan_run(1, architecture=architecture)])
    statements = read(TABLES)
    found = evidence.read(path, statements)

    epochs, _, matrices = sources(evidence.own(statements))
    assert sources(found) == [epochs, ["resultados gan/seed-1"], matrices]
    assert not found.selected
    assert {part for part, _ in found.settings} == {"gan"}
    assert check(f"Final val_accuracy: 0.84.\n{EPOCHS}", path) == ["valor final"]
    assert check(f"El sobreajuste es leve.\n{EPOCHS}", path) == ["grado de sobreajuste"]


def test_results_of_neither_network_are_refused(tmp_path):
    measured = [run for run in studies.complete(runs(1)) if run.record.kind == "linear"]
    with pytest.raises(RecordError, match="se esperaban resultados, no se encontró ninguno"):
        evidence.read(write_runs(tmp_path, measured), read(TABLES))


def test_more_tables_than_are_used_are_announced(monkeypatch):
    monkeypatch.setattr(evidence, "MAX_TABLES", 1)

    assert len(evidence.own(read(EPOCHS + "\n" + EPOCHS)).notices) == 1
    assert evidence.own(read(EPOCHS)).notices == []
