"""Where the images of a grid lie in the picture that has them.

What tells it is the same for all steps of a training, so that they are looked at together: by the
darkest and the lightest that each pixel ever is. A picture is taken for a grid for one of three reasons:

- ``outlines``: something of one colour lies between and around the images, and what stands out from it are
  rectangles, full to their borders, alike, at even distances and square. What stands out in a plot is not.
- ``tilings``: the picture divides into squares of a size that networks draw, with nothing between them
  or with what never changes, and what is drawn in one does not go on in the next, as in a photo or a plot.
- ``figure_layout``: matplotlib has drawn it, and all ink lies where that places images by itself.

Whatever the reason, most of the images must have something in them.
"""

from math import ceil
from typing import NamedTuple

import numpy as np

LEAST = 28  # pixels of a side: what the judge reads, and a smaller image does not have
MOST = 20 * LEAST

Span = tuple[float, float]  # of pixels: start and end


class Extremes(NamedTuple):
    """uint8[H, W] each, over all steps. Shades up to ``same`` grey levels apart may be one, and those more
    than ``apart`` are two; in between lies the softness of a line."""

    low: np.ndarray
    high: np.ndarray
    same: int
    apart: int


class Lattice(NamedTuple):
    """Of the rows from above and the columns from the left; ``padding`` in pixels where it is whole."""

    rows: tuple[Span, ...]
    columns: tuple[Span, ...]
    padding: int | None = None

    @property
    def shape(self) -> tuple[int, int]:
        return len(self.rows), len(self.columns)

    @property
    def size(self) -> tuple[int, int]:
        """Height and width of an image, to whole pixels."""
        return round(self.rows[0][1] - self.rows[0][0]), round(self.columns[0][1] - self.columns[0][0])


def page_shade(extremes: Extremes) -> int | None:
    """Of the outermost pixels, if they are all alike in all steps."""
    edges = [side for x in extremes[:2] for side in (x[0], x[-1], x[:, 0], x[:, -1])]
    shades = np.concatenate(edges).astype(np.int16)
    page = int(np.median(shades))
    return page if int(np.abs(shades - page).max()) <= extremes.same else None


def touched(extremes: Extremes, page: int) -> np.ndarray:
    """bool[H, W]: what stands out from the page in some step."""
    low, high = extremes.low.astype(np.int16), extremes.high.astype(np.int16)
    return (low < page - extremes.apart) | (high > page + extremes.apart)


def ring(image: np.ndarray, depth: int = 0) -> np.ndarray:
    """The pixels of [h, w] that lie ``depth`` from its border, in one row."""
    inner = image[depth : image.shape[0] - depth, depth : image.shape[1] - depth]
    return np.concatenate([inner[0], inner[-1], inner[1:-1, 0], inner[1:-1, -1]])


def is_drawn(extremes: Extremes, lattice: Lattice) -> bool:
    """Most images have something in some step: a single drawing leaves most squares empty, and those of a
    table of colours are all of one."""
    drawn = [
        int(extremes.high[inside].max()) - int(extremes.low[inside].min()) > extremes.same
        for top, bottom in lattice.rows
        for left, right in lattice.columns
        for inside in [np.s_[ceil(top) + 1 : int(bottom) - 1, ceil(left) + 1 : int(right) - 1]]
    ]
    return sum(drawn) > len(drawn) / 2
