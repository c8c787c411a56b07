"""A study -> Markdown, figures and HTML: everything of a document but its PDF."""

from dataclasses import dataclass
from string import ascii_lowercase
from typing import Any

from jinja2 import TemplateError

from report import content, figures_data, figures_data_memory
from report.errors import RenderError
from report.figures_data import WINDOW
from report.findings import find_all
from report.findings.base import Finding, numbers_in
from report.markdown_html import Body, to_html
from report.numbers import Leaf, Ledger, unmark
from report.prose import Numbering, check_templates, make_environment, tidy
from report.quantities import COUNT, ITERATION
from report.results import Study, at, gan_record
from report.settings import Settings
from report.trace import refuse_untraced

Figures = dict[str, tuple[Any, ...]]  # what each file is drawn from: see figures/drawing.py


@dataclass(frozen=True)
class Draft:
    """What is known before a word is written: enough to draw the figures."""

    study: Study
    settings: Settings
    findings: dict[str, Finding]
    figures: Figures


@dataclass(frozen=True)
class Document:
    """``marked`` is the Markdown with the ledger's marks; ``figures`` are not drawn yet."""

    findings: dict[str, Finding]
    ledger: Ledger
    marked: str
    body: Body
    figures: Figures

    @property
    def markdown(self) -> str:
        return unmark(self.marked)


def compose(study: Study, settings: Settings) -> Document:
    """All of it, checked.

    Raises:
        RenderError: as ``write``; an untraced number.
    """
    document = write(outline(study, settings))
    refuse_untraced(document.body.html)
    return document


def outline(study: Study, settings: Settings) -> Draft:
    """What the results say, and how to draw it."""
    findings = find_all(study)
    return Draft(study, settings, findings, make_figures(study, findings, Ledger(settings.style)))


def write(draft: Draft) -> Document:
    """Write the text; ``refuse_untraced`` has still to read it.

    Raises:
        RenderError: a headline that no text uses, a reference to nothing.
    """
    check_templates()
    findings, ledger, numbering = draft.findings, Ledger(draft.settings.style), Numbering()
    template = make_environment(ledger, numbering).get_template("informe.md.j2")
    names = content.context(draft.study, findings, draft.settings)
    try:
        template.render(names)  # for the numbering alone
        ledger.restart()
        numbering.restart()
        marked = tidy(template.render(names))
    except TemplateError as error:
        raise RenderError(
            f"Se esperaba una plantilla correcta, se encontró «{error.message}»; corríjala."
        ) from error
    numbering.check()
    refuse_unused_headlines(findings, ledger)
    make_figures(draft.study, findings, ledger)  # the numbers inside come after those of the text
    body = to_html(marked)
    return Document(findings, ledger, marked, body, draft.figures)


def refuse_unused_headlines(findings: dict[str, Finding], ledger: Ledger) -> None:
    """What a finding declares as its headline must be said somewhere.

    Raises:
        RenderError: naming the finding and the value.
    """
    for finding in findings.values():
        for name in finding.headlines:
            if not any(ledger.uses(number) for number in numbers_in(finding.values[name])):
                raise RenderError(
                    f"Se esperaba que el texto diera «{name}» de {finding.id}, no lo hace; "
                    "añádalo a la plantilla."
                )


def make_figures(study: Study, findings: dict[str, Finding], ledger: Ledger) -> Figures:
    """What each file is drawn from; the numbers inside are noted in the ledger now."""
    decimal = ledger.style.decimal
    window = ITERATION(Leaf(WINDOW, "figura:perdidas.ventana"))
    window_text = "media móvil de " + unmark(ledger.counted(window, "iteración", "iteraciones", "f"))
    seen = COUNT(at(study.lstm[0], "config.sequence_length"))
    controls = content.control_names(findings["gan.controls"])
    shown = figures_data.shown_gan(study)
    return {
        "vistazo-lstm.svg": (figures_data.lstm_glance(findings, ledger), decimal),
        "curvas.svg": (figures_data.lstm_curves(study, ledger), decimal),
        "confusion.svg": (figures_data.confusion(findings["lstm.confusion"], ledger),),
        "longitud.svg": (figures_data_memory.by_length(findings["lstm.length"], seen, ledger), decimal),
        "influencia.svg": (figures_data_memory.by_distance(study, findings["lstm.memory"], ledger), decimal),
        "sonda.svg": (figures_data_memory.by_probe(findings["lstm.probe"], ledger), decimal),
        "vistazo-gan.svg": (figures_data.gan_glance(study, findings, ledger), decimal),
        "perdidas.svg": (
            figures_data.gan_losses(study, findings["gan.losses"], window_text, ledger),
            decimal,
        ),
        "tira.svg": (figures_data.gan_strip(study, findings["gan.steps"], ledger),),
        "controles.svg": (figures_data.control_groups(study, controls),),
        "umbral.svg": (figures_data.threshold_rows(study),),
        "legibilidad.svg": (
            figures_data.readable_curves(study, findings["gan.recognisable_from"], ledger),
            decimal,
        ),
        "vecinas.svg": (figures_data.neighbour_rows(study),),
        **{
            f"paso-{ascii_lowercase[index]}.png": (shown.arrays["grid"][index],)
            for index in range(len(gan_record(shown).sampled_steps))
        },
    }
