"""Where the discriminator's loss settles, beside 2 ln 2 = 1.386."""

import math

import numpy as np
import pytest
from studies import make_study

from report.findings.gan import losses
from report.findings.gan.losses import Balance

EQUILIBRIUM = 2 * math.log(2)


def constant(level: float, n: int = 300) -> np.ndarray:
    return np.full(n, level * EQUILIBRIUM)


@pytest.mark.parametrize(
    ("level", "balance"),
    [
        (0.0, Balance.COLLAPSE),
        (0.0999, Balance.COLLAPSE),
        (0.1001, Balance.DISCRIMINATOR),
        (0.8499, Balance.DISCRIMINATOR),
        (0.8501, Balance.EQUILIBRIUM),
        (1.0, Balance.EQUILIBRIUM),
        (1.1499, Balance.EQUILIBRIUM),
        (1.1501, Balance.GENERATOR),
        (3.0, Balance.GENERATOR),
    ],
)
def test_level(level, balance):
    assert losses.classify(constant(level)) == balance


def test_a_level_equal_to_the_bound_is_no_collapse(monkeypatch):
    monkeypatch.setattr(losses, "COLLAPSE", losses.level(constant(0.1)))
    assert losses.classify(constant(0.1)) == Balance.DISCRIMINATOR


def test_only_the_last_third_counts():
    """Of 300 iterations, 100: whatever came before."""
    curve = np.concatenate([constant(0.01, 200), constant(1.0, 100)])
    assert losses.classify(curve) == Balance.EQUILIBRIUM
    assert losses.tail_start(300) == 201
    assert losses.tail_mean(np.arange(9.0)) == 7  # 6, 7, 8


def test_a_short_curve_has_a_tail_of_one():
    assert losses.tail(np.array([1.0])).tolist() == [1.0]
    assert losses.tail_start(1) == 1
    assert losses.swing(np.array([1.0, 2.0])) == 0


def blocks(*levels: float) -> np.ndarray:
    """A curve whose last third is made of blocks of 50 at these levels."""
    tail = np.concatenate([constant(level, losses.BLOCK) for level in levels])
    return np.concatenate([constant(1.0, 2 * len(tail)), tail])


def test_swing_is_the_deviation_of_the_blocks():
    assert losses.swing(blocks(0.9, 1.1)) == pytest.approx(0.2 / math.sqrt(2))
    assert losses.swing(blocks(0.9, 1.1, 0.9)) == pytest.approx(math.sqrt(0.04 / 3))
    assert losses.swing(blocks(1.0, 1.0)) == 0


def test_oscillation():
    assert losses.classify(blocks(0.8, 1.2, 0.8, 1.2)) == Balance.OSCILLATION
    assert losses.classify(blocks(0.95, 1.05, 0.95, 1.05)) == Balance.EQUILIBRIUM


def test_a_steady_climb_is_not_an_oscillation():
    assert losses.classify(blocks(0.7, 0.9, 1.1, 1.3)) != Balance.OSCILLATION


def test_noise_of_single_batches_is_not_an_oscillation():
    curve = constant(1.0) + np.where(np.arange(300) % 2, 0.9, -0.9)
    assert losses.classify(curve) == Balance.EQUILIBRIUM


def find(*levels, **choices):
    study = make_study(len(levels), gan=[{"level": level, **choices} for level in levels])
    return losses.find(study)


def test_seeds_that_differ_are_grouped():
    finding = find(1.0, 0.5, 1.0)
    assert finding.verdict == Balance.MIXED
    assert {key: [ending.seed.value for ending in endings] for key, endings in finding.groups.items()} == {
        Balance.EQUILIBRIUM: [1, 3],
        Balance.DISCRIMINATOR: [2],
    }
    assert find(1.0, 1.1).verdict == Balance.EQUILIBRIUM
    assert find(0.5).verdict == Balance.DISCRIMINATOR


def test_the_margin_is_of_the_seed_nearest_to_a_bound():
    """0.5 is 0.35 below its bound, 1.1 is 0.05 below the upper one."""
    assert find(0.5, 1.1).margin.value == pytest.approx(0.05, abs=0.001)


def test_the_margin_of_an_oscillation_is_its_distance_to_being_none():
    """A deviation of 0.23 is 0.13 above the bound, wherever the level is."""
    finding = find((1, 1, 1, 1, 1, 1, 0.7, 1.1, 0.7), iterations=450)
    assert finding.verdict == Balance.OSCILLATION
    assert finding.margin.value == pytest.approx(0.4 / math.sqrt(3) - 0.1, abs=0.001)


def test_values_of_an_indifferent_discriminator():
    thresholds = find(1.0).thresholds
    assert thresholds.discriminator.value == pytest.approx(1.3863, abs=5e-5)
    assert thresholds.generator.value == pytest.approx(0.6931, abs=5e-5)
    assert thresholds.output.value == 0.5


def test_means_over_seeds_and_one_seed():
    one, two = find(1.0), find(0.9, 1.1)
    assert one.discriminator.sd is None
    assert two.discriminator.mean.value == pytest.approx(EQUILIBRIUM, abs=0.001)
    assert two.discriminator.sd.value == pytest.approx(0.2 * EQUILIBRIUM / math.sqrt(2), abs=0.001)
    assert two.headlines == ("discriminator", "generator")


def test_each_row_has_the_means_of_one_seed():
    finding = find(0.9, 1.1)
    first, second = finding.rows
    assert [row[0].value for row in (first, second)] == [1, 2]
    assert second[1] is finding.discriminator.each[1]
    assert second[-1] is finding.accuracy_fake.each[1]
    assert first[1].value == pytest.approx(0.9 * EQUILIBRIUM, abs=0.001)
