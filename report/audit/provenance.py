"""Which sections of the document come from the results that were given."""

from dataclasses import dataclass
from itertools import pairwise

from report.audit.blocks import Place
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
    """The sections of which something was compared with results, in order; none without results.
    Two sections of one name are one."""
    sources = {series.source for series in evidence.series if series.written is None}
    starts = [("", 0), *statements.sections, ("", len(statements.claims))]
    sections = {id(claim): name for (name, a), (_, b) in pairwise(starts) for claim in statements.claims[a:b]}
    found: dict[str, list[Ruling]] = {}
    for ruling in rulings if evidence.external else ():
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
