"""The files of this folder, by the kind of the record that is asked about."""

from collections.abc import Callable
from itertools import chain
from types import ModuleType
from typing import Any

from experiments.records.base import Arrays, RunRecord
from experiments.records.brought import BroughtRecord
from experiments.records.coherence import (
    brought_gan,
    brought_lstm,
    common,
    gan,
    judge,
    linear,
    lstm,
    memory,
    probe,
    readability,
)
from experiments.records.coherence.complaints import Complaint, Complaints

OF_KIND: dict[str, ModuleType] = {
    "lstm": lstm,
    "linear": linear,
    "memory": memory,
    "probe": probe,
    "gan": gan,
    "judge": judge,
    "readability": readability,
    "brought_lstm": brought_lstm,
    "brought_gan": brought_gan,
}

Ask = Callable[..., Complaints]


def of_record(record: RunRecord | BroughtRecord) -> Complaint | None:
    """The first thing in ``record`` that contradicts another, if there is any."""
    return next(chain(common.of_record(record), _asked(record, "of_record")), None)


def of_arrays(record: RunRecord | BroughtRecord, arrays: Arrays) -> Complaint | None:
    """The same of what contradicts ``arrays``, which are all of those of ``record``."""
    return next(_asked(record, "of_arrays", arrays), None)


def _asked(record: RunRecord | BroughtRecord, name: str, *others: Any) -> Complaints:
    module = OF_KIND.get(record.kind)
    ask: Ask = getattr(module, name) if module else lambda *given: iter(())
    return ask(record, *others)
