"""A study -> Markdown, figures and HTML: everything of a document but its PDF."""

import hashlib
import pickle
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from string import ascii_lowercase
from typing import Any

import matplotlib.figure
import numpy as np
from jinja2 import TemplateError

from report import content, figures, figures_data, figures_data_memory
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


@dataclass(frozen=True)
class Drawn:
    """A file and the texts inside it, those on its scales apart."""

    content: bytes
    labels: list[str]


@dataclass(frozen=True)
class Drawing:
    """How to draw one file, and the digest of the data that it shows."""

    draw: Callable[[], Drawn]
    data_digest: str


@dataclass(frozen=True)
class Draft:
    """What is known before a word is written: enough to draw the figures."""

    study: Study
    settings: Settings
    findings: dict[str, Finding]
    figures: dict[str, Drawing]


@dataclass(frozen=True)
class Document:
    """``marked`` is the Markdown with the ledger's marks; ``figures`` draws each file on demand."""

    findings: dict[str, Finding]
    ledger: Ledger
    marked: str
    body: Body
    figures: dict[str, Drawing]

    @property
    def markdown(self) -> str:
        return unmark(self.marked)


def compose(study: Study, settings: Settings) -> Document:
    """All of it.

    Raises:
        RenderError: as ``write``.
    """
    return write(outline(study, settings))


def outline(study: Study, settings: Settings) -> Draft:
    """What the results say, and how to draw it."""
    findings = find_all(study)
    return Draft(study, settings, findings, make_figures(study, findings, Ledger(settings.style)))


def write(draft: Draft) -> Document:
    """Write the text and check it.

    Raises:
        RenderError: an untraced number, a headline that no text uses, a reference to nothing.
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
    refuse_untraced(body.html)
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


def make_figures(study: Study, findings: dict[str, Finding], ledger: Ledger) -> dict[str, Drawing]:
    """How to draw each file; the numbers inside are noted in the ledger now. Each drawing can be
    pickled."""
    decimal = ledger.style.decimal
    window = ITERATION(Leaf(WINDOW, "figura:perdidas.ventana"))
    window_text = "media móvil de " + unmark(ledger.counted(window, "iteración", "iteraciones", "f"))
    losses = figures_data.gan_losses(study, findings["gan.losses"], window_text, ledger)
    lstm_glance = figures_data.lstm_glance(findings, ledger)
    confusion = figures_data.confusion(findings["lstm.confusion"], ledger)
    seen = COUNT(at(study.lstm[0], "config.sequence_length"))
    by_length = figures_data_memory.by_length(findings["lstm.length"], seen, ledger)
    by_distance = figures_data_memory.by_distance(study, findings["lstm.memory"], ledger)
    by_probe = figures_data_memory.by_probe(findings["lstm.probe"], ledger)
    gan_glance = figures_data.gan_glance(study, findings, ledger)
    strip = figures_data.gan_strip(study, findings["gan.steps"], ledger)
    curves = figures_data.lstm_curves(study)
    readable = figures_data.readable_curves(study, findings["gan.recognisable_from"], ledger)
    controls = figures_data.control_groups(study, content.control_names(findings["gan.controls"]))
    at_threshold, neighbours = figures_data.threshold_rows(study), figures_data.neighbour_rows(study)

    def svg(name: str, draw: Callable[..., matplotlib.figure.Figure], *arguments: Any) -> Drawing:
        return Drawing(partial(draw_svg, name, draw, arguments), digest_of(arguments))

    def grid(index: int) -> Drawing:
        images = shown.arrays["grid"][index]
        return Drawing(partial(draw_grid, images), digest_of(images))

    shown = figures_data.shown_gan(study)
    return {
        "vistazo-lstm.svg": svg("vistazo-lstm", figures.draw_lstm_glance, lstm_glance, decimal),
        "curvas.svg": svg("curvas", figures.draw_lstm_curves, curves, decimal),
        "confusion.svg": svg("confusion", figures.draw_confusion_table, confusion),
        "longitud.svg": svg("longitud", figures.draw_by_length, by_length, decimal),
        "influencia.svg": svg("influencia", figures.draw_by_distance, by_distance, decimal),
        "sonda.svg": svg("sonda", figures.draw_by_probe, by_probe, decimal),
        "vistazo-gan.svg": svg("vistazo-gan", figures.draw_gan_glance, gan_glance, decimal),
        "perdidas.svg": svg("perdidas", figures.draw_gan_losses, losses, decimal),
        "tira.svg": svg("tira", figures.draw_gan_strip, strip),
        "controles.svg": svg("controles", figures.draw_image_groups, controls),
        "umbral.svg": svg("umbral", figures.draw_image_rows, at_threshold),
        "legibilidad.svg": svg("legibilidad", figures.draw_readable_curves, readable, decimal),
        "vecinas.svg": svg("vecinas", figures.draw_image_rows, neighbours),
        **{
            f"paso-{ascii_lowercase[index]}.png": grid(index)
            for index in range(len(gan_record(shown).sampled_steps))
        },
    }


def draw_svg(name: str, draw: Callable[..., matplotlib.figure.Figure], arguments: tuple[Any, ...]) -> Drawn:
    figure = draw(*arguments)
    return Drawn(figures.svg_bytes(figure, name), figures.texts(figure))


def draw_grid(images: np.ndarray) -> Drawn:
    return Drawn(figures.grid_png(images), [])


def digest_of(data: Any) -> str:
    """SHA-256 of what a figure is drawn from."""
    return hashlib.sha256(pickle.dumps(data)).hexdigest()
