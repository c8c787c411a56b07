"""What is reached without reading."""

import pytest
from studies import lstm_run, make_study, own_reviews

from report.findings.chance import Majority, chance_of
from report.findings.lstm import linear, test_accuracy
from report.findings.lstm.linear import BesideChance
from report.findings.lstm.test_accuracy import Standing


@pytest.mark.parametrize(
    ("cells", "majority", "accuracy"),
    [
        ((171, 29, 28, 172), Majority.NONE, 0.5),
        ((150, 30, 40, 80), Majority.NEGATIVE, 0.6),  # 180 of 300
        ((50, 10, 40, 200), Majority.POSITIVE, 0.8),  # 240 of 300
    ],
)
def test_the_most_frequent_class_is_always_answered(cells, majority, accuracy):
    chance = chance_of(lstm_run(confusion=cells))
    assert (chance.majority, chance.accuracy.value) == (majority, accuracy)


@pytest.mark.parametrize(
    ("cells", "standing", "control"),
    [
        # 0.62 of 300: Wilson's interval reaches down to 0.564, under 0.6 and above one half.
        ((130, 50, 64, 56), Standing.CHANCE, BesideChance.NOT_ABOVE),
        ((150, 30, 40, 80), Standing.NO_REFERENCE, BesideChance.ABOVE),  # 0.767 from 0.716 on
        # 0.5, up to 0.556: as good as a coin, and worse than always saying the same.
        ((90, 90, 60, 60), Standing.WORSE_THAN_CHANCE, BesideChance.NOT_ABOVE),
    ],
)
def test_an_accuracy_is_held_against_the_most_frequent_class(cells, standing, control):
    study = make_study(1, own_reviews=own_reviews(), lstm={"confusion": cells}, linear={"confusion": cells})
    assert test_accuracy.find(study).verdict is standing
    assert linear.find(study).verdict is control
