"""The test reviews that a document names, each with the probability that it was given, to the last bit.

Of all others thousandths are kept (``answers``), which cannot put in order those of which a model is surest.
"""

from collections.abc import Sequence
from dataclasses import replace
from typing import TypeVar

import numpy as np

from experiments.kinds.linear import CONTROL, LINEAR_MODELS
from experiments.records.base import Arrays, Run
from experiments.records.brought import Brought
from report.study.answers import levels, middles

SHOWN = 5  # of each kind

ROWS, GIVEN, SURE_WRONG = "named", "named_probability", "sure_wrong"
SURE = 0.9  # of an answer

AnyRun = TypeVar("AnyRun", Run, Brought)


def with_named(
    runs: Sequence[AnyRun], controls: Sequence[Run] = ()
) -> tuple[tuple[AnyRun, ...], tuple[Run, ...]]:
    """All seeds of a network, and those of its control, with ``ROWS`` int64[k], the reviews of which the
    network is surest, rightly and wrongly, and those on which it and the control part most, and ``GIVEN``
    float32[k], what each is given; of the network, ``SURE_WRONG`` int64[1] too, how many reviews are read
    wrongly with ``SURE`` or more for the wrong class. As they are where they have no probabilities, which
    those that are already reduced have not, or where not all were tested on the same reviews."""
    every = [run.arrays for run in runs] + [run.arrays for run in controls]
    if not runs or not all("probability" in arrays for arrays in every):
        return tuple(runs), tuple(controls)
    labels = runs[0].arrays["label"]
    if not all(np.array_equal(arrays["label"], labels) for arrays in every):
        return tuple(runs), tuple(controls)
    ours = [run.arrays["probability"] for run in runs]
    theirs = [run.arrays["probability"][LINEAR_MODELS.index(CONTROL)] for run in controls]
    rows = named(np.stack(ours), np.stack(theirs) if theirs else None, labels == 1)
    wrong = {SURE_WRONG: np.array([surely_wrong(np.stack(ours), labels == 1)], np.int64)}
    return (
        tuple(keeping(run, rows, given, wrong) for run, given in zip(runs, ours, strict=True)),
        tuple(keeping(run, rows, given, {}) for run, given in zip(controls, theirs, strict=True)),
    )


def keeping(run: AnyRun, rows: np.ndarray, given: np.ndarray, more: Arrays) -> AnyRun:
    kept: Arrays = {ROWS: rows.astype(np.int64), GIVEN: given[rows].astype(np.float32)}
    return replace(run, arrays=run.arrays | kept | more)


def surely_wrong(ours: np.ndarray, positive: np.ndarray) -> int:
    """How many reviews the mean over the seeds of float[S, n] gives ``SURE`` or more to the wrong class."""
    said = ours.mean(axis=0, dtype=np.float64)
    return int((np.where(positive, 1 - said, said) >= SURE).sum())


def named(ours: np.ndarray, theirs: np.ndarray | None, positive: np.ndarray) -> np.ndarray:
    """int64[k], rising: the rows that stand out by the mean over the seeds of float[S, n]. Whether a review
    is read well is told by the thousandths, as everywhere."""
    said = ours.mean(axis=0, dtype=np.float64)
    hit = (middles(levels(ours)).mean(axis=0) > 0.5) == positive
    sure = np.maximum(said, 1 - said)
    kinds = [highest(sure, hit), highest(sure, ~hit)]
    if theirs is not None:
        apart = np.abs(said - theirs.mean(axis=0, dtype=np.float64))
        kinds.append(highest(apart, np.ones(len(said), bool)))
    return np.unique(np.concatenate(kinds))


def highest(values: np.ndarray, among: np.ndarray) -> np.ndarray:
    """int64[k], the rows of bool[n] with the highest ``values`` float[n], ``SHOWN`` at most; of equals the
    first."""
    rows = np.flatnonzero(among)
    return rows[np.argsort(-values[rows], kind="stable")][:SHOWN]
