"""How much ink images have, and how much of it is loose: pure functions of counts of pixels."""

import numpy as np

PAPER_BELOW, INK_FROM = 64, 192  # of 256 levels; what lies between is grey
IMAGE_COUNTS = ("pixels", "ink", "loose", "grey")
SPECKLED_QUANTILE = 0.95  # of the loose shares of real digits


def image_counts(images: np.ndarray) -> np.ndarray:
    """int64[n, 4], the pixels of each of uint8[n, h, w] in the order of ``IMAGE_COUNTS``.

    Grey is neither paper nor ink. Loose ink has at most one of its eight neighbours inked: specks
    rather than strokes.
    """
    ink = images >= INK_FROM
    height, width = ink.shape[1:]
    padded = np.pad(ink.view(np.uint8), ((0, 0), (1, 1), (1, 1)))
    rows = padded[:, :height] + padded[:, 1:-1] + padded[:, 2:]
    around = rows[:, :, :width] + rows[:, :, 1:-1] + rows[:, :, 2:]  # the pixel itself is one of them
    grey = (images >= PAPER_BELOW) & (images < INK_FROM)
    masks = (np.ones_like(ink), ink, ink & (around <= 2), grey)
    return np.stack([mask.sum(axis=(1, 2), dtype=np.int64) for mask in masks], axis=1)


def speckled(counts: np.ndarray, real: np.ndarray) -> int:
    """How many images have a larger share of loose ink than ``SPECKLED_QUANTILE`` of the
    real ones; int64[n, 4] each, as of ``image_counts``. An image without ink has no specks."""
    shares = [loose / np.maximum(ink, 1) for _, ink, loose, _ in (counts.T, real.T)]
    return int(np.sum(shares[0] > np.quantile(shares[1], SPECKLED_QUANTILE)))


def ink_share(counts: np.ndarray) -> float:
    """Of the pixels, those with ink; ``counts`` int[4], a sum of ``image_counts``."""
    return float(counts[1] / counts[0])


def loose_ink_share(counts: np.ndarray) -> float | None:
    """Of the ink, that which is loose; None if there is no ink."""
    return float(counts[2] / counts[1]) if counts[1] else None


def grey_share(counts: np.ndarray) -> float:
    """Of the pixels, those that are grey."""
    return float(counts[3] / counts[0])
