"""Single reviews, by name: those that the LSTM is surest of, well and badly, and those on which it and
the control part most, in the order of what they are given to the last bit."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import auto
from typing import ClassVar

import numpy as np

from experiments.records.brought import BroughtRecord
from report.findings.base import CONVENTION, Code, Finding, Row, Rule, seeds, threshold
from report.findings.lstm.confusion import Sentiment
from report.findings.said import answers, read
from report.ledger.ledger import Leaf, Number, derive
from report.ledger.quantities import ANSWER, COUNT, TEXT
from report.study.answers import middles, unpack
from report.study.named import GIVEN, ROWS, SHOWN, SURE, SURE_WRONG, highest
from report.study.study import AnyRun, Need, Study, at

EXAMPLES = 2  # of each kind, where a few will do


class Errors(Code):
    """Whether it is sure of any of those that it gets wrong."""

    SURE = auto()
    UNSURE = auto()
    NONE = auto()


class Why(Code):
    """Why a review is in the table."""

    RIGHT = auto()
    WRONG = auto()
    APART = auto()


@dataclass(frozen=True)
class Thresholds:
    shown: Number
    sure: Number


@dataclass(frozen=True)
class Review:
    """One of the test part. ``name`` is that of its file in the official set or, in others, its place;
    ``lstm`` and ``control`` are the mean probabilities of the positive class over the seeds."""

    why: Why
    name: Number
    sentiment: Sentiment
    stars: Number | None
    lstm: Number
    control: Number | None


@dataclass(frozen=True, kw_only=True)
class SingleReviews(Finding):
    """By the mean probability of the seeds. ``errors`` counts those that it gets wrong, ``sure`` those of
    them that it gives ``SURE`` or more to the wrong class; ``both`` how many of the ``wrong`` that are
    shown the control gets wrong as well. ``by_file`` says how they are named, and ``by_number`` whether
    their author numbers them."""

    needs: ClassVar[tuple[Need, ...]] = ("answers",)
    rule: ClassVar[Rule] = Rule("mean probability of the seeds", CONVENTION)
    thresholds: ClassVar[Thresholds] = Thresholds(
        shown=threshold("lstm.single_reviews", "mostradas", SHOWN, COUNT),
        sure=threshold("lstm.single_reviews", "seguridad", SURE),
    )

    verdict: Errors
    by_file: bool
    by_number: bool
    errors: Number
    sure: Number
    right: tuple[Review, ...]
    wrong: tuple[Review, ...]
    apart: tuple[Review, ...]
    wrong_shown: Number
    both: Number | None

    @property
    def rows(self) -> tuple[Row, ...]:
        return tuple(map(line_of, (each for kind in self._kinds for each in kind)))

    @property
    def examples(self) -> tuple[Row, ...]:
        """The first of each kind."""
        return tuple(map(line_of, (each for kind in self._kinds for each in kind[:EXAMPLES])))

    @property
    def short_examples(self) -> tuple[Row, ...]:
        """The same without stars and without a control."""
        return tuple(map(short_line_of, (*self.right[:EXAMPLES], *self.wrong[:EXAMPLES])))

    @property
    def short_rows(self) -> tuple[Row, ...]:
        """Without stars and without a control."""
        return tuple(map(short_line_of, (*self.right, *self.wrong)))

    @property
    def _kinds(self) -> tuple[tuple[Review, ...], ...]:
        return (self.right, self.wrong, self.apart)


def line_of(each: Review) -> Row:
    return (each.why, each.name, each.sentiment, each.stars, each.lstm, each.control)


def short_line_of(each: Review) -> Row:
    return (each.why, each.name, each.sentiment, each.lstm)


def find(study: Study) -> SingleReviews:
    runs = study.answers
    ours, positive = read(answers(runs).value)
    coarse = middles(ours).mean(axis=0)
    hit = (coarse > 0.5) == positive
    rows, said = runs[0].arrays[ROWS], given(runs)
    sure = np.maximum(said, 1 - said)
    right, wrong = (rows[highest(sure, among)].tolist() for among in (hit[rows], ~hit[rows]))
    far, both = list[int](), list[int]()
    if study.linear:
        theirs = given(study.linear)
        far = rows[highest(np.abs(said - theirs), np.ones(len(rows), bool))].tolist()
        misread = rows[(theirs > 0.5) != positive[rows]]
        both = [row for row in wrong if row in misread]
    errors = counted(study, "errores", int((~hit).sum()))
    of_sure = surely_wrong(study, coarse, hit)
    return SingleReviews(
        verdict=Errors.SURE if of_sure.value else Errors.UNSURE if errors.value else Errors.NONE,
        n_seeds=seeds(runs),
        by_file=bool(study.lstm) and study.lstm[0].record.data.name == "imdb",
        by_number=not study.lstm and "numbers" in runs[0].arrays,
        errors=errors,
        sure=of_sure,
        right=tuple(review(study, Why.RIGHT, row) for row in right),
        wrong=tuple(review(study, Why.WRONG, row) for row in wrong),
        apart=tuple(review(study, Why.APART, row) for row in far),
        wrong_shown=counted(study, "errores mostrados", len(wrong)),
        both=counted(study, "errores comunes", len(both)) if study.linear else None,
    )


def surely_wrong(study: Study, coarse: np.ndarray, hit: np.ndarray) -> Number:
    """By what was given to the last bit; of a version that kept no more, by thousandths."""
    first = study.answers[0]
    if SURE_WRONG in first.arrays:
        return COUNT(derive("errores seguros", lambda n: int(n[0]), at(first, f"arrays.{SURE_WRONG}")))
    return counted(study, "errores seguros", int((~hit & (np.maximum(coarse, 1 - coarse) >= SURE)).sum()))


def given(runs: Sequence[AnyRun]) -> np.ndarray:
    """float64[k]: of each named review, the mean of the seeds."""
    each = [run.arrays[GIVEN] for run in runs]
    return np.asarray(np.mean(each, axis=0, dtype=np.float64))


def counted(study: Study, name: str, value: int) -> Number:
    return COUNT(derive(name, lambda _: value, answers(study.answers)))


def review(study: Study, why: Why, row: int) -> Review:
    first = study.answers[0]

    place = int(np.flatnonzero(first.arrays[ROWS] == row)[0])

    def mean(runs: tuple[AnyRun, ...]) -> Number:
        given = [
            derive(f"reseña {row}", lambda given: float(given[place]), at(run, f"arrays.{GIVEN}"))
            for run in runs
        ]
        return ANSWER(derive("media", lambda *each: float(np.mean(each)), *given))

    positive = bool(read([first.arrays["said"], first.arrays["positive"]])[1][row])
    stars = stars_of(first, row)
    return Review(
        why=why,
        name=name_of(first, row, positive, stars),
        sentiment=Sentiment.POSITIVE if positive else Sentiment.NEGATIVE,
        stars=COUNT(stars) if stars.value else None,
        lstm=mean(study.answers),
        control=mean(study.linear) if study.linear else None,
    )


def stars_of(run: AnyRun, row: int) -> Leaf:
    """0 where nobody says."""
    if "stars" not in run.arrays:
        return Leaf(0, f"{run.name}:sin estrellas")
    return derive(f"reseña {row}", lambda values: int(values[row]), at(run, "arrays.stars"))


def name_of(run: AnyRun, row: int, positive: bool, stars: Leaf) -> Number:
    """As Maas et al. (2011) name their files; the number that its author gives it; in other sets, its place
    among the test reviews, from 1."""
    if "numbers" not in run.arrays:
        return COUNT(derive("lugar", lambda _: row + 1, at(run, "arrays.said")))
    number = derive(f"reseña {row}", lambda numbers: int(unpack(numbers[:, row])), at(run, "arrays.numbers"))
    if isinstance(run.record, BroughtRecord):
        return COUNT(number)
    if run.record.data.name != "imdb":
        return COUNT(derive("lugar", lambda number: number + 1, number))
    folder = "pos" if positive else "neg"
    return TEXT(derive("fichero", lambda number, stars: f"test/{folder}/{number}_{stars}.txt", number, stars))
