"""Figures drawn by rule that show no digit: float32[n, 28, 28] in [0, 1], ink bright.

The pen is about as thick, and what it draws about as large, as the digits of MNIST.
"""

from itertools import pairwise

import numpy as np
from scipy.spatial import KDTree

SIZE = 28
CENTRE = (SIZE - 1) / 2
PIXELS = np.mgrid[:SIZE, :SIZE].astype(np.float32)  # rows and columns
SPACING = 0.5  # pixels between points of a stroke at most: half of the thinnest pen

# In a square of side 2 around the origin, rows downwards: the strokes of each letter from corner to
# corner, as (row, column).
Stroke = tuple[tuple[float, float], ...]
LETTERS: dict[str, tuple[Stroke, ...]] = {
    "A": (((1, -0.8), (-1, 0), (1, 0.8)), ((0.3, -0.5), (0.3, 0.5))),
    "E": (((-1, 0.7), (-1, -0.6), (1, -0.6), (1, 0.7)), ((0, -0.6), (0, 0.5))),
    "F": (((-1, 0.7), (-1, -0.6), (1, -0.6)), ((0, -0.6), (0, 0.5))),
    "H": (((-1, -0.7), (1, -0.7)), ((-1, 0.7), (1, 0.7)), ((0, -0.7), (0, 0.7))),
    "K": (((-1, -0.6), (1, -0.6)), ((-1, 0.7), (0, -0.6), (1, 0.7))),
    "M": (((1, -0.9), (-1, -0.7), (0.4, 0), (-1, 0.7), (1, 0.9)),),
    "N": (((1, -0.7), (-1, -0.7), (1, 0.7), (-1, 0.7)),),
    "W": (((-1, -0.9), (1, -0.5), (-0.4, 0), (1, 0.5), (-1, 0.9)),),
    "X": (((-1, -0.7), (1, 0.7)), ((-1, 0.7), (1, -0.7))),
}


def smears(n: int, rng: np.random.Generator) -> np.ndarray:
    """Long blobs with a bright core and a soft border, upright or slanted and a little bent, such as
    a GAN draws before any digit; half of them are two side by side."""
    aside = rng.uniform(2, 4, (n, 1, 1)) * rng.choice((-1, 1), (n, 1, 1))
    two = rng.random((n, 1, 1)) < 0.5
    first, second = _smear(np.where(two, -aside, 0), rng), _smear(aside, rng)
    return np.where(two, np.maximum(first, second), first).astype(np.float32)


def _smear(column: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    """One around each ``column``, float64[n, 1, 1] in pixels from the centre."""
    each = column.shape
    tilt = rng.normal(0.35, 0.35, each)  # radians from upright, mostly as handwriting leans
    y, x = PIXELS[:, None] - CENTRE - rng.normal(0, 1.5, (2, *each))
    x = x - column
    along = np.cos(tilt) * y - np.sin(tilt) * x
    across = np.cos(tilt) * x + np.sin(tilt) * y + rng.normal(0, 0.015, each) * along**2
    width, length = rng.uniform(2, 3.5, each), rng.uniform(4, 7, each)
    return rng.uniform(0.5, 1, each) * np.exp(-((across / width) ** 2) / 2 - ((along / length) ** 4) / 2)


def letters(n: int, rng: np.random.Generator) -> np.ndarray:
    """Capitals that resemble no digit, equally often, each in a hand of its own."""
    shapes = list(LETTERS.values())
    figures = []
    for i in range(n):
        strokes = [
            np.array(stroke) * rng.uniform(8, 10, 2) + rng.normal(0, 0.6, (len(stroke), 2))
            for stroke in shapes[i % len(shapes)]
        ]
        slant = np.array([[1, 0], [rng.normal(0, 0.1), 1]])  # columns move with the rows
        figures.append(np.concatenate([_along(stroke) @ slant.T for stroke in strokes]))
    return _inked(figures, rng)


def scribbles(n: int, rng: np.random.Generator) -> np.ndarray:
    """Smooth random paths of a pen that is never lifted: sums of four waves in each direction."""
    time = np.linspace(0, 1, 400)
    waves = np.arange(1, 5)[:, None]
    figures = []
    for _ in range(n):
        phase, strength = rng.uniform(0, 2 * np.pi, (2, 4, 1)), rng.normal(0, 1, (2, 4, 1))
        path = (strength * np.sin(2 * np.pi * 0.75 * waves * time + phase)).sum(axis=1).T
        low, high = path.min(axis=0), path.max(axis=0)
        figures.append((path - (low + high) / 2) / (high - low) * rng.uniform(16, 20, 2))
    return _inked(figures, rng)


def arcs(n: int, rng: np.random.Generator) -> np.ndarray:
    """Three arcs of circles each, anywhere and any way round: strokes that make no figure."""
    figures = []
    for _ in range(n):
        strokes = []
        for centre, radius in zip(rng.uniform(-6, 6, (3, 2)), rng.uniform(3, 7, 3), strict=True):
            angle = rng.uniform(0, 2 * np.pi) + np.linspace(0, rng.uniform(1, 3), 60)
            strokes.append(centre + radius * np.stack([np.sin(angle), np.cos(angle)], axis=1))
        figures.append(np.concatenate(strokes))
    return _inked(figures, rng)


def _along(corners: np.ndarray) -> np.ndarray:
    """Points of the straight lines between ``corners`` float64[c, 2], ``SPACING`` apart or less."""
    return np.concatenate(
        [np.linspace(a, b, 2 + int(np.linalg.norm(b - a) / SPACING), axis=0) for a, b in pairwise(corners)]
    )


def _inked(figures: list[np.ndarray], rng: np.random.Generator) -> np.ndarray:
    """Where a round pen went that stood at the points float64[p, 2] of each figure, in pixels from
    the centre; its border is as soft as a pixel."""
    radii = rng.uniform(0.8, 1.6, len(figures))
    return np.stack([_inked_one(*each) for each in zip(figures, radii, strict=True)])


def _inked_one(points: np.ndarray, radius: float) -> np.ndarray:
    pixels = PIXELS.reshape(2, -1).T - CENTRE
    away, _ = KDTree(points).query(pixels)
    return (radius + 0.5 - away).clip(0, 1).reshape(SIZE, SIZE).astype(np.float32)
