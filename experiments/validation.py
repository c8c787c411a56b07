"""What pydantic finds wrong, in Spanish."""

from collections.abc import Callable, Mapping
from typing import Any

from pydantic import ValidationError

SHOWN = 60  # characters of a wrong value: enough to find it

_EXPECTED: dict[str, Callable[[Mapping[str, Any]], str]] = {
    "extra_forbidden": lambda limit: "un ajuste que exista",
    "missing": lambda limit: "un valor",
    "greater_than": lambda limit: f"un valor mayor que {limit['gt']:g}",
    "greater_than_equal": lambda limit: f"un valor mayor o igual que {limit['ge']:g}",
    "less_than": lambda limit: f"un valor menor que {limit['lt']:g}",
    "less_than_equal": lambda limit: f"un valor menor o igual que {limit['le']:g}",
    "literal_error": lambda limit: str(limit["expected"]).replace("' or '", "' o '").replace("'", ""),
    "finite_number": lambda limit: "un número finito",
    "string_too_short": lambda limit: f"un texto de al menos {_counted(limit['min_length'], 'letra')}",
    "string_pattern_mismatch": lambda limit: f"un texto de la forma {limit['pattern']}",
    "too_short": lambda limit: f"una lista de al menos {_counted(limit['min_length'], 'elemento')}",
    "too_long": lambda limit: f"una lista de no más de {_counted(limit['max_length'], 'elemento')}",
}
# By the first word of the error's type: int_type, int_parsing, int_from_float, ...
_TYPES = {
    "int": "un número entero",
    "float": "un número",
    "bool": "true o false",
    "string": "un texto",
    "tuple": "una lista",
    "dict": "una sección",
    "model": "una sección",
    "date": "una fecha",
    "path": "una ruta",
}


def first_complaint(error: ValidationError) -> tuple[str, str]:
    """The name of the first wrong setting (empty if it is the whole) and what is wrong with it."""
    first = error.errors()[0]
    name = ".".join(str(part) for part in first["loc"])
    if first["type"] == "value_error":
        rule = str(first["ctx"]["error"])  # of several settings together
        if "se esperab" in rule:
            return name, rule
        return name, f"se esperaban valores que concuerden entre sí, se encontró que no: {rule}"
    known = _EXPECTED.get(first["type"])
    if known is not None:
        expected = known(first.get("ctx", {}))
    else:
        expected = _TYPES.get(first["type"].partition("_")[0], "otro valor")
    return name, f"se esperaba {expected}, se encontró «{shown(first.get('input'))}»"


def shown(value: object) -> str:
    """As TOML writes it, in one line that is not too long."""
    try:
        text = one_line(str(value).lower() if isinstance(value, bool) else value)
    except ValueError:  # which Python says of an integer that would take it long to write
        return "un entero de miles de cifras"
    return text if len(text) <= SHOWN else f"{text[: SHOWN - 1]}…"


def one_line(value: object) -> str:
    return " ".join(str(value).split())


def _counted(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"
