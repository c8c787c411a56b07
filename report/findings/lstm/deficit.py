"""Why the LSTM is not right more often: how far it is from its control, where there is nothing to forget
and where there is."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import auto
from typing import Any, ClassVar

import numpy as np

from report.findings.base import CONVENTION, Code, Estimate, Finding, Row, Rule, seeds, threshold
from report.findings.hits import estimate_of, hits_and_total
from report.findings.intervals import resampled
from report.findings.lstm.control import refuse_other_reviews
from report.findings.lstm.learned import Learned
from report.findings.paired import hits, points
from report.findings.published import Placed, place
from report.findings.said import control_right, lstm_right
from report.findings.two_way import ends, two_way
from report.ledger.ledger import Leaf, Number, Quantity, derive, gather
from report.ledger.quantities import ACCURACY, COUNT, POINTS, SHARE_WHOLE
from report.study.answers import SHORTEST, bits
from report.study.study import GroupName, Study, at, lstm_record

Packed = Sequence[np.ndarray]  # uint8[n / 8] of each seed

GOAL = 0.9  # the accuracy that the activity asks about


class Source(Code):
    """Of the distance to the control, what may come of forgetting and of cutting."""

    NO_DISTANCE = auto()
    NO_SHORT = auto()  # in the shortest reviews there is something to forget, or not all is seen
    PART = auto()
    UP_TO_ALL = auto()
    NOT_SHOWN = auto()


class Reviews(Code):
    """The lines of the table."""

    ALL = auto()
    SHORTEST = auto()
    BETWEEN = auto()
    CUT = auto()


@dataclass(frozen=True)
class Thresholds:
    goal: Number
    shortest: Number


@dataclass(frozen=True)
class Distance:
    """Among ``n`` reviews, the mean accuracy of both models, and how many points more the control is
    right."""

    reviews: Reviews
    n: Number
    lstm: Number
    control: Number
    points: Estimate


@dataclass(frozen=True, kw_only=True)
class Deficit(Finding):
    """``shortest`` are the reviews of up to ``limit`` words, None unless they all fit the ``window`` and
    none has a word as ``far`` from the end as what the control and memory call far; ``cut`` those longer
    than the window, None where there are none. ``beyond``: how much larger the distance is
    on all reviews than on the shortest, which is the most that forgetting and cutting can explain;
    ``share`` is that part of the whole distance."""

    needs: ClassVar[tuple[GroupName, ...]] = ("lstm", "linear")
    presupposes = (Learned,)
    rule: ClassVar[Rule] = Rule("paired intervals over reviews and seeds", CONVENTION)
    thresholds: ClassVar[Thresholds] = Thresholds(
        goal=threshold("lstm.deficit", "meta", GOAL, SHARE_WHOLE),
        shortest=threshold("lstm.deficit", "más cortas", SHORTEST, SHARE_WHOLE),
    )

    verdict: Source
    goal: Placed
    limit: Number
    window: Number
    far: Number
    all: Distance
    shortest: Distance | None
    between: Distance | None
    cut: Distance | None
    beyond: Estimate | None
    share: Estimate | None

    @property
    def rows(self) -> tuple[Row, ...]:
        lines = (self.all, self.shortest, self.between, self.cut)
        return tuple((each.reviews, each.n, each.lstm, each.control, each.points) for each in lines if each)


def find(study: Study) -> Deficit:
    for run, control in zip(study.lstm, study.linear, strict=True):
        refuse_other_reviews(run, control)
    first = study.lstm[0]
    window = lstm_record(first).config.sequence_length
    limit = derive("límite", lambda values: int(values[0]), at(first, "arrays.shortest"))
    shortest, cut = at(first, "arrays.short"), at(first, "arrays.cut")
    between = derive("las demás", lambda short, cut, n: rest(short, cut, n), shortest, cut, total(study))
    far = at(study.linear[0], "config.far")
    fits = limit.value <= window and limit.value <= far.value
    whole = distance(study, Reviews.ALL)
    near = distance(study, Reviews.SHORTEST, shortest) if fits else None
    beyond = beyond_shortest(study, shortest, "crecimiento", POINTS, surplus) if near else None
    verdict = verdict_of(whole.points, near.points if near else None, beyond)
    return Deficit(
        verdict=verdict,
        n_seeds=seeds(study.lstm),
        goal=place(estimate_of(study.lstm), Deficit.thresholds.goal),
        limit=COUNT(limit),
        window=COUNT(at(first, "config.sequence_length")),
        far=COUNT(far),
        all=whole,
        shortest=near,
        between=distance(study, Reviews.BETWEEN, between) if near and among(between) else None,
        cut=distance(study, Reviews.CUT, cut) if among(cut) else None,
        beyond=beyond,
        share=beyond_shortest(study, shortest, "parte", SHARE_WHOLE, part)
        if verdict is Source.PART
        else None,
    )


def verdict_of(whole: Estimate, shortest: Estimate | None, beyond: Estimate | None) -> Source:
    """A distance is shown where its interval lies above 0."""
    if whole.low.value <= 0:
        return Source.NO_DISTANCE
    if shortest is None or beyond is None:
        return Source.NO_SHORT
    if beyond.low.value <= 0:
        return Source.NOT_SHOWN
    return Source.PART if shortest.low.value > 0 else Source.UP_TO_ALL


def total(study: Study) -> Leaf:
    return hits_and_total(study.lstm[0])[1]


def rest(shortest: np.ndarray, cut: np.ndarray, n: int) -> np.ndarray:
    """uint8[n / 8]: neither."""
    return np.packbits(~(bits(shortest, n) | bits(cut, n)))


def among(mask: Leaf) -> int:
    """How many bits are set; the padding is not."""
    return int(np.unpackbits(mask.value).sum())


def distance(study: Study, reviews: Reviews, mask: Leaf | None = None) -> Distance:
    n = total(study)
    ours, theirs = lstm_right(study.lstm), control_right(study.linear)

    def mean(packed: Sequence[np.ndarray], n: int, *masks: np.ndarray) -> float:
        inside = bits(masks[0], n) if masks else np.ones(n, bool)
        return float(hits(packed, n)[:, inside].mean())

    masks = [mask] if mask else []
    return Distance(
        reviews=reviews,
        n=COUNT(derive("recuento", lambda bits: int(np.unpackbits(bits).sum()), mask) if mask else n),
        lstm=ACCURACY(derive("exactitud media", mean, gather(ours), n, *masks)),
        control=ACCURACY(derive("exactitud media", mean, gather(theirs), n, *masks)),
        points=points(n, theirs, ours, mask),
    )


def beyond_shortest(
    study: Study, mask: Leaf, name: str, quantity: Quantity, measure: Callable[[Any, Any], Any]
) -> Estimate:
    """``measure`` of the mean points by which the control is ahead on all reviews and on those of
    ``mask``, with its interval."""

    def parts(n: int, control: Packed, lstm: Packed, mask: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        return 100 * (hits(control, n) - hits(lstm, n)), bits(mask, n)

    def value(*given: Any) -> float:
        points, inside = parts(*given)
        return float(measure(points.mean(), points[:, inside].mean()))

    def value_ends(*given: Any) -> tuple[float, float]:
        points, inside = parts(*given)
        samples = two_way(points.shape[1], len(points))
        whole, near = (samples.over_seeds(samples.means(points, *masks)) for masks in ((), (inside,)))
        return ends(measure(whole, near))

    ours, theirs = lstm_right(study.lstm), control_right(study.linear)
    leaves = (total(study), gather(theirs), gather(ours), mask)
    return resampled(quantity, derive(name, value, *leaves), value_ends, *leaves)


def surplus(whole: Any, near: Any) -> Any:
    return whole - near


def part(whole: Any, near: Any) -> Any:
    """Without bound below where a sample has no distance at all."""
    whole = np.asarray(whole, float)
    return 1 - np.divide(near, whole, out=np.full(whole.shape, np.inf), where=whole > 0)
