"""Examples of the images that the judge is examined with."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from report.figures.base import Source
from report.figures.image_rows import ImageRows, draw_groups
from report.findings.gan.controls import ControlName, Controls

if TYPE_CHECKING:
    from matplotlib.figure import Figure

FILE = "controles.svg"

IMAGES = 4  # of each


@dataclass(frozen=True)
class Labels:
    """``name`` says a control."""

    name: Callable[[ControlName], str]


@dataclass(frozen=True, eq=False)
class Examples:
    """Some images of each control."""

    groups: ImageRows


def prepare(source: Source, labels: Labels) -> Examples:
    names = tuple(labels.name(control.name) for control in source.findings[Controls].controls)
    return Examples(ImageRows(tuple(source.study.judge[0].arrays["shown"][:, :IMAGES]), names))


def draw(data: Examples) -> Figure:
    return draw_groups(data.groups)
