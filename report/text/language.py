"""The language of the templates: Jinja for Spanish prose, in which every number goes through the
ledger, every code becomes its word and every figure has its place."""

import importlib.metadata
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import fields, replace
from functools import partial
from itertools import zip_longest
from pathlib import Path
from typing import Any, Protocol, TypeVar

from jinja2 import Environment, FileSystemBytecodeCache, FileSystemLoader, StrictUndefined, Undefined
from jinja2.bccache import Bucket

from report.errors import RenderError
from report.findings.base import Code, Estimate, Named, Summary
from report.ledger import spanish
from report.ledger.ledger import Leaf, Ledger, Number, plain
from report.ledger.quantities import HUNDREDTHS, SEED, SHARE, SHARE_FINE, SHARE_POINTS, SHARE_WHOLE, TEXT
from report.ledger.spanish import NBSP, Conjunction
from report.paths import ROOT, TEMPLATES
from report.settings import Settings
from report.text.bibliography import BIBLIOGRAPHY
from report.text.match import Match
from report.text.numbering import Numbering
from report.text.sections import Sections
from report.text.shape import (
    BLOCK,
    figure_block,
    flow,
    heading_block,
    list_block,
    row_line,
    table_block,
)
from report.text.untraced import SUFFIX, refuse_untraced

Labels = TypeVar("Labels")


class WordsOf(Protocol):
    """Gives the words inside a figure, by the class of its labels."""

    def __call__(self, kind: type[Labels], /) -> Labels: ...


PlaceFigure = Callable[[str, int | None, WordsOf], str]

# Proper names that contain a digit, which no result can change.
NAMES = {
    "f_uno": "F1",
    "l_dos": "L2",
    "sha": "SHA-256",
    "dos_ln_dos": f"2·ln{NBSP}2",
    "ln_dos": f"ln{NBSP}2",
}
DASH = "—"  # in a table, where there is nothing to say


