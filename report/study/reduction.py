"""Arrays -> what the document needs of them: small enough to travel inside the PDF."""

import hashlib
from dataclasses import replace

import numpy as np

from experiments.kinds.gan import GAN_CURVES, GanRecord
from experiments.kinds.judge import JudgeRecord
from experiments.kinds.linear import CONTROL, LINEAR_MODELS, LinearRecord
from experiments.kinds.lstm import LstmRecord
from experiments.kinds.readability import ReadabilityRecord
from experiments.records.base import Arrays, Run
from report.study.ink import image_counts, speckled

# Of the judge, all but its weights; of what it reads, all but the pictures of every stored step and
# the answers to each fresh image.
SHOWN = ("shown",)
READ = ("grid_class", "grid_readable", "above", "above_class", "below", "below_class", "pairs")

ENSEMBLE = "right_with_control"
RECURRENT = ("lstm", "gru")


def beside_control(run: Run, control: Run | None) -> Run:
    """A recurrent network with the answers that it and the ``control`` of its seed give together: to
    its arrays comes ``ENSEMBLE`` uint8[n / 8], as ``right``, of the mean of both probabilities. One bit
    a review is exact, and all that a comparison asks for. Any other run, one that is already reduced,
    and one that was not tested on the same reviews, as they are."""
    record, arrays = run.record, run.arrays
    if not isinstance(record, LstmRecord) or record.config.cell not in RECURRENT or control is None:
        return run
    theirs = control.arrays
    if not ("probability" in arrays and "probability" in theirs):
        return run
    if not all(np.array_equal(arrays[name], theirs[name]) for name in ("label", "review_id")):
        return run
    both = np.stack([arrays["probability"], theirs["probability"][LINEAR_MODELS.index(CONTROL)]])
    together = {"probability": both.mean(axis=0, dtype=np.float64), "label": arrays["label"]}
    return replace(run, arrays=arrays | {ENSEMBLE: right_bits(together)["right"]})


def reduce(run: Run) -> Run:
    """The run with its arrays replaced by their reductions.

    LSTM: ``long_counts`` int64[2], the test reviews longer than the model's window and all,
    ``right`` uint8[n / 8], one bit per test review, 1 where it is classified rightly, as of
    ``numpy.packbits``, and ``split`` uint8[32], the digest of its validation part; its controls have
    the last two alone, with a row of ``right`` for each model. What ``beside_control`` adds is kept.
    GAN: the curves and ``grid`` as they are, ``sample_counts`` int64[s, 4] and ``real_counts``
    int64[4], sums of ``image_counts``, and ``speckled`` int64[s], images with
    specks.
    Judge and readability: ``SHOWN`` and ``READ``. All others, and a run that is already reduced, as
    they are.
    """
    record, arrays = run.record, run.arrays
    if "right" in arrays or "real_counts" in arrays:
        return run
    if isinstance(record, LstmRecord):
        counts = long_counts(arrays, record.config.sequence_length)
        beside = {name: arrays[name] for name in (ENSEMBLE,) if name in arrays}
        return replace(run, arrays=right_bits(arrays) | split_digest(arrays) | counts | beside)
    if isinstance(record, LinearRecord):
        return replace(run, arrays=right_bits(arrays) | split_digest(arrays))
    if isinstance(record, GanRecord):
        return replace(run, arrays=gan_arrays(arrays))
    if isinstance(record, JudgeRecord | ReadabilityRecord):
        kept = SHOWN if isinstance(record, JudgeRecord) else READ
        return replace(run, arrays={name: arrays[name] for name in kept})
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
    kept = {name: arrays[name] for name in (*GAN_CURVES, "grid")}
    counts = [image_counts(images) for images in arrays["samples"]]
    real = image_counts(arrays["real"])
    return kept | {
        "sample_counts": np.array([each.sum(axis=0) for each in counts]),
        "real_counts": real.sum(axis=0),
        "speckled": np.array([speckled(each, real) for each in counts], np.int64),
    }
