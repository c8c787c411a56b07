"""The grids that a generator drew while it was trained."""

import re
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from experiments.brought.grids.from_npz import cut_arrays
from experiments.brought.grids.from_pictures import PLACE, Cut, Shape, cut_files
from experiments.brought.grids.image_arrays import SIZE, ink_of
from experiments.brought.grids.pictures import WHITE
from experiments.brought.grids.real_images import RealImages, read_real
from experiments.brought.refusals import refusal
from experiments.records.brought import Ink, TakenAs

__all__ = ["Grids", "RealImages", "parse_grid", "read_grids", "read_real"]

MAX_SIDE = 64  # images in a row or column of a grid
MAX_IMAGES = 100_000  # of all steps; the judge looks at each


@dataclass(frozen=True)
class Grids:
    """``images`` uint8[s, g, 28, 28] of ``steps``, ascending, ink bright; ``ink`` and ``original_size``,
    height and width of one image in pixels, as the files have them. ``digest``: SHA-256 of the files'
    bytes in the order of the steps. ``notices``: Spanish sentences."""

    steps: tuple[int, ...]
    images: np.ndarray
    ink: Ink
    original_size: tuple[int, int]
    digest: str
    names: tuple[TakenAs, ...]
    notices: tuple[str, ...]


def parse_grid(text: str) -> Shape:
    """«5x5» or «4×8»: rows and columns.

    Raises:
        BroughtError: something else, a single image, or more than ``MAX_SIDE`` a side.
    """
    match = re.fullmatch(r"\s*([0-9]{1,3})\s*[xX×]\s*([0-9]{1,3})\s*", text)
    rows, columns = (int(match[1]), int(match[2])) if match else (0, 0)
    if not (1 <= rows <= MAX_SIDE and 1 <= columns <= MAX_SIDE and rows * columns > 1):
        expected = f"una cuadrícula de hasta {MAX_SIDE} filas y columnas"
        raise refusal("--grid", expected, f"«{text[:40]}»", "escríbala como 5x5")
    return rows, columns


def read_grids(pattern: str, shape: Shape | None) -> Grids:
    """Of pictures, one a step, where ``pattern`` has {paso} or {step} in the place of its number; otherwise
    of an NPZ file. ``shape`` is needed only if nothing shows the borders of the images.

    Raises:
        BroughtError: as ``cut_files`` and ``cut_arrays``; another pattern; too many images.
    """
    path = Path(pattern)
    places = len(PLACE.findall(pattern))
    names: tuple[TakenAs, ...] = ()
    if places == 1 == len(PLACE.findall(path.name)):
        cut = cut_files(pattern, shape)
    elif places == 0 and path.suffix.lower() == ".npz":
        cut, names = cut_arrays(path, shape)
    else:
        remedy = "escríbalo como «muestras_{paso}.png»"
        raise refusal(pattern, "un nombre con {paso} una vez, o un archivo NPZ", "otro", remedy)
    return _bright(pattern, cut, names)


def _bright(pattern: str, cut: Cut, names: tuple[TakenAs, ...]) -> Grids:
    n_steps, n_images = cut.images.shape[:2]
    if n_steps * n_images > MAX_IMAGES:
        found = f"{n_steps} pasos de {n_images}"
        raise refusal(pattern, f"un máximo de {MAX_IMAGES} imágenes", found, "quite algunos pasos")
    # In the second half of a training a ground shows; it starts from noise.
    ink, notices = ink_of(cut.images[n_steps // 2 :].reshape(-1, SIZE, SIZE))
    images = cut.images if ink == "bright" else WHITE - cut.images
    return Grids(cut.steps, images, ink, cut.size, cut.digest, names, (*cut.notices, *notices))
