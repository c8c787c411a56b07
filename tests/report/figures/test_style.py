"""What all figures share: colours that can be told apart, on paper and on a dark page, and places."""

import itertools

import numpy as np
import pytest

from report.figures import style
from report.figures.style import across
from report.paths import TEMPLATES

PAPER, DARK_PAGE = "#ffffff", "#15171a"
LEAST = 3.0  # WCAG 2.2, success criterion 1.4.11: contrast of what is not text
COLOURS = {name: value for name, value in vars(style).items() if str(value).startswith("#")}
DRAWN = {name: value for name, value in COLOURS.items() if name != "INK"}
PAIRS = [("BLUE", "ORANGE"), ("PURPLE", "GREEN")]  # what stands in one panel

# Machado, Oliveira and Fernandes (2009), severity 1: what is seen of linear red, green and blue.
SEEN = {
    "protanopia": [
        [0.152286, 1.052583, -0.204868],
        [0.114503, 0.786281, 0.099216],
        [-0.003882, -0.048116, 1.051998],
    ],
    "deuteranopia": [
        [0.367322, 0.860646, -0.227968],
        [0.280085, 0.672501, 0.047413],
        [-0.011820, 0.042940, 0.968881],
    ],
    "tritanopia": [
        [1.255528, -0.076749, -0.178779],
        [-0.078411, 0.930809, 0.147602],
        [0.004733, 0.691367, 0.303900],
    ],
    "all": np.eye(3).tolist(),
}
TO_XYZ = np.array(
    [[0.4124564, 0.3575761, 0.1804375], [0.2126729, 0.7151522, 0.0721750], [0.0193339, 0.1191920, 0.9503041]]
)


def linear(colour: str) -> np.ndarray:
    """Of sRGB, by IEC 61966-2-1."""
    parts = np.array([int(colour[place : place + 2], 16) for place in (1, 3, 5)]) / 255
    return np.where(parts <= 0.04045, parts / 12.92, ((parts + 0.055) / 1.055) ** 2.4)


def luminance(colour: str) -> float:
    return float(linear(colour) @ [0.2126, 0.7152, 0.0722])


def contrast(one: str, other: str) -> float:
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def lightness_and_hue(seen: np.ndarray) -> np.ndarray:
    """CIELAB of linear red, green and blue."""
    relative = TO_XYZ @ np.clip(seen, 0, 1) / [0.95047, 1, 1.08883]
    f = np.where(relative > 0.008856, np.cbrt(relative), 7.787 * relative + 16 / 116)
    return np.array([116 * f[1] - 16, 500 * (f[0] - f[1]), 200 * (f[1] - f[2])])


def test_contrast_by_hand():
    assert contrast("#000000", PAPER) == pytest.approx(21)
    assert contrast("#777777", PAPER) == pytest.approx(4.48, abs=0.01)  # the usual example of WCAG


@pytest.mark.parametrize("ground", [PAPER, DARK_PAGE])
@pytest.mark.parametrize("name", DRAWN)
def test_every_colour_can_be_seen_on_paper_and_on_a_dark_page(name, ground):
    assert contrast(DRAWN[name], ground) >= LEAST


def test_the_dark_page_is_that_of_the_style_sheet():
    assert DARK_PAGE in (TEMPLATES / "screen.css").read_text("utf-8")


@pytest.mark.parametrize("sight", SEEN)
@pytest.mark.parametrize(("one", "other"), PAIRS)
def test_two_colours_of_a_panel_are_told_apart_by_everybody(one, other, sight):
    """Farther apart than forty just noticeable differences."""
    seen = [lightness_and_hue(np.array(SEEN[sight]) @ linear(COLOURS[name])) for name in (one, other)]
    assert np.linalg.norm(seen[0] - seen[1]) > 40


@pytest.mark.parametrize(("one", "other"), PAIRS)
def test_the_first_colour_of_a_panel_is_the_darker_one(one, other):
    assert contrast(COLOURS[one], COLOURS[other]) > 1.5
    assert luminance(COLOURS[one]) < luminance(COLOURS[other])


def test_no_colour_is_in_two_pairs_nor_in_none():
    assert sorted(itertools.chain(*PAIRS)) == sorted(DRAWN)


def test_panels_share_what_the_gaps_leave():
    assert across(10, 20, 6) == [(10, 65), (95, 65)]
    assert across(10, 8, width=118) == [(10, 100)]
    assert across(1, 2, 3, 4, width=40) == [(1, 10), (13, 10), (26, 10)]
