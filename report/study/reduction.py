"""Arrays -> what the document needs of them: small enough to travel inside the PDF."""

import hashlib
import itertools
import math
from dataclasses import replace

import numpy as np

from experiments.kinds.gan import GAN_CURVES, GanRecord
from experiments.kinds.judge import JudgeRecord
from experiments.kinds.linear import CONTROL, LINEAR_MODELS, LinearName, LinearRecord
from experiments.kinds.lstm import LstmRecord
from experiments.kinds.memory import MemoryRecord
from experiments.kinds.readability import ReadabilityRecord
from experiments.records.base import Arrays, Run
from experiments.records.brought import Brought
from report.study.answers import LEVELS, levels, pack, shortest_limit
from report.study.named import GIVEN, ROWS, SURE_WRONG

# Of the judge, all but its weights; of what it reads, all but the answers to each fresh image.
SHOWN = ("shown",)
GRID_OF = "grid_"  # before the number of a stored step
READ = ("grid_class", "grid_readable", "above", "above_class", "below", "below_class", "pairs")

ENSEMBLE = "right_with_control"
SAME_WORDS = "same_words"
LAST_WORDS: LinearName = "log_count_last"  # the linear model that sees the words that the LSTM sees
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


def beside_last_words(memory: Run, lstm: Run | None, linear: Run | None) -> Run:
    """What measures memory with the answers of its LSTM and of the linear model that reads the same words,
    by length: to its arrays comes ``SAME_WORDS`` int64[k, 5], for each length in words, how many reviews
    both answer rightly, the LSTM alone, the other alone, and neither. As it is where it has them already,
    and where both were not tested on the same reviews."""
    if not isinstance(memory.record, MemoryRecord) or lstm is None or linear is None:
        return memory
    ours, theirs = lstm.arrays, linear.arrays
    if SAME_WORDS in memory.arrays or not ("probability" in ours and "probability" in theirs):
        return memory
    if not all(np.array_equal(ours[name], theirs[name]) for name in ("label", "review_id")):
        return memory
    positive = ours["label"] == 1
    a = (ours["probability"] > 0.5) == positive
    b = (theirs["probability"][LINEAR_MODELS.index(LAST_WORDS)] > 0.5) == positive
    words, place = np.unique(ours["length"], return_inverse=True)
    counts = [np.bincount(place[each], minlength=len(words)) for each in (a & b, a & ~b, ~a & b, ~a & ~b)]
    return replace(
        memory, arrays=memory.arrays | {SAME_WORDS: np.stack([words.astype(np.int64), *counts], axis=1)}
    )


