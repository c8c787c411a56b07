"""What came of each part, counted."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from children import Found

HEADS = (
    "parte",
    "probados",
    "bien",
    "mal",
    "sin hacer",
    "CPU máx. (s)",
    "memoria máx. (MiB)",
    "reloj (s)",
)


@dataclass
class Row:
    """``slowest`` is the processor's time of one case, ``largest`` its memory, what it was forked with
    included."""

    name: str
    seconds: float
    passed: int = 0
    failed: int = 0
    skipped: int = 0
    slowest: float = 0.0
    largest: int = 0
    reasons: set[str] = field(default_factory=set)

    def count(self, found: Found) -> None:
        self.passed += not found.fault and not found.skipped
        self.failed += bool(found.fault)
        self.skipped += bool(found.skipped)
        if found.skipped:
            self.reasons.add(found.skipped)
        self.slowest, self.largest = max(self.slowest, found.seconds), max(self.largest, found.memory)

    def cells(self) -> tuple[str, ...]:
        counts = (self.passed + self.failed, self.passed, self.failed, self.skipped)
        return (
            self.name,
            *map(str, counts),
            f"{self.slowest:.1f}",
            str(self.largest >> 20),
            f"{self.seconds:.0f}",
        )


def lines(rows: Sequence[Row]) -> Iterator[str]:
    """A table, with the sums at its end."""
    total = Row(
        "en total",
        sum(row.seconds for row in rows),
        *(sum(getattr(row, name) for row in rows) for name in ("passed", "failed", "skipped")),
        max((row.slowest for row in rows), default=0.0),
        max((row.largest for row in rows), default=0),
    )
    cells = [HEADS, *(row.cells() for row in (*rows, total))]
    widths = [max(map(len, column)) for column in zip(*cells, strict=True)]
    for each in cells:
        first, *others = (text.rjust(width) for text, width in zip(each, widths, strict=True))
        yield "  ".join((first.strip().ljust(widths[0]), *others))
