"""Which data the document is about."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import auto
from typing import ClassVar

from babel import Locale

from experiments.kinds.linear import CONTROL
from experiments.records.base import DataInfo, Run
from experiments.records.brought import Brought, BroughtRecord
from report.findings.base import CONVENTION, Code, Finding, Rule, seeds
from report.findings.chance import Chance, chance_of
from report.findings.lstm.linear import model_path
from report.ledger.ledger import Number, derive
from report.ledger.quantities import COUNT, TEXT
from report.study.study import AnyRun, GroupName, Study, at


class Origin(Code):
    """Whether anything stands in for data that could not be had."""

    REAL = auto()
    SAMPLE = auto()
    SAMPLE_REVIEWS = auto()
    SAMPLE_DIGITS = auto()


class DataSet(Code):
    """As in the records, in capitals."""

    IMDB = auto()
    MNIST = auto()
    SAMPLE_REVIEWS = auto()
    SAMPLE_DIGITS = auto()
    OWN_REVIEWS = auto()
    OWN_IMAGES = auto()
    BROUGHT_REVIEWS = auto()
    BROUGHT_IMAGES = auto()


@dataclass(frozen=True)
class Used:
    """The data of one part: ``train`` and ``test`` count the examples of the whole set, where that is
    known. The others are of own data: what the user calls them and their classes, and the language of
    reviews. Of those of a training that was brought only the name may be known."""

    name: DataSet
    is_sample: bool
    is_own: bool
    is_brought: bool
    train: Number | None
    test: Number | None
    title: Number | None
    language: Number | None
    classes: tuple[Number, ...]

    @property
    def named(self) -> Number | DataSet:
        """For a table."""
        return self.title or self.name


@dataclass(frozen=True, kw_only=True)
class Data(Finding):
    """``chance`` on the test part of the reviews, where a model was tested on it."""

    needs: ClassVar[tuple[GroupName, ...]] = ()
    rule: ClassVar = Rule("data", CONVENTION)

    verdict: Origin
    reviews: Used | None
    images: Used | None
    chance: Chance | None


def find(study: Study) -> Data:
    reviews = used(study.lstm or study.linear) or used_elsewhere(study.brought_lstm, DataSet.BROUGHT_REVIEWS)
    images = used(study.gan) or used_elsewhere(study.brought_gan, DataSet.BROUGHT_IMAGES) or used(study.judge)
    samples = reviews is not None and reviews.is_sample, images is not None and images.is_sample
    verdict = {
        (False, False): Origin.REAL,
        (True, True): Origin.SAMPLE,
        (True, False): Origin.SAMPLE_REVIEWS,
        (False, True): Origin.SAMPLE_DIGITS,
    }[samples]
    return Data(
        verdict=verdict,
        n_seeds=seeds(study.lstm or study.gan or study.brought or study.runs),
        reviews=reviews,
        images=images,
        chance=chance(study),
    )


def used(runs: Sequence[Run]) -> Used | None:
    """What all of ``runs`` are about; None if there are none."""
    if not runs:
        return None
    run, data = runs[0], runs[0].record.data
    return Used(
        name=DataSet[data.name.upper()],
        is_sample=data.is_sample,
        is_own=data.is_own,
        is_brought=False,
        train=COUNT(at(run, "data.n_train")),
        test=COUNT(at(run, "data.n_test")),
        title=TEXT(at(run, "data.title")) if data.title else None,
        language=TEXT(derive("idioma", language_name, at(run, "data.language"))) if data.language else None,
        classes=class_names(run),
    )


def used_elsewhere(brought: Sequence[Brought], name: DataSet) -> Used | None:
    if not brought:
        return None
    run = brought[0]
    return Used(
        name=name,
        is_sample=False,
        is_own=False,
        is_brought=True,
        train=None,
        test=None,
        title=TEXT(at(run, "title")) if run.record.title else None,
        language=None,
        classes=(),
    )


def class_names(run: AnyRun) -> tuple[Number, ...]:
    """What the user calls the classes, in the order of their labels; none of data that are not own."""
    if isinstance(run.record, BroughtRecord):
        return ()
    data: DataInfo = run.record.data
    return tuple(TEXT(at(run, f"data.classes[{label}]")) for label in range(len(data.classes)))


def language_name(code: str) -> str:
    """In Spanish, of an ISO 639-1 code."""
    return str(Locale("es").languages[code])


def chance(study: Study) -> Chance | None:
    if study.matrices:
        return chance_of(study.matrices[0])
    return chance_of(study.linear[0], f"{model_path(CONTROL)}.confusion") if study.linear else None
