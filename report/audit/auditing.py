"""Audit one document: read it, type its claims, apply every rule."""

from dataclasses import dataclass
from pathlib import Path

from report.audit import document, evidence, readers, rules
from report.audit.blocks import UnreadableError
from report.audit.finding import Finding, Verdict


@dataclass(frozen=True)
class Audit:
    document: str
    numbers: int
    findings: tuple[Finding, ...]  # in the order of the document, verified claims included
    claims: int

    @property
    def counts(self) -> dict[str, int]:
        """Numbers read, and how many claims came to each verdict."""
        return {
            "leidos": self.numbers,
            "verificados": self._count(Verdict.VERIFIED),
            "contradichos": self._count(Verdict.CONTRADICTED),
            "sin_respaldo": self._count(Verdict.UNSUPPORTED),
            "ambiguos": self._count(Verdict.AMBIGUOUS),
            "ilegibles": self._count(Verdict.UNREADABLE),
        }

    def _count(self, verdict: Verdict) -> int:
        return sum(finding.verdict is verdict for finding in self.findings)

    @property
    def is_clean(self) -> bool:
        return not self.counts["contradichos"]


def audit(path: Path, results: Path | None = None) -> Audit:
    """Check the document at ``path`` against itself and, if given, against ``results``.

    Raises:
        UnreadableError: the document or the history cannot be read, or there is nothing to check.
        RecordError: the folder of results cannot be used.
    """
    understood = document.understand(readers.read(path))
    if not understood.claims and not understood.series and not understood.matrices:
        raise UnreadableError(
            f"{path}: se esperaba un informe con métricas, tablas o afirmaciones que comprobar, se encontró "
            "ninguna; revise que el archivo tenga texto."
        )
    known = evidence.read(results, understood) if results else evidence.own(understood)
    findings = rules.check(understood, known)
    findings += [
        Finding(
            place, Verdict.UNREADABLE, "número ilegible", quote, f"«{token}» no se puede leer como número"
        )
        for place, token, quote in understood.typos
    ]
    findings.sort(key=lambda finding: (finding.place.number, finding.place.line or 0))
    return Audit(str(path), understood.numbers, tuple(findings), len(understood.claims))
