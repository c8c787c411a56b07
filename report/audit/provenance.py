"""Which sections of the document come from the results that were given."""

from dataclasses import dataclass

from report.audit.blocks import Place
from report.audit.claims import Claim
from report.audit.evidence import Evidence
from report.audit.ruling import Ruling, Verdict
from report.audit.statements import Statements


@dataclass(frozen=True)
class Origin:
    """How many of a section's statements that the results can decide agree with them."""

    section: str  # its heading; empty before the first one
    places: tuple[Place, ...]
    agreeing: int
    compared: int
    source: str


def trace(statements: Statements, evidence: Evidence, rulings: list[Ruling]) -> list[Origin]:
    """The sections of which something was compared with results, in order; none without results."""
    if not evidence.external:
        return []
    sources = {series.source for series in evidence.series if series.written is None}
    sections = {id(claim): heading for heading, claim in _sections(statements)}
    found: dict[str, list[Ruling]] = {}
    for ruling in rulings:
        decided = ruling.verdict in (Verdict.VERIFIED, Verdict.CONTRADICTED)
        if ruling.claim is not None and ruling.source in sources and decided:
            found.setdefault(sections[id(ruling.claim)], []).append(ruling)
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


def _sections(statements: Statements) -> list[tuple[str, Claim]]:
    """Every claim with the heading above it; two sections of one name are one."""
    starts = [("", 0), *statements.sections]
    ends = [start for _, start in starts[1:]] + [len(statements.claims)]
    return [
        (heading, claim)
        for (heading, start), end in zip(starts, ends, strict=True)
        for claim in statements.claims[start:end]
    ]
