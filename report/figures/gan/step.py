"""What the generator draws at one sampled step."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

from report.figures.base import Source
from report.figures.images import grid_png
from report.findings.gan.steps import Steps
from report.study.study import shown_gan

if TYPE_CHECKING:
    import numpy as np

FILE = "paso.png"
COLUMNS = 5


@dataclass(frozen=True)
class Labels:
    """A picture has none."""


@dataclass(frozen=True, eq=False)
class Step:
    """uint8[n, 28, 28]."""

    images: np.ndarray


def prepare(source: Source, labels: Labels, index: int) -> Step:
    """The ``index``-th of the steps that are shown each by itself."""
    place = source.findings[Steps].grids[index]
    return Step(shown_gan(source.study).arrays["grid"][place])


def draw(data: Step) -> bytes:
    """In rows of ``COLUMNS``, or as a square where there are so many that they would not fit the page."""
    return grid_png(data.images, max(COLUMNS, math.isqrt(len(data.images) - 1) + 1))
