"""What the judge reads in the images that an author brings."""

import os
from collections.abc import Sequence

import numpy as np

from experiments import runtime
from experiments.quiet import quiet
from experiments.records.base import Run
from experiments.records.brought import GridReading


def read_with_judge(images: np.ndarray, judge: Run) -> tuple[np.ndarray, np.ndarray]:
    """The class that ``judge`` reads in each of uint8[s, g, 28, 28], uint8[s, g], and whether it is
    readable, bool[s, g]. Ink must be bright.

    Raises:
        ValueError: another shape or type; no judge, or weights that do not fit.
    """
    if images.dtype != np.uint8 or images.ndim != 4 or images.shape[2:] != (28, 28):
        raise ValueError(f"images: expected uint8[s, g, 28, 28], found {images.dtype} {images.shape}")
    os.environ.update(runtime.ENVIRONMENT)  # before TensorFlow is imported
    with quiet():
        from experiments.images.digit_judge import Judge

        reading = Judge.load(judge).read(images.reshape(-1, 28, 28))
    return reading.label.reshape(images.shape[:2]), reading.readable.reshape(images.shape[:2])


def step_readings(
    steps: Sequence[int], classes: np.ndarray, readable: np.ndarray, n_classes: int
) -> tuple[GridReading, ...]:
    """The readable images of each step, counted by class; uint8[s, g] and bool[s, g] of ``steps``."""
    return tuple(
        GridReading(
            iteration=step,
            n=len(read),
            readable=int(read.sum()),
            by_class=tuple(np.bincount(labels[read], minlength=n_classes).tolist()),
        )
        for step, labels, read in zip(steps, classes, readable, strict=True)
    )
