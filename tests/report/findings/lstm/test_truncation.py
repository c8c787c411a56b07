"""Which part of a review serves best: 200 reviews, whose Wilson intervals are some 0.06 wide."""

import pytest
from studies import make_study

from report.findings.lstm import truncation
from report.findings.lstm.truncation import Kept, Part


def find(*kept, **config):
    """One seed for each accuracy of (first, last) tokens; both lose or gain alike with more."""
    study = make_study(len(kept), memory=[{"kept": each} for each in kept], lstm=config)
    return truncation.find(study)


@pytest.mark.parametrize(
    ("kept", "verdict"),
    [
        ([(0.70, 0.85)], Kept.LAST),
        ([(0.85, 0.70)], Kept.FIRST),
        ([(0.80, 0.80)], Kept.NOT_SHOWN),
        ([(0.78, 0.82)], Kept.NOT_SHOWN),
        ([(0.70, 0.85), (0.65, 0.85)], Kept.LAST),
        ([(0.70, 0.85), (0.78, 0.82)], Kept.NOT_SHOWN),
        ([(0.70, 0.85), (0.85, 0.70)], Kept.NOT_SHOWN),
    ],
)
def test_a_part_serves_more_only_if_every_seed_shows_it(kept, verdict):
    assert find(*kept).verdict == verdict


def test_swapping_the_parts_swaps_the_verdict_and_keeps_the_margin():
    here, there = find((0.7, 0.85)), find((0.85, 0.7))
    assert (here.verdict, there.verdict) == (Kept.LAST, Kept.FIRST)
    assert here.margin.value == pytest.approx(there.margin.value)
    assert 0 < here.margin.value < 0.15


@pytest.mark.parametrize(
    ("window", "budget"), [(250, 200), (200, 200), (400, 400), (1_000, 400), (199, 100), (32, 50)]
)
def test_the_budget_is_the_largest_that_the_window_holds(window, budget):
    assert truncation.own_budget((50, 100, 200, 400), window) == budget


def test_the_table_by_hand():
    """Seed 1, of 200: 140 of the first, 170 of the last, 155 of both ends, 140 of the middle, and one
    more for each 50 tokens and for the seed."""
    finding = find((0.70, 0.85))
    assert [number.value for number in finding.budgets] == [50, 200]
    assert {
        part: [round(cell.mean.value * 200) for cell in cells] for part, cells in finding.table.items()
    } == {
        Part.FIRST: [142, 145],
        Part.LAST: [172, 175],
        Part.ENDS: [157, 160],
        Part.MIDDLE: [142, 145],
    }
    assert (finding.first.mean.value, finding.last.mean.value) == (145 / 200, 175 / 200)
    assert finding.rows == tuple((part, *cells) for part, cells in finding.table.items())


def test_a_small_window_is_judged_on_a_small_budget():
    assert find((0.7, 0.85), sequence_length=60).own.value == 50
