"""How much of the distance to the control forgetting and cutting can explain at most."""

import math

import numpy as np
import pytest
from cases import short_errors
from studies import make_study

from report.findings.base import Estimate
from report.findings.lstm.deficit import Reviews, Source, find, part, verdict_of
from report.findings.published import Side
from report.ledger.ledger import Leaf
from report.ledger.quantities import POINTS

TEN_TIMES = (1_720, 280, 280, 1_720)  # of 4,000, where the control errs on 200 of each class


def estimate(low, high):
    return Estimate(*(POINTS(Leaf(each, "e")) for each in ((low + high) / 2, low, high)))


SHOWN, NOT = estimate(1, 3), estimate(-1, 3)


@pytest.mark.parametrize(
    ("whole", "shortest", "beyond", "verdict"),
    [
        (NOT, SHOWN, SHOWN, Source.NO_DISTANCE),
        (SHOWN, None, None, Source.NO_SHORT),
        (SHOWN, SHOWN, SHOWN, Source.PART),
        (SHOWN, NOT, SHOWN, Source.UP_TO_ALL),
        (SHOWN, SHOWN, NOT, Source.NOT_SHOWN),
        (SHOWN, estimate(0, 2), SHOWN, Source.UP_TO_ALL),  # what touches 0 is not shown
    ],
)
def test_what_is_shown_decides(whole, shortest, beyond, verdict):
    assert verdict_of(whole, shortest, beyond) == verdict


@pytest.mark.parametrize(("n", "verdict"), [(0, Source.UP_TO_ALL), (8, Source.PART), (24, Source.NOT_SHOWN)])
def test_by_how_many_of_the_shortest_the_control_alone_reads(n, verdict):
    assert find(make_study(1, lstm={"confusion": TEN_TIMES, "lengths": short_errors(n)})).verdict == verdict


def test_by_hand():
    """The control alone is right on 160 of 4,000, and on 8 of the 400 shortest: 4 points and 2, of which
    half can be put down to forgetting and cutting."""
    finding = find(make_study(1, lstm={"confusion": TEN_TIMES, "lengths": short_errors(8)}))
    assert (finding.limit.value, finding.shortest.n.value) == (50, 400)
    assert finding.all.points.value.value == pytest.approx(4)
    assert finding.shortest.points.value.value == pytest.approx(2)
    assert finding.beyond.value.value == pytest.approx(2)
    assert finding.share.value.value == pytest.approx(0.5)
    near = finding.shortest.points
    assert (near.high.value - near.low.value) / 2 == pytest.approx(
        196 * math.sqrt(0.02 * 0.98 / 400), rel=0.12
    )
    # overlapping parts: the 400 shortest, with a weight of 0.9, against the others with theirs
    error = 100 * math.sqrt(0.9**2 * 0.02 * 0.98 / 400 + 0.9**2 * 0.0422 * 0.9578 / 3_600)
    assert (finding.beyond.high.value - finding.beyond.low.value) / 2 == pytest.approx(1.96 * error, rel=0.12)


def test_every_review_is_in_one_line_of_the_table():
    finding = find(make_study(2))
    lines = {row[0]: row[1].value for row in finding.rows}
    assert lines[Reviews.ALL] == 400 == sum(n for line, n in lines.items() if line is not Reviews.ALL)
    lengths = 100 + 3 * np.arange(400) % 400
    assert lines[Reviews.CUT] == (lengths > 250).sum()
    weighted = sum(row[1].value * row[4].value.value for row in finding.rows[1:]) / 400
    assert weighted == pytest.approx(finding.all.points.value.value)


@pytest.mark.parametrize("window", [90, 138])
def test_shortest_reviews_that_are_not_seen_whole_say_nothing(window):
    finding = find(make_study(1, lstm={"sequence_length": window}))
    assert (finding.verdict, finding.shortest, finding.beyond) == (Source.NO_SHORT, None, None)


@pytest.mark.parametrize(("longest", "verdict"), [(150, Source.UP_TO_ALL), (151, Source.NO_SHORT)])
def test_nor_do_those_with_words_far_from_their_end(longest, verdict):
    """The memory calls 150 words far."""
    lengths = [longest] * 40 + [240] * 360
    assert find(make_study(1, lstm={"lengths": lengths})).verdict == verdict


def test_where_all_is_seen_nothing_is_cut():
    finding = find(make_study(1, lstm={"sequence_length": 600}))
    assert finding.cut is None
    assert [row[0] for row in finding.rows] == [Reviews.ALL, Reviews.SHORTEST, Reviews.BETWEEN]


@pytest.mark.parametrize(
    ("confusion", "side"),
    [((172, 28, 28, 172), Side.BELOW), ((182, 18, 17, 183), Side.UNCLEAR), ((196, 4, 3, 197), Side.ABOVE)],
)
def test_the_goal_is_nine_in_ten(confusion, side):
    assert find(make_study(1, lstm={"confusion": confusion})).goal.side == side


def test_a_sample_without_any_distance_has_no_part_of_it():
    assert part(np.array([4.0, 0.0]), np.array([1.0, 1.0])).tolist() == [0.75, -math.inf]
