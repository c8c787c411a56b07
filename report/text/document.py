"""A study -> Markdown, and what its figures are drawn from: everything of a document but its pages."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import PurePath
from string import ascii_lowercase
from typing import Any

from jinja2 import TemplateError

from report.errors import RenderError
from report.figures.base import Source
from report.figures.collection import FIGURES
from report.findings.base import Code, id_of, numbers_in
from report.findings.collection import Findings, find_all
from report.ledger.ledger import Ledger, plain, unmark
from report.ledger.verbatim import as_markdown
from report.settings import Settings
from report.study.study import Study
from report.text.context import context
from report.text.language import Language, WordsOf
from report.text.numbering import Numbering
from report.text.reflection import PLACE, Words, words_of
from report.text.sections import Sections
from report.text.shape import tidy
from report.text.untraced import check_templates, refuse_untraced

Draw = Callable[[str, Any], object]


@dataclass(frozen=True)
class Document:
    """``marked`` is the Markdown with the ledger's marks; ``drawings`` has, by file and in reading
    order, what each figure is drawn from; ``word`` says a code in Spanish; ``words`` are the author's
    own, for which a character stands in ``marked``."""

    findings: Findings
    ledger: Ledger
    marked: str
    drawings: dict[str, Any]
    word: Callable[[Code], str]
    words: Words | None = None

    @property
    def markdown(self) -> str:
        return as_markdown(unmark(self.marked)).replace(PLACE, self.words.markdown if self.words else "")

    @property
    def own_html(self) -> str:
        """The author's own words as the page has them."""
        return self.words.html if self.words else ""

    @property
    def title(self) -> str:
        return plain(self.marked.partition("\n")[0].removeprefix("# "))


def compose(
    study: Study,
    settings: Settings,
    draw: Draw = lambda file, data: None,
    sources: Mapping[str, str] | None = None,
) -> Document:
    """Write the text, once; ``draw`` is told each figure as soon as the text reaches it. ``sources`` are the
    files of the program that it names as its own, unless it is this one.

    Raises:
        RenderError: a number that nobody traced, a headline that no text uses, a reference to
            nothing, a section to leave out that there is not,
            words of the author that cannot be used.
    """
    check_templates()
    words = words_of(settings.reflection) if settings.reflection else None
    findings, ledger, numbering = find_all(study), Ledger(settings.style, settings.letters), Numbering()
    figures, sections = Figures(Source(study, findings, ledger), draw), Sections(settings)
    language = Language(
        ledger, numbering, figures.place, context(study, findings, settings, sources), sections
    )
    try:
        text = language.environment.get_template("informe.md.j2").render()
    except TemplateError as error:
        raise RenderError(
            f"Se esperaba una plantilla correcta, se encontró «{error.message}»; corríjala."
        ) from error
    sections.refuse_unknown()
    refuse_untraced(text)
    if settings.is_whole:
        refuse_unused_headlines(findings, ledger)
    marked = numbering.resolve(tidy(text), sections.left_out)
    return Document(findings, ledger, marked, figures.placed, language.word, words)


class Figures:
    """The figures of one document, each prepared where the text has it."""

    def __init__(self, source: Source, draw: Draw) -> None:
        self.placed: dict[str, Any] = {}
        self._source = source
        self._draw = draw

    def place(self, name: str, number: int | None, words: WordsOf) -> str:
        """The file of a figure, which is prepared with its ``words`` and told to ``draw``.

        Raises:
            RenderError: there is no such figure.
        """
        if name not in FIGURES:
            raise RenderError(f"Se esperaba una de las figuras {', '.join(FIGURES)}, se encontró «{name}».")
        module = FIGURES[name]
        labels = words(module.Labels)
        suffix = PurePath(module.FILE).suffix
        if number is None:
            file, data = module.FILE, module.prepare(self._source, labels)
        else:
            file = f"{name}-{ascii_lowercase[number]}{suffix}"
            data = module.prepare(self._source, labels, number)
        self.placed[file] = data
        self._draw(file, data)
        return file


def refuse_unused_headlines(findings: Findings, ledger: Ledger) -> None:
    """What a finding declares as its headline must be said somewhere.

    Raises:
        RenderError: naming the finding and the value.
    """
    for finding in findings:
        for name in finding.headlines:
            if not any(ledger.uses(number) for number in numbers_in(getattr(finding, name))):
                raise RenderError(
                    f"Se esperaba que el texto diera «{name}» de {id_of(type(finding))}, no lo hace; "
                    "añádalo a la plantilla."
                )
