"""Each file of the document's figures, drawn."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import PurePath
from typing import Any

from matplotlib.figure import Figure

from report.figures.gan import draw_gan_glance, draw_gan_losses
from report.figures.gan_readable import draw_image_groups, draw_image_rows, draw_readable_curves
from report.figures.images import draw_gan_strip, grid_png
from report.figures.labels import texts
from report.figures.lstm import draw_confusion_table, draw_lstm_curves, draw_lstm_glance
from report.figures.memory import draw_by_distance, draw_by_length, draw_by_probe
from report.figures.svg import svg_bytes

DRAWERS: dict[str, Callable[..., Figure]] = {
    "vistazo-lstm.svg": draw_lstm_glance,
    "curvas.svg": draw_lstm_curves,
    "confusion.svg": draw_confusion_table,
    "longitud.svg": draw_by_length,
    "influencia.svg": draw_by_distance,
    "sonda.svg": draw_by_probe,
    "vistazo-gan.svg": draw_gan_glance,
    "perdidas.svg": draw_gan_losses,
    "tira.svg": draw_gan_strip,
    "controles.svg": draw_image_groups,
    "umbral.svg": draw_image_rows,
    "legibilidad.svg": draw_readable_curves,
    "vecinas.svg": draw_image_rows,
}


@dataclass(frozen=True)
class Drawn:
    """A file and the texts inside it, those on its scales apart."""

    content: bytes
    labels: list[str]


def draw(file: str, arguments: tuple[Any, ...]) -> Drawn:
    """An SVG by its drawer, a PNG as a grid of images."""
    if file not in DRAWERS:
        return Drawn(grid_png(*arguments), [])
    figure = DRAWERS[file](*arguments)
    return Drawn(svg_bytes(figure, PurePath(file).stem), texts(figure))
