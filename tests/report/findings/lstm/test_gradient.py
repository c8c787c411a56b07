"""How far the gradient arrives, by hand."""

import numpy as np
from studies import make_study

from report.findings.lstm import gradient
from report.findings.lstm.gradient import Arrives


def test_the_reach_of_a_gradient():
    """The farthest place that still has a hundredth of the largest value."""
    assert gradient.farthest(np.array([1.0, 0.5, 0.02, 0.01, 0.009])) == 3
    assert gradient.farthest(np.array([0.02, 1.0, 0.009, 0.5, 0.0])) == 3
    assert gradient.farthest(np.array([1.0, 0.5, np.nan, np.nan])) == 1  # no review reaches farther
    assert gradient.farthest(np.zeros(4)) == 0
    assert gradient.farthest(np.full(4, np.nan)) == 0
    assert gradient.last(np.array([0.5, 0.2, np.nan])) == 1
    assert gradient.last(np.full(4, np.nan)) == 0


def test_the_reach_of_each_seed():
    """0.89 and 0.88 to the k are 0.01 at 39.5 and at 36.03; 0.99 to the 249 is 0.08."""
    finding = gradient.find(make_study(2))
    initial, selected = finding.initial, finding.selected
    assert [reach.value for reach in initial.each] == [39, 36]
    assert [seed.value for seed in initial.seeds] == [1, 2]
    assert initial.whole_seeds == ()
    assert (selected.seeds, selected.each) == ((), ())
    assert [seed.value for seed in selected.whole_seeds] == [1, 2]
    assert selected.whole.value == 250


def test_what_arrives_with_the_selected_weights():
    """0.97 to the 249 is 0.0005."""
    assert gradient.find(make_study(2)).verdict is Arrives.WHOLE
    fading = [{"gradient": 0.97}, {}]
    assert gradient.find(make_study(2, memory=fading)).verdict is Arrives.MIXED
    assert gradient.find(make_study(2, memory=fading[0])).verdict is Arrives.FADES
