"""Who has the advantage, by how often the discriminator is right."""

import numpy as np
import pytest

from report.findings.balance import (
    Balance,
    Ends,
    collapse_of_generator,
    contradicts,
    degree,
    ends,
    nearest_bound,
    of_accuracy,
    of_distance,
)


@pytest.mark.parametrize(
    ("accuracy", "expected"),
    [
        (0.0, Balance.GENERATOR),
        (0.10, Balance.GENERATOR),
        (0.11, Balance.CLEAR_GENERATOR),
        (0.30, Balance.CLEAR_GENERATOR),
        (0.31, Balance.SLIGHT_GENERATOR),
        (0.45, Balance.SLIGHT_GENERATOR),
        (0.46, Balance.EQUILIBRIUM),
        (0.50, Balance.EQUILIBRIUM),
        (0.54, Balance.EQUILIBRIUM),
        (0.55, Balance.SLIGHT_DISCRIMINATOR),  # as in all: equal to the bound is enough
        (0.655, Balance.SLIGHT_DISCRIMINATOR),
        (0.69, Balance.SLIGHT_DISCRIMINATOR),
        (0.70, Balance.CLEAR_DISCRIMINATOR),
        (0.89, Balance.CLEAR_DISCRIMINATOR),
        (0.90, Balance.DISCRIMINATOR),
        (0.97, Balance.DISCRIMINATOR),
        (0.98, Balance.COLLAPSE),
        (1.0, Balance.COLLAPSE),
    ],
)
def test_the_degree_of_an_accuracy(accuracy, expected):
    assert degree(accuracy) is expected


def constant(accuracy: float, n: int = 300) -> np.ndarray:
    return np.full(n, accuracy)


def test_only_the_last_third_counts():
    curve = np.concatenate([constant(0.99, 200), constant(0.65, 100)])
    assert ends(curve).degree is Balance.SLIGHT_DISCRIMINATOR


def test_the_interval_is_that_of_the_batches():
    """Batches of ten at 0.60 and 0.62 by turns: a deviation of 0.010541, √10 of it and Student's quantile
    of nine degrees, 2.2622, make ± 0.00754. Each value taken for itself would make ± 0.002."""
    last = np.repeat([0.60, 0.62] * 5, 10)
    found = ends(np.concatenate([constant(0.5, 200), last]))
    assert found.mean == pytest.approx(0.61)
    assert found.interval == (
        pytest.approx(0.61 - 0.00754, abs=1e-5),
        pytest.approx(0.61 + 0.00754, abs=1e-5),
    )


def test_an_interval_tells_the_other_degrees_that_it_touches():
    assert Ends(0.65, (0.64, 0.66), (0.65,) * 10).reached == ()
    assert Ends(0.69, (0.68, 0.71), (0.69,) * 10).reached == (Balance.CLEAR_DISCRIMINATOR,)
    assert Ends(0.56, (0.54, 0.71), (0.56,) * 10).reached == (
        Balance.EQUILIBRIUM,
        Balance.CLEAR_DISCRIMINATOR,
    )


def test_it_is_steady_if_no_batch_is_of_another_degree():
    assert Ends(0.65, (0.6, 0.7), (0.56, 0.69)).steady
    assert not Ends(0.65, (0.6, 0.7), (0.54, 0.69)).steady


def batches(*accuracies: float) -> Ends:
    """The last third at these, a tenth of it each."""
    last = np.repeat(accuracies, 10)
    found = ends(np.concatenate([constant(0.5, 200), last]))
    assert found
    return found


def test_an_accuracy_that_goes_up_and_down_oscillates():
    assert of_accuracy(batches(*[0.55, 0.75] * 5), None) is Balance.OSCILLATION
    assert of_accuracy(batches(*[0.60, 0.66] * 5), None) is Balance.SLIGHT_DISCRIMINATOR
    assert of_accuracy(batches(*np.linspace(0.5, 0.8, 10)), None) is Balance.SLIGHT_DISCRIMINATOR


def test_too_few_iterations_say_nothing():
    assert ends(constant(0.65, 120)) is None
    assert of_accuracy(None, 1.0) is Balance.TOO_SHORT


@pytest.mark.parametrize(
    ("level", "said", "expected"),
    [
        (0.86, Balance.EQUILIBRIUM, False),
        (0.84, Balance.EQUILIBRIUM, True),
        (1.16, Balance.EQUILIBRIUM, True),
        (0.3, Balance.DISCRIMINATOR, False),
        (1.14, Balance.SLIGHT_DISCRIMINATOR, False),
        (1.16, Balance.SLIGHT_DISCRIMINATOR, True),
        (2.0, Balance.CLEAR_GENERATOR, False),
        (0.84, Balance.SLIGHT_GENERATOR, True),
    ],
)
def test_a_loss_on_the_other_side_contradicts(level, said, expected):
    assert contradicts(level, said) is expected


def test_what_a_loss_contradicts_is_not_said():
    even = batches(*[0.5] * 10)
    assert of_accuracy(even, 1.0) is Balance.EQUILIBRIUM
    assert of_accuracy(even, 3.0) is Balance.DISAGREE
    assert of_accuracy(even, None) is Balance.EQUILIBRIUM  # of hinge, whose losses are others


def test_the_distance_of_a_critic_is_the_negative_of_its_loss():
    rising_loss = np.linspace(-3.0, -1.0, 300)
    assert of_distance(rising_loss)[0] is Balance.DISTANCE_FALLS
    assert of_distance(-rising_loss)[0] is Balance.DISTANCE_RISES
    there_and_back = np.repeat([-2.0, -1.0] * 15, 10)
    code, (slope, (low, high)) = of_distance(there_and_back)
    assert code is Balance.DISTANCE_UNCLEAR
    assert low < slope < high
    assert of_distance(np.ones(100)) == (Balance.TOO_SHORT, None)


def test_the_slope_of_a_distance_is_per_iteration():
    _, (slope, _) = of_distance(np.linspace(-3.0, -1.0, 301))
    assert slope == pytest.approx(-2 / 300, rel=1e-6)


@pytest.mark.parametrize(
    ("variance", "classes", "expected"),
    [
        (0.09, 1.0, Balance.ALIKE),
        (0.10, 1.0, None),
        (0.9, 0.4, Balance.FEW_CLASSES),
        (0.9, 0.5, None),
        (None, None, None),
        (0.01, None, Balance.ALIKE),
    ],
)
def test_a_generator_collapses_to_one_image_or_to_few_classes(variance, classes, expected):
    assert collapse_of_generator(variance, classes) is expected


def test_the_nearest_bound():
    assert nearest_bound(0.66) == pytest.approx(0.04)
    assert nearest_bound(0.5) == pytest.approx(0.05)
    assert nearest_bound(0.01) == pytest.approx(0.09)  # there is none at 0.02
