"""Jinja for Spanish prose: every number goes through the ledger, every figure has its number."""

import importlib.metadata
import re
from collections.abc import Iterable, Sequence
from contextlib import suppress
from functools import partial
from itertools import zip_longest
from pathlib import Path
from typing import Any, Literal

from jinja2 import Environment, FileSystemBytecodeCache, FileSystemLoader, StrictUndefined, Undefined
from jinja2.bccache import Bucket

from report import spanish
from report.bibliography import BIBLIOGRAPHY
from report.errors import RenderError
from report.findings.base import Estimate, Summary
from report.numbers import Leaf, Ledger, Number, unmark
from report.quantities import TEXT
from report.spanish import NBSP, Gender

TEMPLATES = Path(__file__).parents[1] / "templates"
SUFFIX = ".md.j2"
MAKERS = ("prose.py", "spanish.py", "numbers.py")  # of what the filters do
BLOCK = "\n\n"  # what starts a table or a figure

_OUTSIDE = re.compile(r"\{\{.*?\}\}|\{%.*?%\}|\{#.*?#\}", re.S)
_DIGIT = re.compile(r"\d")
_SPACE = re.compile(r"[ \t\n]+")  # not the non-breaking one

# Proper names that contain a digit, which no result can change.
NAMES = {
    "f_uno": "F1",
    "l_dos": "L2",
    "sha": "SHA-256",
    "dos_ln_dos": "2·ln 2",
    "ln_dos": "ln 2",
}

Kind = Literal["Figura", "Tabla"]
ANCHORS: dict[Kind, str] = {"Figura": "fig", "Tabla": "tab"}


class Compiled(FileSystemBytecodeCache):
    """Compiled templates, kept beside their sources as Python keeps its modules: compiling them
    takes longer than writing the document. Never those of another Jinja, nor of another version of
    the filters, which Jinja calls while compiling where all that they are given is constant."""

    def __init__(self, folder: Path) -> None:
        super().__init__(str(folder))
        sources = [Path(__file__).with_name(name).read_text(encoding="utf-8") for name in MAKERS]
        self._made_by = "".join([importlib.metadata.version("jinja2"), *sources])

    def get_source_checksum(self, source: str) -> str:
        return super().get_source_checksum(source + self._made_by)

    def dump_bytecode(self, bucket: Bucket) -> None:
        with suppress(OSError):  # where nothing can be written, they are compiled each time
            Path(self.directory).mkdir(exist_ok=True)
            super().dump_bytecode(bucket)


class Numbering:
    """Figures and tables are numbered in the order in which they stand; a reference may come
    before its figure, so a document is rendered twice with the same numbering."""

    def __init__(self) -> None:
        self.numbers: dict[tuple[Kind, str], int] = {}
        self.placed: list[tuple[Kind, str]] = []
        self.referred: set[tuple[Kind, str]] = set()

    def place(self, kind: Kind, name: str) -> int:
        """The number of a figure or table where it stands.

        Raises:
            RenderError: it already stands elsewhere.
        """
        if (kind, name) in self.placed:
            raise RenderError(
                f"Se esperaba una sola {kind.lower()} «{name}», se encontraron varias; revise las plantillas."
            )
        self.placed.append((kind, name))
        number = sum(placed == kind for placed, _ in self.placed)
        self.numbers[kind, name] = number
        return number

    def refer(self, kind: Kind, name: str) -> str:
        self.referred.add((kind, name))
        number = self.numbers.get((kind, name), 0)
        return f"[{kind}{NBSP}{number}](#{ANCHORS[kind]}-{name})"

    def restart(self) -> None:
        self.placed.clear()
        self.referred.clear()

    def check(self) -> None:
        """Every reference leads somewhere, and every figure and table is referred to.

        Raises:
            RenderError: naming the first that does not.
        """
        for kind, name in sorted(self.referred - set(self.placed)):
            raise RenderError(
                f"Se esperaba una {kind.lower()} «{name}» a la que remite el texto, no se encontró."
            )
        for kind, name in self.placed:
            if (kind, name) not in self.referred:
                raise RenderError(
                    f"Se esperaba que el texto remitiera a la {kind.lower()} «{name}», no lo hace."
                )


