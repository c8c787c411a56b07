"""Whether the LSTM forgets: the rule at and around its bounds."""

import itertools
from dataclasses import replace

import numpy as np
import pytest
from studies import make_study

from experiments.records.base import RecordError
from report.findings.lstm import memory
from report.findings.lstm.memory import Beside, Condition, Support, Which

FALLS, TOUCHES, RISES = (-0.2, -0.3, -0.1), (-0.1, -0.2, 0.0), (0.2, 0.1, 0.3)  # with length
FADES, LASTS, GROWS = (0.5, 0.4, 0.6), (0.9, 0.8, 1.0), (1.5, 1.2, 1.8)  # with distance


def find(*seeds, control=(0.95, 0.85, 1.05)):
    """One seed for each (interaction, decay)."""
    measured = [{"interaction": interaction, "decay": decay} for interaction, decay in seeds]
    return memory.find(make_study(len(seeds), memory=measured, linear={"decay": control}))


@pytest.mark.parametrize(
    ("seeds", "verdict"),
    [
        ([(FALLS, FADES)], Support.SUPPORTED),
        ([(FALLS, FADES)] * 3, Support.SUPPORTED),
        ([(TOUCHES, FADES)], Support.PARTIAL),  # an interval that ends at its bound does not do
        ([(FALLS, LASTS)], Support.PARTIAL),
        ([(RISES, FADES)], Support.PARTIAL),
        ([(FALLS, GROWS)], Support.PARTIAL),
        ([(TOUCHES, LASTS)], Support.NOT_SUPPORTED),
        ([(RISES, GROWS)], Support.NOT_SUPPORTED),
        # each condition must hold in every seed
        ([(FALLS, FADES), (FALLS, LASTS)], Support.PARTIAL),
        ([(FALLS, FADES), (TOUCHES, FADES)], Support.PARTIAL),
        ([(FALLS, FADES), (TOUCHES, LASTS)], Support.NOT_SUPPORTED),
        ([(FALLS, LASTS), (TOUCHES, FADES)], Support.NOT_SUPPORTED),
    ],
)
def test_verdict(seeds, verdict):
    assert find(*seeds).verdict == verdict
    assert find(*reversed(seeds)).verdict == verdict


def test_shuffled_labels_give_no_support():
    """Both models at chance: no interaction, and what is far weighs as much as what is near."""
    chance = (100, 100, 100, 100)
    study = make_study(
        3,
        lstm={"confusion": chance},
        linear={"confusion": chance, "decay": (1.01, 0.93, 1.1)},
        memory=[
            {"interaction": (-0.02, -0.07, 0.03), "decay": (0.98, 0.91, 1.05), "lengths": (0.5, 0.51, 0.49)},
            {"interaction": (0.01, -0.04, 0.06), "decay": (1.02, 0.94, 1.1), "lengths": (0.49, 0.5, 0.51)},
            {"interaction": (-0.01, -0.06, 0.04), "decay": (1.0, 0.92, 1.08), "lengths": (0.5, 0.5, 0.5)},
        ],
    )
    finding = memory.find(study)
    assert finding.verdict == Support.NOT_SUPPORTED
    assert finding.length == finding.distance == Condition.NOT_SHOWN
    assert finding.beside == Beside.ALIKE
    assert finding.margin.value == pytest.approx(0.06)  # the highest end of the interactions


@pytest.mark.parametrize(
    ("intervals", "condition"),
    [
        ([(-0.3, -0.1)], Condition.HOLDS),
        ([(-0.3, 0.0)], Condition.NOT_SHOWN),
        ([(-0.3, 0.2)], Condition.NOT_SHOWN),
        ([(0.0, 0.2)], Condition.NOT_SHOWN),
        ([(0.1, 0.2)], Condition.OPPOSITE),
        ([(-0.3, -0.1), (-0.2, -0.1)], Condition.HOLDS),
        ([(-0.3, -0.1), (0.1, 0.2)], Condition.SOME),
        ([(0.1, 0.2), (-0.1, 0.2)], Condition.NOT_SHOWN),
        ([(0.1, 0.2), (0.3, 0.4)], Condition.OPPOSITE),
    ],
)
def test_condition(intervals, condition):
    assert memory.condition_of(intervals, 0.0) == condition
    moved = [(low + 1, high + 1) for low, high in intervals]
    assert memory.condition_of(moved, 1.0) == condition


def test_a_larger_interval_never_supports_more():
    order = [Support.NOT_SUPPORTED, Support.PARTIAL, Support.SUPPORTED]
    bounds = list(itertools.product((-0.1, 0.0, 0.1), (0.8, 1.0, 1.2)))
    for (length, distance), (more_length, more_distance) in itertools.product(bounds, bounds):
        if more_length >= length and more_distance >= distance:
            here = find(((-0.5, -0.6, length), (0.5, 0.4, distance)))
            there = find(((-0.5, -0.6, more_length), (0.5, 0.4, more_distance)))
            assert order.index(there.verdict) <= order.index(here.verdict)


@pytest.mark.parametrize(
    ("seeds", "margin", "nearest"),
    [
        ([((-0.2, -0.3, -0.1), (0.5, 0.4, 0.7))], 0.1, Which.LENGTH),
        ([((-0.6, -0.7, -0.5), (0.5, 0.4, 0.7))], 0.3, Which.DISTANCE),
        # the seed whose interval ends highest decides each condition
        ([((-0.6, -0.7, -0.5), (0.5, 0.4, 0.7)), ((-0.6, -0.7, -0.4), (0.5, 0.4, 0.9))], 0.1, Which.DISTANCE),
        ([((0.1, -0.1, 0.3), (1.0, 0.9, 1.05))], 0.05, Which.DISTANCE),
    ],
)
def test_the_margin_is_the_least_change_that_flips_a_condition(seeds, margin, nearest):
    finding = find(*seeds)
    assert finding.margin.value == pytest.approx(margin)
    assert finding.nearest == nearest
    quantity = {Which.LENGTH: "coeficiente logístico", Which.DISTANCE: "razón de influencias"}
    assert finding.margin.quantity.name == quantity[nearest]


