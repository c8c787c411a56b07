"""Whether the LSTM beats what is reached without reading, on 200 validation reviews.

By the one-sided binomial test at 0.05 (from tables of its distribution): of 200 fair coins 112 heads are
not beyond chance (p = 0.0518), 113 are (p = 0.0384)."""

import pytest
from brought import brought_lstm, brought_study
from hypothesis import given, settings
from hypothesis import strategies as st
from studies import make_study

from report.findings import measures
from report.findings.lstm.learned import Baseline, HowMany, Part, find, least_hits

CURVE = (0.62, 0.48, 0.41, 0.43, 0.47)  # the third epoch is selected


def study(*accuracies, **choices):
    """One seed for each accuracy at the selected epoch; that of the others would be learning."""
    lstm = [{"val_loss": CURVE, "val_accuracy": (0.9, 0.9, each, 0.9, 0.9), **choices} for each in accuracies]
    return make_study(len(accuracies), lstm=lstm)


@pytest.mark.parametrize(
    ("accuracies", "verdict", "learned"),
    [
        ((113 / 200,), HowMany.ALL, [1]),
        ((112 / 200,), HowMany.NONE, []),
        ((0.5,), HowMany.NONE, []),
        ((0.1,), HowMany.NONE, []),  # far from chance, on the wrong side
        ((0.9, 0.9, 0.9), HowMany.ALL, [1, 2, 3]),
        ((0.9, 0.5, 0.9), HowMany.SOME, [1, 3]),
        ((0.5, 0.51, 0.49), HowMany.NONE, []),
    ],
)
def test_each_seed_at_its_selected_epoch(accuracies, verdict, learned):
    finding = find(study(*accuracies))
    assert finding.verdict is verdict
    assert finding.holds is (verdict is HowMany.ALL)
    assert [seed.value for seed in finding.learned_seeds] == learned
    assert [each.seed.value for each in finding.unlearned] == [
        seed for seed in range(1, len(accuracies) + 1) if seed not in learned
    ]
    assert [each.accuracy.value for each in finding.by_seed] == list(accuracies)


def test_the_p_value_and_the_margin():
    finding = find(study(113 / 200, 0.5))
    assert finding.by_seed[0].p.value == pytest.approx(0.0384, abs=5e-5)
    assert finding.by_seed[0].margin.value == 0
    assert finding.by_seed[1].margin.value == pytest.approx(-13 / 200)
    assert (finding.lowest_p.value, finding.margin.value) == (finding.by_seed[0].p.value, 0)
    assert finding.worst_p.value == pytest.approx(0.528, abs=5e-4)  # of 100 heads or more


def test_unequal_classes_are_beaten_only_beyond_the_larger():
    """140 of 200 are negative: who always says so is right in 0.7."""
    even, uneven = find(study(0.72)), find(study(0.72, negatives=140))
    assert (even.baseline, even.verdict) == (Baseline.CHANCE, HowMany.ALL)
    assert (uneven.baseline, uneven.verdict) == (Baseline.MAJORITY, HowMany.NONE)
    assert uneven.by_seed[0].majority.value == 0.7
    assert find(study(0.9, negatives=140)).verdict is HowMany.ALL
    assert find(study(0.72, negatives=60)).by_seed[0].majority.value == 0.7


def test_a_single_class_cannot_be_learned():
    assert find(study(1.0, negatives=0)).verdict is HowMany.NONE


@settings(deadline=None, max_examples=60, derandomize=True, database=None)
@given(st.integers(1, 400), st.floats(0.5, 1))
def test_the_least_hits_are_the_first_beyond_chance(n, probability):
    least = least_hits(n, probability)
    assert least == n + 1 or measures.upper_tail(least, n, probability) < measures.SIGNIFICANCE
    assert measures.upper_tail(least - 1, n, probability) >= measures.SIGNIFICANCE


# --- what an author brought ------------------------------------------------------------------


def test_of_a_matrix_the_test_part_decides():
    """Of the 25,000 reviews of the matrix 21,594 are read well; half of them are of either class."""
    finding = find(brought_study(brought_lstm(1, None)))
    assert (finding.part, finding.verdict, finding.baseline) == (Part.TEST, HowMany.ALL, Baseline.CHANCE)
    assert (finding.n.value, finding.by_seed[0].accuracy.value) == (25_000, 0.86376)


@pytest.mark.parametrize(
    ("accuracy", "verdict"),
    [
        (0.59, HowMany.ALL),  # of a hundred coins, 59 heads or more come with p = 0.0443
        (0.58, HowMany.UNKNOWN),  # 58 with p = 0.0666: on more reviews it might be beyond chance
        (0.5, HowMany.UNKNOWN),
    ],
)
def test_of_a_validation_part_of_which_nobody_says_the_size(accuracy, verdict):
    history = {"val_loss": (0.7, 0.69, 0.7), "val_accuracy": (0.9, accuracy, 0.9)}
    finding = find(brought_study(brought_lstm(1, history, None)))
    assert (finding.part, finding.verdict) == (Part.ASSUMED, verdict)
    assert finding.holds is (verdict is HowMany.ALL)


def test_without_a_loss_the_last_epoch_is_asked():
    finding = find(brought_study(brought_lstm(1, {"val_accuracy": (0.5, 0.8)}, None)))
    assert finding.by_seed[0].accuracy.value == 0.8


def test_how_far_training_is_ahead_is_told_where_it_is_much():
    """At rest and at the selected epoch, by 0.12 and by 0.02; a moderate overfitting begins at 0.05."""
    assert find(make_study(2, lstm={"gap": 0.12})).ahead.mean.value == pytest.approx(0.12)
    assert find(make_study(2, lstm={"gap": 0.02})).ahead is None
