"""How far from the end of a review the gradient still arrives, before training and after it."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import auto
from typing import ClassVar

import numpy as np

from experiments.records.base import Run
from report.findings.base import CONVENTION, Code, Finding, Rule, seed, seeds, shared, threshold
from report.findings.lstm.learned import Learned
from report.ledger.ledger import Number, derive
from report.ledger.quantities import COUNT, SHARE_WHOLE
from report.study.study import GroupName, Study, at

REACH = 0.01  # of its largest value: below it, a gradient no longer arrives


class Arrives(Code):
    """With the selected weights, at the farthest word that is read."""

    WHOLE = auto()
    FADES = auto()
    MIXED = auto()


@dataclass(frozen=True)
class Thresholds:
    reach: Number


@dataclass(frozen=True)
class Reach:
    """How far the gradient has ``REACH`` of its largest value: of the ``seeds`` in which it fades,
    ``each`` greatest distance to the end, in words, where it still has it; of ``whole_seeds`` no
    such limit is known, since it has it in all words that are read, as many as ``whole``."""

    seeds: tuple[Number, ...]
    each: tuple[Number, ...]
    whole_seeds: tuple[Number, ...]
    whole: Number


@dataclass(frozen=True, kw_only=True)
class Gradient(Finding):
    """``reviews`` at most were differentiated."""

    needs: ClassVar[tuple[GroupName, ...]] = ("lstm", "memory")
    presupposes = (Learned,)
    rule: ClassVar[Rule] = Rule("share of the largest gradient", CONVENTION)
    thresholds: ClassVar[Thresholds] = Thresholds(
        reach=threshold("lstm.gradient", "alcance", REACH, SHARE_WHOLE)
    )

    verdict: Arrives
    initial: Reach
    selected: Reach
    reviews: Number


def find(study: Study) -> Gradient:
    runs = study.memory
    after = [fades(run, "gradient_selected") for run in runs]
    return Gradient(
        verdict=shared((Arrives.FADES if each else Arrives.WHOLE for each in after), Arrives.MIXED),
        n_seeds=seeds(runs),
        initial=reach_of(runs, "gradient_initial"),
        selected=reach_of(runs, "gradient_selected"),
        reviews=COUNT(at(runs[0], "config.gradient_reviews")),
    )


def fades(run: Run, name: str) -> bool:
    norms = at(run, f"arrays.{name}").value
    return farthest(norms) < last(norms)


def reach_of(runs: Sequence[Run], name: str) -> Reach:
    fading = [run for run in runs if fades(run, name)]
    return Reach(
        seeds=tuple(map(seed, fading)),
        each=tuple(
            COUNT(derive("alcance del gradiente", farthest, at(run, f"arrays.{name}"))) for run in fading
        ),
        whole_seeds=tuple(seed(run) for run in runs if run not in fading),
        whole=COUNT(
            derive("palabras con gradiente", lambda values: last(values) + 1, at(runs[0], f"arrays.{name}"))
        ),
    )


def last(norms: np.ndarray) -> int:
    """The greatest distance at which any review has a word; 0 if there is none."""
    known = np.flatnonzero(~np.isnan(norms))
    return int(known[-1]) if known.size else 0


def farthest(norms: np.ndarray) -> int:
    """``norms`` float[n] by distance, NaN where no review reaches; 0 without any gradient."""
    known = np.nan_to_num(np.asarray(norms, dtype=np.float64))
    return int(np.flatnonzero(known >= REACH * known.max())[-1]) if known.max() > 0 else 0
