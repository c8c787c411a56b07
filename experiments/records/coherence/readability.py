"""What the judge says of a GAN's images."""

from collections.abc import Sequence
from typing import get_args

import numpy as np

from experiments.kinds.readability import ClassCopies, Copies, DeformationName, ReadabilityRecord
from experiments.records.base import Arrays
from experiments.records.coherence.arrays import PICTURE, shapes
from experiments.records.coherence.complaints import (
    Complaint,
    Complaints,
    expect,
    expect_at_most,
    expect_both,
    expect_near,
    told,
)

ENOUGH = 10  # images of a class, for its numbers to count
LIMIT_QUANTILE = 0.02
WHY = "lo que da «by_class»"


def of_record(record: ReadabilityRecord) -> Complaints:
    classes = len(record.steps[0].by_class)
    iterations = [step.iteration for step in record.steps]
    every = iterations[1] if len(iterations) > 1 else 1
    planned = list(range(0, every * len(iterations), every)) if every > 0 else []
    yield from expect("steps[*].iteration", planned, iterations, "de 0 en adelante, a intervalos iguales")
    for place, step in enumerate(record.steps):
        field = f"steps[{place}]"
        yield from expect(f"{field}.n", record.config.images, step.n, "las de los ajustes")
        yield from expect_at_most(f"{field}.readable", step.n, step.readable, "su «n»")
        yield from expect(f"{field}.readable", sum(step.by_class), step.readable, "la suma de «by_class»")
        yield from expect(f"{field}.by_class", classes, len(step.by_class), "las clases de los demás")
        yield from expect_at_most(f"{field}.score", classes, step.score, "las clases")
    last = record.steps[-1].by_class
    yield from _copies(record.copies, last, record.config.control_images)
    enough = [each for each in record.copies.by_class if min(each.n_generated, each.n_real) >= ENOUGH]
    if record.variance_ratio is None and enough:
        yield Complaint("variance_ratio", "un valor, porque hay imágenes de las dos partes", "nada")
    if record.variance_ratio is not None and max(last) < ENOUGH:
        yield from expect("variance_ratio", None, record.variance_ratio, "porque hay pocas imágenes")


def _copies(copies: Copies, read: Sequence[int], control_images: int) -> Complaints:
    yield from expect("copies.limit_quantile", LIMIT_QUANTILE, copies.limit_quantile)
    labels = [each.label for each in copies.by_class]
    yield from expect("copies.by_class[*].label", list(range(len(read))), labels)
    if len(labels) != len(read):
        return
    for place, (each, n) in enumerate(zip(copies.by_class, read, strict=True)):
        field = f"copies.by_class[{place}]"
        yield from expect(f"{field}.n_generated", n, each.n_generated, "las legibles del último paso")
        yield from _class(field, each)
    names = list(get_args(DeformationName))
    yield from expect("copies.control[*].name", names, [each.name for each in copies.control])
    for place, deformation in enumerate(copies.control):
        field = f"copies.control[{place}]"
        yield from expect_at_most(f"{field}.caught", deformation.n, deformation.caught, "su «n»")
    yield from expect_at_most("copies.control[*].n", control_images, copies.n_control, "control_images")
    n_control = sum(each.n_control for each in copies.by_class)
    yield from expect("copies.control[*].n", n_control, copies.n_control, WHY)
    caught = sum(each.caught for each in copies.by_class)
    yield from expect("copies.control[*].caught", caught, copies.caught, WHY)
    yield from _together(copies)


def _class(field: str, each: ClassCopies) -> Complaints:
    yield from expect(f"{field}.median_generated", each.n_generated > 0, each.median_generated is not None)
    yield from expect(f"{field}.median_real", each.n_real > 0, each.median_real is not None)
    yield from expect_both(f"{field}.copies", each.copies, f"{field}.auc", each.auc)
    tells = each.n_generated >= ENOUGH and _rank(each) > 0
    yield from expect(f"{field}.copies", tells, each.copies is not None, "si hay bastantes imágenes")
    if each.copies is not None:
        yield from expect_at_most(f"{field}.copies", each.n_generated, each.copies, "su «n_generated»")
    yield from expect_at_most(f"{field}.caught", each.n_control, each.caught, "su «n_control»")


def _rank(each: ClassCopies) -> int:
    """Of the real image whose measure is the limit of its class, from the smallest; 0 where they are too
    few."""
    return int(LIMIT_QUANTILE * (each.n_real + 1) + 1e-9)


def _together(copies: Copies) -> Complaints:
    """What is said of all classes that can tell, from what is said of each."""
    counted = [each for each in copies.by_class if each.copies is not None]
    for name in ("expected_share", "auc", "p"):
        there = getattr(copies, name) is not None
        yield from expect(f"copies.{name}", bool(counted), there, "si alguna clase puede decirlo")
    n = sum(each.n_generated for each in counted)
    if not n or copies.expected_share is None or copies.auc is None:
        return
    honest = sum(each.n_generated * _rank(each) / (each.n_real + 1) for each in counted)
    yield from expect_near("copies.expected_share", honest / n, copies.expected_share, WHY)
    weights = [each.n_generated * each.n_real / (each.n_generated + each.n_real + 1) for each in counted]
    won = sum(weight * (each.auc or 0) for weight, each in zip(weights, counted, strict=True))
    if sum(weights) > 0:
        yield from expect_near("copies.auc", won / sum(weights), copies.auc, WHY)


def of_arrays(record: ReadabilityRecord, arrays: Arrays) -> Complaints:
    steps, last, config = len(record.steps), record.steps[-1], record.config
    in_grid = arrays["grid"].shape[1] if arrays["grid"].ndim > 1 else 0
    above, below = min(config.shown, last.readable), min(config.shown, last.n - last.readable)
    expected = {
        "grid": ("uint8", (steps, in_grid, *PICTURE)),
        "grid_class": ("uint8", (steps, in_grid)),
        "grid_readable": ("bool", (steps, in_grid)),
        "fresh_class": ("uint8", (steps, config.images)),
        "fresh_readable": ("bool", (steps, config.images)),
        "above": ("uint8", (above, *PICTURE)),
        "above_class": ("uint8", (above,)),
        "below": ("uint8", (below, *PICTURE)),
        "below_class": ("uint8", (below,)),
        "pairs": ("uint8", (sum(n > 0 for n in last.by_class), 2, *PICTURE)),
    }
    if wrong := [*shapes(arrays, expected)]:
        yield from wrong
        return
    classes = len(last.by_class)
    for name in ("grid_class", "fresh_class", "above_class", "below_class"):
        most = int(arrays[name].max(initial=0))
        yield from expect_at_most(f"arrays.{name}", classes - 1, most, "la última clase")
    for place, step in enumerate(record.steps):
        read = arrays["fresh_class"][place][arrays["fresh_readable"][place]]
        counts = np.bincount(read, minlength=classes).tolist()
        if counts != list(step.by_class):
            why = "lo que se lee en cada imagen"
            yield Complaint(f"steps[{place}].by_class", f"{told(counts)}, {why}", told(step.by_class))
