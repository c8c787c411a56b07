"""Copies: more than real images would give, by a rule that recognises those made on purpose."""

from typing import get_args

import pytest
from scipy.stats import binom
from studies import make_study

from experiments.kinds.readability import DeformationName as RecordedName
from report.findings.collection import find_all
from report.findings.gan.copies import (
    BLUR,
    NEIGHBOURS,
    CopiesFound,
    Copying,
    DeformationName,
    Nearness,
    expected_in,
    find,
    honest_share,
)
from report.paths import ROOT
from report.study.study import find_study

REFERENCE = ROOT / "results/reference"

READABLE = (0, 100, 200, 300, 400)  # 40 of each digit, and 4 copies to be expected among the last


def found(**each):
    """Of as many seeds as there are values."""
    n = len(next(iter(each.values())))
    chosen = [{name: values[i] for name, values in each.items()} for i in range(n)]
    usual = {"readable": READABLE, "blind": ()}
    return find(make_study(n, readability=[usual | choice for choice in chosen]))


@pytest.mark.parametrize(
    ("copies", "verdict"),
    [
        # of 400 with 0.01: P(X >= 8) = 0.0503 (about Poisson's 0.0511), P(X >= 9) = 0.0209
        ((9,), Copying.MORE),
        ((8,), Copying.NO_SIGN),
        # of 800: P(X >= 13) = 0.0617 (about Poisson's 0.0638), P(X >= 14) = 0.0328
        ((14, 0), Copying.MORE),
        ((7, 7), Copying.MORE),
        ((9, 4), Copying.NO_SIGN),  # one seed alone would have been enough
        ((0, 0), Copying.NO_SIGN),
    ],
)
def test_more_copies_than_chance_gives_in_all_seeds_together(copies, verdict):
    finding = found(copies=copies)
    assert finding.verdict is verdict
    assert [number.value for number in finding.counts] == list(copies)
    assert [each.expected.value for each in finding.by_seed] == pytest.approx([4.0] * len(copies))


def test_the_p_of_all_seeds_is_of_their_sum():
    finding = found(copies=(0, 1))
    assert [each.p.value for each in finding.by_seed] == pytest.approx([1.0, 1 - 0.99**400])
    assert finding.p.value == pytest.approx(1 - 0.99**800)
    assert finding.margin.value == pytest.approx(finding.p.value - 0.05)


@pytest.mark.parametrize("copies", [0, 30])
def test_who_misses_most_copies_made_on_purpose_says_nothing_of_others(copies):
    """Half of them are enough."""
    assert found(copies=(copies,), caught=(50,)).verdict is not Copying.UNRELIABLE
    finding = found(copies=(copies, copies), caught=(100, 49))
    assert finding.verdict is Copying.UNRELIABLE
    assert finding.lowest.value == pytest.approx(0.49)


def test_a_class_of_which_copies_would_not_be_noticed_is_named_and_left_out():
    """Of ten classes of 40 images two are left out, in both seeds: 320, of which 3.2 are to be expected."""
    finding = found(copies=(5, 5), blind=((1, 7), (1,)))
    assert [each.n.value for each in finding.by_seed] == [320, 320]
    assert [each.expected.value for each in finding.by_seed] == pytest.approx([3.2, 3.2])
    assert [label.value for label in finding.blind] == [1, 7]
    assert [label.value for label in finding.always_blind] == [1]
    assert [label.value for label in finding.sometimes_blind] == [7]
    assert finding.by_seed[0].caught.value == pytest.approx(0.98 * 8 / 10)
    assert finding.by_seed[0].p.value == pytest.approx(binom.sf(4, 320, 0.01))
    assert finding.p.value == pytest.approx(binom.sf(9, 640, 0.01))


def test_what_would_count_in_a_class_that_is_left_out_does_not():
    """All copies are of the first class."""
    finding = found(copies=(30, 30), blind=((0,), ()))
    assert ([number.value for number in finding.counts], finding.verdict) == ([0, 0], Copying.NO_SIGN)


def test_where_every_class_is_missed_nothing_is_said():
    assert found(copies=(5,), blind=(tuple(range(10)),)).verdict is Copying.UNRELIABLE


def test_each_class_is_told_with_all_seeds():
    """Of two seeds: 80 images of it, of which 0.8 are to be expected, and 98 of a hundred recognised."""
    first, second, *_ = found(copies=(5, 6), blind=((1,), (1,))).class_rows
    assert [number.value for number in first[:3]] == [0, 80, 11]
    assert first[3].value == pytest.approx(0.8)
    assert first[4].mean.value == pytest.approx(0.98)
    assert [number.value for number in second[:3]] == [1, 80, 0]
    assert second[4].mean.value == 0


