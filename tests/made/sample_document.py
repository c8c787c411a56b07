"""A complete document about two invented field trials: what the renderer's tests are run on."""

import re
from datetime import UTC, datetime
from pathlib import Path

import matplotlib as mpl
import numpy as np
from matplotlib import font_manager
from matplotlib.figure import Figure

from report import fonts
from report.html.body import to_html
from report.html.page import Meta, page
from report.ledger.ledger import MARKED
from report.pdf.layout import Attachment, lay_out
from report.sheet import MM_PER_INCH, TEXT_WIDTH_MM

SOURCE = Path(__file__).with_suffix(".md")
WIDTH_IN = TEXT_WIDTH_MM / MM_PER_INCH

META = Meta(
    title="Encinas y caudales: dos ensayos de campo en la cuenca del Arlanzuela",
    authors=("Clara Ibáñez Roldán",),
    created=datetime(2026, 1, 15, 10, tzinfo=UTC),
)
DATA = Attachment("cifras.json", b'{"exactitud": 0.864}', "Las cifras del informe")


def markdown() -> str:
    """The document as the templates will give it: each number between its private-use marks."""
    count = 0

    def trace(match: re.Match[str]) -> str:
        nonlocal count
        count += 1
        printed = match[1].replace(" ", "\u00a0")
        return f"\ue000{count}\ue001{printed}\ue002"

    return re.sub("⟦(.*?)⟧", trace, SOURCE.read_text(encoding="utf-8"))


def traced_numbers() -> list[str]:
    """The printed numbers, in the order of the source."""
    return [printed for _, printed in MARKED.findall(markdown())]


def untraced(html: str) -> str:
    """What the ledger does to the finished page."""
    plain_alt = re.sub(r'alt="[^"]*"', lambda match: MARKED.sub(r"\2", match[0]), html)
    return MARKED.sub(r'<span class="n" data-id="\1">\2</span>', plain_alt)


def pdf(folder: Path) -> bytes:
    """The whole document, with its figures and one attachment."""
    draw(folder / "figures")
    return lay_out(untraced(page(to_html(markdown()), META)), folder).write([DATA], META.created)


def small(text: str, base: Path, css: str = "") -> bytes:
    """The PDF of a document that has only this text, with ``css`` after that of the style sheet."""
    html = page(to_html(f"# Título\n\n## Resumen\n\n{text}"), META)
    return lay_out(html.replace("</style>", css + "</style>"), base).write([], META.created)


def draw(folder: Path) -> None:
    """The four figures, into ``folder``."""
    folder.mkdir(parents=True, exist_ok=True)
    for face in fonts.faces():
        font_manager.fontManager.addfont(face.path)
    style = {
        "font.family": [fonts.SANS],
        "font.size": 9.1,
        "svg.fonttype": "none",
        "svg.hashsalt": "sample",
        "axes.spines.top": False,
        "axes.spines.right": False,
        "axes.linewidth": 0.6,
    }
    with mpl.rc_context(style):
        for name, draw_figure in (("germinacion", _curves), ("confusion", _matrix), ("caudal", _flow)):
            figure = Figure(figsize=(WIDTH_IN, 64 / 25.4), layout="constrained")
            draw_figure(figure)
            figure.savefig(folder / f"{name}.svg", metadata={"Date": None})
        figure = Figure(figsize=(WIDTH_IN, 24 / 25.4), dpi=200)
        _strip(figure)
        figure.savefig(folder / "secuencia.png", metadata={"Software": None})


def _curves(figure: Figure) -> None:
    axes, day = figure.subplots(), np.arange(0, 67)
    series = (
        ("Turba con arena", 86.4, 88, "#0072b2"),
        ("Corteza", 82.2, 82, "#d55e00"),
        ("Arena de río", 80.2, 76, "#009e73"),
        ("Suelo natural", 77.6, 70, "#555555"),
    )
    for name, top, height, colour in series:
        for offset in (-0.8, 0, 0.8):
            axes.plot(day, (top + offset) / (1 + np.exp(-(day - 17) / 4)), color=colour, lw=0.5, alpha=0.6)
        axes.plot(day, top / (1 + np.exp(-(day - 17) / 4)), color=colour, lw=1.6)
        axes.annotate(name, (67, height), color=colour, va="center", annotation_clip=False)
    axes.set(xlabel="Día", ylabel="Germinadas (%)", xlim=(0, 80), ylim=(0, 95))


def _matrix(figure: Figure) -> None:
    axes = figure.subplots()
    axes.imshow([[259, 112], [183, 1286]], cmap="Blues", aspect="auto", alpha=0.5)
    for row, column, text in ((0, 0, "259"), (0, 1, "112"), (1, 0, "183"), (1, 1, "1286")):
        axes.text(column, row, text, ha="center", va="center", fontsize=12)
    axes.set(xticks=[0, 1], yticks=[0, 1], xlabel="Clasificación por flotación", ylabel="Resultado")
    axes.set_xticklabels(["no viable", "viable"])
    axes.set_yticklabels(["no brota", "brota"])


def _flow(figure: Figure) -> None:
    axes, day = figure.subplots(), np.arange(92)
    for section in range(7):
        axes.plot(day, 0.5 * np.exp(-day / (38 + 2 * section)) + 0.05, color="#0072b2", lw=0.5)
    axes.plot(day, 0.5 * np.exp(-day / 44) + 0.05, color="#0072b2", lw=1.8)
    axes.axhline(0.175, color="#555555", lw=0.8, ls="--")
    axes.annotate("umbral", (90, 0.185), ha="right")
    axes.set(xlabel="Día", ylabel="Caudal (m³/s)", ylim=(0, 0.6))


def _strip(figure: Figure) -> None:
    grid = np.linspace(-1, 1, 80)
    for index, axes in enumerate(figure.subplots(1, 7)):
        axes.imshow(np.exp(-((grid[None, :] + 0.1 * grid[:, None]) ** 2) * (1 + 2 * index)), cmap="gray")
        axes.set_axis_off()