def make_environment(ledger: Ledger, numbering: Numbering) -> Environment:
    """The language of the templates; see the functions below for what they may call."""

    def finalize(value: Any) -> Any:
        if isinstance(value, Number):
            return ledger.print(value)
        if isinstance(value, str):  # what a macro says is part of a paragraph, unless it is a block
            return value if value.startswith(BLOCK) else flow(value)
        if isinstance(value, Undefined):
            return value  # Jinja refuses it by its name
        raise RenderError(f"Se esperaba texto o una cifra trazada, se encontró «{value!r}» en una plantilla.")

    def pm(summary: Summary) -> str:
        """Mean ± standard deviation; the value alone for one seed."""
        if summary.sd is None:
            return ledger.print(summary.mean)
        return f"{ledger.print(summary.mean)}{NBSP}±{NBSP}{ledger.print(summary.sd)}"

    def bracketed(estimate: Estimate) -> str:
        """The value and, in brackets, its interval."""
        low, high = ledger.print(estimate.low), ledger.print(estimate.high)
        return f"{ledger.print(estimate.value)}{NBSP}[{low};{NBSP}{high}]"

    def cited(key: str, text: str) -> str:
        return ledger.print(TEXT(Leaf(text, f"bibliografía:{key}")))

    def listed(items: Iterable[Any], conjunction: Literal["y", "o"] = "y") -> str:
        return spanish.join([str(finalize(item)) for item in items], conjunction, plain=unmark)

    def condensed(numbers: Iterable[Number]) -> list[Number]:
        """One number if all are equal, else all of them in their order."""
        every = list(numbers)
        return every[:1] if len({number.value for number in every}) == 1 else every

    def counted(number: Number, singular: str, plural: str, gender: Gender) -> str:
        return ledger.counted(number, singular, plural, gender)

    def cell(value: Any) -> str:
        if isinstance(value, tuple):
            return ", ".join(cell(item) for item in value)
        if isinstance(value, Estimate):
            return bracketed(value)
        return pm(value) if isinstance(value, Summary) else str(finalize(value))

    def table(
        name: str,
        caption: str,
        headers: Sequence[Any],
        rows: Iterable[Sequence[Any]],
        marked: Iterable[int] = (),
        left: Iterable[int] = (),
    ) -> str:
        """A pipe table. The first column, unless it is all numbers, and those in ``left`` hold text,
        the others numbers, aligned to the right; ``marked`` rows are bold and carry a sign."""
        rows = list(rows)
        chosen, texts = set(marked), set(left)
        if not all(isinstance(row[0], Number) for row in rows):
            texts.add(0)
        rule = ["---" if column in texts else "---:" for column in range(len(headers))]
        lines = [row_line([cell(header) for header in headers]), row_line(rule)]
        for index, row in enumerate(rows):
            cells = [cell(value) for value in row]
            if len(cells) != len(headers):
                raise RenderError(
                    f"Se esperaban {len(headers)} celdas en la tabla «{name}», se encontraron {len(cells)}."
                )
            if index in chosen:
                cells = [f"**▶{NBSP}{cells[0]}**", *(f"**{text}**" for text in cells[1:])]
            lines.append(row_line(cells))
        label = f"**Tabla{NBSP}{numbering.place('Tabla', name)}.**"
        return f'{BLOCK}<a id="tab-{name}"></a>\n\n{label} {flow(caption)}\n\n' + "\n".join(lines) + "\n\n"

    def figure(name: str, file: str, alt: str, caption: str) -> str:
        label = f"**Figura{NBSP}{numbering.place('Figura', name)}.**"
        return (
            f'{BLOCK}<a id="fig-{name}"></a>\n\n![{flow(alt)}](figures/{file})\n\n{label} {flow(caption)}\n\n'
        )

    environment = Environment(
        loader=FileSystemLoader(TEMPLATES),
        undefined=StrictUndefined,
        finalize=finalize,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        autoescape=False,
        bytecode_cache=Compiled(TEMPLATES / "__pycache__"),
    )
    environment.globals |= {
        "pm": pm,
        "ic": bracketed,
        "tabla": table,
        "figura": figure,
        "fig": lambda name: numbering.refer("Figura", name),
        "tab": lambda name: numbering.refer("Tabla", name),
        "nombre": lambda key: ledger.print(TEXT(Leaf(NAMES[key], f"nombre:{key}"))),
        "cita": lambda key: cited(key, BIBLIOGRAPHY[key].in_sentence),
        "cita_breve": lambda key: cited(key, BIBLIOGRAPHY[key].in_brackets),
        "bibliografia": lambda: [work.entry(partial(cited, key)) for key, work in BIBLIOGRAPHY.items()],
    }
    environment.filters |= {
        "lista": listed,
        "join": lambda items, separator: separator.join(str(finalize(item)) for item in items),
        "cuenta": counted,
        "resumida": condensed,
        "en_dos": side_by_side,
        "remite": lambda names, kind, prefix: [numbering.refer(kind, prefix + name) for name in names],
        "ordinal": ledger.ordinal,
    }
    return environment


def side_by_side(rows: Sequence[Sequence[Any]]) -> list[list[Any]]:
    """The second half of ``rows`` beside the first: a long and narrow table takes half the page."""
    half = (len(rows) + 1) // 2
    empty = [""] * len(rows[0])
    return [[*left, *right] for left, right in zip_longest(rows[:half], rows[half:], fillvalue=empty)]


def row_line(cells: Sequence[str]) -> str:
    return "| " + " | ".join(cells) + " |"


def flow(text: str) -> str:
    """One paragraph on one line; ``~`` is a non-breaking space."""
    return _SPACE.sub(" ", text).strip().replace("~", NBSP)


def tidy(markdown: str) -> str:
    """Paragraphs on one line each, one empty line between blocks; tables and lists as they are."""
    blocks = re.split(r"\n[ \t]*\n", markdown.strip())
    return "\n\n".join(tidy_block(block) for block in blocks if block.strip()) + "\n"


def tidy_block(block: str) -> str:
    lines = [line.strip() for line in block.strip().splitlines() if line.strip()]
    if lines[0].startswith("|"):
        return "\n".join(lines)
    items: list[str] = []
    for line in lines:
        if line.startswith("- ") or not items:
            items.append(line)
        else:
            items[-1] += " " + line
    return "\n".join(flow(item) for item in items)


def check_templates(folder: Path = TEMPLATES) -> None:
    """The law of prose: no digit outside Jinja expressions.

    Raises:
        RenderError: naming the file and the line.
    """
    for path in sorted(folder.rglob(f"*{SUFFIX}")):
        source = path.read_text(encoding="utf-8")
        blanked = _OUTSIDE.sub(lambda match: re.sub(r"[^\n]", " ", match[0]), source)
        for number, line in enumerate(blanked.splitlines(), start=1):
            if found := _DIGIT.search(line):
                raise RenderError(
                    f"{path.name}, línea {number}: se esperaban solo cifras trazadas, se encontró "
                    f"«{found[0]}» escrito a mano; use un valor de los resultados."
                )
