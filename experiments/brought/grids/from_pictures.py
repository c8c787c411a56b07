"""The pictures of a training's grids, one file a step, brought to one cut."""

import hashlib
import re
from pathlib import Path
from typing import NamedTuple

import numpy as np
from PIL import Image

from experiments.brought.grids.figure_layout import figure_layout
from experiments.brought.grids.image_arrays import SIZE, shrunk
from experiments.brought.grids.lattices import LEAST, Extremes, Lattice
from experiments.brought.grids.outlines import separated
from experiments.brought.grids.pictures import SAVE_ARRAYS, Picture, read_picture
from experiments.brought.grids.tilings import is_one_picture, tiled
from experiments.brought.refusals import refusal
from experiments.causes import cause

Shape = tuple[int, int]  # rows and columns

PLACE = re.compile(r"\{(?:paso|step)\}")
MAX_STEPS, MAX_PIXELS = 1_000, 200_000_000  # of all pictures together
PNG_SHADES, JPEG_SHADES = (2, 32), (48, 48)  # ``same`` and ``apart`` of ``Extremes``


class Cut(NamedTuple):
    """``images`` uint8[s, g, 28, 28], shades as the files have them; ``size``: height and width of one in
    the files."""

    steps: tuple[int, ...]
    images: np.ndarray
    size: tuple[int, int]
    digest: str
    notices: tuple[str, ...]


def files_of(pattern: str) -> list[tuple[int, Path]]:
    """The files that ``pattern`` means, by their step, ascending.

    Raises:
        BroughtError: none, two of one step, or too many.
    """
    path = Path(pattern)
    before, after = PLACE.split(path.name)
    wanted = re.compile(f"{re.escape(before)}([0-9]{{1,18}}){re.escape(after)}")
    try:
        found = [(match, file) for file in path.parent.iterdir() if (match := wanted.fullmatch(file.name))]
    except OSError as error:
        raise refusal(path.parent, "una carpeta con imágenes", cause(error), "revise la ruta") from error
    files: dict[int, Path] = {}
    for match, file in sorted(found, key=lambda one: one[1].name):
        other = files.setdefault(int(match[1]), file)
        if other != file:
            both = f"«{other.name}» y «{file.name}»"
            raise refusal(pattern, "un fichero por paso", f"{both}, del mismo", "quite uno")
    if not files:
        raise refusal(
            pattern, "algún fichero con ese nombre y un número", "ninguno", "revise la ruta y el patrón"
        )
    if len(files) > MAX_STEPS:
        raise refusal(pattern, f"un máximo de {MAX_STEPS} pasos", str(len(files)), "quite algunos")
    return sorted(files.items())


def cut_files(pattern: str, shape: Shape | None) -> Cut:
    """The images of all files of ``pattern``, row by row.

    Raises:
        BroughtError: as ``files_of`` and ``read_picture``; pictures of other sizes; no grid.
    """
    files = files_of(pattern)
    pictures: dict[Path, Picture] = {}
    digest = hashlib.sha256()
    for _, path in files:
        picture, content = read_picture(path)
        digest.update(content)
        pictures[path] = picture
        _expect_alike(files[0][1], pictures[files[0][1]], path, picture)
        if len(pictures) * picture.grey.size > MAX_PIXELS:
            raise refusal(pattern, f"un máximo de {MAX_PIXELS} píxeles en total", "más", SAVE_ARRAYS)
    lattice, notices = _lattice(pattern, pictures, shape)
    if picture.viridis:
        notices.append("Los colores del mapa «viridis» se convierten a los grises que representan.")
    images = np.stack([_cut(picture.grey, lattice) for picture in pictures.values()])
    steps = tuple(step for step, _ in files)
    return Cut(steps, images, lattice.size, digest.hexdigest(), tuple(notices))


def _expect_alike(first: Path, one: Picture, path: Path, other: Picture) -> None:
    remedy = "guarde todas igual"
    if one.size != other.size:
        sizes = [f"{width} × {height}" for height, width in (one.size, other.size)]
        found = f"{sizes[1]}, y en «{first.name}» {sizes[0]}"
        raise refusal(path, "una imagen del tamaño de las demás", found, remedy)
    if one.viridis != other.viridis:
        raise refusal(path, "una imagen con los colores de las demás", f"otros que en «{first.name}»", remedy)


