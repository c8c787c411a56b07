"""Other networks beside that of the base, on the same reviews. Each errs on the last reviews of each
class, so that of two networks the one with fewer errors is right wherever the other is."""

from dataclasses import replace

import pytest
from studies import make_study, only
from variant_cases import CHANCE, of_another_machine, of_other_seeds

from report.findings.ensemble import Adds
from report.findings.lstm.variants import Goal, find
from report.findings.variants import Effect, Outcome, Own

BASE = {"confusion": (171, 29, 28, 172)}  # 343 of 400
MORE, FEWER, EXCELLENT = (181, 19, 18, 182), (161, 39, 38, 162), (196, 4, 3, 197)
NO_GAIN = {"confusion": (171, 29, 28, 172)}  # a control with which the ensemble is the base


def study(confusion, seeds=2, **others):
    gru = {"cell": "gru", "confusion": confusion}
    options = {"lstm": BASE, "linear": NO_GAIN, "variants": {"gru": {"lstm": gru}}} | others
    return make_study(seeds, **options)


def tried(found, name="«gru»"):
    return next(each for each in found.tried if getattr(each.name, "value", each.name) == name)


def test_twenty_reviews_more_in_each_seed_are_five_points():
    """Of 400, and none lost: √(20 - 20² / 400) is the error of 20."""
    found = find(study(MORE, seeds=1))
    gru = tried(found)
    half = 100 * 1.959964 * 19**0.5 / 400
    difference = gru.compared.difference
    assert difference.value.value == pytest.approx(5)
    assert (difference.low.value, difference.high.value) == pytest.approx((5 - half, 5 + half))
    assert gru.accuracy.value.value == pytest.approx(363 / 400)
    assert found.base.value.value == pytest.approx(343 / 400)


@pytest.mark.parametrize(
    ("confusion", "seeds", "effect", "outcome"),
    [
        (MORE, 1, Effect.ONE_SEED, Outcome.ONE_SEED),
        (MORE, 2, Effect.IMPROVES, Outcome.HELPED),
        (FEWER, 3, Effect.WORSENS, Outcome.NOT_HELPED),
        ((172, 28, 28, 172), 3, Effect.NOT_TOLD, Outcome.NOT_HELPED),
    ],
)
def test_what_is_said_of_it(confusion, seeds, effect, outcome):
    found = find(study(confusion, seeds))
    assert (tried(found).compared.effect, found.verdict) == (effect, outcome)
    assert (found.best is None) == (effect is not Effect.IMPROVES)


def test_each_seed_is_compared_with_the_base_of_the_same_seed():
    """Of three seeds, 20, 10 and 3 reviews more: eleven on average, which the interval of the mean leaves
    above the base, and the last seed alone does not."""
    cells = (MORE, (176, 24, 23, 177), (173, 27, 27, 173))
    variant = [{"cell": "gru", "confusion": each} for each in cells]
    found = find(study(None, 3, variants={"gru": {"lstm": variant}}))
    gru = tried(found)
    assert gru.compared.difference.value.value == pytest.approx(2.75)
    assert gru.compared.difference.low.value > 0
    assert gru.compared.lead.value == gru.compared.difference.low.value == pytest.approx(found.margin.value)
    assert gru.compared.effect is Effect.IMPROVES
    of_two = find(study(None, 2, variants={"gru": {"lstm": [variant[0], variant[2]]}}))
    assert tried(of_two).compared.effect is Effect.NOT_TOLD


def test_other_reviews_or_other_seeds_are_not_compared():
    fewer = find(study(None, variants={"gru": {"lstm": {"cell": "gru", "max_reviews": 400}}}))
    assert tried(fewer).compared.effect is Effect.NOT_COMPARABLE
    assert (tried(fewer).compared.difference, tried(fewer).cost.extra) == (None, None)
    others = find(of_other_seeds(study(MORE, 4)))
    assert tried(others).compared.effect is Effect.NOT_COMPARABLE
    assert tried(others).accuracy.value.value == pytest.approx(363 / 400)


def test_what_has_fewer_seeds_is_compared_on_those():
    found = find(study(None, 3, variants={"gru": {"lstm": [{"cell": "gru", "confusion": MORE}] * 2}}))
    gru = tried(found)
    assert [seed.value for seed in gru.compared.seeds] == [1, 2]
    assert gru.compared.effect is Effect.IMPROVES


