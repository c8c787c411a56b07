"""What pydantic finds wrong, in Spanish."""

from collections.abc import Callable, Mapping
from typing import Any

from pydantic import ValidationError

_EXPECTED: dict[str, Callable[[Mapping[str, Any]], str]] = {
    "extra_forbidden": lambda limit: "un ajuste que exista",
    "missing": lambda limit: "un valor",
    "greater_than": lambda limit: f"un valor mayor que {limit['gt']}",
    "greater_than_equal": lambda limit: f"un valor mayor o igual que {limit['ge']}",
    "less_than": lambda limit: f"un valor menor que {limit['lt']}",
    "less_than_equal": lambda limit: f"un valor menor o igual que {limit['le']}",
    "literal_error": lambda limit: str(limit["expected"]).replace("' or '", "' o '").replace("'", ""),
    "finite_number": lambda limit: "un número finito",
    "string_pattern_mismatch": lambda limit: "un texto con la forma debida",
    "too_short": lambda limit: f"una lista de al menos {limit['min_length']}",
}
_TYPES = {
    "int": "un número entero",
    "float": "un número",
    "bool": "true o false",
    "string": "un texto",
    "tuple": "una lista",
    "dict": "una sección",
    "path": "una ruta",
}


def first_complaint(error: ValidationError) -> tuple[str, str]:
    """The name of the first wrong setting (empty if it is the whole) and what is wrong with it."""
    first = error.errors()[0]
    name = ".".join(str(part) for part in first["loc"])
    if first["type"] == "value_error":
        return name, str(first["ctx"]["error"])
    known = _EXPECTED.get(first["type"])
    if known is not None:
        expected = known(first.get("ctx", {}))
    else:
        expected = _TYPES.get(first["type"].partition("_")[0], f"otro valor ({first['msg']})")
    return name, f"se esperaba {expected}, se encontró «{first.get('input')}»"
