"""Which epoch of a run is meant, as an index from 0."""

from experiments.records.base import Run
from report.study.study import lstm_record


def selected_index(run: Run) -> int:
    return lstm_record(run).selected_epoch - 1


def last_index(run: Run) -> int:
    return len(lstm_record(run).epochs) - 1
