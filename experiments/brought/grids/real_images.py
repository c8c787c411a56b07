"""The real images that a generator imitates."""

from dataclasses import dataclass
from pathlib import Path

import numpy as np

from experiments.brought.grids.from_npz import not_read
from experiments.brought.grids.image_arrays import MAX_BYTES, ink_of, known_images, size_notice, to_size
from experiments.brought.grids.pictures import WHITE
from experiments.brought.npz import read_arrays
from experiments.brought.refusals import refusal
from experiments.records.brought import Ink, TakenAs
from experiments.records.files import file_digest
from experiments.validation import shown

NAMES = ("x_train", "x", "images", "imagenes", "real")
MAX_REAL = 1_000
_OTHER_PARTS = (
    "y_train",
    "x_test",
    "y_test",
    "y",
)  # of sets of images; that they are not read is no surprise


@dataclass(frozen=True)
class RealImages:
    """``images`` uint8[r, 28, 28], ink bright; ``ink`` and ``original_size``, height and width in pixels,
    as the file has them. ``digest``: SHA-256 of the file. ``notices``: Spanish sentences."""

    images: np.ndarray
    ink: Ink
    original_size: tuple[int, int]
    digest: str
    names: tuple[TakenAs, ...]
    notices: tuple[str, ...]


def read_real(path: Path, most: int = MAX_REAL) -> RealImages:
    """The first ``most`` images of an NPZ file, Keras' ``mnist.npz`` for one, under one of ``NAMES``.

    Raises:
        BroughtError: as ``read_arrays`` and ``known_images``; none of ``NAMES``, or several.
    """
    found, others = read_arrays(path, lambda name: name in NAMES, MAX_BYTES)
    if len(found) != 1:
        listed = ", ".join(f"«{shown(name)}»" for name in (found or others)) or "ninguno"
        remedy = "deje un solo array de imágenes" if found else "guárdelas con numpy.savez(…, x=imágenes)"
        raise refusal(path, f"uno de los arrays {', '.join(NAMES)}", listed, remedy)
    ((name, array),) = found.items()
    known = known_images(path, {name: array[:most] if array.ndim else array})
    images = known.images[name]
    ink, doubts = ink_of(images)
    notices = [*known.notices, *size_notice(path, images.shape[1], images.shape[2]), *doubts]
    if array.shape[0] > most:
        notices.append(
            f"De las {array.shape[0]} imágenes reales de «{path.name}» se usan las {most} primeras."
        )
    if unread := [name for name in others if name not in _OTHER_PARTS]:
        notices += not_read(path, unread)
    small = to_size(images)
    return RealImages(
        small if ink == "bright" else WHITE - small,
        ink,
        (images.shape[1], images.shape[2]),
        file_digest(path),
        (TakenAs(file=path.name, name=name, meaning="real"),),
        tuple(notices),
    )
