"""Networks as they would have been built from their settings, without building them."""

from experiments.kinds.gan import DISCRIMINATOR, GENERATOR, GanConfig
from experiments.kinds.judge import JudgeConfig
from experiments.kinds.lstm import CELLS, OPTIMIZERS, POOLS, ROLE, LstmConfig
from experiments.kinds.probe import ProbeConfig
from experiments.records.built import BuiltLayer, BuiltModel, BuiltOptimizer, Setting


def layer(kind: str, *shape: int | None, parameters: int = 0, **settings: Setting) -> BuiltLayer:
    return BuiltLayer(kind=kind, shape=shape, parameters=parameters, settings=settings)


def adam(learning_rate: float, **others: Setting) -> BuiltOptimizer:
    return BuiltOptimizer(kind="Adam", settings={"learning_rate": learning_rate, **others})


def classifier(config: LstmConfig, parameters: int = 700_123) -> BuiltModel:
    """A recurrent classifier; ``parameters`` is what the model says of itself."""
    size, units = config.sequence_length, config.units
    cell: dict[str, Setting] = {
        "units": units,
        "dropout": config.dropout,
        "recurrent_dropout": config.recurrent_dropout,
        "kernel_regularizer.l2": config.l2,
        "recurrent_regularizer.l2": config.l2,
    }
    words: dict[str, Setting] = {
        "input_dim": config.vocabulary_size,
        "output_dim": config.embedding_dim,
        "mask_zero": True,
    }
    pool = POOLS[config.pooling]
    optimizer = adam(config.learning_rate, clipnorm=config.clipnorm)
    return BuiltModel(
        role=ROLE,
        layers=(
            layer("Embedding", size, config.embedding_dim, parameters=parameters - 65, **words),
            layer("SpatialDropout1D", size, config.embedding_dim, rate=config.spatial_dropout),
            layer(CELLS[config.cell], units, **cell),
            *([layer(pool, units)] if pool else []),
            layer("Dropout", units, rate=config.head_dropout),
            layer("Dense", 1, parameters=65, units=1, activation="sigmoid"),
        ),
        optimizer=optimizer.model_copy(update={"kind": OPTIMIZERS[config.optimizer]}),
        loss="binary_crossentropy",
        parameters=parameters,
    )


def generator(config: GanConfig, parameters: int = 1_500_017) -> BuiltModel:
    convolutional = config.architecture == "convolutional"
    return BuiltModel(
        role=GENERATOR,
        layers=(
            layer("Dense", 256, parameters=parameters),
            layer("LeakyReLU", 256, negative_slope=config.leaky_slope),
            *([layer("Conv2DTranspose", 28, 28, 1, kernel_size="5×5")] if convolutional else []),
        ),
        optimizer=gan_optimizer(config, config.generator_learning_rate),
        loss=config.loss,
        parameters=parameters,
    )


def discriminator(config: GanConfig, parameters: int = 210_003) -> BuiltModel:
    kind = "Conv2D" if config.architecture == "convolutional" else "Dense"
    wrapped = layer("SpectralNormalization", 256, layer=kind)
    return BuiltModel(
        role=DISCRIMINATOR,
        layers=(
            wrapped if config.spectral_norm else layer(kind, 256),
            layer("LeakyReLU", 256, negative_slope=config.leaky_slope),
            layer("Dropout", 256, rate=config.discriminator_dropout),
            layer("Dense", 1, parameters=parameters),
        ),
        optimizer=gan_optimizer(config, config.discriminator_learning_rate),
        loss=config.loss,
        parameters=parameters,
    )


def gan_optimizer(config: GanConfig, learning_rate: float) -> BuiltOptimizer:
    return adam(learning_rate, beta_1=config.beta_1, beta_2=config.beta_2)


def member(config: JudgeConfig, place: int) -> BuiltModel:
    """One of the networks of the judge."""
    return BuiltModel(
        role=f"member_{place}",
        layers=(layer("Conv2D", 26, 26, 8), layer("Dense", 11, activation="softmax")),
        optimizer=adam(config.learning_rate),
        loss="sparse_categorical_crossentropy",
        parameters=5,
    )


def probe_network(config: ProbeConfig, role: str) -> BuiltModel:
    cell = layer("LSTM", config.units, units=config.units)
    both = layer("Bidirectional", 2 * config.units, layer="LSTM", **{"layer.units": config.units})
    return BuiltModel(
        role=role,
        layers=(
            layer("Embedding", config.sequence_length, config.embedding_dim),
            *((cell,) if role == "cell" else (both, layer("GlobalMaxPooling1D", 2 * config.units))),
            layer("Dense", 1, activation="sigmoid"),
        ),
        optimizer=adam(config.learning_rate),
        loss="binary_crossentropy",
        parameters=30_000,
    )
