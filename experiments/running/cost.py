"""How long runs take, from what those of the reference took."""

import json
from functools import cache
from statistics import mean

from experiments.kinds.registry import KINDS
from experiments.paths import REFERENCE, ROOT
from experiments.records.base import RecordError
from experiments.records.storage import RECORD_FILE, parse_record
from experiments.running.task import Task


def processor_seconds(task: Task) -> float:
    """Of ``task``, in proportion to the work of the reference's base run of its kind; 0 if there is
    none."""
    measured = _seconds_per_work().get(task.kind, 0.0)
    work = KINDS[task.kind].work
    return measured * work(task.config) if work else 0.0


@cache
def _seconds_per_work() -> dict[str, float]:
    """By kind, over the base runs of the reference, without reading their arrays."""
    found: dict[str, list[float]] = {}
    for path in sorted((ROOT / REFERENCE).glob(f"*/**/{RECORD_FILE}")):
        try:
            record = parse_record(path.read_text(encoding="utf-8"), str(path))
        except (OSError, json.JSONDecodeError, RecordError):
            continue
        work = KINDS[record.kind].work
        if not record.variant and work:
            found.setdefault(record.kind, []).append(record.processor_s / work(record.config))
    return {kind: mean(values) for kind, values in found.items()}
