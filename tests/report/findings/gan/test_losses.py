"""Where the competition ends, seed by seed."""

import math

import numpy as np
import pytest
from brought import brought_gan, brought_study, every, gan_losses, with_accuracies
from studies import gan_run, make_study, study_of, with_array

from report.findings.balance import Balance
from report.findings.gan.losses import LossName, Side, find

EQUILIBRIUM = 2 * math.log(2)


def found(*each, **choices):
    """Of as many seeds as there are mappings."""
    return find(make_study(len(each), gan=[{**one, **choices} for one in each]))


REFERENCE = {"right": 0.655, "level": 0.9}


def test_a_discriminator_that_is_right_two_times_in_three_has_a_slight_and_steady_advantage():
    """As in the reference, whose loss is a tenth below 2 ln 2."""
    finding = found(REFERENCE, REFERENCE)
    assert finding.verdict is Balance.SLIGHT_DISCRIMINATOR
    assert finding.steady
    assert finding.straddling == ()
    assert finding.accuracy.mean.value == pytest.approx(0.656, abs=0.001)
    assert (finding.discriminator_level.side, finding.discriminator_level.off.value) == (
        Side.BELOW,
        pytest.approx(0.1, abs=0.001),
    )


def test_the_generators_loss_is_set_beside_its_own_equilibrium():
    """0.6931 / 0.9 is a ninth above 0.6931."""
    level = found(REFERENCE).generator_level
    assert (level.side, level.off.value) == (Side.ABOVE, pytest.approx(1 / 9, abs=0.001))
    assert found({"level": 1.0}).generator_level.side is Side.AT


def test_seeds_that_differ_are_grouped():
    finding = found({"right": 0.65}, {"right": 0.8}, {"right": 0.65})
    assert finding.verdict is Balance.MIXED
    assert {key: [ending.seed.value for ending in endings] for key, endings in finding.groups.items()} == {
        Balance.SLIGHT_DISCRIMINATOR: [1, 3],
        Balance.CLEAR_DISCRIMINATOR: [2],
    }


def test_an_interval_that_touches_another_degree_is_told():
    """The last third has halves at 0.67 and 0.72: 0.6955 ± 0.019."""
    wavering = {"iterations": 600, "steps": (0, 300, 600), "right": (0.6, 0.6, 0.6, 0.6, 0.67, 0.72)}
    finding = found(wavering)
    (ending,) = finding.straddling
    assert ending.balance is Balance.SLIGHT_DISCRIMINATOR
    assert ending.reached == (Balance.CLEAR_DISCRIMINATOR,)
    assert ending.accuracy.low.value < 0.7 < ending.accuracy.high.value
    assert not finding.steady


def test_the_margin_is_of_the_seed_nearest_to_another_degree():
    """0.001 - 0.0005 above what was asked for, the second seed twice as much."""
    assert found({"right": 0.65}, {"right": 0.69}).margin.value == pytest.approx(0.009, abs=0.001)
    assert found({"right": 0.65}, {"variety": 1}).margin is None


def test_losses_of_hinge_have_no_known_level_and_no_probabilities():
    finding = found(REFERENCE, loss="hinge")
    assert finding.loss is LossName.HINGE
    assert finding.verdict is Balance.SLIGHT_DISCRIMINATOR
    assert (finding.discriminator_level, finding.generator_level) == (None, None)
    assert (finding.d_real, finding.d_fake) == (None, None)
    assert not finding.near_untrained
    assert [len(row) for row in finding.rows] == [6]


def test_a_loss_that_contradicts_the_accuracy_is_told_and_only_of_a_known_equilibrium():
    assert found({"right": 0.5, "level": 2.5}).verdict is Balance.DISAGREE
    assert found({"right": 0.5, "level": 2.5}, loss="hinge").verdict is Balance.EQUILIBRIUM


def critic(losses: np.ndarray):
    run = gan_run(1, loss="wasserstein_gp")
    return find(study_of([with_array(run, "discriminator_loss", losses.astype(np.float32))]))


def test_a_critic_has_no_accuracy_but_a_distance():
    """Its loss climbs from -3 by 0.01 an iteration, and so the distance falls by 10 in a thousand."""
    finding = critic(-3 + 0.01 * np.arange(300))
    assert finding.verdict is Balance.DISTANCE_FALLS
    assert (finding.accuracy, finding.accuracy_real, finding.d_fake, finding.margin) == (None,) * 4
    (row,) = finding.rows
    assert row[3].value.value == pytest.approx(-10, rel=1e-3)
    assert critic(-3 - 0.01 * np.arange(300)).verdict is Balance.DISTANCE_RISES
    assert critic(np.sin(np.arange(300) / 3)).verdict is Balance.DISTANCE_UNCLEAR


