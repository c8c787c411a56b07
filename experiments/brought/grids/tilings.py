"""Pictures that divide into images, though nothing may show where."""

from collections.abc import Iterator

import numpy as np

from experiments.brought.grids.lattices import LEAST, MOST, Extremes, Lattice, is_drawn, ring, touched

USUAL = (32, 64)  # sides of what networks for digits draw, beside ``LEAST`` and its multiples
# Without separators nothing but the arithmetic tells where an image ends, and a large picture divides in
# many ways: into 5 × 5 squares of 128 pixels, for one, whatever it shows. What a network draws is not that
# large.
MOST_UNSEPARATED = 64
MAX_PADDING = 8  # pixels
OUTLINED = 0.9  # of the borders of the images: that much stands out from the separators
# The mean step from one image to its neighbour over that between images taken at random: 1 if they are
# independent, as in a grid, and under 0.1 in photos and plots.
FITTING = 0.5
FLAT = 2  # grey levels, the latter: borders that are all ground tell nothing
ROLLS = 8


def tiled(extremes: Extremes, shape: tuple[int, int]) -> list[Lattice]:
    """All ways to divide the picture into ``shape``; those of which the separators are seen, if any."""
    found = [lattice for lattice in _divisions(extremes, shape) if is_drawn(extremes, lattice)]
    return [lattice for lattice in found if _is_outlined(extremes, lattice)] or found


def is_one_picture(pictures: np.ndarray, lattice: Lattice) -> bool:
    """Whether what uint8[s, H, W] show goes on from one square of ``lattice`` into the next."""
    across, random = [], []
    for picture in pictures:
        tiles = _tiles(picture, lattice).astype(np.int16)
        for one, other in (
            (tiles[:, :-1, :, -1], tiles[:, 1:, :, 0]),
            (tiles[:-1, :, -1, :], tiles[1:, :, 0, :]),
        ):
            before, after = (side.reshape(-1, side.shape[-1]) for side in (one, other))
            if len(before) < 2:
                continue
            across.append(np.abs(before - after).mean())
            rolls = range(1, min(len(before), ROLLS + 1))
            random.append(np.mean([np.abs(before - np.roll(after, k, axis=0)).mean() for k in rolls]))
    expected = float(np.mean(random)) if random else 0.0
    return expected > FLAT and float(np.mean(across)) < FITTING * expected


def _divisions(extremes: Extremes, shape: tuple[int, int]) -> Iterator[Lattice]:
    """With constant separators, of up to ``MAX_PADDING`` pixels, around the whole as well or not."""
    height, width = extremes.low.shape
    for padding in range(MAX_PADDING + 1):
        for around in (True, False) if padding else (False,):
            (side, rest), (across, left) = (
                divmod(length - padding * (n + (1 if around else -1)), n)
                for length, n in zip((height, width), shape, strict=True)
            )
            if rest or left or side != across or not _is_usual(side, padding):
                continue
            starts = [range(padding if around else 0, length, side + padding) for length in (height, width)]
            rows, columns = (
                tuple((float(start), float(start + side)) for start in list(along)[:n])
                for along, n in zip(starts, shape, strict=True)
            )
            lattice = Lattice(rows, columns, padding)
            between = _between(extremes, lattice)
            if between.size == 0 or np.ptp(between) <= extremes.same:
                yield lattice


def _is_usual(side: int, padding: int) -> bool:
    """Whether networks draw such squares, or such that are these enlarged by a whole number."""
    most = MOST if padding else MOST_UNSEPARATED
    return LEAST <= side <= most and (side in USUAL or side % LEAST == 0)


def _between(extremes: Extremes, lattice: Lattice) -> np.ndarray:
    """The shades of all separators in all steps."""
    height, width = extremes.low.shape
    row, column = np.ones(height, np.bool_), np.ones(width, np.bool_)
    for outside, spans in ((row, lattice.rows), (column, lattice.columns)):
        for start, end in spans:
            outside[int(start) : int(end)] = False
    outside = row[:, None] | column
    return np.concatenate([extremes.low[outside], extremes.high[outside]])


def _tiles(image: np.ndarray, lattice: Lattice) -> np.ndarray:
    """[r, c, h, w] of [H, W]"""
    columns = [(int(left), int(right)) for left, right in lattice.columns]
    return np.stack(
        [
            np.stack([image[int(top) : int(bottom), left:right] for left, right in columns])
            for top, bottom in lattice.rows
        ]
    )


def _is_outlined(extremes: Extremes, lattice: Lattice) -> bool:
    if not lattice.padding:
        return False
    tiles = _tiles(touched(extremes, int(np.median(_between(extremes, lattice)))), lattice)
    return bool(np.mean([ring(tile).mean() for row in tiles for tile in row]) >= OUTLINED)