class Language:
    """What the templates of one document may call, over its ledger and its numbering.

    ``place_figure`` is told the name of each figure where it stands, its number among several of the
    same name, and who has its words; it answers with the name of its file. ``names`` are what the
    templates speak of, ``sections`` knows which of them are wanted.
    """

    def __init__(
        self,
        ledger: Ledger,
        numbering: Numbering,
        place_figure: PlaceFigure = lambda name, number, words: f"{name}.svg",
        names: Mapping[str, Any] | None = None,
        sections: Sections | None = None,
    ) -> None:
        self.ledger = ledger
        self.numbering = numbering
        self._sections = sections or Sections(Settings())
        self._place_figure = place_figure
        self._cited: set[str] = set()
        self.environment = Environment(
            loader=FileSystemLoader(TEMPLATES),
            undefined=StrictUndefined,
            finalize=self.finalize,
            extensions=[Match],
            trim_blocks=True,
            lstrip_blocks=True,
            keep_trailing_newline=True,
            autoescape=False,
            bytecode_cache=Compiled(TEMPLATES / "__pycache__"),
        )
        self.environment.globals = self._functions() | dict(names or {})
        self.environment.filters |= self._filters()

    def _functions(self) -> dict[str, Any]:
        return {
            "pm": self.mean,
            "ic": self.with_interval,
            "porcentaje": self.percent,
            "porcentaje_fino": self.fine_percent,
            "puntos": self.points,
            "valor_p": self.p_value,
            "enumeracion": self.enumerated,
            "tabla": self.table,
            "figura": self.figure,
            "parte": self.part,
            "seccion": self._sections.wanted,
            "apartado": self.section,
            "apendice": self.appendix,
            "ap": partial(self.numbering.refer, "Apéndice"),
            "sec": partial(self.numbering.refer, "Apartado"),
            "si_esta": self.numbering.if_there,
            "fig": partial(self.numbering.refer, "Figura"),
            "tab": partial(self.numbering.refer, "Tabla"),
            "nombre": lambda key: self.ledger.print(TEXT(Leaf(NAMES[key], f"nombre:{key}"))),
            "cita": lambda key: self.cited(key, BIBLIOGRAPHY[key].in_sentence),
            "cita_breve": lambda key: self.cited(key, BIBLIOGRAPHY[key].in_brackets),
            "bibliografia": self.bibliography,
            "segun": lambda origin, text: self.ledger.print(TEXT(Leaf(plain(flow(text)), origin))),
            "namespace": Environment().globals["namespace"],
            "zip": zip,
        }

    def _filters(self) -> dict[str, Callable[..., Any]]:
        return {
            "lista": self.listed,
            "join": lambda items, separator: separator.join(str(self.finalize(item)) for item in items),
            "cuenta": self.ledger.counted,
            "cardinal": self.ledger.cardinal,
            "porcentaje": self.percent,
            "puntos": self.points,
            "resumida": condensed,
            "con_raya": dashed,
            "en_dos": side_by_side,
            "remite": lambda names, kind, prefix: [
                self.numbering.refer(kind, prefix + name) for name in names
            ],
            "ordinal": self.ledger.ordinal,
        }

    # --- printing ------------------------------------------------------------------------

    def finalize(self, value: Any) -> Any:
        if isinstance(value, Number):
            return self.ledger.print(value)
        if isinstance(value, Code):
            return self.word(value)
        if isinstance(value, str):  # what a macro says is part of a paragraph, unless it is a block
            return value if value.startswith(BLOCK) else flow(value)
        if isinstance(value, Undefined):
            return value  # Jinja refuses it by its name
        raise RenderError(f"Se esperaba texto o una cifra trazada, se encontró «{value!r}» en una plantilla.")

    def mean(self, summary: Summary) -> str:
        return summary.said(self.ledger.print)

    def with_interval(self, estimate: Estimate) -> str:
        """The value and, in brackets, its interval, which does not repeat the sign of percentages."""
        low, high = map(self.without_sign, (estimate.low, estimate.high))
        return bracketed(self.ledger.print(estimate.value), low, high)

    def without_sign(self, rate: Number) -> str:
        """Beside another that has it, «%»."""
        quantity = rate.quantity
        is_rate = quantity.style == "percent"
        return self.ledger.print(
            replace(rate, quantity=replace(quantity, style="hundredths") if is_rate else quantity)
        )

    def percent(self, rate: Number | Estimate | Summary) -> str:
        """A rate of [0, 1] as prose has it: «86.1 % [85.7; 86.5]», «44.7 % ± 2.2», with one decimal, and
        «0 %»."""
        if isinstance(rate, Estimate):
            low, high = (
                self.ledger.print(replace(end, quantity=HUNDREDTHS)) for end in (rate.low, rate.high)
            )
            return bracketed(self.percent(rate.value), low, high)
        if isinstance(rate, Summary):
            mean = self.percent(rate.mean)
            if rate.sd is None or rate.sd.value == rate.mean.value == 0:
                return mean
            return f"{mean}{NBSP}±{NBSP}{self.ledger.print(replace(rate.sd, quantity=HUNDREDTHS))}"
        return self.ledger.print(replace(rate, quantity=SHARE_WHOLE if rate.value == 0 else SHARE))

    def fine_percent(self, rate: Number) -> str:
        """With the decimals that published rates have."""
        return self.ledger.print(replace(rate, quantity=SHARE_FINE))

    def points(self, difference: Number | Summary) -> str:
        """A difference of two rates in percentage points, with one decimal and without their name."""
        if isinstance(difference, Summary):
            return difference.said(self.points)
        return self.ledger.print(replace(difference, quantity=SHARE_POINTS))

    def p_value(self, p: Number) -> str:
        """«*p* = 0.012», «*p* < 0.001»."""
        said = self.ledger.print(p)
        return f"*p*{NBSP}{'' if plain(said).startswith('<') else f'={NBSP}'}{said}"

    def cited(self, key: str, text: str) -> str:
        self._cited.add(key)
        return self.traced(key, text, text)

    def traced(self, key: str, text: str, form: str) -> str:
        return self.ledger.print(TEXT(Leaf(text, f"bibliografía:{key}")), form)

    def bibliography(self) -> list[str]:
        """The works that the text so far has cited."""
        return [
            work.entry(partial(self.traced, key)) for key, work in BIBLIOGRAPHY.items() if key in self._cited
        ]

    def enumerated(self, opening: str, items: Sequence[str]) -> str:
        """What ``opening`` announces: several items stand one under the other, a single one goes on."""
        if len(items) < 2:
            return "".join(f"{opening} {item}." for item in items)
        return list_block(opening.removesuffix(":"), items)

    def listed(self, items: Iterable[Any], conjunction: Conjunction = "y") -> str:
        return spanish.join([str(self.finalize(item)) for item in items], conjunction, plain=plain)

    # --- words ---------------------------------------------------------------------------

    def word(self, code: Code) -> str:
        """The word for a code, from the template beside the finding that it belongs to.

        Raises:
            RenderError: it has none.
        """
        words = self._exports(type(code).__module__).get("palabras", {})
        try:
            return str(words[type(code).__name__][code.name])
        except KeyError as error:
            raise RenderError(
                f"Se esperaba una palabra para «{code.name}» de {type(code).__name__} en la plantilla de "
                f"{type(code).__module__}, no se encontró; añádala a sus «palabras»."
            ) from error

    def labels(self, kind: type[Labels]) -> Labels:
        """The words inside a figure, from the template beside it: its ``rotulos`` and, where a label
        has a number, a macro ``rotulo_…`` of it.

        Raises:
            RenderError: one is missing, is too many, or has a number that nobody traced.
        """
        exports = self._exports(kind.__module__)
        constant = dict(exports.get("rotulos", {}))
        made = {name.removeprefix("rotulo_"): exports[name] for name in exports if name.startswith("rotulo_")}
        wanted = {field.name for field in fields(kind)}  # type: ignore[arg-type]
        if strange := sorted(wanted ^ (constant.keys() | made.keys())):
            raise RenderError(
                f"Se esperaban los rótulos {', '.join(sorted(wanted))} en la plantilla de {kind.__module__}, "
                f"falta o sobra «{strange[0]}»; corríjala."
            )
        texts = {name: self._label(text) for name, text in constant.items()}
        return kind(**texts, **{name: self._label_maker(macro) for name, macro in made.items()})

    def _label_maker(self, macro: Callable[..., str]) -> Callable[..., str]:
        return lambda *arguments: self._label(macro(*arguments))

    def _label(self, text: str) -> str:
        refuse_untraced(text)
        return plain(flow(text))

    def _exports(self, module: str) -> dict[str, Any]:
        """What the template beside a module of findings or figures defines."""
        name = module.split(".", 2)[2].replace(".", "/")
        exported: dict[str, Any] = self.environment.get_template(f"{name}{SUFFIX}").module.__dict__
        return exported

    # --- headings ------------------------------------------------------------------------

    def part(self, letter: str, title: str) -> str:
        """The heading of a part, whose sections are numbered under its ``letter``; a document of one
        part has none."""
        self.numbering.open_part(letter)
        return f"{BLOCK}## {f'Parte {letter}. ' if letter else ''}{flow(title)}\n\n"

    def section(self, name: str, title: str) -> str:
        label = self.numbering.place("Apartado", name)
        return heading_block(3, f"sec-{name}", f"{label}~{title}")

    def appendix(self, name: str, title: str) -> str:
        label = self.numbering.place("Apéndice", name)
        return heading_block(2, f"ap-{name}", f"Apéndice{NBSP}{label}. {title}")

    # --- figures and tables --------------------------------------------------------------

    def table(
        self,
        name: str,
        caption: str,
        headers: Sequence[Any],
        rows: Iterable[Sequence[Any]],
        marked: Iterable[int] = (),
        left: Iterable[int] = (),
    ) -> str:
        """A pipe table. The first column, unless it is all amounts, and those in ``left`` hold text,
        the others numbers, aligned to the right; ``marked`` rows are bold and carry a sign."""
        rows = list(rows)
        texts = set(left)
        if not all(isinstance(row[0], Number) and row[0].quantity != SEED for row in rows):
            texts.add(0)
        lines = [row_line([self.cell(header) for header in headers])]
        lines.append(row_line(["---" if column in texts else "---:" for column in range(len(headers))]))
        for index, row in enumerate(rows):
            cells = [self.cell(value) for value in row]
            if len(cells) != len(headers):
                raise RenderError(
                    f"Se esperaban {len(headers)} celdas en la tabla «{name}», se encontraron {len(cells)}."
                )
            if index in set(marked):
                cells = [f"**▶{NBSP}{cells[0]}**", *(f"**{text}**" for text in cells[1:])]
            lines.append(row_line(cells))
        return table_block(f"tab-{name}", self.numbering.place("Tabla", name), caption, lines)

    def cell(self, value: Any) -> str:
        if value is None or (isinstance(value, tuple) and set(value) == {None}):
            return DASH
        if isinstance(value, tuple):
            cells = list(map(self.cell, value))
            return spanish.comma(map(plain, cells)).join(cells)
        if isinstance(value, Estimate):
            return self.with_interval(value)
        if isinstance(value, Named):
            return f"{self.word(value.name)}:{NBSP}{self.cell(value.value)}"
        if isinstance(value, Summary):
            middle, spread = self.ledger.print(value.mean), value.sd and self.without_sign(value.sd)
            return f"{middle}{NBSP}±{NBSP}{spread}" if spread else middle
        return str(self.finalize(value))

    def figure(self, name: str, alt: str, caption: str, number: int | None = None) -> str:
        """``number`` tells apart those of one name, from 0: each is known by a letter."""
        file = self._place_figure(name, number, self.labels)
        place = Path(file).stem
        return figure_block(f"fig-{place}", self.numbering.place("Figura", place), file, alt, caption)


