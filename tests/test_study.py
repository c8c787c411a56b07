"""What the document must say of itself."""

import pytest
from studies import make_study

from report.findings import study
from report.findings.study import Data, Profile


@pytest.mark.parametrize(
    ("profile", "verdict"), [("full", Profile.FULL), ("quick", Profile.QUICK), ("test", Profile.QUICK)]
)
def test_profile(profile, verdict):
    assert study.find_profile(make_study(1, profile=profile)).verdict == verdict


@pytest.mark.parametrize(
    ("reviews", "digits", "verdict"),
    [
        (False, False, Data.REAL),
        (True, True, Data.SAMPLE),
        (True, False, Data.SAMPLE_REVIEWS),
        (False, True, Data.SAMPLE_DIGITS),
    ],
)
def test_data(reviews, digits, verdict):
    finding = study.find_data(make_study(2, sample_reviews=reviews, sample_digits=digits))
    assert finding.verdict == verdict
    assert finding.values["reviews_train"].value == 1_000
    assert finding.values["digits_train"].value == 60_000
