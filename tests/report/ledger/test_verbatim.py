"""Whatever was typed comes out as it was typed, of HTML and of Markdown alike."""

import html
import unicodedata

import pytest
import tinyhtml5
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from report import fonts
from report.errors import RenderError
from report.html.body import to_html
from report.ledger.ledger import Leaf, Ledger, plain, unmark
from report.ledger.quantities import TEXT
from report.ledger.spanish import Style
from report.ledger.verbatim import UNPRINTABLE, as_html, as_markdown, bare, one_line, shield

SIGNS = [
    *("|", "||", "**", "*", "_", "__", "`", "``", "~~", "~", "\\", "&amp;", "&#65;", "&", "$x$", "{{", "%}"),
    *("<b>", "</h1>", "<script>", "<!--", "-->", "[^x]", "[a](b)", "![", "](", "]", "[ ] ", "#", " #", '"'),
    *("-", "- ", "+ ", "1. ", "2) ", "> ", "===", "---", "Figura 3. ", "Tabla 1", "Parte A. ", "¿", "'"),
    *('<a id="x"></a>', "http://a.b/_c_", "nan", "None", "3D", "a_b", "\n", "\n\n", "\t", "  "),
]
LETTERS = sorted(
    chr(code) for code in fonts.characters() if unicodedata.category(chr(code)) not in UNPRINTABLE
)
typed = st.lists(st.sampled_from(SIGNS) | st.text(LETTERS, max_size=4), max_size=8).map("".join)


def marked(*texts: str) -> str:
    """A document that has them in all places where a text may stand."""
    ledger = Ledger(Style())
    title, author, course, name = (ledger.print(TEXT(Leaf(text, "x"))) for text in texts)
    return "\n\n".join(
        [
            f"# {title}",
            f"**{author}** · {course}",
            course,
            "## Resumen",
            f"- {name}\n- **{name}**",
            "[Figura 1](#fig-a) [Tabla 1](#tab-a)",
            f'<a id="fig-a"></a>\n\n![De «{name}».](a.svg)\n\n**Figura 1.** De «{name}».',
            f'<a id="tab-a"></a>\n\n**Tabla 1.** De {name}.\n\n| {name} | b |\n| --- | --- |\n'
            f"| **{name}** | `{name}` |",
        ]
    )


def texts_of(page: str) -> list[str]:
    """What a reader sees, block by block, and what a picture is said to show."""
    root = tinyhtml5.parse(page, namespace_html_elements=False)
    blocks = [
        "".join(node.itertext()) for tag in ("h1", "p", "li", "td", "th", "caption", "figcaption")
        for node in root.iter(tag)
    ]  # fmt: skip
    return [" ".join(block.split(" ")).strip() for block in blocks] + [
        image.get("alt", "") for image in root.iter("img")
    ]


@settings(deadline=None, max_examples=50, derandomize=True, database=None)
@given(typed, typed, typed, typed)
@example("Figura 3 | <b> [^x] ~ * _ ` &amp; $ {{", "*Ana* | <i>", "1. Redes\n\n- x", "a`b|c")
@example("x #", "- **", "===", "\\")
def test_what_is_typed_is_what_is_read(title, author, course, name):
    document = marked(title, author, course, name)
    title, author, course, name = map(one_line, (title, author, course, name))
    assume(all((title, author, course, name)))
    said = {title, f"{author} · {course}", course, name, f"De «{name}»."}  # the last in place of a picture
    elsewhere = MarkdownIt("commonmark").enable(["table", "strikethrough"])
    for page in (to_html(document).html, elsewhere.render(as_markdown(unmark(document)))):
        read = texts_of(unmark(page))
        assert said - set(read) == set()
        assert read.count(name) >= 5  # in two items of a list, three cells of a table


@given(st.text(LETTERS))
@settings(derandomize=True, database=None)
def test_a_shielded_text_is_as_long_and_holds_nothing_that_anybody_reads(text):
    hidden = shield(text)
    assert len(hidden) == len(text)
    assert bare(hidden) == text
    assert html.unescape(as_html(hidden)) == text
    assert all(char == " " or char.isalpha() or not char.isascii() for char in hidden)
    assert not any(char.isascii() and char.isdigit() for char in hidden)


def test_common_names_are_written_in_markdown_as_they_are_typed():
    for name in ("Ana Peña-Ruiz", "UNIR, S. L.", "test/pos/12_9.txt", "(3 × 4)", "«x»: 5 %", "O'Hara + 1"):
        assert as_markdown(f"De {shield(name)}.") == f"De {name}."


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("a\x0bb", "el carácter U+000B, que no se imprime"),
        ("a\u202eb", "el carácter U+202E, que no se imprime"),
        ("a\ue123", "el carácter U+E123, que no se imprime"),
        ("\u2028", "el carácter U+2028, que no se imprime"),
        ("Ana א", "«א» (U+05D0), que no está en las fuentes del documento"),
        ("😀", "«😀» (U+1F600), que no está en las fuentes del documento"),
    ],
)
def test_what_cannot_be_printed_is_refused_with_its_origin(text, found):
    ledger = Ledger(Style())
    with pytest.raises(RenderError) as caught:
        ledger.print(TEXT(Leaf(text, "lstm/seed-1:data.classes[0]")))
    assert str(caught.value) == (
        f"lstm/seed-1:data.classes[0]: se esperaba un texto que se pueda imprimir, se encontró {found}; "
        "cámbielo."
    )
    assert ledger.entries == []


def test_breaks_become_a_space():
    ledger = Ledger(Style())
    assert plain(ledger.print(TEXT(Leaf(" una\r\n\n clase\t2 ", "x")))) == "una clase 2"
    assert ledger.entries[0].printed == ["una clase 2"]
