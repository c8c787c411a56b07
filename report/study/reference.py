"""Whether results are those that accompany the program, wherever they lie."""

from collections.abc import Iterable, Iterator
from contextlib import suppress
from pathlib import Path

from experiments.records.base import RecordError, Run, RunRecord
from experiments.records.storage import RECORD_FILE, parse_record
from report.study.folders import ACCOMPANYING


def are_reference(runs: Iterable[Run], folder: Path = ACCOMPANYING) -> bool | None:
    """Whether the record of each of ``runs`` is one of those in ``folder``; None if it has none that this
    program can read."""
    kept = list(_records(folder))
    return all(run.record in kept for run in runs) if kept else None


def _records(folder: Path) -> Iterator[RunRecord]:
    for path in folder.rglob(RECORD_FILE):
        with suppress(RecordError):
            yield parse_record(path.read_text(encoding="utf-8"), str(path))
