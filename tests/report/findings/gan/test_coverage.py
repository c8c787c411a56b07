"""Which digits are drawn, and how evenly."""

import pytest
from studies import make_study

from report.findings.gan.coverage import Covered, entropy, find

READ = (0, 300, 400, 500, 600)


@pytest.mark.parametrize(
    ("by_digit", "expected"),
    [
        ((0,) * 10, 0.0),
        ((7, *[0] * 9), 0.0),
        ((3,) * 10, 1.0),
        ((5, 5, *[0] * 8), 0.30103),  # log 2 / log 10
    ],
)
def test_entropy_by_hand(by_digit, expected):
    assert entropy(by_digit) == pytest.approx(expected, abs=1e-5)


@pytest.mark.parametrize(
    ("classes", "verdict"),
    [
        ((10, 10), Covered.ALL),
        ((10, 9), Covered.SOME),
        ((4, 5), Covered.SOME),
        ((4, 4), Covered.COLLAPSE),
    ],
)
def test_coverage_at_the_last_step(classes, verdict):
    readability = [{"readable": READ, "classes": n} for n in classes]
    finding = find(make_study(2, readability=readability))
    assert finding.verdict is verdict
    assert [drawn.classes.value for drawn in finding.drawn] == list(classes)


def test_the_margin_is_that_of_the_digit_nearest_to_the_threshold():
    """Of ten digits each has 0.1 of what is read, 0.08 more than two in a hundred; a missing one
    is 0.02 from it, and where too little is read there is none."""
    all_ten = make_study(1, readability={"readable": (0, 0, 0, 0, 1_000 - 1)})  # one more for the seed
    assert find(all_ten).margin.value == pytest.approx(0.08, abs=0.001)
    nine = make_study(1, readability={"readable": READ, "classes": 9})
    assert find(nine).margin.value == pytest.approx(0.02)
    none = make_study(1, readability={"readable": (0,) * 5})
    assert find(none).margin is None


def test_missing_digits_are_named():
    study = make_study(1, readability={"readable": READ, "classes": 8})
    (drawn,) = find(study).incomplete
    assert [number.value for number in drawn.missing] == [8, 9]


@pytest.mark.parametrize("last", [0, 49])
def test_too_little_to_be_read_is_no_collapse(last):
    finding = find(
        make_study(2, readability=[{"readable": (0, 0, 0, 0, n), "classes": 1} for n in (last, 400)])
    )
    assert (finding.verdict, finding.holds, finding.margin) == (Covered.UNREADABLE, False, None)


def test_what_noise_would_give_is_too_little():
    """Its ceiling is at 0.07."""
    study = make_study(1, readability={"readable": (0, 0, 0, 0, 80)}, judge={"failed": ["inverted"]})
    assert find(study).verdict is Covered.UNREADABLE
