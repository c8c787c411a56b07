"""What figures are made from."""

from dataclasses import dataclass

from report.findings.base import Summary
from report.findings.collection import Findings
from report.ledger.ledger import Ledger, Number
from report.study.study import Study


@dataclass(frozen=True)
class Source:
    """What a figure may show; each number inside comes from the ledger."""

    study: Study
    findings: Findings
    ledger: Ledger

    @property
    def decimal(self) -> str:
        return self.ledger.style.decimal

    def plain(self, number: Number) -> str:
        """As it is printed inside a drawing."""
        return self.ledger.plain(number)

    def mean(self, summary: Summary) -> str:
        """Mean ± standard deviation."""
        return summary.said(self.ledger.plain, " ")
