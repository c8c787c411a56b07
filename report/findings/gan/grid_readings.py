"""What the judge reads in the few images of each grid that an author brought.

So few tell little: a share of twenty-five has an interval of some forty points. What can be asked is from
which step on more is read than of any noise, and than the first rung of the ladder asks for.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import auto
from typing import ClassVar

from report.findings import measures
from report.findings.base import Code, Estimate, Finding, Row, Rule, seeds, threshold
from report.findings.gan.controls import Controls
from report.findings.intervals import wilson_interval
from report.findings.judging import noise_ceiling, real_share
from report.findings.ladder import LADDER, bound
from report.ledger.ledger import Leaf, Number, derive, gather
from report.ledger.quantities import COUNT, ITERATION, SHARE, SHARE_WHOLE
from report.study.study import AnyRun, Need, Study, at, brought_gan_record


class Legible(Code):
    """Whether the first rung is exceeded: from the first step on, from a later one on, at some steps but
    not at the last, or never."""

    ALWAYS = auto()
    FROM = auto()
    LOST = auto()
    NEVER = auto()


@dataclass(frozen=True)
class Thresholds:
    rung: Number
    confidence: Number


@dataclass(frozen=True)
class GridRead:
    """One step: of ``n`` images of all seeds, those that are readable, with Wilson's interval, and
    whether that lies above the bound."""

    step: Number
    n: Number
    read: Number
    share: Estimate
    exceeds: bool


@dataclass(frozen=True)
class ShownGrid:
    """The grid of the seed that is shown: how many of its images are read, as which classes."""

    read: Number
    labels: tuple[Number, ...]


@dataclass(frozen=True, kw_only=True)
class GridReadings(Finding):
    """``bound``: the share that must be exceeded. ``first`` is the step from which all do and ``before`` the
    last that does not; None where there is none. ``real`` is what the judge reads among the images that the
    author says the generator imitates, None without any."""

    needs: ClassVar[tuple[Need, ...]] = ("gan_readings", "judge")
    presupposes: ClassVar = (Controls,)
    rule: ClassVar = Rule("wilson_of_the_images_of_a_grid", "wilson_1927")
    thresholds: ClassVar[Thresholds] = Thresholds(
        rung=threshold("gan.grid_readings", "peldaño", LADDER[0].share, SHARE_WHOLE),
        confidence=threshold("gan.grid_readings", "confianza", measures.CONFIDENCE, SHARE_WHOLE),
    )

    verdict: Legible
    steps: tuple[GridRead, ...]
    shown: tuple[ShownGrid, ...]
    bound: Number
    first: Number | None
    before: Number | None
    exceeding: tuple[Number, ...]
    real: Estimate | None

    @property
    def last(self) -> GridRead:
        return self.steps[-1]

    @property
    def rows(self) -> tuple[Row, ...]:
        return tuple((each.step, each.n, each.read, each.share) for each in self.steps)


def find(study: Study) -> GridReadings:
    runs = study.gan_readings
    real, noise = real_share(study), noise_ceiling(study)
    limit = SHARE(
        derive("cota del primer peldaño", lambda a, b: bound(LADDER[0], a, b), real.leaf, noise.leaf)
    )
    count = len(brought_gan_record(runs[0]).readings)
    steps = tuple(read_at(runs, place, limit) for place in range(count))
    since = held_since([each.exceeds for each in steps])
    deciding = steps[since if since is not None else -1].share.low.leaf
    return GridReadings(
        verdict=verdict_of([each.exceeds for each in steps]),
        n_seeds=seeds(runs),
        margin=SHARE(
            derive("distancia a la cota", lambda low, least: abs(low - least), deciding, limit.leaf)
        ),
        steps=steps,
        shown=tuple(shown_at(runs[0], place) for place in range(count)),
        bound=limit,
        first=steps[since].step if since is not None else None,
        before=steps[since - 1].step if since else None,
        exceeding=tuple(each.step for each in steps if each.exceeds),
        real=real_of(runs[0]),
    )


def held_since(exceeds: Sequence[bool]) -> int | None:
    """The index from which all exceed; None where the last does not."""
    since = len(exceeds)
    while since and exceeds[since - 1]:
        since -= 1
    return since if since < len(exceeds) else None


def verdict_of(exceeds: Sequence[bool]) -> Legible:
    since = held_since(exceeds)
    if since is None:
        return Legible.LOST if any(exceeds) else Legible.NEVER
    return Legible.FROM if since else Legible.ALWAYS


def read_at(runs: Sequence[AnyRun], place: int, limit: Number) -> GridRead:
    total = derive("suma", sum, gather(at(run, f"readings[{place}].n") for run in runs))
    read = derive("suma", sum, gather(at(run, f"readings[{place}].readable") for run in runs))
    share = estimate(read, total)
    return GridRead(
        step=ITERATION(at(runs[0], f"readings[{place}].iteration")),
        n=COUNT(total),
        read=COUNT(read),
        share=share,
        exceeds=share.low.value > limit.value,
    )


def shown_at(run: AnyRun, place: int) -> ShownGrid:
    labels = labels_read(at(run, f"readings[{place}].by_class"))
    return ShownGrid(COUNT(at(run, f"readings[{place}].readable")), labels)


def estimate(read: Leaf, total: Leaf) -> Estimate:
    low, high = wilson_interval(read, total)
    value = derive("cociente", lambda hits, n: hits / n, read, total)
    return Estimate(SHARE(value), SHARE(low.leaf), SHARE(high.leaf))


def labels_read(by_class: Leaf) -> tuple[Number, ...]:
    """The classes that some readable image is of."""
    found = [label for label, n in enumerate(by_class.value) if n]
    return tuple(COUNT(derive("clase leída", lambda _, label=label: label, by_class)) for label in found)


def real_of(run: AnyRun) -> Estimate | None:
    if brought_gan_record(run).real_reading is None:
        return None
    return estimate(at(run, "real_reading.readable"), at(run, "real_reading.n"))
