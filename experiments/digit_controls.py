"""Images whose answer is known before any judge sees them: digits that a person still reads, and
images that show no digit.

Every function takes real digits, uint8[n, 28, 28] with bright ink, and gives as many images of
the same shape and type; those that draw random numbers take the generator.
"""

from collections.abc import Callable
from typing import get_args

import numpy as np
from scipy.ndimage import gaussian_filter, map_coordinates

from experiments.gan_mnist import Gan
from experiments.records import ControlName, GanConfig

SPECKS = 0.1  # share of the pixels that turn black or white
BLUR = 1.0  # pixels
PATCHES = (7, 14)  # pixels: pieced together from sixteen digits, or from four
GENERATORS = 4  # untrained ones, half of each architecture
UNTRAINED_NOISE = 4  # a stream of its own, beside those of the GAN and of its measurement

SIZE = 28
CENTRE = (SIZE - 1) / 2
PIXELS = np.mgrid[:SIZE, :SIZE].astype(np.float32)  # rows and columns

# Readable are at least (True) or less than (False) this share.
EXPECTED: dict[ControlName, tuple[bool, float]] = {
    "real": (True, 0.90),
    "salt_and_pepper": (True, 0.80),
    "blur": (True, 0.80),
    "low_contrast": (True, 0.80),
    "uniform_noise": (False, 0.05),
    "gaussian_noise": (False, 0.05),
    "untrained_generator": (False, 0.05),
    "shuffled_pixels": (False, 0.05),
    "mean_image": (False, 0.05),
    "inverted": (False, 0.05),
    "patches": (False, 0.10),
    "blends": (False, 0.20),
}


