"""How what was found out is said."""

import json

import pytest

from experiments.terminal import orders
from report.proof.checks.outcome import LIMIT, Difference, Outcome, as_lines, as_mapping
from report.proof.checks.texts import Counts


def test_a_message_quotes_long_texts_from_where_they_part():
    same = "palabra " * 40
    text = str(Difference(3, "frase", same + "sube", same + "baja"))

    assert "«…" in text
    assert "sube»" in text
    assert "baja»" in text
    assert len(text) < 260


def test_only_the_first_differences_are_listed():
    outcome = Outcome(Counts(1, 1), [Difference(1, "cifra", str(n), "0") for n in range(LIMIT + 5)])

    assert "… y 5 diferencias más (todas, con --format json)." in list(as_lines(outcome))


def test_data_that_are_not_those_of_the_folder_are_no_doubt_about_the_file():
    outcome = Outcome(
        Counts(9, 9), [Difference(None, "ejecución gan/seed-1", "", "una ejecución")], same_bytes=True
    )

    lines = list(as_lines(outcome))

    assert "Demostrado: el fichero es, byte a byte, el que dan sus datos." in lines
    assert "Los datos no son los de la carpeta: una diferencia." in lines


@pytest.mark.parametrize(
    ("difference", "line"),
    [
        (Difference(3, "cifra", "0.1", "0.2"), "página 3 · cifra: se esperaba «0.1», se encontró «0.2»"),
        (Difference(None, "idioma", "es", ""), "documento · idioma: se esperaba «es», se encontró nada"),
    ],
)
def test_a_difference_reads_as_a_line(difference, line):
    assert str(difference) == line


def test_data_that_were_altered_are_compared_no_further():
    outcome = Outcome(Counts(), [Difference(None, "datos incrustados", "a", "b")], compared=False)

    assert list(as_lines(outcome))[1:] == ["Con datos alterados no se ha comparado nada más."]


def test_a_machine_is_told_all_differences():
    found = [Difference(1, "cifra", str(n), "0") for n in range(LIMIT + 5)]
    told = as_mapping(Outcome(Counts(9, 4, 5, 1), found, notes=["aviso"]))

    assert json.loads(json.dumps(told)) == told
    assert (told["resultado"], told["byte_a_byte"], told["avisos"]) == ("diferencias", False, ["aviso"])
    assert told["cifras"] == {"leídas": 9, "coinciden": 4, "faltan": 5, "ilegibles": 1}
    assert len(told["diferencias"]) == LIMIT + 5
    assert told["diferencias"][2] == {"página": 1, "qué": "cifra", "esperado": "2", "encontrado": "0"}
    assert as_mapping(Outcome(Counts(1, 1), [], same_bytes=True))["resultado"] == "demostrado"


def test_what_to_type_is_told_alike_to_a_person_and_to_a_program_wherever_the_program_is(monkeypatch):
    outcome = Outcome(Counts(1, 1), [], same_bytes=True)
    assert "«make reproduce»" in list(as_lines(outcome))[-1]
    monkeypatch.setattr(orders, "IN_A_CLONE", False)
    for told in (list(as_lines(outcome))[-1], json.dumps(as_mapping(outcome), ensure_ascii=False)):
        assert "«informe reproduce»" in told
        assert "make" not in told
