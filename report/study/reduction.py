"""Arrays -> what the document needs of them: small enough to travel inside the PDF."""

import hashlib
from dataclasses import replace

import numpy as np

from experiments.kinds.gan import GAN_CURVES, GanRecord
from experiments.kinds.judge import JudgeRecord
from experiments.kinds.linear import LinearRecord
from experiments.kinds.lstm import LstmRecord
from experiments.kinds.readability import ReadabilityRecord
from experiments.records.base import Arrays, Run

# Of the judge, all but its weights; of what it reads, all but the answers to each fresh image.
SHOWN = ("shown",)
GRID_OF = "grid_"  # before the number of a stored step
READ = ("grid_class", "grid_readable", "above", "above_class", "below", "below_class", "pairs")


def reduce(run: Run) -> Run:
    """The run with its arrays replaced by their reductions.

    LSTM: ``long_counts`` int64[2], the test reviews longer than the model's window and all,
    ``right`` uint8[n / 8], one bit per test review, 1 where it is classified rightly, as of
    ``numpy.packbits``, and ``split`` uint8[32], the digest of its validation part; its controls have
    the last two alone, with a row of ``right`` for each model.
    GAN: the curves and ``grid`` as they are, ``sample_variance`` float32[s] and ``real_variance``
    float32[1], as of ``pixel_variance``.
    Judge: ``SHOWN``. Readability: ``READ``, and ``grid`` in one array a stored step, ``grid_0``,
    ``grid_1``, ..., so that those that the document does not show need not travel.
    All others, and a run that is already reduced, as they are.
    """
    record, arrays = run.record, run.arrays
    if "right" in arrays or "real_variance" in arrays:
        return run
    if isinstance(record, LstmRecord):
        counts = long_counts(arrays, record.config.sequence_length)
        return replace(run, arrays=right_bits(arrays) | split_digest(arrays) | counts)
    if isinstance(record, LinearRecord):
        return replace(run, arrays=right_bits(arrays) | split_digest(arrays))
    if isinstance(record, GanRecord):
        return replace(run, arrays=gan_arrays(arrays))
    if isinstance(record, JudgeRecord):
        return replace(run, arrays={name: arrays[name] for name in SHOWN})
    if isinstance(record, ReadabilityRecord) and "grid" in arrays:
        grids = {f"{GRID_OF}{place}": grid for place, grid in enumerate(arrays["grid"])}
        return replace(run, arrays={name: arrays[name] for name in READ} | grids)
    return run


def right_bits(arrays: Arrays) -> Arrays:
    right = (arrays["probability"] > 0.5) == (arrays["label"] == 1)
    return {"right": np.packbits(right, axis=-1)}


def split_digest(arrays: Arrays) -> Arrays:
    rows = np.sort(arrays["val_row"]).astype("<i4")
    return {"split": np.frombuffer(hashlib.sha256(rows.tobytes()).digest(), np.uint8)}


def long_counts(arrays: Arrays, window: int) -> Arrays:
    lengths = arrays["length"]
    return {"long_counts": np.array([np.sum(lengths > window), len(lengths)], np.int64)}


def gan_arrays(arrays: Arrays) -> Arrays:
    return {name: arrays[name] for name in (*GAN_CURVES, "grid")} | {
        "sample_variance": np.array([pixel_variance(images) for images in arrays["samples"]], np.float32),
        "real_variance": np.array([pixel_variance(arrays["real"])], np.float32),
    }


def pixel_variance(images: np.ndarray) -> float:
    """Of uint8[n, h, w], the variance of a pixel from image to image, in the mean of all pixels; NaN of
    fewer than two images."""
    if len(images) < 2:
        return float("nan")
    return float(images.var(axis=0, ddof=1, dtype=np.float64).mean())
