"""A network of Keras as it was built, read from its architecture alone."""

import os
import warnings
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from experiments import runtime
from experiments.brought.networks.classes import COMPILED, cleaned
from experiments.brought.networks.files import SAVE_KERAS, read_config
from experiments.brought.networks.training import rate_notice, read_loss, read_optimizer
from experiments.brought.refusals import refusal
from experiments.errors import BroughtError
from experiments.quiet import quiet
from experiments.records.built import BuiltLayer, BuiltModel, BuiltOptimizer
from experiments.validation import shown

MAX_SETTING = 200  # letters

# By which an embedding, or a layer that masks, tells padding from words: a part of it.
_MASKING = ("NotEqual", "Any")


@dataclass(frozen=True)
class BroughtNetwork:
    """``optimizer`` and ``loss``, the name of a function, where the file has them; ``notices``: what the
    author should know, in Spanish."""

    layers: tuple[BuiltLayer, ...]
    parameters: int
    optimizer: BuiltOptimizer | None
    loss: str | None
    notices: tuple[str, ...]


def read_network(path: Path) -> BroughtNetwork:
    """What ``model.to_json()`` or ``model.save("….keras")`` left. Models within the model are told layer by
    layer. No weight is read or made, and no code but that of Keras runs.

    Raises:
        BroughtError: another format; a model that has no shapes yet; layers that are not of Keras, or that
            cannot be told.
    """
    config = read_config(path)
    os.environ.update(runtime.ENVIRONMENT)  # before TensorFlow is imported
    # In a thread of its own, because Keras keeps by thread what it knows of variables without values, and
    # would give them values at the next chance.
    with quiet(), warnings.catch_warnings(), ThreadPoolExecutor(1) as thread:
        warnings.simplefilter("ignore")  # they are for who writes the model
        return thread.submit(_described, path, config).result()


def _described(path: Path, config: dict[str, Any]) -> BroughtNetwork:
    compiled = config.get(COMPILED)
    training = compiled if isinstance(compiled, dict) else {}
    model = _built(path, config)
    layers, notices = _flat(path, model)
    optimizer, said = read_optimizer(path, training)
    loss, told = read_loss(path, training)
    built = _told(path, _Flat(layers, model.count_params()), optimizer, loss)
    short, cut = _shortened(path, built.layers)
    late = rate_notice(path, built.optimizer) if optimizer else ()
    return BroughtNetwork(
        layers=short,
        parameters=built.parameters,
        optimizer=built.optimizer if optimizer else None,
        loss=loss,
        notices=(*notices, *said, *told, *late, *cut),
    )


@dataclass(frozen=True)
class _Flat:
    """What ``describe`` asks of a model, whose ``layers`` may stand in models within it."""

    layers: tuple[Any, ...]
    parameters: int

    def count_params(self) -> int:
        return self.parameters


def _built(path: Path, config: dict[str, Any]) -> Any:
    import keras  # here, so that nothing else waits for TensorFlow

    try:
        architecture = cleaned(path, config)
        with keras.StatelessScope(initialize_variables=False):  # shapes alone: a value takes memory
            model = keras.saving.deserialize_keras_object(architecture, safe_mode=True)
    except BroughtError:
        raise
    except Exception as error:  # whatever a configuration that was not written by Keras makes of it
        found = f"uno que no construye («{shown(error)}»)"
        raise refusal(path, "un modelo que Keras 3 sepa construir", found, SAVE_KERAS) from error
    if not isinstance(model, keras.Model):
        found = f"«{shown(type(model).__name__)}»"
        raise refusal(path, "un modelo (Sequential o Functional)", found, SAVE_KERAS)
    return model


def _told(path: Path, flat: _Flat, optimizer: Any, loss: str | None) -> BuiltModel:
    """With some optimiser and loss where none are known, without which nothing is described."""
    import keras

    from experiments.describe import describe

    try:
        return describe(flat, "", optimizer or keras.optimizers.SGD(), loss or "")
    except Exception as error:  # what only Keras knows how to build, and nobody how to tell
        found = f"uno que no se sabe describir («{shown(error)}»)"
        raise refusal(path, "un modelo de capas corrientes", found, SAVE_KERAS) from error


def _flat(path: Path, model: Any) -> tuple[tuple[Any, ...], tuple[str, ...]]:
    """The layers of ``model`` and of the models within it, in their order, and notices.

    Raises:
        BroughtError: one has no shape yet, or more than one.
    """
    import keras

    layers: list[Any] = []
    notices: list[str] = []
    between = [each for each in getattr(model, "operations", ()) if not isinstance(each, keras.Layer)]
    operations = [
        name for name in dict.fromkeys(type(each).__name__ for each in between) if name not in _MASKING
    ]
    if operations:
        names = shown(", ".join(operations))
        notices.append(f"{path.name}: no se describen las operaciones entre capas ({names}).")
    for layer in model.layers:
        if isinstance(layer, keras.Model):
            inner, said = _flat(path, layer)
            layers += inner
            notices += [f"{path.name}: el modelo «{shown(layer.name)}» se describe capa a capa.", *said]
        else:
            _expect_one_shape(path, layer)
            layers.append(layer)
    if not layers:
        raise refusal(path, "un modelo con capas", "uno sin ninguna", SAVE_KERAS)
    return tuple(layers), tuple(notices)


def _expect_one_shape(path: Path, layer: Any) -> None:
    try:
        output = layer.output
    except (AttributeError, ValueError) as error:
        remedy = "empiécelo con keras.Input(…), o llámelo una vez antes de guardarlo"
        found = f"uno cuya capa «{shown(layer.name)}» aún no las tiene"
        raise refusal(path, "un modelo con formas, ya construido", found, remedy) from error
    if not isinstance(getattr(output, "shape", None), tuple):
        found = f"varias de «{shown(layer.name)}» ({type(layer).__name__})"
        raise refusal(path, "una sola salida por capa", found, "importe lo demás sin el modelo")


def _shortened(path: Path, layers: tuple[BuiltLayer, ...]) -> tuple[tuple[BuiltLayer, ...], tuple[str, ...]]:
    """Without settings that are a whole model in letters, and a notice of each."""
    short, notices = [], []
    for layer in layers:
        long = [
            n for n, value in layer.settings.items() if isinstance(value, str) and len(value) > MAX_SETTING
        ]
        settings = {name: value for name, value in layer.settings.items() if name not in long}
        short.append(layer.model_copy(update={"settings": settings}))
        notices += [
            f"{path.name}: no se guarda el ajuste «{shown(n)}» de {layer.kind}, muy largo." for n in long
        ]
    return tuple(short), tuple(notices)
