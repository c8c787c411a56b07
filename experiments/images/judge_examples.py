"""What the judge learns from: real images, and images made of them that show none of the classes;
both get the same defects, so that a speckle or a blur decides nothing by itself."""

import numpy as np
from scipy.ndimage import gaussian_filter, map_coordinates

from experiments.images.drawn_figures import CENTRE, PIXELS, SIZE, smears

RATIO = 0.5  # images of no class for each real one
CLEAN = 0.5  # share of the real images, and of those of no class, that stay undamaged
SQUARE = 7  # pixels, of those that change places within an image
PART = 5_000  # images warped together, for the memory's sake
RAGGED = 0.3  # share of the warps whose pixels also move each by itself
KNOTS = 5  # in each direction, of the smooth part of a warp
# Shares of the images of no class; the rest is noise. Never among them, so that the controls also ask
# what was not taught: shuffled pixels, the mean image, untrained generators, strokes of a pen.
SHARES = {"blends": 0.3, "patches": 0.3, "shuffled": 0.1, "blobs": 0.08, "inverted": 0.04}
SMEARS = 0.1  # for digits alone: a user's class may look like that


def examples(
    images: np.ndarray, labels: np.ndarray, n_classes: int, digits: bool, rng: np.random.Generator
) -> tuple[np.ndarray, np.ndarray]:
    """Real images and images of no class in random order, float32[m, 28, 28] in [0, 1], and their
    answers, int64[m] from 0 to ``n_classes``, the last one for no class; made of float32[n, 28, 28]
    in [0, 1] and uint8[n]."""
    inputs, answers = [], []
    for part in np.array_split(rng.permutation(len(images)), -(-len(images) // PART)):
        warped = warp(images[part], rng)
        made = classless(warped, labels[part], digits, rng)[: round(RATIO * len(part))]
        inputs += [_often_clean(images[part], warped, rng), _often_clean(made, made, rng)]
        answers += [labels[part].astype(np.int64), np.full(len(made), n_classes)]
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


def classless(images: np.ndarray, labels: np.ndarray, digits: bool, rng: np.random.Generator) -> np.ndarray:
    """float32[n, 28, 28] in [0, 1] that show none of the classes, in random order, made of as many
    real images; smears among them if those are ``digits``."""
    shares = [*SHARES.values(), SMEARS if digits else 0]
    bounds = (np.cumsum(shares) * len(images)).astype(int)
    blended, collage, moved, blobs, negative, smeared, noise = np.split(images, bounds)
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
        smears(len(smeared), rng),
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


def pieced(images: np.ndarray, rng: np.random.Generator, size: int) -> np.ndarray:
    """Squares of ``size`` pixels, each from an image of its own, each where it was."""
    result = np.empty_like(images)
    for row in range(0, SIZE, size):
        for column in range(0, SIZE, size):
            square = np.s_[:, row : row + size, column : column + size]
            result[square] = images[rng.permutation(len(images))][square]
    return result


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
