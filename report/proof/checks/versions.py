"""A document that says that another version made it: which of its parts this one can judge.

It is made again here, with what it says of its program in its place. What is the same then is proven, in any
version. What differs may be that version's doing, or false; and what a document says of its version may be
false, too. Hence one that differs in what it says, or in its figures, is never proven; where no version that
it names could explain it, it is false.
"""

import math
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from experiments.terminal.output import visible
from report.proof.carried.packing import FINDINGS_FILE, LEDGER_FILE
from report.proof.checks.outcome import Difference, Outcome, Part, Verdict
from report.proof.checks.texts import numbers
from report.proof.state import program

Said = Mapping[str, Mapping[str, str]]  # programa.json

# What can round a sum in another way, and no more than that; all other libraries draw figures or set pages.
COUNTING = {"Python", "numpy", "scipy", "pydantic"}
IN_FIGURES = ("dibujo o imagen", "trama", "degradado")
IN_TEXT = ("cifra", "frase", "texto", "marcador", "propiedad", "idioma")
MAX_TOLD = 400  # characters
ROUNDING = 1e-9  # relative: what the order of a sum can do to its last digits
TRACED = re.compile(r"[.,]\d{3,}")  # a number with so many decimals stands in the ledger, or was typed


@dataclass(frozen=True)
class Others:
    """What is another here than the document says of where it was made: files of the program, and libraries
    of Python and of the system with the version that it says."""

    files: tuple[str, ...]
    libraries: Mapping[str, str]
    system: Mapping[str, str]

    def __bool__(self) -> bool:
        return bool(self.files or self.libraries or self.system)

    @property
    def counts_otherwise(self) -> bool:
        return bool(self.files or self.libraries.keys() & COUNTING)

    @property
    def sets_otherwise(self) -> bool:
        return bool(self.files or self.system or self.libraries.keys() - COUNTING)


def others(said: Said, system: Mapping[str, str]) -> Others:
    """``said`` against this program, on a machine whose native libraries are ``system``."""

    def changed(group: str, here: Mapping[str, str]) -> dict[str, str]:
        there = said[group]
        names = sorted(here.keys() | there.keys())
        return {name: there.get(name, "ninguna") for name in names if here.get(name) != there.get(name)}

    files = tuple(changed("ficheros", program.sources()))
    return Others(files, changed("bibliotecas", program.libraries()), changed("sistema", system))


def judged(outcome: Outcome, found: Others, said: Said, ledger: Sequence[Any]) -> Outcome:
    """What was found out, part by part: of the differences, those that no other version excuses.
    ``ledger`` is the document's own."""
    if not outcome.differences:
        note = f"Dice haberse hecho con otra versión ({told(found)}); con esta sale lo mismo."
        return replace(outcome, notes=[*outcome.notes, note], parts=dict.fromkeys(Part, Verdict.SAME))
    of_code, of_pages = bool(found.files), found.sets_otherwise  # where pages end elsewhere, each is another
    excused = {
        Part.DATA: False,
        **dict.fromkeys((Part.FINDINGS, Part.LEDGER), of_code),
        **dict.fromkeys((Part.TEXT, Part.FIGURES, Part.PAGES), of_pages),
    }
    typed = set(untraced(outcome.differences, ledger))
    kept = [each for each in outcome.differences if each in typed or not excused[part_of(each)]]
    false, differing = ({part_of(each) for each in some} for some in (kept, outcome.differences))
    verdicts = {
        part: Verdict.DIFFERENT if part in false else Verdict.UNKNOWN if part in differing else Verdict.SAME
        for part in Part
    }
    return replace(outcome, differences=kept, parts=verdicts, other_version=told(found), remedy=remedy(said))


def part_of(difference: Difference) -> Part:
    what = difference.what.removeprefix("fichero incrustado ")
    if what.startswith(FINDINGS_FILE):
        return Part.FINDINGS
    if what.startswith(LEDGER_FILE):
        return Part.PAGES if what.endswith(", páginas") else Part.LEDGER
    if what.startswith(IN_FIGURES):
        return Part.FIGURES
    return Part.TEXT if what.startswith(IN_TEXT) else Part.PAGES


def told(found: Others) -> str:
    """«Python 3.11.9; report/errors.py distinto y, como él, 2 ficheros más»."""
    versions = ", ".join(f"{name} {version}" for name, version in {**found.libraries, **found.system}.items())
    first, *rest = found.files or ("",)
    files = f"{first} distinto" + (f" y, como él, {len(rest)} más" if rest else "") if first else ""
    return visible("; ".join(filter(None, (versions, files))))[:MAX_TOLD]


def remedy(said: Said) -> str:
    """How to get the version that would check everything, as the document says it."""
    release, python = said.get("informe", {}), said["bibliotecas"].get("Python", "")
    with_python = f" y Python {python}" if re.fullmatch(r"[\d.]{1,20}", python) else ""
    if re.fullmatch(r"[0-9a-f]{40}", commit := release.get("commit", "")):
        return f"lo comprueba entero «make verify» en un clon, tras «git checkout {commit}»{with_python}"
    if re.fullmatch(r"[\w.+]{1,40}", version := release.get("versión", "")):
        return f"lo comprueba entero «informe verify» con la versión {version} del programa{with_python}"
    return f"lo comprueba entero «informe verify» con la versión del programa que lo hizo{with_python}"


def are_close(ours: Any, theirs: Any) -> bool:
    """Whether two values read from JSON are the same but for the last digits of numbers."""
    if isinstance(ours, float) or isinstance(theirs, float):
        numeric = all(isinstance(each, int | float) and not isinstance(each, bool) for each in (ours, theirs))
        return numeric and math.isclose(ours, theirs, rel_tol=ROUNDING, abs_tol=ROUNDING**2)
    if isinstance(ours, dict) and isinstance(theirs, dict):
        return ours.keys() == theirs.keys() and all(are_close(ours[key], theirs[key]) for key in ours)
    if isinstance(ours, list) and isinstance(theirs, list):
        return len(ours) == len(theirs) and all(map(are_close, ours, theirs))
    return bool(ours == theirs)


def untraced(differences: Sequence[Difference], ledger: Sequence[Any]) -> Iterator[Difference]:
    """Those that are false in any version: a number of the pages that looks measured, and that the document's
    own ledger does not print."""
    printed = {
        bare(number)
        for entry in ledger
        if isinstance(entry, dict) and isinstance(entry.get("impreso"), list)
        for text in entry["impreso"]
        for number in numbers(str(text))
    }
    for each in differences:
        if each.what == "cifra" and TRACED.search(each.found) and bare(each.found) not in printed:
            yield each


def bare(number: str) -> str:
    return number.strip("+−%\N{NO-BREAK SPACE}")
