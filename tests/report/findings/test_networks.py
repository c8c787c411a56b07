"""A network as it was built, in codes and numbers."""

import pytest
from studies import gan_run

from experiments.records.built import BuiltLayer, BuiltModel, BuiltOptimizer
from report.findings.networks import Activation, Layer, Loss, Optimizer, Setting, network_of, shape_text

RUN = gan_run()


def layer(kind, shape=(4,), parameters=0, **settings):
    return BuiltLayer(kind=kind, shape=shape, parameters=parameters, settings=settings)


def network(*layers, optimizer="Adam", loss="binary_crossentropy", **settings):
    model = BuiltModel(
        role="x",
        layers=layers,
        optimizer=BuiltOptimizer(kind=optimizer, settings=settings),
        loss=loss,
        parameters=sum(each.parameters for each in layers),
    )
    return network_of(RUN, "model", model)


def decided(built):
    return [{each.name: each.value for each in row.decides} for row in built.layers]


def test_a_layer_has_its_shape_its_parameters_and_what_decides():
    built = network(layer("Dense", (14, 14, 64), 65, units=64, activation="relu", use_bias=True))
    (row,) = built.layers
    assert (row.layer, row.parameters.value) == (Layer.DENSE, 65)
    assert row.shape.value == "14\u00a0×\u00a014\u00a0×\u00a064"
    assert row.shape.origin == "gan/seed-1:model.layers[0].shape"
    (settings,) = decided(built)
    assert settings[Setting.UNITS].value == 64
    assert settings[Setting.UNITS].origin == "gan/seed-1:model.layers[0].settings.units"
    assert settings[Setting.ACTIVATION] is Activation.RELU
    assert len(settings) == 2


def test_what_decides_nothing_is_left_out():
    cell = {"units": 8, "dropout": 0.0, "recurrent_dropout": 0.3, "kernel_regularizer": None}
    built = network(layer("LSTM", **cell), layer("Dense", units=1, activation="linear"), layer("Add"))
    names = [set(settings) for settings in decided(built)]
    assert names == [{Setting.UNITS, Setting.RECURRENT_DROPOUT}, {Setting.UNITS}, set()]
    assert [row[3] is None for row in built.rows] == [False, False, True]


def test_a_wrapped_layer_is_told_by_what_it_wraps():
    both = layer("Bidirectional", **{"layer": "GRU", "layer.units": 8, "layer.dropout": 0.5})
    normed = layer("SpectralNormalization", **{"layer": "Conv2D", "layer.filters": 3, "layer.strides": "2×2"})
    built = network(both, normed)
    assert [row.layer for row in built.layers] == [Layer.BIDIRECTIONAL_GRU, Layer.NORMED_CONVOLUTION]
    assert [[each.value.value for each in row.decides] for row in built.layers] == [[8, 0.5], [3, "2×2"]]


def test_any_length_is_told_as_such():
    assert shape_text((None, 128)) == "n\u00a0×\u00a0128"


@pytest.mark.parametrize(
    ("kind", "settings", "told"),
    [
        ("Adam", {"learning_rate": 0.1, "beta_1": 0.9, "rho": 0.5, "weight_decay": None},
         {Setting.LEARNING_RATE: 0.1, Setting.FIRST_MOMENT: 0.9}),
        ("SGD", {"learning_rate": "CosineDecay", "learning_rate.initial_learning_rate": 0.2, "momentum": 0.9},
         {Setting.FIRST_LEARNING_RATE: 0.2, Setting.MOMENTUM: 0.9}),
        ("RMSprop", {"learning_rate": 0.1, "rho": 0.9, "momentum": 0.0, "clipnorm": 1.0},
         {Setting.LEARNING_RATE: 0.1, Setting.SQUARES: 0.9, Setting.LARGEST_NORM: 1.0}),
    ],
)  # fmt: skip
def test_an_optimiser_has_its_own_settings(kind, settings, told):
    built = network(optimizer=kind, **settings)
    assert built.optimizer is Optimizer[kind.upper()]
    assert {each.name: each.value.value for each in built.settings} == told


@pytest.mark.parametrize(
    "unknown", [{"optimizer": "Lion"}, {"loss": "mse"}, {"layers": [layer("SimpleRNN")]}]
)
def test_what_no_document_can_name_is_refused(unknown):
    layers = unknown.pop("layers", ())
    with pytest.raises(KeyError):
        network(*layers, **unknown)


def test_losses_go_by_the_names_of_the_records():
    assert network(loss="wasserstein_gp").loss is Loss.WASSERSTEIN_GP
