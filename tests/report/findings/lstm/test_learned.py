"""Whether the LSTM beats what is reached without reading, on 200 validation reviews.

By the one-sided binomial test at 0.05 (from tables of its distribution): of 200 fair coins 112 heads are
not beyond chance (p = 0.0518), 113 are (p = 0.0384)."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from studies import make_study

from report.findings import measures
from report.findings.lstm.learned import Baseline, HowMany, find, least_hits

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
