"""The sheet of paper is the same for Python and for the style sheet."""

import re

import pytest

from report import sheet
from report.paths import TEMPLATES

CSS = (TEMPLATES / "paper.css").read_text(encoding="utf-8")


def millimetres(pattern: str) -> tuple[int, ...]:
    found = re.search(pattern.replace("#", r"(\d+)mm"), CSS)
    assert found is not None, pattern
    return tuple(map(int, found.groups()))


def test_paper_and_margins_are_those_of_the_style_sheet():
    assert "size: A4;" in CSS
    assert (sheet.PAGE_WIDTH_MM, sheet.PAGE_HEIGHT_MM) == (210, 297)
    top, right, bottom, left = millimetres("margin: # # # #;")
    assert (top, bottom, left) == (sheet.MARGIN_TOP_MM, sheet.MARGIN_BOTTOM_MM, sheet.MARGIN_LEFT_MM)
    assert 210 - left - right == sheet.TEXT_WIDTH_MM
    assert right - sheet.MARGIN_RIGHT_MM == sheet.GAP_MM + sheet.NOTE_WIDTH_MM  # room for notes


def test_the_box_of_text_and_notes_is_that_of_the_style_sheet():
    top, right, bottom, left = millimetres("margin: # # # #;")
    (reached,) = millimetres("margin-right: -#")
    expected = [mm / 25.4 * 72 for mm in (left, bottom, 210 - (right - reached), 297 - top)]
    assert list(sheet.TEXT_BOX) == pytest.approx(expected, abs=0.01)


def test_what_is_wide_reaches_where_the_notes_end():
    whole = [line for line in CSS.splitlines() if not line.startswith(".brief")]  # whose lines are longer
    reached = {int(mm) for line in whole for mm in re.findall(r"margin-right: -(\d+)mm", line)}
    assert reached == {sheet.FULL_WIDTH_MM - sheet.TEXT_WIDTH_MM}


def test_what_stands_side_by_side_fills_the_width_or_has_room_in_it():
    (column,), (gap,) = (
        millimetres("nav ol {[^}]*width: #"),
        millimetres("nav ol [+] ol {[^}]*padding-left: #"),
    )
    assert 2 * column + gap == sheet.FULL_WIDTH_MM
    (paragraph,), (note, padding) = (
        millimetres("noted > p {[^}]*width: #"),
        millimetres("noted > .notes {[^}]*width: #; padding-left: #"),
    )
    assert (paragraph, padding, note) == (sheet.TEXT_WIDTH_MM, sheet.GAP_MM, sheet.NOTE_WIDTH_MM)
    grid = re.search(r"figure\.grid {[^}]*width: (\d+)mm; margin: 0 ([\d.]+)mm", CSS)
    assert grid is not None
    width, between = map(float, grid.groups())
    assert 3 * width + 2 * between <= sheet.FULL_WIDTH_MM  # three in a row, the last without a margin
