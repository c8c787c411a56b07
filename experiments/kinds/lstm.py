"""A recurrent network (or a transformer) that classifies reviews."""

from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from experiments.kinds.base import Kind, Tolerance
from experiments.records.base import (
    Count,
    Fraction,
    Loss,
    NonNegative,
    Positive,
    PositiveFloat,
    Rate,
    RunRecord,
    Seconds,
    Sha256,
    Strict,
)
from experiments.records.built import BuiltModel
from experiments.records.parts import Confusion

LEARNED, PPMI_SVD = "learned", "ppmi_svd"
WEIGHTS_FILE = "selected.weights.h5"
ROLE = "classifier"


class LstmConfig(Strict):
    """Settings of the classifier of reviews: those of the report that this project replaces."""

    cell: Literal["lstm", "gru", "transformer"] = "lstm"
    bidirectional: bool = False
    pooling: Literal["last", "max", "mean"] = "last"  # of the states along the review
    embedding: str = LEARNED  # or ``ppmi_svd``, or a file of vectors in text format
    embedding_digest: Sha256 | None = None  # of that file's content
    vocabulary_size: Positive = 30_000  # including padding (0) and the unknown token (1)
    sequence_length: Positive = 250  # padded and truncated at the front: the last tokens are kept
    embedding_dim: Positive = 128
    spatial_dropout: Rate = 0.3
    units: Positive = 64
    dropout: Rate = 0.5
    recurrent_dropout: Rate = 0.3
    l2: NonNegative = 1e-4  # on the kernel and on the recurrent kernel
    heads: Positive = 2  # of the transformer's attention
    feed_forward: Positive = 32  # units of the transformer's inner layer
    head_dropout: Rate = 0.2
    optimizer: Literal["adam", "adamw", "rmsprop", "sgd"] = "adam"
    learning_rate: PositiveFloat = 2e-4
    clipnorm: PositiveFloat | None = 1.0
    schedule: Literal["plateau", "constant", "cosine"] = "plateau"
    batch_size: Positive = 64
    max_epochs: Positive = 10
    validation_fraction: Fraction = 0.2
    early_stopping_patience: Positive = 3
    reduce_lr_patience: Positive = 2  # one less than stopping, so that it can act before
    reduce_lr_factor: Fraction = 0.5
    train_eval_size: Positive = (
        5_000  # fixed subset measured in inference mode: the size of the validation part
    )
    max_reviews: Positive | None = None  # of each official part; None takes all

    @model_validator(mode="after")
    def _fits(self) -> Self:
        if self.cell == "transformer" and self.bidirectional:
            raise ValueError("bidirectional solo vale con cell = lstm o gru")
        if self.cell == "transformer" and self.pooling == "last":
            raise ValueError("con cell = transformer, pooling ha de ser max o mean")
        if self.embedding in (LEARNED, PPMI_SVD) and self.embedding_digest is not None:
            raise ValueError("embedding_digest solo vale con un fichero de vectores")
        return self


class LstmEpoch(Strict):
    """One epoch. ``running_*`` are Keras' averages during training, with dropout on and the
    L2 penalty in the loss; all others are measured after the epoch in inference mode, as
    plain cross-entropy. ``learning_rate`` is the one used during this epoch (with the cosine
    schedule, at its end)."""

    epoch: Positive
    running_loss: Loss
    running_accuracy: Rate
    train_loss: Loss
    train_accuracy: Rate
    val_loss: Loss
    val_accuracy: Rate
    val_loss_se: Loss  # sd of the per-example loss / sqrt(n)
    learning_rate: NonNegative
    duration_s: Seconds


class LstmSizes(Strict):
    """How many reviews and words the run really used."""

    train: Positive
    validation: Positive
    test: Positive
    train_evaluated: Positive
    vocabulary: Positive  # entries in use, padding and unknown token included
    known_vectors: Count  # entries with a vector of their own in the file; 0 without one


class LstmResults(Strict):
    model: BuiltModel
    sizes: LstmSizes
    epochs: Annotated[tuple[LstmEpoch, ...], Field(min_length=1)]
    selected_epoch: Positive  # lowest validation loss; its weights made the test predictions
    stopped_early: bool
    test_loss: Loss
    confusion: Confusion


