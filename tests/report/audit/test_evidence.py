"""Results: histories of Keras and folders of ours."""

import json
import subprocess
import sys

import pytest
import studies
from audit_cases import EPOCHS, LOSSES, MATRIX, read
from brought import brought_lstm, network
from stored import runs, write_results, write_runs

from experiments.records.base import RecordError
from experiments.records.results import Manifest, write_manifest
from experiments.records.storage import write_brought
from report.audit import evidence, rules
from report.audit.blocks import UnreadableError
from report.audit.numerals import Interval
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
    found = rules.check_all(statements, [evidence.own(statements), evidence.read(path)])
    return [f.rule for f in found if f.verdict is Verdict.CONTRADICTED]


def test_with_results_the_table_is_wrong_and_still_denies_the_text(history):
    text = "Final training accuracy: 0.80. Best val_accuracy: 0.72 (epoch 2).\n"

    assert check(text + EPOCHS, history(HISTORY)) == ["tabla y resultados", "valor final", "mejor época"]


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
    (ruling,) = rules.check(statements, evidence.read(history(HISTORY)))

    assert (ruling.verdict is Verdict.VERIFIED) == (expected == "")
    assert expected == "" or ruling.expected == expected


def test_a_table_that_stops_early_is_said(history):
    head = "\n".join(EPOCHS.splitlines()[:3])
    statements = read(f"{head}\n| 1 | 0.70 | 0.60 | 0.60 | 0.65 |\n| 2 | 0.60 | 0.70 | 0.50 | 0.72 |\n")
    (ruling,) = rules.check(statements, evidence.read(history(HISTORY)))

    assert ruling.expected == "los resultados tienen 3 épocas"


def test_keras_object_dumped_whole_and_a_csv_log(history, tmp_path):
    log = tmp_path / "log.csv"
    log.write_text("epoch,accuracy,loss,val_accuracy,val_loss\n0,0.6,0.7,0.65,0.6\n1,0.7,0.6,0.72,0.5\n")

    assert check("Final val_accuracy: 0.71", history({"history": HISTORY})) == []
    assert check("Final val_accuracy: 0.72", log) == []
    assert check("Final val_accuracy: 0.65", log) == ["valor final"]


def test_columns_that_are_not_compared_are_announced(history):
    content = HISTORY | {"val_loss": [0.6, None, 0.5], "lr": [1, 1, 1], "auc": ["a", "b", "c"]}
    path = history(content)
    found = evidence.read(path)

    assert found.notices == [
        f"{path}: columnas que no se conocen y no se leen: «auc».",
        f"{path}: no se lee «val_loss»: se esperaba un número finito, con punto decimal, en el valor 2, "
        "columna «val_loss», se encontró «None».",
        f"{path}: no se compara la tasa de aprendizaje de cada época.",
    ]
    assert ("loss", "val") not in found.epochs()[0].columns


def test_names_that_are_not_those_of_keras_are_announced(history):
    path = history({"train_loss": [0.7, 0.6], "val_acc": [65.0, 72.0], "g_loss": [1, 1]})
    found = evidence.read(path)

    assert found.epochs()[0].columns == {
        ("loss", "train"): (Interval(0.7, 0.7), Interval(0.6, 0.6)),
        ("accuracy", "val"): (Interval(0.65, 0.65), Interval(0.72, 0.72)),
        ("loss", "G"): (Interval(1, 1), Interval(1, 1)),
    }
    assert found.notices == [
        f"{path}: columnas en tanto por ciento, divididas entre 100: «val_acc».",
        f"{path}: se toma «train_loss» por running_loss, «val_acc» por val_accuracy, "
        "«g_loss» por generator_loss.",
    ]


def test_two_columns_for_the_same_prove_nothing(history):
    with pytest.raises(UnreadableError, match="se encontró «acc» y «accuracy»"):
        evidence.read(history({"acc": [0.5], "accuracy": [0.6]}))


LOG = "Epoch 1/2\n9/9 - 1s - val_loss: 0.6000\nEpoch 2/2\n9/9 - 1s - val_loss: 0.5512\n"


@pytest.mark.parametrize(
    ("said", "wrong"), [("0.5512", []), ("0.55118", []), ("0.551", []), ("0.5514", ["valor final"])]
)
def test_what_a_log_printed_is_as_exact_as_it_was_printed(tmp_path, said, wrong):
    (tmp_path / "train.log").write_text(LOG)

    assert check(f"Final val_loss: {said}", tmp_path / "train.log") == wrong


