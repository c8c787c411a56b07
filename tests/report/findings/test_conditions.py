"""Below a bound in every seed or on average: the rule at and around its bound."""

import itertools
import math

import pytest

from report.findings import conditions
from report.findings.base import Estimate
from report.findings.conditions import Basis, Condition, condition_of
from report.ledger.ledger import Leaf
from report.ledger.quantities import COEFFICIENT


def estimate(low, value, high):
    return Estimate(*(COEFFICIENT(Leaf(each, "prueba")) for each in (value, low, high)))


def below(*each, bound=0.0):
    return conditions.below([estimate(*one) if one else None for one in each], bound, COEFFICIENT)


@pytest.mark.parametrize(
    ("seeds", "mean", "verdict", "basis"),
    [
        ([(-0.3, -0.1)], None, Condition.HOLDS, Basis.SINGLE),
        ([(-0.3, 0.0)], None, Condition.NOT_SHOWN, None),  # an interval that ends at its bound does not do
        ([(0.0, 0.2)], None, Condition.NOT_SHOWN, None),
        ([(0.1, 0.2)], None, Condition.OPPOSITE, Basis.SINGLE),
        ([(-0.3, -0.1), (-0.2, -0.1)], None, Condition.HOLDS, Basis.EVERY),
        ([(-0.3, -0.1), (0.1, 0.2)], None, Condition.SOME, None),
        ([(0.1, 0.2), (-0.1, 0.2)], None, Condition.NOT_SHOWN, None),
        ([(0.1, 0.2), (0.3, 0.4)], None, Condition.OPPOSITE, Basis.EVERY),
        # what one seed does not show, the mean may
        ([(-0.3, -0.1), (-0.3, -0.1), (-0.3, 0.1)], (-0.3, -0.05), Condition.HOLDS, Basis.MEAN),
        ([(-0.3, -0.1), (-0.3, -0.1), (-0.3, 0.1)], (-0.3, 0.0), Condition.SOME, None),
        ([(-0.3, 0.1)] * 3, (-0.3, 0.1), Condition.NOT_SHOWN, None),
        ([(0.1, 0.3), (0.1, 0.3), (-0.1, 0.3)], (0.05, 0.3), Condition.OPPOSITE, Basis.MEAN),
        ([(-0.3, -0.1), None, (-0.3, -0.1)], None, Condition.NOT_MEASURED, None),
    ],
)
def test_condition(seeds, mean, verdict, basis):
    assert condition_of(seeds, mean, 0.0) == (verdict, basis)
    assert condition_of(seeds[::-1], mean, 0.0) == (verdict, basis)
    moved = [each and (each[0] + 1, each[1] + 1) for each in seeds]
    assert condition_of(moved, mean and (mean[0] + 1, mean[1] + 1), 1.0) == (verdict, basis)


def test_the_mean_has_what_varies_between_seeds_and_with_the_reviews():
    """0.1, 0.2 and 0.3 below 0, each by 0.05 to either side: a standard deviation of 0.1, 4.303 times
    0.1 / sqrt(3) is 0.2484, and with 0.05 added in squares 0.2534."""
    tested = below((-0.15, -0.1, -0.05), (-0.25, -0.2, -0.15), (-0.35, -0.3, -0.25))
    half = math.hypot(4.30265 * 0.1 / math.sqrt(3), 0.05)
    ends = (tested.mean.low.value, tested.mean.value.value, tested.mean.high.value)
    assert ends == pytest.approx((-0.2 - half, -0.2, -0.2 + half), abs=1e-5)
    assert (tested.verdict, tested.basis) == (Condition.HOLDS, Basis.EVERY)


def test_sides_of_an_interval_may_differ():
    """All alike: nothing varies between them, and the mean has their interval."""
    tested = below(*[(-0.5, -0.2, -0.1)] * 3)
    ends = (tested.mean.low.value, tested.mean.value.value, tested.mean.high.value)
    assert ends == pytest.approx((-0.5, -0.2, -0.1))


def test_fewer_than_three_have_no_mean():
    assert below((-0.3, -0.2, -0.1), (-0.3, -0.2, -0.1)).mean is None
    assert below((-0.3, -0.2, -0.1)).mean is None
    assert below((-0.3, -0.2, -0.1), (-0.3, -0.2, -0.1), None).mean is None


def test_the_end_that_decides_and_its_margin():
    worst = below((-0.6, -0.5, -0.4), (-0.3, -0.2, -0.1))
    assert worst.deciding.high.value == -0.1
    assert worst.margin.value == pytest.approx(0.1)
    # ten seeds alike but for one: their mean ends below the worst of them
    many = below(*[(-0.35, -0.3, -0.25)] * 9, (-0.3, -0.1, 0.1))
    assert many.basis is Basis.MEAN
    assert many.deciding is many.mean
    assert many.margin.value == pytest.approx(-many.mean.high.value)
    assert (below(None, (-0.3, -0.2, -0.1)).deciding, below(None).margin) == (None, None)


def test_one_seed_of_many_decides_nothing():
    """Neither the one that shows it nor the one that does not."""
    alike = [(-0.35, -0.3, -0.25)] * 9
    assert below(*alike, (-0.3, -0.1, 0.1)).verdict is Condition.HOLDS
    nothing = [(-0.1, 0.0, 0.1)] * 9
    assert below(*nothing, (-0.35, -0.3, -0.25)).verdict is Condition.SOME


def test_the_seeds_below_are_counted():
    tested = below((-0.3, -0.2, -0.1), (-0.3, -0.1, 0.0), (0.1, 0.2, 0.3))
    assert (tested.verdict, tested.count.value) == (Condition.SOME, 1)
    assert below((-0.3, -0.2, -0.1), None).count.value == 1


def test_a_larger_interval_never_shows_more():
    order = [Condition.NOT_SHOWN, Condition.SOME, Condition.HOLDS]
    highs = list(itertools.product((-0.1, 0.0, 0.1), repeat=2))
    for some, more in itertools.product(highs, highs):
        if all(b >= a for a, b in zip(some, more, strict=True)):
            here, there = (below(*[(-0.5, -0.3, high) for high in each]) for each in (some, more))
            assert order.index(there.verdict) <= order.index(here.verdict)


def test_standing_is_in_half_widths():
    assert conditions.standing(below((-0.4, -0.3, -0.2)), 0.0) == pytest.approx(-2)
    assert conditions.standing(below((-0.1, 0.0, 0.1)), 0.0) == pytest.approx(1)
    assert conditions.standing(below(None), 0.0) is None
