"""What a finished PDF says, read from its structure and its painted pages."""

import io
from pathlib import Path

import pikepdf
import pytest
import sample_document as sample
import tampering

from report.html.body import to_html
from report.html.page import page
from report.pdf.layout import lay_out
from report.proof.checks.reading import Item, Reader, Structure, by_place, joined, painted, reading_text

TEXT = """# Título

## Resumen

Hola, véase la [Figura 1](#fig-a).

## Parte A. Una

### Curva

<a id="fig-a"></a>

![La curva sube hasta el final.](a.svg)

**Figura 1.** La curva sube.

Baja.[^a]

<a id="tab-a"></a>

**Tabla 1.** Un valor por fila.

| Época | Pérdida |
| ---: | ---: |
| 1 | 0.50 |
| **▶ 2** | **0.40** |

[^a]: Una nota.
"""


@pytest.fixture(scope="module")
def pdf(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """The summary on page 1, contents and all else on page 2."""
    base: Path = tmp_path_factory.mktemp("pdf")
    (base / "a.svg").write_text('<svg xmlns="http://www.w3.org/2000/svg" width="90" height="20"/>')
    html = page(to_html(TEXT), sample.META)
    return lay_out(html, base).write([], sample.META.created)


def test_the_text_follows_the_structure_without_running_heads(pdf):
    one, two = reading_text(pdf)
    marks = ["Título", "Hola"]
    assert [one.count(mark) for mark in marks] == [1] * 2
    assert sorted(marks, key=one.index) == marks
    assert two.count("Contenido") == 1  # the running head says it too
    two = two[two.rindex("Parte A") :]  # after the contents
    marks = ["Parte A", "Curva", "Figura 1. La", "Baja.", "Una nota", "▶ 2 0.40"]
    assert [two.count(mark) for mark in marks] == [1] * 6
    assert sorted(marks, key=two.index) == marks


def test_pages_are_read_one_by_one_in_any_order(pdf):
    reader = Reader(pdf)
    assert list(reader.numbers) == [1, 2]
    assert [reader.text(2), reader.text(1)] == reading_text(pdf)[::-1]


def test_a_page_that_cannot_be_read_leaves_the_others_readable(pdf):
    def unbalance(opened):
        opened.pages[0].Contents = opened.make_stream(b"/P <</MCID 0>> BDC EMC EMC")

    reader = Reader(tampering.apply(pdf, unbalance))
    with pytest.raises(IndexError):
        reader.text(1)
    assert reader.text(2) == reading_text(pdf)[1]


def test_links_say_where_they_lead_and_what_they_say(pdf):
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        links = Structure(opened).links
    items = by_place(list(painted(pdf)))
    said = [joined(item for place in link.places for item in items[place]).split() for link in links]
    assert [(link.in_contents, link.page) for link in links] == [
        (False, 2),
        (True, 2),
        (True, 2),
        (False, 2),
        (False, 2),
    ]
    assert said == [["Figura", "1"], ["Parte", "A", "Una", "2"], ["Curva", "2"], ["1"], ["1"]]


def item(text: str, left: float, bottom: float = 0.0) -> Item:
    """A character 5 points wide and 10 high."""
    return Item(text, (left, bottom, left + 5, bottom + 10), 0, artifact=False)


@pytest.mark.parametrize(
    ("items", "text"),
    [
        ([item("a", 0), item("b", 5)], "ab"),
        ([item("a", 0), item("b", 6)], "ab"),  # a gap of a tenth of the height
        ([item("a", 0), item("b", 7)], "a b"),  # of a fifth
        ([item(" ", 0), item("b", 7)], " b"),
        ([item("a", 0), item("1", 5, bottom=4)], "a1"),  # the call of a note
        ([item("a", 0), item("b", 5, bottom=-12)], "a\nb"),
        ([item("a", 100), item("b", 0)], "a\nb"),
        ([item("a", 0), item("", 50), item("b", 5)], "ab"),  # a line between them
    ],
)
def test_characters_are_joined_to_words_and_lines(items, text):
    assert joined(items) == text
