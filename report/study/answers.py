"""What models say of each review, packed for the PDF and read back.

Probabilities are kept in thousandths, before anything is computed from them: whoever has only the PDF
computes from the same numbers. Those of the few reviews that are named are kept whole (``named``). Bytes of
one significance lie together, where they compress.
"""

import numpy as np

LEVELS = 1_000
SHORTEST = 0.1  # the share of the test part that counts as its shortest reviews
HALF = LEVELS // 2  # an answer is positive from this level on: above one half


def levels(probability: np.ndarray) -> np.ndarray:
    """int64 of any shape in [0, LEVELS): level ``k`` holds (k / LEVELS, (k + 1) / LEVELS], so that none
    holds probabilities on both sides of one half."""
    up = np.ceil(probability.astype(np.float64) * LEVELS).astype(np.int64)
    return np.clip(up - 1, 0, LEVELS - 1)


def pack(values: np.ndarray, planes: int) -> np.ndarray:
    """uint8[planes, ...] of whole numbers from 0 to 256 ** ``planes`` - 1, the lowest byte first."""
    return np.stack([(values >> 8 * plane & 255).astype(np.uint8) for plane in range(planes)])


def unpack(packed: np.ndarray) -> np.ndarray:
    """int64[...], what ``pack`` was given."""
    return sum(bytes_.astype(np.int64) << 8 * plane for plane, bytes_ in enumerate(packed))


def middles(level: np.ndarray) -> np.ndarray:
    """float64 in (0, 1): the probability that stands for each level."""
    return (level + 0.5) / LEVELS


def probabilities(said: np.ndarray) -> np.ndarray:
    """float64[n] in (0, 1): the middle of each level of ``said`` uint8[2, n]."""
    return middles(unpack(said))


def bits(packed: np.ndarray, n: int) -> np.ndarray:
    """bool[..., n] of ``numpy.packbits`` along the last axis, without the padding."""
    return np.unpackbits(packed, axis=-1, count=n).astype(bool)


def shortest_limit(length: np.ndarray) -> int:
    """The length, in words, up to which a review is one of the shortest: ``SHORTEST`` of them are, and
    those as long as the longest of these; that of the first decile of ``MemoryRecord``."""
    return int(np.quantile(length, SHORTEST, method="inverted_cdf"))
