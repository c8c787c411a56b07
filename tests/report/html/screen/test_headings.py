"""Headings that lead to themselves."""

from report.html.screen.headings import with_anchors


def test_a_heading_is_a_link_to_itself_and_keeps_its_name(parts):
    assert with_anchors('<h3 id="dos">Dos <em>cosas</em></h3>', parts) == (
        '<h3 id="dos"><a class="anchor" href="#dos">Dos <em>cosas</em></a></h3>'
    )


def test_what_only_paper_needs_is_left_out(parts):
    heading = (
        '<h2 data-running="Parte A · Una" id="a"><span class="label">Parte A</span> '
        '<span class="name" data-bookmark="Parte A. Una">Una</span></h2>'
    )
    assert with_anchors(heading, parts) == (
        '<h2 id="a"><a class="anchor" href="#a"><span class="label">Parte A</span> '
        '<span class="name">Una</span></a></h2>'
    )


def test_the_title_is_none(parts):
    assert with_anchors('<h1 id="t">Título</h1>', parts) == '<h1 id="t">Título</h1>'
