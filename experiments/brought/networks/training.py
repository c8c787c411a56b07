"""With what a network was trained, where its file says so."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from experiments.brought.networks.classes import foreign, renewed
from experiments.records.built import BuiltOptimizer
from experiments.validation import shown

Told = tuple[str, ...]


def read_optimizer(path: Path, training: Mapping[str, Any]) -> tuple[Any, Told]:
    """Keras' optimiser; None, and a notice, where it is another; None alone where there is none."""
    import keras  # here, so that nothing else waits for TensorFlow

    config = training.get("optimizer")
    if not config:
        return None, ()
    try:
        known = isinstance(config, dict) and not list(foreign(config))
        optimizer = keras.optimizers.get(renewed(config)) if known else None
    except Exception:  # whatever a configuration that was not written by Keras makes of it
        optimizer = None
    if isinstance(optimizer, keras.optimizers.Optimizer):
        return optimizer, ()
    return None, (f"{path.name}: no se conoce el optimizador «{_name(config)}», que no es de Keras 3.",)


def read_loss(path: Path, training: Mapping[str, Any]) -> tuple[str | None, Told]:
    """Name of Keras' function; None, and a notice, where it is another; None alone where there is none."""
    import keras  # as above

    config = training.get("loss")
    if not config:
        return None, ()
    if isinstance(config, list | dict) and "class_name" not in config:
        return None, (f"{path.name}: hay varias pérdidas, una por salida, que no se describen.",)
    try:
        loss = None if list(foreign(config)) else keras.losses.get(config)
    except Exception:  # as above
        loss = None
    name = getattr(getattr(loss, "fn", loss), "__name__", None)
    if isinstance(name, str):
        return name, ()
    return None, (f"{path.name}: no se conoce la pérdida «{_name(config)}», que no es de Keras.",)


def rate_notice(path: Path, optimizer: BuiltOptimizer) -> Told:
    """A rate that is lowered while the network learns is saved as low as it was at the end."""
    rate = optimizer.settings.get("learning_rate")
    if not isinstance(rate, float):
        return ()
    return (
        f"{path.name}: la tasa de aprendizaje, {rate:g}, es la que había al guardar el modelo; si bajó "
        "durante el entrenamiento, no es la inicial.",
    )


def _name(config: Any) -> str:
    if isinstance(config, dict):
        name = config.get("class_name")
        return shown(config.get("config") if name == "function" else name)
    return shown(config)
