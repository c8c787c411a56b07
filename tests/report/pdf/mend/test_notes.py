"""Notes stay on the page of their call, whatever follows them."""

import re
from pathlib import Path

import pytest
import sample_document as sample

from report.html.body import to_html
from report.html.page import page
from report.pdf.layout import lay_out
from report.proof.checks.reading import reading_text

CAPTION = "**Figura 1.** " + "Un pie de varias líneas que no cabe al final de la página. " * 6
FIGURE = f'<a id="fig-a"></a>\n\n![Una curva que sube despacio.](a.svg)\n\n{CAPTION}'
NOTE = (
    "[^a]: La nota del principio, que ocupa al menos dos líneas si se escribe lo bastante. " + "Sigue. " * 20
)


def pages(lines: int, folder: Path) -> list[str]:
    """A page with ``lines``, a call to a note and a figure, which may have to go overleaf."""
    (folder / "a.svg").write_text('<svg xmlns="http://www.w3.org/2000/svg" width="90" height="90"/>')
    filler = "\n\n".join(["Véase la [Figura 1](#fig-a)."] * lines)
    text = f"Aquí la llamada.[^a]\n\n{filler}\n\n{FIGURE}\n\nFin.\n\n{NOTE}"
    html = page(to_html(f"# Título\n\n## Resumen\n\nHola.\n\n## Otra\n\n{text}"), sample.META)
    return reading_text(lay_out(html, folder).write([], sample.META.created))


@pytest.mark.parametrize("lines", range(5, 30, 2))
def test_a_note_stands_once_and_on_the_page_of_its_call(tmp_path, lines):
    """With 19 lines WeasyPrint alone puts it off for a figure that goes overleaf all the same."""
    found = pages(lines, tmp_path)
    assert [words.count("La nota del principio") for words in found] == [
        words.count("Aquí la llamada.") for words in found
    ]
    assert "".join(found).count("La nota del principio") == 1


def test_no_line_begins_with_the_call_of_a_note(tmp_path):
    """One of these calls would, if it could part from the word before."""
    calls = "\n\n".join(f"{'a ' * n}fin.[^n{n}] Sigue." for n in range(20, 80))
    notes = "\n\n".join(f"[^n{n}]: Sí." for n in range(20, 80))
    html = page(to_html(f"# Título\n\n## Resumen\n\nHola.\n\n## Otra\n\n{calls}\n\n{notes}"), sample.META)
    text = "\n".join(reading_text(lay_out(html, tmp_path).write([], sample.META.created)))
    calls = re.findall(r"fin\.(\s*)\d+", text)
    assert len(calls) == 60
    assert set(calls) == {""}
