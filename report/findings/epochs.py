"""Which epoch of a run is meant."""

from collections.abc import Sequence

from experiments.records.brought import BroughtEpoch, BroughtLstm
from report.ledger.ledger import Leaf, derive
from report.study.study import AnyRun, at, lstm_record


def selected_index(run: AnyRun) -> int:
    """That of the lowest validation loss, as an index from 0."""
    return int(selected(run).value) - 1


def selected(run: AnyRun) -> Leaf:
    """The same, from 1: where the run says whose weights it kept, that one."""
    if isinstance(run.record, BroughtLstm):
        return derive("época de la menor pérdida", lowest, at(run, "epochs[*].val_loss"))
    return at(run, "selected_epoch")


def lowest(losses: Sequence[float]) -> int:
    """The epoch of the lowest loss, from 1; of equal ones, the first."""
    return min(range(len(losses)), key=lambda index: losses[index]) + 1


def has(run: AnyRun, name: str) -> bool:
    """Whether every epoch has a value of this name."""
    if isinstance(run.record, BroughtLstm) and name not in BroughtEpoch.model_fields:
        return False
    return None not in at(run, f"epochs[*].{name}").value


def last_index(run: AnyRun) -> int:
    """The last one trained, as an index from 0."""
    return len(run.record.epochs if isinstance(run.record, BroughtLstm) else lstm_record(run).epochs) - 1
