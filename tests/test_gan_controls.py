"""A judge that fails one control answers nothing."""

import pytest
from studies import make_study

from experiments.records import Control
from report.findings import find_all, gan_controls
from report.findings.gan_controls import Controls


def control(readable: int, limit: float, expected: bool) -> Control:
    return Control(name="blur", readable_expected=expected, limit=limit, n=100, readable=readable)


@pytest.mark.parametrize(
    ("readable", "limit", "expected", "passed"),
    [
        (90, 0.90, True, True),  # equal to the limit is enough for what must be read
        (89, 0.90, True, False),
        (4, 0.05, False, True),
        (5, 0.05, False, False),  # and too much for what must not
    ],
)
def test_the_limit_itself(readable, limit, expected, passed):
    assert gan_controls.passed(control(readable, limit, expected)) is passed


def test_all_controls_and_the_accuracy_are_needed():
    assert gan_controls.find(make_study(1)).verdict == Controls.PASSED
    failed = gan_controls.find(make_study(1, judge={"failed": ["blends", "real"]}))
    assert failed.verdict == Controls.FAILED
    assert [row["name"] for row in failed.values["failed"]] == ["real", "blends"]
    inexact = gan_controls.find(make_study(1, judge={"accuracy": 0.9899}))
    assert (inexact.verdict, inexact.values["failed"]) == (Controls.FAILED, ())
    assert gan_controls.find(make_study(1, judge={"accuracy": 0.99})).verdict == Controls.PASSED


def test_the_margin_is_that_of_the_tightest_demand():
    """Noise at 0.025, half its limit, is 0.025 from it; every other control is further. The accuracy
    must be 0.99, and is as much of a demand."""
    assert gan_controls.find(make_study(1, judge={"accuracy": 1.0})).margin.value == pytest.approx(0.01)
    assert gan_controls.find(make_study(1, judge={"accuracy": 0.993})).margin.value == pytest.approx(0.003)
    assert gan_controls.find(make_study(1, judge={"accuracy": 0.96})).margin.value == pytest.approx(0.025)


def test_the_noise_ceiling_leaves_patches_and_blends_out():
    """They hold real strokes, and may be read up to twice and four times as often as noise."""
    assert gan_controls.noise_ceiling(make_study(1)).value == pytest.approx(0.025)
    assert gan_controls.noise_ceiling(make_study(1, judge={"failed": ["inverted"]})).value == 0.07


@pytest.mark.parametrize("failed", ["real", "salt_and_pepper", "uniform_noise", "patches", "blends"])
def test_a_failed_control_blocks_every_answer(failed):
    findings = find_all(make_study(3, judge={"failed": [failed]}))
    for id_ in ("gan.recognisable_from", "gan.coverage", "gan.comparison"):
        assert findings[id_].verdict == "sin juez válido"
    assert findings["gan.recognisable_from"].values["rungs"] == ()
    assert {row["legible"] for row in findings["gan.recognisable_from"].values["steps"]} == {
        "sin juez válido"
    }
