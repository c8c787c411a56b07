"""Pictures of images: dark ink on white paper, side by side."""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from PIL import Image

from report.figures.checks import check_numbers
from report.figures.labels import cut_to

if TYPE_CHECKING:
    from matplotlib.axes import Axes

PAPER = 255
RULE = 205  # thin grey between images: they all have the same white ground
TONES = "tonos"  # the class of a picture in the SVG
SCALE = 4  # pixels per pixel: 237 dpi when printed 62 mm wide


@dataclass(frozen=True, eq=False)
class Samples:
    """The grids of one seed in order, ``uint8[s, n, 28, 28]``, and what is written at each."""

    grids: np.ndarray
    labels: tuple[str, ...]

    def __post_init__(self) -> None:
        check_numbers("grids", self.grids)
        if len(self.labels) != len(self.grids):
            raise ValueError(
                f"labels: se esperaba un rótulo para cada una de las {len(self.grids)} cuadrículas, "
                f"se encontraron {len(self.labels)}; revise los registros."
            )


def grid_image(images: np.ndarray, columns: int = 5) -> np.ndarray:
    """``uint8[n, h, w]`` with bright ink as one picture, ``uint8[rows*(h+1)+1, columns*(w+1)+1]``
    with dark ink on white paper: it prints well, and on a dark page reads as a sheet.

    Raises:
        ValueError: another shape or type.
    """
    if images.ndim != 3 or images.dtype != np.uint8 or not images.size:
        raise ValueError(
            f"images: se esperaban imágenes uint8[n, alto, ancho], se encontró "
            f"{images.dtype}{list(images.shape)}; revise los registros."
        )
    n, height, width = images.shape
    rows = -(-n // columns)
    cells = np.full((rows * columns, height + 1, width + 1), RULE, np.uint8)
    cells[:, 1:, 1:] = PAPER
    cells[:n, 1:, 1:] = PAPER - images
    joined = cells.reshape(rows, columns, height + 1, width + 1).swapaxes(1, 2)
    picture = joined.reshape(rows * (height + 1), columns * (width + 1))
    return np.pad(picture, ((0, 1), (0, 1)), constant_values=RULE)


def grid_png(images: np.ndarray, columns: int = 5) -> bytes:
    """``grid_image`` as PNG, each pixel a square of ``SCALE`` so that no viewer blurs it."""
    picture = grid_image(images, columns).repeat(SCALE, axis=0).repeat(SCALE, axis=1)
    buffer = io.BytesIO()
    Image.fromarray(picture).save(buffer, format="PNG")
    return buffer.getvalue()


def place_grid(
    axes: Axes,
    images: np.ndarray,
    left: float,
    bottom: float,
    height: float,
    columns: int | None = None,
    *,
    tones: bool = False,
) -> None:
    """Put a grid on a ``sheet``, in mm: a square one unless ``columns`` says otherwise. It keeps its
    ``tones`` on a dark page where they are what it shows."""
    columns = columns or int(np.ceil(np.sqrt(len(images))))
    picture = np.repeat(grid_image(images, columns)[..., np.newaxis], 3, axis=2)
    width = height * picture.shape[1] / picture.shape[0]
    placed = axes.imshow(
        picture, extent=(left, left + width, bottom, bottom + height), interpolation="none", aspect="auto"
    )
    if tones:
        placed.set_gid(TONES)


def place_columns(
    axes: Axes,
    samples: Samples,
    read: Sequence[Sequence[str]],
    side: float,
    pitch: float,
    left: float = 0.0,
    bottom: float = 0.0,
) -> None:
    """Put the images of each step one over the other on a ``sheet``, ``side`` mm each, over them the
    label of the step, and beside each image what is ``read`` in it. Columns begin ``pitch`` mm from each
    other."""
    n = samples.grids.shape[1]
    for column, (grid, label, names) in enumerate(zip(samples.grids, samples.labels, read, strict=True)):
        x = left + column * pitch
        place_grid(axes, grid, x, bottom, side * n, columns=1)
        axes.text(x, bottom + side * n + 1.4, label)
        for row, name in enumerate(names):
            if name:
                middle = bottom + side * (n - row - 0.5)
                said = cut_to(name, pitch - side - 2.0)
                axes.text(x + side + 0.9, middle, said, va="center_baseline", weight=600)
