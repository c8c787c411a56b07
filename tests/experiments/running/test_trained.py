"""What a real, tiny training of all kinds leaves: each can be repeated, and compared in its own terms."""

from pathlib import Path

import pytest

from experiments.commands.reproduce import repetition
from experiments.kinds.registry import KINDS
from experiments.records.base import Run
from experiments.records.results import read_results
from experiments.running.comparison import rows
from experiments.running.progress import Board
from experiments.settings import Experiment


@pytest.fixture
def runs(trained: Path) -> dict[str, Run]:
    return {run.record.kind: run for run in read_results(trained)[1]}


def test_every_kind_of_run_is_repeated_as_what_it_was(
    trained: Path, runs: dict[str, Run], tmp_path: Path
) -> None:
    stored = {run.name: run for run in read_results(trained)[1]}
    assert runs.keys() == set(KINDS)
    for run in stored.values():
        task = repetition(run, stored, Experiment("full"), None, Board(), tmp_path)
        assert (task.name, task.config) == (run.name, run.record.config)
        assert task.needs.keys() == set(KINDS[run.record.kind].needs)


def test_each_kind_of_run_has_quantities_to_compare(runs: dict[str, Run]) -> None:
    found = {kind: {row.tolerance.name: row.stored for row in rows(run, run)} for kind, run in runs.items()}
    assert found.keys() == set(KINDS)
    assert all(found.values())
    lstm = runs["lstm"]
    right = (lstm.arrays["probability"] > 0.5) == lstm.arrays["label"]
    assert found["lstm"]["exactitud en la prueba"] == pytest.approx(right.mean())
    linear = runs["linear"].arrays
    right = (linear["probability"] > 0.5) == linear["label"]
    accuracies = [value for name, value in found["linear"].items() if name.startswith("exactitud")]
    assert accuracies == pytest.approx(list(right.mean(axis=1)))
    kept = [row for row in runs["memory"].record.truncations if row.keep == "last"]
    last = max(kept, key=lambda row: row.tokens)
    assert found["memory"]["exactitud con las últimas palabras"] == last.correct / last.n
