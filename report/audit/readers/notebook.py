"""A notebook: its Markdown cells, and what its code printed or showed."""

import json
from dataclasses import replace
from typing import Any

from report.audit.blocks import Block, Place, Printed, Ran, Table, Text, UnreadableError, printed
from report.audit.readers import markdown, source_code, web

MAX_SHOWN = 20_000  # characters of what a cell shows as Markdown


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
    constants: source_code.Values = {}
    lists: dict[str, str] = {}
    models: dict[str, str] = {}
    left = markdown.MAX_CHARACTERS  # of all cells together
    for number, (kind, cell) in enumerate(kinds, start=1):
        if kind == "markdown" and left > 0:
            text = _text(cell.get("source"))
            blocks += source_code.shown(markdown.read(text, number, left))
            left -= len(text)
        if kind == "code":
            source = _text(cell.get("source"))
            places = [Place.at(line, number) for line in range(1, source.count("\n") + 2)]
            blocks += source_code.settings(source, places, constants)
            if name := source_code.model(source, models):
                blocks.append(Ran(Place.at(1, number), name))
            part = source_code.evaluated(source, lists)
            shown = _shown(_outputs(cell, number), number, source)
            blocks += shown
            blocks += source_code.measured(shown, part)
    return blocks


def _shown(outputs: list[Any], number: int, source: str) -> list[Block]:
    """What a cell printed, and what it showed as HTML, Markdown or text."""
    blocks: list[Block] = []
    for output in outputs:
        if not isinstance(output, dict):
            continue
        data: dict[str, Any] = output["data"] if isinstance(output.get("data"), dict) else {}
        if "text/html" in data:
            shown: list[Block] = list(web.read(_text(data["text/html"]), number))
        elif "text/markdown" in data:
            shown = list(markdown.read(_text(data["text/markdown"]), number, MAX_SHOWN))
        else:
            text = _text(output.get("text") or data.get("text/plain"))
            shown = printed(text.replace("\r\n", "\n"), 1, number, source)
        blocks += [replace(one, printed=True) if isinstance(one, Text | Table) else one for one in shown]
    return _joined(blocks)


def _joined(blocks: list[Block]) -> list[Block]:
    """Outputs of one cell that follow each other as one: a program may print its log piece by piece."""
    joined: list[Block] = []
    for block in blocks:
        last = joined[-1] if joined else None
        if isinstance(block, Printed) and isinstance(last, Printed):
            joined[-1] = Printed(last.lines + block.lines, last.places + block.places, last.code)
        else:
            joined.append(block)
    return joined


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
