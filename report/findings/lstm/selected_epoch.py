"""Which epoch validation chose."""

from dataclasses import dataclass
from enum import auto
from typing import ClassVar

from report.findings.base import CONVENTION, Code, Finding, Rule, seed, seeds
from report.findings.epochs import last_index, selected, selected_index
from report.ledger.ledger import Number, derive
from report.ledger.quantities import EPOCH, LOSS
from report.study.study import Need, Study, at

MAX_NAMED = 5  # seeds that can be told apart by their numbers beside their curves


class Selected(Code):
    SINGLE_SEED = auto()
    SAME = auto()
    VARIES = auto()


@dataclass(frozen=True, kw_only=True)
class SelectedEpoch(Finding):
    """Of each seed in order: the epoch of the lowest validation loss, those trained, the loss there.
    ``last_selected`` are the seeds where that is the last epoch. ``kept``: whether its weights are known
    to be those that were tested."""

    needs: ClassVar[tuple[Need, ...]] = ("val_losses",)
    rule: ClassVar[Rule] = Rule("lowest validation loss", CONVENTION)
    headlines: ClassVar[tuple[str, ...]] = ("epochs",)

    verdict: Selected
    kept: bool
    epochs: tuple[Number, ...]
    trained: tuple[Number, ...]
    val_losses: tuple[Number, ...]
    seeds: tuple[Number, ...]
    last_selected: tuple[Number, ...]

    @property
    def named(self) -> bool:
        """Whether curves of the seeds carry their numbers: one needs none, many could not be told apart."""
        return bool(1 < self.n_seeds.value <= MAX_NAMED)


def find(study: Study) -> SelectedEpoch:
    """The epoch with the lowest validation loss of each seed; of equal ones, the first."""
    runs = study.val_losses
    chosen = tuple(EPOCH(selected(run)) for run in runs)
    if len(runs) == 1:
        verdict = Selected.SINGLE_SEED
    else:
        verdict = Selected.SAME if len({number.value for number in chosen}) == 1 else Selected.VARIES
    return SelectedEpoch(
        verdict=verdict,
        n_seeds=seeds(runs),
        kept=bool(study.lstm),
        epochs=chosen,
        trained=tuple(EPOCH(derive("recuento", len, at(run, "epochs"))) for run in runs),
        val_losses=tuple(LOSS(at(run, f"epochs[{selected_index(run)}].val_loss")) for run in runs),
        seeds=tuple(seed(run) for run in runs),
        last_selected=tuple(seed(run) for run in runs if selected_index(run) == last_index(run)),
    )
