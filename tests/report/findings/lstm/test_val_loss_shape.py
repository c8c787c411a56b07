"""The shape of a curve, by hand. The error is 0.01 throughout, so a step is real above 0.02."""

import pytest
from studies import make_study

from report.findings.lstm import val_loss_shape
from report.findings.lstm.val_loss_shape import Shape

ERROR = 0.01


def classify(*losses: float) -> Shape:
    return val_loss_shape.classify(losses, [ERROR] * len(losses))


@pytest.mark.parametrize(
    ("losses", "shape"),
    [
        ((0.5,), Shape.UNKNOWN),
        ((0.6, 0.5, 0.4), Shape.FALLS),
        ((0.6, 0.5, 0.5), Shape.STABLE),  # it does not fall in every epoch
        ((0.5, 0.5), Shape.STABLE),
        ((0.6, 0.5, 0.51), Shape.STABLE),
        ((0.5, 0.51, 0.505, 0.51), Shape.STABLE),  # all within the error
        ((0.6, 0.5, 0.55), Shape.CLIMBS),
        ((0.5, 0.55, 0.60), Shape.CLIMBS),
        ((0.6, 0.5, 0.515, 0.53), Shape.CLIMBS),  # no step is real, their sum is
        ((0.6, 0.5, 0.55, 0.545, 0.56), Shape.CLIMBS),  # a fall within the error
        ((0.6, 0.5, 0.55, 0.50), Shape.OSCILLATES),
        ((0.5, 0.6, 0.5, 0.6), Shape.OSCILLATES),
        ((0.4, 0.5, 0.485, 0.47, 0.455), Shape.OSCILLATES),  # falls bit by bit what it rose
    ],
)
def test_shape(losses, shape):
    assert classify(*losses) == shape


def test_a_rise_equal_to_the_bound_is_no_climb():
    """In eighths, which binary numbers hold exactly."""
    assert val_loss_shape.classify((1.0, 0.5, 0.75), (0.125,) * 3) == Shape.STABLE
    assert val_loss_shape.classify((1.0, 0.5, 0.75), (0.124,) * 3) == Shape.CLIMBS


@pytest.mark.parametrize("first", [0.3, 0.5])
@pytest.mark.parametrize("n", [2, 3, 10])
def test_a_steady_climb_is_never_an_oscillation(first, n):
    losses = [first + 0.05 * i for i in range(n)]
    assert val_loss_shape.classify(losses, [0.0] * n) == Shape.CLIMBS
    assert val_loss_shape.classify(losses, [ERROR] * n) == Shape.CLIMBS


def test_the_report_written_by_hand_climbs():
    """Its curve rises seven times in a row; it called that an oscillation, and counted five."""
    losses = (0.52, 0.40, 0.37, 0.38, 0.39, 0.40, 0.42, 0.45, 0.47, 0.50)
    finding = val_loss_shape.find(make_study(1, lstm={"val_loss": losses, "val_loss_se": 0.006}))
    row = finding.by_seed[0]
    assert finding.verdict == Shape.CLIMBS
    assert (row.rises.value, row.sign_changes.value, row.minimum.value) == (7, 1, 3)
    assert row.real_rises.value == 4  # by more than 0.012


def find(*curves):
    study = make_study(len(curves), lstm=[{"val_loss": curve, "val_loss_se": ERROR} for curve in curves])
    return val_loss_shape.find(study)


def test_seeds_that_differ_are_grouped():
    finding = find((0.6, 0.5, 0.6), (0.6, 0.5, 0.4), (0.6, 0.5, 0.7))
    assert finding.verdict == Shape.MIXED
    assert {shape: [row.seed.value for row in rows] for shape, rows in finding.groups.items()} == {
        Shape.FALLS: [2],
        Shape.CLIMBS: [1, 3],
    }
    assert find((0.6, 0.5, 0.6), (0.7, 0.5, 0.6)).verdict == Shape.CLIMBS


def test_the_margin_is_of_the_seed_nearest_to_climbing():
    """10 and 1 errors above the minimum: the second is one error below the bound of two."""
    finding = find((0.6, 0.5, 0.6), (0.6, 0.5, 0.51))
    assert finding.margin.value == pytest.approx(-1)
    assert finding.distance.value == pytest.approx(1)
    assert finding.climb.mean.value == pytest.approx(5.5)


def test_one_epoch_has_neither_climb_nor_margin():
    finding = find((0.6,))
    assert finding.verdict == Shape.UNKNOWN
    assert finding.margin is finding.distance is finding.climb is None
    assert finding.by_seed[0].rises.value == 0
    mixed = find((0.6,), (0.6, 0.5))
    assert mixed.climb is None
    assert mixed.distance.value == pytest.approx(2)


def test_without_error_the_climb_is_not_a_number_of_errors():
    assert val_loss_shape.in_errors([0.5, 0.6], [0.0, 0.0]) == 0


@pytest.mark.parametrize(
    ("losses", "error", "settled", "climbed"),
    [
        # ends 0.0085 above its minimum, under two errors; GL is 2.5 % and 2.75 % in two epochs running
        ((0.5, 0.400, 0.410, 0.411, 0.4085), 0.005, [1], []),
        # ends 0.005 above it, five errors, which is a GL of 1.25 %
        ((0.5, 0.400, 0.403, 0.404, 0.405), 0.001, [], [1]),
        ((0.5, 0.400, 0.410, 0.420, 0.430), 0.001, [], []),  # both rules see the climb
        ((0.5, 0.400, 0.401, 0.402, 0.401), 0.005, [], []),  # neither does
    ],
)
def test_where_this_rule_and_that_of_prechelt_part(losses, error, settled, climbed):
    finding = val_loss_shape.find(make_study(1, lstm={"val_loss": losses, "val_loss_se": error}))
    assert [number.value for number in finding.settled_with_onset] == settled
    assert [number.value for number in finding.climbed_without_onset] == climbed


def test_the_rows_of_the_table():
    finding = find((0.6, 0.5, 0.6), (0.6, 0.5, 0.4))
    assert [[number.value for number in row] for row in finding.rows] == [
        [1, 2, 1, 1, 1, 2],
        [2, 2, 0, 0, 0, 3],
    ]
