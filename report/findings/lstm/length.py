"""Accuracy by the length of the reviews, and by their stars, beside the control."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import auto
from typing import ClassVar

from experiments.kinds.memory import MemoryRecord
from experiments.records.base import Run
from report.findings.base import Code, Estimate, Finding, Row, Rule, Summary, seed, seeds, summarize
from report.findings.hits import share_of_hits
from report.findings.intervals import Interval, estimate, seeds_interval, wilson_interval
from report.findings.lstm.learned import Learned
from report.findings.trend import Pair, Trend, falls, margin, rises, trend_of
from report.ledger.ledger import Leaf, Number, derive
from report.ledger.quantities import ACCURACY, COEFFICIENT, COUNT, POINTS
from report.study.study import GroupName, Study, at, lstm_record

MODELS = ("lstm", "linear")  # as the records name them


class Whole(Code):
    """Among the reviews that the LSTM sees whole, whose beginning it has read."""

    FALLS = auto()
    RISES = auto()
    NOT_SHOWN = auto()
    NONE = auto()


class Line(Code):
    """The lines of the tables of buckets; of the last words, the linear model that sees no others; by how
    much the control is ahead of the LSTM."""

    REVIEWS = auto()
    LSTM = auto()
    CONTROL = auto()
    LAST_WORDS = auto()
    AHEAD = auto()


class Term(Code):
    """Of the regressions, named as in the records, in capitals."""

    LOG_LENGTH = auto()
    TRUNCATED = auto()
    MODEL = auto()
    INTERACTION = auto()
    TRUNCATED_MODEL = auto()


@dataclass(frozen=True)
class Bucket:
    """Reviews alike: the limits of what makes them so and how many there are, the accuracy of the LSTM
    and of the control over the seeds, each with the interval of their mean, and that of the linear model
    that sees the last words alone; ``ahead``, by how many points the control is right more often."""

    low: Number
    high: Number
    n: Number
    lstm: Summary
    band: Interval
    linear: Summary
    linear_band: Interval
    last: Summary
    ahead: Number


@dataclass(frozen=True)
class SeedTerm:
    """One term of both regressions of one seed: on all reviews and on those seen whole; None where the
    reviews cannot give it."""

    seed: Number
    term: Term
    every: Estimate | None
    whole: Estimate | None


@dataclass(frozen=True, kw_only=True)
class Length(Finding):
    """``changing`` names the seeds that fall and those that rise, ``control*`` the same of the control;
    ``whole*`` up to the longest decile that the LSTM sees whole. Of the stars, the LSTM is
    least right of the ``hardest`` and the control least and most ahead of it in the ``nearest`` and the
    ``farthest``; there may be none."""

    needs: ClassVar[tuple[GroupName, ...]] = ("lstm", "memory")
    presupposes = (Learned,)
    rule: ClassVar[Rule] = Rule("Wilson intervals of the first and the last decile", "wilson_1927")

    verdict: Trend
    deciles: tuple[Bucket, ...]
    stars: tuple[Bucket, ...]
    hardest: Bucket | None
    nearest: Bucket | None
    farthest: tuple[Bucket, ...]
    changing: dict[Trend, tuple[Number, ...]]
    control: Trend
    control_changing: dict[Trend, tuple[Number, ...]]
    whole: Bucket | None
    whole_trend: Whole
    whole_changing: dict[Trend, tuple[Number, ...]]
    regressions: tuple[SeedTerm, ...]

    @property
    def decile_limits(self) -> Row:
        """The head of their table."""
        return tuple(bucket.high for bucket in self.deciles)

    @property
    def decile_rows(self) -> tuple[Row, ...]:
        return bucket_rows(self.deciles)

    @property
    def star_limits(self) -> Row:
        return tuple(bucket.high for bucket in self.stars)

    @property
    def star_rows(self) -> tuple[Row, ...]:
        return bucket_rows(self.stars)

    @property
    def regression_rows(self) -> tuple[Row, ...]:
        return tuple((each.seed, each.term, each.every, each.whole) for each in self.regressions)


def bucket_rows(buckets: Sequence[Bucket]) -> tuple[Row, ...]:
    """One column for each bucket; of each model, the mean."""
    return (
        (Line.REVIEWS, *(bucket.n for bucket in buckets)),
        (Line.LSTM, *(bucket.lstm.mean for bucket in buckets)),
        (Line.CONTROL, *(bucket.linear.mean for bucket in buckets)),
        (Line.LAST_WORDS, *(bucket.last.mean for bucket in buckets)),
        (Line.AHEAD, *(bucket.ahead for bucket in buckets)),
    )


def find(study: Study) -> Length:
    """What becomes of the accuracy of both models from the shortest to the longest reviews."""
    runs = study.memory
    record = memory_record(runs[0])
    deciles = tuple(bucket_at(runs, f"deciles[{index}]") for index in range(len(record.deciles)))
    stars = tuple(bucket_at(runs, f"stars[{index}]") for index in range(len(record.stars)))
    first, last = "deciles[0]", f"deciles[{len(deciles) - 1}]"
    pairs, control_pairs = ends(runs, first, last), ends(runs, first, last, "linear")
    whole = last_whole(study)
    whole_pairs = ends(runs, first, whole) if whole else []
    return Length(
        verdict=trend_of(pairs),
        n_seeds=seeds(runs),
        margin=margin(pairs),
        deciles=deciles,
        stars=stars,
        hardest=min(stars, key=lambda bucket: bucket.lstm.mean.value) if stars else None,
        nearest=min(stars, key=lambda bucket: bucket.ahead.value) if stars else None,
        farthest=most_ahead(stars),
        changing=changing(runs, pairs),
        control=trend_of(control_pairs),
        control_changing=changing(runs, control_pairs),
        whole=bucket_at(runs, whole) if whole else None,
        whole_trend=Whole[trend_of(whole_pairs).name] if whole else Whole.NONE,
        whole_changing=changing(runs, whole_pairs) if whole else {},
        regressions=tuple(term for run in runs for term in terms(run)),
    )


def most_ahead(buckets: Sequence[Bucket]) -> tuple[Bucket, ...]:
    """Those where the control is farthest ahead: all that cannot be told apart as they are printed."""
    printed = [round(bucket.ahead.value, bucket.ahead.quantity.decimals) for bucket in buckets]
    return tuple(bucket for bucket, ahead in zip(buckets, printed, strict=True) if ahead == max(printed))


def ends(runs: Sequence[Run], first: str, last: str, model: str = "lstm") -> list[Pair]:
    """Of each seed, the intervals of a model in two buckets."""
    return [(right_interval(run, first, model), right_interval(run, last, model)) for run in runs]


def changing(runs: Sequence[Run], pairs: Sequence[Pair]) -> dict[Trend, tuple[Number, ...]]:
    """The seeds that fall and those that rise, whatever the others do; none, no entry."""
    found = {
        trend: tuple(seed(run) for run, pair in zip(runs, pairs, strict=True) if changes(pair))
        for trend, changes in ((Trend.FALLS, falls), (Trend.RISES, rises))
    }
    return {trend: members for trend, members in found.items() if members}


def last_whole(study: Study) -> str | None:
    """The path of the longest decile, the first aside, that fits in the LSTM's window; None if
    there is none."""
    window = lstm_record(study.lstm[0]).config.sequence_length
    fitting = [i for i, d in enumerate(memory_record(study.memory[0]).deciles) if i and d.high <= window]
    return f"deciles[{fitting[-1]}]" if fitting else None


def bucket_at(runs: Sequence[Run], path: str) -> Bucket:
    first = runs[0]
    lstm, linear = (summarize(ACCURACY, [right(run, path, name) for run in runs]) for name in MODELS)
    return Bucket(
        low=COUNT(at(first, f"{path}.low")),
        high=COUNT(at(first, f"{path}.high")),
        n=COUNT(at(first, f"{path}.n")),
        lstm=lstm,
        band=band(runs, path, "lstm"),
        linear=linear,
        linear_band=band(runs, path, "linear"),
        last=summarize(ACCURACY, [right(run, path, "last") for run in runs]),
        ahead=POINTS(
            derive("diferencia en puntos", lambda a, b: 100 * (a - b), linear.mean.leaf, lstm.mean.leaf)
        ),
    )


def band(runs: Sequence[Run], path: str, model: str) -> Interval:
    """Of the mean over the seeds."""
    return seeds_interval([(right(run, path, model), right_interval(run, path, model)) for run in runs])


def right(run: Run, path: str, model: str) -> Leaf:
    """The share of a bucket that ``model`` gets right."""
    return share_of_hits(at(run, f"{path}.{model}_correct"), at(run, f"{path}.n"))


def right_interval(run: Run, path: str, model: str) -> Interval:
    """Wilson's of the same."""
    return wilson_interval(at(run, f"{path}.{model}_correct"), at(run, f"{path}.n"))


def terms(run: Run) -> list[SeedTerm]:
    """Those that at least one of both regressions has."""
    record = memory_record(run)

    def estimated(term: Term, place: str) -> Estimate | None:
        name = term.name.lower()
        fitted = getattr(record, place)
        known = fitted is not None and getattr(fitted, name) is not None
        return estimate(run, f"{place}.{name}", COEFFICIENT) if known else None

    both = [(term, estimated(term, "regression"), estimated(term, "regression_whole")) for term in Term]
    return [SeedTerm(seed(run), *each) for each in both if each[1] or each[2]]


def memory_record(run: Run) -> MemoryRecord:
    assert isinstance(run.record, MemoryRecord)
    return run.record
