"""How numbers, lists, ordinals and dates are written: values worked out by hand from the RAE's rules."""

import datetime

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from report.ledger import spanish
from report.ledger.ledger import MARKED
from report.ledger.spanish import Style

POINT, COMMA = Style("."), Style(",")


@pytest.mark.parametrize(
    ("value", "decimals", "written"),
    [
        (0.125, 2, "0.13"),  # half-even would give 0.12
        (0.005, 2, "0.01"),
        (2.675, 2, "2.68"),  # its binary form lies below the half
        (1.005, 2, "1.01"),
        (0.5, 0, "1"),
        (1.5, 0, "2"),
        (2.5, 0, "3"),
        (-0.125, 2, "−0.13"),
        (0.8649999, 2, "0.86"),
        ((0.9 - 0.8575) * 100, 1, "4.3"),  # 4.25 by hand, 4.249999999999998 as floats have it
        (0.99996, 4, "1.0000"),
        (7, 0, "7"),
        (7, 2, "7.00"),
        (1e-7, 4, "0.0000"),
        (1e22, 0, "10\u00a0000\u00a0000\u00a0000\u00a0000\u00a0000\u00a0000\u00a0000"),
    ],
)
def test_a_number_is_rounded_half_up_on_its_decimal_form(value, decimals, written):
    assert spanish.number(value, decimals, POINT) == written


@pytest.mark.parametrize(
    ("value", "decimals", "written"),
    [
        (999, 0, "999"),
        (1234, 0, "1234"),
        (9999, 0, "9999"),
        (9999.5, 0, "10\u00a0000"),
        (10_000, 0, "10\u00a0000"),
        (1_493_520, 0, "1\u00a0493\u00a0520"),
        (-25_000.5, 1, "−25\u00a0000.5"),
        (12_345.678_91, 5, "12\u00a0345.67891"),  # decimals are not grouped
    ],
)
def test_digits_are_grouped_only_from_five_on(value, decimals, written):
    assert spanish.number(value, decimals, POINT) == written


@pytest.mark.parametrize("zero", [-0.0, -0.004, -1e-12, 0.0])
def test_zero_has_no_sign(zero):
    assert spanish.number(zero, 2, POINT) == "0.00"
    assert spanish.number(zero, 2, POINT, signed=True) == "0.00"


def test_the_minus_is_not_a_hyphen_and_the_plus_is_written_on_demand():
    assert spanish.number(-3.5, 1, POINT) == "\u22123.5"
    assert spanish.number(3.5, 1, POINT, signed=True) == "+3.5"
    assert spanish.number(3.5, 1, POINT) == "3.5"


def test_the_decimal_sign_is_the_users_everywhere():
    assert spanish.number(-12_345.5, 1, COMMA) == "−12\u00a0345,5"
    assert spanish.percent(0.8641, 1, COMMA) == "86,4\u00a0%"
    assert spanish.significant(0.0002, 4, COMMA) == "0,0002"
    assert spanish.number(5, 0, COMMA) == "5"


def test_a_numpy_float_is_written_as_the_float_that_it_is():
    assert spanish.number(np.float64(2.675), 2, POINT) == "2.68"
    assert spanish.percent(np.float64(0.5), 1, POINT) == "50.0\u00a0%"
    assert spanish.significant(np.float64(1e-4), 3, POINT) == "0.0001"
    assert spanish.duration(np.float64(61), POINT) == "1\u00a0min\u00a01\u00a0s"


@pytest.mark.parametrize(
    ("value", "is_percent", "written"),
    [
        (0.86104, True, "86.104"),
        (-0.5836653394546335, False, "\u22120.5836653394546335"),
        (25_000, False, "25\u00a0000"),
        (0.5, True, "50"),
        (0.000002, False, "0.000002"),
        (1.25e-26, False, "1.25·10^\u221226"),
        (0.0, False, "0"),
    ],
)
def test_a_value_in_full_has_all_its_digits_and_no_letter(value, is_percent, written):
    assert spanish.in_full(value, POINT, percent=is_percent) == written


@pytest.mark.parametrize(
    ("value", "is_percent", "written"),
    [
        (6.1733333333333335, False, "6.17333"),
        (0.86104, True, "86.104"),
        (0.8610412345678, True, "86.10412"),
        (104.29466423600024, False, "104.29466"),
        (25_000, False, "25\u00a0000"),
        (10**30, False, "1" + "\u00a0000" * 10),
        (1.2345678e-26, False, "1.2346·10^\u221226"),
        (0.0, False, "0"),
    ],
)
def test_a_value_with_so_many_decimals(value, is_percent, written):
    assert spanish.in_full(value, POINT, percent=is_percent, decimals=5) == written


