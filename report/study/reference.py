"""Whether results are those that accompany the program, wherever they lie."""

from collections.abc import Iterable
from pathlib import Path

from experiments.records.base import Run
from experiments.records.storage import RECORD_FILE, record_to_json
from report.paths import ROOT
from report.study.folders import REFERENCE


def are_reference(runs: Iterable[Run], folder: Path = ROOT / REFERENCE) -> bool | None:
    """Whether each of ``runs`` is, to the letter, one of those in ``folder``; None if it has none."""
    kept = {path.read_text(encoding="utf-8") for path in folder.rglob(RECORD_FILE)}
    return all(record_to_json(run.record) in kept for run in runs) if kept else None
