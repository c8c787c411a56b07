"""Whether what can be read still grows at the end."""

import pytest
from studies import make_study

from report.findings.collection import find_all
from report.findings.gan.still_rising import Ending, StillRising, ending, find
from report.findings.slopes import Slope

LONG = {"iterations": 3_000, "weights_every": 100, "steps": (0, 1_500, 3_000)}


def curve(*last: int) -> list[int]:
    """Every hundred until 3,000: the last eleven checkpoints, from 2,000 on, and before them whatever."""
    assert len(last) == 11
    return [0] * 20 + list(last)


def found(*curves):
    return find(make_study(len(curves), gan=LONG, readability=[{"readable": each} for each in curves]))


def test_a_steady_climb_is_told_in_points_for_a_thousand_iterations():
    """From 400 to 500 of 1,000 in as many iterations: ten points."""
    finding = found(curve(*range(400, 501, 10)), curve(*range(300, 401, 10)))
    assert finding.verdict is Ending.RISES
    assert finding.slope.value.value == pytest.approx(10.0)
    assert 0 < finding.slope.low.value < 10 < finding.slope.high.value
    assert (finding.checkpoints.value, finding.since.value) == (11, 2_000)


def test_a_steady_fall():
    assert found(curve(*range(500, 399, -10))).verdict is Ending.FALLS


def test_what_hardly_changes_has_settled_and_what_jumps_cannot_be_told():
    calm = [curve(*[420, 421] * 5, 420)] * 10
    assert found(*calm).verdict is Ending.FLAT
    assert found(curve(*[420, 520, 360] * 3, 420, 500)).verdict is Ending.UNCLEAR


@pytest.mark.parametrize(
    ("slope", "expected"),
    [
        (Slope(0.00002, 0.00001, 0.0000299), Ending.FLAT),  # up to three points, whatever the sign
        (Slope(0.00002, 0.00001, 0.000031), Ending.RISES),
        (Slope(-0.00002, -0.000031, -0.00001), Ending.FALLS),
        (Slope(0.0, -0.0000299, 0.0000299), Ending.FLAT),
        (Slope(0.0, -0.000031, 0.000031), Ending.UNCLEAR),
        (Slope(0.00001, 0.0, 0.00004), Ending.UNCLEAR),
        (None, Ending.TOO_FEW),
    ],
)
def test_over_a_stretch_of_a_thousand_iterations(slope, expected):
    assert ending(slope, 1_000) is expected


def test_of_one_seed_with_two_checkpoints_nothing_is_said():
    finding = find(make_study(1))
    assert (finding.verdict, finding.slope, finding.checkpoints.value) == (Ending.TOO_FEW, None, 2)


def test_how_often_the_training_went_through_its_data():
    """300 iterations of 128 of 60,000 images; five critic steps see five times as many."""
    assert find(make_study(1)).passes.value == pytest.approx(0.64)
    assert find(make_study(1, gan={"critic_steps": 5})).passes.value == pytest.approx(3.2)


def test_it_is_asked_only_of_what_can_be_read():
    assert find_all(make_study(1, readability={"readable": (0,) * 5})).get(StillRising) is None
    assert find_all(make_study(1)).get(StillRising)
