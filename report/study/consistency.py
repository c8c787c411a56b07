"""What of a record follows from the rest of it."""

from experiments.kinds.lstm import LstmRecord
from experiments.records.base import RecordError, Run


def refuse_contradiction(run: Run) -> None:
    """The weights of an LSTM are those of its first epoch of the lowest validation loss.

    Raises:
        RecordError: naming the run, what follows and what it says.
    """
    record = run.record
    if not isinstance(record, LstmRecord):
        return
    losses = [epoch.val_loss for epoch in record.epochs]
    best = losses.index(min(losses)) + 1
    if record.selected_epoch != best:
        raise RecordError(
            f"{run.name}: se esperaba como época elegida la {best}, la de menor pérdida de validación, se "
            f"encontró la {record.selected_epoch}; ejecute «make train»."
        )
