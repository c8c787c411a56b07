"""Arrays -> what the document needs of them: small enough to travel inside the PDF."""

from dataclasses import replace

import numpy as np

from experiments.records import GAN_CURVES, GanRecord, JudgeRecord, LinearRecord, LstmRecord, Run
from report.study.ink import image_counts, speckled


def reduce(run: Run) -> Run:
    """The run with its arrays replaced by their reductions.

    LSTM: ``long_counts`` int64[2], the test reviews longer than the model's window and all, and
    ``right`` uint8[n / 8], one bit per test review, 1 where it is classified rightly, as of
    ``numpy.packbits``; the control has the latter alone.
    GAN: the curves and ``grid`` as they are, ``sample_counts`` int64[s, 4] and ``real_counts``
    int64[4], sums of ``image_counts``, and ``speckled`` int64[s], images with
    specks.
    Judge: without its weights. All others, and a run that is already reduced, as they are.
    """
    if "right" in run.arrays or "real_counts" in run.arrays:
        return run
    if isinstance(run.record, LstmRecord | LinearRecord):
        right = (run.arrays["probability"] > 0.5) == (run.arrays["label"] == 1)
        reduced = {"right": np.packbits(right)}
        if isinstance(run.record, LstmRecord):
            lengths = run.arrays["length"]
            longer = np.sum(lengths > run.record.config.sequence_length)
            reduced["long_counts"] = np.array([longer, len(lengths)], np.int64)
        return replace(run, arrays=reduced)
    if isinstance(run.record, JudgeRecord):
        return replace(run, arrays={"shown": run.arrays["shown"]})
    if not isinstance(run.record, GanRecord):
        return run
    kept = {name: run.arrays[name] for name in (*GAN_CURVES, "grid")}
    counts = [image_counts(images) for images in run.arrays["samples"]]
    real = image_counts(run.arrays["real"])
    reduced = {
        "sample_counts": np.array([each.sum(axis=0) for each in counts]),
        "real_counts": real.sum(axis=0),
        "speckled": np.array([speckled(each, real) for each in counts], np.int64),
    }
    return replace(run, arrays=kept | reduced)
