"""Figures as files: equal in any process, without traces of how they were made."""

import html
import os
import re
import subprocess
import sys

import matplotlib as mpl
from artists import drawn
from lstm_drawings import CURVES

from report.figures.style import INK, STYLE, new_figure, sheet
from report.figures.svg import svg_bytes
from report.fonts import SANS
from report.paths import ROOT


def test_ids_of_two_figures_do_not_collide_and_all_references_hold():
    first, second = (svg_bytes(drawn("curvas", CURVES), name).decode() for name in ("a", "b"))
    ids = [set(re.findall(r'\bid="([^"]+)"', svg)) for svg in (first, second)]
    assert ids[0]
    assert not ids[0] & ids[1]
    for svg, own in zip((first, second), ids, strict=True):
        assert set(re.findall(r'(?:url\(|href=")#([^")]+)', svg)) == own


def test_drawing_leaves_no_global_trace():
    before = dict(mpl.rcParams)
    svg_bytes(drawn("curvas", CURVES), "curvas")
    assert dict(mpl.rcParams) == before


def test_equal_bytes_in_any_process_of_anybody(tmp_path):
    (tmp_path / "matplotlibrc").write_text("axes.grid: True\nlines.linewidth: 9\npath.simplify: False\n")
    code = (
        "import hashlib, sys; sys.path.insert(0, 'tests/made'); "
        "from gan_drawings import GAN_FIGURES, GRIDS; from lstm_drawings import LSTM_FIGURES; "
        "from report.figures.drawing import draw; from report.figures.images import grid_png; "
        "drawn = [draw(n, d).content for n, d in (LSTM_FIGURES | GAN_FIGURES).items()]; "
        "print(hashlib.sha256(b''.join(drawn) + grid_png(GRIDS[0])).hexdigest()); "
        "print('matplotlib.pyplot' in sys.modules)"
    )
    printed = {
        subprocess.run(
            [sys.executable, "-c", code], cwd=ROOT, env=os.environ | own,
            capture_output=True, text=True, check=True,
        ).stdout
        for own in ({"PYTHONHASHSEED": "1"}, {"PYTHONHASHSEED": "2", "MATPLOTLIBRC": str(tmp_path)})
    }  # fmt: skip
    assert len(printed) == 1
    assert printed.pop().split()[1] == "False"


def test_a_label_is_drawn_as_it_is_whatever_it_looks_like():
    figure, label = new_figure(30), f'{INK} id="a" url(#b) d="1.2345" & <g> $x^2$ font-family: \'{SANS}\';'
    with mpl.rc_context(STYLE):
        sheet(figure).text(5, 5, label)
    svg = svg_bytes(figure, "rara").decode()
    assert [html.unescape(text) for text in re.findall(r"<text[^>]*>([^<]*)</text>", svg)] == [label]
