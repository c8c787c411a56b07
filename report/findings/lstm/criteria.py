"""Whether accuracy would have chosen another epoch than the loss did."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import auto
from typing import ClassVar

from report.findings.base import CONVENTION, Code, Finding, Rule, seed, seeds
from report.findings.epochs import selected, selected_index
from report.ledger.ledger import Number, derive
from report.ledger.quantities import ACCURACY, EPOCH
from report.study.study import Need, Study, at


class Agreement(Code):
    AGREE = auto()
    DIFFER = auto()


@dataclass(frozen=True, kw_only=True)
class Criteria(Finding):
    """Of each seed in order: the epoch of the highest accuracy and that accuracy; the accuracy at the
    epoch chosen by the loss, and that epoch. ``differing`` are the seeds where they are not one."""

    needs: ClassVar[tuple[Need, ...]] = ("val_losses", "val_accuracies")
    rule: ClassVar[Rule] = Rule("highest validation accuracy", CONVENTION)

    verdict: Agreement
    best_epochs: tuple[Number, ...]
    best_accuracies: tuple[Number, ...]
    selected_accuracies: tuple[Number, ...]
    epochs: tuple[Number, ...]
    differing: tuple[Number, ...]


def find(study: Study) -> Criteria:
    """Whether the epoch of the lowest validation loss is also that of the highest validation
    accuracy, in every seed; an accuracy reached twice counts for both epochs."""
    every = [at(run, "epochs[*].val_accuracy") for run in study.val_losses]
    differing = [
        run
        for run, accuracies in zip(study.val_losses, every, strict=True)
        if accuracies.value[selected_index(run)] != max(accuracies.value)
    ]
    return Criteria(
        verdict=Agreement.DIFFER if differing else Agreement.AGREE,
        n_seeds=seeds(study.val_losses),
        best_epochs=tuple(EPOCH(derive("época del máximo", first_best, leaf)) for leaf in every),
        best_accuracies=tuple(ACCURACY(derive("máximo", max, leaf)) for leaf in every),
        selected_accuracies=tuple(
            ACCURACY(at(run, f"epochs[{selected_index(run)}].val_accuracy")) for run in study.val_losses
        ),
        epochs=tuple(EPOCH(selected(run)) for run in study.val_losses),
        differing=tuple(seed(run) for run in differing),
    )


def first_best(values: Sequence[float]) -> int:
    """The epoch, from 1, of the highest value; of equal ones, the first."""
    return max(range(len(values)), key=lambda index: values[index]) + 1
