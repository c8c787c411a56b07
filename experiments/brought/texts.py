"""Texts as users save them: in UTF-8, or in what the mark at their beginning says."""

import codecs
import re
import tomllib
from pathlib import Path
from typing import Any

from experiments.brought.refusals import refusal
from experiments.causes import cause
from experiments.records.regular import open_regular

MARKS = {  # the longer first: one begins as another does
    codecs.BOM_UTF32_LE: "utf-32",
    codecs.BOM_UTF32_BE: "utf-32",
    codecs.BOM_UTF16_LE: "utf-16",
    codecs.BOM_UTF16_BE: "utf-16",
}
MAX_TOML = 2**20  # bytes; settings have a thousandth of it

_TOML = "un fichero TOML"
_LONG_KEY = re.compile(r"(?<![\w\"'-])(?:[\w\"'-]++\s*+\.\s*+){32}")
_TOO_MANY = "a key of too many parts"
_SAVE_AS_UTF8 = "guárdelo como UTF-8"


def encoding_of(start: bytes) -> str:
    """Of what begins with ``start``; the mark is no part of the text that it gives."""
    return next((name for mark, name in MARKS.items() if start.startswith(mark)), "utf-8-sig")


def decoded(content: bytes) -> str:
    """Raises UnicodeDecodeError."""
    return content.decode(encoding_of(content))


def read_toml(path: Path) -> dict[str, Any]:
    """
    Raises:
        BroughtError: not there, no file, too large, another encoding, or no TOML.
    """
    try:
        with open_regular(path) as file:
            content = file.read(MAX_TOML + 1)
        if len(content) > MAX_TOML:
            found = f"uno de más de {MAX_TOML >> 10} KiB"
            raise refusal(path, _TOML, found, "deje en él solo los ajustes")
        text = decoded(content)
        if "\0" in text:
            found = "bytes nulos, como los de UTF-16 sin marca"
            raise refusal(path, f"{_TOML} en UTF-8", found, _SAVE_AS_UTF8)
        return parsed_toml(text)
    except OSError as error:
        raise refusal(path, _TOML, cause(error), "revise la ruta") from error
    except UnicodeDecodeError as error:
        found = f"un byte que no es de {error.encoding.upper()} (el {error.start + 1})"
        raise refusal(path, f"{_TOML} en UTF-8", found, _SAVE_AS_UTF8) from error
    except RecursionError as error:
        raise refusal(path, _TOML, "listas o secciones unas dentro de otras, sin fin", "corríjalo") from error
    except ValueError as error:
        raise refusal(path, _TOML, f"un error{_where(error)}", "corríjalo") from error


def parsed_toml(text: str) -> dict[str, Any]:
    """``tomllib.loads``, which keeps all beginnings of a key: those of a long one fill any memory.

    Raises:
        ValueError, RecursionError: no TOML, or none that has a sense here.
    """
    if _LONG_KEY.search(text):
        raise tomllib.TOMLDecodeError(_TOO_MANY)
    return tomllib.loads(text)


def _where(error: ValueError) -> str:
    """The complaint itself is in English; its place helps."""
    if not isinstance(error, tomllib.TOMLDecodeError):
        return ": un número de miles de cifras"  # which Python refuses to read
    place = re.search(r"line (\d+), column (\d+)", str(error))
    if place:
        return f" en la línea {place[1]}, columna {place[2]}"
    return ", una clave de demasiadas partes" if str(error) == _TOO_MANY else " al final"
