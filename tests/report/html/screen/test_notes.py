"""Notes after their call, inside the paragraph."""

import re

from report.html.body import to_html
from report.html.screen.notes import with_notes

SOURCE = (
    "# T\n\n## Resumen\n\nUna[^a] y *otra*[^b] cosa.\n\nSin notas.\n\n[^a]: De la **primera**.\n[^b]: Dos.\n"
)


def test_each_note_follows_the_word_that_calls_it(parts):
    html = with_notes(to_html(SOURCE).html, parts)
    text = re.sub(r"<[^>]*>", "", html.partition("</h2>")[2]).split()
    assert " ".join(text) == "Una1Nota 11 De la primera. y otra2Nota 22 Dos. cosa.Sin notas."
    assert 'class="noted"' not in html
    assert html.count("<p>") == 2


def test_call_and_note_lead_to_each_other_and_say_which_they_are(parts):
    html = with_notes(to_html(SOURCE).html, parts)
    for name, number in (("a", 1), ("b", 2)):
        assert f'<a class="call" href="#nota-{name}" role="doc-noteref" aria-label="Nota {number}"' in html
        assert html.count(f'<span id="llamada-{name}">') == 1  # of what is there at any width
        assert f'<span class="note" id="nota-{name}" role="doc-footnote">' in html
        assert f'href="#llamada-{name}" role="doc-backlink" aria-label="Volver a la llamada {number}"' in html


def test_a_note_has_its_opener_before_it(parts):
    """``.tied:has(:checked) + .note``: nothing may stand between the two."""
    html = with_notes(to_html(SOURCE).html, parts)
    assert html.count('</label></span></span><span class="note"') == 2
    assert html.count('<label class="opener"><input type="checkbox">') == 2


def test_a_text_without_notes_stays_as_it_is(parts):
    assert with_notes("<p>Nada.</p>", parts) == "<p>Nada.</p>"