class LstmRecord(RunRecord, LstmResults):
    """One seed of the classifier.

    Arrays, one row per test review in the order of the data digest:
    ``probability`` float32[n] of the positive class, ``label`` int8[n] (0, 1),
    ``length`` int32[n] in tokens before truncation, ``stars`` int8[n] (1-10; 0 unknown),
    ``review_id`` int32[n] (number in the file name, or row in an own set), ``distance`` int32[n]
    (words from the decisive clause to the end in the synthetic sample; -1 unknown).
    One row per validation review: ``val_probability`` float32[v] at the selected epoch,
    ``val_label`` int8[v], ``val_row`` int32[v] (its place in the training part), and
    ``val_losses`` float16[epochs, v], the cross-entropy of each review after each epoch.
    """

    kind: Literal["lstm"] = "lstm"
    config: LstmConfig

    @model_validator(mode="after")
    def _is_built_as_configured(self) -> Self:
        if complaints := contradictions(self.config, self.model):
            raise ValueError(f"la red construida no es la de la configuración: {'; '.join(complaints)}")
        return self


CELLS = {"lstm": "LSTM", "gru": "GRU", "transformer": "MultiHeadAttention"}
OPTIMIZERS = {"adam": "Adam", "adamw": "AdamW", "rmsprop": "RMSprop", "sgd": "SGD"}
POOLS = {"last": None, "max": "GlobalMaxPooling1D", "mean": "GlobalAveragePooling1D"}


def contradictions(config: LstmConfig, model: BuiltModel) -> list[str]:
    """Where the network that was built is not what ``config`` says, in Spanish."""
    found = []

    def expect(what: str, expected: object, built: object) -> None:
        if expected != built:
            found.append(f"{what}: se esperaba {expected}, se encontró {built}")

    recurrent = config.cell != "transformer"
    wrapped = model.layers_of("Bidirectional")
    cells = [layer for layer in model.layers if layer.kind in CELLS.values()]
    expect("bidirectional", config.bidirectional, bool(wrapped))
    if wrapped:
        settings = {k.removeprefix("layer."): v for k, v in wrapped[0].settings.items()}
        built_cells = [settings.get("layer")]
    else:
        settings = cells[0].settings if cells else {}
        built_cells = [layer.kind for layer in cells]
    expect("cell", [CELLS[config.cell]], built_cells)
    if recurrent:
        for name in ("units", "dropout", "recurrent_dropout"):
            expect(name, getattr(config, name), settings.get(name))
        for name in ("kernel_regularizer.l2", "recurrent_regularizer.l2"):
            expect("l2", config.l2, settings.get(name, 0))
    else:
        expect("heads", config.heads, settings.get("num_heads"))
    pools = [layer.kind for layer in model.layers if layer.kind in POOLS.values()]
    expect("pooling", [POOLS[config.pooling]] if POOLS[config.pooling] else [], pools)
    words = model.layers_of("Embedding")[:1]
    expect("embedding_dim", [config.embedding_dim], [w.settings.get("output_dim") for w in words])
    expect("vocabulary_size", [config.vocabulary_size], [w.settings.get("input_dim") for w in words])
    expect("optimizer", OPTIMIZERS[config.optimizer], model.optimizer.kind)
    expect("clipnorm", config.clipnorm, model.optimizer.settings.get("clipnorm"))
    if config.schedule != "cosine":
        expect("learning_rate", config.learning_rate, model.optimizer.settings.get("learning_rate"))
    expect("loss", "binary_crossentropy", model.loss)
    return found


def idle(config: LstmConfig) -> frozenset[str]:
    """Settings that have no effect beside the others."""
    names: set[str] = set()
    if config.cell == "transformer":
        names |= {"units", "recurrent_dropout", "l2"}
    else:
        names |= {"heads", "feed_forward"}
    if config.schedule != "plateau":
        names |= {"reduce_lr_patience", "reduce_lr_factor"}
    return frozenset(names)


KIND = Kind(
    name="lstm",
    title="LSTM",
    config=LstmConfig,
    record=LstmRecord,
    arrays=(
        *("probability", "label", "length", "stars", "review_id", "distance"),
        *("val_probability", "val_label", "val_row", "val_losses"),
    ),
    experiment="experiments.lstm_imdb",
    data="experiments.data.reviews",
    keeps=(WEIGHTS_FILE,),
    idle=idle,
    profiles={
        "full": LstmConfig(),
        "quick": LstmConfig(max_reviews=5_000, max_epochs=3),
        "test": LstmConfig(
            vocabulary_size=500,
            sequence_length=30,
            embedding_dim=8,
            units=8,
            learning_rate=1e-2,
            max_epochs=3,
            train_eval_size=100,
            max_reviews=500,
        ),
    },
    tolerances=(
        # seeds differ by about 0.005
        Tolerance[LstmRecord](
            "exactitud en la prueba", lambda record, arrays: record.confusion.accuracy, 0.02, 4
        ),
        Tolerance[LstmRecord]("pérdida en la prueba", lambda record, arrays: record.test_loss, 0.05, 4),
        Tolerance[LstmRecord](
            "menor pérdida de validación",
            lambda record, arrays: min(epoch.val_loss for epoch in record.epochs),
            0.05,
            4,
        ),
    ),
)
