"""What is read at each sampled step."""

import numpy as np
import pytest
from studies import make_study

from report.findings.gan.readings import Measured, find, lost


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
    assert [read.iteration.value for read in finding.measured] == [0, 300]
    nothing = find(make_study(1, gan={"steps": (100, 200)}))
    assert (nothing.verdict, nothing.rows) == (Measured.NONE, ())


def test_the_score_goes_as_far_as_there_are_classes():
    finding = find(make_study(1))
    assert (finding.score_low.value, finding.score_high.value) == (1, 10)


def test_what_is_read_in_the_strip_may_not_be_read_later():
    """Of its six images at each of three steps, the first, third and fifth checkpoint, 0 to 5, 18 to 23 and
    36 to 41, are read those whose remainder by five is less than 0, 1 and 2: 20, then 36, 40 and 41; where 20
    stands, 38 does later."""
    strip = find(make_study(1)).strip
    assert (strip.images.value, strip.read.value, strip.rows.value, strip.lost.value) == (18, 4, 6, 1)
    assert find(make_study(1, gan={"steps": (100, 200)})).strip is None


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        ([(0, 1, 1), (0, 0, 0), (1, 1, 1)], 0),
        ([(1, 1, 0), (0, 1, 0), (0, 0, 1)], 2),
        ([(1, 0, 1)], 1),  # read again at the end
    ],
)
def test_a_row_is_lost_where_it_was_read_and_is_not(rows, expected):
    assert lost(np.array(rows, bool).T) == expected
