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
        '<h2 id="a"><a class="anchor" href="#a"><span class="label">Parte A<span class="said">.</span></span>'
        ' <span class="name">Una</span></a></h2>'
    )


def test_the_title_is_none(parts):
    assert with_anchors('<h1 id="t">Título</h1>', parts) == '<h1 id="t">Título</h1>'


def test_a_link_to_a_section_says_its_name(parts):
    heading = '<h3 id="sec-a"><span class="label">A.1</span> <span class="name">Una</span></h3>'
    html = with_anchors(f'{heading}<p><a href="#sec-a">A.1</a> <a href="#sec-b">A.2</a></p>', parts)
    assert '<p><a href="#sec-a" title="A.1 Una">A.1</a> <a href="#sec-b">A.2</a></p>' in html
