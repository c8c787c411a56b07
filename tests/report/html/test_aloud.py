"""What a voice needs words for, and what it is left to read as it stands."""

import pytest

from report.html.aloud import aloud, pieces, spoken
from report.ledger.ledger import Leaf, Ledger, Quantity
from report.ledger.spanish import Style

LOSS = Quantity("pérdida", "number", 3)
COUNT = Quantity("recuento", "integer")


def heard(text: str) -> str:
    """With ordinary spaces, which a voice does not tell from others."""
    return " ".join(spoken(text).split())


@pytest.mark.parametrize(
    ("printed", "words"),
    [
        ("1.248", "1 punto 248"),
        ("0,016", "0 coma 016"),
        ("−0.027", "menos 0 punto 027"),
        ("+0.350", "más 0 punto 350"),
        ("30 000 reseñas", "30000 reseñas"),
        ("3 889 473", "3889473"),
        ("12 345.6", "12345 punto 6"),
        ("(0.016)", "(0 punto 016)"),
    ],
)
def test_thousandths_and_thousands(printed, words):
    assert heard(printed.replace(" ", "\u00a0")) == words


@pytest.mark.parametrize(
    "printed",
    [
        "86.1 %",
        "0.8610",
        "1.24",
        "1200",
        "2026-11-27",
        "3.15.100",
        "A.1",
        "5 000 a",
        "tasa_0.001x",
        "11.ª",
        "n.º 3",
    ],
)
def test_what_any_voice_reads_stays(printed):
    assert spoken(printed) == printed


@pytest.mark.parametrize(
    ("printed", "words"),
    [
        ("p < 0.05", "p menor que 0.05"),
        ("6.2 ± 1.7", "6.2 más o menos 1.7"),
        ("28×28 y 7 × 7", "28 por 28 y 7 por 7"),
        ("≥ 90 %", "mayor o igual que 90 %"),
        ("−2", "menos 2"),
        ("2·ln 2", "2 por logaritmo de 2"),
        ("729–740", "729 a 740"),
        ("▶ 4", "elegida, 4"),
        ("5·10^−26", "5 por 10 elevado a menos 26"),
        ("—", "raya"),
        ("8, —, —", "8, raya, raya"),
    ],
)
def test_signs(printed, words):
    assert heard(printed) == words


@pytest.mark.parametrize(
    ("printed", "words"),
    [
        ("10 min 58 s", "10 minutos 58 segundos"),
        ("1 h 14 min", "1 hora 14 minutos"),
        ("1 h 1 min", "1 hora 1 minuto"),
        ("21 min 1 s", "21 minutos 1 segundo"),
        ("61.5 s", "61.5 segundos"),
        ("0.1 s", "0.1 segundos"),
        ("2 sumas, 3 h2", "2 sumas, 3 h2"),
        ("ln 2", "logaritmo de 2"),
        ("sin ln x", "sin ln x"),
        ("Wiley, 2.ª edición", "Wiley, segunda edición"),
        ("el 3.º y el 10.º", "el tercero y el décimo"),
    ],
)
def test_abbreviations(printed, words):
    assert heard(printed.replace(" ", "\u00a0")) == words


@pytest.mark.parametrize(
    ("before", "text", "after", "words"),
    [
        ("% ", "[85.7;\u00a085.6]", " ac", [", intervalo de 85.7 a 85.6,"]),
        ("a. ", "[85.7;\u00a085.6]", ". ", ["intervalo de 85.7 a 85.6"]),
        ("", "[85.7;\u00a085.6]", "", ["intervalo de 85.7 a 85.6"]),  # a cell
        ("9, ", "6626–", "66", ["a"]),
        ("no ", "—", " pe", []),
        ("", "—", "", ["raya"]),
        (") ", "1.24", "8 ", []),  # it goes on: a number of thousandths that is drawn in two parts is none
        ("a ", "< 0.016", " y", ["menor que", "0 punto 016"]),
    ],
)
def test_what_stands_beside_a_line_decides_what_is_said_at_its_ends(before, text, after, words):
    found = [" ".join(said.split()) for _, said in pieces(text, before, after) if said]
    assert found == words
    assert "".join(printed for printed, _ in pieces(text, before, after)) == text


def test_a_dash_between_words_is_a_pause_and_an_address_no_comparison():
    for printed in ("Early stopping — but when?", "doi:10.1175/1520(1950)078<0001:VOFEIT>2.0.CO;2", "a-b"):
        assert spoken(printed) == printed


@pytest.mark.parametrize(
    ("printed", "words"),
    [
        ("86.1 % [85.7; 86.5]", "86.1 % , intervalo de 85.7 a 86.5"),
        (" [85.7; 86.5]", ", intervalo de 85.7 a 86.5"),  # after an element
        ("[5.0; 5.8] puntos", "intervalo de 5.0 a 5.8, puntos"),
        ("[−0.027; +0.019].", "intervalo de menos 0 punto 027 a más 0 punto 019."),
        ("[16 %; 60 %] y [a; b]", "intervalo de 16 % a 60 %, y [a; b]"),
    ],
)
def test_brackets_are_an_interval(printed, words):
    assert heard(printed.replace("; ", ";\u00a0").replace(" %", "\u00a0%")) == words


def shown(printed: str, words: str) -> str:
    return f"{{{printed}|{words.replace(chr(160), '_')}}}"


def test_in_html_only_what_stands_in_texts_is_wrapped():
    page = (
        '<p data-x="0.016">a <em>p</em> &lt; 0.05 <code>0.016 &lt; 3</code> &amp; '
        '<a href="#1.248">0.016</a></p>'
    )
    assert aloud(page, shown) == (
        '<p data-x="0.016">a <em>p</em> {&lt;|menor que} 0.05 <code>0.016 &lt; 3</code> &amp; '
        '<a href="#1.248">{0.016|0 punto 016}</a></p>'
    )


def test_an_alternative_text_is_in_words():
    page = '<img alt="Acaba en 0.875 ± 0.019 [0.1;\u00a00.2]." src="1.248.svg">'
    assert aloud(page, shown).replace("\u00a0", " ") == (
        '<img alt="Acaba en 0 punto 875 más o menos 0 punto 019 , intervalo de 0.1 a 0.2." src="1.248.svg">'
    )


def test_marks_of_the_ledger_stay_around_what_they_mark():
    ledger = Ledger(Style())
    low, high = (ledger.print(LOSS(Leaf(value, f"a:{value}"))) for value in (-0.5, 0.25))
    count = ledger.print(COUNT(Leaf(20000, "a:n")))
    assert aloud(f"<p>[{low};\u00a0{high}] de {count}</p>", shown) == (
        "<p>{[|intervalo de_}\ue0000\ue001{−0.500|menos 0 punto 500}\ue002{;|_a}\u00a0"
        "\ue0001\ue001{0.250|0 punto 250}\ue002{]|,} de \ue0002\ue001{20\u00a0000|20000}\ue002</p>"
    )


def test_a_dash_between_two_numbers_is_said_though_both_are_marked():
    ledger = Ledger(Style())
    first, last = (ledger.print(COUNT(Leaf(value, "a:n"))) for value in (1, 3))
    assert aloud(f"<td>{first}–{last}</td>", shown) == (
        "<td>\ue0000\ue0011\ue002{–|_a_}\ue0001\ue0013\ue002</td>"
    )
