"""The document as HTML that pandoc reads without loss."""

import re
from pathlib import Path

import pytest
import sample_document

from report.office.pictures import Picture
from report.office.source import source

PDF = Path("build/informe.pdf")
TEXT = """# Dos redes

{byline}

## Resumen

Texto.[^una]

[^una]: Lo que *se* anota.

<a id="tab-t"></a>

**Tabla 1.** Pie.

| Red | Cifra |
| --- | ---: |
| LSTM | 0.5 |
"""


def made(byline: str = "5 de marzo de 2026") -> str:
    return source(TEXT.format(byline=byline), {}, PDF)


def test_it_says_that_only_the_pdf_proves_itself():
    (said,) = re.findall(r"<div data-custom-style=\"Notice\"><p>(.*?)</p>", made(), re.S)
    assert "solo se demuestra a sí mismo\nel PDF, <code>build/informe.pdf</code>" in said
    assert "<code>make verify</code>" in said


@pytest.mark.parametrize(
    ("byline", "author", "rest"),
    [
        ("5 de marzo de 2026", None, "5 de marzo de 2026"),
        ("**Ana Peña** · UNIR · 5 de marzo", "Ana Peña", "UNIR · 5 de marzo"),
        ("**Ana Peña** y **Luis Gil** · 5 de marzo", "Ana Peña y Luis Gil", "5 de marzo"),
        ("*Informe*\n\n**Ana Peña**\n\nUNIR", "Ana Peña", "Informe · UNIR"),
    ],
)
def test_authors_and_what_else_stands_under_the_title_are_told_apart(byline, author, rest):
    html = made(byline)
    assert re.findall('name="author" content="(.*?)"', html) == ([author] if author else [])
    assert re.findall('name="date" content="(.*?)"', html) == [rest]
    assert "<title>Dos redes</title>" in html
    assert "<h1" not in html


def test_notes_stand_at_the_end_where_pandoc_looks_for_them():
    html = made()
    assert '<section role="doc-endnotes"><ol><li id="nota-una"><p>Lo que <em>se</em> anota.</p>' in html
    assert html.index("doc-endnotes") > html.index("<table")
    assert 'href="#nota-una"' in html
    assert "<aside" not in html


def test_a_table_says_how_its_columns_are():
    html = made()
    shares = [float(share) for share in re.findall(r'<col style="width: ([\d.]+)%">', html)]
    assert len(shares) == 2
    assert sum(shares) < 30
    assert re.findall(r'<t[dh][^>]*style="text-align: right"[^>]*>(.*?)<', html) == ["Cifra", "0.5"]
    assert 'data-lines="2"' in html


def test_the_whole_sample_passes_with_its_pictures():
    drawn = ("germinacion.svg", "confusion.svg", "caudal.svg", "secuencia.png")
    pictures = {name: Picture(f"figures-tex/{Path(name).stem}.png", 118.0) for name in drawn}
    html = source(sample_document.markdown(), pictures, PDF)
    assert sorted(set(re.findall(r'src="(.*?)"', html))) == sorted(
        picture.place for picture in pictures.values()
    )
    assert html.count('width="118.0mm"') == html.count("<img")
    assert not re.search("[\ue000-\ue002]", html)
