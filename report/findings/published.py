"""Test accuracies beside a published figure: which of them may be compared, and how."""

from dataclasses import dataclass
from enum import auto

from report.findings.base import Code, Estimate
from report.ledger.ledger import Number, derive
from report.ledger.quantities import MARGIN, POINTS
from report.study.study import Study


class Side(Code):
    """Where an interval lies from a reference."""

    BELOW = auto()
    UNCLEAR = auto()
    ABOVE = auto()


class Lean(Code):
    """Where the value itself lies, as far as the points that are printed tell."""

    BELOW = auto()
    EQUAL = auto()
    ABOVE = auto()


@dataclass(frozen=True)
class Placed:
    """``apart`` in points, without a sign; ``margin`` is how far in points the deciding end of the
    interval is from the reference."""

    side: Side
    lean: Lean
    apart: Number
    margin: Number


def comparable(study: Study) -> bool:
    """Whether figures published for the whole of IMDb say something about these results."""
    return bool(study.lstm) and study.profile == "full" and study.lstm[0].record.data.name == "imdb"


def place(accuracy: Estimate, reference: Number) -> Placed:
    """The published figure is taken as it is printed: it comes without an interval of its own."""
    signed = derive("diferencia", lambda a, b: 100 * (a - b), accuracy.value.leaf, reference.leaf)
    printed = round(signed.value, POINTS.decimals)
    ends = (accuracy.low, accuracy.high)
    nearest = min(ends, key=lambda end: abs(end.value - reference.value))
    return Placed(
        side=side_of(accuracy, reference.value),
        lean=Lean.EQUAL if not printed else Lean.ABOVE if printed > 0 else Lean.BELOW,
        apart=POINTS(derive("valor absoluto", abs, signed)),
        margin=MARGIN(derive("distancia", lambda a, b: 100 * abs(a - b), nearest.leaf, reference.leaf)),
    )


def side_of(accuracy: Estimate, reference: float) -> Side:
    """A difference is said only if the interval does not touch the reference."""
    if accuracy.high.value < reference:
        return Side.BELOW
    return Side.ABOVE if accuracy.low.value > reference else Side.UNCLEAR
