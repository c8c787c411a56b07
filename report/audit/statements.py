"""What a document states, as claims and tables: what the rules work on."""

from dataclasses import dataclass, field

from report.audit.blocks import Place
from report.audit.claims import Claim, FigureClaim, MetricClaim
from report.audit.grids import Grid
from report.audit.matrices import Matrix
from report.audit.scope import Roster, roster
from report.audit.sentences import Sentence
from report.audit.tables import Series

# More than any report has; they bound the time of the rules.
MAX_CLAIMS, MAX_NUMBERS, MAX_PRINTED = 15_000, 40_000, 2_000


@dataclass
class Statements:
    claims: list[Claim] = field(default_factory=list)
    series: list[Series] = field(default_factory=list)
    matrices: list[Matrix] = field(default_factory=list)
    typos: list[tuple[Place, str, str]] = field(default_factory=list)  # place, token, quote
    sections: list[tuple[str, int]] = field(default_factory=list)  # heading, claims before it
    unread: list[Place] = field(default_factory=list)  # of numbers that no claim took
    notices: list[str] = field(default_factory=list)
    roster: Roster = field(default_factory=lambda: roster([]))  # the names of models, runs and phases
    ran: dict[int, str] = field(default_factory=dict)  # the model that the code of a cell uses
    grids: list[Grid] = field(default_factory=list)
    comparing: list[Sentence] = field(default_factory=list)  # that may say how things of a table compare
    # Of each network of which a summary was printed: its parameters, all numbers of the summary, and where.
    networks: list[tuple[int, frozenset[int], Place]] = field(default_factory=list)
    averaged: bool = False  # averages over classes are named somewhere
    numbers: int = 0
    too_long: int = 0  # texts with a sentence that had to be cut
    _printed: list[MetricClaim] | None = field(default=None, repr=False)

    @property
    def printed_metrics(self) -> list[MetricClaim]:
        """The first of the values that programs printed."""
        if self._printed is None:
            found = [c for c in self.claims if isinstance(c, MetricClaim) and c.printed]
            self._printed = found[:MAX_PRINTED]
        return self._printed

    @property
    def limit(self) -> str:
        """That no more is read, and why; nothing as long as there is room."""
        if len(self.claims) > MAX_CLAIMS:
            return f"hay más de {MAX_CLAIMS} afirmaciones: lo que sigue a la última de ellas no se comprueba."
        if self.numbers > MAX_NUMBERS:
            return f"hay más de {MAX_NUMBERS} números: lo que sigue al último de ellos no se comprueba."
        return ""


def of_code(statements: Statements, place: Place | None) -> str:
    """The model that printed what stands there, as the code of its cell tells."""
    return statements.ran.get(place.number, "") if place and place.unit == "celda" else ""


def captions(statements: Statements, of: str) -> dict[int, FigureClaim]:
    """The first caption of each number."""
    found: dict[int, FigureClaim] = {}
    for claim in statements.claims:
        if isinstance(claim, FigureClaim) and claim.is_caption and claim.of == of:
            found.setdefault(claim.numbers[0], claim)
    return found
