"""All figures: one size, one face, lean files, and nothing untraced inside."""

import pickle
import re
from xml.etree import ElementTree

import pytest
from artists import drawn, shown_ticks
from front_drawings import STUDY_FIGURES
from gan_drawings import GAN_FIGURES
from lstm_drawings import LSTM_FIGURES
from matplotlib.text import Text

from report.figures.drawing import draw
from report.figures.labels import texts
from report.figures.style import FONT_SIZE
from report.figures.svg import svg_bytes

SVG = "{http://www.w3.org/2000/svg}"
DRAWINGS = STUDY_FIGURES | LSTM_FIGURES | GAN_FIGURES


@pytest.mark.parametrize("name", DRAWINGS)
def test_one_family(name):
    figure = drawn(name, DRAWINGS[name])
    figure.draw_without_rendering()
    width, height = figure.get_size_inches() * 25.4
    assert width == pytest.approx(94 if name == "red-lstm" else 166)
    assert height <= 62
    assert {artist.get_fontsize() for artist in figure.findobj(Text) if artist.get_text()} == {FONT_SIZE}
    paper = figure.bbox.padded(0.5)
    for artist in [*figure.axes, *figure.texts]:
        box = artist.get_tightbbox()
        assert paper.x0 <= box.x0 < box.x1 <= paper.x1, artist
        assert paper.y0 <= box.y0 < box.y1 <= paper.y1, artist


@pytest.mark.parametrize("name", DRAWINGS)
def test_texts_are_what_the_svg_says_less_the_numbers_on_scales(name):
    figure = drawn(name, DRAWINGS[name])
    root = ElementTree.fromstring(svg_bytes(figure, name))
    written = sorted(element.text for element in root.iter(f"{SVG}text"))
    scales = [
        label
        for axes in figure.axes
        if axes.axison
        for axis in (axes.xaxis, axes.yaxis)
        for label in shown_ticks(axis)
    ]
    assert sorted(texts(figure) + scales) == written


@pytest.mark.parametrize("name", DRAWINGS)
def test_svg_is_lean_recolourable_and_self_contained(name):
    svg = svg_bytes(drawn(name, DRAWINGS[name]), name).decode()
    root = ElementTree.fromstring(svg)
    width = drawn(name, DRAWINGS[name]).get_size_inches()[0]
    assert float(root.get("width").removesuffix("pt")) == pytest.approx(width * 72)
    assert svg.count("#1c1c1c") == 1
    assert root.get("color") == "#1c1c1c"
    assert "currentColor" in svg
    assert not re.search(r"<style|<metadata|<!DOCTYPE|<\?xml|20\d\d-\d\d", svg)
    assert set(re.findall(r"font-family[=:]\s*[\"']+([^\"']+)", svg)) == {"Source Sans Pro"}
    assert list(root.iter(f"{SVG}text"))


@pytest.mark.parametrize("name", DRAWINGS)
def test_what_has_travelled_is_drawn_alike(name):
    data = DRAWINGS[name]
    travelled = draw(name, pickle.loads(pickle.dumps(data)))
    assert travelled.content == svg_bytes(drawn(name, data), name)
    assert travelled.labels == texts(drawn(name, data))


@pytest.mark.parametrize("name", DRAWINGS)
def test_the_same_data_are_drawn_alike(name):
    first, second = (svg_bytes(drawn(name, DRAWINGS[name]), name) for _ in range(2))
    assert first == second
