"""Networks layer by layer: bars, and what stands beside them."""

import math
from itertools import pairwise

import pytest
from matplotlib import rc_context
from matplotlib.colors import to_hex

from report.figures.labels import texts
from report.figures.stacks import DEEP, DEEPEST, LEFT_OUT, Bar, Stack, draw_stacks, half_width, size_of
from report.figures.style import BLUE, STYLE


def bar(name="Densa", size=64, learns=True):
    return Bar(name, "«f»", "«p»" if learns else "", size, learns)


def draw(*stacks):
    with rc_context(STYLE):
        figure = draw_stacks(stacks)
    figure.draw_without_rendering()
    return figure


def bars(figure):
    """Left, right and lower edge of each, links between them left out, in the order in which they are
    drawn."""
    return [
        (*patch.get_xy()[:, 0][[0, 1]], patch.get_xy()[0, 1], patch)
        for patch in figure.axes[0].patches
        if patch.get_linewidth()
    ]


def test_a_shape_gives_as_many_values_as_its_sizes_multiply_to():
    assert size_of((14, 14, 64)) == 12_544
    assert size_of((None, 128)) == 128
    assert size_of(()) == 1


def test_widths_are_in_logarithms():
    assert half_width(999, 999, 80) == 40
    assert half_width(9, 999, 90) == pytest.approx(15)  # log 10 is a third of log 1000
    assert half_width(0, 999, 80) == 0


def test_bars_go_down_around_one_axis_full_where_something_is_learned():
    stack = Stack("LSTM", "«t»", (bar(size=999), bar(size=99, learns=False), bar(size=9)))
    first, second, third = bars(draw(stack))
    assert first[2] > second[2] > third[2]
    widths = [right - left for left, right, *_ in (first, second, third)]
    assert widths == pytest.approx([widths[0], widths[0] * 2 / 3, widths[0] / 3])
    assert {round(left + right, 6) for left, right, *_ in (first, second, third)} == {
        round(first[0] + first[1], 6)
    }
    assert to_hex(first[3].get_facecolor()) == BLUE
    assert second[3].get_facecolor()[3] == 0


def test_what_stands_beside_a_bar_is_on_its_height_and_reaches_no_other_column():
    figure = draw(
        Stack("Generador", "«a»", (bar("Convolución traspuesta"), bar("Normalización por lotes"))),
        Stack("Discriminador", "«b»", (bar("Convolución, con norma espectral"), bar())),
    )
    assert {"Convolución traspuesta", "Convolución, con norma espectral", "«a»", "«b»"} <= set(texts(figure))
    rows = {}
    for artist in figure.axes[0].texts:
        if artist.get_va() == "center_baseline":
            rows.setdefault(round(artist.get_position()[1], 6), []).append(artist.get_window_extent())
    assert len(rows) == 2
    for boxes in rows.values():
        across = sorted((box.x0, box.x1) for box in boxes if box.width > 0)
        assert len(across) == 6
        assert all(end < start for (_, end), (start, _) in pairwise(across))


def test_all_networks_have_one_scale():
    found = bars(draw(Stack("a", "", (bar(size=999),)), Stack("b", "", (bar(size=9),))))
    wide, narrow = (right - left for left, right, *_ in found)
    assert narrow == pytest.approx(wide * math.log(10) / math.log(1000))


def test_a_deep_network_goes_on_in_a_second_column():
    figure = draw(Stack("red", "«t»", tuple(bar(f"«{place}»") for place in range(DEEP + 2))))
    starts = {round(left, 6) for left, *_ in bars(figure)}
    assert len(starts) == 2
    assert texts(figure).count("red") == 1
    assert texts(figure).count("«t»") == 1
    one = draw(Stack("red", "«t»", (bar(),) * DEEP))
    assert len({round(left, 6) for left, *_ in bars(one)}) == 1


def test_of_the_deepest_the_middle_is_left_out_and_it_says_so():
    figure = draw(Stack("red", "", tuple(bar(f"«{place}»") for place in range(40))))
    said = texts(figure)
    assert len(bars(figure)) == DEEPEST - 1
    assert LEFT_OUT in said
    assert "«0»" in said
    assert "«39»" in said
    assert "«20»" not in said
    assert figure.get_size_inches()[1] * 25.4 <= 62


def test_bars_of_two_networks_have_one_scale():
    """Whatever the names beside them leave of each column."""
    figure = draw(
        Stack("Generador", "«a»", (bar("Normalización por lotes, con más palabras", 999),)),
        Stack("Discriminador", "«b»", (bar("Densa", 999),)),
    )
    widths = [right - left for left, right, *_ in bars(figure)]
    assert widths[0] == pytest.approx(widths[1])
