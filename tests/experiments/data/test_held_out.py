from collections import Counter

import numpy as np

from experiments.data.held_out import first_rows, hold_out

EXAMPLES = [f"text {i}" for i in range(100)]
LABELS = np.array([0] * 70 + [1] * 30)


def test_the_part_is_stratified() -> None:
    held = hold_out(EXAMPLES, LABELS, 0.2)
    assert np.bincount(LABELS[held]).tolist() == [14, 6]


def test_the_part_is_always_the_same_and_no_run_of_rows() -> None:
    held = hold_out(EXAMPLES, LABELS, 0.2)
    assert np.array_equal(held, hold_out(EXAMPLES, LABELS, 0.2))
    places = np.flatnonzero(held)
    assert places.min() < 50 < places.max()
    assert len(set(np.diff(places))) > 2  # nor every fifth


def test_equal_examples_are_on_the_same_side() -> None:
    """Three of each, one after the other and far away."""
    examples, labels = [*EXAMPLES, *EXAMPLES, *EXAMPLES], np.tile(LABELS, 3)
    held = hold_out(examples, labels, 0.2)
    inside = {example for example, out in zip(examples, held, strict=True) if out}
    outside = {example for example, out in zip(examples, held, strict=True) if not out}
    assert not inside & outside
    assert (len(inside), len(outside)) == (20, 80)
    assert set(Counter(np.array(examples)[held].tolist()).values()) == {3}


def test_the_first_of_each() -> None:
    assert first_rows(["b", "a", "b", "c", "a"]).tolist() == [0, 1, 3]
