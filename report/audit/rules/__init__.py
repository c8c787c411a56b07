"""The identities, one family to a file. Every rule takes the document and the evidence."""

from report.audit.document import Document
from report.audit.evidence import Evidence
from report.audit.finding import Finding
from report.audit.rules import (
    against_results,
    confusion,
    curves,
    figures,
    gap,
    judgement,
    metrics,
    repeated,
    sizes,
    stopping,
)

ALL = (
    metrics.check,
    gap.check,
    curves.check,
    stopping.check,
    confusion.check,
    sizes.check,
    figures.check,
    judgement.check,
    repeated.check,
    against_results.check,
)


def check(document: Document, evidence: Evidence) -> list[Finding]:
    """Every rule's findings; ``repeated`` leaves alone what another rule has decided."""
    findings: list[Finding] = []
    for rule in ALL:
        findings += rule(document, evidence, findings)
    return findings