def test_a_generator_that_collapses_is_told_whatever_the_accuracy():
    assert found({"variety": 1}).verdict is Balance.ALIKE
    study = make_study(1, readability={"readable": (0, 300, 300, 300, 400), "classes": 4})
    assert find(study).verdict is Balance.FEW_CLASSES
    blind = make_study(1, readability={"classes": 4}, judge={"failed": ["blur"]})
    assert find(blind).verdict is Balance.SLIGHT_DISCRIMINATOR  # nobody could tell the classes


def test_a_short_training_says_nothing():
    finding = found({}, iterations=120, sample_every=60, weights_every=60, steps=(0, 60, 120))
    assert finding.verdict is Balance.TOO_SHORT
    assert finding.endings[0].accuracy is None


def test_an_untrained_discriminator_is_spoken_of_only_where_the_loss_is_near_its_own():
    assert found({"level": 0.86}).near_untrained
    assert not found({"level": 0.84}).near_untrained
    assert not found({"level": 0.9}, {"level": 0.02}).near_untrained


def test_means_over_seeds_and_one_seed():
    one, two = found({"level": 1.0}), found({"level": 0.9}, {"level": 1.1})
    assert one.discriminator.sd is None
    assert two.discriminator.mean.value == pytest.approx(EQUILIBRIUM, abs=0.001)
    assert two.discriminator.sd.value == pytest.approx(0.2 * EQUILIBRIUM / math.sqrt(2), abs=0.001)
    assert two.headlines == ("discriminator", "generator")


def test_each_row_has_the_numbers_of_one_seed():
    finding = found({"level": 0.9}, {"level": 1.0})
    first, second = finding.rows
    assert [row[0].value for row in (first, second)] == [1, 2]
    assert second[1] is finding.discriminator.each[1]
    assert second[4] is finding.accuracy_fake.each[1]
    assert second[5] is finding.endings[1].accuracy
    assert first[1].value == pytest.approx(0.9 * EQUILIBRIUM, abs=0.001)


# --- what an author brought ------------------------------------------------------------------


@pytest.mark.parametrize(
    ("discriminator", "form", "verdict"),
    [
        (1.35, "sum", Balance.LOSS_NEAR),
        (0.675, "mean", Balance.LOSS_NEAR),
        (0.8, "sum", Balance.LOSS_BELOW),
        (1.1, "mean", Balance.LOSS_ABOVE),
        (0.05, "sum", Balance.COLLAPSE),
    ],
)
def test_without_accuracies_a_loss_tells_where_it_lies_and_a_collapse(discriminator, form, verdict):
    losses = gan_losses(discriminator=discriminator)
    finding = find(brought_study(brought_gan(losses=losses, form=form)))
    assert finding.verdict is verdict
    assert (finding.accuracy, finding.d_real, finding.endings[0].accuracy) == (None, None, None)
    assert finding.discriminator.mean.value == pytest.approx(discriminator, abs=0.01)


def test_with_accuracies_they_decide_as_they_do_of_a_training_done_here():
    finding = find(brought_study(brought_gan(losses=with_accuracies(gan_losses(), 0.65))))
    assert finding.verdict is Balance.SLIGHT_DISCRIMINATOR
    assert finding.accuracy.mean.value == pytest.approx(0.65)


def test_the_last_third_of_what_was_logged_begins_at_the_iteration_of_its_first_value():
    """Of thirty values, one every hundred iterations, the last ten begin with that of 2100."""
    finding = find(brought_study(brought_gan(losses=every(100, gan_losses()))))
    assert (finding.tail_from.value, finding.iterations.value) == (2_100, 3_000)


@pytest.mark.parametrize(
    ("step", "window"),
    [(1, 51), (2, 2 * 25), (10, 10 * 5), (25, 25 * 3), (26, None), (100, None)],
)
def test_what_is_drawn_is_averaged_over_an_odd_number_of_values_or_not_at_all(step, window):
    """At most 51 iterations are 25 values that are logged every other one, and 5 of every tenth; of 51 there
    are two of every 25th, which are made three."""
    found = find(brought_study(brought_gan(losses=every(step, gan_losses())))).window
    assert (found and found.value) == window
