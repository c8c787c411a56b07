"""Figures and tables are numbered in the order in which they stand."""

import pytest

from report.errors import RenderError
from report.ledger.spanish import NBSP
from report.text.numbering import Numbering, without_labels


def test_each_kind_is_numbered_apart_in_the_order_of_its_places():
    numbering = Numbering()
    early = numbering.refer("Figura", "b")
    labels = [numbering.place("Figura", "a"), numbering.place("Tabla", "a"), numbering.place("Figura", "b")]
    late = numbering.refer("Figura", "a") + numbering.refer("Tabla", "a")
    assert numbering.resolve(" ".join(labels)) == f"Figura{NBSP}1 Tabla{NBSP}1 Figura{NBSP}2"
    assert numbering.resolve(early) == f"[Figura{NBSP}2](#fig-b)"
    assert numbering.resolve(late) == f"[Figura{NBSP}1](#fig-a)[Tabla{NBSP}1](#tab-a)"


def test_a_label_without_its_number_holds_no_digit():
    numbering = Numbering()
    for letter in "abcdefghijklm":
        numbering.place("Figura", letter)
    label = numbering.refer("Figura", "m")
    assert not any(character.isdecimal() for character in label)
    assert without_labels(label) == "[](#fig-m)"


def test_what_stands_twice_is_refused():
    numbering = Numbering()
    numbering.place("Tabla", "x")
    numbering.place("Figura", "x")  # another kind
    with pytest.raises(RenderError, match="una sola vez: tabla «x»"):
        numbering.place("Tabla", "x")


def test_a_reference_needs_a_figure_and_a_figure_a_reference():
    numbering = Numbering()
    cited = numbering.refer("Tabla", "x")
    with pytest.raises(RenderError, match="lo que el texto cita: tabla «x»; no se encontró"):
        numbering.resolve(cited)
    numbering.place("Tabla", "x")
    numbering.place("Figura", "y")
    with pytest.raises(RenderError, match="el texto remitiera a la figura «y», no lo hace"):
        numbering.resolve("")


def test_sections_are_numbered_under_their_part_and_appendices_by_themselves():
    numbering = Numbering()
    numbering.open_part("A")
    headings = [numbering.place("Apartado", "uno"), numbering.place("Apartado", "dos")]
    numbering.open_part("B")
    headings += [numbering.place("Apartado", "tres"), numbering.place("Apéndice", "datos")]
    assert numbering.resolve(" ".join(headings)) == "A.1 A.2 B.1 1"
    cited = numbering.refer("Apartado", "dos") + numbering.refer("Apéndice", "datos")
    assert numbering.resolve(cited) == f"[A.2](#sec-dos)[apéndice{NBSP}1](#ap-datos)"


def test_what_is_said_of_a_thing_that_may_be_missing_goes_with_it():
    numbering = Numbering()
    said = numbering.if_there(f"Véase el {numbering.refer('Apéndice', 'redes')}.")
    numbering.place("Apéndice", "otro")
    assert numbering.resolve(f"Antes. {said} Después.") == "Antes. Después."
    numbering.place("Apéndice", "redes")
    assert numbering.resolve(f"Antes. {said} Después.") == (
        f"Antes. Véase el [apéndice{NBSP}2](#ap-redes). Después."
    )


def test_what_refers_to_a_section_that_was_left_out_is_dropped():
    numbering = Numbering()
    numbering.open_part("A")
    numbering.place("Apartado", "uno")
    text = f"Así. {numbering.refer('Apartado', 'dos')}\nY así. {numbering.refer('Apartado', 'uno')}"
    assert numbering.resolve(text, {"dos"}) == "Así.\nY así. [A.1](#sec-uno)"
    with pytest.raises(RenderError, match="lo que el texto cita: apartado «dos»"):
        numbering.resolve(text)


def test_a_part_of_which_nothing_is_left_is_refused():
    numbering = Numbering()
    numbering.open_part("A")
    numbering.place("Apartado", "uno")
    numbering.open_part("B")
    assert numbering.resolve("") == ""
    with pytest.raises(RenderError, match="en la parte B quedara alguna sección"):
        numbering.resolve("", {"dos"})
