"""Numbers and sentences of a page, and where two pages differ."""

import pytest

from report.proof.checks.texts import Change, Counts, compare_numbers, compare_sentences, numbers, sentences


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("la exactitud es 0.5400 ± 0.0170.", ["0.5400", "0.0170"]),
        ("de −1,5 a +2,25", ["−1,5", "+2,25"]),
        ("12\u00a0345 reseñas y 3\u00a0%", ["12\u00a0345", "3\u00a0%"]),
        ("en 1998: 4.", ["1998", "4"]),
        ("A.10 y F1", ["10", "1"]),
        ("ninguna", []),
    ],
)
def test_numbers(text, expected):
    assert numbers(text) == expected


def test_sentences_are_whole_although_lines_divide_them():
    assert sentences("La pérdida de valida-\nción baja. ¿Y la\nexactitud? «Sube». Fin") == [
        "La pérdida de validación baja.",
        "¿Y la exactitud?",
        "«Sube».",
        "Fin",
    ]


def test_a_number_that_differs_is_missing_and_another_is_read():
    counts, changes = compare_numbers("de 0.1 a 0.2 y 0.3", "de 0.1 a 0.9 y 0.3")

    assert counts == Counts(read=3, matched=2, missing=1, unreadable=0)
    assert changes == [Change("0.2", "0.9")]


def test_numbers_lost_and_added():
    assert compare_numbers("1 2 3", "1 3") == (Counts(2, 2, 1, 0), [Change("2", "")])
    assert compare_numbers("1 3", "1 2 3") == (Counts(3, 2, 0, 0), [Change("", "2")])


def test_characters_without_meaning_are_unreadable():
    counts, _ = compare_numbers("0.12", "0.1(cid:7)")

    assert counts == Counts(read=1, matched=0, missing=1, unreadable=1)


def test_a_sentence_that_differs_is_paired_with_its_place():
    expected = "El sobreajuste es leve. La pérdida baja."

    assert compare_sentences(expected, "El sobreajuste es severo. La pérdida baja.") == [
        Change("El sobreajuste es leve.", "El sobreajuste es severo.")
    ]
    assert compare_sentences(expected, "La pérdida baja.") == [Change("El sobreajuste es leve.", "")]
    assert compare_sentences(expected, expected) == []


def test_counts_add_up():
    assert Counts(1, 2, 3, 4) + Counts(10, 20, 30, 40) == Counts(11, 22, 33, 44)
