"""Small reports as somebody writes them, which contradict themselves or not, in every form that is read."""

import io
import json
from pathlib import Path

import pikepdf
import tampering
from docx import Document

from report.handins.row import State

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


def thirty(folder: Path, pdf: bytes) -> dict[str, State]:
    """Thirty files in ``folder``, and the state that each must have: ``pdf``, which is genuine, three times
    and twice changed; others clean, others contradictory, in every form; and broken ones."""
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        changes = [next(tampering.other_digits(opened, 3))[1], next(tampering.lost_lines(opened, 9))[1]]
    files = {f"genuina/{n}.pdf": (pdf, State.PROVEN) for n in range(3)}
    files |= {f"cambiada/{n}.pdf": (tampering.apply(pdf, c), State.DIFFERENT) for n, c in enumerate(changes)}
    for sort, state, text in (("bien", State.CLEAN, GOOD), ("mal", State.CONTRADICTED, BAD)):
        for n in range(3):
            files[f"{sort}/{n}.md"] = (text.encode(), state)
            files[f"{sort}/{n}.ipynb"] = (as_notebook(text), state)
        files |= {f"{sort}/{n}.html": (as_page(text), state) for n in range(2)}
        files |= {f"{sort}/{n}.docx": (text, state) for n in range(2)}
    broken = (pdf[: len(pdf) // 2], b"", b"PK\3\4")
    files |= {f"rota/{n}.pdf": (content, State.UNKNOWN) for n, content in enumerate(broken)}
    files |= {"rota/a.docx": (b"PK", State.UNKNOWN), "rota/b.ipynb": (b"{", State.UNKNOWN)}
    for name, (content, _) in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        if isinstance(content, str):
            write_word(path, content)
        else:
            path.write_bytes(content)
    return {name: state for name, (_, state) in files.items()}
