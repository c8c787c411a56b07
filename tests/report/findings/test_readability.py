"""When a digit is covered, and what is read at one checkpoint."""

import pytest
from studies import make_study

from report.findings.readability import covered, last_checkpoint, share_at, unread_at


@pytest.mark.parametrize(
    ("by_digit", "digits"),
    [
        ((0,) * 10, []),
        ((98, 2, 0, 0, 0, 0, 0, 0, 0, 0), [0, 1]),  # two in a hundred, equal to the threshold
        ((981, 19, 0, 0, 0, 0, 0, 0, 0, 0), [0]),
    ],
)
def test_a_digit_is_covered_from_two_in_a_hundred(by_digit, digits):
    assert covered(by_digit) == digits


def test_what_is_read_and_what_is_not_make_a_whole():
    study = make_study(2, readability=[{"readable": (0, 1, 2, 3, n)} for n in (300, 500)])
    assert last_checkpoint(study) == 4
    read, unread = share_at(study.readability, 4), unread_at(study.readability, 4)
    assert [number.value for number in read.each] == [0.3, 0.5]
    assert read.mean.value == pytest.approx(0.4)
    assert unread.mean.value == pytest.approx(0.6)
