"""Which epoch validation chose."""

from dataclasses import dataclass
from enum import auto
from typing import ClassVar

from experiments.records.base import Run
from report.findings.base import CONVENTION, Code, Finding, Row, Rule, seed, seeds
from report.findings.epochs import last_index, selected_index
from report.ledger.ledger import Number, Quantity, derive
from report.ledger.quantities import ACCURACY, EPOCH, LEARNING_RATE, LOSS
from report.study.study import GroupName, Study, at

MAX_NAMED = 5  # seeds that can be told apart by their numbers beside their curves


class Selected(Code):
    SINGLE_SEED = auto()
    SAME = auto()
    VARIES = auto()


@dataclass(frozen=True)
class History:
    """One seed, epoch by epoch: of ``rows``, that at ``chosen`` was selected."""

    seed: Number
    selected: Number
    trained: Number
    rows: tuple[Row, ...]
    chosen: int


@dataclass(frozen=True, kw_only=True)
class SelectedEpoch(Finding):
    """Of each seed in order: the epoch chosen, those trained, the loss there. ``last_selected`` are
    the seeds whose last epoch was chosen."""

    needs: ClassVar[tuple[GroupName, ...]] = ("lstm",)
    rule: ClassVar[Rule] = Rule("lowest validation loss", CONVENTION)
    headlines: ClassVar[tuple[str, ...]] = ("epochs",)

    verdict: Selected
    epochs: tuple[Number, ...]
    trained: tuple[Number, ...]
    val_losses: tuple[Number, ...]
    seeds: tuple[Number, ...]
    last_selected: tuple[Number, ...]
    histories: tuple[History, ...]

    @property
    def named(self) -> bool:
        """Whether curves of the seeds carry their numbers: one needs none, many could not be told apart."""
        return bool(1 < self.n_seeds.value <= MAX_NAMED)


def find(study: Study) -> SelectedEpoch:
    """The epoch with the lowest validation loss of each seed; of equal ones, the first."""
    chosen = tuple(EPOCH(at(run, "selected_epoch")) for run in study.lstm)
    if len(study.lstm) == 1:
        verdict = Selected.SINGLE_SEED
    else:
        verdict = Selected.SAME if len({number.value for number in chosen}) == 1 else Selected.VARIES
    return SelectedEpoch(
        verdict=verdict,
        n_seeds=seeds(study.lstm),
        epochs=chosen,
        trained=tuple(EPOCH(derive("recuento", len, at(run, "epochs"))) for run in study.lstm),
        val_losses=tuple(LOSS(at(run, f"epochs[{selected_index(run)}].val_loss")) for run in study.lstm),
        seeds=tuple(seed(run) for run in study.lstm),
        last_selected=tuple(seed(run) for run in study.lstm if selected_index(run) == last_index(run)),
        histories=tuple(history(run) for run in study.lstm),
    )


# Of the table of epochs, in order.
COLUMNS: dict[str, Quantity] = {
    "epoch": EPOCH,
    "running_loss": LOSS,
    "running_accuracy": ACCURACY,
    "train_loss": LOSS,
    "train_accuracy": ACCURACY,
    "val_loss": LOSS,
    "val_loss_se": LOSS,
    "val_accuracy": ACCURACY,
    "learning_rate": LEARNING_RATE,
}


def history(run: Run) -> History:
    return History(
        seed=seed(run),
        selected=EPOCH(at(run, "selected_epoch")),
        trained=EPOCH(derive("recuento", len, at(run, "epochs"))),
        rows=tuple(
            tuple(quantity(at(run, f"epochs[{index}].{name}")) for name, quantity in COLUMNS.items())
            for index in range(last_index(run) + 1)
        ),
        chosen=selected_index(run),
    )
