"""What the schedule did to the learning rate."""

import pytest
from studies import make_study

from report.findings.lstm import learning_rate
from report.findings.lstm.learning_rate import Lowered, Place, find

FLAT, DROPS = (2e-4,) * 5, (2e-4, 1e-4, 1e-4, 5e-5, 5e-5)


@pytest.mark.parametrize(
    ("rates", "verdict", "drops", "lowest"),
    [
        ([FLAT], Lowered.NONE, [0], 2e-4),
        ([DROPS], Lowered.ALL, [2], 5e-5),
        ([DROPS, DROPS], Lowered.ALL, [2, 2], 5e-5),
        ([DROPS, FLAT], Lowered.SOME, [2, 0], 5e-5),
        ([FLAT, FLAT], Lowered.NONE, [0, 0], 2e-4),
    ],
)
def test_schedule(rates, verdict, drops, lowest):
    finding = find(make_study(len(rates), lstm=[{"learning_rate": each} for each in rates]))
    assert finding.verdict == verdict
    assert [number.value for number in finding.drops] == drops
    assert finding.lowest.value == lowest


def test_it_is_lowered_once_where_no_seed_has_it_lowered_more_often():
    once = (2e-4, 2e-4, 1e-4, 1e-4, 1e-4)
    assert find(make_study(2, lstm=[{"learning_rate": once}, {"learning_rate": FLAT}])).once
    assert not find(make_study(2, lstm=[{"learning_rate": once}, {"learning_rate": DROPS}])).once


def test_one_epoch_drops_nothing():
    study = make_study(1, lstm={"val_loss": (0.5,)})
    assert find(study).verdict == Lowered.NONE


def test_a_rise_is_no_cut():
    assert learning_rate.cuts([1e-4, 2e-4, 2e-4, 1e-4]) == [4]
    assert learning_rate.cuts([4e-4, 2e-4, 1e-4]) == [2, 3]


@pytest.mark.parametrize(
    ("rates", "place", "epochs", "after", "since"),
    [  # the third of five epochs has the lowest loss
        (FLAT, Place.NEVER, [], None, None),
        ((2e-4, 1e-4, 1e-4, 1e-4, 1e-4), Place.BEFORE, [2], None, None),
        ((2e-4, 2e-4, 1e-4, 1e-4, 1e-4), Place.BEFORE, [3], None, None),  # it was trained with the lower one
        ((2e-4, 2e-4, 2e-4, 1e-4, 1e-4), Place.AFTER, [4], 4, 2),
        ((2e-4, 2e-4, 2e-4, 2e-4, 1e-4), Place.AFTER, [5], 5, 1),
        ((2e-4, 1e-4, 1e-4, 5e-5, 2e-5), Place.AFTER, [2, 4, 5], 4, 2),
    ],
)
def test_where_it_lies_beside_the_lowest_loss(rates, place, epochs, after, since):
    finding = find(make_study(1, lstm={"learning_rate": rates}))
    cuts = finding.by_seed[0]
    assert cuts.place is place
    assert [epoch.value for epoch in cuts.epochs] == epochs
    assert (cuts.after and cuts.after.value, cuts.since and cuts.since.value) == (after, since)
    assert len(finding.cut_seeds) == bool(epochs)


def test_seeds_are_grouped_by_place():
    late = (*FLAT[:4], 1e-4)
    finding = find(make_study(3, lstm=[{"learning_rate": each} for each in (late, FLAT, late)]))
    assert {place: [each.seed.value for each in members] for place, members in finding.groups.items()} == {
        Place.AFTER: [1, 3],
        Place.NEVER: [2],
    }


def test_a_rate_that_falls_in_every_step_is_never_cut():
    falling = {"schedule": "cosine", "learning_rate": (1.9e-4, 1.5e-4, 1e-4, 5e-5, 1e-5)}
    finding = find(make_study(1, lstm=falling))
    assert finding.verdict is Lowered.GRADUAL
    assert finding.by_seed[0].place is Place.NEVER
    assert finding.cut_seeds == ()
