"""``classification_report`` of scikit-learn, as the table that it is."""

import re

from report.audit.blocks import Place, Printed, Table

HEADER = ("", "precision", "recall", "f1-score", "support")
_HEAD = re.compile(r"\s*precision\s+recall\s+f1-score\s+support\s*")
_ROW = re.compile(r"\s*(\S.{0,60}?)\s+(\d?\.\d+)\s+(\d?\.\d+)\s+(\d?\.\d+)\s+(\d+)\s*")
_ACCURACY = re.compile(r"\s*accuracy\s+(\d?\.\d+)\s+(\d+)\s*")
_BINARY = {"0": "negativa (0)", "1": "positiva (1)", "0.0": "negativa (0)", "1.0": "positiva (1)"}


def tables(block: Printed) -> list[Table]:
    found: list[list[tuple[tuple[str, ...], Place]]] = []
    within = False
    for line, place in zip(block.lines, block.places, strict=True):
        if _HEAD.fullmatch(line[:200]):
            found.append([(HEADER, place)])
            within = True
        elif within and line.strip():
            if row := _ROW.fullmatch(line[:200]):
                found[-1].append((row.groups(), place))
            elif hits := _ACCURACY.fullmatch(line[:200]):
                found[-1].append((("accuracy", "", "", *hits.groups()), place))
            else:
                within = False
    return [_table(rows) for rows in found if len(rows) > 2]


def _table(rows: list[tuple[tuple[str, ...], Place]]) -> Table:
    digits = {row[0] for row, _ in rows if row[0].replace(".", "").isdigit()}
    names = _BINARY if digits <= set(_BINARY) and len(digits) == 2 else {}
    named = tuple((names.get(row[0], row[0]), *row[1:]) for row, _ in rows)
    return Table(named, tuple(place for _, place in rows), printed=True)
