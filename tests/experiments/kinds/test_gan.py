"""The settings of the GAN, and a record whose networks are not those of its settings."""

import datetime
import os
from collections.abc import Callable
from functools import cache
from typing import Any

import numpy as np
import pytest
from pydantic import ValidationError

from experiments import runtime

os.environ.update(runtime.ENVIRONMENT)  # before TensorFlow is imported

import keras

from experiments.describe import describe
from experiments.images.gan_mnist import Gan
from experiments.kinds.gan import KIND, GanConfig, GanRecord, contradictions, idle
from experiments.records.base import DataInfo, Environment
from experiments.records.built import BuiltLayer, BuiltModel

CONFIGS = {
    "convolutional": GanConfig(),
    "dense": GanConfig(architecture="dense"),
    "convolutional, normed": GanConfig(spectral_norm=True, loss="hinge"),
    "dense, all other": GanConfig(
        architecture="dense",
        loss="wasserstein_gp",
        spectral_norm=True,
        latent_dim=7,
        generator_learning_rate=1.23456789e-4,
        discriminator_learning_rate=3e-3,
        beta_1=0.123456789,
        beta_2=0.9,
        leaky_slope=0.123456789,
        discriminator_dropout=0.0,
        ema=None,
    ),
}

# What ``get_config`` tells and has no effect on these networks.
IDLE_SETTINGS = {
    "quantization_config",
    "renorm_clipping",
    "renorm_momentum",
    "ema_momentum",
    "ema_overwrite_frequency",
}


@cache
def networks(name: str) -> tuple[GanConfig, BuiltModel, BuiltModel]:
    config = CONFIGS[name]
    gan = Gan(config, seed=1)
    return (
        config,
        describe(gan.generator, "generator", gan.generator_optimizer, config.loss),
        describe(gan.discriminator, "discriminator", gan.discriminator_optimizer, config.loss),
    )


def record(config: GanConfig, generator: BuiltModel, discriminator: BuiltModel) -> GanRecord:
    return GanRecord(
        config=config,
        generator=generator,
        discriminator=discriminator,
        seed=1,
        profile="test",
        data=DataInfo(name="sample_digits", digest="0" * 64, n_train=200, n_test=10),
        environment=Environment(
            python="3.11",
            platform="Linux",
            processor="x86",
            cores=1,
            threads=1,
            device="cpu",
            gpu=None,
            libraries={},
            commit=None,
            dirty=False,
        ),
        code_digest="0" * 64,
        finished_on=datetime.date(2026, 1, 1),
        duration_s=1,
        processor_s=1,
        arrays_digest="0" * 64,
        n_train=200,
        sampled_steps=(0,),
    )


@pytest.mark.parametrize("name", CONFIGS)
def test_what_is_built_is_what_is_configured(name: str) -> None:
    config, generator, discriminator = networks(name)
    assert contradictions(config, generator, discriminator) == []
    assert record(config, generator, discriminator).generator == generator
    again = GanRecord.model_validate_json(record(config, generator, discriminator).model_dump_json())
    assert again == record(config, generator, discriminator)


CHANGES: dict[str, Any] = {
    "architecture": "dense",
    "loss": "hinge",
    "spectral_norm": True,
    "generator_learning_rate": 2.1e-4,
    "discriminator_learning_rate": 1e-4,
    "beta_1": 0.9,
    "beta_2": 0.99,
    "leaky_slope": 0.1,
    "discriminator_dropout": 0.2,
    "latent_dim": 101,
}


@pytest.mark.parametrize("setting", CHANGES)
def test_other_settings_than_those_of_the_networks_are_refused(setting: str) -> None:
    config, generator, discriminator = networks("convolutional")
    other = config.model_copy(update={setting: CHANGES[setting]})
    assert contradictions(other, generator, discriminator)
    with pytest.raises(ValidationError, match="la red construida no es la de la configuración"):
        record(other, generator, discriminator)


