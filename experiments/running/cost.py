"""How long runs take, from what those of the reference took."""

from functools import cache
from statistics import mean

from experiments.kinds.registry import KINDS
from experiments.paths import REFERENCE, place
from experiments.records.base import RecordError, RunRecord
from experiments.records.storage import RECORD_FILE, parse_record
from experiments.running.task import Task


def processor_seconds(task: Task) -> float | None:
    """What runs of the same settings took or, without any, those of the base in proportion to the
    work. None if the reference has none of the same kind on the same data and device, or no one
    knows how the time of that kind depends on its settings."""
    kind = KINDS[task.kind]
    alike = [record for record in _reference() if _is_alike(record, task)]
    same = [record.processor_s for record in alike if record.config == task.config]
    if same:
        return mean(same)
    rates = [
        record.processor_s / kind.work(record.config) for record in alike if kind.work and not record.variant
    ]
    return mean(rates) * kind.work(task.config) if rates and kind.work else None


def _is_alike(record: RunRecord, task: Task) -> bool:
    own = task.identity
    return (record.kind, record.data.digest, record.environment.device) == (
        *(own.kind, own.data_digest, own.device),
    )


@cache
def _reference() -> list[RunRecord]:
    """Records that cannot be read tell nothing; others complain of them."""
    found = []
    for path in sorted(place(REFERENCE).glob(f"*/**/{RECORD_FILE}")):
        try:
            found.append(parse_record(path.read_text(encoding="utf-8"), str(path)))
        except (OSError, UnicodeDecodeError, RecordError):
            continue
    return found
