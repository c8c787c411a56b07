"""Markdown as blocks with their lines."""

from report.audit.blocks import Notice, Place, Printed, Table, Text
from report.audit.readers import markdown


def texts(source):
    return [block.text for block in markdown.read(source) if isinstance(block, Text)]


def test_lines_are_kept_and_inline_code_is_text():
    blocks = markdown.read("# A\n\n`x = 1` uno\ndos\n\n```\ntres\n```\n\n| a | b |\n|---|---|\n| 1 | 2 |\n")

    assert [getattr(block, "text", None) for block in blocks] == ["A", "x = 1 uno dos", None, None]
    assert blocks[1].place(12) == Place("linea", 4)
    assert blocks[2] == Printed(("tres",), (Place("linea", 7),))
    assert blocks[3] == Table((("a", "b"), ("1", "2")), (Place("linea", 10), Place("linea", 12)))


def test_marks_addresses_and_images_are_no_text():
    assert texts("**val** [0.9](https://a.b/0.1) ![0.2](c.png) https://d.e/0.3 \\~0.4") == [
        "val 0.9     ~0.4"
    ]


def test_items_headings_and_indented_code():
    blocks = markdown.read("## Uno ##\n- dos\n  tres\n\ncuatro\n\n    0.5 = código\n")

    assert [(block.kind, block.text) for block in blocks[:2]] == [("heading", "Uno"), ("item", "dos tres")]
    assert blocks[3].lines == ("0.5 = código",)


def test_formulas_are_read_as_they_look():
    assert texts(r"$L_{\text{D}} = 1{,}2$ y $2 \times 10^{-4}$, 5 $ y 6") == [
        "L_D = 1,2 y 2 × 10^-4, 5 $ y 6"
    ]


def test_an_open_fence_swallows_the_rest():
    assert texts("uno\n\n```\ndos\n\ntres") == ["uno"]


def test_a_cell_of_a_notebook_is_named():
    assert markdown.read("uno", cell=4)[0].place(0) == Place("celda", 4, 1)


def test_no_more_is_parsed_than_can_be_read_in_time():
    text = "x " * (markdown.MAX_CHARACTERS // 2) + "\n\nLa exactitud es 0.9."
    notice, kept = markdown.read(text)
    assert notice == Notice(
        "tiene más texto del que se lee, 400000 caracteres: lo que sigue no se comprueba."
    )
    assert len(kept.text) == markdown.MAX_CHARACTERS - 1
