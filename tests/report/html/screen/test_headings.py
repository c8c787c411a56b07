"""Headings that can be pointed to."""

from report.html.screen.headings import with_anchors

MARK = '<a class="anchor" href="#{}" tabindex="-1" aria-hidden="true">¶</a>'


def test_a_heading_keeps_its_name_and_has_a_link_for_those_who_see_it(parts):
    assert with_anchors('<h3 id="dos">Dos <em>cosas</em></h3>', parts) == (
        f'<h3 id="dos">Dos <em>cosas</em>{MARK.format("dos")}</h3>'
    )


def test_what_only_paper_needs_is_left_out(parts):
    heading = (
        '<h2 data-running="Parte A · Una" id="a"><span class="label">Parte A</span> '
        '<span class="name" data-bookmark="Parte A. Una">Una</span></h2>'
    )
    assert with_anchors(heading, parts) == (
        '<h2 id="a"><span class="label">Parte A<span class="said">.</span></span>'
        f' <span class="name">Una</span>{MARK.format("a")}</h2>'
    )


def test_the_title_is_none(parts):
    assert with_anchors('<h1 id="t">Título</h1>', parts) == '<h1 id="t">Título</h1>'


def test_a_link_to_a_section_says_its_name(parts):
    heading = '<h3 id="sec-a"><span class="label">A.1</span> <span class="name">Una</span></h3>'
    html = with_anchors(f'{heading}<p><a href="#sec-a">A.1</a> <a href="#sec-b">A.2</a></p>', parts)
    assert '<p><a href="#sec-a" title="Una">A.1</a> <a href="#sec-b">A.2</a></p>' in html
