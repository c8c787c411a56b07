"""The gap and its names, at the selected epoch and at the last."""

import pytest
from studies import make_study

from report.findings import gap
from report.findings.base import summarize
from report.findings.gap import Grade, Reach, Spread, grade
from report.findings.lstm import overfitting, overfitting_last
from report.ledger.ledger import Leaf
from report.ledger.quantities import GAP


@pytest.mark.parametrize(
    ("value", "verdict"),
    [
        (-0.2, Grade.NONE),
        (0.0, Grade.NONE),
        (0.0099, Grade.NONE),
        (0.01, Grade.MILD),
        (0.0499, Grade.MILD),
        (0.05, Grade.MODERATE),
        (0.0999, Grade.MODERATE),
        (0.10, Grade.SEVERE),
        (0.5, Grade.SEVERE),
    ],
)
def test_grade(value, verdict):
    assert grade(value) == verdict


@pytest.mark.parametrize(
    ("train", "val", "verdict"),
    [
        (0.91, 0.90, Grade.MILD),
        (0.95, 0.90, Grade.MODERATE),  # in binary 0.95 - 0.90 is 0.0499…9
        (0.90, 0.80, Grade.SEVERE),  # in binary 0.90 - 0.80 is 0.0999…8
    ],
)
def test_a_gap_equal_to_the_threshold_has_passed_it(train, val, verdict):
    finding = overfitting.find(
        make_study(1, lstm={"val_loss": (0.4,), "val_accuracy": (val,), "gap": train - val})
    )
    assert finding.verdict == verdict


@pytest.mark.parametrize(
    ("value", "margin"),
    [(0.004, -0.006), (0.02, 0.01), (0.04, -0.01), (0.12, 0.02), (0.01, 0.0), (-0.1, -0.11)],
)
def test_the_margin_is_positive_above_the_nearest_threshold(value, margin):
    assert gap.margin(Leaf(value, "g")).value == pytest.approx(margin)


def test_the_gap_is_of_one_epoch():
    """At the selected epoch, the second, and at the last: 0.08 and 0.2, never one minus the other."""
    study = make_study(
        1, lstm={"val_loss": (0.6, 0.4, 0.5), "val_accuracy": (0.7, 0.8, 0.75), "gap": (0.0, 0.08, 0.2)}
    )
    selected, last = overfitting.find(study), overfitting_last.find(study)
    assert selected.gap.mean.value == pytest.approx(0.08)
    assert last.gap.mean.value == pytest.approx(0.2)
    assert (selected.verdict, last.verdict) == (Grade.MODERATE, Grade.SEVERE)
    assert (selected.epochs[0].value, last.epochs[0].value) == (2, 3)


@pytest.mark.parametrize(
    ("gaps", "spread"),
    [
        ((0.02,), Spread.SINGLE_SEED),
        ((0.02, 0.03), Spread.UNANIMOUS),
        ((0.02, 0.06), Spread.DIVIDED),
        ((0.0, 0.2, 0.0), Spread.DIVIDED),  # the mean has a verdict that no seed has
    ],
)
def test_whether_the_seeds_agree_with_their_mean(gaps, spread):
    summary = summarize(GAP, [Leaf(each, f"g{index}") for index, each in enumerate(gaps)])
    assert gap.spread(summary) == spread


@pytest.mark.parametrize(
    ("gaps", "reach", "lowest", "highest"),
    [
        ((0.06,), Reach.SINGLE_SEED, Grade.MODERATE, Grade.MODERATE),
        # mean ± 4.303 / sqrt(3) * sd: 0.06 ± 0.0248
        ((0.05, 0.06, 0.07), Reach.SEVERAL, Grade.MILD, Grade.MODERATE),
        # 0.06 ± 0.0025
        ((0.059, 0.06, 0.061), Reach.ONE_GRADE, Grade.MODERATE, Grade.MODERATE),
        # 0.0633 ± 0.0625
        ((0.04, 0.06, 0.09), Reach.SEVERAL, Grade.NONE, Grade.SEVERE),
    ],
)
def test_from_which_grade_to_which_the_interval_of_the_mean_runs(gaps, reach, lowest, highest):
    finding = overfitting.find(make_study(len(gaps), lstm=[{"gap": each} for each in gaps]))
    assert finding.verdict is Grade.MODERATE
    assert (finding.reach, finding.lowest, finding.highest) == (reach, lowest, highest)


def test_the_seeds_of_another_grade_are_named():
    finding = overfitting.find(make_study(4, lstm=[{"gap": each} for each in (0.02, 0.06, 0.002, 0.03)]))
    assert finding.verdict is Grade.MILD
    assert {each: [seed.value for seed in seeds] for each, seeds in finding.others.items()} == {
        Grade.MODERATE: [2],
        Grade.NONE: [3],
    }
    assert overfitting.find(make_study(2, lstm={"gap": 0.02})).others == {}


def test_an_interval_from_none_on_shows_nothing():
    """Of gaps of 0.024 and 0.028 the t interval goes from 0.0006 to 0.0514; of 0.12 and 0.121 it is severe,
    and one seed has none."""
    assert overfitting.find(make_study(2, lstm=[{"gap": 0.024}, {"gap": 0.028}])).maybe_none
    assert not overfitting.find(make_study(2, lstm=[{"gap": 0.12}, {"gap": 0.121}])).maybe_none
    assert not overfitting.find(make_study(1, lstm={"gap": 0.024})).maybe_none
