"""Rows for a person, a spreadsheet, a browser and programs."""

import csv
import io
import json
from collections import Counter
from collections.abc import Callable, Sequence
from typing import Any

from experiments.terminal.output import visible
from report.handins.row import Row, State
from report.paths import TEMPLATES

HEADER = (
    *("fichero", "estado", "cifras leídas", "comprobadas", "contradicciones", "sin respaldo"),
    *("resultados", "semillas", "huella de los datos", "los mismos datos que", "motivo", "segundos"),
)
FORMULA = ("=", "+", "-", "@", "\t")  # how a cell begins that a spreadsheet would run


def cells(row: Row) -> tuple[str, ...]:
    return (
        *(row.file, str(row.state), str(row.read), str(row.checked)),
        *(str(row.contradictions), str(row.unsupported), row.origin, " ".join(map(str, row.seeds))),
        *(row.digest, ", ".join(row.same_as), row.reason, f"{row.seconds:.1f}"),
    )


def to_text(rows: Sequence[Row]) -> str:
    return "\n".join([*map(_line, rows), summary(rows)])


def _line(row: Row) -> str:
    parts = [str(row.state)]
    if row.read:
        parts.append(f"{row.checked} de {row.read} cifras comprobadas")
    if row.contradictions:
        parts.append(f"contradicciones: {row.contradictions}")
    if row.unsupported:
        parts.append(f"sin respaldo: {row.unsupported}")
    if row.origin:
        parts.append(f"resultados {row.origin}, semillas {' '.join(map(str, row.seeds))}")
    if row.same_as:
        parts.append(f"los mismos datos que {', '.join(row.same_as)}")
    if row.reason:
        parts.append(row.reason.rstrip("."))
    return visible(f"{row.file}: {'; '.join(parts)}.")


def summary(rows: Sequence[Row]) -> str:
    counted = Counter(row.state for row in rows)
    states = "; ".join(f"{state}, {counted[state]}" for state in State if counted[state])
    return f"Ficheros: {len(rows)} ({states})."


def to_json(rows: Sequence[Row]) -> str:
    listed = [dict(zip(HEADER, _values(row), strict=True)) | {"dice": list(row.told)} for row in rows]
    return json.dumps(listed, ensure_ascii=False, indent=1, allow_nan=False)


def _values(row: Row) -> tuple[Any, ...]:
    return (
        *(row.file, str(row.state), row.read, row.checked, row.contradictions, row.unsupported),
        *(row.origin, list(row.seeds), row.digest, list(row.same_as), row.reason, row.seconds),
    )


def to_csv(rows: Sequence[Row]) -> str:
    buffer = io.StringIO()
    writer = csv.writer(buffer, lineterminator="\n")
    writer.writerow(HEADER)
    safe = ([f"'{cell}" if cell.startswith(FORMULA) else cell for cell in cells(row)] for row in rows)
    writer.writerows(safe)
    return buffer.getvalue().rstrip("\n")


def to_html(rows: Sequence[Row]) -> str:
    """One page that needs nothing beside it."""
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    loader = FileSystemLoader(TEMPLATES)
    environment = Environment(loader=loader, autoescape=True, undefined=StrictUndefined, trim_blocks=True)
    template = environment.get_template("entregas.html.j2")
    listed = [(row, cells(row)) for row in rows]
    return template.render(header=HEADER, rows=listed, summary=summary(rows), numbers=_NUMBERS, zip=zip)


_NUMBERS = frozenset(("cifras leídas", "comprobadas", "contradicciones", "sin respaldo", "segundos"))


def to_gradescope(rows: Sequence[Row]) -> str:
    """What Gradescope's ``results.json`` is: a test for each document."""
    tests = [
        {
            "name": row.file,
            "status": "failed" if row.state.code else "passed",
            "score": 0 if row.state.code else 1,
            "max_score": 1,
            "output": "\n".join(filter(None, (f"{row.state}.", row.reason, *row.told))),
            "output_format": "text",
        }
        for row in rows
    ]
    return json.dumps(
        {"output": summary(rows), "tests": tests}, ensure_ascii=False, indent=1, allow_nan=False
    )


FORMATS: dict[str, Callable[[Sequence[Row]], str]] = {
    "text": to_text,
    "json": to_json,
    "csv": to_csv,
    "html": to_html,
    "gradescope": to_gradescope,
}


def written(rows: Sequence[Row], form: str) -> str:
    return FORMATS[form](rows)
