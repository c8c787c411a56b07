"""What one control asks of the judge, and what is noise to it."""

import pytest
from studies import make_study

from experiments.kinds.judge import Control
from report.findings.judging import is_usable, noise_ceiling, real_share


def control(readable: int, limit: float, expected: bool) -> Control:
    return Control(
        name="blur", family="trained", readable_expected=expected, limit=limit, n=100, readable=readable
    )


@pytest.mark.parametrize(
    ("readable", "limit", "expected", "is_passed"),
    [
        (90, 0.90, True, True),  # equal to the limit is enough for what must be read
        (89, 0.90, True, False),
        (4, 0.05, False, True),
        (5, 0.05, False, False),  # and too much for what must not
    ],
)
def test_the_limit_itself(readable, limit, expected, is_passed):
    assert control(readable, limit, expected).passed is is_passed


def test_the_noise_ceiling_leaves_patches_and_blends_out():
    """They hold real strokes, and may be read up to twice and four times as often as noise."""
    assert noise_ceiling(make_study(1)).value == pytest.approx(0.025)
    assert noise_ceiling(make_study(1, judge={"failed": ["inverted"]})).value == 0.07


def test_the_real_share_is_that_of_the_first_control():
    assert real_share(make_study(1, judge={"real": 0.93})).value == pytest.approx(0.93)


@pytest.mark.parametrize(
    ("judge", "usable"),
    [
        ({}, True),
        ({"accuracy": 0.9899}, False),
        ({"accuracy": 0.99}, True),
        ({"failed": ["blur"]}, False),  # trained
        ({"failed": ["mean_image"]}, False),  # related
        ({"failed": ["letters", "arcs", "scribbles"]}, True),  # unseen
        ({"failed": ["letters", "blends"]}, False),
    ],
)
def test_a_judge_must_pass_what_it_was_taught(judge, usable):
    assert is_usable(make_study(1, judge=judge)) is usable