@pytest.mark.parametrize(
    ("n_real", "share"),
    [(48, 0), (49, 1 / 50), (967, 19 / 968), (999, 20 / 1000)],
)
def test_an_honest_image_counts_as_often_as_the_limit_lets_it(n_real, share):
    assert honest_share(n_real, 0.02) == pytest.approx(share)


def test_all_classes_together_expect_what_was_recorded():
    """By another way: the records have the share over all classes."""
    for run in find_study(REFERENCE).readability:
        copies = run.record.copies
        expected = expected_in(copies.by_class, copies.limit_quantile, ())
        assert expected == pytest.approx(copies.expected_share * copies.n_generated)


def test_the_measure_is_the_one_that_the_text_tells():
    source = (ROOT / "experiments/images/copies.py").read_text("utf-8")
    assert f"NEIGHBOURS = {NEIGHBOURS}\n" in source
    assert f"BLUR = {BLUR:.1f} " in source


def test_what_is_caught_is_told_of_each_way_of_deforming():
    finding = found(copies=(0, 0), caught=(90, 80))
    control = dict(finding.control)
    assert control[DeformationName.ROTATION].mean.value == pytest.approx(0.85)
    assert finding.undone.mean.value == 1
    assert finding.lowest.value == pytest.approx(0.8)  # those that the measure undoes do not count
    assert control[DeformationName.BLUR] is None
    assert [name.name for name in DeformationName] == [name.upper() for name in get_args(RecordedName)]


def test_without_readable_images_of_any_class_there_is_nothing_to_compare():
    finding = find(make_study(2, readability=[{}, {"readable": (0,) * 5, "caught": 0}]))
    assert finding.verdict is Copying.UNREADABLE
    assert (finding.p, finding.margin, finding.auc, finding.nearness) == (None, None, None, Nearness.UNKNOWN)
    assert finding.rows[1][3:6] == (None, None, None)


def test_the_classes_of_the_pairs_are_those_with_something_readable_at_the_end():
    finding = find(make_study(2, readability=[{"readable": (0, 100, 200, 300, 400), "classes": 6}, {}]))
    assert [each.value for each in finding.pictured] == [0, 1, 2, 3, 4, 5]
    assert find(make_study(1, readability=[{"readable": (0,) * 5}])).pictured == ()


@pytest.mark.parametrize(
    "readability",
    [{"readable": (0,) * 5}, {"readable": (0, 0, 0, 0, 49)}, {"readable": READABLE, "classes": 4}],
    ids=["nada", "pocas", "colapso"],
)
def test_copies_are_not_looked_for_among_noise_nor_in_a_collapse(readability):
    assert find_all(make_study(1, readability=readability)).get(CopiesFound) is None


@pytest.mark.parametrize(
    ("measured", "nearness"),
    [
        (((0.6, 0.001), (0.6, 0.04)), Nearness.NEARER),
        (((0.6, 0.001), (0.6, 0.05)), Nearness.NOT_SHOWN),  # equal to the threshold is not enough
        (((0.6, 0.2), (0.6, 0.2)), Nearness.NOT_SHOWN),
        (((0.4, 0.001), (0.4, 0.001)), Nearness.FARTHER),
        (((0.4, 0.001), (0.6, 0.001)), Nearness.NOT_SHOWN),
        (((0.5, 0.001), (0.6, 0.001)), Nearness.NOT_SHOWN),
    ],
)
def test_nearness_is_said_only_of_all_seeds(measured, nearness):
    finding = found(auc=[auc for auc, _ in measured], p=[p for _, p in measured])
    assert finding.nearness is nearness
    assert finding.nearness_p.value == max(p for _, p in measured)
    assert finding.verdict is Copying.NO_SIGN  # which is counted, whatever lies nearer


def test_the_copies_that_are_recognised_least():
    """98 of a hundred in each class, of the bent ones 60."""
    hardest = found(copies=(0,), bent=(60,)).hardest
    assert (hardest.name, hardest.value.value) == (DeformationName.BEND, pytest.approx(0.6))
    assert found(copies=(0,)).hardest is None


def test_whether_every_seed_has_fewer_than_expected():
    """4 are, of 400."""
    assert found(copies=(3, 0)).fewer
    assert not found(copies=(3, 4)).fewer
