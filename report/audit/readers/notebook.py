"""A notebook: its Markdown cells, and what its code showed as HTML or Markdown."""

import json
from typing import Any

from report.audit.blocks import Block, UnreadableError
from report.audit.readers import markdown, web


def read(text: str) -> list[Block]:
    """The blocks of a notebook; the place is the cell, from 1, and the line within it.

    Raises:
        UnreadableError: it is no notebook.
    """
    try:
        cells = json.loads(text)["cells"]
        kinds = [(cell["cell_type"], cell) for cell in cells]
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        raise UnreadableError(
            f"se esperaba un cuaderno de Jupyter, se encontró otra cosa ({type(error).__name__})"
        ) from error
    blocks: list[Block] = []
    for number, (kind, cell) in enumerate(kinds, start=1):
        if kind == "markdown":
            blocks += markdown.read(_text(cell.get("source")), number)
        for output in _outputs(cell, number) if kind == "code" else ():
            data = output.get("data") if isinstance(output, dict) else None
            if isinstance(data, dict) and "text/html" in data:
                blocks += web.read(_text(data["text/html"]), number)
            elif isinstance(data, dict) and "text/markdown" in data:
                blocks += markdown.read(_text(data["text/markdown"]), number)
    return blocks


def _outputs(cell: dict[str, Any], number: int) -> list[Any]:
    outputs = cell.get("outputs") or []
    if not isinstance(outputs, list):
        raise UnreadableError(
            f"se esperaba un cuaderno de Jupyter, se encontró en la celda {number} una salida que no lo es "
            f"({type(outputs).__name__})"
        )
    return outputs


def _text(source: Any) -> str:
    """Notebooks keep a text as one string or as a list of lines."""
    return "".join(str(line) for line in source) if isinstance(source, list) else str(source or "")
