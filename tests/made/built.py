"""Networks as they would have been built from their settings, without building them."""

from math import ceil
from typing import Any

from experiments.kinds.gan import DISCRIMINATOR, GENERATOR, GanConfig
from experiments.kinds.gan_layers import discriminator_layers, generator_layers
from experiments.kinds.judge import JudgeConfig
from experiments.kinds.lstm import LOSS, ROLE, LstmConfig, layers_of, optimizer_of
from experiments.kinds.probe import CELL, CONTROL, ProbeConfig
from experiments.records.base import RunRecord
from experiments.records.built import BuiltLayer, BuiltModel, BuiltOptimizer, Setting

CLASSES = 10


def networks_as_configured(record: RunRecord, content: dict[str, Any]) -> dict[str, Any]:
    """``content`` of a record, whose settings may have changed, with the networks that these ask for."""
    config = type(record.config).model_validate(content["config"])
    if isinstance(config, LstmConfig):
        return content | {"model": classifier(config, content["sizes"]["train"])}
    if isinstance(config, GanConfig):
        return content | {"generator": generator(config), "discriminator": discriminator(config)}
    if isinstance(config, JudgeConfig):
        classes = len(content["data"]["classes"]) or CLASSES
        members = tuple(member(config, place, classes) for place in range(1, config.members + 1))
        return content | {"members": members, "parameters": sum(each.parameters for each in members)}
    if isinstance(config, ProbeConfig):
        roles = [role for role in (CELL, CONTROL) if content[role]]
        return content | {role: content[role] | {"model": probe_network(config, role)} for role in roles}
    return content


def layer(kind: str, *shape: int | None, parameters: int = 0, **settings: Setting) -> BuiltLayer:
    return BuiltLayer(kind=kind, shape=shape, parameters=parameters, settings=settings)


def adam(**settings: Setting) -> BuiltOptimizer:
    return BuiltOptimizer(kind="Adam", settings=settings)


def classifier(config: LstmConfig, n_train: int) -> BuiltModel:
    """The number of parameters of each layer is left out, and that of the whole made up."""
    kind, settings = optimizer_of(config, ceil(n_train / config.batch_size))
    read = (config.sequence_length, config.embedding_dim)
    return BuiltModel(
        role=ROLE,
        layers=tuple(layer(kind, *read, **asked) for kind, asked in layers_of(config)),
        optimizer=BuiltOptimizer(kind=kind, settings=settings),
        loss=LOSS,
        parameters=700_123,
    )


def generator(config: GanConfig) -> BuiltModel:
    layers = generator_layers(config.architecture, config.latent_dim, config.leaky_slope)
    return gan_network(config, GENERATOR, layers, config.generator_learning_rate)


def discriminator(config: GanConfig) -> BuiltModel:
    layers = discriminator_layers(
        config.architecture, config.leaky_slope, config.discriminator_dropout, config.spectral_norm
    )
    return gan_network(config, DISCRIMINATOR, layers, config.discriminator_learning_rate)


def gan_network(
    config: GanConfig, role: str, layers: tuple[BuiltLayer, ...], learning_rate: float
) -> BuiltModel:
    return BuiltModel(
        role=role,
        layers=layers,
        optimizer=adam(
            learning_rate=learning_rate,
            beta_1=config.beta_1,
            beta_2=config.beta_2,
            epsilon=1e-7,
            amsgrad=False,
            use_ema=False,
        ),
        loss=config.loss,
        parameters=sum(each.parameters for each in layers),
    )


def member(config: JudgeConfig, place: int, classes: int = CLASSES) -> BuiltModel:
    """One of the networks of the judge: all classes and what is none of them."""
    return BuiltModel(
        role=f"member_{place}",
        layers=(layer("Conv2D", 26, 26, 8), layer("Dense", classes + 1, activation="softmax")),
        optimizer=adam(**{"learning_rate.initial_learning_rate": config.learning_rate}),
        loss="sparse_categorical_crossentropy",
        parameters=5,
    )


def probe_network(config: ProbeConfig, role: str) -> BuiltModel:
    cell: dict[str, Setting] = {"units": config.units, "dropout": 0.0, "recurrent_dropout": 0.0}
    both: dict[str, Setting] = {f"layer.{name}": value for name, value in cell.items()}
    read = (
        (layer("LSTM", config.units, **cell),)
        if role == CELL
        else (
            layer("Bidirectional", None, 2 * config.units, layer="LSTM", **both),
            layer("GlobalMaxPooling1D", 2 * config.units),
        )
    )
    return BuiltModel(
        role=role,
        layers=(
            layer("Embedding", config.sequence_length, config.embedding_dim, output_dim=config.embedding_dim),
            *read,
            layer("Dense", 1, activation="sigmoid"),
        ),
        optimizer=adam(learning_rate=config.learning_rate),
        loss=LOSS,
        parameters=30_000,
    )
