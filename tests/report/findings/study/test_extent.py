"""Whether the results are those of a whole training."""

import pytest
from studies import make_study, only

from report.findings.study.extent import Extent, find


@pytest.mark.parametrize(
    ("profile", "verdict"), [("full", Extent.FULL), ("quick", Extent.QUICK), ("test", Extent.QUICK)]
)
def test_profile(profile, verdict):
    assert find(make_study(1, profile=profile)).verdict is verdict


def test_what_was_done_is_told_of_what_there_is():
    study = make_study(2)
    whole = find(study)
    assert (whole.lstm_epochs.value, whole.lstm_train.value, whole.gan_iterations.value) == (10, 800, 300)
    assert find(only(study, "gan")).lstm_epochs is None
    assert find(only(study, "lstm")).gan_iterations is None
    assert find(only(study, "judge")).n_seeds.value == 1
