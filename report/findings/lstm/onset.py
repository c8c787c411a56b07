"""The epoch from which the validation loss stays above its minimum."""

from dataclasses import dataclass
from enum import auto
from typing import ClassVar

from report.findings import measures
from report.findings.base import Code, Finding, Rule, seeds, threshold
from report.findings.epochs import last_index, selected_index
from report.findings.lstm.learned import Learned
from report.ledger.ledger import Leaf, Number, derive, gather
from report.ledger.quantities import COUNT, EPOCH, SHARE_WHOLE
from report.study.study import AnyRun, Need, Study, at

GL, GL_HELD = 0.02, 2  # Prechelt's GL above 2 %, in two epochs running


class Reached(Code):
    """The seeds that have an onset; unknown if none has and some has too few epochs after its minimum
    for one."""

    ALL = auto()
    SOME = auto()
    NONE = auto()
    UNKNOWN = auto()


@dataclass(frozen=True)
class Thresholds:
    gl: Number
    held: Number


@dataclass(frozen=True, kw_only=True)
class Onset(Finding):
    """``epochs`` of the seeds that have one, ``count`` of them."""

    needs: ClassVar[tuple[Need, ...]] = ("val_losses",)
    presupposes = (Learned,)
    rule: ClassVar[Rule] = Rule("Prechelt's GL", "prechelt_1998")
    thresholds: ClassVar[Thresholds] = Thresholds(
        gl=threshold("lstm.onset", "gl", GL, SHARE_WHOLE),
        held=threshold("lstm.onset", "épocas", GL_HELD, COUNT),
    )

    verdict: Reached
    epochs: tuple[Number, ...]
    count: Number


def find(study: Study) -> Onset:
    """The epoch from which the validation loss stays above its minimum, by Prechelt's GL."""
    leaves = [onset_of(run) for run in study.val_losses]
    found = [leaf for leaf in leaves if leaf.value is not None]
    if found:
        verdict = Reached.ALL if len(found) == len(leaves) else Reached.SOME
    else:
        short = any(last_index(run) - selected_index(run) < GL_HELD for run in study.val_losses)
        verdict = Reached.UNKNOWN if short else Reached.NONE
    return Onset(
        verdict=verdict,
        n_seeds=seeds(study.val_losses),
        epochs=tuple(EPOCH(leaf) for leaf in found),
        count=COUNT(derive("recuento", lambda epochs: sum(e is not None for e in epochs), gather(leaves))),
    )


def onset_of(run: AnyRun) -> Leaf:
    """Of one seed; its value is None where there is no onset."""
    losses = at(run, "epochs[*].val_loss")
    return derive("inicio por GL de Prechelt", lambda values: measures.onset(values, GL, GL_HELD), losses)
