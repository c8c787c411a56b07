"""The test part of an own set that has none."""

from collections.abc import Hashable, Sequence

import numpy as np
from sklearn.model_selection import train_test_split

SEED = 0  # not the run's: all runs are measured on the same examples


def hold_out(examples: Sequence[Hashable], labels: np.ndarray, fraction: float) -> np.ndarray:
    """bool[n]: ``fraction`` of the distinct ``examples``, in the proportions of ``labels`` int[n].

    Equal examples are on the same side, or the test would ask for what was learnt by heart.

    Raises:
        ValueError: too few distinct examples of a class.
    """
    rows = first_rows(examples)
    _, chosen = train_test_split(rows, test_size=fraction, stratify=labels[rows], random_state=SEED)
    held = {examples[row] for row in chosen}
    return np.array([example in held for example in examples])


def first_rows(examples: Sequence[Hashable]) -> np.ndarray:
    """int[k]: the first place of each distinct example, in ascending order."""
    places: dict[Hashable, int] = {}
    for row, example in enumerate(examples):
        places.setdefault(example, row)
    return np.array(list(places.values()), np.intp)
