"""References say the page, the same as WeasyPrint's own, and few pages are laid out again for them."""

from collections import Counter
from pathlib import Path

import pytest
import sample_document as sample

from report.html.body import to_html
from report.html.page import page
from report.pdf.layout import lay_out, load_weasyprint
from report.proof.checks import gate

PARAGRAPH = "Un párrafo que ocupa su sitio. " * 60


def referring(chapters: int, folder: Path) -> str:
    """Each chapter, of about a page, names its own figure, the first, the next and the last one."""
    (folder / "a.svg").write_text('<svg xmlns="http://www.w3.org/2000/svg" width="90" height="90"/>')
    text = "# Título\n\n## Resumen\n\nHola.\n\n## Parte A. Una"
    for n in range(1, chapters + 1):
        named = (n, 1, min(n + 1, chapters), chapters)
        text += f"\n\n### Capítulo {n}\n\n{PARAGRAPH} Véanse "
        text += ", ".join(f"la [Figura {m}](#fig-{m})" for m in named)
        text += f'.\n\n<a id="fig-{n}"></a>\n\n![Una curva que sube.](a.svg)\n\n**Figura {n}.** Una curva.'
        text += f"\n\n{PARAGRAPH}"
    return page(to_html(text), sample.META)


@pytest.fixture
def made(tmp_path, monkeypatch) -> Counter[int]:
    """How often each page, from 1, is laid out."""
    load_weasyprint(tmp_path)
    from weasyprint.layout import page as layout

    times: Counter[int] = Counter()
    make_page = layout.make_page

    def count(*arguments):
        times[arguments[4]] += 1
        return make_page(*arguments)

    monkeypatch.setattr(layout, "make_page", count)
    return times


@pytest.mark.parametrize("chapters", [5, 13])
def test_references_are_those_of_weasyprint_and_take_less_work(tmp_path, monkeypatch, made, chapters):
    html = referring(chapters, tmp_path)
    mended = lay_out(html, tmp_path)
    n_pages = max(made)
    assert gate.check(mended.write([], sample.META.created)) == []
    # Only a page before the tenth can name one whose number takes more room than its own.
    assert all(made[number] == 1 for number in range(1, n_pages + 1) if number > 9 or n_pages < 10)
    assert made[1] == (2 if n_pages > 9 else 1)
    made.clear()

    import weasyprint.document
    from weasyprint.css.targets import TargetCollector
    from weasyprint.layout import page as layout

    monkeypatch.setattr(weasyprint.document, "TargetCollector", TargetCollector)
    monkeypatch.setattr(layout, "remake_page", layout.remake_page.__wrapped__)
    plain = lay_out(html, tmp_path)
    assert mended.write([], sample.META.created) == plain.write([], sample.META.created)
    assert max(made.values()) == 3
