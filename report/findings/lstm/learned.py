"""Whether the LSTM has learned anything: without that there is nothing to overfit, forget or lean."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import auto
from typing import ClassVar

from experiments.records.base import Run
from report.findings import measures
from report.findings.base import Code, Premise, Rule, seed, seeds, threshold
from report.findings.epochs import selected_index
from report.ledger.ledger import Leaf, Number, derive
from report.ledger.quantities import ACCURACY, COUNT, P_VALUE
from report.study.study import GroupName, Study, at

EVEN = 0.5  # the majority's share where both classes are as frequent


class HowMany(Code):
    """The seeds that learned."""

    ALL = auto()
    SOME = auto()
    NONE = auto()


class Baseline(Code):
    """What is reached without reading: by chance, or by always answering the most frequent class."""

    CHANCE = auto()
    MAJORITY = auto()


@dataclass(frozen=True)
class Thresholds:
    significance: Number


@dataclass(frozen=True)
class SeedLearned:
    """Of one seed, on the validation part at the selected epoch: its accuracy, that of always answering
    the most frequent class, the p value, and by how much the accuracy is above the least that
    learning asks for, or below it."""

    seed: Number
    accuracy: Number
    majority: Number
    p: Number
    margin: Number
    learned: bool


@dataclass(frozen=True, kw_only=True)
class Learned(Premise):
    """Holds only if all seeds learned: what is said of several would else be a mean of networks that
    learned and of others that did not. All seeds beyond chance, each by itself, need no correction for
    their number. ``n`` reviews each."""

    needs: ClassVar[tuple[GroupName, ...]] = ("lstm",)
    rule: ClassVar[Rule] = Rule("one-sided exact binomial test on the validation part", "binomial")
    thresholds: ClassVar[Thresholds] = Thresholds(
        significance=threshold("lstm.learned", "significación", measures.SIGNIFICANCE)
    )

    verdict: HowMany
    baseline: Baseline
    by_seed: tuple[SeedLearned, ...]
    n: Number

    @property
    def holds(self) -> bool:
        return self.verdict is HowMany.ALL

    @property
    def worst_p(self) -> Number:
        return max((each.p for each in self.by_seed), key=lambda p: p.value)

    @property
    def lowest_p(self) -> Number:
        return min((each.p for each in self.by_seed), key=lambda p: p.value)

    @property
    def learned_seeds(self) -> tuple[Number, ...]:
        return tuple(each.seed for each in self.by_seed if each.learned)

    @property
    def unlearned(self) -> tuple[SeedLearned, ...]:
        return tuple(each for each in self.by_seed if not each.learned)


def find(study: Study) -> Learned:
    by_seed = tuple(map(of_seed, study.lstm))
    even = all(each.majority.value == EVEN for each in by_seed)
    nearest = min((each.margin for each in by_seed), key=lambda margin: abs(margin.value))
    return Learned(
        verdict=how_many(each.learned for each in by_seed),
        n_seeds=seeds(study.lstm),
        margin=ACCURACY(derive("valor absoluto", abs, nearest.leaf)),
        baseline=Baseline.CHANCE if even else Baseline.MAJORITY,
        by_seed=by_seed,
        n=COUNT(at(study.lstm[0], "sizes.validation")),
    )


def how_many(learned: Iterable[bool]) -> HowMany:
    each = list(learned)
    if all(each):
        return HowMany.ALL
    return HowMany.SOME if any(each) else HowMany.NONE


def of_seed(run: Run) -> SeedLearned:
    accuracy, n = at(run, f"epochs[{selected_index(run)}].val_accuracy"), at(run, "sizes.validation")
    hits = derive("aciertos", lambda share, n: round(share * n), accuracy, n)
    majority = derive("clase más frecuente", majority_share, at(run, "arrays.val_counts"))
    p: Leaf = derive("prueba binomial de una cola", measures.upper_tail, hits, n, majority)
    margin = derive(
        "distancia a lo que pide aprender",
        lambda hits, n, share: (hits - least_hits(n, share)) / n,
        *(hits, n, majority),
    )
    return SeedLearned(
        seed=seed(run),
        accuracy=ACCURACY(accuracy),
        majority=ACCURACY(majority),
        p=P_VALUE(p),
        margin=ACCURACY(margin),
        learned=p.value < measures.SIGNIFICANCE,
    )


def majority_share(counts: Iterable[int]) -> float:
    """Of the most frequent class."""
    each = [int(count) for count in counts]
    return max(each) / sum(each)


def least_hits(n: int, probability: float) -> int:
    """The fewest among ``n`` that are beyond ``probability``; n + 1 where not even all of them are."""
    low, high = 0, n + 1
    while low < high:  # the tail falls as the hits grow
        middle = (low + high) // 2
        if measures.upper_tail(middle, n, probability) < measures.SIGNIFICANCE:
            high = middle
        else:
            low = middle + 1
    return low
