"""Questions asked of the arrays beside a record."""

from collections.abc import Mapping

import numpy as np

from experiments.records.base import Arrays
from experiments.records.coherence.complaints import Complaint, Complaints, expect, told

PICTURE = (28, 28)


def shapes(arrays: Arrays, expected: Mapping[str, tuple[str, tuple[int, ...]]]) -> Complaints:
    """That each of the arrays ``expected`` is of this type and this shape."""
    for name, (kind, shape) in expected.items():
        array = arrays[name]
        yield from expect(f"arrays.{name}", f"{kind} {_of(shape)}", f"{array.dtype} {_of(array.shape)}")


def values(arrays: Arrays, limits: Mapping[str, tuple[float, float]]) -> Complaints:
    """That all values of each array, none of which is NaN, lie within its limits."""
    for name, (low, high) in limits.items():
        array = arrays[name]
        wrong = ~((array >= low) & (array <= high))
        if wrong.any():
            found = told(array[wrong].ravel()[0].item())
            yield Complaint(f"arrays.{name}", f"solo valores de {told(low)} a {told(high)}", found)


def filled_from_the_left(name: str, array: np.ndarray) -> Complaints:
    """That of each row of float[…, w], without negative values, NaN are the last."""
    reached = np.isfinite(array)
    gap = (~reached[..., :-1] & reached[..., 1:]).any()
    wrong = array[(array < 0) | np.isinf(array)]
    if gap or wrong.size:
        found = told(wrong[0].item()) if wrong.size else "un hueco"
        yield Complaint(f"arrays.{name}", "valores no negativos y sin huecos", found)


def _of(shape: tuple[int, ...]) -> str:
    return " × ".join(map(str, shape)) or "único"
