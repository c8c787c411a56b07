"""A network as it was built, in codes and numbers: its layers, what each of them decides, and what
trained it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import auto

from experiments.records.base import Run
from experiments.records.built import BuiltLayer, BuiltModel
from experiments.records.built import Setting as Value
from report.findings.base import Code, Named, Row
from report.ledger.ledger import Leaf, Number
from report.ledger.quantities import COUNT, SETTING, TEXT


class Layer(Code):
    EMBEDDING = auto()
    POSITION = auto()
    SPATIAL_DROPOUT = auto()
    LSTM = auto()
    GRU = auto()
    BIDIRECTIONAL_LSTM = auto()
    BIDIRECTIONAL_GRU = auto()
    ATTENTION = auto()
    ADD = auto()
    LAYER_NORMALIZATION = auto()
    BATCH_NORMALIZATION = auto()
    MAXIMUM = auto()
    MEAN = auto()
    DROPOUT = auto()
    DENSE = auto()
    NORMED_DENSE = auto()
    CONVOLUTION = auto()
    NORMED_CONVOLUTION = auto()
    TRANSPOSED_CONVOLUTION = auto()
    LEAKY_RELU = auto()
    RESHAPE = auto()
    FLATTEN = auto()


class Setting(Code):
    """What a layer or an optimiser is told."""

    ENTRIES = auto()
    DIMENSION = auto()
    UNITS = auto()
    INPUT_DROPOUT = auto()
    RECURRENT_DROPOUT = auto()
    PENALTY = auto()
    HEADS = auto()
    RATE = auto()
    FILTERS = auto()
    KERNEL = auto()
    STRIDES = auto()
    SLOPE = auto()
    ACTIVATION = auto()
    LEARNING_RATE = auto()
    FIRST_LEARNING_RATE = auto()
    FIRST_MOMENT = auto()
    SECOND_MOMENT = auto()
    SQUARES = auto()
    MOMENTUM = auto()
    WEIGHT_DECAY = auto()
    LARGEST_NORM = auto()


class Activation(Code):
    SIGMOID = auto()
    TANH = auto()
    RELU = auto()


class Optimizer(Code):
    ADAM = auto()
    ADAMW = auto()
    RMSPROP = auto()
    SGD = auto()


class Loss(Code):
    BINARY_CROSSENTROPY = auto()
    NON_SATURATING = auto()
    HINGE = auto()
    WASSERSTEIN_GP = auto()


# By the class of the layer and, after a bar, of the one that it wraps.
LAYERS = {
    "Embedding": Layer.EMBEDDING,
    "PositionEmbedding": Layer.POSITION,
    "SpatialDropout1D": Layer.SPATIAL_DROPOUT,
    "LSTM": Layer.LSTM,
    "GRU": Layer.GRU,
    "Bidirectional/LSTM": Layer.BIDIRECTIONAL_LSTM,
    "Bidirectional/GRU": Layer.BIDIRECTIONAL_GRU,
    "MultiHeadAttention": Layer.ATTENTION,
    "Add": Layer.ADD,
    "LayerNormalization": Layer.LAYER_NORMALIZATION,
    "BatchNormalization": Layer.BATCH_NORMALIZATION,
    "GlobalMaxPooling1D": Layer.MAXIMUM,
    "GlobalAveragePooling1D": Layer.MEAN,
    "Dropout": Layer.DROPOUT,
    "Dense": Layer.DENSE,
    "SpectralNormalization/Dense": Layer.NORMED_DENSE,
    "Conv2D": Layer.CONVOLUTION,
    "SpectralNormalization/Conv2D": Layer.NORMED_CONVOLUTION,
    "Conv2DTranspose": Layer.TRANSPOSED_CONVOLUTION,
    "LeakyReLU": Layer.LEAKY_RELU,
    "Reshape": Layer.RESHAPE,
    "Flatten": Layer.FLATTEN,
}
WRAPPED = "layer"  # the setting of a wrapper that names what it wraps

_CELL = {
    "units": Setting.UNITS,
    "dropout": Setting.INPUT_DROPOUT,
    "recurrent_dropout": Setting.RECURRENT_DROPOUT,
    "kernel_regularizer.l2": Setting.PENALTY,  # the recurrent kernel has the same
}
_DROPOUT = {"rate": Setting.RATE}
_DENSE = {"units": Setting.UNITS, "activation": Setting.ACTIVATION}
_CONVOLUTION = {
    "filters": Setting.FILTERS,
    "kernel_size": Setting.KERNEL,
    "strides": Setting.STRIDES,
    "activation": Setting.ACTIVATION,
}
# What decides, by its name in the record; a kind that is not here decides nothing that its shape
# does not tell.
DECIDING: dict[Layer, Mapping[str, Setting]] = {
    Layer.EMBEDDING: {"input_dim": Setting.ENTRIES, "output_dim": Setting.DIMENSION},
    Layer.SPATIAL_DROPOUT: _DROPOUT,
    Layer.LSTM: _CELL,
    Layer.GRU: _CELL,
    Layer.BIDIRECTIONAL_LSTM: _CELL,
    Layer.BIDIRECTIONAL_GRU: _CELL,
    Layer.ATTENTION: {"num_heads": Setting.HEADS, "key_dim": Setting.DIMENSION},
    Layer.DROPOUT: _DROPOUT,
    Layer.DENSE: _DENSE,
    Layer.NORMED_DENSE: _DENSE,
    Layer.CONVOLUTION: _CONVOLUTION,
    Layer.NORMED_CONVOLUTION: _CONVOLUTION,
    Layer.TRANSPOSED_CONVOLUTION: _CONVOLUTION,
    Layer.LEAKY_RELU: {"negative_slope": Setting.SLOPE},
}

_EVERY_OPTIMIZER = {
    "learning_rate": Setting.LEARNING_RATE,
    "learning_rate.initial_learning_rate": Setting.FIRST_LEARNING_RATE,
}
_MOMENTS = {"beta_1": Setting.FIRST_MOMENT, "beta_2": Setting.SECOND_MOMENT}
_LAST = {"weight_decay": Setting.WEIGHT_DECAY, "clipnorm": Setting.LARGEST_NORM}
OPTIMIZED: dict[Optimizer, Mapping[str, Setting]] = {
    Optimizer.ADAM: _EVERY_OPTIMIZER | _MOMENTS | _LAST,
    Optimizer.ADAMW: _EVERY_OPTIMIZER | _MOMENTS | _LAST,
    Optimizer.RMSPROP: _EVERY_OPTIMIZER | {"rho": Setting.SQUARES, "momentum": Setting.MOMENTUM} | _LAST,
    Optimizer.SGD: _EVERY_OPTIMIZER | {"momentum": Setting.MOMENTUM} | _LAST,
}


@dataclass(frozen=True)
class BuiltRow:
    """One layer: ``shape`` of its output, as a text."""

    layer: Layer
    shape: Number
    parameters: Number
    decides: tuple[Named, ...]


@dataclass(frozen=True)
class Network:
    """``settings`` are those of the optimiser."""

    layers: tuple[BuiltRow, ...]
    parameters: Number
    optimizer: Optimizer
    settings: tuple[Named, ...]
    loss: Loss

    @property
    def rows(self) -> tuple[Row, ...]:
        """Layer, shape of its output, parameters, what decides."""
        return tuple((each.layer, each.shape, each.parameters, each.decides or None) for each in self.layers)

    @property
    def optimizer_rows(self) -> tuple[Row, ...]:
        return tuple((each.name, each.value) for each in self.settings)

    def has(self, *layers: Layer) -> bool:
        return any(each.layer in layers for each in self.layers)


def network_of(run: Run, path: str, model: BuiltModel) -> Network:
    """``model``, which stands at ``path`` of the record of ``run``.

    Raises:
        KeyError: a layer, an optimiser, a loss or an activation that no document can name.
    """
    place = f"{run.name}:{path}"
    optimizer = Optimizer[model.optimizer.kind.upper()]
    return Network(
        layers=tuple(
            built_row(layer, f"{place}.layers[{index}]") for index, layer in enumerate(model.layers)
        ),
        parameters=COUNT(Leaf(model.parameters, f"{place}.parameters")),
        optimizer=optimizer,
        settings=tuple(named(OPTIMIZED[optimizer], model.optimizer.settings, f"{place}.optimizer")),
        loss=Loss[model.loss.upper()],
    )


def built_row(layer: BuiltLayer, place: str) -> BuiltRow:
    kind, inside = kind_of(layer), f"{WRAPPED}." if WRAPPED in layer.settings else ""
    settings = {name.removeprefix(inside): value for name, value in layer.settings.items()}
    return BuiltRow(
        layer=kind,
        shape=TEXT(Leaf(shape_text(layer.shape), f"{place}.shape")),
        parameters=COUNT(Leaf(layer.parameters, f"{place}.parameters")),
        decides=tuple(named(DECIDING.get(kind, {}), settings, f"{place}.settings")),
    )


def kind_of(layer: BuiltLayer) -> Layer:
    wrapped = layer.settings.get(WRAPPED)
    return LAYERS[f"{layer.kind}/{wrapped}" if wrapped else layer.kind]


def named(deciding: Mapping[str, Setting], settings: Mapping[str, Value], place: str) -> Iterator[Named]:
    """Those of the ``settings`` that decide something: none that is 0, nor an activation that changes
    nothing, nor a learning rate that is a schedule, whose first value is told."""
    for name, setting in deciding.items():
        value = settings.get(name)
        if not value or (name == "activation" and value == "linear"):
            continue
        if name == "activation":
            yield Named(setting, Activation[str(value).upper()])
        elif not (name == "learning_rate" and isinstance(value, str)):
            yield Named(setting, quantity_of(Leaf(value, f"{place}.{name}")))


def quantity_of(leaf: Leaf) -> Number:
    if isinstance(leaf.value, str):
        return TEXT(leaf)
    return COUNT(leaf) if isinstance(leaf.value, int) else SETTING(leaf)


def shape_text(shape: tuple[int | None, ...]) -> str:
    """«14 × 14 × 64»; n where any length will do."""
    return "\u00a0×\u00a0".join("n" if size is None else str(size) for size in shape)
