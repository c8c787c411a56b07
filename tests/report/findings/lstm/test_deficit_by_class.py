"""In which class the distance to the control lies, on numbers worked out by hand."""

from dataclasses import replace

import pytest
from studies import make_study

from report.findings.lstm.deficit_by_class import Thresholds, Where, find

OURS, THEIRS = (180, 20, 60, 140), (185, 15, 2, 198)  # the LSTM leans to the negative, the control not


def test_the_distance_is_shared_out_between_the_classes():
    """58 of 200 positive reviews and 5 of 200 negative ones: 29.0 and 2.5 points, 15.75 in all, of which
    58 of 63 parts."""
    finding = find(make_study(2, lstm={"confusion": OURS}, linear={"confusion": THEIRS}))
    usual = finding.usual
    values = [each.value.value for each in (usual.points, usual.negative, usual.positive, usual.share)]
    assert values == pytest.approx([15.75, 2.5, 29.0, 58 / 63])
    assert finding.apart.value.value == pytest.approx(26.5)
    assert (finding.verdict, finding.opposite) == (Where.POSITIVE, True)
    assert usual.share.low.value < 58 / 63 < usual.share.high.value


def test_with_errors_alike_on_validation_less_of_it_lies_there():
    """30 of the 60 false negatives stand above the threshold of validation, 0.4: 28 and 5 are left."""
    mended = {"confusion": OURS, "chosen": 0.4, "mended": 30}
    finding = find(make_study(2, lstm=mended, linear={"confusion": THEIRS}))
    assert finding.balanced.points.value.value == pytest.approx(100 * 33 / 400)
    assert finding.balanced.share.value.value == pytest.approx(28 / 33)
    assert finding.lessened
    assert [row[0] for row in finding.rows] == [Thresholds.USUAL, Thresholds.BALANCED]


@pytest.mark.parametrize(
    ("ours", "theirs", "where"),
    [
        (OURS, THEIRS, Where.POSITIVE),
        ((140, 60, 20, 180), (198, 2, 15, 185), Where.NEGATIVE),
        ((160, 40, 40, 160), (180, 20, 20, 180), Where.NOT_SHOWN),
        ((180, 20, 20, 180), (180, 20, 20, 180), Where.NO_DISTANCE),
        ((190, 10, 10, 190), (140, 60, 60, 140), Where.NO_DISTANCE),
    ],
)
def test_in_which_class(ours, theirs, where):
    assert find(make_study(2, lstm={"confusion": ours}, linear={"confusion": theirs})).verdict is where


def test_a_distance_that_one_class_lessens_is_not_shared_out():
    """40 of the positive reviews, and -10 of the negative ones, on which the LSTM is ahead."""
    finding = find(make_study(2, lstm={"confusion": (190, 10, 60, 140)}))
    assert (finding.verdict, finding.usual.share) == (Where.POSITIVE, None)
    assert not finding.lessened


def test_a_control_of_which_validation_is_not_known_has_the_usual_threshold_alone():
    """A document of a version that did not keep it."""
    study = make_study(2, lstm={"confusion": OURS}, linear={"confusion": THEIRS})
    bare = tuple(
        replace(run, arrays={name: array for name, array in run.arrays.items() if name != "val_said"})
        for run in study.linear
    )
    finding = find(replace(study, linear=bare))
    assert (finding.balanced, len(finding.rows)) == (None, 1)
