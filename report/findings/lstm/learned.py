"""Whether the LSTM has learned anything: without that there is nothing to overfit, forget or lean."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import auto
from typing import ClassVar

from experiments.records.brought import Brought
from experiments.records.parts import Confusion
from report.findings import measures
from report.findings.base import Code, Premise, Rule, Summary, seed, seeds, summarize, threshold
from report.findings.degrees import MODERATE, minus
from report.findings.epochs import last_index, selected_index
from report.findings.hits import hits_and_total, share_of_hits
from report.ledger.ledger import Leaf, Number, derive
from report.ledger.quantities import ACCURACY, COUNT, EPOCH, GAP, P_VALUE
from report.study.study import AnyRun, Need, Study, at, brought_lstm_record, logs

EVEN = 0.5  # the majority's share where both classes are as frequent
FEWEST = 100  # reviews: with so few a validation part says hardly anything of an accuracy


class HowMany(Code):
    """The seeds that learned. Unknown where it would hang on how many reviews there are, which nobody says:
    what beats chance on few beats it on more, but not the other way round."""

    ALL = auto()
    SOME = auto()
    NONE = auto()
    UNKNOWN = auto()


class Part(Code):
    """The reviews on which it is asked. ``ASSUMED``: those of validation, taken for ``FEWEST`` because
    nobody says how many they are."""

    VALIDATION = auto()
    TEST = auto()
    ASSUMED = auto()


class Baseline(Code):
    """What is reached without reading: by chance, or by always answering the most frequent class."""

    CHANCE = auto()
    MAJORITY = auto()


@dataclass(frozen=True)
class Thresholds:
    """``fewest`` reviews are assumed where their number is not known."""

    significance: Number
    fewest: Number


@dataclass(frozen=True)
class SeedLearned:
    """Of one seed: its accuracy, in which ``epoch`` where it is one of validation, that of always answering
    the most frequent class, the p value, and by how much the accuracy is above the least that learning asks
    for, or below it."""

    seed: Number
    epoch: Number | None
    accuracy: Number
    majority: Number
    p: Number
    margin: Number
    learned: bool


@dataclass(frozen=True, kw_only=True)
class Learned(Premise):
    """Holds only if all seeds learned: what is said of several would else be a mean of networks that
    learned and of others that did not. All seeds beyond chance, each by itself, need no correction for
    their number. ``n`` reviews each: of validation, at the selected epoch, where they are known; else of
    the test part, with the weights that were tested. ``ahead``: by how much the training accuracy is above
    that of validation, where it is by what would be a moderate overfitting; None elsewhere, and where it was
    not measured at rest."""

    needs: ClassVar[tuple[Need, ...]] = ("classified",)
    rule: ClassVar[Rule] = Rule("one-sided exact binomial test", "binomial")
    thresholds: ClassVar[Thresholds] = Thresholds(
        significance=threshold("lstm.learned", "significación", measures.SIGNIFICANCE),
        fewest=threshold("lstm.learned", "reseñas supuestas", FEWEST, COUNT),
    )

    verdict: HowMany
    part: Part
    baseline: Baseline
    by_seed: tuple[SeedLearned, ...]
    n: Number
    ahead: Summary | None

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
    part = part_of(study)
    runs = study.classified
    by_seed = tuple(of_seed(run, part) for run in runs)
    even = all(each.majority.value == EVEN for each in by_seed)
    nearest = min((each.margin for each in by_seed), key=lambda margin: abs(margin.value))
    return Learned(
        verdict=verdict_of(by_seed, part),
        n_seeds=seeds(runs),
        margin=ACCURACY(derive("valor absoluto", abs, nearest.leaf)),
        part=part,
        baseline=Baseline.CHANCE if even else Baseline.MAJORITY,
        by_seed=by_seed,
        n=COUNT(answered(runs[0], part)[1]),
        ahead=ahead_of(study),
    )


def ahead_of(study: Study) -> Summary | None:
    if not study.lstm:
        return None
    places = [(run, f"epochs[{selected_index(run)}]") for run in study.lstm]
    gap = summarize(
        GAP,
        [
            derive("diferencia", minus, at(run, f"{place}.train_accuracy"), at(run, f"{place}.val_accuracy"))
            for run, place in places
        ],
    )
    return gap if gap.mean.value >= MODERATE else None


def part_of(study: Study) -> Part:
    if study.lstm:
        return Part.VALIDATION
    return Part.TEST if study.matrices else Part.ASSUMED


def verdict_of(by_seed: Sequence[SeedLearned], part: Part) -> HowMany:
    found = how_many(each.learned for each in by_seed)
    return HowMany.UNKNOWN if part is Part.ASSUMED and found is not HowMany.ALL else found


def how_many(learned: Iterable[bool]) -> HowMany:
    each = list(learned)
    if all(each):
        return HowMany.ALL
    return HowMany.SOME if any(each) else HowMany.NONE


def answered(run: AnyRun, part: Part) -> tuple[Leaf, Leaf, Leaf]:
    """The accuracy, on how many reviews, and the share of their most frequent class."""
    if part is Part.TEST:
        hits, n = hits_and_total(run)
        cells = (at(run, f"confusion.{name}") for name in Confusion.model_fields)
        majority = derive(
            "clase más frecuente", lambda tn, fp, fn, tp: majority_share((tn + fp, fn + tp)), *cells
        )
        return share_of_hits(hits, n), n, majority
    if part is Part.ASSUMED:
        accuracy = at(run, f"epochs[{best_epoch(run)}].val_accuracy")
        return accuracy, Learned.thresholds.fewest.leaf, EVEN_CLASSES
    accuracy, n = at(run, f"epochs[{selected_index(run)}].val_accuracy"), at(run, "sizes.validation")
    return accuracy, n, derive("clase más frecuente", majority_share, at(run, "arrays.val_counts"))


EVEN_CLASSES = Leaf(EVEN, "regla:lstm.learned.clases iguales")


def best_epoch(run: AnyRun) -> int:
    """As an index from 0, of what an author brought: the epoch of the lowest validation loss; where that
    was not logged, the last one."""
    known = isinstance(run, Brought) and logs(brought_lstm_record(run), "val_loss")
    return selected_index(run) if known else last_index(run)


def of_seed(run: AnyRun, part: Part = Part.VALIDATION) -> SeedLearned:
    accuracy, n, majority = answered(run, part)
    hits = derive("aciertos", lambda share, n: round(share * n), accuracy, n)
    p: Leaf = derive("prueba binomial de una cola", measures.upper_tail, hits, n, majority)
    margin = derive(
        "distancia a lo que pide aprender",
        lambda hits, n, share: (hits - least_hits(n, share)) / n,
        *(hits, n, majority),
    )
    return SeedLearned(
        seed=seed(run),
        epoch=epoch_of(run, part),
        accuracy=ACCURACY(accuracy),
        majority=ACCURACY(majority),
        p=P_VALUE(p),
        margin=ACCURACY(margin),
        learned=p.value < measures.SIGNIFICANCE,
    )


def epoch_of(run: AnyRun, part: Part) -> Number | None:
    if part is Part.TEST:
        return None
    index = best_epoch(run) if part is Part.ASSUMED else selected_index(run)
    return EPOCH(at(run, f"epochs[{index}].epoch"))


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
