"""Training one seed again confirms what is stored, or says what does not fit."""

import functools
import json
import shutil
from dataclasses import replace

import numpy as np
import pytest
import studies

from experiments import datasets
from experiments.__main__ import main, repetition
from experiments.progress import Board
from experiments.records import KINDS, Identity, Run, read_results, read_run, write_run
from experiments.reproduce import TOLERANCES, Row, causes, compare, is_identical, obstacles, quantities, rows

LSTM = "lstm-test-sample/seed-1"
LINEAR = "linear-test-sample"


def with_environment(run, **changes):
    environment = run.record.environment.model_copy(update=changes)
    return replace(run, record=run.record.model_copy(update={"environment": environment}))


def test_quantities_of_a_classifier():
    run = studies.lstm_run(confusion=(170, 30, 28, 172), val_loss=(0.6, 0.4, 0.5))

    assert quantities(run) == {"test_accuracy": 342 / 400, "test_loss": pytest.approx(0.41), "val_loss": 0.4}


def test_quantities_of_a_generator_are_those_of_the_last_third():
    run = studies.gan_run()
    curve = np.zeros(300, np.float32)
    curve[200:] = 1.5
    run = studies.with_array(run, "discriminator_loss", curve)
    samples = np.zeros_like(run.arrays["samples"])
    samples[-1] = 51
    run = studies.with_array(run, "samples", samples)

    found = quantities(run)

    assert found["discriminator_loss"] == 1.5
    assert found["ink"] == 0.2


def test_what_the_clock_and_the_machine_decide_does_not_count():
    run = studies.lstm_run()
    other = studies.with_leaf(studies.with_leaf(run, "duration_s", 9.0), "epochs[0].duration_s", 7.0)

    assert is_identical(run, with_environment(other, processor="otro"))
    assert compare(run, other) == (True, ["lstm/seed-1: se repite bit a bit."])


def test_one_value_or_one_bit_is_a_difference():
    run = studies.lstm_run()
    probability = run.arrays["probability"].copy()
    probability[0] = np.nextafter(probability[0], np.float32(1))

    assert not is_identical(run, studies.with_leaf(run, "test_loss", 0.42))
    assert not is_identical(run, studies.with_array(run, "probability", probability))


@pytest.mark.parametrize(
    ("found", "within"), [(0.5199, True), (0.5201, False), (0.4801, True), (0.4799, False)]
)
def test_a_tolerance_holds_on_both_sides(found, within):
    assert Row(TOLERANCES["test_accuracy"], 0.5, found).within is within


def test_differences_within_tolerance_confirm_and_are_explained():
    run = studies.lstm_run()
    other = with_environment(
        studies.with_leaf(run, "test_loss", 0.43), processor="B", libraries={"numpy": "1"}
    )

    confirmed, lines = compare(run, other)

    assert confirmed
    assert lines[0] == "lstm/seed-1: se repite dentro de la tolerancia."
    assert "  pérdida en la prueba: 0.4100 → 0.4300, diferencia 0.0200, dentro de 0.05." in lines
    assert "otra versión de numpy (2.3.5 → 1)" in lines[-1]
    assert "otro procesador (x86_64 → B)" in lines[-1]


def test_differences_on_the_same_machine_are_nondeterminism():
    run = studies.gan_run()
    other = studies.with_array(run, "d_real", run.arrays["d_real"] + np.float32(0.2))

    confirmed, lines = compare(run, other)

    assert not confirmed
    assert lines[0] == "gan/seed-1: no se repite."
    assert any("salida de D ante reales" in line and "fuera de 0.08" in line for line in lines)
    assert lines[-1].endswith("las diferencias vienen de que el cálculo no es determinista.")
    assert [row.tolerance.name for row in rows(run, other) if not row.within] == [TOLERANCES["d_real"].name]


def test_every_difference_of_the_environment_is_a_cause():
    run = studies.lstm_run()
    other = with_environment(run, python="3.12.0", platform="macOS", threads=4)

    assert list(causes(run.record, other.record)) == [
        "otro Python (3.11.2 → 3.12.0)",
        "otro sistema (Linux 6.1 → macOS)",
        "otro número de hilos (2 → 4)",
    ]


def test_other_libraries_are_no_obstacle_but_another_configuration_is():
    stored = Identity.of(studies.lstm_run().record)
    other = stored.model_copy(update={"libraries": {"numpy": "1"}})

    assert obstacles(stored, other) == []
    changed = other.model_copy(update={"config": stored.config.model_copy(update={"units": 32})})
    assert obstacles(stored, changed) == ["la configuración (units: 64 → 32)"]


