"""How wide the columns of a table are."""

import pytest

from report.office.columns import MARGIN_MM, SIZES, fit
from report.sheet import FULL_WIDTH_MM


def test_a_narrow_table_takes_what_it_needs_in_the_larger_size():
    fitted = fit([["Época", "Pérdida"], ["1", "0.5"], ["2", "0.4"]], [True, True])
    assert sum(fitted.shares) < 0.3
    assert (fitted.size, fitted.lines) == (SIZES[0], 3)


def test_a_column_of_numbers_is_never_narrower_than_they_are():
    number = "0.8610 [0.8570; 0.8654]"
    (alone,) = fit([["Cifra"], [number]], [True]).shares
    beside, _ = fit([["Cifra", "Regla"], [number, "palabra " * 100]], [True, False]).shares
    assert beside == pytest.approx(alone)


def test_who_wants_more_gets_more():
    short, long = "palabra " * 20, "palabra " * 60
    fitted = fit([["a", "b"], [short, long]], [False, False])
    word = 2 * MARGIN_MM / FULL_WIDTH_MM
    assert sum(fitted.shares) == pytest.approx(1)
    assert 2.5 < (fitted.shares[1] - word) / (fitted.shares[0] - word) < 3
    assert fitted.lines > 6


def test_type_is_smaller_before_words_are_broken():
    words = ["Exactitud de prueba"] * 12
    assert fit([words, ["0.8610 ± 0.0140"] * 12], [True] * 12).size == SIZES[1]


def test_what_has_no_room_shares_it():
    fitted = fit([["a"] * 4, ["0123456789" * 8] * 4], [True] * 4)
    assert fitted.shares == pytest.approx([0.25] * 4)
