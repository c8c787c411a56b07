"""The figures as Word and LaTeX take them."""

import io
import os
import subprocess
import sys

from PIL import Image
from studies import make_study, only

from report.office.pictures import DPI, draw_all
from report.paths import ROOT
from report.settings import Settings
from report.sheet import FULL_WIDTH_MM, MM_PER_INCH
from report.text.document import compose


def test_drawings_become_pictures_of_their_size_and_pictures_stay(tmp_path):
    drawings = compose(only(make_study(1), "gan", "judge", "readability"), Settings()).drawings
    folder, again = tmp_path / "figuras", tmp_path / "otra"
    folder.mkdir()
    again.mkdir()
    assert {name.rpartition(".")[2] for name in drawings} == {"svg", "png"}

    pictures = draw_all(drawings, folder, ".png")
    assert draw_all(drawings, again, ".png").keys() == pictures.keys() == drawings.keys()
    for name, picture in pictures.items():
        content = (tmp_path / picture.place).read_bytes()
        assert content == (again / picture.place.rpartition("/")[2]).read_bytes()
        image = Image.open(io.BytesIO(content))
        if name.endswith(".svg"):
            assert picture.width_mm == FULL_WIDTH_MM
            assert abs(image.width - FULL_WIDTH_MM / MM_PER_INCH * DPI) <= 1
            assert image.convert("RGBA").getextrema()[3] == (255, 255)  # on paper, whatever the page

    drawn = {name: picture.place for name, picture in draw_all(drawings, folder, ".pdf").items()}
    assert all(place.endswith(".png" if name.endswith(".png") else ".pdf") for name, place in drawn.items())
    assert all((tmp_path / place).read_bytes()[:4] in (b"%PDF", b"\x89PNG") for place in drawn.values())


def test_nothing_is_said_of_a_home_that_cannot_be_written():
    program = """
from pathlib import Path
from report.office.pictures import draw_all
draw_all({}, Path(), ".png")
"""
    environment = {"PATH": os.environ["PATH"], "HOME": os.devnull}
    done = subprocess.run(
        [sys.executable, "-c", program], cwd=ROOT, env=environment, capture_output=True, text=True, check=True
    )
    assert (done.stdout, done.stderr) == ("", "")
