"""A Keras network as it was built, read from ``get_config()``."""

from collections.abc import Iterator, Mapping
from math import isfinite
from typing import Any

import keras
import numpy as np

from experiments.records.built import BuiltLayer, BuiltModel, BuiltOptimizer, Setting

# What tells nothing of what a layer does: names and types, and how weights begin.
_LEFT_OUT = ("name", "dtype", "trainable", "seed", "build_config", "module", "registered_name")


def describe(model: keras.Model, role: str, optimizer: keras.optimizers.Optimizer, loss: str) -> BuiltModel:
    """``model`` layer by layer, inputs left out, with the optimiser that trains it and the name of
    its loss. Before training: the optimiser's settings are those of the moment."""
    layers = tuple(
        BuiltLayer(
            kind=type(layer).__name__,
            shape=tuple(layer.output.shape[1:]),
            parameters=layer.count_params(),
            settings=dict(_settings(layer.get_config())),
        )
        for layer in model.layers
        if not isinstance(layer, keras.layers.InputLayer)
    )
    return BuiltModel(
        role=role,
        layers=layers,
        optimizer=BuiltOptimizer(
            kind=type(optimizer).__name__, settings=dict(_settings(optimizer.get_config()))
        ),
        loss=loss,
        parameters=model.count_params(),
    )


def _settings(config: Mapping[str, Any], prefix: str = "") -> Iterator[tuple[str, Setting]]:
    """The scalars of ``config``; those of an object inside it after its name and a point, and its
    class under its name."""
    for name, value in config.items():
        if name in _LEFT_OUT or name.endswith("_initializer"):
            continue
        path = f"{prefix}{name}"
        if isinstance(value, Mapping):
            if "class_name" in value:
                yield path, value["class_name"]
                yield from _settings(value.get("config") or {}, f"{path}.")
        elif isinstance(value, float | np.floating):
            yield path, as_written(float(value))
        elif value is None or isinstance(value, bool | int | str):
            yield path, value
        elif isinstance(value, list | tuple):
            yield path, "×".join(str(part) for part in value)


def as_written(value: float) -> float | str:
    """The shortest decimal that Keras may have kept as ``value``, in float32 or in float64; what is
    not finite, as a word."""
    if not isfinite(value):
        return str(value)
    with np.errstate(over="ignore"):
        single = np.float32(value)
    return float(str(single)) if float(single) == value else value