def test_every_setting_either_shows_in_the_networks_or_cannot() -> None:
    unseen = {
        *("gradient_penalty", "critic_steps", "ema", "batch_size", "iterations"),
        *("sample_every", "grid_size", "samples_kept", "weights_every"),
    }
    assert unseen.isdisjoint(CHANGES)
    assert unseen | CHANGES.keys() == GanConfig.model_fields.keys()


def other_value(value: object) -> object:
    match value:
        case bool():
            return not value
        case int() | float():
            return value + 0.01 if isinstance(value, float) else value + 1
        case str():
            return f"{value}_"
        case _:
            return "L2"


def changed(layer: BuiltLayer) -> list[tuple[str, BuiltLayer]]:
    """``layer`` with each one thing that it tells changed, and its name."""
    described = [
        ("kind", layer.model_copy(update={"kind": f"{layer.kind}_"})),
        ("shape", layer.model_copy(update={"shape": (*layer.shape[:-1], 3)})),
        ("parameters", layer.model_copy(update={"parameters": layer.parameters + 1})),
    ]
    settings = [
        (name, layer.model_copy(update={"settings": layer.settings | {name: other_value(value)}}))
        for name, value in layer.settings.items()
        if name.removeprefix("layer.") not in IDLE_SETTINGS
    ]
    return described + settings


@pytest.mark.parametrize("role", ["generator", "discriminator"])
@pytest.mark.parametrize("name", CONFIGS)
def test_no_layer_can_be_another_in_anything(name: str, role: str) -> None:
    config, *models = networks(name)
    model = next(model for model in models if model.role == role)
    found = 0
    for place, layer in enumerate(model.layers):
        for thing, other in changed(layer):
            layers = (*model.layers[:place], other, *model.layers[place + 1 :])
            built = {each.role: each for each in models} | {role: model.model_copy(update={"layers": layers})}
            complaints = contradictions(config, built["generator"], built["discriminator"])
            assert len(complaints) == 1, (place, thing, complaints)
            assert complaints[0].startswith(f"{role}, ")
            found += 1
    assert found > 50


@pytest.mark.parametrize("role", ["generator", "discriminator"])
@pytest.mark.parametrize(
    "alter",
    [
        lambda layers: layers[:-1],
        lambda layers: layers[1:],
        lambda layers: (*layers, layers[-1]),
        lambda layers: (layers[1], layers[0], *layers[2:]),
        lambda layers: (),
    ],
    ids=["no last", "no first", "twice", "exchanged", "none"],
)
def test_no_layer_is_missing_added_or_elsewhere(role: str, alter: Callable[[tuple], tuple]) -> None:
    config, *models = networks("dense")
    built = {model.role: model for model in models}
    built[role] = built[role].model_copy(update={"layers": alter(built[role].layers)})
    (complaint,) = contradictions(config, built["generator"], built["discriminator"])
    assert complaint.startswith(f"{role}, se esperaban las capas ")
    assert complaint.endswith("ninguna") == (built[role].layers == ())


@pytest.mark.parametrize("role", ["generator", "discriminator"])
def test_no_optimiser_can_be_another_in_anything(role: str) -> None:
    config, *models = networks("convolutional")
    built = {model.role: model for model in models}
    model = built[role]
    names = [name for name in model.optimizer.settings if name not in IDLE_SETTINGS]
    assert {"learning_rate", "beta_1", "beta_2", "epsilon", "clipnorm", "weight_decay"} <= set(names)
    others = [
        model.optimizer.model_copy(update={"settings": model.optimizer.settings | {name: other_value(value)}})
        for name, value in model.optimizer.settings.items()
        if name in names
    ]
    for optimizer in (*others, model.optimizer.model_copy(update={"kind": "RMSprop"})):
        altered = built | {role: model.model_copy(update={"optimizer": optimizer})}
        complaints = contradictions(config, altered["generator"], altered["discriminator"])
        assert len(complaints) == 1, (optimizer, complaints)
        assert complaints[0].startswith(f"{role}, ")


