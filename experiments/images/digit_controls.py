"""Images whose answer is known before any judge sees them: real ones that a person still reads, and
images that show none of the classes.

Every function takes real images, uint8[n, 28, 28] with bright ink, and gives as many of the same
shape and type; those that draw random numbers take the generator.
"""

from collections.abc import Callable
from typing import NamedTuple, get_args

import keras
import numpy as np
from scipy.ndimage import gaussian_filter

from experiments.images import drawn_figures
from experiments.images.gan_networks import build_generator
from experiments.images.judge_examples import others, pieced
from experiments.kinds.gan import GanConfig
from experiments.kinds.judge import ControlName, Family, are_digits
from experiments.records.base import DataInfo

SPECKS = 0.1  # share of the pixels that turn black or white
BLUR = 1.0  # pixels
PATCHES = (7, 14)  # pixels: pieced together from sixteen images, or from four
GENERATORS = 4  # untrained ones, half of each architecture


class Expected(NamedTuple):
    """Readable are at least (``readable``) or less than ``limit`` of the images."""

    family: Family
    readable: bool
    limit: float


# The families by what ``judge_examples`` teaches. Uniform noise, shuffled pixels and untrained
# generators are ``related`` to its Gaussian noise, the mean image to its blobs.
#
# Nothing like the ``unseen`` is ever taught, and nothing is set by how a judge does on them. Their
# limits were fixed before any judge saw them: letters chosen because they resemble no digit get the
# limit of patches; a scribble or a few arcs may make a digit by chance, as blends may, and get theirs.
EXPECTED: dict[ControlName, Expected] = {
    "real": Expected("trained", True, 0.90),
    "salt_and_pepper": Expected("trained", True, 0.80),
    "blur": Expected("trained", True, 0.80),
    "low_contrast": Expected("trained", True, 0.80),
    "uniform_noise": Expected("related", False, 0.05),
    "gaussian_noise": Expected("trained", False, 0.05),
    "untrained_generator": Expected("related", False, 0.05),
    "shuffled_pixels": Expected("related", False, 0.05),
    "mean_image": Expected("related", False, 0.05),
    "inverted": Expected("trained", False, 0.05),
    "patches": Expected("trained", False, 0.10),
    "blends": Expected("trained", False, 0.20),
    "smears": Expected("trained", False, 0.05),
    "scribbles": Expected("unseen", False, 0.20),
    "letters": Expected("unseen", False, 0.10),
    "arcs": Expected("unseen", False, 0.20),
}
# Drawn by rule: that they are no digits is known, but not that they are none of a user's classes.
DRAWN: tuple[ControlName, ...] = ("smears", "scribbles", "letters", "arcs")


def applicable(data: DataInfo) -> list[ControlName]:
    """The controls whose answer is known for ``data``, in the order of ``EXPECTED``."""
    return [name for name in EXPECTED if are_digits(data) or name not in DRAWN]


def make(name: ControlName, images: np.ndarray, labels: np.ndarray, seed: int) -> np.ndarray:
    """The control ``name``, uint8[n, 28, 28], from uint8[n, 28, 28] and their classes uint8[n]; the
    same for the same seed."""
    rng = np.random.default_rng([seed, get_args(ControlName).index(name)])
    return CONTROLS[name](images, labels, rng)


def salt_and_pepper(images: np.ndarray, rng: np.random.Generator, share: float = SPECKS) -> np.ndarray:
    """A share of the pixels of each image, chosen one by one, turns black or white at even odds."""
    hit = rng.random(images.shape, np.float32) < share
    return np.where(hit, rng.integers(0, 2, images.shape, np.uint8) * np.uint8(255), images)


def blur(images: np.ndarray, sigma: float = BLUR) -> np.ndarray:
    return gaussian_filter(images.astype(np.float32), (0, sigma, sigma)).round().astype(np.uint8)


def low_contrast(images: np.ndarray) -> np.ndarray:
    return images // 2


def uniform_noise(images: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    return rng.integers(0, 256, images.shape, np.uint8)


def gaussian_noise(images: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    """Each pixel by itself, with the mean and the deviation that pixels of the images have."""
    noise = rng.normal(images.mean(), images.std(), images.shape)
    return noise.round().clip(0, 255).astype(np.uint8)


def untrained_generator(images: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    """What the GAN draws at iteration 0, from several initialisations of both architectures."""
    parts = []
    for i, share in enumerate(np.array_split(images, GENERATORS)):
        config = GanConfig(architecture="dense" if i % 2 else "convolutional")
        keras.utils.set_random_seed(int(rng.integers(2**20)))
        z = rng.standard_normal((len(share), config.latent_dim), np.float32)
        parts.append(build_generator(config)(z, training=False).numpy()[..., 0])
    return drawn((np.concatenate(parts) + 1) / 2)


def shuffled_pixels(images: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    """The pixels of each image in an order of its own."""
    return rng.permuted(images.reshape(len(images), -1), axis=1).reshape(images.shape)


def mean_image(images: np.ndarray) -> np.ndarray:
    """The mean of all images, once for each."""
    return np.broadcast_to(images.mean(axis=0).round().astype(np.uint8), images.shape).copy()


def inverted(images: np.ndarray) -> np.ndarray:
    return 255 - images


def patches(images: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    """Pieced together from smaller and from larger squares by turns."""
    small, large = (pieced(images, rng, size) for size in PATCHES)
    return _by_turns(small, large)


def blends(images: np.ndarray, labels: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    """Each image and one of another class: their mean, and one drawn over the other, by turns."""
    partner = images[others(labels, rng)]
    mean = ((images.astype(np.uint16) + partner) // 2).astype(np.uint8)
    return _by_turns(mean, np.maximum(images, partner))


def drawn(figures: np.ndarray) -> np.ndarray:
    """uint8 of float32[n, 28, 28] in [0, 1]."""
    return (figures * 255).round().astype(np.uint8)


def _by_turns(even: np.ndarray, odd: np.ndarray) -> np.ndarray:
    return np.where(np.arange(len(even))[:, None, None] % 2 == 0, even, odd)


CONTROLS: dict[ControlName, Callable[[np.ndarray, np.ndarray, np.random.Generator], np.ndarray]] = {
    "real": lambda images, labels, rng: images,
    "salt_and_pepper": lambda images, labels, rng: salt_and_pepper(images, rng),
    "blur": lambda images, labels, rng: blur(images),
    "low_contrast": lambda images, labels, rng: low_contrast(images),
    "uniform_noise": lambda images, labels, rng: uniform_noise(images, rng),
    "gaussian_noise": lambda images, labels, rng: gaussian_noise(images, rng),
    "untrained_generator": lambda images, labels, rng: untrained_generator(images, rng),
    "shuffled_pixels": lambda images, labels, rng: shuffled_pixels(images, rng),
    "mean_image": lambda images, labels, rng: mean_image(images),
    "inverted": lambda images, labels, rng: inverted(images),
    "patches": lambda images, labels, rng: patches(images, rng),
    "blends": lambda images, labels, rng: blends(images, labels, rng),
    "smears": lambda images, labels, rng: drawn(drawn_figures.smears(len(images), rng)),
    "scribbles": lambda images, labels, rng: drawn(drawn_figures.scribbles(len(images), rng)),
    "letters": lambda images, labels, rng: drawn(drawn_figures.letters(len(images), rng)),
    "arcs": lambda images, labels, rng: drawn(drawn_figures.arcs(len(images), rng)),
}
