"""A figure is drawn by the file that its data are of."""

import re

from artists import drawn
from drawings import Picture
from lstm_drawings import CURVES

from report.figures.drawing import Drawn, draw
from report.figures.svg import svg_bytes


def test_a_drawn_file_tells_its_labels_but_not_its_scales():
    figure = draw("curvas", CURVES)
    assert figure.content == svg_bytes(drawn("curvas", CURVES), "curvas")
    assert "Época" in figure.labels
    assert "1" in re.findall(r"<text\b[^>]*>([^<]*)</text>", figure.content.decode())
    assert "1" not in figure.labels


def test_a_picture_has_no_labels():
    assert draw("paso-a", Picture(b"png")) == Drawn(b"png", [])
