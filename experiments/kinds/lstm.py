"""A recurrent network (or a transformer) that classifies reviews."""

from collections.abc import Iterator
from math import ceil, isclose
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
from experiments.records.built import BuiltModel, Setting
from experiments.records.parts import Confusion

LEARNED, PPMI_SVD = "learned", "ppmi_svd"
WEIGHTS_FILE = "selected.weights.h5"
ROLE = "classifier"

SGD_MOMENTUM = 0.9
LAYER_NORM_EPSILON = 1e-6
LOSS = "binary_crossentropy"


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
    dropout: Rate = 0.5  # of the cell's inputs, or of the transformer's two sublayers
    recurrent_dropout: Rate = 0.3
    l2: NonNegative = 1e-4  # on the kernel and on the recurrent kernel
    heads: Positive = 2  # of the transformer's attention
    feed_forward: Positive = 32  # units of the transformer's inner layer
    head_dropout: Rate = 0.2
    optimizer: Literal["adam", "adamw", "rmsprop", "sgd"] = "adam"  # sgd with momentum 0.9
    learning_rate: PositiveFloat = 2e-4
    clipnorm: PositiveFloat | None = 1.0
    schedule: Literal["plateau", "constant", "cosine"] = "plateau"  # cosine: to 0 at max_epochs
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
        steps = ceil(self.sizes.train / self.config.batch_size)
        if complaints := contradictions(self.config, self.model, steps):
            raise ValueError(f"la red construida no es la de la configuración: {'; '.join(complaints)}")
        return self


CELLS = {"lstm": "LSTM", "gru": "GRU", "transformer": "MultiHeadAttention"}
POOLS = {"last": None, "max": "GlobalMaxPooling1D", "mean": "GlobalAveragePooling1D"}
OPTIMIZERS = {"adam": "Adam", "adamw": "AdamW", "rmsprop": "RMSprop", "sgd": "SGD"}

Settings = dict[str, Setting]

_ADAM: Settings = {"beta_1": 0.9, "beta_2": 0.999, "epsilon": 1e-7, "amsgrad": False}
_OPTIMIZER_SETTINGS: dict[str, Settings] = {
    "adam": _ADAM | {"weight_decay": None},
    "adamw": _ADAM | {"weight_decay": 0.004},
    "rmsprop": {"rho": 0.9, "momentum": 0.0, "epsilon": 1e-7, "centered": False, "weight_decay": None},
    "sgd": {"momentum": SGD_MOMENTUM, "nesterov": False, "weight_decay": None},
}


def layers_of(config: LstmConfig) -> list[tuple[str, Settings]]:
    """The layers that ``config`` asks for, from the words to the answer: of each its kind and the
    settings that decide what it does, as in ``BuiltLayer``."""
    read = _transformer(config) if config.cell == "transformer" else [_recurrent(config)]
    pool = POOLS[config.pooling]
    return [
        (
            "Embedding",
            {"input_dim": config.vocabulary_size, "output_dim": config.embedding_dim, "mask_zero": True},
        ),
        ("SpatialDropout1D", {"rate": config.spatial_dropout}),
        *read,
        *([(pool, {})] if pool else []),
        ("Dropout", {"rate": config.head_dropout}),
        ("Dense", {"units": 1, "activation": "sigmoid", "use_bias": True}),
    ]


def _recurrent(config: LstmConfig) -> tuple[str, Settings]:
    cell: Settings = {
        "units": config.units,
        "activation": "tanh",
        "recurrent_activation": "sigmoid",
        "use_bias": True,
        "dropout": config.dropout,
        "recurrent_dropout": config.recurrent_dropout,
        "kernel_regularizer": "L2",
        "kernel_regularizer.l2": config.l2,
        "recurrent_regularizer": "L2",
        "recurrent_regularizer.l2": config.l2,
        "return_sequences": config.pooling != "last",
        "go_backwards": False,
    }
    if not config.bidirectional:
        return CELLS[config.cell], cell
    inner: Settings = {"merge_mode": "concat"}
    for name, backwards in (("layer", False), ("backward_layer", True)):
        inner[name] = CELLS[config.cell]
        inner |= {f"{name}.{key}": value for key, value in (cell | {"go_backwards": backwards}).items()}
    return "Bidirectional", inner


