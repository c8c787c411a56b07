"""Only what Keras itself has is built of a configuration: no other code, no file, no network."""

from collections.abc import Callable, Iterator, Sequence
from functools import cache
from inspect import isclass, isfunction
from pathlib import Path
from types import ModuleType
from typing import Any

from experiments.brought.refusals import refusal
from experiments.validation import shown

COMPILED = "compile_config"  # how a model was to be trained, also that of one within another

# What brings code or files of others along.
OUTSIDE = ("Lambda", "TFSMLayer", "JaxLayer", "FlaxLayer", "TorchModuleWrapper")
# How a configuration writes what is no object; functions in the form of code are not among them.
_VALUES = (
    *("__keras_tensor__", "__tensor__", "__numpy__", "__bytes__", "__ellipsis__", "__slice__", "__tuple__"),
)
# Words that a layer has learned, or the file that has them: they make no difference to what it is.
_LEARNED = ("vocabulary", "idf_weights")
# Where Keras 3 has the classes of models; Keras 2 writes other places, or none.
_MODELS = {"Sequential": "keras", "Model": "keras", "Functional": "keras.src.models.functional"}
# What Keras 2 writes and Keras 3 does not take, where it says nothing.
_GONE = {"time_major": (False,), "is_legacy_optimizer": (False,), "jit_compile": (False, True)}

_OPERATIONS = "keras.src.ops."  # of tensors, between layers


def cleaned(path: Path, config: dict[str, Any]) -> dict[str, Any]:
    """``config`` as Keras 3 takes it, once it is known to ask for nothing but what Keras has.

    Raises:
        BroughtError: it asks for more.
    """
    expected = "un modelo hecho de capas de Keras"
    for name, what in foreign(config):
        if not what:
            found = f"una «{shown(name)}», cuyo código no se ejecuta"
            raise refusal(path, expected, found, "sustitúyala por capas de Keras")
        found = f"{what} «{shown(name)}», de código propio que no está en el fichero"
        whole = name == config["class_name"]
        remedy = "guarde por separado las redes que lo forman" if whole else "importe lo demás sin el modelo"
        raise refusal(path, expected, found, remedy)
    content: dict[str, Any] = renewed(config)
    return content


def foreign(node: Any) -> Iterator[tuple[str, str]]:
    """Names of what Keras does not have, or has of others, and what it is, in Spanish."""
    if isinstance(node, list):
        for each in node:
            yield from foreign(each)
    if not isinstance(node, dict):
        return
    name, module = node.get("class_name"), node.get("module", "keras")
    if isinstance(name, str) and name not in _VALUES:
        ours = isinstance(module, str) and (module == "builtins" or f"{module}.".startswith("keras."))
        if name in OUTSIDE or name.startswith("__"):
            yield name, ""
        elif name == "function":
            if not (ours and str(node.get("config")) in _public()[1]):
                yield str(node.get("config")), "la función"
        elif not ours or not _is_known(name, str(module)):
            yield name, "la clase"
    for key, each in node.items():
        if key != COMPILED:
            yield from foreign(each)


def _is_known(name: str, module: str) -> bool:
    return name in _MODELS or name in _public()[0] or module.startswith(_OPERATIONS)


@cache
def _public() -> tuple[frozenset[str], frozenset[str]]:
    """The names of Keras' classes and functions of which a model can be made."""
    import keras  # here, so that nothing else waits for TensorFlow

    layers = (keras.layers, keras.initializers, keras.regularizers, keras.constraints, keras.random)
    training = (keras.optimizers, keras.optimizers.schedules, keras.losses)
    return (
        frozenset(_members((*layers, keras.dtype_policies, *training), isclass)),
        frozenset(_members((keras.activations, keras.losses), isfunction)),
    )


def _members(modules: Sequence[ModuleType], is_meant: Callable[[object], bool]) -> Iterator[str]:
    for module in modules:
        yield from (name for name in dir(module) if is_meant(getattr(module, name)))


def renewed(node: Any) -> Any:
    """As Keras 3 takes it, without training and without what has been learned."""
    if isinstance(node, list):
        return [renewed(each) for each in node]
    if not isinstance(node, dict):
        return node
    found = {
        key: None if key in _LEARNED else renewed(value)
        for key, value in node.items()
        if key != COMPILED and not (key in _GONE and value in _GONE[key])
    }
    if node.get("class_name") in _MODELS:
        found["module"] = _MODELS[str(node["class_name"])]
    return found