def _lattice(pattern: str, pictures: dict[Path, Picture], shape: Shape | None) -> tuple[Lattice, list[str]]:
    grey = np.stack([picture.grey for picture in pictures.values()])
    shades = JPEG_SHADES if any(picture.lossy for picture in pictures.values()) else PNG_SHADES
    extremes = Extremes(grey.min(axis=0), grey.max(axis=0), *shades)
    lattice = separated(extremes)
    if lattice is not None:
        return _expected(pattern, lattice, shape), [_told(lattice)]
    _expect_one_lattice(pictures, shades)
    if shape is None:
        remedy = "diga cuántas filas y columnas tiene, como en --grid 5x5"
        raise refusal(pattern, "una cuadrícula con separaciones a la vista", "una imagen sin ellas", remedy)
    wanted = f"una cuadrícula de {shape[0]} × {shape[1]} imágenes sin ejes ni títulos"
    divisions = tiled(extremes, shape)
    if len({division.size for division in divisions}) > 1:
        sides = " y de ".join(str(division.size[0]) for division in divisions)
        raise refusal(pattern, wanted, f"una en la que caben imágenes de {sides} píxeles", SAVE_ARRAYS)
    if divisions:
        if not divisions[0].padding and is_one_picture(grey, divisions[0]):
            raise refusal(pattern, wanted, "un dibujo que sigue de una casilla a la siguiente", SAVE_ARRAYS)
        return divisions[0], [_told(divisions[0])]
    dots = next(iter(pictures.values())).dots
    placed = figure_layout(extremes, grey, shape, dots) if dots else None
    if placed is None:
        raise refusal(pattern, wanted, "una imagen en la que no se distinguen", SAVE_ARRAYS)
    reason = "por la disposición que matplotlib da a sus figuras, porque sus bordes no se ven"
    return placed, [_told(placed), f"Las imágenes se recortan {reason}."]


def _expected(pattern: str, lattice: Lattice, shape: Shape | None) -> Lattice:
    if shape is not None and lattice.shape != shape:
        wanted, found = (f"{rows} × {columns}" for rows, columns in (shape, lattice.shape))
        raise refusal(pattern, f"una cuadrícula de {wanted} imágenes", f"una de {found}", "corrija --grid")
    if min(lattice.size) < LEAST:
        found = f"una de {lattice.size[0]} × {lattice.size[1]}"
        raise refusal(pattern, f"una imagen de {LEAST} píxeles de lado o más", found, SAVE_ARRAYS)
    return lattice


def _expect_one_lattice(pictures: dict[Path, Picture], shades: tuple[int, int]) -> None:
    """Where all together show none, two may show different ones."""
    seen: tuple[Path, Lattice] | None = None
    for path, picture in pictures.items():
        lattice = separated(Extremes(picture.grey, picture.grey, *shades))
        if lattice is None:
            continue
        if seen and (lattice.shape, lattice.size) != (seen[1].shape, seen[1].size):
            one, other = ("{} × {} de {} × {}".format(*x.shape, *x.size) for x in (lattice, seen[1]))
            found = f"imágenes en {one} píxeles, y en «{seen[0].name}» en {other}"
            raise refusal(path, "la misma cuadrícula en todos los pasos", found, "guarde todas igual")
        seen = seen or (path, lattice)


def _told(lattice: Lattice) -> str:
    (rows, columns), (height, width) = lattice.shape, lattice.size
    gap = f" y {lattice.padding} de separación" if lattice.padding else ""
    scaled = "" if (height, width) == (SIZE, SIZE) else f", que se llevan a {SIZE} × {SIZE}"
    return f"Cuadrículas de {rows} × {columns} imágenes de {height} × {width} píxeles{gap}{scaled}."


def _cut(picture: np.ndarray, lattice: Lattice) -> np.ndarray:
    """uint8[g, 28, 28]"""
    image = Image.fromarray(picture)
    return np.stack(
        [
            shrunk(image, (left, top, right, bottom))
            for top, bottom in lattice.rows
            for left, right in lattice.columns
        ]
    )