@pytest.mark.parametrize("change", [{"role": "critic"}, {"loss": "mean_squared_error"}, {"parameters": 1}])
def test_role_loss_and_size_are_compared(change: dict) -> None:
    config, generator, discriminator = networks("dense")
    assert len(contradictions(config, generator.model_copy(update=change), discriminator)) == 1
    assert len(contradictions(config, generator, discriminator.model_copy(update=change))) == 1


def test_the_two_networks_cannot_be_exchanged() -> None:
    config, generator, discriminator = networks("dense")
    with pytest.raises(ValidationError, match="generator, role: se esperaba generator"):
        record(config, discriminator, generator)


def test_a_kernel_without_its_normalisation_is_refused() -> None:
    config, generator, discriminator = networks("convolutional, normed")
    plain = networks("convolutional")[2].layers[-1]
    layers = (*discriminator.layers[:-1], plain)
    complaints = contradictions(config, generator, discriminator.model_copy(update={"layers": layers}))
    assert len(complaints) == 1
    assert complaints[0].startswith("discriminator, se esperaban las capas SpectralNormalization, ")


def test_networks_that_somebody_altered_in_keras_are_refused() -> None:
    """Not in what is told of them, but in what was built."""
    config, generator, _ = networks("dense")
    gan = Gan(config, seed=1)
    layers = keras.layers
    wider = keras.Sequential(
        [keras.Input((28, 28, 1)), layers.Flatten()]
        + [
            layer
            for n in (513, 256)
            for layer in (layers.Dense(n), layers.LeakyReLU(0.2), layers.Dropout(0.3))
        ]
        + [layers.Dense(1)]
    )
    described = describe(wider, "discriminator", keras.optimizers.Adam(2e-4, beta_1=0.5), config.loss)
    text = "; ".join(contradictions(config, generator, described))
    assert "discriminator, capa 2 (Dense), units: se esperaba 512, se encontró 513" in text
    other = describe(gan.discriminator, "discriminator", keras.optimizers.SGD(2e-4), config.loss)
    assert "discriminator, optimizer: se esperaba Adam, se encontró SGD" in "; ".join(
        contradictions(config, generator, other)
    )


# --- settings ----------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["sample_every", "weights_every"])
def test_steps_divide_the_iterations(name: str) -> None:
    with pytest.raises(ValidationError, match=rf"iterations ha de ser múltiplo de {name} \(7\)"):
        GanConfig.model_validate({name: 7})


@pytest.mark.parametrize(
    "settings",
    [
        *({name: 1.0} for name in ("beta_1", "beta_2", "discriminator_dropout", "ema")),
        *({name: 0} for name in ("ema", "critic_steps", "gradient_penalty", "generator_learning_rate")),
        {"loss": "wasserstein"},
        {"learning_rate": 1e-4},
    ],
)
def test_settings_that_cannot_train_are_refused(settings: dict) -> None:
    with pytest.raises(ValidationError):
        GanConfig.model_validate(settings)


def test_the_penalty_counts_only_where_there_is_one() -> None:
    assert idle(GanConfig()) == idle(GanConfig(loss="hinge")) == {"gradient_penalty"}
    assert idle(GanConfig(loss="wasserstein_gp")) == frozenset()


def test_what_is_tolerated_is_measured_on_the_last_third() -> None:
    arrays = {
        **{name: np.array([9, 9, 9, 9, 1, 2], np.float32) for name in KIND.arrays[:6]},
        "samples": np.stack([np.full((2, 28, 28), ink, np.uint8) for ink in (255, 51)]),
    }
    config, generator, discriminator = networks("dense")
    run = record(config, generator, discriminator)
    found = [tolerance.quantity(run, arrays) for tolerance in KIND.tolerances]
    assert found == pytest.approx([1.5, 1.5, 1.5, 1.5, 0.2])


def test_a_run_goes_on_from_a_shorter_one_and_leaves_what_that_takes() -> None:
    assert KIND.continues == ("iterations",)
    assert KIND.keeps == ("weights/*.h5", "state.npz")
