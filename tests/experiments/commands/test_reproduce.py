"""Training one seed again confirms what is stored, or says what does not fit."""

import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import toys
from planned import finished, rule_run, toy_run

from experiments.__main__ import main
from experiments.commands.reproduce import repetition, runs_of
from experiments.data.source import Source
from experiments.errors import TrainError
from experiments.records.base import Run
from experiments.records.closure import code_digest_of
from experiments.records.results import Manifest, write_manifest
from experiments.records.storage import pack_arrays, write_run
from experiments.running import devices
from experiments.running.environment import library_versions
from experiments.running.progress import Board
from experiments.settings import Experiment

pytestmark = pytest.mark.usefixtures("only_toys")


def current(run: Run) -> Run:
    """``run`` as the present code would have made it from the present data."""
    environment = run.record.environment.model_copy(update={"libraries": library_versions()})
    data = toys.load(Source(), run.record.config).info
    update = {"code_digest": code_digest_of(run.record.kind), "environment": environment, "data": data}
    return replace(run, record=run.record.model_copy(update=update))


def exact(seed: int = 1, **fields: Any) -> Run:
    """A toy with the very arrays that its experiment gives."""
    run = current(toy_run(seed, (seed, seed + 1, seed + 2), **fields))
    arrays = {"values": np.array([seed, seed + 1, seed + 2])}
    return Run(run.name, run.record.model_copy(update={"arrays_digest": pack_arrays(arrays)[1]}), arrays)


def measured(toy: Run, rule: Run) -> Run:
    upstream = {run.name: run.record.arrays_digest for run in (toy, rule)}
    results, config = toys.MeasureResults(ratio=0.6), toys.MeasureConfig()
    run = finished("measure/seed-1", toys.MeasureRecord, config, results, {}, seed=1, upstream=upstream)
    return current(run)


def store(root: Path, *runs: Run) -> Path:
    for run in runs:
        write_run(root / run.name, run.record, run.arrays)
    write_manifest(root, Manifest(profile="full", runs=tuple(run.name for run in runs)))
    return root


