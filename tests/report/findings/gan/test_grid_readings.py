"""What so few images can answer."""

import pytest
from brought import brought_gan, brought_study, grids
from studies import make_study

from report.findings.collection import find_all
from report.findings.gan.grid_readings import GridReadings, Legible, find, held_since

JUDGE = make_study(1).judge[0]


def study(*read, seeds=1, **fields):
    runs = [brought_gan(seed, images=grids(), read=read, **fields) for seed in range(1, seeds + 1)]
    return brought_study(*runs, judge=JUDGE)


@pytest.mark.parametrize(
    ("exceeds", "since"),
    [
        ([False, False], None),
        ([True, False], None),
        ([False, True, True], 1),
        ([True, False, True], 2),
        ([True, True], 0),
    ],
)
def test_from_where_on_all_exceed(exceeds, since):
    assert held_since(exceeds) == since


@pytest.mark.parametrize(
    ("read", "verdict", "first", "before"),
    [
        ((0, 3, 8, 12, 14, 15), Legible.FROM, 1_500, 1_000),
        ((20, 20, 20, 21, 22, 23), Legible.ALWAYS, 500, None),
        ((0, 3, 8, 12, 9, 2), Legible.LOST, None, None),
        ((0, 0, 1, 1, 0, 1), Legible.NEVER, None, None),
    ],
)
def test_verdict(read, verdict, first, before):
    finding = find(study(*read))
    assert finding.verdict is verdict
    assert (finding.first and finding.first.value, finding.before and finding.before.value) == (first, before)


def test_of_twenty_five_images_six_are_beyond_a_tenth_and_five_are_not():
    """Wilson's interval of 6 in 25 begins at 0.1150 and that of 5 at 0.0886 (equation 5, by hand)."""
    six, five = (find(study(*[n] * 6)) for n in (6, 5))
    assert six.last.share.low.value == pytest.approx(0.1150, abs=5e-5)
    assert five.last.share.low.value == pytest.approx(0.0886, abs=5e-5)
    assert five.last.share.low.value < six.bound.value < six.last.share.low.value
    assert (six.verdict, five.verdict) == (Legible.ALWAYS, Legible.NEVER)


def test_the_images_of_all_seeds_are_read_together():
    finding = find(study(0, 3, 8, 12, 14, 15, seeds=2))
    assert (finding.last.n.value, finding.last.read.value, finding.n_seeds.value) == (50, 30, 2)
    assert finding.shown[1].read.value == 3
    assert [label.value for label in finding.shown[1].labels] == [0, 1, 2]


def test_without_a_judge_or_one_that_may_be_used_nothing_is_said_of_what_is_read():
    unread = brought_study(brought_gan(images=grids(), read=(0, 3, 8, 12, 14, 15)))
    assert find_all(unread).get(GridReadings) is None
    unfit = make_study(1, judge={"failed": ["real"]}).judge[0]
    judged = brought_study(brought_gan(images=grids(), read=(0, 3, 8, 12, 14, 15)), judge=unfit)
    assert find_all(judged).get(GridReadings) is None
