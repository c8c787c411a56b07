"""Small reports as somebody writes them, which contradict themselves or not, in every form that is read."""

import json
from pathlib import Path

from docx import Document

CLEAN = "La exactitud de validación fue 0.80 en la época 1 y 0.85 en la época 2. Mejor época: 2."
TABLE = "\n\n| Época | Exactitud de validación |\n| --- | --- |\n| 1 | 0.80 |\n| 2 | 0.85 |\n"
GOOD, BAD = CLEAN + TABLE, CLEAN.replace("Mejor época: 2", "Mejor época: 1") + TABLE


def as_notebook(text: str) -> bytes:
    return json.dumps({"cells": [{"cell_type": "markdown", "source": text}]}).encode()


def as_page(text: str) -> bytes:
    prose, _, table = text.partition("\n\n")
    rows = [line.strip("| ").split(" | ") for line in table.strip().splitlines() if "---" not in line]
    cells = "".join(f"<tr>{''.join(f'<td>{cell}</td>' for cell in row)}</tr>" for row in rows)
    return f"<p>{prose}</p><table>{cells}</table>".encode()


def write_word(path: Path, text: str) -> None:
    prose, _, table = text.partition("\n\n")
    rows = [line.strip("| ").split(" | ") for line in table.strip().splitlines() if "---" not in line]
    document = Document()
    document.add_paragraph(prose)
    grid = document.add_table(len(rows), len(rows[0]))
    for row, values in zip(grid.rows, rows, strict=True):
        for cell, value in zip(row.cells, values, strict=True):
            cell.text = value
    document.save(path)
