"""The control by itself: a linear model of the same reviews, on their test part; and another one, of
the usual weights of words, beside it."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import auto
from typing import ClassVar

from experiments.kinds.linear import CONTROL, LINEAR_MODELS, LinearName, LinearRecord
from experiments.records.base import Run
from report.findings.base import CONVENTION, Code, Estimate, Finding, Row, Rule, Summary, seeds, summarize
from report.findings.chance import chance_of
from report.findings.hits import accuracy_of, estimate_of, hits_interval
from report.findings.intervals import Interval
from report.ledger.ledger import Number, derive
from report.ledger.quantities import ACCURACY, LOSS, SETTING
from report.study.study import GroupName, Study, at

USUAL: LinearName = "tfidf"
CUT: LinearName = "log_count_last"  # the control, fitted and tested on what an LSTM of this window sees


class BesideChance(Code):
    ABOVE = auto()
    NOT_ABOVE = auto()


class Model(Code):
    """As it is named in tables."""

    CONTROL = auto()
    TFIDF = auto()
    LAST_WORDS = auto()


@dataclass(frozen=True)
class Fitted:
    """One linear model over the seeds: on the validation and the test part; ``estimate`` is the mean
    accuracy on the latter with its interval over reviews and seeds."""

    model: Model
    val_accuracy: Summary
    accuracy: Summary
    estimate: Estimate
    loss: Summary


@dataclass(frozen=True)
class Tried:
    """An inverse penalty, and what it reaches on the validation part."""

    c: Number
    accuracy: Summary


@dataclass(frozen=True, kw_only=True)
class LinearModel(Finding):
    """``wilson`` of the control in the order of the seeds, ``lowest`` the one that begins lowest;
    ``candidates`` are the inverse penalties that were tried, ``chosen`` those of the seeds."""

    needs: ClassVar[tuple[GroupName, ...]] = ("linear",)
    rule: ClassVar[Rule] = Rule("Wilson interval against chance", CONVENTION)
    headlines: ClassVar[tuple[str, ...]] = ("estimate",)

    verdict: BesideChance
    estimate: Estimate
    accuracy: Summary
    loss: Summary
    wilson: tuple[Interval, ...]
    lowest: Interval
    candidates: tuple[Tried, ...]
    chosen: tuple[Number, ...]
    models: tuple[Fitted, ...]

    @property
    def rows(self) -> tuple[Row, ...]:
        """Means over the seeds; how much these differ, where they are several, stands by itself."""
        return tuple(
            (
                *(each.model, each.val_accuracy.mean, each.estimate),
                *((each.accuracy.sd,) if self.repeated else ()),
                each.loss.mean,
            )
            for each in self.models
        )


def model_path(name: LinearName) -> str:
    """Where one of the models stands in a record."""
    return f"models[{LINEAR_MODELS.index(name)}]"


def right_path(name: LinearName) -> str:
    """Where among the arrays it stands which reviews one of the models gets right."""
    return f"right[{LINEAR_MODELS.index(name)}]"


def find(study: Study) -> LinearModel:
    runs, place = study.linear, model_path(CONTROL)
    wilson = tuple(hits_interval(run, f"{place}.confusion") for run in runs)
    lowest = min(wilson, key=lambda interval: interval[0].value)
    chance = chance_of(runs[0], f"{place}.confusion").accuracy
    control = fitted(runs, Model.CONTROL, CONTROL)
    return LinearModel(
        verdict=BesideChance.ABOVE if lowest[0].value > chance.value else BesideChance.NOT_ABOVE,
        n_seeds=seeds(runs),
        margin=ACCURACY(
            derive("distancia al azar", lambda low, chance: abs(low - chance), lowest[0].leaf, chance.leaf)
        ),
        estimate=control.estimate,
        accuracy=control.accuracy,
        loss=control.loss,
        wilson=wilson,
        lowest=lowest,
        candidates=candidates(runs),
        chosen=tuple(SETTING(at(run, f"{place}.chosen_c")) for run in runs),
        models=(control, fitted(runs, Model.LAST_WORDS, CUT), fitted(runs, Model.TFIDF, USUAL)),
    )


def fitted(runs: Sequence[Run], model: Model, name: LinearName) -> Fitted:
    place = model_path(name)
    return Fitted(
        model=model,
        val_accuracy=summarize(ACCURACY, [at(run, f"{place}.val_accuracy") for run in runs]),
        accuracy=accuracy_of(runs, f"{place}.confusion"),
        estimate=estimate_of(runs, f"{place}.confusion", right_path(name)),
        loss=summarize(LOSS, [at(run, f"{place}.test_loss") for run in runs]),
    )


def candidates(runs: Sequence[Run]) -> tuple[Tried, ...]:
    """Each inverse penalty that was tried for the control, the same in all seeds."""
    record = runs[0].record
    assert isinstance(record, LinearRecord)
    places = [
        f"{model_path(CONTROL)}.candidates[{i}]" for i in range(len(record.model_named(CONTROL).candidates))
    ]
    return tuple(
        Tried(
            SETTING(at(runs[0], f"{place}.c")),
            summarize(ACCURACY, [at(run, f"{place}.val_accuracy") for run in runs]),
        )
        for place in places
    )
