"""Figures on the screen: images inside, drawings in the page's colours and in parts."""

import re

import pytest

from report.errors import RenderError
from report.html.screen.figures import with_figures

SVG = (
    '<?xml version="1.0"?><!DOCTYPE svg><svg color="#1c1c1c" style="background: #fff" '
    'viewBox="0 0 {width} 90"{tiles}><metadata>Matplotlib</metadata>'
    '<defs><clipPath id="p1"/></defs><g clip-path="url(#p1)"/></svg>'
)
TILES = ' data-tiles="2.0 3.0 180.5 60.0, 200.0 3.0 180.0 60.0, 2.0 70.0 60.0 12.6"'
# The smallest PNG: one grey pixel.
PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010800000000"
    "3a7e9b550000000a4944415478da636800000082008177cd72b60000000049454e44ae426082"
)


def figure(*files: str, kind: str = "") -> str:
    images = "".join(f'<img alt="Una «figura» &amp; más." src="{file}">' for file in files)
    caption = "<figcaption><strong>Figura 3.</strong> Pie.</figcaption>"
    return f'<figure id="fig-x"{kind}>{images}{caption}\n</figure>'


def draw(folder, name: str, width: int = 400, tiles: str = "") -> None:
    (folder / name).write_text(SVG.format(width=width, tiles=tiles))


def test_ids_of_two_drawings_do_not_collide(tmp_path, parts):
    for name in ("a.svg", "b.svg"):
        draw(tmp_path, name)
    html = with_figures(figure("a.svg", "b.svg"), tmp_path, parts)
    for name in ("a", "b"):
        assert html.count(f'id="{name}-p1"') == html.count(f"url(#{name}-p1)") == 1
    assert "Matplotlib" not in html
    assert html.count('aria-label="Una «figura» &amp; más."') == 2


def test_a_drawing_takes_ink_and_paper_from_the_page(tmp_path, parts):
    draw(tmp_path, "a.svg")
    html = with_figures(figure("a.svg"), tmp_path, parts)
    assert "#1c1c1c" not in html
    assert "#fff" not in html


def test_a_wide_drawing_comes_in_parts_that_show_what_the_whole_has(tmp_path, parts):
    draw(tmp_path, "a.svg", tiles=TILES)
    html = with_figures(figure("a.svg"), tmp_path, parts)
    assert 'class="whole divided" role="img"' in html
    assert 'viewBox="0 0 400 90" style="--pt:400.0"' in html
    assert re.findall(
        r'<svg class="([^"]+)" aria-hidden="true" viewBox="([^"]+)" style="([^"]+)">', html
    ) == [
        ("tile", "2.0 3.0 180.5 60.0", "--pt:180.5"),
        ("tile", "200.0 3.0 180.0 60.0", "--pt:180.0"),
        ("tile key", "2.0 70.0 60.0 12.6", "--pt:60.0"),  # one line high
    ]
    assert html.count('<g id="a-dibujo" aria-hidden="true">') == 1  # its labels are no text of the page
    assert html.count('<use href="#a-dibujo"/>') == 3


def test_columns_rows_and_the_words_under_others_are_told_apart(tmp_path, parts):
    boxes = "2 3 30 90, 40 3 30 90, 2 95 90 12, 100 95 60 12, 2 110 60 12, 2 108 300 16, 2 130 60 12"
    draw(tmp_path, "a.svg", tiles=f' data-tiles="{boxes}"')
    html = with_figures(figure("a.svg"), tmp_path, parts)
    assert re.findall(r'class="(tile[^"]*|line)"', html) == [
        *("tile column", "tile column", "line", "tile key", "tile key"),
        *("line", "tile key", "tile row", "tile key"),
    ]


@pytest.mark.parametrize(("width", "tiles"), [(400, ""), (350, TILES)], ids=["one panel", "narrow"])
def test_a_drawing_of_one_panel_or_that_fits_a_phone_stays_whole(tmp_path, parts, width, tiles):
    draw(tmp_path, "a.svg", width, tiles)
    html = with_figures(figure("a.svg"), tmp_path, parts)
    assert 'class="whole" role="img"' in html
    assert "<use" not in html


def test_a_photograph_becomes_a_data_address(tmp_path, parts):
    (tmp_path / "a.png").write_bytes(PNG)
    html = with_figures(figure("a.png", kind=' class="grid"'), tmp_path, parts)
    assert '<figure id="fig-x" class="grid">' in html
    assert '<img alt="Una «figura» &amp; más." src="data:image/png;base64,iVBORw0KGgo' in html


def test_a_figure_is_enlarged_and_scrolled_under_its_own_name(tmp_path, parts):
    draw(tmp_path, "a.svg")
    html = with_figures(figure("a.svg"), tmp_path, parts)
    assert '<div class="plates" data-name="Figura 3" data-enlarged="Figura 3, ampliada">' in html
    assert 'data-do="enlarge" hidden>ampliar<span class="unseen"> la Figura 3</span></button>' in html
    assert "<figcaption><strong>Figura 3.</strong> Pie.</figcaption>" in html


def test_missing_image_is_an_error(tmp_path, parts):
    with pytest.raises(
        RenderError, match=r"una imagen de la carpeta del documento, se encontró «falta\.svg»"
    ):
        with_figures(figure("falta.svg"), tmp_path, parts)


@pytest.mark.parametrize(
    "address", ["{}/a.svg", "../a.svg", "figuras/../../a.svg", "/dev/zero", "", "figuras"]
)
def test_no_image_outside_the_folder_is_read(tmp_path, parts, address):
    """Whatever the records that a PDF carries may say in Markdown."""
    folder = tmp_path / "documento"
    (folder / "figuras").mkdir(parents=True)
    draw(tmp_path, "a.svg")
    with pytest.raises(RenderError, match="una imagen de la carpeta del documento"):
        with_figures(figure(address.format(tmp_path)), folder, parts)


def test_empty_drawing_is_an_error(tmp_path, parts):
    (tmp_path / "a.svg").write_text("")
    with pytest.raises(RenderError, match=r"un dibujo SVG en a\.svg"):
        with_figures(figure("a.svg"), tmp_path, parts)
