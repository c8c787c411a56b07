"""Words beside the curves: where several stand above each other, and what explains the marks."""

import pytest

from report.figures.labels import between, cut_to, seed_marks, spread, text_width_mm


@pytest.mark.parametrize(
    ("heights", "moved"),
    [
        ([0, 1, 10], [-1.5, 2.5, 10]),
        ([5, 1], [5, 1]),
        ([1, 1], [-1, 3]),
        ([2, 0, 1], [5, -3, 1]),
        ([0, 3, 4.5], [-1.5, 2.5, 6.5]),
    ],
)
def test_heights_are_spread_no_more_than_needed(heights, moved):
    assert spread(heights, 4) == pytest.approx(moved)


@pytest.mark.parametrize(
    ("heights", "moved"),
    [([1, 5, 30], [2, 6, 30]), ([20, 39, 35], [20, 38, 34]), ([5, 10], [5, 10]), ([0, -4, 4], [6, 2, 10])],
)
def test_names_beside_a_panel_stay_between_its_ends(heights, moved):
    assert between(heights, 4, 2, 38) == pytest.approx(moved)


def test_a_text_is_cut_where_there_is_no_more_room():
    assert cut_to("camisa", 40) == "camisa"
    cut = cut_to("zapatillas de deporte", 12)
    assert cut.startswith("zap")
    assert cut.endswith("…")
    assert text_width_mm(cut) <= 12 < text_width_mm("zapatillas de deporte")
    assert cut_to("a bc", text_width_mm("a …")) == "a…"  # no space before the sign


def test_one_seed_needs_no_mark():
    assert seed_marks(1, "cada una", "la media") == []
    (thin, each), (thick, mean) = seed_marks(2, "cada una", "la media")
    assert (each, mean) == ("cada una", "la media")
    assert thin.get_linewidth() < thick.get_linewidth()
