"""An interval beside a published figure."""

from dataclasses import replace

import pytest
from studies import make_study, with_leaf

from report.findings.base import Estimate
from report.findings.published import Lean, Side, comparable, place, side_of
from report.ledger.ledger import Leaf
from report.ledger.quantities import ACCURACY


def estimate(value, low, high):
    return Estimate(*(ACCURACY(Leaf(each, "e")) for each in (value, low, high)))


def reference(value):
    return ACCURACY(Leaf(value, "r"))


@pytest.mark.parametrize("data", ["imdb", "sample_reviews", "own_reviews"])
def test_only_the_whole_of_imdb_may_be_compared(data):
    study = make_study(1)
    (run,) = study.lstm
    assert comparable(replace(study, lstm=(with_leaf(run, "data.name", data),))) == (data == "imdb")
    assert not comparable(make_study(1, profile="quick"))


@pytest.mark.parametrize(
    ("interval", "side", "margin"),
    [
        ((0.8, 0.9), Side.UNCLEAR, 5),
        ((0.7, 0.85), Side.UNCLEAR, 0),
        ((0.85, 0.9), Side.UNCLEAR, 0),
        ((0.7, 0.8499), Side.BELOW, 0.01),
        ((0.8501, 0.9), Side.ABOVE, 0.01),
    ],
)
def test_an_interval_that_touches_the_reference_holds_it(interval, side, margin):
    found = estimate(sum(interval) / 2, *interval)
    assert side_of(found, 0.85) == side
    placed = place(found, reference(0.85))
    assert placed.side == side
    assert placed.margin.value == pytest.approx(margin)  # of the end that decides, in points


@pytest.mark.parametrize(
    ("value", "lean", "apart"),
    [
        (0.861, Lean.BELOW, 0.4),
        (0.8691, Lean.ABOVE, 0.41),
        (0.8654, Lean.EQUAL, 0.04),  # 0.0 as it is printed
        (0.8646, Lean.EQUAL, 0.04),
        (0.8643, Lean.BELOW, 0.07),  # 0.1 as it is printed
    ],
)
def test_what_is_printed_decides_where_the_value_lies(value, lean, apart):
    placed = place(estimate(value, 0.8, 0.9), reference(0.865))
    assert placed.lean == lean
    assert placed.apart.value == pytest.approx(apart)
