"""Numbers as written, in every form, and what cannot be read."""

import math

import pytest

from report.audit.numerals import Interval, exact, find


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        ("0,8638", 0.86375, 0.86385),
        ("0.8638", 0.86375, 0.86385),
        ("86,38 %", 0.86375, 0.86385),
        ("86.38%", 0.86375, 0.86385),
        ("≈86 %", 0.85, 0.87),
        ("~0.09", 0.08, 0.10),
        ("alrededor de 0.09", 0.08, 0.10),
        ("2e-4", 0.00015, 0.00025),
        ("2·10^-4", 0.00015, 0.00025),
        ("1.3–1.4", 1.25, 1.45),
        ("entre 1.3 y 1.4", 1.25, 1.45),
        (".5", 0.45, 0.55),
        ("−0.05", -0.055, -0.045),
    ],
)
def test_a_number_stands_for_what_rounds_to_it(text, low, high):
    numerals, typos = find(text)
    interval = numerals[0].interval()

    assert (len(numerals), typos) == (1, [])
    assert (interval.low, interval.high) == (pytest.approx(low), pytest.approx(high))


@pytest.mark.parametrize("text", ["25.000", "25,000", "25 000", "25\u00a0000", "25k", "25 mil", "25000"])
def test_thousands_in_every_form(text):
    assert [numeral.whole for numeral in find(text)[0]] == [25000]


def test_one_sign_two_readings():
    numeral = find("1.386")[0][0]

    assert (numeral.real, numeral.whole) == (1.386, 1386)


def test_rounded_thousands_are_an_interval():
    assert find("unas 25.000")[0][0].count() == Interval(24000, 26000)
    assert find("25.000")[0][0].count() == Interval(25000, 25000)


def test_neighbouring_roundings_do_not_agree():
    assert not Interval(0.88315, 0.88325).agrees(Interval(0.88325, 0.88335))
    assert Interval(0.885, 0.895).agrees(Interval(0.88315, 0.88525))
    assert exact(0.5).agrees(Interval(0.45, 0.5))


def test_cutting_off_is_not_rounding():
    numeral = find("0.863")[0][0]

    assert numeral.truncates(0.8638)
    assert not numeral.truncates(0.8622)
    assert not numeral.truncates(0.8641)


def test_a_spread_belongs_to_its_number():
    (numeral,) = find("0.861 ± 0.004")[0]

    assert (numeral.real, numeral.spread) == (0.861, "0.004")


@pytest.mark.parametrize("text", ["4ª", "4.ª", "4th", "128d"])
def test_a_suffix_does_not_hide_a_number(text):
    assert [int(numeral.real) for numeral in find(text)[0]] == [int(text.rstrip(".ªthd"))]


def test_a_fraction_is_two_numbers_but_a_path_or_a_date_is_none():
    assert [n.whole for n in find("fallan 1500/12500")[0]] == [1500, 12500]
    assert find("runs/12/3")[0] == find("el 12/05/2024")[0] == []


@pytest.mark.parametrize(
    "text", ["12/05/2024", "3 de junio de 2024", "Python 3.11", "v2.1", "Keras 3.15.1", "12:30"]
)
def test_dates_times_and_versions_are_no_numbers(text):
    assert find(text) == ([], [])


@pytest.mark.parametrize("token", ["0.88.30", "O,8638", "0.8B30", "0..88", "2O48", "8O.37", "9" * 25])
def test_what_cannot_be_read_is_said(token):
    numerals, typos = find(f"exactitud: {token} al final")

    assert numerals == []
    assert [typo.text for typo in typos] == [token]


@pytest.mark.parametrize("text", ["1.234.567", "25.000", "0.8830", "v3.11.7", "apartado 3.2.1"])
def test_what_can_be_read_is_no_typo(text):
    assert find(text)[1] == []


def test_thousands_have_one_mark_so_that_two_numbers_of_a_line_are_two():
    assert [n.text for n in find("0.881 745.451")[0]] == ["0.881", "745.451"]
    assert [n.real for n in find("1.234.567,5 y 12 345,25")[0]] == [1234567.5, 12345.25]


@pytest.mark.parametrize(
    ("text", "bound"),
    [
        ("rebasa con claridad el 62 %", ">"),
        ("pasa ya del 62 %", ">"),
        ("pasa de 0.62 de exactitud a 0.70", ""),
        ("no rebasa el 62 %", "<"),
        ("no llegó siquiera al 62 %", "<"),
        ("llega al 62 %", ""),
        ("no cae por debajo del 62 %", ">"),
        ("no baja de 0.62", ">"),
        ("baja de 0.62", ""),
        ("no obstante supera 0.62", ">"),
        ("supera la barrera del 62 %", ">"),
        ("it never exceeds 0.62", "<"),
        ("it didn't attain 0.62", "<"),
        ("it attains 0.62", ""),
        ("it is narrowly over 0.62", ">"),
        ("falls short of 0.62", "<"),
        ("de más; 0.62", ""),
    ],
)
def test_a_limit_is_what_the_words_before_say(text, bound):
    assert find(text)[0][0].bound == bound


@pytest.mark.parametrize("text", ["ronda el 62 %", "roza el 62 %", "sits around 62 %"])
def test_what_is_near(text):
    (number,) = find(text)[0]
    assert (number.bound, number.approximate) == ("", True)


def test_a_count_has_limits_too():
    (number,) = find("más de 12 épocas")[0]
    assert number.count() == Interval(12, math.inf)
