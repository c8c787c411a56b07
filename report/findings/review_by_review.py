"""Which test reviews are answered rightly, review by review: of one model, and of two in pairs."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from experiments.records.base import Run
from report.findings import measures
from report.findings.apart import Ends, paired_interval
from report.findings.base import Estimate
from report.findings.two_way import mean_ends
from report.ledger.ledger import Leaf, Quantity, derive, gather
from report.ledger.quantities import ACCURACY, GAIN
from report.study.study import at, lstm_record


@dataclass(frozen=True)
class Answers:
    """Of one seed: ``bits`` uint8[n / 8], one for each of ``n`` reviews, as of ``numpy.packbits``."""

    bits: Leaf
    n: Leaf

    @property
    def right(self) -> Leaf:
        """int8[n], 1 where rightly."""
        return derive(
            "aciertos", lambda bits, n: np.unpackbits(bits, count=n).view(np.int8), self.bits, self.n
        )


def answers_of(run: Run, name: str = "right") -> Answers:
    """``name`` is that of an array of the run."""
    return Answers(at(run, f"arrays.{name}"), at(run, "sizes.test"))


def same_reviews(run: Run, other: Run) -> bool:
    """Whether both were tested on the same reviews: those are chosen by their number alone."""
    one, two = lstm_record(run), lstm_record(other)
    return (one.data, one.config.max_reviews, one.sizes.test) == (
        *(two.data, two.config.max_reviews, two.sizes.test),
    )


def has_learned(run: Run) -> bool:
    """Whether its answers on the validation part are beyond chance, at the epoch that was selected."""
    record = lstm_record(run)
    n = record.sizes.validation
    hits = round(record.epochs[record.selected_epoch - 1].val_accuracy * n)
    return measures.above_chance_p(hits, n) < measures.SIGNIFICANCE


def accuracy_of(answers: Sequence[Answers]) -> Estimate:
    """The mean over the seeds, with the interval that draws seeds and reviews, or with Wilson's where all
    reviews are answered alike, so that all that is drawn would be."""
    right = gather(each.right for each in answers)
    middle = derive("media", lambda rows: float(np.mean(rows)), right)
    if middle.value in (0.0, 1.0):
        return estimate(ACCURACY, middle, "Wilson", of_hits, right)
    return estimate(ACCURACY, middle, "remuestreo cruzado", crossed, right)


def of_hits(rows: list[np.ndarray]) -> Ends:
    return measures.wilson_interval(int(rows[0].sum()), len(rows[0]))


def crossed(rows: list[np.ndarray]) -> Ends:
    return mean_ends(np.stack(rows).astype(float))


def difference(own: Answers, base: Answers) -> Estimate:
    """Of one seed, in points, with the interval of the paired difference."""
    return in_points([(own, base)], "diferencia pareada", paired)


def mean_difference(pairs: Sequence[tuple[Answers, Answers]]) -> Estimate:
    """Over the seeds, in points: of each its own answers and those of the base."""
    if len(pairs) == 1:
        return difference(*pairs[0])
    return in_points(pairs, "remuestreo cruzado", crossed)


def in_points(pairs: Sequence[tuple[Answers, Answers]], name: str, ends: Callable[..., Ends]) -> Estimate:
    def apart(own: Answers, base: Answers) -> Leaf:
        return derive("diferencia por reseña", lambda a, b: a - b, own.right, base.right)

    rows = gather(apart(*pair) for pair in pairs)
    middle = derive("media en puntos", lambda rows: 100 * float(np.mean(rows)), rows)
    return estimate(GAIN, middle, name, lambda rows: tuple(100 * end for end in ends(rows)), rows)


def paired(rows: list[np.ndarray]) -> Ends:
    (row,) = rows
    return paired_interval(int((row > 0).sum()), int((row < 0).sum()), len(row))


def estimate(
    quantity: Quantity, middle: Leaf, name: str, ends: Callable[..., Any], *leaves: Leaf
) -> Estimate:
    """``ends`` of the leaves' values are those of the interval called ``name``."""
    both = derive(name, ends, *leaves)
    low = derive("extremo inferior", lambda pair: pair[0], both)
    high = derive("extremo superior", lambda pair: pair[1], both)
    return Estimate(quantity(middle), quantity(low), quantity(high))
