"""All figures together: found by the folder in which they lie."""

import importlib
import pkgutil
from collections.abc import Iterator
from pathlib import PurePath
from types import ModuleType

from report.figures import gan, lstm, study


def _figures() -> Iterator[tuple[str, ModuleType]]:
    """Every file of a wing has a ``FILE``, a ``Labels``, ``prepare`` and ``draw``."""
    for wing in (study, lstm, gan):
        for found in pkgutil.iter_modules(wing.__path__):
            module = importlib.import_module(f"{wing.__name__}.{found.name}")
            yield PurePath(module.FILE).stem, module


FIGURES: dict[str, ModuleType] = dict(_figures())
