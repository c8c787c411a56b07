"""What is written of a network, beside what Keras was asked to build."""

import json
import os

import numpy as np
import pytest

from experiments import runtime

os.environ.update(runtime.ENVIRONMENT)  # before TensorFlow is imported

import keras

from experiments.describe import as_written, describe


def small() -> keras.Model:
    return keras.Sequential(
        [
            keras.Input((5,), dtype="int32"),
            keras.layers.Embedding(7, 3),
            keras.layers.Bidirectional(
                keras.layers.GRU(2, dropout=0.25, kernel_regularizer=keras.regularizers.L2(1e-4))
            ),
            keras.layers.Dense(1, activation="sigmoid"),
        ]
    )


def test_layers_shapes_and_parameters_by_hand() -> None:
    built = describe(small(), "reader", keras.optimizers.Adam(), "binary_crossentropy")
    assert (built.role, built.loss) == ("reader", "binary_crossentropy")
    assert [(layer.kind, layer.shape, layer.parameters) for layer in built.layers] == [
        ("Embedding", (5, 3), 7 * 3),
        # two directions, three gates of 2 units on 3 inputs, 2 states and two biases
        ("Bidirectional", (4,), 2 * 3 * 2 * (3 + 2 + 2)),
        ("Dense", (1,), 4 + 1),
    ]
    assert built.parameters == 21 + 84 + 5


def test_settings_of_what_is_inside_stand_after_its_name() -> None:
    layer = describe(small(), "reader", keras.optimizers.Adam(), "mse").layers[1]
    expected = {
        "merge_mode": "concat",
        "layer": "GRU",
        "layer.units": 2,
        "layer.dropout": 0.25,
        "layer.kernel_regularizer": "L2",
        "layer.kernel_regularizer.l2": 1e-4,
        "layer.recurrent_regularizer": None,
        "backward_layer.go_backwards": True,
    }
    assert {name: layer.settings[name] for name in expected} == expected
    assert not [name for name in layer.settings if "initializer" in name or "dtype" in name]


@pytest.mark.parametrize("rate", [2e-4, 1e-3, 3.14e-5, 0.1])
def test_a_learning_rate_is_written_as_it_was_given(rate: float) -> None:
    optimizer = keras.optimizers.SGD(rate, momentum=0.9, clipnorm=None)
    assert float(optimizer.learning_rate) != rate  # Keras has it in float32
    settings = describe(small(), "reader", optimizer, "mse").optimizer.settings
    assert (settings["learning_rate"], settings["momentum"], settings["clipnorm"]) == (rate, 0.9, None)


def test_a_schedule_stands_with_its_settings() -> None:
    optimizer = keras.optimizers.AdamW(keras.optimizers.schedules.CosineDecay(2e-4, 120))
    built = describe(small(), "reader", optimizer, "mse").optimizer
    assert built.kind == "AdamW"
    assert built.settings["learning_rate"] == "CosineDecay"
    assert built.settings["learning_rate.initial_learning_rate"] == 2e-4
    assert built.settings["learning_rate.decay_steps"] == 120


@pytest.mark.parametrize(
    ("kept", "written"),
    [
        (float(np.float32(0.1)), 0.1),
        (0.1, 0.1),
        (1 / 3, 1 / 3),
        (0.000123456789, 0.000123456789),
        (0.5, 0.5),
        (1e300, 1e300),
        (0.0, 0.0),
        (float("inf"), "inf"),
        (float("nan"), "nan"),
    ],
)
def test_a_number_is_the_shortest_that_keras_may_have_kept(kept: float, written: float | str) -> None:
    assert as_written(kept) == written


def test_whatever_a_layer_holds_is_finite_and_can_be_stored() -> None:
    model = keras.Sequential(
        [keras.Input((2,)), keras.layers.Rescaling(np.float32(0.2)), keras.layers.UnitNormalization()]
    )
    model.layers[0].offset = float("-inf")
    built = describe(model, "reader", keras.optimizers.SGD(), "mse")
    assert built.layers[0].settings["scale"] == 0.2
    assert built.layers[0].settings["offset"] == "-inf"
    again = json.loads(json.dumps(built.model_dump(mode="json"), allow_nan=False))
    assert type(built).model_validate(again) == built
