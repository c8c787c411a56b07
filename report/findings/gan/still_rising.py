"""Whether what can be read still grows when the training ends."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import auto
from typing import ClassVar

import numpy as np

from experiments.kinds.readability import ReadableStep
from experiments.records.base import Run
from report.findings.base import Code, Estimate, Finding, Rule, seeds, threshold
from report.findings.batches import TAIL
from report.findings.gan.recognisable_from import RecognisableFrom
from report.findings.readability import readability_record
from report.findings.slopes import Slope, common_slope
from report.ledger.ledger import Leaf, Number, derive, gather
from report.ledger.quantities import COUNT, ITERATION, PASSES, POINTS_CHANGED, POINTS_PER_THOUSAND
from report.study.study import GroupName, Study, at

FLAT = 0.03  # over the stretch: what one checkpoint of a thousand images does not tell apart
PER = 1_000  # iterations, to which the slope is referred


class Ending(Code):
    """Of the share that is read, over the last third. ``FLAT``: whatever it does, it is little."""

    RISES = auto()
    FLAT = auto()
    FALLS = auto()
    UNCLEAR = auto()
    TOO_FEW = auto()


@dataclass(frozen=True)
class Thresholds:
    """``flat`` in points over the stretch; the slope is that of ``per`` iterations."""

    flat: Number
    per: Number


@dataclass(frozen=True, kw_only=True)
class StillRising(Finding):
    """``slope`` in points for ``PER`` iterations, of all seeds together, over the ``checkpoints`` of
    each from the iteration ``since`` on; None where they are too few. In ``passes``, the training went
    through its data."""

    needs: ClassVar[tuple[GroupName, ...]] = ("gan", "judge", "readability")
    presupposes: ClassVar = (RecognisableFrom,)
    rule: ClassVar = Rule("weighted_slope_of_readable_share", "mccullagh_1989")
    thresholds: ClassVar[Thresholds] = Thresholds(
        flat=threshold("gan.still_rising", "cambio en el tramo", 100 * FLAT, POINTS_CHANGED),
        per=threshold("gan.still_rising", "iteraciones de la pendiente", PER, ITERATION),
    )

    verdict: Ending
    slope: Estimate | None
    checkpoints: Number
    since: Number
    passes: Number


def last_third(steps: list[ReadableStep]) -> list[ReadableStep]:
    end = steps[-1].iteration
    return [step for step in steps if end - step.iteration <= end * TAIL]


def fitted(runs: list[list[ReadableStep]]) -> Slope | None:
    """Of the last third of each seed's checkpoints."""
    return slope_of([last_third(list(steps)) for steps in runs])


def slope_of(runs: Sequence[Sequence[ReadableStep]]) -> Slope | None:
    """Of all the checkpoints of each seed that are given."""
    return common_slope(
        np.array([step.iteration for step in runs[0]], float),
        np.array([[step.readable for step in steps] for steps in runs]),
        np.array([[step.n for step in steps] for steps in runs]),
    )


def ending_of(runs: Sequence[Run]) -> Ending:
    """Of what is read of ``runs``, all with the same checkpoints."""
    steps = [list(readability_record(run).steps) for run in runs]
    last = last_third(steps[0])
    return ending(fitted(steps), last[-1].iteration - last[0].iteration)


def ending(slope: Slope | None, length: float) -> Ending:
    """Over a stretch of ``length`` iterations."""
    if slope is None:
        return Ending.TOO_FEW
    if max(abs(slope.low), abs(slope.high)) * length <= FLAT:
        return Ending.FLAT
    if slope.low > 0:
        return Ending.RISES
    return Ending.FALLS if slope.high < 0 else Ending.UNCLEAR


def find(study: Study) -> StillRising:
    steps = gather(at(run, "steps") for run in study.readability)
    of_first = derive(
        "último tercio", lambda every: last_third(list(every)), at(study.readability[0], "steps")
    )
    verdict = ending_of(study.readability)
    return StillRising(
        verdict=verdict,
        n_seeds=seeds(study.gan),
        slope=None if verdict is Ending.TOO_FEW else estimate(steps),
        checkpoints=COUNT(derive("recuento", len, of_first)),
        since=ITERATION(derive("primera iteración", lambda steps: steps[0].iteration, of_first)),
        passes=PASSES(
            derive(
                "pasadas",
                lambda iterations, updates, batch, n: iterations * updates * batch / n,
                *(
                    at(study.gan[0], f"config.{name}")
                    for name in ("iterations", "critic_steps", "batch_size")
                ),
                at(study.gan[0], "n_train"),
            )
        ),
    )


def last_slope(runs: Sequence[Run]) -> Estimate | None:
    """Over the last third of ``runs``, all with the same checkpoints; None where those are too few."""
    if ending_of(runs) is Ending.TOO_FEW:
        return None
    return estimate(gather(at(run, "steps") for run in runs))


def estimate(steps: Leaf) -> Estimate:
    """Over the last third."""
    return in_points(derive("pendiente ponderada", fitted, steps))


def in_points(found: Leaf) -> Estimate:
    """Of a slope: in points, of ``PER`` iterations."""
    unit = 100 * PER
    return Estimate(
        POINTS_PER_THOUSAND(derive("valor", lambda slope: unit * slope.value, found)),
        POINTS_PER_THOUSAND(derive("extremo inferior", lambda slope: unit * slope.low, found)),
        POINTS_PER_THOUSAND(derive("extremo superior", lambda slope: unit * slope.high, found)),
    )
