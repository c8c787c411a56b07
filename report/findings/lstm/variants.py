"""What could have been done with more resources, done: other networks beside the LSTM of the base, on
the same reviews, and the best recurrent one together with the linear control."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import auto
from typing import ClassVar

from experiments.records.base import Run
from report.findings import ensemble, measures
from report.findings.base import CONVENTION, Code, Estimate, Finding, Row, Rule, seed, seeds, threshold
from report.findings.changes import Change
from report.findings.ensemble import Adds, Ensemble
from report.findings.published import comparable
from report.findings.review_by_review import (
    Answers,
    accuracy_of,
    answers_of,
    difference,
    has_learned,
    mean_difference,
    same_reviews,
)
from report.findings.variants import (
    ENOUGH_SEEDS,
    ByEffect,
    Compared,
    Cost,
    Effect,
    Outcome,
    Own,
    Proposal,
    changes_of,
    compare,
    cost_of,
    in_pairs,
    margin_of,
    name_of,
    on_one_machine,
    ordered,
    outcome_of,
    with_effect,
)
from report.ledger.ledger import Leaf, Number
from report.ledger.quantities import COUNT, SHARE_WHOLE
from report.study.study import Groups, Need, Study, at, lstm_record

GOAL = 0.9  # what the assignment asks for
PARAMETERS = "model.parameters"
UNJUDGED, NOT_COMPARABLE = Compared(Effect.UNJUDGED), Compared(Effect.NOT_COMPARABLE)


class Goal(Code):
    """Where the best accuracy stands beside ``GOAL``."""

    REACHED = auto()
    MISSED = auto()
    NOT_TOLD = auto()
    NOT_ASKED = auto()


@dataclass(frozen=True)
class Thresholds:
    goal: Number
    confidence: Number
    seeds: Number


@dataclass(frozen=True)
class Tried(Proposal):
    """``failed``: the seeds whose answers on the validation part may be chance. ``capped``: those whose
    validation loss was lowest at the last epoch that they were allowed, and might have fallen further."""

    failed: tuple[Number, ...]
    capped: tuple[Number, ...]
    accuracy: Estimate

    @property
    def cut_short(self) -> bool:
        """Whether all seeds were."""
        return len(self.capped) == len(self.compared.seeds) > 0

    @property
    def row(self) -> Row:
        cost = self.cost
        return (
            *(self.name, self.accuracy, self.compared.difference),
            *(cost.parameters, cost.minutes, cost.per_point, self.compared.effect),
        )


@dataclass(frozen=True, kw_only=True)
class Variants(ByEffect, Finding):
    """Everything that was tried beside the base, from the best to the worst. ``base_failed`` are the seeds
    of the base that learned nothing; beside them nothing is compared. ``best`` is the improvement that
    gains most, and ``goal`` is asked of it or, where there is none, of the base. ``control``, by itself, is
    no proposal: it stands beside the ``ensemble`` that has it inside."""

    needs: ClassVar[tuple[Need, ...]] = ("lstm", "lstm_variants")
    rule: ClassVar[Rule] = Rule("interval of the paired difference", CONVENTION)
    thresholds: ClassVar[Thresholds] = Thresholds(
        goal=threshold("lstm.variants", "objetivo", GOAL, SHARE_WHOLE),
        confidence=threshold("lstm.variants", "confianza", measures.CONFIDENCE, SHARE_WHOLE),
        seeds=threshold("lstm.variants", "semillas para la media", ENOUGH_SEEDS, COUNT),
    )

    verdict: Outcome
    base: Estimate
    base_cost: Cost
    base_failed: tuple[Number, ...]
    tried: tuple[Tried, ...]
    ensemble: Ensemble | None
    control: Tried | None
    best: Tried | None
    goal: Goal

    @property
    def rows(self) -> tuple[Row, ...]:
        cost = self.base_cost
        base = (Own.BASE, self.base, None, cost.parameters, cost.minutes, None, None)
        return (base, *(each.row for each in self.beside_control))

    @property
    def beside_control(self) -> tuple[Tried, ...]:
        return ordered((*self.tried, self.control)) if self.control else self.tried

    @property
    def drawn(self) -> tuple[Tried, ...]:
        """Those with a difference, and the control."""
        return tuple(each for each in self.beside_control if each.compared.difference)

    @property
    def improving_networks(self) -> tuple[Tried, ...]:
        """Those that are better than the base without the control."""
        return tuple(
            each for each in with_effect(self.tried, Effect.IMPROVES) if each.name is not Own.ENSEMBLE
        )

    @property
    def borrowed(self) -> Tried | None:
        """The ensemble, where it is better than the base and not than the control that is in it."""
        if self.ensemble is None or self.ensemble.adds is Adds.GAINS:
            return None
        improving = with_effect(self.tried, Effect.IMPROVES)
        return next((each for each in improving if each.name is Own.ENSEMBLE), None)

    @property
    def cut_short(self) -> tuple[Tried, ...]:
        return tuple(each for each in self.tried if each.cut_short)

    @property
    def sometimes_cut_short(self) -> tuple[Tried, ...]:
        return tuple(each for each in self.tried if each.capped and not each.cut_short)

    @property
    def failing(self) -> tuple[Tried, ...]:
        """Those of which some seed learned nothing."""
        return tuple(each for each in self.tried if each.failed)


@dataclass(frozen=True)
class Candidate:
    """What is to be compared: the answers of each seed, what it is made of and what it took. ``base`` has
    the runs of the base for the same seeds, none where they were tested on other reviews or there is no
    seed that both have."""

    name: Number | Own
    changes: tuple[Change, ...]
    failed: tuple[Number, ...]
    capped: tuple[Number, ...]
    base: tuple[Run, ...]
    own: tuple[Run, ...]
    answers: tuple[Answers, ...]
    parameters: Leaf
    seconds: tuple[Leaf, ...]


def find(study: Study) -> Variants:
    failed, base = failed_of(study.lstm), accuracy_of([answers_of(run) for run in study.lstm])
    member = ensemble.chosen(study) if study.linear else None
    candidates = [variant(study, groups) for groups in study.lstm_variants.values()]
    candidates += [with_control(study, member)] if member else []
    tried = ordered(tried_of(candidate, bool(failed)) for candidate in candidates)
    best = next(iter(with_effect(tried, Effect.IMPROVES)), None)
    return Variants(
        verdict=outcome_of([each.compared.effect for each in tried]),
        n_seeds=seeds(study.lstm),
        margin=margin_of(tried),
        base=base,
        base_cost=cost_of(at(study.lstm[0], PARAMETERS), seconds(study.lstm), None, UNJUDGED),
        base_failed=failed,
        tried=tried,
        ensemble=ensemble.ensemble_of(member, study.linear) if member else None,
        control=tried_of(control_alone(study), bool(failed)) if member else None,
        best=best,
        goal=goal_of(study, best.accuracy if best else base, bool(failed)),
    )


def failed_of(runs: Sequence[Run]) -> tuple[Number, ...]:
    """The seeds that learned nothing."""
    return tuple(seed(run) for run in runs if not has_learned(run))


def is_capped(run: Run) -> bool:
    record = lstm_record(run)
    return record.selected_epoch == record.config.max_epochs


def seconds(runs: Sequence[Run]) -> tuple[Leaf, ...]:
    """Of the processor."""
    return tuple(at(run, "processor_s") for run in runs)


def variant(study: Study, groups: Groups) -> Candidate:
    pairs = [pair for pair in in_pairs(study.lstm, groups.lstm) if same_reviews(*pair)]
    own = tuple(run for _, run in pairs) or groups.lstm
    return Candidate(
        name=name_of(groups.lstm),
        changes=changes_of(study, groups),
        failed=failed_of(groups.lstm),
        capped=tuple(seed(run) for run in own if is_capped(run)),
        base=tuple(run for run, _ in pairs),
        own=own,
        answers=tuple(map(answers_of, own)),
        parameters=at(own[0], PARAMETERS),
        seconds=seconds(own),
    )


def with_control(study: Study, member: ensemble.Member) -> Candidate:
    """The chosen network together with the control; it has the seeds of the base."""
    controls = dict(zip((run.record.seed for run in study.lstm), study.linear, strict=True))
    both = [(run, controls[run.record.seed]) for run in member.runs if run.record.seed in controls]
    return Candidate(
        name=Own.ENSEMBLE,
        changes=(),
        failed=(),
        capped=(),
        base=study.lstm,
        own=(*(run for run, _ in both), *(control for _, control in both)),
        answers=tuple(ensemble.together(run) for run, _ in both),
        parameters=ensemble.parameters(*both[0]),
        seconds=tuple(ensemble.seconds(*pair) for pair in both),
    )


def control_alone(study: Study) -> Candidate:
    """It has the seeds of the base, and reads the same reviews as what it is averaged with."""
    pairs = list(zip(study.lstm, study.linear, strict=True))
    return Candidate(
        name=Own.CONTROL,
        changes=(),
        failed=(),
        capped=(),
        base=study.lstm,
        own=study.linear,
        answers=tuple(ensemble.alone(*pair) for pair in pairs),
        parameters=ensemble.control_parameters(study.linear[0]),
        seconds=seconds(study.linear),
    )


def tried_of(candidate: Candidate, base_failed: bool) -> Tried:
    compared = UNJUDGED if base_failed else beside(candidate)
    comparable = compared.difference and on_one_machine(candidate.base, candidate.own)
    return Tried(
        name=candidate.name,
        changes=candidate.changes,
        failed=candidate.failed,
        capped=candidate.capped,
        accuracy=accuracy_of(candidate.answers),
        compared=compared,
        cost=cost_of(
            candidate.parameters,
            candidate.seconds,
            seconds(candidate.base) if comparable else None,
            compared,
        ),
    )


def beside(candidate: Candidate) -> Compared:
    """In pairs, on the seeds that both have."""
    if not candidate.base:
        return NOT_COMPARABLE
    pairs = list(zip(candidate.answers, map(answers_of, candidate.base), strict=True))
    each = [difference(*pair) for pair in pairs]
    return compare([seed(run) for run in candidate.base], each, mean_difference(pairs))


def goal_of(study: Study, accuracy: Estimate, base_failed: bool) -> Goal:
    """Asked of the whole of IMDb, and of more than one seed."""
    if base_failed or len(study.lstm) == 1 or not comparable(study):
        return Goal.NOT_ASKED
    if accuracy.low.value >= GOAL:
        return Goal.REACHED
    return Goal.MISSED if accuracy.high.value < GOAL else Goal.NOT_TOLD
