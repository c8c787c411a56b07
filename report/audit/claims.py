"""What a document states, typed; numbers stay as they were written."""

from dataclasses import dataclass, field
from typing import Literal

from report.audit.blocks import Place
from report.audit.numerals import Interval, Numeral
from report.audit.scope import NOWHERE, Scope


@dataclass(frozen=True)
class Claim:
    """Where it stands, in a few of its words, in which part («lstm», «gan» or neither), and what it is of."""

    place: Place
    quote: str
    part: str
    scope: Scope = field(default=NOWHERE, kw_only=True)
    printed: bool = field(default=False, kw_only=True)  # by a program: evidence
    tabled: bool = field(default=False, kw_only=True)  # in a cell of a table


@dataclass(frozen=True)
class Moment:
    """When a value was measured: at an epoch (or iteration), at the end, at its best."""

    at: int | None = None
    final: bool = False
    best: Literal["", "any", "high", "low"] = ""
    selected: bool = False
    unit: Literal["epoch", "step"] = "epoch"


@dataclass(frozen=True)
class MetricClaim(Claim):
    name: str  # accuracy, loss, gap, precision, recall, f1
    split: str  # train, val, test, D, G, running or ""
    moment: Moment
    value: Numeral | None  # None: only the moment is stated («mejor época: 5»)
    label: str = ""  # the class
    seed: int | None = None
    average: str = ""  # macro, weighted or micro, over the classes
    degree: str = ""  # of overfitting, by its code, where the sentence draws it from this gap


@dataclass(frozen=True)
class CountClaim(Claim):
    """A number of things, or a setting."""

    name: str
    value: Numeral | int
    of: str = ""  # which of several layers

    def interval(self) -> Interval:
        if isinstance(self.value, int):
            return Interval(self.value, self.value)
        return self.value.count() or self.value.interval()

    @property
    def written(self) -> str:
        return str(self.value) if isinstance(self.value, int) else self.value.text


@dataclass(frozen=True)
class CellClaim(Claim):
    """What a confusion matrix counts: one class taken for another, the hits or mistakes of a class or of all,
    their examples; ``common``: the most frequent mistake. ``sure``: ``real`` is a class for certain."""

    what: Literal["cell", "hits", "errors", "support", "total", "common"]
    value: Numeral | None
    real: str = ""
    predicted: str = ""
    sure: bool = True


@dataclass(frozen=True)
class ShapeClaim(Claim):
    """How a curve runs: oscillates, climbs, rises, falls or is stable."""

    metric: str
    split: str
    shape: str
    since: int | None = None


@dataclass(frozen=True)
class TrajectoryClaim(Claim):
    """«bajó de 0.40 a 0.11»; the moments are empty where none is said."""

    metric: str
    split: str
    direction: Literal["up", "down", ""]
    first: Numeral
    last: Numeral
    since: Moment = Moment()
    until: Moment = Moment()


@dataclass(frozen=True)
class VerdictClaim(Claim):
    """A judgement in words: degree of overfitting, bias, commonest error, balance, opinion."""

    topic: Literal["degree", "bias", "common", "balance", "opinion"]
    verdict: str
    value: Numeral | None = None


@dataclass(frozen=True)
class StoppingClaim(Claim):
    patience: int | None
    epoch: int | None
    monitor: str = ""


@dataclass(frozen=True)
class ShareClaim(Claim):
    """«2048 de 12500 (16.4 %)»."""

    part_count: Numeral
    whole_count: Numeral
    share: Numeral
    label: str = ""
    wrong: bool = False


@dataclass(frozen=True)
class SizesClaim(Claim):
    """Parts of the data named together; what is not named is None."""

    train: Numeral | None
    val: Numeral | None
    test: Numeral | None
    total: Numeral | None
    share: Numeral | None  # of validation


@dataclass(frozen=True)
class SplitClaim(Claim):
    """«80 % de entrenamiento, 10 % de validación y 10 % de prueba»; what is not named is None."""

    train: Numeral
    val: Numeral | None
    test: Numeral | None


@dataclass(frozen=True)
class FigureClaim(Claim):
    """A caption, or a reference with the steps that its clause is about."""

    numbers: tuple[int, ...]
    steps: tuple[int, ...]
    is_caption: bool
    of: Literal["figure", "table"] = "figure"
