"""Metrics of one epoch each, and the test accuracy beside chance and published figures."""

import pytest
from studies import make_study

from report.findings import lstm_metrics
from report.findings.lstm_metrics import Final, Linear, Test
from report.numbers import Leaf
from report.quantities import ACCURACY

Test.__test__ = False  # a verdict, not a test


def study(*hits: int, n: int = 400, **choices):
    """One seed for each number of hits out of ``n``, half the errors in each class."""
    half = n // 2
    confusions = [
        (half - (n - k) // 2, (n - k) // 2, n - k - (n - k) // 2, k - half + (n - k) // 2) for k in hits
    ]
    return make_study(len(hits), lstm=[{"confusion": confusion} for confusion in confusions], **choices)


@pytest.mark.parametrize(
    ("hits", "n", "verdict", "linear"),
    [
        # Wilson, half widths of about 0.042, 0.034, 0.028, 0.012
        ((320,), 400, Test.BELOW, Linear.BELOW),
        ((346,), 400, Test.COMPATIBLE, Linear.BELOW),
        ((365,), 400, Test.ABOVE, Linear.COMPATIBLE),
        ((396,), 400, Test.ABOVE, Linear.ABOVE),
        ((200,), 400, Test.CHANCE, Linear.BELOW),
        ((218,), 400, Test.CHANCE, Linear.BELOW),  # 0.545, from 0.496
        ((222,), 400, Test.BELOW, Linear.BELOW),  # 0.555, from 0.506
        ((400,), 400, Test.ABOVE, Linear.ABOVE),
        # Student, ± 4.303 · 0.0025 / √3 = ± 0.0062 around the mean, leaves 0.8650 out in the first
        # and in the third; Wilson's, of about ± 0.034 each, do so only in those that follow
        ((339, 340, 341), 400, Test.COMPATIBLE, Linear.BELOW),
        ((344, 345, 346), 400, Test.COMPATIBLE, Linear.BELOW),
        ((349, 350, 351), 400, Test.COMPATIBLE, Linear.BELOW),
        ((319, 320, 321), 400, Test.BELOW, Linear.BELOW),
        ((364, 365, 366), 400, Test.ABOVE, Linear.COMPATIBLE),
        ((379, 380, 381), 400, Test.ABOVE, Linear.ABOVE),
        ((319, 320, 346), 400, Test.COMPATIBLE, Linear.COMPATIBLE),  # 0.8208 ± 4.303 · 0.0383 / √3
        ((300, 396), 400, Test.COMPATIBLE, Linear.COMPATIBLE),  # two seeds far apart
    ],
)
def test_verdict_on_the_test_accuracy(hits, n, verdict, linear):
    results = study(*hits, n=n)
    assert lstm_metrics.find_test(results).verdict == verdict
    assert lstm_metrics.find_linear(results).verdict == linear


def test_the_report_written_by_hand_is_compatible_with_dai_and_le():
    """0.8638 of 25,000: Wilson from 0.8595 to 0.8680, which holds 0.8650."""
    finding = lstm_metrics.find_test(make_study(1, lstm={"confusion": (11_142, 1_358, 2_048, 10_452)}))
    low, high = finding.values["wilson"][0]
    assert (round(low.value, 4), round(high.value, 4)) == (0.8595, 0.8680)
    assert finding.verdict == Test.COMPATIBLE
    assert finding.margin.value == pytest.approx(0.8680 - 0.8650, abs=5e-5)
    assert finding.values["hits"][0].value == 21_594


@pytest.mark.parametrize("choices", [{"profile": "quick"}, {"sample_reviews": True}])
def test_published_figures_say_nothing_of_other_data_or_of_a_quick_look(choices):
    results = study(346, **choices)
    test, linear = lstm_metrics.find_test(results), lstm_metrics.find_linear(results)
    assert (test.verdict, test.margin) == (Test.NO_REFERENCE, None)
    assert (linear.verdict, linear.margin) == (Linear.NO_REFERENCE, None)


def test_sample_digits_do_not_touch_part_a():
    assert lstm_metrics.find_test(study(346, sample_digits=True)).verdict == Test.COMPATIBLE


def test_chance_is_said_of_the_weakest_seed_and_without_reference_too():
    assert lstm_metrics.find_test(study(210, 390, sample_reviews=True)).verdict == Test.CHANCE


def test_worse_than_chance_is_not_chance():
    """0.25 of 400: the interval ends below 0.3, so the answers are wrong more often than a coin's."""
    assert lstm_metrics.find_test(study(100)).verdict != Test.CHANCE


@pytest.mark.parametrize(
    ("interval", "name"),
    [
        ((0.8, 0.9), "COMPATIBLE"),
        ((0.7, 0.85), "COMPATIBLE"),
        ((0.85, 0.9), "COMPATIBLE"),
        ((0.7, 0.8499), "BELOW"),
        ((0.8501, 0.9), "ABOVE"),
    ],
)
def test_an_interval_that_touches_the_reference_holds_it(interval, name):
    ends = tuple(ACCURACY(Leaf(end, "e")) for end in interval)
    assert lstm_metrics.position([ends], 0.85) == name
    assert lstm_metrics.distance([ends], 0.85).value == pytest.approx(
        min(abs(end - 0.85) for end in interval)
    )


def test_a_difference_must_show_in_every_interval():
    """The nearest end decides: here the upper one of the second, then the lower one of the first."""
    intervals = [tuple(ACCURACY(Leaf(end, "e")) for end in pair) for pair in ((0.7, 0.8), (0.75, 0.84))]
    assert lstm_metrics.position(intervals, 0.85) == "BELOW"
    assert lstm_metrics.distance(intervals, 0.85).value == pytest.approx(0.01)
    assert lstm_metrics.position(intervals, 0.82) == "COMPATIBLE"
    assert lstm_metrics.distance(intervals, 0.82).value == pytest.approx(0.02)
    assert lstm_metrics.position(intervals, 0.69) == "ABOVE"
    assert lstm_metrics.distance(intervals, 0.69).value == pytest.approx(0.01)


def test_each_interval_has_its_side():
    """Wilson's of 0.80, 0.86 and 0.92 of 4,000 reach some 0.01 to either side of them, Student's of
    their mean 0.15; the reference is 0.865."""
    sides = lstm_metrics.find_test(study(3_200, 3_440, 3_680, n=4_000)).values["sides"]
    assert {name: [seed.value for seed in side["seeds"]] for name, side in sides.items()} == {
        "BELOW": [1],
        "COMPATIBLE": [2],
        "ABOVE": [3],
    }
    assert [name for name, side in sides.items() if side["mean"]] == ["COMPATIBLE"]


def test_only_the_sides_that_are_taken_are_told():
    assert list(lstm_metrics.find_test(study(3_200, n=4_000)).values["sides"]) == ["BELOW"]
    assert lstm_metrics.find_test(study(200, n=400)).values["sides"] == {}  # chance: nothing to compare


def test_metrics_of_the_selected_and_of_the_last_epoch_do_not_mix():
    results = make_study(
        1, lstm={"val_loss": (0.6, 0.4, 0.5), "val_accuracy": (0.7, 0.8, 0.85), "gap": (0, 0.05, 0.1)}
    )
    finding = lstm_metrics.find_final(results)
    selected, last = finding.values["selected"], finding.values["last"]
    assert finding.verdict == Final.DIFFERENT
    assert (selected["val_loss"].mean.value, last["val_loss"].mean.value) == (0.4, 0.5)
    assert (selected["val_accuracy"].mean.value, last["val_accuracy"].mean.value) == (0.8, 0.85)
    assert selected["train_accuracy"].mean.value == pytest.approx(0.85)
    assert last["train_accuracy"].mean.value == pytest.approx(0.95)


def test_the_selected_epoch_can_be_the_last():
    assert lstm_metrics.find_final(make_study(2, lstm={"val_loss": (0.5, 0.4)})).verdict == Final.SAME_EPOCH
    assert lstm_metrics.find_final(make_study(1, lstm={"val_loss": (0.5,)})).verdict == Final.SAME_EPOCH
    some = make_study(2, lstm=[{"val_loss": (0.5, 0.4)}, {"val_loss": (0.4, 0.5)}])
    assert lstm_metrics.find_final(some).verdict == Final.DIFFERENT


def test_one_seed_has_no_interval_between_seeds():
    accuracy = lstm_metrics.find_test(study(346)).values["accuracy"]
    assert accuracy.sd is accuracy.interval is None
    assert accuracy.mean.value == 0.865
