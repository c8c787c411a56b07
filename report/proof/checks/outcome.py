"""What the check of a PDF found, and how it is said to a person and to a machine."""

import itertools
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from enum import StrEnum
from typing import Any

from experiments.terminal.orders import as_typed
from report.ledger import spanish
from report.proof.checks.texts import Counts

EXCERPT = 120  # characters of an expected or found text that a message gives
LIMIT = 40  # differences that are listed one by one

_SAYS = (
    "Se comprueba que el documento dice lo que dicen los datos que lleva dentro, no que esos datos sean los "
    "de un entrenamiento real: eso solo lo demuestra volver a entrenar"
)
PROVES = f"{_SAYS}, por ejemplo con «make reproduce»."
PROVES_OF_BROUGHT = f"{_SAYS}, y este programa no puede, porque los aportó su autor."


class Verdict(StrEnum):
    """Of a part of a document that another version made."""

    SAME = "coincide"
    DIFFERENT = "difiere"
    UNKNOWN = "no comprobable con esta versión"


class Part(StrEnum):
    DATA = "datos"
    FINDINGS = "hallazgos"
    LEDGER = "libro de cifras"
    TEXT = "números y frases de las páginas"
    FIGURES = "figuras"
    PAGES = "composición de las páginas"


@dataclass(frozen=True)
class Difference:
    """``page`` counts from 1; None: the whole file. ``expected`` is what the data give."""

    page: int | None
    what: str
    expected: str
    found: str

    def __str__(self) -> str:
        place = f"página {self.page}" if self.page else "documento"
        start = _parting(self.expected, self.found)
        expected, found = _quoted(self.expected, start), _quoted(self.found, start)
        return f"{place} · {self.what}: se esperaba {expected}, se encontró {found}"


@dataclass(frozen=True)
class Carried:
    """Whose results a document carries, of which seeds, and a digest that others with the same ones have."""

    origin: str
    seeds: tuple[int, ...]
    digest: str


@dataclass(frozen=True)
class Outcome:
    """What was found out; ``same_bytes`` if nothing at all differs from a rebuild. ``other_code``: the
    kinds of runs that another code than this version's made, which takes nothing from what is proven of
    the document. ``parts``: what is known of each, of one that says that another version made it,
    ``other_version``; ``remedy`` is how to know all."""

    counts: Counts
    differences: list[Difference]
    same_bytes: bool = False
    compared: bool = True  # False: the data themselves were enough to know
    notes: list[str] = field(default_factory=list)
    other_code: list[str] = field(default_factory=list)
    parts: dict[Part, Verdict] = field(default_factory=dict)
    other_version: str = ""
    carried: Carried | None = None  # unless it is not known
    remedy: str = ""
    brought: bool = False  # the data are of a training that this program did not run

    @property
    def proves(self) -> str:
        """What has been proven, and what has not."""
        return PROVES_OF_BROUGHT if self.brought else as_typed(PROVES)

    @property
    def is_known(self) -> bool:
        """Whether all is that the document says: only how its pages are set may be left open."""
        unknown = {part for part, verdict in self.parts.items() if verdict is Verdict.UNKNOWN}
        return unknown <= {Part.PAGES}

    @property
    def proven(self) -> bool:
        return self.is_known and not self.differences


def as_lines(outcome: Outcome) -> Iterator[str]:
    """What the user reads."""
    counts = outcome.counts
    for difference in outcome.differences[:LIMIT]:
        yield str(difference)
    if len(outcome.differences) > LIMIT:
        yield f"… y {len(outcome.differences) - LIMIT} diferencias más (todas, con --format json)."
    if not outcome.compared:
        yield "Con datos alterados no se ha comparado nada más."
        return
    yield (
        "Se han recalculado los hallazgos y las cifras a partir de los registros incrustados, se ha vuelto a "
        "componer el documento y se han comparado textos, figuras, propiedades y ficheros incrustados."
    )
    yield (
        f"Cifras en las páginas: {counts.read} leídas, {counts.matched} coinciden, {counts.missing} faltan, "
        f"{counts.unreadable} ilegibles."
    )
    yield from outcome.notes
    if outcome.same_bytes:
        yield "Demostrado: el fichero es, byte a byte, el que dan sus datos."
    elif outcome.other_version:
        yield from _by_parts(outcome)
    elif outcome.proven and outcome.parts:
        yield "Demostrado: el documento es el que dan sus datos."
    elif outcome.proven:
        yield "Demostrado: otro programa guardó el fichero, pero su contenido es el que dan sus datos."
    if outcome.differences:
        count = len(outcome.differences)
        against = "Los datos no son los de la carpeta" if outcome.same_bytes else "No concuerda"
        yield f"{against}: {'una diferencia' if count == 1 else f'{count} diferencias'}."
    if outcome.other_code:
        yield (
            f"Entrenado con otro código que el de esta versión: {spanish.join(outcome.other_code)}. Al "
            "repetirlo con este, las cifras podrían ser otras."
        )
    yield outcome.proves


def _by_parts(outcome: Outcome) -> Iterator[str]:
    is_whole = Verdict.UNKNOWN not in outcome.parts.values()
    yield f"Dice haberse hecho con otra versión ({outcome.other_version}). Con esta:"
    yield from (f"  {part}: {verdict}." for part, verdict in outcome.parts.items())
    if not is_whole:
        yield f"Para saberlo todo: {outcome.remedy}."
    if outcome.proven:
        left_out = "" if is_whole else ", salvo cómo están compuestas sus páginas"
        yield f"Demostrado: el documento es el que dan sus datos{left_out}."
    elif not outcome.differences:
        yield "No demostrado: lo que no sale igual puede venir de esa otra versión o de un cambio a mano."


def as_mapping(outcome: Outcome) -> dict[str, Any]:
    """The same for a machine."""
    counts = outcome.counts
    return {
        "resultado": _result(outcome),
        "byte_a_byte": outcome.same_bytes,
        "cifras": {
            "leídas": counts.read,
            "coinciden": counts.matched,
            "faltan": counts.missing,
            "ilegibles": counts.unreadable,
        },
        "diferencias": [
            {"página": d.page, "qué": d.what, "esperado": d.expected, "encontrado": d.found}
            for d in outcome.differences
        ],
        "avisos": outcome.notes,
        "otra_versión": outcome.other_version,
        "partes": {str(part): str(verdict) for part, verdict in outcome.parts.items()},
        "para_saberlo_todo": outcome.remedy,
        "otro_código": outcome.other_code,
        "resultados": None if outcome.carried is None else asdict(outcome.carried),
        "demuestra": outcome.proves,
    }


def _result(outcome: Outcome) -> str:
    if outcome.differences:
        return "diferencias"
    return "demostrado" if outcome.proven else "no comprobado"


def _parting(expected: str, found: str) -> int:
    """Where two long texts are to be quoted from: a little before they part."""
    if max(len(expected), len(found)) <= EXCERPT:
        return 0
    same = itertools.takewhile(lambda pair: pair[0] == pair[1], zip(expected, found, strict=False))
    return max(0, sum(1 for _ in same) - EXCERPT // 3)


def _quoted(text: str, start: int) -> str:
    if not text:
        return "nada"
    shown = text[start : start + EXCERPT]
    return f"«{'…' if start else ''}{shown}{'…' if start + EXCERPT < len(text) else ''}»"
