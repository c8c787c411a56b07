"""Audit one document: read it, type its claims, apply every rule."""

from dataclasses import dataclass
from pathlib import Path

from report.audit import evidence, readers, rules
from report.audit.blocks import Place, UnreadableError
from report.audit.claims import (
    CellClaim,
    Claim,
    CountClaim,
    MetricClaim,
    ShareClaim,
    SizesClaim,
    TrajectoryClaim,
)
from report.audit.coverage import Coverage, measure
from report.audit.provenance import Origin, trace
from report.audit.rules import confusion
from report.audit.ruling import Ruling, Verdict
from report.audit.statements import Statements
from report.audit.understanding import understand

_NUMERIC = (MetricClaim, CellClaim, CountClaim, TrajectoryClaim, ShareClaim, SizesClaim)


@dataclass(frozen=True)
class Audit:
    """What came of a document; whatever was not checked is named as well."""

    document: str
    numbers: int  # read, those of tables included
    claims: int
    rulings: tuple[Ruling, ...]  # in the order of the document, verified claims included
    unmatched: tuple[Place, ...]  # of claims that nothing in document or results can decide
    unread: tuple[Place, ...]  # of numbers that are part of no claim
    origins: tuple[Origin, ...]
    coverage: Coverage
    with_results: bool
    notices: tuple[str, ...]  # limits that were reached, in Spanish

    @property
    def counts(self) -> dict[str, int]:
        """Numbers read, and how many claims came to each verdict."""
        return {
            "afirmaciones": self.coverage.claims,
            "comprobadas": self.coverage.checked,
            "leidos": self.numbers,
            "verificados": self._count(Verdict.VERIFIED),
            "contradichos": self._count(Verdict.CONTRADICTED),
            "sin_respaldo": self._count(Verdict.UNSUPPORTED),
            "ambiguos": self._count(Verdict.AMBIGUOUS),
            "ilegibles": self._count(Verdict.UNREADABLE),
            "sin_contraste": len(self.unmatched),
            "sin_interpretar": len(self.unread),
        }

    def _count(self, verdict: Verdict) -> int:
        return sum(ruling.verdict is verdict for ruling in self.rulings)

    @property
    def is_clean(self) -> bool:
        return not self._count(Verdict.CONTRADICTED)


def audit(path: Path, *results: Path) -> Audit:
    """Check the document at ``path`` against itself and against every one of ``results``.

    Raises:
        UnreadableError: the document or the history cannot be read, or there is nothing to check.
        RecordError: the folder of results cannot be used.
    """
    understood = understand(readers.read(path))
    if not (
        understood.claims
        or understood.series
        or understood.matrices
        or understood.grids
        or understood.networks
    ):
        raise UnreadableError(
            f"{path}: se esperaba un informe con métricas, tablas o afirmaciones que comprobar, no se "
            "encontró nada de eso; revise que el archivo tenga texto."
        )
    known = [evidence.own(understood), *(evidence.read(path) for path in results)]
    rulings = [*rules.check_all(understood, known), *_typos(understood)]
    rulings.sort(key=lambda ruling: (ruling.place.number, ruling.place.line or 0))
    decided = {id(ruling.claim) for ruling in rulings}
    stated = [claim for claim in understood.claims if _states_number(claim) and not claim.printed]
    unmatched = [claim.place for claim in stated if id(claim) not in decided]
    return Audit(
        str(path),
        understood.numbers,
        len(understood.claims),
        tuple(rulings),
        tuple(unmatched),
        tuple(understood.unread),
        tuple(origin for each in known for origin in trace(understood, each, rulings)),
        measure(understood, known, rulings),
        bool(results),
        (*understood.notices, *(notice for each in known for notice in each.notices), *_called(rulings)),
    )


def _called(rulings: list[Ruling]) -> list[str]:
    if not any(ruling.rule == confusion.CALLED_PRECISION for ruling in rulings):
        return []
    return ["llama «precisión» a la exactitud (aciertos entre total); se comprueba como exactitud."]


def _states_number(claim: Claim) -> bool:
    return isinstance(claim, _NUMERIC) and not (isinstance(claim, MetricClaim) and claim.value is None)


def _typos(understood: Statements) -> list[Ruling]:
    return [
        Ruling(place, Verdict.UNREADABLE, "número ilegible", quote, f"«{token}» no se puede leer como número")
        for place, token, quote in understood.typos
    ]
