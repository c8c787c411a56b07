"""Images in NPZ files, as uint8 of 28 × 28 with bright ink."""

from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

import numpy as np
from PIL import Image

from experiments.brought.grids.lattices import LEAST, MOST
from experiments.brought.refusals import refusal
from experiments.records.brought import Ink

SIZE = 28
MAX_BYTES = 500_000_000  # unpacked: 60,000 images of 28 × 28 in double precision are 376 million
SAVE = "guárdelas con numpy.savez, como uint8 de 0 a 255"
HALF = 127.5
UNDECIDED = 25  # grey levels around the half at which a border is neither dark nor bright


class Known(NamedTuple):
    """``images`` uint8[n, h, w] by name; ``notices``: Spanish sentences."""

    images: dict[str, np.ndarray]
    notices: tuple[str, ...]


def known_images(path: Path, arrays: Mapping[str, np.ndarray]) -> Known:
    """Of arrays [n, h, w], [n, h, w, 1] or [n, 1, h, w], all of one range: of integers 0 to 255 or 0 and
    1, of floats 0 to 1, -1 to 1 or 0 to 255.

    Raises:
        BroughtError: another shape, type or range; no image; not square, or of fewer than 28 pixels.
    """
    shaped = {name: _shaped(path, name, array) for name, array in arrays.items()}
    low, high = (
        float(getattr(np, least)([getattr(x, least)() for x in shaped.values()])) for least in ("min", "max")
    )
    if not (np.isfinite(low) and np.isfinite(high)):
        raise refusal(
            f"{path}: «{next(iter(arrays))}»", "un número finito en cada píxel", "alguno que no lo es", SAVE
        )
    floating = any(array.dtype.kind == "f" for array in shaped.values())
    if low >= 0 and high <= 1:
        factor, shift, told = 255.0, 0.0, "de 0 a 1"
    elif low >= -1 and high <= 1 and floating:
        factor, shift, told = HALF, HALF, "de -1 a 1"
    elif low >= 0 and high <= 255:
        factor, shift, told = 1.0, 0.0, "decimales de 0 a 255" if floating else ""
    else:
        expected = "una imagen de 0 a 255, de 0 a 1 o de -1 a 1"
        raise refusal(f"{path}: «{next(iter(arrays))}»", expected, f"una de {low:g} a {high:g}", SAVE)
    images = {
        name: x if x.dtype == np.uint8 and factor == 1 else (x * factor + shift).round().astype(np.uint8)
        for name, x in shaped.items()
    }
    notice = f"Las imágenes de «{path.name}», {told}, se convierten a enteros de 0 a 255."
    return Known(images, (notice,) if told else ())


def _shaped(path: Path, name: str, array: np.ndarray) -> np.ndarray:
    place = f"{path}: «{name}»"
    if array.dtype.kind not in "uifb":
        raise refusal(place, "un array de números", f"uno de tipo {array.dtype}", SAVE)
    found = array.astype(np.uint8) if array.dtype.kind == "b" else array
    if found.ndim == 4 and 1 in (found.shape[1], found.shape[3]):
        found = found[..., 0] if found.shape[3] == 1 else found[:, 0]
    if found.ndim != 3 or found.size == 0:
        raise refusal(place, "la forma (imágenes, alto, ancho)", f"{array.shape}", SAVE)
    _, height, width = found.shape
    if height != width or not LEAST <= height <= MOST:
        remedy = "guárdelas como las dibuja la red"
        raise refusal(
            place, f"una imagen cuadrada de {LEAST} a {MOST} píxeles", f"una de {height} × {width}", remedy
        )
    return found


def to_size(images: np.ndarray) -> np.ndarray:
    """uint8[n, h, w] -> uint8[n, 28, 28]."""
    if images.shape[1:] == (SIZE, SIZE):
        return images
    height, width = images.shape[1:]
    return np.stack([shrunk(Image.fromarray(image), (0, 0, width, height)) for image in images])


def size_notice(path: Path, height: int, width: int) -> tuple[str, ...]:
    if (height, width) == (SIZE, SIZE):
        return ()
    return (f"Las imágenes de «{path.name}», de {height} × {width} píxeles, se llevan a {SIZE} × {SIZE}.",)


def shrunk(picture: Image.Image, box: tuple[float, float, float, float]) -> np.ndarray:
    """uint8[28, 28]: the mean over the surface that each pixel has in ``box``.

    It undoes what enlarges an image, by repeating pixels or by passing softly from one to the next, and
    was nearer to the originals than Pillow's other filters for each way in which grids are drawn.
    """
    return np.asarray(picture.resize((SIZE, SIZE), Image.Resampling.BOX, box=box))


def ink_of(images: np.ndarray) -> tuple[Ink, tuple[str, ...]]:
    """Of uint8[n, h, w]: the ground is what lies on their borders; bright, and a notice, where that is
    neither dark nor bright, as in noise."""
    edges = (images[:, 0], images[:, -1], images[:, :, 0], images[:, :, -1])
    shade = float(np.mean([edge.mean() for edge in edges]))
    if abs(shade - HALF) < UNDECIDED:
        return "bright", ("No se distingue si la tinta es clara u oscura; se toma por clara.",)
    return ("bright", ()) if shade < HALF else ("dark", ())
