"""What a program printed, as evidence: the log of a training, a report of classes, a matrix, a data frame,
and lines with a metric; one module each.

Outside this package only ``read`` is imported.
"""

import re

from report.audit.blocks import Place, Printed, Table, Text
from report.audit.matrices import Matrix
from report.audit.printed import frames, histories, matrices, reports, training
from report.audit.sentences import tokenize
from report.audit.tables import Series

MAX_LINES = 20_000  # of one output: longer ones are cut
_MEASURED = re.compile(
    r"(?:acc|loss|precision|recall|f1|auc|exactitud|p[eé]rdida|precisi[oó]n|exhaustividad)[^\d\n]{0,40}\d",
    re.I,
)
_TOTAL = re.compile(r"total[ _]param\w*\s*[:=]\s*(\d[\d,.]*)", re.I)
_WHOLE = re.compile(r"\d{1,3}(?:,\d{3})+|\d{3,12}")
_TITLE = re.compile(r"\s*(?:[=*#-]{2,10}[^\d=*#]{3,60}[=*#-]{2,10}|[^\d:.]{3,60}:)\s*")
_WORDS = re.compile(r"[^\W\d_]{3}")
_PROGRESS = re.compile(r"\[=|━|it/s|s/it|ETA|[\ds]/step|\d%\s*\||^\s*(?:epoch|época)\b", re.I)


def read(block: Printed) -> tuple[list[Series], list[Matrix], list[Table | Text]]:
    """Trainings, matrices, and what is read as the tables and lines of any text."""
    block = Printed(block.lines[:MAX_LINES], block.places[:MAX_LINES], block.code)
    series, (listed, used) = training.series(block), histories.series(block)
    tables = [*reports.tables(block), *frames.tables(block)]
    used |= {place for table in tables for place in table.places}
    series += listed
    return series, matrices.matrices(block), [*tables, *_lines(block, used, bool(series))]


def networks(block: Printed) -> list[tuple[int, frozenset[int], Place]]:
    """The parameters of the networks whose summary Keras or torchinfo printed, and every number of it."""
    lines = [
        (_TOTAL.search(line[:500]), place) for line, place in zip(block.lines, block.places, strict=True)
    ]
    totals = [(int(re.sub(r"\D", "", found[1])), place) for found, place in lines if found]
    if not totals:
        return []
    numbers = frozenset(int(re.sub(r"\D", "", n)) for line in block.lines for n in _WHOLE.findall(line[:500]))
    return [(total, numbers, place) for total, place in totals if total]


def _lines(block: Printed, used: set[Place], logged: bool) -> list[Table | Text]:
    """«Test accuracy: 0.861», each below the line that is its title: «Metrics for Test:», «=== Test ===»."""
    found: list[Table | Text] = []
    title = ""
    for line, place in zip(block.lines, block.places, strict=True):
        if place in used or len(line) >= 300:
            continue
        if _TITLE.fullmatch(line) and _WORDS.search(line):
            named = line.strip(" =-*#:")
            title = "" if any(t.kind == "metric" for t in tokenize(named)[0]) else f"{named}: "
        elif _MEASURED.search(line) and not _PROGRESS.search(line) and not (logged and "val" in line.lower()):
            found.append(Text(title + line.strip(), ((0, place),), "item", printed=True))
    return found
