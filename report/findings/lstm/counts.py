"""The confusion matrix as it is, whatever may be said of it."""

from dataclasses import dataclass
from enum import auto
from typing import ClassVar

from report.findings.base import CONVENTION, Code, Finding, Row, Rule, seed, seeds
from report.findings.lstm.confusion import Sentiment
from report.ledger.quantities import COUNT
from report.study.study import AnyRun, Need, Study, at


class Read(Code):
    ERRORS = auto()
    NO_ERRORS = auto()


@dataclass(frozen=True, kw_only=True)
class Matrices(Finding):
    """``rows``: of each seed a line for each real class, with how many are read as either."""

    needs: ClassVar[tuple[Need, ...]] = ("brought_matrices",)
    rule: ClassVar[Rule] = Rule("counts", CONVENTION)

    verdict: Read
    rows: tuple[Row, ...]

    @property
    def alone_rows(self) -> tuple[Row, ...]:
        """The same of a single training, without its number."""
        return tuple(row[1:] for row in self.rows)


def find(study: Study) -> Matrices:
    wrong = [at(run, f"confusion.{name}").value for run in study.brought_matrices for name in ERRORS]
    return Matrices(
        verdict=Read.ERRORS if any(wrong) else Read.NO_ERRORS,
        n_seeds=seeds(study.brought_matrices),
        rows=tuple(row for run in study.brought_matrices for row in rows_of(run)),
    )


ERRORS = ("false_positive", "false_negative")


def rows_of(run: AnyRun) -> tuple[Row, Row]:
    tn, fp, fn, tp = (
        COUNT(at(run, f"confusion.{name}"))
        for name in ("true_negative", "false_positive", "false_negative", "true_positive")
    )
    return (seed(run), Sentiment.NEGATIVE, tn, fp), (seed(run), Sentiment.POSITIVE, fn, tp)