# --- the command, on a real tiny training ------------------------------------------------


@pytest.fixture
def stored(trained, tmp_path):
    folder = tmp_path / "results"
    shutil.copytree(trained, folder, ignore=shutil.ignore_patterns("weights", "*.log"))
    return folder


def keep(folder, *names):
    """Make ``names`` the whole of the results in ``folder``."""
    manifest = json.loads((folder / "manifest.json").read_text())
    manifest["runs"] = list(names)
    (folder / "manifest.json").write_text(json.dumps(manifest))


def test_a_seed_trained_again_on_the_same_machine_repeats_bit_for_bit(stored, capsys):
    """By the command; that the LSTM and the GAN do so too is shown in ``test_resume``."""
    keep(stored, LINEAR)
    assert main(["reproduce", "--seed", "0", "--results", str(stored)]) == 0

    lines = capsys.readouterr().out.splitlines()
    assert [line for line in lines if line.endswith(": se repite bit a bit.")] == [
        f"{LINEAR}: se repite bit a bit."
    ]


def test_every_kind_of_run_is_repeated_as_what_it_was(trained, tmp_path, monkeypatch):
    for name in ("load_imdb", "load_mnist"):
        monkeypatch.setattr(datasets, name, functools.cache(getattr(datasets, name)))
    runs = {run.record.kind: run for run in read_results(trained)[1]}
    assert runs.keys() == set(KINDS)
    gan = runs["gan"].record
    config = gan.config.model_copy(update={"architecture": "convolutional"})
    other = Run("gan-test-sample/seed-1", gan.model_copy(update={"config": config}), {})
    for run in (*runs.values(), other):
        task = repetition(run, None, Board(), tmp_path)
        assert (task.name, task.config) == (run.name, run.record.config)


def test_each_kind_of_run_has_quantities_to_compare(trained):
    found = {run.record.kind: quantities(run) for run in read_results(trained)[1]}
    runs = {run.record.kind: run for run in read_results(trained)[1]}

    assert {kind: list(values) for kind, values in found.items()} == {
        "gan": ["discriminator_loss", "generator_loss", "d_real", "d_fake", "ink"],
        "judge": ["judge_accuracy", "judge_real"],
        "linear": ["test_accuracy", "test_loss"],
        "lstm": ["test_accuracy", "test_loss", "val_loss"],
        "memory": ["kept_accuracy", "decay", "interaction"],
        "probe": ["probe_lstm", "probe_bilstm"],
        "readability": ["readable"],
    }
    linear = runs["linear"].arrays
    right = (linear["probability"] > 0.5) == linear["label"]
    assert found["linear"]["test_accuracy"] == pytest.approx(right.mean())
    probe = runs["probe"].record.rows
    assert found["probe"]["probe_lstm"] == pytest.approx(np.mean([row.lstm_correct / row.n for row in probe]))
    kept = [row for row in runs["memory"].record.truncations if row.keep == "last"]
    assert found["memory"]["kept_accuracy"] == kept[-1].correct / kept[-1].n


def test_a_stored_record_that_no_training_gives_is_not_confirmed(stored, capsys):
    """The run without TensorFlow, whose seed is 0: what repeats and what compares is the same."""
    run = read_run(stored / LINEAR, LINEAR)
    write_run(stored / LINEAR, run.record.model_copy(update={"test_loss": 0.01}), run.arrays)
    keep(stored, LINEAR)

    assert main(["reproduce", "--seed", "0", "--results", str(stored)]) == 1

    output = capsys.readouterr().out
    assert f"{LINEAR}: no se repite." in output
    assert "fuera de 0.05" in output


def test_a_seed_that_is_not_stored_cannot_be_repeated(stored, capsys):
    assert main(["reproduce", "--seed", "9", "--results", str(stored)]) == 2
    assert "se esperaba la semilla 9, no se encontró" in capsys.readouterr().err


def test_a_record_of_other_code_cannot_be_repeated(stored, capsys):
    run = read_run(stored / LSTM, LSTM)
    write_run(stored / LSTM, run.record.model_copy(update={"code_digest": "f" * 64}), run.arrays)
    keep(stored, LSTM)

    assert main(["reproduce", "--results", str(stored)]) == 2
    error = capsys.readouterr().err
    assert "ha cambiado el código del experimento (huella ffffffffffff →" in error


def test_results_without_manifest_cannot_be_repeated(tmp_path, capsys):
    assert main(["reproduce", "--results", str(tmp_path)]) == 2
    assert "se esperaba la lista de ejecuciones" in capsys.readouterr().err
