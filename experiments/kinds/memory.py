"""What one trained LSTM does with distance, beside its control."""

from typing import Annotated, Literal

from pydantic import Field

from experiments.kinds.base import Kind, Tolerance
from experiments.records.base import Arrays, Count, DerivedRecord, Positive, Strict
from experiments.records.parts import Decay, Influence


class MemoryConfig(Strict):
    """What is asked of one trained LSTM."""

    budgets: tuple[Positive, ...] = (50, 100, 200, 400)  # tokens kept at test time
    truncated_reviews: Positive = 5_000  # fixed balanced subset of the test part
    occluded_reviews: Positive = 1_000  # the same reviews as in the control
    window: Positive = 10  # tokens replaced by the unknown token at once
    near: Positive = 50  # tokens to the end: windows nearer than this ...
    far: Positive = 150  # ... are compared with those at least this far
    gradient_reviews: Positive = 500
    bootstrap_samples: Positive = 2_000


class Bucket(Strict):
    """Reviews of ``low`` to ``high`` words (or stars), and how many each model gets right:
    ``linear`` is the control, ``last`` the one that sees the words that the LSTM sees."""

    low: Count
    high: Count
    n: Positive
    lstm_correct: Count
    linear_correct: Count
    last_correct: Count


class Coefficient(Strict):
    """A log odds ratio with its 95 % interval, robust to the same review counting twice."""

    estimate: float
    low: float
    high: float


class Regression(Strict):
    """Logistic regression of *correct* on the standardised logarithm of the length, on whether
    the review is longer than the LSTM's window, and on the model (1 the LSTM, 0 the control),
    with the interactions of length and of truncation with the model. Where every review fits, or
    none does, or the answers to those that do not leave it without an estimate (none wrong, say),
    there is no ``truncated`` and no ``truncated_model``."""

    n: Positive  # reviews
    log_length: Coefficient
    truncated: Coefficient | None
    model: Coefficient
    interaction: Coefficient  # length × model
    truncated_model: Coefficient | None


class Truncation(Strict):
    """Accuracy when only ``tokens`` tokens of each test review are given: the first, the last,
    half from each end, or the middle."""

    keep: Literal["first", "last", "ends", "middle"]
    tokens: Positive
    n: Positive
    correct: Count


class MemoryResults(Strict):
    deciles: Annotated[tuple[Bucket, ...], Field(min_length=1)]  # of original length
    stars: tuple[Bucket, ...]  # empty where the data have none
    regression: Regression | None  # on all test reviews; None: the answers do not tell
    regression_whole: Regression | None  # on those that the LSTM sees whole; None: too few to tell
    truncations: Annotated[tuple[Truncation, ...], Field(min_length=1)]
    influence: tuple[Influence, ...]  # empty where no review is as long as a window
    decay: Decay | None  # this and what follows: None where no review reaches ``far``
    control_decay: Decay | None  # of the control, on the same reviews
    decay_difference_low: float | None  # 95 % bootstrap interval, in pairs, of the LSTM's ratio
    decay_difference_high: float | None  # minus the control's


class MemoryRecord(DerivedRecord, MemoryResults):
    """What one trained LSTM does with distance, beside the control.

    Arrays: ``gradient_initial`` and ``gradient_selected`` float32[sequence_length]: norm of the
    gradient of the logit with respect to the token's embedding, by distance to the end in
    tokens (0 is the last), mean over the reviews that reach that far. The initial network has random
    vectors, also where training began with others.
    """

    kind: Literal["memory"] = "memory"
    config: MemoryConfig


def _kept_accuracy(record: MemoryRecord, arrays: Arrays) -> float:
    kept = max((row for row in record.truncations if row.keep == "last"), key=lambda row: row.tokens)
    return kept.correct / kept.n


KIND = Kind(
    name="memory",
    title="Memoria",
    config=MemoryConfig,
    record=MemoryRecord,
    arrays=("gradient_initial", "gradient_selected"),
    experiment="experiments.reviews.lstm_memory",
    data="experiments.data.reviews",
    needs=("lstm", "linear"),
    profiles={
        "full": MemoryConfig(),
        "quick": MemoryConfig(
            budgets=(50, 200),
            truncated_reviews=500,
            occluded_reviews=300,
            gradient_reviews=100,
            bootstrap_samples=500,
        ),
        "test": MemoryConfig(
            budgets=(10,),
            truncated_reviews=60,
            occluded_reviews=60,
            window=5,
            near=10,
            far=20,
            gradient_reviews=30,
            bootstrap_samples=100,
        ),
    },
    tolerances=(
        Tolerance[MemoryRecord]("exactitud con las últimas palabras", _kept_accuracy, 0.02, 4),
        Tolerance[MemoryRecord](
            "influencia de lo lejano entre la de lo cercano",
            lambda record, arrays: record.decay.ratio if record.decay else 0.0,
            0.05,
            3,
        ),
        Tolerance[MemoryRecord](
            "interacción de longitud y modelo",
            lambda record, arrays: record.regression.interaction.estimate if record.regression else 0.0,
            0.1,
            3,
        ),
    ),
)