def reduce(run: Run) -> Run:
    """The run with its arrays replaced by their reductions.

    LSTM: ``long_counts`` int64[2], the test reviews longer than the model's window and all,
    ``cut`` uint8[n / 8], one bit per test review, 1 where it is longer, as of ``numpy.packbits``,
    ``right`` likewise, 1 where it is classified rightly, and ``split`` uint8[32], the digest of its
    validation part; its controls have the last two alone, with a row of ``right`` for each model. What
    ``beside_control`` and ``with_named`` add is kept. No variant has what follows: ``val_counts``
    int64[2], its validation reviews of each class, ``val_loss_variances`` float32[epochs, epochs], those of
    the difference between the losses of two epochs, ``said`` uint8[2, n], the levels of the probabilities,
    ``positive`` uint8[n / 8], the labels, and ``val_said`` int64[2, LEVELS], how many validation reviews of
    each class stand at each level, of the controls those of ``CONTROL``; of the LSTM, ``short``
    uint8[n / 8], which test reviews are among the shortest, ``shortest`` int64[1], their limit, ``stars``
    uint8[n] and ``numbers`` uint8[4, n], what its file is called after.
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
        common = right_bits(arrays) | split_digest(arrays) | counts | added(arrays)
        answers = {} if record.variant else validated(arrays) | lstm_answers(arrays)
        return replace(run, arrays=common | answers)
    if isinstance(record, LinearRecord):
        place = LINEAR_MODELS.index(CONTROL)
        answers = {} if record.variant else control_answers(arrays, place)
        return replace(run, arrays=right_bits(arrays) | split_digest(arrays) | answers | added(arrays))
    if isinstance(record, GanRecord):
        return replace(run, arrays=gan_arrays(arrays))
    if isinstance(record, JudgeRecord):
        return replace(run, arrays={name: arrays[name] for name in SHOWN})
    if isinstance(record, ReadabilityRecord) and "grid" in arrays:
        grids = {f"{GRID_OF}{place}": grid for place, grid in enumerate(arrays["grid"])}
        return replace(run, arrays={name: arrays[name] for name in READ} | grids)
    return run


def reduce_brought(run: Brought) -> Brought:
    """The same of what an author brought. Of predictions: ``right`` and ``said`` with ``positive`` as of
    ``reduce``, ``numbers`` if the reviews have any, and what ``with_named`` adds. Of a GAN, all as it is,
    with ``sample_variance`` and ``real_variance`` where there are images of both."""
    arrays = run.arrays
    if "probability" in arrays:
        given = answers_of(arrays["probability"], arrays["label"])
        numbers = {"numbers": pack(arrays["review_id"], 4)} if "review_id" in arrays else {}
        return replace(run, arrays=right_bits(arrays) | given | numbers | added(arrays))
    if "grid" in arrays and "real" in arrays and "real_variance" not in arrays:
        return replace(run, arrays=arrays | variances(arrays["grid"], arrays["real"]))
    return run


def added(arrays: Arrays) -> Arrays:
    """What the runs of a set had from one another before they were reduced."""
    return {name: arrays[name] for name in (ENSEMBLE, ROWS, GIVEN, SURE_WRONG) if name in arrays}


def right_bits(arrays: Arrays) -> Arrays:
    right = (arrays["probability"] > 0.5) == (arrays["label"] == 1)
    return {"right": np.packbits(right, axis=-1)}


def split_digest(arrays: Arrays) -> Arrays:
    rows = np.sort(arrays["val_row"]).astype("<i4")
    return {"split": np.frombuffer(hashlib.sha256(rows.tobytes()).digest(), np.uint8)}


def long_counts(arrays: Arrays, window: int) -> Arrays:
    lengths = arrays["length"]
    longer = lengths > window
    return {"long_counts": np.array([longer.sum(), len(longer)], np.int64), "cut": np.packbits(longer)}


def validated(arrays: Arrays) -> Arrays:
    return {
        "val_counts": np.bincount(arrays["val_label"], minlength=2).astype(np.int64),
        "val_loss_variances": difference_variances(arrays["val_losses"]),
    }


def difference_variances(values: np.ndarray) -> np.ndarray:
    """float32[k, k]: how much ``values`` float16[k, n] differ, row from row, over the n; 0 where n is 1.
    From exactly rounded sums, so that every machine finds the same."""
    each = values.astype(np.float64)
    k, n = each.shape
    found = np.zeros((k, k), np.float32)
    for i, j in itertools.combinations(range(k), 2):
        apart = each[i] - each[j]
        squares = math.fsum(apart * apart) - math.fsum(apart) ** 2 / n
        found[i, j] = found[j, i] = max(0.0, squares) / max(1, n - 1)
    return found


def answers_of(probability: np.ndarray, label: np.ndarray) -> Arrays:
    return {"said": pack(levels(probability), 2), "positive": np.packbits(label == 1)}


def validation_answers(probability: np.ndarray, label: np.ndarray) -> Arrays:
    said = levels(probability)
    counts = [np.bincount(said[label == each], minlength=LEVELS) for each in (0, 1)]
    return {"val_said": np.array(counts, np.int64)}


def control_answers(arrays: Arrays, place: int) -> Arrays:
    return answers_of(arrays["probability"][place], arrays["label"]) | validation_answers(
        arrays["val_probability"][place], arrays["val_label"]
    )


def lstm_answers(arrays: Arrays) -> Arrays:
    length, limit = arrays["length"], shortest_limit(arrays["length"])
    answers = answers_of(arrays["probability"], arrays["label"])
    of_test: Arrays = {
        "short": np.packbits(length <= limit),
        "shortest": np.array([limit], np.int64),
        "stars": arrays["stars"].astype(np.uint8),
        "numbers": pack(arrays["review_id"], 4),
    }
    return answers | validation_answers(arrays["val_probability"], arrays["val_label"]) | of_test


def gan_arrays(arrays: Arrays) -> Arrays:
    kept = {name: arrays[name] for name in (*GAN_CURVES, "grid")}
    return kept | variances(arrays["samples"], arrays["real"])


def variances(drawn: np.ndarray, real: np.ndarray) -> Arrays:
    """Of uint8[s, n, h, w], images drawn at each step, and of uint8[r, h, w]."""
    return {
        "sample_variance": np.array([pixel_variance(images) for images in drawn], np.float32),
        "real_variance": np.array([pixel_variance(real)], np.float32),
    }


def pixel_variance(images: np.ndarray) -> float:
    """Of uint8[n, h, w], the variance of a pixel from image to image, in the mean of all pixels; NaN of
    fewer than two images."""
    if len(images) < 2:
        return float("nan")
    return float(images.var(axis=0, ddof=1, dtype=np.float64).mean())
