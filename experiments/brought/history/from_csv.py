"""What ``keras.callbacks.CSVLogger`` writes, or pandas, or a spreadsheet: one row an epoch."""

import csv
import io
import re
from pathlib import Path

from experiments.brought.history.names import counts_epochs, meaning
from experiments.brought.history.written import AS_JSON, HISTORY, Written, listed
from experiments.brought.refusals import refusal

SEPARATORS = (",", ";", "\t")
_MISSING = ("", "NA")  # CSVLogger writes NA for a metric that an epoch does not have


def looks_like_csv(text: str) -> bool:
    """Whether the first line is a header: several fields, and one that is the name of a metric."""
    header = _header(text)
    return len(names := header.split(_separator(header))) > 1 and any(meaning(name) for name in names)


def read_csv(text: str, path: Path) -> Written:
    """Rows apart by commas, semicolons or tabs, under a header; the numbers with a decimal point.

    Rows that are identical, epoch included, count once. A column without any value is left out.

    Raises:
        BroughtError: no header, columns of one name, rows of other lengths, or an epoch with two
            different rows.
    """
    separator = _separator(_header(text))
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, skipinitialspace=True)
    try:
        rows = [
            (reader.line_num, [cell.strip() for cell in row]) for row in reader if any(map(str.strip, row))
        ]
    except csv.Error as error:
        raise refusal(path, "un historial en CSV válido", f"«{error}»", AS_JSON) from error
    names, rows = rows[0][1], rows[1:]
    _check(names, rows, path)
    notices = []
    index = next((i for i, name in enumerate(names) if counts_epochs(name)), None)
    if index is None and names[0] == "":  # as pandas writes its index
        index = 0
        notices.append("la primera columna, sin nombre, se toma por el número de la época.")
    if index is not None and (repeated := _repeated(rows, index, path)):
        notices.append(f"las filas repetidas sin cambios ({repeated}) cuentan una vez.")
        firsts: dict[tuple[str, ...], tuple[int, list[str]]] = {}
        for line, row in rows:
            firsts.setdefault(tuple(row), (line, row))
        rows = list(firsts.values())
    cells = dict(zip(names, zip(*(row for _, row in rows), strict=True), strict=True))
    empty = [name for name, values in cells.items() if all(value in _MISSING for value in values)]
    if empty:
        notices.append(f"columnas sin ningún valor, que no se leen: {listed(empty)}.")
    return Written(
        {name: cells[name] for i, name in enumerate(names) if i != index and name not in empty},
        lambda i: f"la línea {rows[i][0]}",
        cells[names[index]] if index is not None else None,
        notices=tuple(notices),
    )


def _header(text: str) -> str:
    """The first line with something in it."""
    found = re.search(r"[^\r\n]*\S[^\r\n]*", text)
    return found[0][:10_000] if found else ""


def _separator(header: str) -> str:
    return max(SEPARATORS, key=header.count)


def _check(names: list[str], rows: list[tuple[int, list[str]]], path: Path) -> None:
    expected = f"{HISTORY} con una cabecera (epoch, loss, val_loss…)"
    if not any(meaning(name) for name in names):
        raise refusal(path, expected, listed(names), "ponga en la primera línea los nombres de las columnas")
    twice = [name for name in dict.fromkeys(names) if names.count(name) > 1]
    if twice:
        raise refusal(path, expected, f"{listed(twice)} dos veces", "deje solo una columna con cada nombre")
    if not rows:
        raise refusal(path, "al menos una época", "solo la cabecera", "guarde también las filas")
    for line, row in rows:
        if len(row) != len(names):
            raise refusal(
                path,
                f"{len(names)} campos en la línea {line}",
                f"{len(row)}",
                "complete la fila y escriba los decimales con punto",
            )


def _repeated(rows: list[tuple[int, list[str]]], index: int, path: Path) -> str:
    """The lines that repeat an earlier one, in Spanish, or nothing."""
    first: dict[str, tuple[int, list[str]]] = {}
    same = []
    for line, row in rows:
        before, others = first.setdefault(row[index], (line, row))
        if others != row:
            raise refusal(
                path,
                "una fila por época",
                f"dos distintas de la época {row[index]} (líneas {before} y {line}), como deja un "
                "entrenamiento repetido o reanudado en el mismo archivo",
                "deje solo las filas de un entrenamiento",
            )
        if before != line:
            same.append(line)
    return f"líneas {', '.join(map(str, same[:5]))}{'…' if len(same) > 5 else ''}" if same else ""