def test_the_seeds_of_a_condition_are_counted():
    finding = find((FALLS, FADES), (TOUCHES, FADES), (RISES, LASTS))
    assert (finding.length, finding.length_count.value) == (Condition.SOME, 1)
    assert (finding.distance, finding.distance_count.value) == (Condition.SOME, 2)


@pytest.mark.parametrize(
    ("decays", "beside"),
    [
        ([(0.5, 0.4, 0.6)], Beside.MORE),  # the control: from 0.7 to 0.9
        ([(0.6, 0.5, 0.7)], Beside.ALIKE),  # touching is overlapping
        ([(0.8, 0.75, 0.85)], Beside.ALIKE),
        ([(1.0, 0.9, 1.1)], Beside.ALIKE),
        ([(1.1, 0.95, 1.2)], Beside.LESS),
        ([(0.5, 0.4, 0.6), (0.5, 0.4, 0.75)], Beside.ALIKE),
        ([(0.5, 0.4, 0.6), (0.5, 0.4, 0.65)], Beside.MORE),
        ([(0.5, 0.4, 0.6), (1.1, 0.95, 1.2)], Beside.LESS),
    ],
)
def test_the_decay_beside_the_controls(decays, beside):
    finding = find(*[(FALLS, decay) for decay in decays], control=(0.8, 0.7, 0.9))
    assert finding.beside == beside
    assert finding.control_decay == Condition.HOLDS


def test_one_seed_is_one_seed():
    finding = find((FALLS, FADES))
    assert finding.n_seeds.value == 1
    assert [each.seed.value for each in finding.by_seed] == [1]
    ((seed, interaction, decay, control, difference),) = finding.rows
    assert (seed.value, interaction.value.value, decay.value.value) == (1, -0.2, 0.5)
    assert control.value.value == 0.95
    ends = (difference.low.value, difference.value.value, difference.high.value)
    assert ends == pytest.approx((0.4 - 1.05, 0.5 - 0.95, 0.6 - 0.85))


def test_pairs_may_tell_apart_what_both_intervals_do_not():
    """From 0.4 to 0.75 and from 0.7 to 0.9; but the difference, in pairs, is all below 0."""
    study = make_study(
        1,
        memory={"decay": (0.6, 0.4, 0.75), "difference": (-0.3, -0.01)},
        linear={"decay": (0.8, 0.7, 0.9)},
    )
    assert memory.find(study).beside == Beside.MORE


def test_what_cannot_be_measured_is_no_support():
    """None of the reviews reaches so far, or the answers do not tell."""
    nothing = memory.find(make_study(2, memory=[{"interaction": None, "decay": None}, {}]))
    assert nothing.verdict == Support.NOT_SUPPORTED
    assert nothing.length == nothing.distance == nothing.control_decay == Condition.NOT_MEASURED
    assert nothing.beside == Beside.NOT_MEASURED
    assert (nothing.margin, nothing.nearest, nothing.length_deciding) == (None, None, None)
    assert nothing.rows[0][1:] == (None,) * 4
    assert (nothing.length_count.value, nothing.distance_count.value) == (1, 1)
    half = memory.find(make_study(1, memory={"decay": None}))
    assert (half.verdict, half.nearest) == (Support.PARTIAL, Which.LENGTH)


def test_reviews_of_which_nothing_can_be_hidden_are_refused():
    study = make_study(2)
    first, second = study.memory
    short = replace(first, record=first.record.model_copy(update={"influence": ()}))
    with pytest.raises(RecordError, match=r"^memory/seed-1: .* al menos 10 palabras.*rebaje memory\.window"):
        memory.find(replace(study, memory=(short, second)))


def test_each_seed_has_a_control_of_its_own():
    study = make_study(2, linear=[{"decay": FADES}, {"decay": LASTS}])
    finding = memory.find(study)
    assert (finding.control_decay, finding.control_count.value) == (Condition.SOME, 1)
    assert [each.control.value.value for each in finding.by_seed] == [0.5, 0.9]


def test_the_reach_of_a_gradient():
    """The farthest place that still has a hundredth of the largest value."""
    assert memory.farthest(np.array([1.0, 0.5, 0.02, 0.01, 0.009])) == 3
    assert memory.farthest(np.array([0.02, 1.0, 0.009, 0.5, 0.0])) == 3
    assert memory.farthest(np.array([1.0, 0.5, np.nan, np.nan])) == 1  # no review reaches farther
    assert memory.farthest(np.zeros(4)) == 0
    assert memory.farthest(np.full(4, np.nan)) == 0
    assert memory.last(np.array([0.5, 0.2, np.nan])) == 1
    assert memory.last(np.full(4, np.nan)) == 0


def test_the_reach_of_each_seed():
    """0.89 and 0.88 to the k are 0.01 at 39.5 and at 36.03; 0.99 to the 249 is 0.08."""
    finding = find((FALLS, FADES), (FALLS, FADES))
    initial, selected = finding.reach_initial, finding.reach_selected
    assert [reach.value for reach in initial.each] == [39, 36]
    assert [seed.value for seed in initial.seeds] == [1, 2]
    assert initial.whole_seeds == ()
    assert (selected.seeds, selected.each) == ((), ())
    assert [seed.value for seed in selected.whole_seeds] == [1, 2]
    assert selected.whole.value == 250
