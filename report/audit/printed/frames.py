"""A pandas table as text: columns that at least two spaces part, with or without index."""

import re

from report.audit.blocks import Place, Printed, Table

_GAP = re.compile(r"\s{2,}|\t")
_SPACE = re.compile(r"\s+")
_NUMBER = re.compile(r"-?\d[\d.,]*%?")
MAX_WIDTH = 40  # columns


def tables(block: Printed) -> list[Table]:
    lines = [*zip(block.lines, block.places, strict=True), ("", block.places[-1])]
    found = _apart(lines, _GAP)
    used = {place for table in found for place in table.places}
    # Where the widest cell of a column is its title, one space is left.
    rest = [("" if place in used else line, place) for line, place in lines]
    return found + [table for table in _apart(rest, _SPACE) if _is_regular(table)]


def _apart(lines: list[tuple[str, Place]], gap: re.Pattern[str]) -> list[Table]:
    """The tables whose cells ``gap`` parts."""
    found: list[Table] = []
    rows: list[tuple[list[str], Place]] = []
    for line, place in lines:
        cells = gap.split(line.strip()) if len(line) < 1_000 else []
        if len(cells) > 1 and (not rows or len(cells) - len(rows[0][0]) in (0, 1)):
            rows.append((cells, place))
            continue
        found += _table(rows)
        rows = []
    return found


def _is_regular(table: Table) -> bool:
    """Whether every row has one name, behind its number if it has one, and else numbers."""
    start = 2 if not table.rows[0][0] else 1
    return all(len(row) > start + 1 and all(map(_NUMBER.fullmatch, row[start:])) for row in table.rows[1:])


def _table(rows: list[tuple[list[str], Place]]) -> list[Table]:
    if len(rows) < 3 or len(rows[0][0]) > MAX_WIDTH:
        return []
    (header, _), *body = rows
    width = len(body[0][0])
    if any(len(cells) != width for cells, _ in body) or any(map(_NUMBER.fullmatch, header)):
        return []
    if not all(any(map(_NUMBER.fullmatch, cells)) for cells, _ in body):
        return []
    head = [""] * (width - len(header)) + header
    return [Table(tuple(map(tuple, [head, *(c for c, _ in body)])), tuple(p for _, p in rows), printed=True)]
