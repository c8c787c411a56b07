"""All figures of part B: one size, one face, lean files, and nothing untraced inside."""

import base64
import io
import os
import pickle
import re
import subprocess
import sys
from xml.etree import ElementTree

import numpy as np
import pytest
from artists import drawn, shown_ticks
from gan_drawings import GAN_FIGURES, GRIDS, STRIP
from matplotlib.text import Text
from PIL import Image

from report.figures.drawing import draw
from report.figures.labels import texts
from report.figures.svg import svg_bytes
from report.paths import ROOT

SVG = "{http://www.w3.org/2000/svg}"


@pytest.mark.parametrize("name", GAN_FIGURES)
def test_one_family(name):
    figure = drawn(name, GAN_FIGURES[name])
    figure.draw_without_rendering()
    assert figure.get_size_inches()[0] * 25.4 == pytest.approx(142)
    assert {artist.get_fontsize() for artist in figure.findobj(Text) if artist.get_text()} == {9}
    paper = figure.bbox.padded(0.5)
    for artist in [*figure.axes, *figure.texts]:
        box = artist.get_tightbbox()
        assert paper.x0 <= box.x0 < box.x1 <= paper.x1, artist
        assert paper.y0 <= box.y0 < box.y1 <= paper.y1, artist


@pytest.mark.parametrize("name", GAN_FIGURES)
def test_texts_are_what_the_svg_says_less_the_numbers_on_scales(name):
    figure = drawn(name, GAN_FIGURES[name])
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


@pytest.mark.parametrize("name", GAN_FIGURES)
def test_svg_is_lean_recolourable_and_self_contained(name):
    svg = svg_bytes(drawn(name, GAN_FIGURES[name]), name).decode()
    root = ElementTree.fromstring(svg)
    assert float(root.get("width").removesuffix("pt")) == pytest.approx(142 / 25.4 * 72)
    assert svg.count("#1c1c1c") == 1
    assert root.get("color") == "#1c1c1c"
    assert "currentColor" in svg
    assert not re.search(r"<style|<metadata|<!DOCTYPE|<\?xml|20\d\d-\d\d", svg)
    assert set(re.findall(r"font-family[=:]\s*[\"']+([^\"']+)", svg)) == {"Source Sans Pro"}
    assert list(root.iter(f"{SVG}text"))


@pytest.mark.parametrize("name", GAN_FIGURES)
def test_what_has_travelled_is_drawn_alike(name):
    data = GAN_FIGURES[name]
    travelled = draw(name, pickle.loads(pickle.dumps(data)))
    assert travelled.content == svg_bytes(drawn(name, data), name)
    assert travelled.labels == texts(drawn(name, data))


def test_pictures_are_embedded_in_grey():
    svg = svg_bytes(drawn("tira", STRIP), "tira").decode()
    pictures = re.findall(r"data:image/png;base64,([^\"]+)", svg)
    assert len(pictures) == 7
    for picture, grid in zip(pictures, GRIDS, strict=True):
        image = Image.open(io.BytesIO(base64.b64decode(picture)))
        assert image.mode == "L"
        assert (np.asarray(image)[1:29, 1:29] == 255 - grid[0]).all()


def test_equal_bytes_in_any_process():
    code = (
        "import hashlib, sys; sys.path.insert(0, 'tests/made'); import gan_drawings as t; "
        "from report.figures.drawing import draw; from report.figures.images import grid_png; "
        "print(hashlib.sha256(b''.join(draw(n, d).content for n, d in t.GAN_FIGURES.items())"
        " + grid_png(t.GRIDS[0])).hexdigest()); print('matplotlib.pyplot' in sys.modules)"
    )
    printed = {
        subprocess.run(
            [sys.executable, "-c", code], cwd=ROOT, env=os.environ | {"PYTHONHASHSEED": seed},
            capture_output=True, text=True, check=True,
        ).stdout
        for seed in ("1", "2")
    }  # fmt: skip
    assert len(printed) == 1
    assert printed.pop().split()[1] == "False"
