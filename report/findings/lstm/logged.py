"""What each epoch logged, for the table of epochs."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import auto
from typing import ClassVar

from experiments.records.brought import BroughtLstm
from report.findings.base import CONVENTION, Code, Finding, Row, Rule, grouped, seed, seeds
from report.findings.epochs import has, last_index, selected, selected_index
from report.ledger.ledger import Number, Quantity, derive, gather
from report.ledger.quantities import ACCURACY, COUNT, EPOCH, LEARNING_RATE, LOSS
from report.study.study import AnyRun, Need, Study, at


class Column(Code):
    """As in the records, in capitals, in the order of the table."""

    EPOCH = auto()
    RUNNING_LOSS = auto()
    RUNNING_ACCURACY = auto()
    TRAIN_LOSS = auto()
    TRAIN_ACCURACY = auto()
    VAL_LOSS = auto()
    VAL_LOSS_SE = auto()
    VAL_ACCURACY = auto()
    LEARNING_RATE = auto()


QUANTITIES: dict[Column, Quantity] = {
    Column.EPOCH: EPOCH,
    Column.RUNNING_LOSS: LOSS,
    Column.RUNNING_ACCURACY: ACCURACY,
    Column.TRAIN_LOSS: LOSS,
    Column.TRAIN_ACCURACY: ACCURACY,
    Column.VAL_LOSS: LOSS,
    Column.VAL_LOSS_SE: LOSS,
    Column.VAL_ACCURACY: ACCURACY,
    Column.LEARNING_RATE: LEARNING_RATE,
}


class Minimum(Code):
    """Whether it is known in which epoch the validation loss is lowest."""

    KNOWN = auto()
    UNKNOWN = auto()


@dataclass(frozen=True)
class History:
    """One seed, epoch by epoch: of ``rows``, that at ``chosen`` has the lowest validation loss, which is
    that of the epoch ``selected``; both None where that loss was not logged."""

    seed: Number
    trained: Number
    rows: tuple[Row, ...]
    selected: Number | None
    chosen: int | None


@dataclass(frozen=True)
class Rounded:
    """``columns`` that come with so many ``decimals``, of several seeds the fewest."""

    decimals: Number
    columns: tuple[Column, ...]


@dataclass(frozen=True, kw_only=True)
class Logged(Finding):
    """``columns`` are those that all epochs of all seeds logged; ``rounded``, those of a history that was
    printed with no more decimals than a document prints."""

    needs: ClassVar[tuple[Need, ...]] = ("histories",)
    rule: ClassVar[Rule] = Rule("what each epoch logged", CONVENTION)

    verdict: Minimum
    columns: tuple[Column, ...]
    histories: tuple[History, ...]
    rounded: tuple[Rounded, ...]


def find(study: Study) -> Logged:
    runs = study.histories
    columns = tuple(column for column in Column if all(has(run, column.name.lower()) for run in runs))
    return Logged(
        verdict=Minimum.KNOWN if study.val_losses else Minimum.UNKNOWN,
        n_seeds=seeds(runs),
        columns=columns,
        histories=tuple(history(run, columns, bool(study.val_losses)) for run in runs),
        rounded=rounded(runs, columns),
    )


def rounded(runs: Sequence[AnyRun], columns: Sequence[Column]) -> tuple[Rounded, ...]:
    """By how many decimals, in the order of the columns; significant digits, as of a rate, are others."""
    fewest: dict[Column, Number] = {}
    for column in columns:
        name = column.name.lower()
        given = [
            at(run, f"decimals.{name}")
            for run in runs
            if isinstance(run.record, BroughtLstm) and name in run.record.decimals
        ]
        if given and QUANTITIES[column].style == "number":
            number = COUNT(derive("mínimo", min, gather(given)))
            if number.value <= QUANTITIES[column].decimals:
                fewest[column] = number
    groups = grouped(fewest, lambda column: fewest[column].value)
    return tuple(Rounded(fewest[alike[0]], alike) for alike in groups.values())


def history(run: AnyRun, columns: tuple[Column, ...], has_minimum: bool) -> History:
    def row(index: int) -> Row:
        return tuple(QUANTITIES[each](at(run, f"epochs[{index}].{each.name.lower()}")) for each in columns)

    return History(
        seed=seed(run),
        trained=EPOCH(derive("recuento", len, at(run, "epochs"))),
        rows=tuple(row(index) for index in range(last_index(run) + 1)),
        selected=EPOCH(selected(run)) if has_minimum else None,
        chosen=selected_index(run) if has_minimum else None,
    )