# --- what failed to learn ----------------------------------------------------------------


def test_a_seed_that_failed_to_learn_is_named():
    """Of 200 reviews of validation 113 are the first number beyond chance: 112 may be."""
    seeds = [{"cell": "gru", "val_accuracy": (share,) * 5} for share in (0.56, 0.565, 0.5)]
    found = find(study(None, 3, variants={"gru": {"lstm": seeds}}))
    assert [seed.value for seed in tried(found).failed] == [1, 3]
    assert found.failing == (tried(found),)


def test_beside_a_base_that_failed_nothing_is_said():
    found = find(study(MORE, lstm=[BASE, CHANCE]))
    assert [seed.value for seed in found.base_failed] == [2]
    assert found.verdict is Outcome.NOT_COMPARABLE
    assert {each.compared.effect for each in found.tried} == {Effect.UNJUDGED}
    assert (found.best, found.goal, found.margin, found.shown) == (None, Goal.NOT_ASKED, None, ())


# --- order, rows and costs ---------------------------------------------------------------


def test_the_best_comes_first_and_what_cannot_be_compared_last():
    variants = {
        "a": {"lstm": {"confusion": FEWER}},
        "b": {"lstm": {"max_reviews": 400}},
        "c": {"lstm": {"confusion": EXCELLENT, "minutes": 200}},
        "d": {"lstm": {"confusion": MORE, "minutes": 100}},
    }
    found = find(study(None, variants=variants, lstm=BASE | {"minutes": 150}))
    names = [getattr(each.name, "value", each.name) for each in found.tried]
    assert names == ["«c»", "«d»", Own.ENSEMBLE, "«a»", "«b»"]
    assert found.best is found.tried[0]
    base, first, *_ = found.rows
    assert (base[0], base[2], base[4].value, base[5:]) == (Own.BASE, None, 150, (None, None))
    assert (first[0].value, first[3].value, first[4].value, first[6]) == (
        "«c»",
        700_123,
        200,
        Effect.IMPROVES,
    )
    assert first[5].value == pytest.approx(50 / 12.5)  # 393 instead of 343 of 400
    assert found.tried[1].cost.per_point is None  # fewer minutes than the base


def test_there_is_no_price_from_another_machine():
    moved = find(of_another_machine(study(MORE)))
    assert (tried(moved).compared.effect, tried(moved).cost.extra) == (Effect.IMPROVES, None)


# --- the goal ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("options", "goal"),
    [
        ({"confusion": EXCELLENT}, Goal.REACHED),  # 0.9825, far above
        ({"confusion": MORE}, Goal.NOT_TOLD),  # 0.9075, of which the interval holds 0.9
        ({"confusion": (172, 28, 28, 172)}, Goal.MISSED),  # no improvement: that of the base, 0.8575
        ({"confusion": EXCELLENT, "seeds": 1}, Goal.NOT_ASKED),
        ({"confusion": EXCELLENT, "sample_reviews": True}, Goal.NOT_ASKED),
    ],
)
def test_the_goal_is_asked_of_the_best_one(options, goal):
    assert find(study(**options)).goal is goal


# --- the ensemble ------------------------------------------------------------------------


def test_the_ensemble_is_what_the_mean_of_both_probabilities_answers():
    """The network says 0.8 or 0.2 and the control 0.9 or 0.1: where they differ, the control decides. Its
    errors are 20 of 400, those of the base 57."""
    found = find(study(FEWER, linear={"confusion": (190, 10, 10, 190)}))
    ensemble = tried(found, Own.ENSEMBLE)
    assert ensemble.accuracy.value.value == pytest.approx(380 / 400)
    assert ensemble.compared.difference.value.value == pytest.approx(100 * 37 / 400)
    # 61 001 or 61 002 features, and a constant; 180 + seed seconds beside 7 000 + 100 · seed
    assert ensemble.cost.parameters.value == 700_123 + 61_001 + 1
    assert ensemble.cost.minutes.value == pytest.approx((7_150 + 181.5) / 60)
    assert ensemble.cost.extra.value == pytest.approx(181.5 / 60)


