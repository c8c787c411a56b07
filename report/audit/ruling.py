"""What a rule concludes about a claim."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

from report.audit.blocks import Place
from report.audit.claims import Claim
from report.audit.numerals import Interval, Numeral

ABOUT = 3  # units of the last digit: of what is so far away nobody can say that it is not near
ITSELF = "la propia frase"  # a source that is of the same scope for certain


class Proof(Protocol):
    """What stands in the document and proves something."""

    @property
    def source(self) -> str: ...
    @property
    def place(self) -> Place | None: ...


Source = str | Proof


class Verdict(StrEnum):
    VERIFIED = "verificado"
    CONTRADICTED = "contradicho"
    UNSUPPORTED = "sin respaldo"
    AMBIGUOUS = "ambiguo"
    UNREADABLE = "ilegible"


class Severity(StrEnum):
    ERROR = "error"  # a number is wrong
    CONCLUSION = "conclusión"  # a conclusion falls with it


@dataclass(frozen=True)
class Ruling:
    place: Place
    verdict: Verdict
    rule: str
    says: str
    expected: str = ""
    source: str = ""
    severity: Severity | None = None
    claim: Claim | None = None
    truncated: bool = False  # agrees only if digits were cut off instead of rounded
    proof: Place | None = None  # where the table or log stands that it follows from


def _named(source: Source) -> tuple[str, Place | None]:
    return (source, None) if isinstance(source, str) else (source.source, source.place)


def verified(claim: Claim, rule: str, source: Source, *, truncated: str = "") -> Ruling:
    said, proof = _named(source)
    cut = bool(truncated)
    return Ruling(claim.place, Verdict.VERIFIED, rule, claim.quote, truncated, said, None, claim, cut, proof)


def contradicted(
    claim: Claim, rule: str, expected: str, source: Source, severity: Severity = Severity.ERROR
) -> Ruling:
    said, proof = _named(source)
    denied = Verdict.CONTRADICTED
    return Ruling(claim.place, denied, rule, claim.quote, expected, said, severity, claim, proof=proof)


def ambiguous(claim: Claim, rule: str, expected: str, source: Source) -> Ruling:
    said, proof = _named(source)
    return Ruling(claim.place, Verdict.AMBIGUOUS, rule, claim.quote, expected, said, claim=claim, proof=proof)


def compared(
    claim: Claim,
    rule: str,
    written: Numeral,
    values: Sequence[Interval],
    expected: str,
    source: Source,
    severity: Severity = Severity.ERROR,
    *,
    rate: bool = True,
) -> Ruling:
    """What was written against all that it may be; cut off instead of rounded, it agrees and is told."""
    if any(written.interval(rate=rate).agrees(value) for value in values):
        return verified(claim, rule, source)
    cut = next((v.middle for v in values if written.truncates(v.middle, rate=rate)), None)
    if cut is not None:
        return verified(claim, rule, source, truncated=f"{show(cut)}, cortado en vez de redondeado")
    if written.approximate and any(written.interval(rate=rate, about=ABOUT).agrees(v) for v in values):
        return ambiguous(claim, rule, f"{expected}; ¿hasta dónde es cerca?", source)
    return contradicted(claim, rule, expected, source, severity)


def show(value: float, decimals: int = 4) -> str:
    """A number for the reader of the audit: whole numbers without decimals."""
    if math.isinf(value):  # of «more than 0.8» there is no middle
        return "∞" if value > 0 else "−∞"
    if abs(value - round(value)) < 1e-9 and abs(value) >= 1:
        return str(round(value))
    text = f"{value:.{decimals}f}"
    return text if float(text) else f"{value:.2g}"
