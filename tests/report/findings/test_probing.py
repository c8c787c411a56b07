"""What accuracies in the probe say, at and around each bound."""

import pytest

from report.findings import probing
from report.findings.probing import Extent, Learned


def test_beyond_chance_of_several_tries():
    """Of 5, all are right one time in 32, 0.03125: enough for one try, not for two. Of 6, one in 64,
    0.0156: enough for three, 0.0167, and not for four."""
    assert probing.above_chance(5, 5, 1)
    assert not probing.above_chance(5, 5, 2)
    assert probing.above_chance(6, 6, 3)
    assert not probing.above_chance(6, 6, 4)
    assert [probing.least_above_chance(n, 1) for n in (4, 5, 600)] == [5, 5, 321]
    assert [probing.least_above_chance(n, 4) for n in (5, 6, 7)] == [6, 7, 7]


@pytest.mark.parametrize(
    ("learned", "total", "code"),
    [
        (10, 10, Learned.ALL),
        (2, 2, Learned.ALL),
        (7, 10, Learned.SOME),
        (2, 3, Learned.SOME),
        (1, 10, Learned.ONE),
        (1, 1, Learned.ONLY),
        (0, 10, Learned.NONE),
        (0, 1, Learned.NONE),
    ],
)
def test_how_many_learn(learned, total, code):
    assert probing.how_many(learned, total) is code


def test_every_cell_above_chance_or_their_mean():
    """Of 600, 321 are beyond chance in one try."""
    assert probing.slack([330, 321], 600, 0.0, 1) == pytest.approx(1 / 600)
    assert probing.slack([600, 320], 600, 0.9, 1) == pytest.approx(-1 / 600)  # two have no mean
    assert probing.slack([600, 600, 320], 600, 0.45, 1) == pytest.approx(-1 / 600)  # the nearer of both
    assert probing.slack([600, 600, 320], 600, 0.6, 1) == pytest.approx(0.1)
    assert probing.slack([600, 600, 320], 600, 0.5, 1) == 0  # touching is not above
    assert probing.slack([321], 600, 0.0, 1) > 0 > probing.slack([320], 600, 0.9, 1)


@pytest.mark.parametrize(
    ("carried", "loses", "extent", "places"),
    [
        ([True, True, True], False, Extent.EVERYWHERE, 3),
        ([True, True, True], True, Extent.FADES, 3),
        ([True, True, False], True, Extent.UP_TO, 2),
        ([True, False, True], False, Extent.UP_TO, 1),  # it ends where it ends, whatever comes after
        ([False, True, True], False, Extent.NOWHERE, 0),
        ([False, False, False], True, Extent.NOWHERE, 0),
        ([True], False, Extent.EVERYWHERE, 1),
    ],
)
def test_extent(carried, loses, extent, places):
    assert probing.extent_of(carried, loses) is extent
    assert probing.carried_up_to(carried) == places


@pytest.mark.parametrize(
    ("slacks", "loses", "loss", "margin"),
    [
        ([0.3, 0.2, 0.1], False, 0.05, 0.05),  # a loss would be shown
        ([0.3, 0.2, 0.1], False, 0.4, 0.1),  # the longest distance would be lost
        ([0.3, 0.2, 0.1], True, 0.02, 0.02),
        ([0.3, 0.2, -0.1], True, 0.01, 0.1),  # whether it loses no longer says anything
        ([0.3, -0.2, 0.01], True, 0.5, 0.2),  # nor what comes after
        ([-0.04, 0.2, 0.01], True, 0.5, 0.04),
    ],
)
def test_the_least_change_for_another_extent(slacks, loses, loss, margin):
    carried = [each > 0 for each in slacks]
    assert probing.to_another(carried, slacks, loses, loss) == pytest.approx(margin)