def make(name: ControlName, images: np.ndarray, labels: np.ndarray, seed: int) -> np.ndarray:
    """The control ``name``, uint8[n, 28, 28], from uint8[n, 28, 28] and their digits uint8[n]; the
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
    """Each pixel by itself, with the mean and the deviation that pixels of digits have."""
    noise = rng.normal(images.mean(), images.std(), images.shape)
    return noise.round().clip(0, 255).astype(np.uint8)


def untrained_generator(images: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    """What the GAN draws at iteration 0, from several initialisations of both architectures."""
    parts = []
    for i, share in enumerate(np.array_split(images, GENERATORS)):
        config = GanConfig(architecture="dense" if i % 2 else "convolutional")
        gan = Gan(config, int(rng.integers(2**20)))
        parts.append(gan.images(gan.noise(len(share), UNTRAINED_NOISE, 0)))
    return np.concatenate(parts)


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


def pieced(images: np.ndarray, rng: np.random.Generator, size: int) -> np.ndarray:
    """Squares of ``size`` pixels, each from a digit of its own, each where it was."""
    result = np.empty_like(images)
    for row in range(0, SIZE, size):
        for column in range(0, SIZE, size):
            square = np.s_[:, row : row + size, column : column + size]
            result[square] = images[rng.permutation(len(images))][square]
    return result


def blends(images: np.ndarray, labels: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    """Each digit and one of another class: their mean, and one drawn over the other, by turns."""
    partner = images[others(labels, rng)]
    mean = ((images.astype(np.uint16) + partner) // 2).astype(np.uint8)
    return _by_turns(mean, np.maximum(images, partner))


def _by_turns(even: np.ndarray, odd: np.ndarray) -> np.ndarray:
    return np.where(np.arange(len(even))[:, None, None] % 2 == 0, even, odd)


def others(labels: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    """int[n]: for each label the place of a random one that differs from it.

    Raises:
        ValueError: all labels are the same.
    """
    if len(np.unique(labels)) < 2:
        raise ValueError("labels: expected at least two classes, found one")
    partner = rng.integers(0, len(labels), len(labels))
    while (same := labels[partner] == labels).any():
        partner[same] = rng.integers(0, len(labels), same.sum())
    return partner


# --- what the judge learns from ----------------------------------------------------------

NON_DIGIT = 10  # the class after the ten digits
NON_DIGIT_RATIO = 0.5  # non-digits for each digit
CLEAN = 0.5  # share of the digits, and of the non-digits, that stay undamaged
SQUARE = 7  # pixels, of those that change places within an image
PART = 5_000  # images warped together, for the memory's sake
RAGGED = 0.3  # share of the warps whose pixels also move each by itself
KNOTS = 5  # in each direction, of the smooth part of a warp
# The rest is noise. Never among them, so that the controls also ask what was not taught: shuffled
# pixels, the mean image, untrained generators.
NON_DIGIT_SHARES = {"blends": 0.3, "patches": 0.35, "shuffled": 0.12, "blobs": 0.09, "inverted": 0.05}


def examples(
    images: np.ndarray, labels: np.ndarray, rng: np.random.Generator
) -> tuple[np.ndarray, np.ndarray]:
    """Digits and non-digits in random order, float32[m, 28, 28] in [0, 1] and int64[m] (0-10), made
    of digits float32[n, 28, 28] in [0, 1] and uint8[n]."""
    inputs, answers = [], []
    for part in np.array_split(rng.permutation(len(images)), -(-len(images) // PART)):
        warped = warp(images[part], rng)
        made = non_digits(warped, labels[part], rng)[: round(NON_DIGIT_RATIO * len(part))]
        inputs += [_often_clean(images[part], warped, rng), _often_clean(made, made, rng)]
        answers += [labels[part].astype(np.int64), np.full(len(made), NON_DIGIT)]
    order = rng.permutation(sum(map(len, answers)))
    return np.concatenate(inputs)[order], np.concatenate(answers)[order]


def _often_clean(clean: np.ndarray, other: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    return np.where(rng.random((len(clean), 1, 1)) < CLEAN, clean, damage(other, rng))


def warp(images: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    """Each float32[n, 28, 28] turned, slanted, scaled, shifted and bent a little, as another hand
    would write it; some with ragged edges."""
    n = len(images)
    turn, slant = rng.normal(0, 0.1, (2, n, 1, 1))
    scale = 1 + rng.normal(0, 0.07, (2, n, 1, 1))
    shift = rng.uniform(-1.5, 1.5, (2, n, 1, 1)) + CENTRE
    y, x = PIXELS - CENTRE
    rows = scale[0] * np.cos(turn) * y + (np.sin(turn) + slant) * x + shift[0]
    columns = scale[1] * np.cos(turn) * x - np.sin(turn) * y + shift[1]
    # linear between knots
    hat = np.maximum(0, 1 - abs(np.linspace(0, KNOTS - 1, SIZE)[:, None] - np.arange(KNOTS)))
    bend = hat @ rng.normal(0, 1.2, (2, n, KNOTS, KNOTS)) @ hat.T
    ragged = rng.uniform(0, 1.2, (n, 1, 1)) * (rng.random((n, 1, 1)) < RAGGED)
    bend += ragged * rng.standard_normal(bend.shape, np.float32)
    which = np.broadcast_to(np.arange(n)[:, None, None], images.shape)
    places = [which, rows + bend[0], columns + bend[1]]
    return map_coordinates(images, places, np.float32, order=1)


def non_digits(images: np.ndarray, labels: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    """float32[n, 28, 28] in [0, 1] that show no digit, in random order, made of as many digits."""
    bounds = np.cumsum(list(NON_DIGIT_SHARES.values())) * len(images)
    blended, collage, moved, blobs, negative, noise = np.split(images, bounds.astype(int))
    weight = rng.uniform(0.4, 0.6, (len(blended), 1, 1)).astype(np.float32)
    partner = images[others(labels, rng)[: len(blended)]]
    superposed = rng.random(weight.shape) < 0.5
    middle = rng.uniform(0, 0.6, (len(noise), 1, 1))
    made = [
        np.where(superposed, np.maximum(blended, partner), weight * blended + (1 - weight) * partner),
        *(pieced(part, rng, size) for part, size in zip(np.array_split(collage, 3), (4, 7, 14), strict=True)),
        _shuffled_squares(moved, rng),
        _blobs(blobs.shape, rng),
        1 - negative,
        middle + rng.uniform(0, 0.5, middle.shape) * rng.standard_normal(noise.shape),
    ]
    return rng.permutation(np.concatenate(made)).clip(0, 1).astype(np.float32)


def _shuffled_squares(images: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    """The sixteen squares of each image in an order of its own."""
    side = SIZE // SQUARE
    squares = (
        images.reshape(-1, side, SQUARE, side, SQUARE).swapaxes(2, 3).reshape(-1, side**2, SQUARE, SQUARE)
    )
    order = rng.random((len(images), side**2)).argsort(axis=1)
    moved = np.take_along_axis(squares, order[:, :, None, None], axis=1)
    return moved.reshape(-1, side, side, SQUARE, SQUARE).swapaxes(2, 3).reshape(images.shape)


def _blobs(shape: tuple[int, ...], rng: np.random.Generator) -> np.ndarray:
    """Smooth spots of ink towards the middle."""
    smooth = _blurred(rng.standard_normal(shape, np.float32), rng, (1, 1.5, 2.2, 3))
    smooth /= smooth.std(axis=(1, 2), keepdims=True)
    frame = np.exp(-(((((PIXELS - CENTRE) / 11) ** 2).sum(axis=0)) ** 2))
    return (smooth - rng.uniform(-0.2, 1, (shape[0], 1, 1))) * frame


def damage(images: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    """Defects through which a person still reads, on float32[n, 28, 28] in [0, 1]: strokes thicker
    or thinner, small spots of ink added or wiped off, blur, grain, low contrast, noise, specks."""
    each = (len(images), 1, 1)

    def some(share: float) -> np.ndarray:
        return rng.random(each, np.float32) < share

    level = rng.uniform(0.2, 0.5, each)
    steep = (_blurred(images, rng, (0.6, 1.0, 1.3)) - level) * 4 + 0.5
    images = np.where(some(0.4), steep.clip(0, 1), images)
    for _ in range(3):
        distance = ((PIXELS[:, None] - rng.uniform(3, 25, (2, *each))) ** 2).sum(axis=0)
        spot = np.exp(-distance / (2 * rng.uniform(0.8, 1.8, each) ** 2)) * some(0.5) * 0.9
        images = np.where(some(0.4), np.maximum(images, spot), images * (1 - spot))
    images = _blurred(images.astype(np.float32), rng, (0, 0, 0, 0.5, 0.8, 1.2))
    grain = rng.uniform(0, 1, each) * some(0.2)
    images = images * (1 - grain * rng.random(images.shape, np.float32))
    contrast = 1 - rng.uniform(0, 0.65, each) * some(0.4)
    images = contrast * images + rng.uniform(0, 1, each) * (1 - contrast) * some(0.3)
    images = images + rng.uniform(0, 0.2, each) * some(0.25) * rng.standard_normal(images.shape, np.float32)
    hit = rng.random(images.shape, np.float32) < rng.uniform(0, 0.14, each) * some(0.35)
    images = np.where(hit, rng.random(images.shape, np.float32) < 0.5, images)
    return images.clip(0, 1).astype(np.float32)


def _blurred(images: np.ndarray, rng: np.random.Generator, sigmas: tuple[float, ...]) -> np.ndarray:
    """Each image blurred by one of ``sigmas`` in pixels, drawn at even odds."""
    drawn = rng.integers(0, len(sigmas), len(images))
    result = images.copy()
    for i, sigma in enumerate(sigmas):
        if sigma:
            result[drawn == i] = gaussian_filter(images[drawn == i], (0, sigma, sigma))
    return result


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
}
