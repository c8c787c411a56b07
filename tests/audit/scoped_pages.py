"""A document as a list of blocks, and how each kind of file has them."""

import html
import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from random import Random
from typing import Any

Rows = list[list[str]]


@dataclass(frozen=True)
class Heading:
    level: int
    text: str


@dataclass(frozen=True)
class Prose:
    sentences: tuple[str, ...]
    bullets: bool = False


@dataclass(frozen=True)
class Grid:
    """A table that the author wrote."""

    rows: Rows


@dataclass(frozen=True)
class Output:
    """What a cell printed (``text``) and the value of its last line (``value``, perhaps as HTML)."""

    code: str = ""
    text: str = ""
    value: str = ""
    html: str = ""


Block = Heading | Prose | Grid | Output


def markdown(blocks: Sequence[Block], random: Random) -> str:
    indents = random.random() < 0.15
    return "\n\n".join(_in_markdown(block, indents) for block in blocks) + "\n"


def _in_markdown(block: Block, indents: bool = False) -> str:
    match block:
        case Heading(level, text):
            return f"{'#' * level} {text}"
        case Prose(sentences, True):
            return "\n".join(f"- {each}" for each in sentences)
        case Prose(sentences):
            return " ".join(f"{each}." for each in sentences)
        case Grid(rows):
            lines = [rows[0], ["---"] * len(rows[0]), *rows[1:]]
            return "\n".join(f"| {' | '.join(line)} |" for line in lines)
        case Output(code, text, value):
            shown = text + value
            if indents and not code:
                return "\n".join(f"    {line}" for line in shown.rstrip().splitlines())
            parts = [f"```python\n{code}\n```"] if code else []
            return "\n\n".join([*parts, *([f"```\n{shown.rstrip()}\n```"] if shown.strip() else [])])


def page(blocks: Sequence[Block]) -> str:
    parts = [_in_html(block) for block in blocks]
    style = "<style>pre { font-size: 6.5pt; white-space: pre-wrap }</style>"  # or a PDF cuts them off
    head = f"<!DOCTYPE html>\n<html><head><meta charset='utf-8'><title>Informe</title>{style}</head><body>"
    return "\n".join([head, *parts, "</body></html>\n"])


def _in_html(block: Block) -> str:
    match block:
        case Heading(level, text):
            return f"<h{level}>{html.escape(text)}</h{level}>"
        case Prose(sentences, True):
            return "<ul>" + "".join(f"<li>{_inline(each)}</li>\n" for each in sentences) + "</ul>"
        case Prose(sentences):
            return "<p>" + " ".join(f"{_inline(each)}." for each in sentences) + "</p>"
        case Grid(rows):
            cells = ["".join(f"<th>{_inline(cell)}</th>" for cell in rows[0])]
            cells += ["".join(f"<td>{_inline(cell)}</td>" for cell in row) for row in rows[1:]]
            return "<table>" + "".join(f"<tr>{row}</tr>\n" for row in cells) + "</table>"
        case Output(code, text, value, table):
            parts = [f"<pre><code>{html.escape(code)}</code></pre>"] if code else []
            shown = text if table else text + value
            parts += [f"<pre>{html.escape(shown)}</pre>"] if shown.strip() else []
            return "\n".join([*parts, table])


def _inline(text: str) -> str:
    escaped = html.escape(text, quote=False)
    bold = re.sub(r"\*\*(.+?)\*\*", r"<strong>\1</strong>", escaped)
    return re.sub(r"`(.+?)`", r"<code>\1</code>", bold)


def notebook(blocks: Sequence[Block]) -> str:
    """As Jupyter saves it: text between two cells of code is one cell."""
    cells: list[dict[str, Any]] = []
    for block in blocks:
        if isinstance(block, Output):
            cells.append(_cell(block, sum(each["cell_type"] == "code" for each in cells) + 1))
        elif cells and cells[-1]["cell_type"] == "markdown" and not isinstance(block, Heading):
            cells[-1]["source"] += "\n\n" + _in_markdown(block)
        else:
            cells.append({"cell_type": "markdown", "metadata": {}, "source": _in_markdown(block)})
    document = {"cells": cells, "metadata": {}, "nbformat": 4, "nbformat_minor": 4}
    return json.dumps(document, ensure_ascii=False, indent=1)


def _cell(block: Output, count: int) -> dict[str, Any]:
    outputs: list[dict[str, Any]] = []
    if block.text:
        outputs.append({"output_type": "stream", "name": "stdout", "text": block.text.splitlines(True)})
    if block.value or block.html:
        data = {"text/plain": block.value.splitlines(True)}
        data |= {"text/html": block.html.splitlines(True)} if block.html else {}
        value = {"output_type": "execute_result", "execution_count": count, "metadata": {}}
        outputs.append(value | {"data": data})
    source = block.code.splitlines(True)
    cell = {"cell_type": "code", "execution_count": count, "metadata": {}}
    return cell | {"source": source, "outputs": outputs}


def save(blocks: Sequence[Block], path: Path, random: Random) -> None:
    match path.suffix:
        case ".md":
            path.write_text(markdown(blocks, random), encoding="utf-8")
        case ".ipynb":
            path.write_text(notebook(blocks), encoding="utf-8")
        case ".html":
            path.write_text(page(blocks), encoding="utf-8")
        case ".pdf":
            from weasyprint import HTML

            HTML(string=page(blocks)).write_pdf(path)
