"""All kinds: the files of this folder."""

import pkgutil
from importlib import import_module
from pathlib import Path

from experiments.kinds.base import Kind


def _find() -> dict[str, Kind]:
    modules = (
        import_module(f"experiments.kinds.{module.name}")
        for module in pkgutil.iter_modules([str(Path(__file__).parent)])
        if module.name != Path(__file__).stem
    )
    kinds = (module.KIND for module in modules if hasattr(module, "KIND"))
    return {kind.name: kind for kind in kinds}


KINDS = _find()
