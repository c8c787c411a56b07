"""A pandas table as text: columns that at least two spaces part, with or without index."""

import re

from report.audit.blocks import Place, Printed, Table

_GAP = re.compile(r"\s{2,}|\t")
_NUMBER = re.compile(r"-?\d[\d.,]*%?")
MAX_WIDTH = 40  # columns


def tables(block: Printed) -> list[Table]:
    found: list[Table] = []
    rows: list[tuple[list[str], Place]] = []
    for line, place in [*zip(block.lines, block.places, strict=True), ("", block.places[-1])]:
        cells = _GAP.split(line.strip()) if len(line) < 1_000 else []
        if len(cells) > 1 and (not rows or len(cells) - len(rows[0][0]) in (0, 1)):
            rows.append((cells, place))
            continue
        found += _table(rows)
        rows = []
    return found


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
