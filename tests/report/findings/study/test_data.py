"""Which data the document is about."""

import pytest
from studies import make_study, only

from report.findings.study.data import DataSet, Origin, find


@pytest.mark.parametrize(
    ("reviews", "digits", "verdict"),
    [
        (False, False, Origin.REAL),
        (True, True, Origin.SAMPLE),
        (True, False, Origin.SAMPLE_REVIEWS),
        (False, True, Origin.SAMPLE_DIGITS),
    ],
)
def test_data(reviews, digits, verdict):
    finding = find(make_study(2, sample_reviews=reviews, sample_digits=digits))
    assert finding.verdict is verdict
    assert finding.reviews.train.value == 1_000
    assert finding.images.train.value == 60_000
    assert finding.reviews.name is (DataSet.SAMPLE_REVIEWS if reviews else DataSet.IMDB)
    assert finding.images.name is (DataSet.SAMPLE_DIGITS if digits else DataSet.MNIST)


@pytest.mark.parametrize(
    ("groups", "verdict"),
    [(("lstm",), Origin.SAMPLE_REVIEWS), (("gan",), Origin.SAMPLE_DIGITS), (("probe",), Origin.REAL)],
)
def test_only_of_what_there_is(groups, verdict):
    finding = find(only(make_study(1, sample_reviews=True, sample_digits=True), *groups))
    assert finding.verdict is verdict
    assert (finding.reviews is None) == ("lstm" not in groups)
    assert (finding.images is None) == ("gan" not in groups)
