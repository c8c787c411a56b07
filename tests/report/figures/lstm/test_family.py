"""What the figures of part A have in common: two models told apart, numbers that are traced, names that
touch no curve."""

import re
from dataclasses import replace

import pytest
from artists import drawn, lines
from lstm_drawings import CURVES, DISTANCE, LENGTH, MEMORY_FIGURES, PROBE
from matplotlib.colors import to_hex
from studies import make_study

from report.figures.base import Source
from report.figures.collection import FIGURES
from report.figures.labels import texts
from report.figures.lstm.influence import Gradients
from report.figures.style import THICK, THIN
from report.findings.collection import find_all
from report.ledger.ledger import Ledger
from report.ledger.spanish import Style
from report.settings import Settings
from report.text.context import context
from report.text.language import Language
from report.text.numbering import Numbering

SVG = "{http://www.w3.org/2000/svg}"


@pytest.mark.parametrize("name", MEMORY_FIGURES)
def test_figures_that_stand_near_each_other_are_of_like_height(name):
    assert 51 <= drawn(name, MEMORY_FIGURES[name]).get_size_inches()[1] * 25.4 + 1e-9 <= 58


@pytest.mark.parametrize(
    ("name", "data"),
    [("curvas", CURVES), *MEMORY_FIGURES.items()],
)
def test_figures_print_no_number_of_their_own(name, data):
    assert not re.search(r"\d", " ".join(texts(drawn(name, data))))


def test_the_numbers_inside_are_traced():
    study, ledger = make_study(3), Ledger(Style())
    findings = find_all(study)
    source = Source(study, findings, ledger)
    language = Language(ledger, Numbering(), names=context(study, findings, Settings()))

    def origins(name):
        ledger.restart()
        FIGURES[name].prepare(source, language.labels(FIGURES[name].Labels))
        found = {entry.number.origin for entry in ledger.entries}
        return {origin for origin in found if not origin.startswith("nombre:")}  # L2, F1: no numbers

    assert origins("longitud") == {"lstm/seed-1:config.sequence_length"}
    assert origins("influencia") == {"regla:lstm.gradient.alcance"}
    assert origins("sonda") == set()
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
