"""The author's own words: what may stand in them, and how they get into a text whose numbers are traced."""

import pytest
import studies

from report.errors import RenderError
from report.settings import Reflection, Settings
from report.text.document import compose
from report.text.reflection import PLACE, words_of

STUDY = studies.make_study(1)


def words(text: str):
    return words_of(Reflection(file="mia.md", text=text))


def inner(text: str) -> str:
    html = words(text).html
    assert html.startswith('<div class="author">\n')
    assert html.endswith("\n</div>")
    return html.removeprefix('<div class="author">\n').removesuffix("\n</div>")


# --- what is taken -------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("Un *énfasis* y **otro**.", "<p>Un <em>énfasis</em> y <strong>otro</strong>.</p>"),
        ("- uno\n- dos", "<ul>\n<li>uno</li>\n<li>dos</li>\n</ul>"),
        ("3. uno", '<ol start="3">\n<li>uno</li>\n</ol>'),
        ("> Cita.", "<blockquote>\n<p>Cita.</p>\n</blockquote>"),
        ("`a < b`", "<p><code>a &lt; b</code></p>"),
        ("[Keras](https://keras.io/a?b=1&c)", '<p><a href="https://keras.io/a?b=1&amp;c">Keras</a></p>'),
        ("2 < 3 & 4 > 1, {{ x }}", "<p>2 &lt; 3 &amp; 4 &gt; 1, {{ x }}</p>"),
        ("**sin cerrar", "<p>**sin cerrar</p>"),
        ("\\<b>", "<p>&lt;b&gt;</p>"),
    ],
)
def test_what_an_author_may_write_becomes_the_page_of_it(text, html):
    assert inner(text) == html
    assert words(text).markdown == text


def test_headings_stand_below_that_of_their_section_and_leave_no_step_out():
    found = words("# Uno\n\n### Dos *y*\n\nTres\n====\n\n## Cuatro\n\n### Cinco\n\n#### Seis\n\nFin.\n")
    assert [line for line in found.markdown.splitlines() if line] == [
        *("#### Uno", "##### Dos *y*", "#### Tres", "##### Cuatro", "###### Cinco", "###### Seis", "Fin."),
    ]
    assert found.html.count("<h4>") == found.html.count("</h4>") == 2
    assert "<h5>Dos <em>y</em></h5>" in found.html
    assert found.html.count("<h6>") == 2


def test_what_is_read_has_no_marks():
    plain = words("**Loss** de `fit`, en [la guía](https://a.es)").plain
    assert " ".join(plain.split()) == "Loss de fit , en la guía"


# --- what is refused -----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "line", "what"),
    [
        ("a\n\n<div>b</div>", 3, "HTML"),
        ("a\nb <b>c</b>", 2, "HTML"),
        ("a <!-- b -->", 1, "HTML"),
        ("a\n\n![b](c.png)", 3, "una imagen"),
        ("a\n\n| b | c |\n|---|---|\n| 1 | 2 |", 3, "una tabla"),
        ("a\n\n```\nb\n```", 3, "código en bloque"),
        ("a\n\n    b", 3, "código en bloque"),
        ("a\n\n***", 3, "una línea horizontal"),
        ("a[^1]", 1, "una nota"),
        ("a\n\n[b]: https://c.es", 3, "la definición de un enlace"),
        ("a\n[b](c.md)", 2, "un enlace que no es de http ni https"),
        ("- a\n\n  # b", 3, "un título dentro de una lista o de una cita"),
        ("a\nb\ue000c", 2, "el carácter U+E000, que no se imprime"),
        (f"a\n{PLACE}", 2, "el carácter U+E007, que no se imprime"),
        ("a\nb 🙂", 2, "«🙂» (U+1F642), que no está en las fuentes del documento"),
        ("a\x07", 1, "el carácter U+0007, que no se imprime"),
    ],
)
def test_what_may_not_stand_there_is_refused_with_its_line(text, line, what):
    with pytest.raises(RenderError) as caught:
        words(text)
    assert str(caught.value).startswith(f"mia.md, línea {line}: se esperaban párrafos, ")
    assert str(caught.value).endswith(f", se encontró {what}; quítelo.")


def test_the_first_of_several_is_named():
    with pytest.raises(RenderError, match=r"línea 2: .*, se encontró una imagen"):
        words("a\n![b](c)\n\n<p>d</p>\n\ne\ue001")


@pytest.mark.parametrize("text", ["[a](javascript:alert)", "[a](data:text/html,b)", "[a](file:///b)"])
def test_an_address_that_runs_something_is_no_link(text):
    assert "<a" not in inner(text)


# --- in the document -----------------------------------------------------------------------


def test_the_words_stand_in_a_section_of_their_own_after_the_parts():
    mine = Reflection(file="mia.md", text="# Uno\n\nSon 9999 <3.\n")
    document = compose(STUDY, Settings(author="Ana Peña", reflection=mine))
    heading, place = "Reflexión del autor", document.markdown.index("Reflexión del autor")
    assert f"## Parte C. {heading}\n\nEsta parte la ha escrito Ana Peña, no el programa" in document.markdown
    assert "\n\n#### Uno\n\nSon 9999 <3.\n\n" in document.markdown[place:]
    assert document.markdown.index("Conclusiones") < place < document.markdown.index("## Límites")
    assert document.marked.count(PLACE) == 1
    assert "9999" not in document.marked
    assert PLACE not in document.markdown
    assert not any("9999" in text for entry in document.ledger.entries for text in entry.printed)


def test_several_authors_reflect_together():
    settings = Settings(author=("Ana", "Luis"), reflection=Reflection(file="a.md", text="Así."))
    text = compose(STUDY, settings).markdown
    assert "Reflexión de los autores\n\nEsta parte la han escrito Ana y\u00a0Luis, no el programa" in text


def test_without_words_there_is_no_such_section():
    document = compose(STUDY, Settings(author="Ana"))
    assert document.words is None
    assert "Reflexión del autor" not in document.markdown


def test_words_that_cannot_be_used_stop_the_document():
    with pytest.raises(RenderError, match=r"mia\.md, línea 1: .*, se encontró HTML"):
        compose(STUDY, Settings(reflection=Reflection(file="mia.md", text="<b>a</b>")))