@pytest.mark.parametrize("value", [float("nan"), float("inf"), float("-inf")])
def test_what_is_not_finite_is_refused(value):
    with pytest.raises(ValueError, match="se esperaba un número finito, se encontró"):
        spanish.number(value, 2, POINT)
    with pytest.raises(ValueError, match="finito"):
        spanish.percent(value, 1, POINT)
    with pytest.raises(ValueError, match="finito"):
        spanish.significant(value, 3, POINT)
    with pytest.raises(ValueError, match="finito"):
        spanish.duration(value, POINT)


@given(st.floats(-1e9, 1e9), st.integers(0, 6))
def test_what_is_written_is_within_half_a_unit_of_the_last_decimal(value, decimals):
    written = spanish.number(value, decimals, COMMA)
    read = float(written.replace("\u00a0", "").replace("−", "-").replace(",", "."))
    assert abs(read - value) <= 0.5 * 10**-decimals + 1e-6
    assert len(written.partition(",")[2]) == decimals


@pytest.mark.parametrize(
    ("rate", "decimals", "written"),
    [
        (0, 1, "0.0\u00a0%"),
        (1, 1, "100.0\u00a0%"),
        (0.8645, 1, "86.5\u00a0%"),  # half-even would give 86.4
        (0.29, 0, "29\u00a0%"),  # 0.29 * 100 is 28.999999999999996
        (0.0005, 1, "0.1\u00a0%"),
        (-0.012, 1, "−1.2\u00a0%"),
        (123.4, 0, "12\u00a0340\u00a0%"),
    ],
)
def test_percent(rate, decimals, written):
    assert spanish.percent(rate, decimals, POINT) == written


@pytest.mark.parametrize(
    ("value", "digits", "written"),
    [
        (0.0002, 4, "0.0002"),
        (1e-4, 3, "0.0001"),
        (0.5, 4, "0.5"),
        (1, 4, "1"),
        (1.0, 4, "1"),
        (1234.5, 4, "1235"),
        (1234.5, 5, "1234.5"),
        (12_345.6, 4, "12\u00a0346"),  # no significant digit of the whole part is dropped
        (0.069_314, 4, "0.06931"),
        (1.386_294, 4, "1.386"),
        (0.999_96, 4, "1"),
        (100, 2, "100"),  # zeros before the decimal sign stay
        (0, 3, "0"),
        (-0.0, 3, "0"),
        (-0.25, 3, "−0.25"),
    ],
)
def test_significant_digits_without_trailing_zeros(value, digits, written):
    assert spanish.significant(value, digits, POINT) == written


@pytest.mark.parametrize(
    ("seconds", "written"),
    [
        (0, "0 s"),
        (0.4, "0 s"),
        (0.5, "1 s"),
        (59.4, "59 s"),
        (59.6, "1 min 0 s"),
        (60, "1 min 0 s"),
        (61.5, "1 min 2 s"),
        (3599.4, "59 min 59 s"),
        (3599.7, "1 h 0 min"),
        (3600, "1 h 0 min"),
        (5430, "1 h 30 min"),
        (86_400, "24 h 0 min"),
    ],
)
def test_duration_in_its_two_largest_units(seconds, written):
    found = spanish.duration(seconds, POINT)
    assert found.replace("\u00a0", " ") == written
    assert " " not in found  # nothing parts at the end of a line


@pytest.mark.parametrize(
    ("count", "gender", "written"),
    [
        (0, "f", ("ninguna", "época")),
        (0, "m", ("ningún", "época")),
        (1, "f", ("una", "época")),
        (1, "m", ("un", "época")),
        (2, "f", ("dos", "épocas")),
        (2, "m", ("dos", "épocas")),
        (10, "f", ("diez", "épocas")),
        (11, "f", ("11", "épocas")),
        (21, "f", ("21", "épocas")),
        (25_000, "f", ("25\u00a0000", "épocas")),
    ],
)
def test_a_counted_noun_agrees(count, gender, written):
    assert spanish.counted(count, "época", "épocas", gender, POINT) == written


FEMININE = "primera segunda tercera cuarta quinta sexta séptima octava novena décima"
MASCULINE = "primero segundo tercero cuarto quinto sexto séptimo octavo noveno décimo"


def test_ordinals_up_to_ten_are_words():
    assert " ".join(spanish.ordinal(n, "f") for n in range(1, 11)) == FEMININE
    assert " ".join(spanish.ordinal(n, "m") for n in range(1, 11)) == MASCULINE


def test_first_and_third_are_cut_short_before_a_masculine_noun_only():
    assert [spanish.ordinal(n, "m", before_noun=True) for n in (1, 2, 3, 10)] == [
        "primer",
        "segundo",
        "tercer",
        "décimo",
    ]
    assert [spanish.ordinal(n, "f", before_noun=True) for n in (1, 3)] == ["primera", "tercera"]


