"""What an author brought of a GAN."""

from collections.abc import Sequence
from itertools import pairwise

import numpy as np

from experiments.kinds.gan import GAN_CURVES
from experiments.records.base import Arrays
from experiments.records.brought import BroughtGan, GridReading
from experiments.records.coherence.answers import MOST
from experiments.records.coherence.arrays import values
from experiments.records.coherence.complaints import (
    Complaint,
    Complaints,
    expect,
    expect_at_most,
    expect_both,
    told,
)


def of_record(record: BroughtGan) -> Complaints:
    for name, value in (("unit", record.unit), ("loss_form", record.loss_form)):
        yield from expect_both("last", record.last, name, value)
    most = record.settings.get("iterations")
    if isinstance(most, int) and record.unit == "iteration":
        yield from expect_at_most("last", most, record.last or 0, "settings.iterations")
    yield from _rising("sampled_steps", record.sampled_steps)
    if record.readings:
        steps = [reading.iteration for reading in record.readings]
        yield from expect("readings[*].iteration", list(record.sampled_steps), steps, "los de las rejillas")
    yield from expect("judge", bool(record.readings), record.judge is not None, "si lee las rejillas")
    classes = {len(reading.by_class) for reading in record.readings}
    yield from expect("readings[*].by_class", True, len(classes) < 2, "las mismas clases en todas")
    for place, reading in enumerate(record.readings):
        yield from _reading(f"readings[{place}]", reading)
    if record.real_reading is not None:
        yield from _reading("real_reading", record.real_reading)


def _reading(field: str, reading: GridReading) -> Complaints:
    yield from expect_at_most(f"{field}.readable", reading.n, reading.readable, "su «n»")
    yield from expect(f"{field}.readable", sum(reading.by_class), reading.readable, "la suma de «by_class»")


def _rising(field: str, steps: Sequence[int]) -> Complaints:
    for before, after in pairwise(steps):
        if after <= before:
            yield Complaint(field, f"un paso después de {before}", told(after))


def of_arrays(record: BroughtGan, arrays: Arrays) -> Complaints:
    curves = [name for name in GAN_CURVES if name in arrays]
    yield from expect("last", "iteration" in arrays, record.last is not None, "si hay pérdidas")
    yield from expect("arrays", "iteration" in arrays, bool(curves), "si hay iteraciones")
    if "iteration" in arrays and record.last is not None:
        yield from _losses(record, arrays, curves)
    yield from expect("sampled_steps", "grid" in arrays, bool(record.sampled_steps), "si hay rejillas")
    if "grid" in arrays:
        yield from _grids(record, arrays)
    if record.real_reading is not None:
        n = len(arrays.get("real", ()))
        yield from expect("real_reading.n", n, record.real_reading.n, "las imágenes reales guardadas")


def _losses(record: BroughtGan, arrays: Arrays, curves: Sequence[str]) -> Complaints:
    iteration = arrays["iteration"]
    for name in curves:
        found = arrays[name].shape
        yield from expect(f"arrays.{name}", str(iteration.shape), str(found), "los de «iteration»")
    if iteration.ndim != 1 or not len(iteration) or iteration[0] < 1 or (np.diff(iteration) <= 0).any():
        yield Complaint("arrays.iteration", "iteraciones de 1 en adelante, de menor a mayor", "otra cosa")
        return
    yield from expect("last", int(iteration[-1]), record.last, "la última de «iteration»")
    yield from values(arrays, {name: (0, MOST if "loss" in name else 1) for name in curves})
    every = int(iteration[-1] - iteration[-2]) if len(iteration) > 1 else 1
    if record.unit == "iteration" and record.sampled_steps:
        limit = int(iteration[-1]) + every - 1
        yield from expect_at_most("sampled_steps", limit, record.sampled_steps[-1], "las iteraciones")


def _grids(record: BroughtGan, arrays: Arrays) -> Complaints:
    grid, steps = arrays["grid"], len(record.sampled_steps)
    if str(grid.dtype) != "uint8" or grid.ndim != 4 or len(grid) != steps:
        found = f"{grid.dtype} {grid.shape}"
        yield Complaint("arrays.grid", f"uint8 de cuatro ejes, con los {steps} pasos", found)
        return
    read = {"grid_class", "grid_readable"} & arrays.keys()
    yield from expect("readings", len(read) == 2, bool(record.readings), "si el juez las ha leído")
    if len(read) < 2 or len(record.readings) != steps:
        return
    classes, readable = arrays["grid_class"], arrays["grid_readable"]
    for name in ("grid_class", "grid_readable"):
        yield from expect(f"arrays.{name}", str(grid.shape[:2]), str(arrays[name].shape), "las de «grid»")
        if arrays[name].shape != grid.shape[:2]:
            return
    for place, reading in enumerate(record.readings):
        yield from expect(f"readings[{place}].n", grid.shape[1], reading.n, "las imágenes de la rejilla")
        seen = classes[place][readable[place].astype(bool)]
        counts = np.bincount(seen, minlength=len(reading.by_class)).tolist()
        if counts != list(reading.by_class):
            expected = f"{told(counts)}, lo que se lee en cada imagen"
            yield Complaint(f"readings[{place}].by_class", expected, told(reading.by_class))
