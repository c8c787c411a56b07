"""Pandoc, or what is said without it."""

import datetime
import sys

import pytest

from report.errors import RenderError
from report.office.pandoc import convert, default_reference, find_pandoc

CREATED = datetime.datetime(2026, 3, 5, tzinfo=datetime.UTC)


@pytest.fixture(scope="module")
def pandoc():
    pytest.importorskip("pypandoc", reason="pandoc is not installed: «make test» does it")
    return find_pandoc()


def test_without_pandoc_one_sentence_says_how_to_get_it(monkeypatch):
    monkeypatch.setitem(sys.modules, "pypandoc", None)
    with pytest.raises(
        RenderError,
        match=r"^Se esperaba pandoc .*; instale .* «office» o, en un clon, ejecute «make docx» o .*\.$",
    ):
        find_pandoc()


def test_headings_of_the_second_level_become_the_first(pandoc, tmp_path):
    assert b"\\section{Uno}" in convert(pandoc, "<h2>Uno</h2>", "latex", tmp_path, CREATED)


def test_a_warning_is_an_error(pandoc, tmp_path):
    with pytest.raises(RenderError, match=r"sin avisos, se encontró «.*falta\.png.*»; corrija"):
        convert(pandoc, '<p><img src="falta.png"></p>', "docx", tmp_path, CREATED)


def test_the_default_styles_are_a_word_file(pandoc):
    assert default_reference(pandoc).startswith(b"PK")