def _transformer(config: LstmConfig) -> list[tuple[str, Settings]]:
    dropped_and_normed: list[tuple[str, Settings]] = [
        ("Dropout", {"rate": config.dropout}),
        ("Add", {}),
        ("LayerNormalization", {"epsilon": LAYER_NORM_EPSILON}),
    ]
    attention: Settings = {"num_heads": config.heads, "key_dim": config.embedding_dim, "dropout": 0.0}
    return [
        ("PositionEmbedding", {}),
        ("MultiHeadAttention", attention),
        *dropped_and_normed,
        ("Dense", {"units": config.feed_forward, "activation": "relu"}),
        ("Dense", {"units": config.embedding_dim, "activation": "linear"}),
        *dropped_and_normed,
    ]


def optimizer_of(config: LstmConfig, steps_per_epoch: int | None = None) -> tuple[str, Settings]:
    """Kind and deciding settings of the optimiser that ``config`` asks for."""
    settings: Settings = {"learning_rate": config.learning_rate}
    if config.schedule == "cosine":
        settings = {
            "learning_rate": "CosineDecay",
            "learning_rate.initial_learning_rate": config.learning_rate,
            "learning_rate.alpha": 0.0,
            "learning_rate.warmup_steps": 0,
        }
        if steps_per_epoch is not None:
            settings["learning_rate.decay_steps"] = config.max_epochs * steps_per_epoch
    settings |= {"clipnorm": config.clipnorm, "clipvalue": None, "global_clipnorm": None}
    return OPTIMIZERS[config.optimizer], settings | _OPTIMIZER_SETTINGS[config.optimizer]


def contradictions(config: LstmConfig, model: BuiltModel, steps_per_epoch: int | None = None) -> list[str]:
    """Where the network that was built is not what ``config`` says, in Spanish. The length of the
    cosine schedule is compared where ``steps_per_epoch`` is known."""
    return list(_contradictions(config, model, steps_per_epoch))


def _contradictions(config: LstmConfig, model: BuiltModel, steps_per_epoch: int | None) -> Iterator[str]:
    layers = layers_of(config)
    expected, built = [kind for kind, _ in layers], [layer.kind for layer in model.layers]
    if expected != built:
        yield _complaint("capas", ", ".join(expected), ", ".join(built))
    else:
        for number, ((kind, settings), layer) in enumerate(zip(layers, model.layers, strict=True), start=1):
            yield from _unlike(settings, layer.settings, f"{kind}, capa {number}")
        read = (config.sequence_length, config.embedding_dim)
        if model.layers[0].shape != read:
            yield _complaint("sequence_length × embedding_dim", read, model.layers[0].shape)
    optimizer, settings = optimizer_of(config, steps_per_epoch)
    if model.optimizer.kind != optimizer:
        yield _complaint("optimizer", optimizer, model.optimizer.kind)
    else:
        yield from _unlike(settings, model.optimizer.settings, optimizer)
    if model.loss != LOSS:
        yield _complaint("loss", LOSS, model.loss)


def _unlike(expected: Settings, built: Settings, place: str) -> Iterator[str]:
    for name, value in expected.items():
        if not _same(value, built.get(name)):
            yield _complaint(f"{name} ({place})", value, built.get(name))


def _same(expected: Setting, built: Setting) -> bool:
    """Numbers up to the rounding of float32, in which Keras keeps some of them."""
    if isinstance(expected, float) and isinstance(built, float):
        return isclose(expected, built, rel_tol=1e-6)
    return expected == built and isinstance(expected, bool) == isinstance(built, bool)


def _complaint(what: str, expected: object, built: object) -> str:
    return f"{what}: se esperaba {expected}, se encontró {built}"


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


def reads(config: LstmConfig) -> dict[str, str]:
    """The file of vectors, where there is one."""
    return {} if config.embedding in (LEARNED, PPMI_SVD) else {"embedding": config.embedding}


def work(config: LstmConfig) -> float:
    """Words that are read, and how often."""
    reviews = config.max_reviews or 25_000  # those of IMDb, where all are taken
    directions = 2 if config.bidirectional else 1
    return config.max_epochs * reviews * config.sequence_length * directions


KIND = Kind(
    name="lstm",
    title="LSTM",
    config=LstmConfig,
    record=LstmRecord,
    arrays=(
        *("probability", "label", "length", "stars", "review_id", "distance"),
        *("val_probability", "val_label", "val_row", "val_losses"),
    ),
    experiment="experiments.reviews.lstm_imdb",
    data="experiments.data.reviews",
    keeps=(WEIGHTS_FILE,),
    idle=idle,
    reads=reads,
    work=work,
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
