"""The page around the document, as it is laid out on paper."""

import re
from dataclasses import replace

import sample_document as sample

from report.html.body import to_html
from report.html.page import page

TEXT = "# Título\n\n## Resumen\n\nHola.\n\n## Parte A. La una\n\n### Uno\n\nFin.\n\n## Límites\n\n### Dos\n"


def built(text: str = TEXT, **changes: str | tuple[str, ...]) -> str:
    return page(to_html(text), replace(sample.META, **changes))


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
    assert re.findall(r'<li class="([^"]+)"><a href="#([^"]+)">', contents) == [
        ("toc level-2 part", "parte-a-la-una"),
        ("toc level-3 part", "uno"),
        ("toc level-2 plain", "limites"),
        ("toc level-3 plain", "dos"),
    ]


def test_every_entry_of_the_contents_has_its_heading():
    html = built()
    targets = re.findall(r'href="#([^"]+)"', html)
    assert targets
    assert all(f'id="{target}"' in html for target in targets)


def test_nothing_of_the_screen_is_on_paper():
    html = built()
    assert "@media" not in html
    assert "<script" not in html
    assert "viewport" not in html
