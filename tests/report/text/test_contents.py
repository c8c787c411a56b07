"""The contents of the Markdown."""

import re

from studies import make_study

from report.html.body import to_html
from report.settings import Settings
from report.text.contents import with_contents
from report.text.document import compose

TEXT = """# Título

## Resumen

Lo dicho.

## Parte A. Las reseñas

<a id="sec-uno"></a>

### A.1 Uno

Texto.

## Resumen
"""


def test_they_follow_the_first_section_and_lead_to_every_heading():
    assert (
        with_contents(TEXT)
        == """# Título

<a id="resumen"></a>

## Resumen

Lo dicho.

## Contenido

- [Resumen](#resumen)
- [Parte A. Las reseñas](#parte-a-las-resenas)
  - [A.1 Uno](#sec-uno)
- [Resumen](#resumen_1)

<a id="parte-a-las-resenas"></a>

## Parte A. Las reseñas

<a id="sec-uno"></a>

### A.1 Uno

Texto.

<a id="resumen_1"></a>

## Resumen
"""
    )


def test_a_text_of_one_section_needs_none():
    text = "# Título\n\n## Resumen\n\nLo dicho.\n"
    assert with_contents(text) == text


def test_in_a_whole_document_every_link_leads_somewhere_as_in_the_page():
    markdown = compose(make_study(1), Settings()).markdown
    text = with_contents(markdown)
    anchors = re.findall(r'<a id="([\w-]+)"></a>', text)
    assert len(anchors) == len(set(anchors))
    assert set(re.findall(r"\]\(#([\w-]+)\)", text)) <= set(anchors)
    assert set(anchors) <= set(re.findall(r'id="([^"]+)"', to_html(markdown).html))