def test_ordinals_from_eleven_on_are_figures():
    assert [spanish.ordinal(n, "f") for n in (11, 13, 21)] == ["11.ª", "13.ª", "21.ª"]
    assert [spanish.ordinal(n, "m") for n in (11, 13, 21)] == ["11.º", "13.º", "21.º"]
    # undécimo, decimotercer, vigesimoprimer, vigesimotercer, vigésimo cuarto
    assert [spanish.ordinal(n, "m", before_noun=True) for n in (11, 13, 21, 23, 24)] == [
        "11.º",
        "13.er",
        "21.er",
        "23.er",
        "24.º",
    ]


@pytest.mark.parametrize("position", [0, -1])
def test_there_is_no_ordinal_below_the_first(position):
    with pytest.raises(ValueError, match=f"desde 1, se encontró {position}"):
        spanish.ordinal(position, "f")


@pytest.mark.parametrize(
    ("items", "written"),
    [
        ([], ""),
        (["uno"], "uno"),
        (["uno", "dos"], "uno y dos"),
        (["uno", "dos", "tres"], "uno, dos y tres"),
        (["padre", "hijo"], "padre e hijo"),
        (["aguja", "índice"], "aguja e índice"),
        (["Austria", "Italia"], "Austria e Italia"),
        (["Adam", "iRMSprop"], "Adam e iRMSprop"),
        (["nieve", "hielo"], "nieve y hielo"),
        (["flores", "hierbas"], "flores y hierbas"),
        (["cara", "hiato"], "cara y hiato"),
        (["aniones", "iones"], "aniones y iones"),
        (["tú", "yo"], "tú y yo"),
        (["padre", "«hijo»"], "padre e «hijo»"),
        (["padre", "**hijo**"], "padre e **hijo**"),
        (["padre", "“Isla”"], "padre e “Isla”"),
        (["padre", "(índice)"], "padre e (índice)"),
        (["nieve", "*hielo*"], "nieve y *hielo*"),
        (["3", "11"], "3 y 11"),
        (["0,41", "0,52", "0,49"], "0,41; 0,52 y 0,49"),  # the comma is theirs
        (["0.41", "0.52", "0.49"], "0.41, 0.52 y 0.49"),
        (["sí, y no", "dos", "tres"], "sí, y no, dos y tres"),
    ],
)
def test_join_with_and(items, written):
    assert spanish.join(items).replace("\u00a0", " ") == written


@pytest.mark.parametrize(
    ("items", "written"),
    [
        (["uno", "dos"], "uno o dos"),
        (["siete", "ocho"], "siete u ocho"),
        (["uno", "otro"], "uno u otro"),
        (["ayer", "hoy"], "ayer u hoy"),
        (["mujer", "hombre"], "mujer u hombre"),
        (["nariz", "óbolo"], "nariz u óbolo"),
        (["esto", "hielo"], "esto o hielo"),
        (["7", "8"], "7 u 8"),
        (["70", "80"], "70 u 80"),
        (["7000", "8000"], "7000 u 8000"),
        (["0.7", "0.8"], "0.7 o 0.8"),
        (["10", "11"], "10 u 11"),
        (["10 %", "11\u00a0%"], "10 % u 11 %"),
        (["10.5", "11.5"], "10.5 u 11.5"),
        (["10\u00a0000", "11\u00a0000"], "10 000 u 11 000"),  # once mil
        (["100", "110"], "100 o 110"),  # ciento diez
        (["1000", "1100"], "1000 o 1100"),  # mil cien
        (["siete", "«ocho»"], "siete u «ocho»"),
    ],
)
def test_join_with_or(items, written):
    assert spanish.join(items, "o").replace("\u00a0", " ") == written


def test_join_hears_the_item_as_plain_text_gives_it():
    items = ["\ue0000\ue0017\ue002", "\ue0001\ue0018\ue002"]
    joined = spanish.join(items, "o", plain=lambda text: MARKED.sub(r"\2", text))
    assert joined == f"{items[0]} u\u00a0{items[1]}"


def test_a_conjunction_does_not_end_a_line():
    assert spanish.join(["a", "b", "c"]) == "a, b y\u00a0c"


@pytest.mark.parametrize(
    ("day", "written"),
    [
        (datetime.date(2026, 11, 23), "23 de noviembre de 2026"),
        (datetime.date(2026, 1, 1), "1 de enero de 2026"),
        (datetime.date(2024, 2, 29), "29 de febrero de 2024"),
    ],
)
def test_a_date_has_its_month_in_lower_case(day, written):
    assert spanish.date(day) == written
