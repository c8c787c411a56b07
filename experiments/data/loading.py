"""Reading data that somebody else saved."""

from importlib import import_module
from typing import Any

from experiments.brought.npz import BROKEN
from experiments.data.sets import DataError
from experiments.data.source import OwnImages, Source
from experiments.records.base import Strict
from experiments.validation import shown


def load(module: str, source: Source, config: Strict) -> Any:
    """What ``module`` reads of ``source``.

    Raises:
        DataError: they are not what they should be; or so damaged that what reads them stumbles.
    """
    try:
        return import_module(module).load(source, config)
    except BROKEN as error:
        raise DataError(
            f"{_place(source)}: se esperaban datos legibles, se encontró «{shown(error)}»; vuelva a "
            "guardarlos o a descargarlos."
        ) from error


def _place(source: Source) -> object:
    if source.own is None:
        return source.official or "La muestra integrada"
    return source.own.npz if isinstance(source.own, OwnImages) else source.own.path
