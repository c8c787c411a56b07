"""Which sections of the document come from the results that were given."""

from dataclasses import dataclass

from report.audit.blocks import Place
from report.audit.claims import Claim
from report.audit.document import Document
from report.audit.evidence import Evidence
from report.audit.finding import Finding, Verdict


@dataclass(frozen=True)
class Origin:
    """How many of a section's statements that the results can decide agree with them."""

    section: str  # its heading; empty before the first one
    places: tuple[Place, ...]
    agreeing: int
    compared: int
    source: str


def trace(document: Document, evidence: Evidence, findings: list[Finding]) -> list[Origin]:
    """The sections of which something was compared with results, in order; none without results."""
    if not evidence.external:
        return []
    sources = {series.source for series in evidence.series if series.written is None}
    sections = {id(claim): heading for heading, claim in _sections(document)}
    found: dict[str, list[Finding]] = {}
    for finding in findings:
        decided = finding.verdict in (Verdict.VERIFIED, Verdict.CONTRADICTED)
        if finding.claim is not None and finding.source in sources and decided:
            found.setdefault(sections[id(finding.claim)], []).append(finding)
    return [
        Origin(
            heading,
            tuple(dict.fromkeys(f.place for f in group)),
            sum(f.verdict is Verdict.VERIFIED for f in group),
            len(group),
            group[0].source,
        )
        for heading, group in found.items()
    ]


def _sections(document: Document) -> list[tuple[str, Claim]]:
    """Every claim with the heading above it; two sections of one name are one."""
    starts = [("", 0), *document.sections]
    ends = [start for _, start in starts[1:]] + [len(document.claims)]
    return [
        (heading, claim)
        for (heading, start), end in zip(starts, ends, strict=True)
        for claim in document.claims[start:end]
    ]
