"""The gap and its names, and the epoch from which it matters."""

import pytest
from studies import make_study

from report.findings import lstm_overfitting
from report.findings.base import summarize
from report.findings.lstm_overfitting import Onset, Overfitting, Spread, grade
from report.numbers import Leaf
from report.quantities import GAP


@pytest.mark.parametrize(
    ("gap", "verdict"),
    [
        (-0.2, Overfitting.NONE),
        (0.0, Overfitting.NONE),
        (0.0099, Overfitting.NONE),
        (0.01, Overfitting.MILD),
        (0.0499, Overfitting.MILD),
        (0.05, Overfitting.MODERATE),
        (0.0999, Overfitting.MODERATE),
        (0.10, Overfitting.SEVERE),
        (0.5, Overfitting.SEVERE),
    ],
)
def test_grade(gap, verdict):
    assert grade(gap) == verdict


@pytest.mark.parametrize(
    ("train", "val", "verdict"),
    [
        (0.91, 0.90, Overfitting.MILD),
        (0.95, 0.90, Overfitting.MODERATE),  # in binary 0.95 - 0.90 is 0.0499…9
        (0.90, 0.80, Overfitting.SEVERE),  # in binary 0.90 - 0.80 is 0.0999…8
    ],
)
def test_a_gap_equal_to_the_threshold_has_passed_it(train, val, verdict):
    finding = lstm_overfitting.find_selected(
        make_study(1, lstm={"val_loss": (0.4,), "val_accuracy": (val,), "gap": train - val})
    )
    assert finding.verdict == verdict


@pytest.mark.parametrize(
    ("gap", "margin"),
    [(0.004, -0.006), (0.02, 0.01), (0.04, -0.01), (0.12, 0.02), (0.01, 0.0), (-0.1, -0.11)],
)
def test_the_margin_is_positive_above_the_nearest_threshold(gap, margin):
    assert lstm_overfitting.margin(Leaf(gap, "g")).value == pytest.approx(margin)


def test_the_gap_is_of_one_epoch():
    """At the selected epoch, the second, and at the last: 0.08 and 0.2, never one minus the other."""
    study = make_study(
        1, lstm={"val_loss": (0.6, 0.4, 0.5), "val_accuracy": (0.7, 0.8, 0.75), "gap": (0.0, 0.08, 0.2)}
    )
    selected, last = lstm_overfitting.find_selected(study), lstm_overfitting.find_last(study)
    assert selected.values["gap"].mean.value == pytest.approx(0.08)
    assert last.values["gap"].mean.value == pytest.approx(0.2)
    assert selected.values["running_gap"].mean.value == pytest.approx(0.02)
    assert (selected.verdict, last.verdict) == (Overfitting.MODERATE, Overfitting.SEVERE)
    assert (selected.values["epochs"][0].value, last.values["epochs"][0].value) == (2, 3)


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
    summary = summarize(GAP, [Leaf(gap, f"g{index}") for index, gap in enumerate(gaps)])
    assert lstm_overfitting.spread(summary) == spread


FLAT, CLIMBS = (0.5, 0.4, 0.4, 0.4), (0.5, 0.4, 0.41, 0.42)  # 2.5 % and 5 % above


@pytest.mark.parametrize(
    ("curves", "verdict", "epochs"),
    [
        ((CLIMBS,), Onset.ALL, [3]),
        ((CLIMBS, CLIMBS), Onset.ALL, [3, 3]),
        ((CLIMBS, FLAT), Onset.SOME, [3]),
        ((FLAT,), Onset.NONE, []),
        (((0.5, 0.4, 0.408, 0.408),), Onset.NONE, []),  # two per cent and no more
        (((0.5,),), Onset.UNKNOWN, []),
        (((0.4, 0.5),), Onset.UNKNOWN, []),
        ((CLIMBS, (0.5,)), Onset.UNKNOWN, [3]),
    ],
)
def test_onset(curves, verdict, epochs):
    finding = lstm_overfitting.find_onset(
        make_study(len(curves), lstm=[{"val_loss": curve} for curve in curves])
    )
    assert finding.verdict == verdict
    assert [epoch.value for epoch in finding.values["epochs"]] == epochs
    assert finding.values["count"].value == len(epochs)