def test_the_control_alone_stands_beside_it_and_is_no_proposal():
    """Its errors are 20 of 400, as those of the ensemble, and the base's 57."""
    found = find(study(FEWER, linear={"confusion": (190, 10, 10, 190)}))
    assert (found.control.name, found.control.accuracy.value.value) == (Own.CONTROL, 380 / 400)
    assert found.control.compared.difference.value.value == pytest.approx(100 * 37 / 400)
    assert (found.control.cost.parameters.value, found.control.cost.per_point) == (61_002, None)
    assert Own.CONTROL not in [each.name for each in found.tried]
    assert [row[0] for row in found.rows].count(Own.CONTROL) == 1
    assert found.control in found.drawn
    assert found.best.name is not Own.CONTROL


def test_its_network_is_the_best_recurrent_one_on_the_validation_part():
    def validated(share):
        return {"val_accuracy": (share,) * 5}

    variants = {
        "gru": {"lstm": {"cell": "gru", "confusion": MORE, **validated(0.91)}},
        "transformer": {"lstm": {"cell": "transformer", "pooling": "mean", **validated(0.95)}},
        "corta": {"lstm": {"max_reviews": 400, **validated(0.99)}},  # tested on others
    }
    found = find(study(None, variants=variants, lstm=BASE | validated(0.9)))
    assert (found.ensemble.network.value, found.ensemble.val_accuracy.value) == ("«gru»", 0.91)
    tie = find(study(MORE, lstm=BASE | validated(0.9), variants={"gru": {"lstm": validated(0.9)}}))
    assert tie.ensemble.network is Own.BASE


def test_the_mean_over_the_seeds_decides_which_network_it_is():
    seeds = [{"cell": "gru", "val_accuracy": (share,) * 5} for share in (0.95, 0.84)]  # 0.895
    found = find(study(None, lstm=BASE | {"val_accuracy": (0.9,) * 5}, variants={"gru": {"lstm": seeds}}))
    assert found.ensemble.network is Own.BASE


def test_without_a_control_there_is_no_ensemble():
    found = find(only(study(MORE), "lstm", "lstm@gru"))
    assert found.ensemble is None
    assert [each.name.value for each in found.tried] == ["«gru»"]


@pytest.mark.parametrize(
    ("gru", "control", "adds", "points"),
    [
        # the negatives as the surer network has them, 50 wrong; of the positives ten, as the control
        ({"confusion": (150, 50, 50, 150), "mended": 50}, (190, 10, 10, 190), Adds.LOSES, -10),
        ({"confusion": (180, 20, 20, 180), "mended": 20}, (170, 30, 10, 190), Adds.GAINS, 2.5),
        ({"confusion": (180, 20, 20, 180)}, (180, 20, 20, 180), Adds.NOT_SHOWN, 0),
    ],
)
def test_the_ensemble_beside_the_control_alone(gru, control, adds, points):
    network = {"cell": "gru", "sure": 0.97, "val_accuracy": (0.9,) * 5, **gru}
    found = find(study(None, variants={"gru": {"lstm": network}}, linear={"confusion": control})).ensemble
    assert found.over_control.value.value == pytest.approx(points)
    assert found.adds is adds


def test_what_the_ensemble_owes_to_the_control_is_told_apart():
    """It is better than the base, as the control alone would be; of the networks none is."""
    found = find(study(FEWER, linear={"confusion": (190, 10, 10, 190)}))
    assert (found.ensemble.adds, found.borrowed) == (Adds.NOT_SHOWN, tried(found, Own.ENSEMBLE))
    assert found.improving_networks == ()
    gained = replace(found, ensemble=replace(found.ensemble, adds=Adds.GAINS))
    assert gained.borrowed is None
    better = find(study(MORE, linear={"confusion": (190, 10, 10, 190)}))
    assert [each.name.value for each in better.improving_networks] == ["«gru»"]


def test_a_seed_chosen_at_the_last_epoch_that_it_was_allowed_was_cut_short():
    """Ten are allowed: of one variant all seeds were still falling, of the other the second alone."""
    falling = {"val_loss": tuple(0.6 - 0.01 * epoch for epoch in range(10))}
    variants = {
        "todas": {"lstm": {"units": 8, **falling}},
        "una": {"lstm": [{"units": 4}, {"units": 4, **falling}]},
    }
    found = find(make_study(2, lstm=BASE, linear=NO_GAIN, variants=variants))
    assert [each.name.value for each in found.cut_short] == ["«todas»"]
    assert [each.name.value for each in found.sometimes_cut_short] == ["«una»"]
    assert [number.value for number in tried(found, "«una»").capped] == [2]