def test_a_history_is_read_without_tensorflow_or_pandas(history):
    program = (
        "import sys\nfrom pathlib import Path\nfrom report.audit import evidence\n"
        "from report.audit.understanding import understand\n"
        "assert evidence.read(Path(sys.argv[1])).external\n"
        "print(*{'tensorflow', 'keras', 'pandas', 'nbformat', 'tensorboard'} & set(sys.modules))"
    )
    command = [sys.executable, "-c", program, str(history(HISTORY))]
    assert subprocess.run(command, capture_output=True, text=True, check=True).stdout == "\n"


@pytest.mark.parametrize("content", [[], {}, "hola", {"loss": [1], "val_loss": [1, 2]}, {"loss": ["x"]}])
def test_what_is_no_history_is_refused(history, content):
    with pytest.raises(UnreadableError, match="se esperaba un historial"):
        evidence.read(history(content))


def test_a_history_that_is_not_there(tmp_path):
    with pytest.raises(UnreadableError, match="revise la ruta"):
        evidence.read(tmp_path / "no.json")


def test_a_folder_of_results_knows_settings_and_every_seed(tmp_path):
    path = write_results(tmp_path, runs(2))
    found = evidence.read(path)

    assert [len(found.epochs()), len(found.steps()), len(found.matrices)] == [2, 2, 2]
    assert found.settings["lstm", "batch"].middle == 64
    assert check("# LSTM\n\nTamaño de lote: 65", path) == ["ajuste y resultados"]
    assert check("# LSTM\n\nTamaño de lote: 64", path) == []


def sources(found):
    return [[item.source for item in items] for items in (found.epochs(), found.steps(), found.matrices)]


def test_without_results_of_the_gan_its_own_table_is_the_proof(tmp_path):
    path = write_runs(tmp_path, [studies.lstm_run(1)])
    found = evidence.read(path)

    assert sources(found) == [["resultados lstm/seed-1"], [], ["resultados lstm/seed-1"]]
    assert found.selected
    assert {part for part, _ in found.settings} == {"lstm"}
    text = f"# GAN\n{LOSSES}\nLa GAN colapsa. Pérdida final del discriminador: 1.10."
    assert sorted(check(text, path)) == ["equilibrio y pérdidas", "valor final"]


@pytest.mark.parametrize("architecture", ["convolutional", "dense"])
def test_without_results_of_the_lstm_its_own_tables_are_the_proof(tmp_path, architecture):
    path = write_runs(tmp_path, [studies.gan_run(1, architecture=architecture)])
    found = evidence.read(path)

    assert sources(found) == [[], ["resultados gan/seed-1"], []]
    assert not found.selected
    assert {part for part, _ in found.settings} == {"gan"}
    assert check(f"Final val_accuracy: 0.84.\n{EPOCHS}", path) == ["valor final"]
    assert check(f"El sobreajuste es leve.\n{EPOCHS}", path) == ["grado de sobreajuste"]


def test_results_of_neither_network_are_refused(tmp_path):
    measured = [run for run in studies.complete(runs(1)) if run.record.kind == "linear"]
    with pytest.raises(RecordError, match=r"se esperaba un historial, .*; ejecute «make train»\."):
        evidence.read(write_runs(tmp_path, measured))


def test_a_network_alone_is_nothing_to_compare_with(tmp_path):
    run = brought_lstm(1, None, None, model=network())
    write_brought(tmp_path / run.name, run.record, run.arrays)
    write_manifest(tmp_path, Manifest(profile=None, runs=(), brought=(run.name,)))
    with pytest.raises(RecordError) as error:
        evidence.read(tmp_path)
    assert str(error.value) == (
        f"{tmp_path}: se esperaba un historial, una matriz o unas pérdidas con que comparar, no se encontró "
        "nada de eso; impórtelo con lo demás."
    )


def test_more_tables_than_are_used_are_announced(monkeypatch):
    monkeypatch.setattr(evidence, "MAX_TABLES", 1)

    assert len(evidence.own(read(EPOCHS + "\n" + EPOCHS)).notices) == 1
    assert evidence.own(read(EPOCHS)).notices == []
