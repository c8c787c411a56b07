"""What was proposed to do «with more resources» and was done: whether any of it helped, in either part."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import auto
from typing import ClassVar

from experiments.records.base import Run
from report.findings.base import CONVENTION, Code, Finding, Rule, seeds
from report.findings.gan import controls
from report.findings.gan import variants as of_gan
from report.findings.lstm import variants as of_lstm
from report.findings.variants import Effect, Proposal, name_of
from report.ledger.ledger import Leaf, Number, derive
from report.ledger.quantities import COUNT
from report.study.study import GROUPS, Groups, Need, Study


class Answer(Code):
    HELPED = auto()
    WORSENED = auto()
    NOT_HELPED = auto()
    NOT_TOLD = auto()


@dataclass(frozen=True, kw_only=True)
class Proposals(Finding):
    """``tried`` of both parts, and of these how many ``helped``; ``elsewhere`` are variants that change
    neither the network that reads reviews nor the one that draws, and are not compared."""

    needs: ClassVar[tuple[Need, ...]] = ("compared",)
    rule: ClassVar[Rule] = Rule("interval of the paired difference", CONVENTION)
    headlines: ClassVar[tuple[str, ...]] = ("tried",)

    verdict: Answer
    tried: Number
    helped: Number
    elsewhere: tuple[Number, ...]


def find(study: Study) -> Proposals:
    """What both parts say of their variants, taken together."""
    effects = effects_of(study)
    tried = Leaf(effects, "variantes comparadas con la base")
    helped = derive("recuento de las que mejoran", lambda effects: effects.count(Effect.IMPROVES), tried)
    return Proposals(
        verdict=answer(effects),
        n_seeds=seeds(study.lstm if study.lstm_variants else study.gan),
        tried=COUNT(derive("recuento", len, tried)),
        helped=COUNT(helped),
        elsewhere=tuple(
            name_of(runs_of(groups)) for name, groups in study.variants.items() if name not in study.compared
        ),
    )


def effects_of(study: Study) -> list[Effect]:
    """Of everything that was tried, part A first; without a judge that may be used nobody knows what the
    GANs draw."""
    tried: list[Proposal] = []
    if study.lstm_variants:
        tried += of_lstm.find(study).tried
    usable = bool(study.gan_variants) and controls.find(study).holds
    if usable:
        tried += of_gan.find(study).tried
    unjudged = [] if usable else [Effect.UNJUDGED for _ in study.gan_variants]
    return [each.compared.effect for each in tried] + unjudged


def runs_of(groups: Groups) -> tuple[Run, ...]:
    return tuple(run for name in GROUPS for run in getattr(groups, name))


def answer(effects: Sequence[Effect]) -> Answer:
    if Effect.IMPROVES in effects:
        return Answer.HELPED
    if set(effects) == {Effect.WORSENS}:
        return Answer.WORSENED
    decided = Effect.WORSENS in effects or Effect.NOT_TOLD in effects
    return Answer.NOT_HELPED if decided else Answer.NOT_TOLD
