"""What was not measured."""

import pytest
from studies import make_study, only

from report.text.absent import Absent, absent_from

STUDY = make_study(2)
DENSE = make_study(1, gan={"architecture": "dense"})


def test_of_a_whole_study_nothing_is_missing():
    assert absent_from(STUDY) == ()
    assert absent_from(DENSE) == ()


@pytest.mark.parametrize(
    ("groups", "absent"),
    [
        (("lstm",), (Absent.LINEAR, Absent.MEMORY, Absent.PROBE, Absent.PART_B)),
        (("lstm", "linear", "memory", "probe"), (Absent.PART_B,)),
        (("linear",), (Absent.LSTM, Absent.PROBE, Absent.PART_B)),
        (("gan",), (Absent.PART_A, Absent.JUDGE, Absent.READABILITY)),
        (("gan", "gan@densa", "judge"), (Absent.PART_A, Absent.READABILITY)),
        (("judge",), (Absent.PART_A, Absent.GAN)),
    ],
)
def test_each_absence_is_named_once(groups, absent):
    assert absent_from(only(STUDY, *groups)) == absent
