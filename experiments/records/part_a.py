"""The records of Part A: the LSTM, its control, its memory and the probe."""

from typing import Annotated, Literal

from pydantic import Field

from experiments.records.base import Count, DerivedRecord, Loss, Positive, Rate, RunRecord, Seconds, Strict
from experiments.records.configs import LinearConfig, LstmConfig, MemoryConfig, ProbeConfig


class LstmEpoch(Strict):
    """One epoch. ``running_*`` are Keras' averages during training, with dropout on and the
    L2 penalty in the loss; all others are measured after the epoch in inference mode, as
    plain cross-entropy. ``learning_rate`` is the one used during this epoch."""

    epoch: Positive
    running_loss: Loss
    running_accuracy: Rate
    train_loss: Loss
    train_accuracy: Rate
    val_loss: Loss
    val_accuracy: Rate
    val_loss_se: Loss  # sd of the per-example loss / sqrt(n)
    learning_rate: float = Field(gt=0)
    duration_s: Seconds


class Confusion(Strict):
    """Counts on the test part; positive = a favourable review."""

    true_negative: Count
    false_positive: Count
    false_negative: Count
    true_positive: Count


class LstmSizes(Strict):
    """How many reviews and words the run really used."""

    train: Positive
    validation: Positive
    test: Positive
    train_evaluated: Positive
    vocabulary: Positive  # entries in use, padding and unknown token included
    parameters: Positive


class LstmRecord(RunRecord):
    """One seed of the IMDb classifier.

    Arrays, one row per test review in the order of the data digest:
    ``probability`` float32[n] of the positive class, ``label`` int8[n] (0, 1),
    ``length`` int32[n] in tokens before truncation, ``stars`` int8[n] (1-10; 0 unknown),
    ``review_id`` int32[n] (number in the file name), ``distance`` int32[n] (words from the
    decisive clause to the end in the synthetic sample; -1 unknown).
    """

    kind: Literal["lstm"] = "lstm"
    config: LstmConfig
    sizes: LstmSizes
    epochs: Annotated[tuple[LstmEpoch, ...], Field(min_length=1)]
    selected_epoch: Positive  # lowest validation loss; its weights made the test predictions
    stopped_early: bool
    test_loss: Loss
    confusion: Confusion


class Candidate(Strict):
    """One inverse penalty and what it reached on the validation part."""

    c: float = Field(gt=0)
    val_accuracy: Rate


class LinearSizes(Strict):
    train: Positive
    validation: Positive
    test: Positive
    features: Positive


class Influence(Strict):
    """Mean absolute change of the logit when one window of words is hidden, by the distance in
    words from the window's last word to the end of the review, with a 95 % bootstrap band over
    reviews; ``n`` reviews reach that far."""

    distance: Count
    n: Positive
    mean: float = Field(ge=0)
    low: float = Field(ge=0)
    high: float = Field(ge=0)


class Decay(Strict):
    """Mean influence of the far windows divided by that of the near ones, both within the reviews
    that reach the far ones, with a 95 % bootstrap interval over reviews: under 1, what is far
    from the end weighs less."""

    ratio: float = Field(ge=0)
    low: float = Field(ge=0)
    high: float = Field(ge=0)


class LinearRecord(RunRecord):
    """The control of part A. Arrays as in ``LstmRecord``."""

    kind: Literal["linear"] = "linear"
    config: LinearConfig
    sizes: LinearSizes
    candidates: Annotated[tuple[Candidate, ...], Field(min_length=1)]
    chosen_c: float = Field(gt=0)
    test_loss: Loss
    confusion: Confusion
    influence: Annotated[tuple[Influence, ...], Field(min_length=1)]
    decay: Decay


class Bucket(Strict):
    """Reviews of ``low`` to ``high`` words (or stars), and how many each model gets right."""

    low: Count
    high: Count
    n: Positive
    lstm_correct: Count
    linear_correct: Count


class Coefficient(Strict):
    """A log odds ratio with its 95 % interval, robust to the same review counting twice."""

    estimate: float
    low: float
    high: float


class Regression(Strict):
    """Logistic regression of *correct* on the standardised logarithm of the length, on whether
    the review is longer than the LSTM's window, and on the model (1 the LSTM, 0 the control),
    with the interaction of length and model."""

    log_length: Coefficient
    truncated: Coefficient | None  # None where every review fits, or none does
    model: Coefficient
    interaction: Coefficient


class Truncation(Strict):
    """Accuracy when only ``tokens`` tokens of each test review are given: the first, the last,
    half from each end, or the middle."""

    keep: Literal["first", "last", "ends", "middle"]
    tokens: Positive
    n: Positive
    correct: Count


class MemoryRecord(DerivedRecord):
    """What one trained LSTM does with distance, beside the control.

    Arrays: ``gradient_initial`` and ``gradient_selected`` float32[sequence_length]: norm of the
    gradient of the logit with respect to the token's embedding, by distance to the end in
    tokens (0 is the last), mean over the reviews that reach that far.
    """

    kind: Literal["memory"] = "memory"
    config: MemoryConfig
    deciles: Annotated[tuple[Bucket, ...], Field(min_length=1)]  # of original length
    stars: tuple[Bucket, ...]  # empty where the data have none
    regression: Regression
    truncations: Annotated[tuple[Truncation, ...], Field(min_length=1)]
    influence: Annotated[tuple[Influence, ...], Field(min_length=1)]
    decay: Decay


class ProbeRow(Strict):
    distance: Count
    n: Positive
    lstm_correct: Count
    bilstm_correct: Count


class ProbeRecord(RunRecord):
    """One seed of the controlled probe. No arrays."""

    kind: Literal["probe"] = "probe"
    config: ProbeConfig
    rows: Annotated[tuple[ProbeRow, ...], Field(min_length=1)]
