"""Whether a threshold that makes both errors alike on the validation part takes the bias away on the test
part, and which class is harder there."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import auto
from typing import Any, ClassVar

from experiments.records.base import Run
from report.findings import measures
from report.findings.answers import balanced_threshold, wrong_by_threshold
from report.findings.base import (
    CONVENTION,
    Code,
    Finding,
    Row,
    Rule,
    Summary,
    grouped,
    seeds,
    summarize,
    threshold,
)
from report.findings.hits import LSTM
from report.findings.lstm.confusion import Bias
from report.findings.lstm.learned import Learned
from report.findings.lstm.threshold import (
    DEFAULT,
    Explains,
    SeedThreshold,
    answer,
    cells_of,
    errors,
    errors_at,
    explains,
    of_seed,
)
from report.ledger.ledger import Leaf, Number, derive
from report.ledger.quantities import SHARE
from report.study.answers import HALF
from report.study.study import GroupName, Study, at


class Harder(Code):
    """Which class is read wrongly more often on the test part than on validation, with the usual threshold:
    what every seed shows."""

    POSITIVE = auto()
    NEGATIVE = auto()
    BOTH = auto()
    NEITHER = auto()


@dataclass(frozen=True)
class Thresholds:
    default: Number
    significance: Number


@dataclass(frozen=True)
class Wrong:
    """Of each class, the share that is read wrongly: over the seeds."""

    negatives: Summary
    positives: Summary


@dataclass(frozen=True, kw_only=True)
class BalancedThreshold(Finding):
    """``by_seed``: the threshold that makes the shares of both classes that are wrong differ least on the
    validation part, and the errors with it on the test part; ``wrong`` the shares there, ``usual`` those with
    ``DEFAULT`` and ``validation`` those on the validation part with ``DEFAULT``. ``worst_p`` is that of the
    seed that shows least of a bias with these thresholds."""

    needs: ClassVar[tuple[GroupName, ...]] = ("lstm",)
    presupposes = (Learned,)
    rule: ClassVar[Rule] = Rule("errors alike on the validation part; exact binomial test", CONVENTION)
    thresholds: ClassVar[Thresholds] = Thresholds(
        default=threshold("lstm.balanced_threshold", "usual", DEFAULT),
        significance=threshold("lstm.balanced_threshold", "significación", measures.SIGNIFICANCE),
    )

    verdict: Explains
    harder: Harder
    by_seed: tuple[SeedThreshold, ...]
    wrong: Wrong
    usual: Wrong
    validation: Wrong
    worst_p: Number

    @property
    def groups(self) -> dict[Bias, tuple[SeedThreshold, ...]]:
        """By the bias that each seed has with the threshold that it chooses."""
        return grouped(self.by_seed, lambda each: each.bias)

    @property
    def chosen(self) -> tuple[Number, ...]:
        return tuple(each.chosen for each in self.by_seed)

    @property
    def rows(self) -> tuple[Row, ...]:
        return tuple(
            (each.seed, each.chosen, each.false_negative, each.false_positive, each.p, each.change)
            for each in self.by_seed
        )


def find(study: Study) -> BalancedThreshold:
    runs = study.lstm
    levels = [balanced_level(run) for run in runs]
    given = [answer(run, level) for run, level in zip(runs, levels, strict=True)]
    by_seed = tuple(
        of_seed(run, level, fn, fp) for run, level, (_, fn, fp) in zip(runs, levels, given, strict=True)
    )
    after = errors(
        [each.false_negative.leaf for each in by_seed],
        [each.false_positive.leaf for each in by_seed],
        [each.bias for each in by_seed],
    )
    return BalancedThreshold(
        verdict=explains([level.value for level in levels], errors_at(runs, LSTM).bias, after.bias),
        n_seeds=seeds(runs),
        harder=harder_of(runs),
        by_seed=by_seed,
        wrong=Wrong(
            negatives=over_seeds([share_of(fp, *negatives(run)) for run, (_, _, fp) in beside(runs, given)]),
            positives=over_seeds([share_of(fn, *positives(run)) for run, (_, fn, _) in beside(runs, given)]),
        ),
        usual=Wrong(
            negatives=over_seeds([share_of(negatives(run)[0], *negatives(run)) for run in runs]),
            positives=over_seeds([share_of(positives(run)[0], *positives(run)) for run in runs]),
        ),
        validation=Wrong(
            negatives=over_seeds([validation_share(run, 0) for run in runs]),
            positives=over_seeds([validation_share(run, 1) for run in runs]),
        ),
        worst_p=max((each.p for each in by_seed), key=lambda p: p.value),
    )


def balanced_level(run: Run) -> Leaf:
    return derive("umbral que iguala los errores", balanced_threshold, at(run, "arrays.val_said"))


def beside(runs: Sequence[Run], given: Sequence[Any]) -> list[tuple[Run, Any]]:
    return list(zip(runs, given, strict=True))


def negatives(run: Run) -> tuple[Leaf, Leaf]:
    """Of the test part, those that are wrong with the usual threshold and those that are right."""
    tn, fp, _, _ = cells_of(run, LSTM)
    return fp, tn


def positives(run: Run) -> tuple[Leaf, Leaf]:
    _, _, fn, tp = cells_of(run, LSTM)
    return fn, tp


def share_of(wrong: Leaf, *of_class: Leaf) -> Leaf:
    return derive("proporción", lambda k, a, b: k / (a + b) if a + b else 0.0, wrong, *of_class)


def over_seeds(leaves: Sequence[Leaf]) -> Summary:
    return summarize(SHARE, leaves)


def validation_wrong(counts: Any, kind: int) -> tuple[int, int]:
    """How many of a class are wrong with the usual threshold, 0 the negative one, and how many there are."""
    return int(wrong_by_threshold(counts)[kind][HALF]), int(counts[kind].sum())


def validation_share(run: Run, kind: int) -> Leaf:
    def share(counts: Any) -> float:
        wrong, total = validation_wrong(counts, kind)
        return wrong / total if total else 0.0

    return derive("proporción en la validación", share, at(run, "arrays.val_said"))


def harder_of(runs: Sequence[Run]) -> Harder:
    negative, positive = (
        all(is_harder(run, kind, of_class(run)) for run in runs)
        for kind, of_class in enumerate((negatives, positives))
    )
    if negative and positive:
        return Harder.BOTH
    return Harder.POSITIVE if positive else Harder.NEGATIVE if negative else Harder.NEITHER


def is_harder(run: Run, kind: int, of_class: tuple[Leaf, Leaf]) -> bool:
    """Newcombe's (1998) interval of the difference lies above 0."""
    wrong, right = (leaf.value for leaf in of_class)
    wrong_before, total = validation_wrong(run.arrays["val_said"], kind)
    if not total or not wrong + right:
        return False
    test, before = (
        (k / n, measures.wilson_interval(k, n)) for k, n in ((wrong, wrong + right), (wrong_before, total))
    )
    return measures.difference_interval(*test, *before)[0] > 0
