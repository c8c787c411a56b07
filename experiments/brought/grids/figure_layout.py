"""Where matplotlib has placed the images of a figure, if nothing shows their borders.

A grid of dark ink on a white ground (cmap='gray_r') ends nowhere to the eye. ``plt.subplots`` with the
margins that it has unless told otherwise places the images where a few numbers say, which is believed only
if the ink agrees: none lies between the images, and in each row and column its centre lies in the middle,
as in MNIST, whose digits are centred by their mass, and in what imitates them.
"""

from collections.abc import Iterator

import numpy as np

from experiments.brought.grids.lattices import LEAST, Extremes, Lattice, Span, is_drawn, page_shade, touched

# of rcParams["figure.subplot.*"], as matplotlib has them from the start: left, right, bottom, top, spaces
LEFT, RIGHT, BOTTOM, TOP, SPACE = 0.125, 0.9, 0.11, 0.88, 0.2
TIGHT_PAD = 0.1  # inches that bbox_inches="tight" leaves around
SAME = 1.0  # pixels up to which two layouts are one
NEAR = 1.0  # of 28 pixels: how far from the middle the ink of a row or column may have its centre


def figure_layout(
    extremes: Extremes, pictures: np.ndarray, shape: tuple[int, int], dots: float
) -> Lattice | None:
    """The layout with which the ink of uint8[s, H, W] agrees, if there is no other; ``dots`` per inch."""
    page = page_shade(extremes)
    if page is None:
        return None
    mask = touched(extremes, page)
    ink = np.zeros(mask.shape, np.float32)
    for picture in pictures:
        ink += np.abs(picture.astype(np.float32) - page)
    agreeing = [
        lattice
        for lattice in _layouts(pictures.shape[1:], shape, dots)
        if _agrees(lattice, mask, ink) and is_drawn(extremes, lattice)
    ]
    alike = all(np.allclose(_edges(agreeing[0]), _edges(other), atol=SAME) for other in agreeing)
    return agreeing[0] if agreeing and alike else None


def _edges(lattice: Lattice) -> list[Span]:
    return [*lattice.rows, *lattice.columns]


def _layouts(size: tuple[int, ...], shape: tuple[int, int], dots: float) -> Iterator[Lattice]:
    (height, width), (rows, columns) = size, shape
    # The room for each image, spaces left out; an image is as large a square as its room lets it.
    room = height * (TOP - BOTTOM) / (rows + SPACE * (rows - 1))
    across = width * (RIGHT - LEFT) / (columns + SPACE * (columns - 1))
    side = min(room, across)
    yield from _lattice(
        _spans(height * (1 - TOP) + (room - side) / 2, side, room * (1 + SPACE), rows),
        _spans(width * LEFT + (across - side) / 2, side, across * (1 + SPACE), columns),
    )
    # Cut to the images and a margin, what fills its room tells the side, and the rest the other spaces.
    pad = TIGHT_PAD * dots
    inner, wide = height - 2 * pad, width - 2 * pad
    for along, n, other, m, high in ((inner, rows, wide, columns, True), (wide, columns, inner, rows, False)):
        side = along / (n + SPACE * (n - 1))
        step = (other - side) / (m - 1) if m > 1 else side * (1 + SPACE)
        if step < side * (1 + SPACE) - 1:  # then it is the other way round
            continue
        one, two = _spans(pad, side, side * (1 + SPACE), n), _spans(pad, side, step, m)
        yield from _lattice(one, two) if high else _lattice(two, one)


def _lattice(rows: tuple[Span, ...], columns: tuple[Span, ...]) -> Iterator[Lattice]:
    if rows[0][1] - rows[0][0] >= LEAST:
        yield Lattice(rows, columns)


def _spans(start: float, side: float, step: float, n: int) -> tuple[Span, ...]:
    return tuple((start + i * step, start + i * step + side) for i in range(n))


def _agrees(lattice: Lattice, mask: np.ndarray, ink: np.ndarray) -> bool:
    """Of bool[H, W] and float32[H, W]."""
    for axis, spans in ((1, lattice.rows), (0, lattice.columns)):
        profile, weights = mask.max(axis=axis), ink.sum(axis=axis)
        side, covered = spans[0][1] - spans[0][0], np.zeros(len(profile), np.bool_)
        for start, end in spans:
            first, last = max(0, int(start)), min(len(profile), int(np.ceil(end)))
            covered[first:last] = True
            total = weights[first:last].sum()
            if last - first < side - 1 or total <= 0:
                return False
            centre = (weights[first:last] * (np.arange(first, last) + 0.5)).sum() / total
            if abs(centre - (start + end) / 2) > NEAR * side / LEAST:
                return False
        if profile[~covered].any():
            return False
    return True
