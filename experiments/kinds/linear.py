"""The controls of the classifier: linear models of words and short runs of words, which know
nothing of positions."""

from collections.abc import Mapping
from typing import Annotated, Any, Literal

from pydantic import Field

from experiments.kinds.base import Kind, Tolerance
from experiments.records.base import (
    Fraction,
    Loss,
    Positive,
    PositiveFloat,
    Rate,
    RunRecord,
    Strict,
)
from experiments.records.parts import Confusion, Decay, Influence

LinearName = Literal["tfidf", "log_count", "log_count_last"]
LINEAR_MODELS: tuple[LinearName, ...] = ("tfidf", "log_count", "log_count_last")
CONTROL: LinearName = "log_count"  # the one whose errors and influence stand beside the network's


class LinearConfig(Strict):
    """Settings of the controls. ``None`` is the setting of the same meaning of the LSTM or of its
    measurement, so that both are compared under the same conditions."""

    min_documents: Positive = 2  # what is seen in a single review says nothing of others
    tfidf_candidates: tuple[PositiveFloat, ...] = (1.0, 4.0, 16.0, 64.0)  # inverse penalty
    log_count_candidates: tuple[PositiveFloat, ...] = (0.03, 0.1, 0.3, 1.0, 3.0)
    last_words: Positive | None = None  # that the third model sees
    validation_fraction: Fraction | None = None
    occluded_reviews: Positive | None = None
    window: Positive | None = None  # words hidden at once
    near: Positive | None = None
    far: Positive | None = None
    bootstrap_samples: Positive | None = None
    max_reviews: Positive | None = None  # of each part; None takes as many as the LSTM


class Candidate(Strict):
    """One inverse penalty and what it reached on the validation part."""

    c: PositiveFloat
    val_accuracy: Rate


class LinearSizes(Strict):
    train: Positive
    validation: Positive
    test: Positive


class LinearModel(Strict):
    """``tfidf``: TF-IDF of words and pairs; ``log_count``: presence of words, pairs and triples,
    weighted by their log-count ratio (Wang and Manning, 2012); ``log_count_last``: the same, fitted
    and tested on the last ``last_words`` words of each review. All are logistic regressions."""

    name: LinearName
    features: Positive
    candidates: Annotated[tuple[Candidate, ...], Field(min_length=1)]
    chosen_c: PositiveFloat
    val_accuracy: Rate
    val_loss: Loss
    test_loss: Loss
    confusion: Confusion


class LinearResults(Strict):
    sizes: LinearSizes
    models: Annotated[tuple[LinearModel, ...], Field(min_length=1)]  # in the order of LINEAR_MODELS
    influence: tuple[Influence, ...]  # of ``CONTROL``; empty where no review is as long as a window
    decay: Decay | None  # None where no review reaches ``far``

    def model_named(self, name: LinearName) -> LinearModel:
        return self.models[LINEAR_MODELS.index(name)]


class LinearRecord(RunRecord, LinearResults):
    """The controls of one seed, trained on the same split as its LSTM.

    Arrays as in ``LstmRecord``, but ``probability`` float32[m, n] and ``val_probability``
    float32[m, v] have a row for each of ``models``, and there is no ``val_losses``. ``occlusion``
    float32[k, w] has |change of the logit| of ``CONTROL`` for each hidden window of each occluded review,
    the nearest to the end first (NaN where it does not reach).
    """

    kind: Literal["linear"] = "linear"
    config: LinearConfig


def complete(config: LinearConfig, others: Mapping[str, Any]) -> LinearConfig:
    """With what is left to be that of the LSTM or of its measurement."""
    lstm, memory = others["lstm"], others["memory"]
    theirs = {
        "last_words": lstm.sequence_length,
        "validation_fraction": lstm.validation_fraction,
        "max_reviews": lstm.max_reviews,
        **{
            name: getattr(memory, name)
            for name in ("occluded_reviews", "window", "near", "far", "bootstrap_samples")
        },
    }
    missing = {name: value for name, value in theirs.items() if getattr(config, name) is None}
    return config.model_copy(update=missing)


def _tolerances(name: LinearName) -> tuple[Tolerance[LinearRecord], ...]:
    return (
        Tolerance(
            f"exactitud en la prueba ({name})",
            lambda record, arrays: record.model_named(name).confusion.accuracy,
            0.02,
            4,
        ),
        Tolerance(
            f"pérdida en la prueba ({name})",
            lambda record, arrays: record.model_named(name).test_loss,
            0.05,
            4,
        ),
    )


KIND = Kind(
    name="linear",
    title="Modelos lineales",
    config=LinearConfig,
    record=LinearRecord,
    arrays=(
        *("probability", "label", "length", "stars", "review_id", "distance"),
        *("val_probability", "val_label", "val_row", "occlusion"),
    ),
    experiment="experiments.reviews.linear_imdb",
    data="experiments.data.reviews",
    complete=complete,
    profiles={
        "full": LinearConfig(),
        "quick": LinearConfig(),
        "test": LinearConfig(tfidf_candidates=(1.0, 16.0), log_count_candidates=(0.1, 1.0)),
    },
    tolerances=tuple(tolerance for name in LINEAR_MODELS for tolerance in _tolerances(name)),
)
