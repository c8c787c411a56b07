"""The page around the document, and the same page as one file."""

import re
from collections import Counter
from dataclasses import replace

import pytest
import sample_document as sample

from report.errors import RenderError
from report.html.body import to_html
from report.html.page import page, self_contained

TEXT = "# Título\n\n## Resumen\n\nHola.\n\n## Parte A. La una\n\n### Uno\n\nFin.\n\n## Límites\n\n### Dos\n"
SVG = (
    '<?xml version="1.0"?><!DOCTYPE svg><svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9">'
    '<metadata>Matplotlib</metadata><defs><clipPath id="p1"/></defs><g clip-path="url(#p1)"/></svg>'
)
# The smallest PNG: one grey pixel.
PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010800000000"
    "3a7e9b550000000a4944415478da636800000082008177cd72b60000000049454e44ae426082"
)


def built(text: str = TEXT, **changes: str | tuple[str, ...]) -> str:
    return page(to_html(text), replace(sample.META, **changes))


def figures(*names: str) -> str:
    return "".join(
        f'\n<a id="fig-{index}"></a>\n\n![Una «figura» & más.]({name})\n\n**Figura {index}.** Pie.\n'
        for index, name in enumerate(names)
    )


@pytest.fixture(scope="module")
def sample_file(tmp_path_factory) -> str:
    folder = tmp_path_factory.mktemp("sample")
    sample.draw(folder / "figures")
    return self_contained(sample.untraced(page(to_html(sample.markdown()), sample.META)), folder)


def test_head_names_language_author_and_dates():
    html = built()
    assert '<html lang="es">' in html
    assert f"<title>{sample.META.title}</title>" in html
    assert '<meta name="author" content="Clara Ibáñez Roldán">' in html
    assert '<meta name="dcterms.created" content="2026-01-15T10:00:00+00:00">' in html


def test_settings_are_escaped():
    assert "<title>A &lt; B &amp; C</title>" in built(title="A < B & C")


def test_each_author_has_a_line_of_the_head():
    html = built(authors=("Ana <b>", "Luis"))
    assert '<meta name="author" content="Ana &lt;b&gt;">\n<meta name="author" content="Luis">' in html


def test_a_brief_page_has_no_contents():
    html = page(to_html(TEXT), sample.META, is_brief=True)
    assert '<main class="brief">' in html
    assert "<nav" not in html
    assert "<main>" in built()


def test_an_author_left_empty_leaves_no_trace():
    assert 'name="author"' not in built(authors=())


def test_title_block_is_that_of_the_markdown():
    html = built(TEXT.replace("## Resumen", "*Dos ensayos*\n\nAna, 2026\n\n## Resumen", 1))
    header = html.partition("<header")[2].partition("</header>")[0]
    assert '<p class="subtitle"><em>Dos ensayos</em></p>' in header
    assert '<p class="byline">Ana, 2026</p>' in header
    assert "Clara Ibáñez Roldán" not in header


def test_contents_stand_after_the_summary_and_list_what_follows():
    html = built()
    positions = [
        html.index(mark) for mark in (">Resumen</h2>", "<p>Hola.</p>", "<nav", "</nav>", ">Uno</h3>")
    ]
    assert positions == sorted(positions)
    contents = html.partition("<nav")[2].partition("</nav>")[0]
    assert re.findall(r'<li class="toc ([^"]+)"><a href="#([^"]+)">', contents) == [
        ("level-2 part", "parte-a-la-una"),
        ("level-3 numbered", "uno"),
        ("level-2", "limites"),
        ("level-3", "dos"),
    ]


def test_every_entry_of_the_contents_has_its_heading():
    html = built()
    targets = re.findall(r'href="#([^"]+)"', html)
    assert targets
    assert all(f'id="{target}"' in html for target in targets)


def test_one_file_asks_for_nothing_outside_itself(sample_file):
    assert re.findall(r"""(?:src|href)=["'](?!#|data:)([^"']*)""", sample_file) == []
    assert re.findall(r"url\(\s*[\"']?(?!#|\"?data:)([^)]{0,30})", sample_file) == []
    assert "@import" not in sample_file
    assert len(sample_file) < 1_500_000


def test_one_file_brings_its_fonts(sample_file):
    assert sample_file.count("@font-face") == 8
    assert sample_file.count('format("woff2")') == 8


def test_one_file_has_light_and_dark_and_fits_a_phone(sample_file):
    assert "prefers-color-scheme: dark" in sample_file
    assert 'name="viewport"' in sample_file
    in_boxes = re.findall(r'<div class="scroll" tabindex="0" role="\w+" aria-label="\w+"><(\w+)', sample_file)
    assert Counter(in_boxes) == {"table": 4, "svg": 3}
    assert (sample_file.count("<table"), sample_file.count("<svg")) == (4, 3)


def test_every_drawing_keeps_its_text_alternative(sample_file):
    alternatives = re.findall(r'<svg role="img" aria-label="([^"]+)"', sample_file)
    assert len(alternatives) == 3
    assert alternatives[0].startswith("Cuatro curvas de fracción germinada")
    assert sample_file.count('<img alt="Tira de siete imágenes') == 1


def test_one_file_is_the_same_every_time(sample_file, tmp_path):
    sample.draw(tmp_path / "figures")
    again = self_contained(sample.untraced(page(to_html(sample.markdown()), sample.META)), tmp_path)
    assert again == sample_file


def test_notes_are_listed_at_the_end_with_links_both_ways(tmp_path):
    html = self_contained(
        built(TEXT.replace("Hola.", "Hola[^a] y adiós[^b].\n\n[^a]: Una.\n[^b]: Dos.")), tmp_path
    )
    assert "foot-note id" not in html
    assert '<a id="llamada-nota-a" href="#nota-a" role="doc-noteref">1</a>' in html
    assert '<a id="llamada-nota-b" href="#nota-b" role="doc-noteref">2</a>' in html
    notes = html.partition('role="doc-endnotes"')[2]
    assert notes.index('<li id="nota-a">Una.') < notes.index('<li id="nota-b">Dos.')
    assert 'href="#llamada-nota-b" role="doc-backlink"' in notes


def test_ids_of_two_drawings_do_not_collide(tmp_path):
    for name in ("a.svg", "b.svg"):
        (tmp_path / name).write_text(SVG)
    html = self_contained(built(TEXT + figures("a.svg", "b.svg")), tmp_path)
    for name in ("a", "b"):
        assert html.count(f'id="{name}-p1"') == html.count(f"url(#{name}-p1)") == 1
    assert "Matplotlib" not in html
    assert html.count('aria-label="Una «figura» &amp; más."') == 2


def test_a_photograph_becomes_a_data_address(tmp_path):
    (tmp_path / "a.png").write_bytes(PNG)
    html = self_contained(built(TEXT + figures("a.png")), tmp_path)
    assert '<img alt="Una «figura» &amp; más." src="data:image/png;base64,iVBORw0KGgo' in html


def test_missing_image_is_an_error(tmp_path):
    with pytest.raises(RenderError, match=r"Se esperaba la imagen falta\.svg, no se leyó"):
        self_contained(built(TEXT + figures("falta.svg")), tmp_path)


def test_empty_drawing_is_an_error(tmp_path):
    (tmp_path / "a.svg").write_text("")
    with pytest.raises(RenderError, match=r"un dibujo SVG en a\.svg"):
        self_contained(built(TEXT + figures("a.svg")), tmp_path)
