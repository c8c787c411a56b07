"""Figures that are drawn at once: what the tests of the processes have drawn."""

import os
import signal
from dataclasses import dataclass

from matplotlib.figure import Figure


@dataclass(frozen=True)
class Line:
    """A straight line with a name."""

    name: str


@dataclass(frozen=True)
class Picture:
    """What is a picture already."""

    content: bytes


@dataclass(frozen=True)
class Nothing:
    """What cannot be drawn."""


@dataclass(frozen=True)
class End:
    """What the system does not let be drawn."""


def draw(data: Line | Picture | Nothing | End) -> Figure | bytes:
    match data:
        case Picture(content):
            return content
        case Nothing():
            raise ValueError("nada que dibujar")
        case End():
            os.kill(os.getpid(), signal.SIGKILL)
    figure = Figure(figsize=(2, 1))
    figure.add_axes((0.1, 0.1, 0.8, 0.8)).plot([0, 1])
    figure.text(0.5, 0.5, data.name)
    return figure
