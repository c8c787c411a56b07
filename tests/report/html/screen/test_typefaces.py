"""The page's fonts inside it."""

import base64
import io
import re

import pytest
from fontTools.ttLib import TTFont

from report.html.screen.typefaces import added_faces, font_faces
from report.settings import Typeface


def fonts(page: str) -> list[TTFont]:
    addresses = re.findall(r'url\("data:font/woff2;base64,([^"]+)"\)', font_faces(page))
    return [TTFont(io.BytesIO(base64.b64decode(address))) for address in addresses]


def test_every_face_has_the_characters_of_the_page_and_no_others():
    found = fonts("<p>Añb &amp; ±</p>")
    assert len(found) == 8
    for font in found:
        characters = set(map(chr, font.getBestCmap()))
        assert set("Añb&±") <= characters
        assert "Z" not in characters


@pytest.mark.parametrize("table", ["GSUB", "GPOS"])
def test_what_takes_most_of_a_font_is_left_out(table):
    assert [font for font in fonts("<p>AV</p>") if table in font] == []


def test_what_is_encoded_is_not_printed():
    (font, *_) = fonts('<img src="data:image/png;base64,Zz">')
    assert "Z" not in map(chr, font.getBestCmap())


def test_letters_of_a_font_that_its_author_brought_join_the_families():
    rules = added_faces([Typeface(name="mia.ttf", letters="אב", data="AAAA")])
    assert rules.count("unicode-range:U+5D0,U+5D1}") == rules.count("base64,AAAA") == 2
    assert added_faces([]) == ""
