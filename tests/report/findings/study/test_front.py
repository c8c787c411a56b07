"""What page one has to draw."""

import pytest
from brought import brought_gan, brought_lstm, brought_study, gan_losses, grids
from studies import make_study, only

from report.findings.collection import find_all
from report.findings.study.front import Front, Pictured, find


@pytest.mark.parametrize(
    ("groups", "verdict"),
    [
        (("lstm", "gan"), Pictured.BOTH),
        (("lstm",), Pictured.ACCURACIES),
        (("gan",), Pictured.IMAGES),
    ],
)
def test_what_is_drawn_of_what_was_trained(groups, verdict):
    assert find(only(make_study(1), *groups)).verdict is verdict


def test_there_is_none_without_accuracies_and_images():
    assert find_all(only(make_study(1), "linear")).get(Front) is None
    assert find_all(brought_study(brought_gan(losses=gan_losses()))).get(Front) is None


def test_of_what_was_brought():
    study = brought_study(brought_lstm(), brought_gan(images=grids((1, 2)), steps=(1, 2)))
    assert find(study).verdict is Pictured.BOTH
    assert find(brought_study(brought_lstm())).verdict is Pictured.ACCURACIES


def test_seeds_are_those_of_the_part_that_has_more():
    assert find(make_study(2)).n_seeds.value == 2
    two = brought_study(brought_lstm(1), brought_lstm(2))
    assert find(two).n_seeds.value == 2
