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
    margins = (sheet.MARGIN_TOP_MM, sheet.MARGIN_SIDE_MM, sheet.MARGIN_BOTTOM_MM)
    assert margins == millimetres("margin: # # #;")


def test_text_box_is_that_of_the_style_sheet():
    top, side, bottom = millimetres("margin: # # #;")
    expected = [mm / 25.4 * 72 for mm in (side, bottom, 210 - side, 297 - top)]
    assert list(sheet.TEXT_BOX) == pytest.approx(expected, abs=0.01)


def test_what_stands_side_by_side_has_room_in_the_width_of_the_text():
    (column,), (gap,) = (
        millimetres("nav ol {[^}]*width: #"),
        millimetres("nav ol [+] ol {[^}]*padding-left: #"),
    )
    assert 2 * column + gap == sheet.TEXT_WIDTH_MM == 142
    image, between = millimetres("figure.grid img {[^}]*width: #; margin: 0 # 0 0;")
    (caption,) = millimetres("figure.grid figcaption {[^}]*width: #")
    assert image + between + caption <= sheet.TEXT_WIDTH_MM
