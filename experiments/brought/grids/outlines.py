"""Images that stand out from the page around them, such as the dark ones of a figure of matplotlib."""

import numpy as np

from experiments.brought.grids.lattices import Extremes, Lattice, Span, is_drawn, page_shade, ring, touched

UNEVEN = 2  # pixels: matplotlib places each image on whole ones
FULL = 0.9  # of an image's border that stands out in some step; where digits reach, a few pixels do
SOFT = 3  # pixels of an edge that JPEG leaves soft
TITLE = 0.5  # of the height of an image: lower rows above the first are a title


def separated(extremes: Extremes) -> Lattice | None:
    """The images, if they stand out from the page; a title above them is left out."""
    page = page_shade(extremes)
    if page is None:
        return None
    mask = touched(extremes, page)
    rows = _without_title(_runs(mask.max(axis=1)))
    if not len(rows):
        return None
    columns = _runs(mask[rows[0, 0] : rows[-1, 1]].max(axis=0))
    rows, columns = _trimmed(mask, rows, columns), _trimmed(mask.T, columns, rows)
    if len(rows) * len(columns) < 2 or not (_even(rows) and _even(columns)):
        return None
    height, width = (float(np.mean(runs[:, 1] - runs[:, 0])) for runs in (rows, columns))
    if abs(height - width) > UNEVEN or not _all_full(mask, rows, columns):
        return None
    frame = _frame(extremes, rows, columns)
    lattice = Lattice(_fitted(rows, frame), _fitted(columns, frame))
    return lattice if is_drawn(extremes, lattice) else None


def _runs(profile: np.ndarray) -> np.ndarray:
    """int[n, 2]: starts and ends of what is true in bool[m]."""
    edges = np.diff(np.concatenate([[0], profile.astype(np.int8), [0]]))
    return np.flatnonzero(edges).reshape(-1, 2)


def _without_title(rows: np.ndarray) -> np.ndarray:
    heights = rows[:, 1] - rows[:, 0]
    return rows[np.argmax(heights >= TITLE * np.median(heights)) :] if len(rows) else rows


def _trimmed(mask: np.ndarray, runs: np.ndarray, others: np.ndarray) -> np.ndarray:
    """``runs`` of the rows of bool[H, W], without what JPEG leaves of an edge a few pixels further."""
    across = np.concatenate([np.arange(start, end) for start, end in others])
    full = mask[:, across].mean(axis=1) >= FULL
    return np.array(
        [
            (
                next((i for i in range(start, min(start + SOFT, end - 1)) if full[i]), start),
                next((i for i in range(end, max(end - SOFT, start + 1), -1) if full[i - 1]), end),
            )
            for start, end in runs
        ]
    )


def _even(runs: np.ndarray) -> bool:
    lengths, steps = runs[:, 1] - runs[:, 0], np.diff(runs[:, 0])
    return bool(np.ptp(lengths) <= UNEVEN and (len(steps) == 0 or np.ptp(steps) <= UNEVEN))


def _all_full(mask: np.ndarray, rows: np.ndarray, columns: np.ndarray) -> bool:
    return all(
        ring(mask[top:bottom, left:right]).mean() >= FULL for top, bottom in rows for left, right in columns
    )


def _frame(extremes: Extremes, rows: np.ndarray, columns: np.ndarray) -> int:
    """Pixels of the line around each image, which never changes and has another shade than what it
    encloses; 0 without one."""
    limit = max(2, int((rows[:, 1] - rows[:, 0]).min()) // 20)
    cells = [
        x[top:bottom, left:right].astype(np.int16)
        for x in (extremes.low, extremes.high)
        for top, bottom in rows
        for left, right in columns
    ]
    if min(min(cell.shape) for cell in cells) < 2 * (limit + 2):
        return 0
    ground = np.median(np.concatenate([ring(cell, limit + 1) for cell in cells]))
    for depth in range(limit + 1):
        line = np.concatenate([ring(cell, depth) for cell in cells])
        if np.ptp(line) > extremes.apart or abs(line[0] - ground) <= extremes.apart:
            return depth
    return 0


def _fitted(runs: np.ndarray, frame: int) -> tuple[Span, ...]:
    """Even spans: matplotlib moves each image to whole pixels from where it belongs."""
    n, length = len(runs), float(np.mean(runs[:, 1] - runs[:, 0]))
    middles = runs.mean(axis=1)
    step = float(np.polyfit(np.arange(n), middles, 1)[0]) if n > 1 else 0.0
    first = float(middles.mean()) - step * (n - 1) / 2 - length / 2
    starts = [round(first + i * step, 6) for i in range(n)]
    return tuple((start + frame, round(start + length, 6) - frame) for start in starts)