@pytest.fixture(autouse=True)
def elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """No settings of this project's own, and a real process for each run."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(sys, "executable", str(toys.write_program(tmp_path)))


# --- the command -------------------------------------------------------------------------


def test_a_seed_trained_again_on_the_same_machine_repeats_bit_for_bit(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """By the command; that the LSTM and the GAN do so too is shown in ``test_resume``."""
    toy, rule = exact(), current(rule_run())
    root = store(tmp_path / "results", toy, rule, measured(toy, rule), exact(2))
    assert main(["reproduce", "--results", str(root)]) == 0

    lines = capsys.readouterr().out.splitlines()
    assert [line for line in lines if line.endswith(": se repite bit a bit.")] == [
        f"{name}: se repite bit a bit." for name in ("toy/seed-1", "rule", "measure/seed-1")
    ]
    assert not any("seed-2" in line for line in lines)


def test_a_stored_record_that_no_training_gives_is_not_confirmed(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    toy = exact(2)
    wrong = replace(toy, record=toy.record.model_copy(update={"total": 0.01}))
    root = store(tmp_path / "results", wrong)

    assert main(["reproduce", "--seed", "2", "--results", str(root)]) == 1

    output = capsys.readouterr().out
    assert "toy/seed-2: no se repite." in output
    assert "el total: 0.01 → 9.00, diferencia 8.99, fuera de 0.25" in output


# --- what cannot be repeated -------------------------------------------------------------


def refusal(capsys: pytest.CaptureFixture[str], *arguments: str) -> str:
    assert main(["reproduce", *arguments]) == 2
    printed = capsys.readouterr()
    assert printed.out == ""
    assert printed.err.count("\n") == 1
    assert printed.err.endswith(".\n")
    return printed.err


def test_a_seed_that_is_not_stored_cannot_be_repeated(tmp_path: Path, capsys: Any) -> None:
    root = store(tmp_path / "results", exact(), current(rule_run()))
    assert "se esperaba la semilla 9, no se encontró" in refusal(capsys, "--seed=9", f"--results={root}")
    # the seed of what serves all seeds is none
    assert "se esperaba la semilla 0, no se encontró" in refusal(capsys, "--seed=0", f"--results={root}")


@pytest.mark.parametrize("seed", ["1 2", "", "-1", "x"])
def test_one_seed_is_repeated_at_a_time(capsys: Any, seed: str) -> None:
    assert refusal(capsys, f"--seed={seed}") == (
        f"SEED: se esperaba un entero no negativo, se encontró «{seed}»; escriba, por ejemplo, SEED=1.\n"
    )


def test_a_record_of_other_code_cannot_be_repeated(tmp_path: Path, capsys: Any) -> None:
    toy = exact()
    other = replace(toy, record=toy.record.model_copy(update={"code_digest": "f" * 64}))
    root = store(tmp_path / "results", other)
    error = refusal(capsys, f"--results={root}")
    assert "ha cambiado el código del experimento (huella ffffffffffff →" in error


def test_a_record_of_other_data_cannot_be_repeated(tmp_path: Path, capsys: Any) -> None:
    toy = exact()
    data = toy.record.data.model_copy(update={"digest": "f" * 64})
    root = store(tmp_path / "results", replace(toy, record=toy.record.model_copy(update={"data": data})))
    assert "ha cambiado los datos (huella ffffffffffff →" in refusal(capsys, f"--results={root}")


def test_results_without_manifest_cannot_be_repeated(tmp_path: Path, capsys: Any) -> None:
    assert "se esperaba la lista de ejecuciones" in refusal(capsys, f"--results={tmp_path}")


def test_a_measurement_without_what_it_measures_cannot_be_repeated(tmp_path: Path, capsys: Any) -> None:
    toy, rule = exact(), current(rule_run())
    root = store(tmp_path / "results", toy, measured(toy, rule))
    assert "measure/seed-1: se esperaba entre los resultados rule, que es lo que mide" in refusal(
        capsys, f"--results={root}"
    )


def test_a_run_of_a_gpu_is_not_repeated_without_one(
    tmp_path: Path, capsys: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(devices, "_sees_gpu", lambda: False)
    toy = exact()
    gpu = toy.record.environment.model_copy(update={"device": "gpu", "gpu": "Acelerador 9"})
    root = store(
        tmp_path / "results", replace(toy, record=toy.record.model_copy(update={"environment": gpu}))
    )
    assert "DEVICE: se esperaba una GPU" in refusal(capsys, f"--results={root}")
    assert "JOBS: se esperaba 1 con DEVICE=gpu" in refusal(capsys, "--jobs=2", f"--results={root}")


# --- as what it was ----------------------------------------------------------------------


def test_every_kind_of_run_is_repeated_as_what_it_was(tmp_path: Path) -> None:
    toy, rule = exact(config=toys.ToyConfig(width=7), variant="ancho"), current(rule_run())
    toy = replace(toy, name="toy@ancho/seed-1")
    stored = {run.name: run for run in (toy, rule, measured(toy, rule))}
    for run in stored.values():
        task = repetition(run, stored, Experiment("full"), None, Board(), tmp_path)
        assert (task.name, task.config) == (run.name, run.record.config)
        assert (task.variant, task.profile, task.seed) == (run.record.variant, "full", run.record.seed)
    assert task.needs == {"toy": "toy@ancho/seed-1", "rule": "rule"}


def test_those_of_the_seed_and_those_of_all_seeds_are_repeated(tmp_path: Path) -> None:
    store(tmp_path, exact(1), exact(2), current(rule_run()))
    assert [run.name for run in runs_of(2, tmp_path)] == ["toy/seed-2", "rule"]


@pytest.fixture
def worded(tmp_path: Path) -> Run:
    """A toy that read a file."""
    # SHA-256 of "abc": FIPS 180-2, appendix B.1
    digest = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
    (tmp_path / "lejos").mkdir()
    (tmp_path / "lejos" / "palabras.txt").write_bytes(b"abc")
    return exact(config=toys.ToyConfig(words="palabras.txt", words_digest=digest))


def test_a_file_is_looked_for_where_the_settings_say(worded: Run, tmp_path: Path) -> None:
    experiment = Experiment("full", {"toy.words": "lejos/palabras.txt"}, folder=tmp_path)
    task = repetition(worded, {}, experiment, None, Board(), tmp_path)
    assert task.files == {"words": tmp_path / "lejos" / "palabras.txt"}
    variants = Experiment("full", {}, {"v": {"toy.words": "lejos/palabras.txt"}}, folder=tmp_path)
    of_variant = replace(worded, record=worded.record.model_copy(update={"variant": "v"}))
    assert repetition(of_variant, {}, variants, None, Board(), tmp_path).files == task.files


def test_a_file_that_the_settings_do_not_name_any_more_is_told(worded: Run, tmp_path: Path) -> None:
    with pytest.raises(
        TrainError, match=r"se esperaba en experimento\.toml el ajuste toy\.words con la ruta"
    ):
        repetition(worded, {}, Experiment("full"), None, Board(), tmp_path)
