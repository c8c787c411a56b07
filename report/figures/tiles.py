"""Where a drawing may be divided, so that a narrow screen can put its panels one under the other.

A drawing is cut as a page is read: into rows where nothing stands between them, and a row into columns
if each of them can be understood alone. What explains the marks of panels may be parted after each mark.
A panel of ``ROWS`` is cut into them, each under its name, so that all of its scale is seen at once.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Literal

from report.figures.labels import text_width_mm
from report.figures.room import MM_PER_POINT

if TYPE_CHECKING:
    from matplotlib.artist import Artist
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

Kind = Literal["panel", "picture", "words", "mark"]

ROWS = "rows"  # the label of a panel that has a name at the left of each of its rows
ROW_GAP, COLUMN_GAP, KEY_GAP = 6.0, 3.0, 10.0  # points in which nothing stands
AIR = 2.0  # around a tile
TO_SCALE, LINE, HALF_A_NUMBER = 5.0, 11.0, 6.0  # from a panel to its scale; one line of that; half its last


@dataclass(frozen=True)
class Box:
    """In points from the lower left corner."""

    left: float
    bottom: float
    right: float
    top: float


@dataclass(frozen=True)
class Piece(Box):
    """Something drawn that is never divided; a panel may have names at its left."""

    kind: Kind
    named: bool = False


def tiles(figure: Figure) -> list[Box]:
    """The parts of a drawing in the order of reading, if it has more than one. It must have been drawn."""
    pieces = list(_pieces(figure))
    if len(figure.axes) == 1 and figure.axes[0].get_label() == ROWS:
        return _by_rows(figure.axes[0], [piece for piece in pieces if piece.kind != "panel"])
    panels = any(piece.kind == "panel" for piece in pieces)
    found: list[Box] = []
    undivided: list[Piece] = []  # rows that stay together
    for row in _parted(pieces, "bottom", "top", ROW_GAP):
        columns = _columns(row, panels)
        if len(columns) == 1:
            undivided += row
            continue
        found += [_around(undivided)] if undivided else []
        found += _level(columns)
        undivided = []
    return [*found, _around(undivided)] if found and undivided else found


def as_attribute(boxes: Sequence[Box], height: float) -> str:
    """Left, top, width and height of each, downwards as in an SVG that is so high."""
    return ", ".join(
        f"{box.left - AIR:.1f} {height - box.top - AIR:.1f} "
        f"{box.right - box.left + 2 * AIR:.1f} {box.top - box.bottom + 2 * AIR:.1f}"
        for box in boxes
    )


def _columns(row: list[Piece], panels: bool) -> list[list[Piece]]:
    if panels and all(piece.kind in ("words", "mark") for piece in row):
        return _parted(row, "left", "right", KEY_GAP)
    columns = _parted(row, "left", "right", COLUMN_GAP)
    return columns if all(map(_stands_alone, columns)) else [row]


def _stands_alone(column: list[Piece]) -> bool:
    """Whether it has a panel with names at its left, or a picture with words."""
    panels = [piece for piece in column if piece.kind == "panel"]
    words = [piece for piece in column if piece.kind == "words"]
    if panels:
        start = min(panel.left for panel in panels)
        return any(panel.named for panel in panels) or any(piece.right <= start for piece in words)
    return bool(words) and any(piece.kind == "picture" for piece in column)


def _level(columns: list[list[Piece]]) -> list[Box]:
    """Around each; columns of pictures all as high, and as wide where there is room, so that one scale puts
    their rows beside each other."""
    boxes = [_around(column) for column in columns]
    if not all(any(piece.kind == "picture" for piece in column) for column in columns):
        return boxes
    row, widest = _around(boxes), max(box.right - box.left for box in boxes)
    is_room = all(box.left + widest <= following.left for box, following in pairwise(boxes))
    return [Box(box.left, row.bottom, box.left + widest if is_room else box.right, row.top) for box in boxes]


def _parted(
    pieces: list[Piece], start: Literal["left", "bottom"], end: Literal["right", "top"], gap: float
) -> list[list[Piece]]:
    """Those with at least ``gap`` between them: from the left, or from the top."""
    groups: list[list[Piece]] = []
    reach = 0.0
    for piece in sorted(pieces, key=lambda piece: getattr(piece, start)):
        if groups and getattr(piece, start) < reach + gap:
            groups[-1].append(piece)
        else:
            groups.append([piece])
        reach = max(reach, getattr(piece, end))
    return groups if start == "left" else groups[::-1]


def _around(boxes: Sequence[Box]) -> Box:
    return Box(
        min(box.left for box in boxes),
        min(box.bottom for box in boxes),
        max(box.right for box in boxes),
        max(box.top for box in boxes),
    )


def _by_rows(axes: Axes, key: list[Piece]) -> list[Box]:
    """What stands over the panel; of each row its name, what stands at its right, and the row itself; the
    scale and the key."""
    frame, scale = axes.bbox, TO_SCALE + LINE
    words = [Box(*text.get_window_extent().extents) for text in axes.texts]
    left, right = frame.x0 - AIR, frame.x1 + HALF_A_NUMBER
    over = [box for box in words if box.bottom >= frame.y1]
    names = sorted((box for box in words if box.right <= frame.x0), key=lambda box: -box.top)
    beside = [box for box in words if box.left >= frame.x1 and box not in over]
    high = frame.height / max(1, len(names))
    found = sorted(over, key=lambda box: box.left)
    for place, name in enumerate(names):
        top = frame.y1 - place * high
        found += [name, *(box for box in beside if top - high < (box.bottom + box.top) / 2 < top)]
        found.append(Box(left, top - high + 2 * AIR, right, top - AIR))  # without the line of the scale
    found.append(Box(left, frame.y0 - scale, right, frame.y0))
    return found + [_around(part) for part in _parted(key, "left", "right", KEY_GAP)]


# --- what stands in a drawing ------------------------------------------------------------


def _pieces(figure: Figure) -> Iterator[Piece]:
    """A panel is one piece, with all that belongs to it; of an invisible sheet each thing is one."""
    loose: list[Artist] = [*figure.texts, *figure.artists, *figure.lines, *figure.patches]
    for axes in figure.axes:
        if axes.axison:
            yield _panel(axes)
        else:
            loose += [*axes.images, *axes.texts, *axes.lines, *axes.collections, *axes.patches]
    for artist in loose:
        yield Piece(*artist.get_window_extent().extents, _kind(artist))


def _panel(axes: Axes) -> Piece:
    """Its frame with its scales and its words. Asking Matplotlib for as much would take as long as
    drawing it: it would lay out every number of every scale."""
    frame, labels = axes.bbox, [tick.label1.get_text() for tick in axes.yaxis.majorTicks]
    widest = max(map(text_width_mm, labels), default=0.0) / MM_PER_POINT
    below = bool(axes.xaxis.majorTicks) + bool(axes.xaxis.label.get_text())
    scales = Box(
        frame.x0 - (widest and widest + TO_SCALE),
        frame.y0 - (below and below * LINE + TO_SCALE),
        frame.x1 + (HALF_A_NUMBER if axes.xaxis.majorTicks else 0),
        frame.y1,
    )
    words = [Box(*text.get_window_extent().extents) for text in axes.texts if text.get_text()]
    whole = _around([scales, *words])
    named = widest > 0 or any(box.right <= frame.x0 for box in words)
    return Piece(whole.left, whole.bottom, whole.right, whole.top, "panel", named)


def _kind(artist: Artist) -> Kind:
    from matplotlib.image import AxesImage
    from matplotlib.text import Text

    if isinstance(artist, AxesImage):
        return "picture"
    return "words" if isinstance(artist, Text) else "mark"
