"""What is read at each sampled step."""

import pytest
from studies import make_study

from report.findings.gan.readings import Measured, find


def test_a_step_tells_what_is_read_in_its_own_grid():
    """In the made-up grids of nine, the image i of step s shows the digit (9 s + i) mod 10 and is
    readable where that number's remainder by five is less than s."""
    step = find(make_study(1)).steps[1]  # 9 to 17: read are 10 and 15
    assert step.read.value == 2
    assert [number.value for number in step.labels] == [0, 5]
    assert [number.value for number in step.in_strip] == [0]  # 15 stands after the first six
    assert step.share.mean.value == pytest.approx(0.201)


def test_a_step_that_no_judge_looked_at_is_not_described():
    finding = find(make_study(1, gan={"steps": (0, 100, 300)}))
    assert [step is None for step in finding.steps] == [False, True, False]
    assert finding.verdict is Measured.SOME
    assert [row[0].value for row in finding.rows] == [0, 300]
    nothing = find(make_study(1, gan={"steps": (100, 200)}))
    assert (nothing.verdict, nothing.rows) == (Measured.NONE, ())


def test_the_score_goes_as_far_as_there_are_classes():
    finding = find(make_study(1))
    assert (finding.score_low.value, finding.score_high.value) == (1, 10)
