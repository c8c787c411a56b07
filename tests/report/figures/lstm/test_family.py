"""All figures of part A: one size, one face, lean files, and nothing untraced inside."""

import pickle
import re
from dataclasses import replace
from xml.etree import ElementTree

import pytest
from artists import drawn, lines, shown_ticks
from lstm_drawings import CURVES, DISTANCE, GLANCE, LENGTH, LSTM_FIGURES, MEMORY_FIGURES, PROBE
from matplotlib.colors import to_hex
from matplotlib.text import Text
from studies import make_study

from report.figures.base import Source
from report.figures.collection import FIGURES
from report.figures.drawing import draw
from report.figures.labels import texts
from report.figures.lstm.influence import Gradients
from report.figures.style import THICK, THIN
from report.figures.svg import svg_bytes
from report.findings.collection import find_all
from report.ledger.ledger import Ledger
from report.ledger.spanish import Style
from report.text.language import Language
from report.text.numbering import Numbering

SVG = "{http://www.w3.org/2000/svg}"


@pytest.mark.parametrize("name", LSTM_FIGURES)
def test_one_family(name):
    figure = drawn(name, LSTM_FIGURES[name])
    figure.draw_without_rendering()
    assert figure.get_size_inches()[0] * 25.4 == pytest.approx(142)
    assert {artist.get_fontsize() for artist in figure.findobj(Text) if artist.get_text()} == {9}
    paper = figure.bbox.padded(0.5)
    for artist in [*figure.axes, *figure.texts]:
        box = artist.get_tightbbox()
        assert paper.x0 <= box.x0 < box.x1 <= paper.x1, artist
        assert paper.y0 <= box.y0 < box.y1 <= paper.y1, artist


@pytest.mark.parametrize("name", MEMORY_FIGURES)
def test_figures_that_stand_near_each_other_are_of_like_height(name):
    assert 60 <= drawn(name, MEMORY_FIGURES[name]).get_size_inches()[1] * 25.4 + 1e-9 <= 68


@pytest.mark.parametrize("name", LSTM_FIGURES)
def test_texts_are_what_the_svg_says_less_the_numbers_on_scales(name):
    figure = drawn(name, LSTM_FIGURES[name])
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


@pytest.mark.parametrize("name", LSTM_FIGURES)
def test_svg_is_lean_recolourable_and_self_contained(name):
    svg = svg_bytes(drawn(name, LSTM_FIGURES[name]), name).decode()
    root = ElementTree.fromstring(svg)
    assert float(root.get("width").removesuffix("pt")) == pytest.approx(142 / 25.4 * 72)
    assert svg.count("#1c1c1c") == 1
    assert root.get("color") == "#1c1c1c"
    assert "currentColor" in svg
    assert not re.search(r"<style|<metadata|<!DOCTYPE|<\?xml|20\d\d-\d\d", svg)
    assert set(re.findall(r"font-family[=:]\s*[\"']+([^\"']+)", svg)) == {"Source Sans Pro"}
    assert list(root.iter(f"{SVG}text"))


@pytest.mark.parametrize("name", LSTM_FIGURES)
def test_what_has_travelled_is_drawn_alike(name):
    data = LSTM_FIGURES[name]
    travelled = draw(name, pickle.loads(pickle.dumps(data)))
    assert travelled.content == svg_bytes(drawn(name, data), name)
    assert travelled.labels == texts(drawn(name, data))


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("curvas", CURVES),
        (
            "vistazo-lstm",
            replace(GLANCE, seeds=("a", "b"), accuracy_text="", gap_text="", reference=None),
        ),
        *MEMORY_FIGURES.items(),
    ],
)
def test_figures_print_no_number_of_their_own(name, data):
    assert not re.search(r"\d", " ".join(texts(drawn(name, data))))


def test_the_numbers_inside_are_traced():
    study, ledger = make_study(3, probe=[{}, {}, {"lstm_share": (0.99, 0.98, 0.96)}]), Ledger(Style())
    source, language = Source(study, find_all(study), ledger), Language(ledger, Numbering())

    def origins(name):
        ledger.restart()
        FIGURES[name].prepare(source, language.labels(FIGURES[name].Labels))
        return {entry.number.origin for entry in ledger.entries}

    assert origins("longitud") == {"lstm/seed-1:config.sequence_length"}
    assert origins("influencia") == {"regla:lstm.memory.alcance"}
    seeds = {f"probe/seed-{seed}:seed" for seed in (1, 2, 3)}
    assert origins("sonda") == {"regla:lstm.probe.exactitud", *seeds}
    assert origins("curvas") == {f"lstm/seed-{seed}:seed" for seed in (1, 2, 3)}


@pytest.mark.parametrize("name", MEMORY_FIGURES)
def test_the_two_models_differ_in_line_style_and_colour(name):
    for axes in drawn(name, MEMORY_FIGURES[name]).axes:
        first, *_, second = lines(axes, THICK)
        assert (first.get_linestyle(), second.get_linestyle()) == ("-", "--")
        assert to_hex(first.get_color()) != to_hex(second.get_color())


@pytest.mark.parametrize("name", ["longitud", "sonda"])
def test_names_touch_no_curve(name):
    figure = drawn(name, MEMORY_FIGURES[name])
    figure.draw_without_rendering()
    names = {"LSTM", "control", "celda", "control bidireccional"}
    for axes in figure.axes:
        found = [artist for artist in axes.texts if artist.get_text() in names]
        assert len(found) == 2
        for label in found:
            box = label.get_window_extent().padded(-1.5)
            for line in (*lines(axes, THIN), *lines(axes, THICK)):
                path = line.get_transform().transform_path(line.get_path())
                assert not path.intersects_bbox(box, filled=False), (label.get_text(), line.get_ydata())


def one_seed(band):
    return replace(band, seeds=band.seeds[:1])


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("longitud", replace(LENGTH, lstm=one_seed(LENGTH.lstm), lstm_stars=one_seed(LENGTH.lstm_stars))),
        (
            "influencia",
            replace(
                DISTANCE,
                lstm=one_seed(DISTANCE.lstm),
                gradients=Gradients(DISTANCE.gradients.initial[:1], DISTANCE.gradients.selected[:1]),
            ),
        ),
        ("sonda", replace(PROBE, cell=one_seed(PROBE.cell), control=one_seed(PROBE.control))),
    ],
)
def test_one_seed_needs_no_thin_line_and_no_key_to_it(name, data):
    figure = drawn(name, data)
    assert [line for axes in figure.axes for line in lines(axes, THIN)] == []
    assert "cada semilla" not in texts(figure)
    assert "cada semilla" in texts(drawn(name, MEMORY_FIGURES[name]))


@pytest.mark.parametrize("name", LSTM_FIGURES)
def test_the_same_data_are_drawn_alike(name):
    first, second = (svg_bytes(drawn(name, LSTM_FIGURES[name]), name) for _ in range(2))
    assert first == second
