"""Runs of one set of results that say of one another what is not so."""

import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from forging import FOLDERS, forge, true_run

from experiments.records.base import RecordError, Run
from experiments.records.coherence.sets import of_set
from experiments.records.results import Manifest, read_results, refuse_contradicting, write_manifest
from experiments.records.storage import read_run

PARTS: tuple[tuple[str, ...], ...] = (("lstm", "linear", "memory"), ("gan", "judge", "readability"))


def more(number: int) -> int:
    return number + 1


def test_the_true_ones_are_accepted() -> None:
    for kinds in PARTS:
        assert of_set([true_run(kind) for kind in kinds]) is None


def fewer(number: int) -> int:
    return number - 1


def slower(steps: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return [step | {"iteration": 2 * step["iteration"]} for step in steps]


# Of which run, what is changed in it so that it agrees with itself, and the field.
FORGED: list[tuple[str, dict[str, Any], str]] = [
    ("linear", {"data.digest": "f" * 64}, "data.digest"),
    ("readability", {"data.digest": "f" * 64}, "data.digest"),
    (
        "memory",
        {"deciles[0].lstm_correct": fewer, "deciles[1].lstm_correct": more},
        "deciles[0].lstm_correct",
    ),
    ("memory", {"deciles[0].lstm_correct": more}, "deciles[*].lstm_correct"),
    ("memory", {"deciles[0].linear_correct": more}, "deciles[*].linear_correct"),
    ("memory", {"deciles[0].last_correct": more}, "deciles[*].last_correct"),
    ("memory", {"deciles[0].n": more, "deciles[1].n": fewer}, "deciles[0].n"),
    ("memory", {"deciles[0].low": 2}, "deciles[0].low"),
    ("memory", {"stars[0].lstm_correct": fewer}, "stars[0].lstm_correct"),
    ("memory", {"stars[1].linear_correct": fewer}, "stars[1].linear_correct"),
    ("memory", {"stars[1].last_correct": fewer}, "stars[1].last_correct"),
    (
        "memory",
        {"deciles[2].linear_correct": fewer, "deciles[3].linear_correct": more},
        "deciles[2].linear_correct",
    ),
    ("memory", {"regression_whole.n": 17_000}, "regression_whole.n"),
    ("memory", {"control_decay.ratio": 0.66}, "control_decay.ratio"),
    ("memory", {"control_decay.low": 0.61}, "control_decay.low"),
    ("memory", {"control_decay.high": 0.72}, "control_decay.high"),
    ("memory", {"influence[24].n": fewer}, "influence[24].n"),
    ("memory", {"influence": lambda rows: rows[:-1]}, "influence"),
    ("readability", {"steps": slower}, "steps[*].iteration"),
]


@pytest.mark.parametrize(
    ("kind", "changes", "field"), FORGED, ids=[f"{i} {kind} {f}" for i, (kind, _, f) in enumerate(FORGED)]
)
def test_one_that_the_others_deny_is_refused(
    kind: str, changes: dict[str, Any], field: str, tmp_path: Path
) -> None:
    forged = read_run(forge(tmp_path / FOLDERS[kind], true_run(kind), changes), FOLDERS[kind])
    kinds = next(kinds for kinds in PARTS if kind in kinds)
    runs = [forged if each == kind else true_run(each) for each in kinds]
    with pytest.raises(
        RecordError, match=rf"^{FOLDERS[kind]}: en «{re.escape(field)}» se esperaba .+, se enc"
    ):
        refuse_contradicting(runs)


def test_images_that_the_gan_did_not_draw_are_refused() -> None:
    run = true_run("readability")
    other = replace(run, arrays=run.arrays | {"grid": 255 - run.arrays["grid"]})
    found = of_set([true_run("gan"), true_run("judge"), other])
    assert found is not None
    assert found.complaint.field == "arrays.grid[0]"


def test_reduced_arrays_are_not_asked_for_what_they_lack() -> None:
    lstm = replace(true_run("lstm"), arrays={"right": np.zeros(4, np.uint8)})
    assert of_set([lstm, true_run("linear"), true_run("memory")]) is None


def test_controls_that_compare_other_windows_are_not_held_to_the_same_ratio(tmp_path: Path) -> None:
    changes = {"config.near": 40, "control_decay.ratio": 0.66}
    memory = read_run(forge(tmp_path / FOLDERS["memory"], true_run("memory"), changes), FOLDERS["memory"])
    assert of_set([true_run("lstm"), true_run("linear"), memory]) is None


def test_a_set_is_refused_when_it_is_read(tmp_path: Path) -> None:
    changes: dict[str, dict[str, Callable[[int], int]]] = {"memory": {"deciles[0].lstm_correct": more}}
    names = [FOLDERS[kind] for kind in PARTS[0]]
    runs: list[Run] = [true_run(kind) for kind in PARTS[0]]
    for run in runs:
        forge(tmp_path / run.name, run, changes.get(run.record.kind, {}))
    write_manifest(tmp_path, Manifest(profile="full", runs=tuple(names)))
    with pytest.raises(RecordError, match=rf"^{re.escape(str(tmp_path))}/memory/seed-1: en «deciles"):
        read_results(tmp_path)