class Compiled(FileSystemBytecodeCache):
    """Compiled templates, kept beside their sources as Python keeps its modules: compiling them
    takes longer than writing the document. Never those of another Jinja, nor of another version of
    the filters, which Jinja calls while compiling where all that they are given is constant."""

    def __init__(self, folder: Path) -> None:
        super().__init__(str(folder))
        folders = (ROOT / "report" / wing for wing in ("ledger", "text"))
        sources = [path for folder in folders for path in sorted(folder.glob("*.py"))]
        texts = [path.read_text(encoding="utf-8") for path in sources]
        self._made_by = "".join([importlib.metadata.version("jinja2"), *texts])

    def get_source_checksum(self, source: str) -> str:
        return super().get_source_checksum(source + self._made_by)

    def dump_bytecode(self, bucket: Bucket) -> None:
        with suppress(OSError):  # where nothing can be written, they are compiled each time
            Path(self.directory).mkdir(exist_ok=True)
            super().dump_bytecode(bucket)


def bracketed(value: str, low: str, high: str) -> str:
    """A value beside its interval, in one line: a page that begins with a bracket is not understood."""
    return f"{value}{NBSP}[{low};{NBSP}{high}]"


def dashed(rows: Iterable[Sequence[Any]]) -> bool:
    """Whether some cell of a table says nothing."""
    return any(None in (cell if isinstance(cell, tuple) else (cell,)) for row in rows for cell in row)


def condensed(numbers: Iterable[Number]) -> list[Number]:
    """One number if all are equal, else all of them in their order."""
    every = list(numbers)
    return every[:1] if len({number.value for number in every}) == 1 else every


def side_by_side(rows: Sequence[Sequence[Any]]) -> list[list[Any]]:
    """The second half of ``rows`` beside the first: a long and narrow table takes half the page."""
    half = (len(rows) + 1) // 2
    empty = [""] * len(rows[0])
    return [[*left, *right] for left, right in zip_longest(rows[:half], rows[half:], fillvalue=empty)]
