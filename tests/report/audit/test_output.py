"""The audit for a person and for a program."""

import json

import pytest

from report.audit.auditing import audit
from report.audit.output import MAX_PLACES, to_json, to_text
from report.audit.ruling import show

TABLE = "\n\n| Epoch | val_accuracy |\n| --- | --- |\n| 1 | 0.60 |\n| 2 | 0.70 |\n"


@pytest.fixture
def examine(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)

    def run(text):
        path = tmp_path / "informe.md"
        path.write_text(text, encoding="utf-8")
        return audit(path.relative_to(tmp_path))

    return run


def test_a_contradiction_in_words(examine):
    assert to_text(examine("Final val_accuracy: 0.60." + TABLE)).splitlines() == [
        "informe.md: comprobada 1 de 1 afirmación.",
        "Línea 1: contradicho (error) · valor final",
        "    dice: «Final val_accuracy: 0.60»",
        "    se sigue: exactitud de validación final (época 2): 0.7000; ese valor es de la época 1 "
        "[tabla por épocas (línea 3)]",
        "",
        "3 números leídos, 0 ilegibles; afirmaciones: 0 verificadas, 1 contradicha, "
        "0 sin respaldo, 0 ambiguas.",
    ]


def test_agreement_is_one_line(examine):
    assert to_text(examine("Final val_accuracy: 0.70." + TABLE)).splitlines() == [
        "informe.md: comprobada 1 de 1 afirmación.",
        "3 números leídos, 0 ilegibles; afirmaciones: 1 verificada, 0 contradichas, "
        "0 sin respaldo, 0 ambiguas.",
    ]


def test_what_was_not_checked_is_said_with_its_place(examine):
    text = to_text(examine("Test accuracy: 0.9. Hay 7 gatos.\n\nTamaño de lote: 64." + TABLE))

    assert (
        "informe.md: comprobadas 0 de 2 afirmaciones; 2 sin evidencia en el documento (líneas 1 y 3)." in text
    )
    assert "Sin interpretar, y por tanto sin comprobar: 1 número (línea 1)." in text


def test_long_lists_of_places_are_counted(examine):
    lines = "\n\n".join(f"Hay {i} gatos" for i in range(1, MAX_PLACES + 4))
    text = to_text(examine(lines + TABLE))

    assert f"{MAX_PLACES + 3} números (líneas 1, 3, 5, 7, 9, 11, 13, 15 y 3 más)" in text


def test_a_mistyped_number_and_a_limit_are_said(examine):
    text = to_text(examine("Final val_accuracy: 0.7.0. " + "a" * 1_001 + TABLE))

    assert "Línea 1: ilegible · número ilegible" in text
    assert "Aviso: en 1 párrafo hay frases de más de 1000 caracteres, que se leen partidas." in text


def test_control_characters_of_the_document_stay_there(examine):
    assert "\x1b" not in to_text(examine("\x1b[31mFinal val_accuracy: 0.60" + TABLE))


def test_json_has_the_same_and_every_place(examine):
    found = examine("\n\nFinal val_accuracy: 0.60. Hay 7 gatos." + TABLE)
    content = json.loads(to_json(found))
    (ruling,) = content["hallazgos"]

    assert content["documento"] == "informe.md"
    assert (content["leidos"], content["verificados"], content["contradichos"]) == (4, 0, 1)
    assert content["lugares_sin_interpretar"] == [{"linea": 3}]
    assert set(ruling) == {"linea", "veredicto", "gravedad", "regla", "dice", "esperado", "fuente"}
    assert (ruling["linea"], ruling["veredicto"], ruling["gravedad"]) == (3, "contradicho", "error")
    assert ruling["dice"] == "Final val_accuracy: 0.60"


def test_a_bound_has_no_middle():
    assert show(float("inf")) == "∞"
    assert show(float("-inf")) == "−∞"
