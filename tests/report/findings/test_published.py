"""Intervals beside a published figure."""

from dataclasses import replace

import pytest
from studies import make_study, with_leaf

from report.findings.published import Side, comparable, distance, side_of
from report.ledger.ledger import Leaf
from report.ledger.quantities import ACCURACY


@pytest.mark.parametrize("data", ["imdb", "sample_reviews", "own_reviews"])
def test_only_the_whole_of_imdb_may_be_compared(data):
    study = make_study(1)
    (run,) = study.lstm
    assert comparable(replace(study, lstm=(with_leaf(run, "data.name", data),))) == (data == "imdb")
    assert not comparable(make_study(1, profile="quick"))


@pytest.mark.parametrize(
    ("interval", "side"),
    [
        ((0.8, 0.9), Side.COMPATIBLE),
        ((0.7, 0.85), Side.COMPATIBLE),
        ((0.85, 0.9), Side.COMPATIBLE),
        ((0.7, 0.8499), Side.BELOW),
        ((0.8501, 0.9), Side.ABOVE),
    ],
)
def test_an_interval_that_touches_the_reference_holds_it(interval, side):
    ends = tuple(ACCURACY(Leaf(end, "e")) for end in interval)
    assert side_of([ends], 0.85) == side
    assert distance([ends], 0.85).value == pytest.approx(min(abs(end - 0.85) for end in interval))


def test_a_difference_must_show_in_every_interval():
    """The nearest end decides: here the upper one of the second, then the lower one of the first."""
    intervals = [tuple(ACCURACY(Leaf(end, "e")) for end in pair) for pair in ((0.7, 0.8), (0.75, 0.84))]
    assert side_of(intervals, 0.85) == Side.BELOW
    assert distance(intervals, 0.85).value == pytest.approx(0.01)
    assert side_of(intervals, 0.82) == Side.COMPATIBLE
    assert distance(intervals, 0.82).value == pytest.approx(0.02)
    assert side_of(intervals, 0.69) == Side.ABOVE
    assert distance(intervals, 0.69).value == pytest.approx(0.01)
