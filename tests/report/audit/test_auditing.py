"""One document from file to exit code."""

import json
import random
import time
from pathlib import Path

import pytest

from report.__main__ import main
from report.audit import statements, understanding
from report.audit.auditing import audit
from report.audit.output import to_text
from report.audit.ruling import Severity, Verdict

DOCUMENTS = Path(__file__).parents[2] / "audit" / "documents"
MANUAL, HISTORY = DOCUMENTS / "manual.md", DOCUMENTS / "history.json"
STATEMENT = "Final val_accuracy: 0.70. "
TABLE = "\n\n| Epoch | val_accuracy |\n| --- | --- |\n| 1 | 0.60 |\n| 2 | 0.70 |\n"


def found_in(audit, *verdicts):
    return {(f.place.number, f.rule, f.severity) for f in audit.rulings if f.verdict in verdicts}


def test_a_hand_written_report_has_these_contradictions_and_no_other():
    assert found_in(audit(MANUAL), Verdict.CONTRADICTED) == {
        (6, "parada anticipada", Severity.CONCLUSION),  # eight epochs, none better since the second
        (10, "valor final", Severity.ERROR),  # of epoch 7
        (11, "valor final", Severity.ERROR),  # of epoch 5
        (12, "mejor época", Severity.CONCLUSION),  # 2, not 6
        (13, "brecha de una sola época", Severity.CONCLUSION),  # of epochs 7 and 5; not moderate then
        (14, "número de subidas", Severity.ERROR),  # 6
        (15, "forma de la curva", Severity.CONCLUSION),  # a climb
    }


def test_its_matrix_and_what_follows_from_it_and_its_figures_are_right():
    found = audit(MANUAL)

    assert found_in(found, Verdict.UNSUPPORTED) == {(19, "juicio sin respaldo", None)}
    assert {line for line, _, _ in found_in(found, Verdict.VERIFIED)} == {5, 34, 41, 42, 43, 47}


def test_with_the_log_its_figures_are_right_and_its_table_is_wrong_and_nothing_is_silenced():
    found = audit(MANUAL, HISTORY)

    own = found_in(audit(MANUAL), Verdict.CONTRADICTED)
    assert found_in(found, Verdict.CONTRADICTED) == own | {(21, "tabla y resultados", Severity.ERROR)}
    text = to_text(found)
    assert "ninguna de sus 8 filas coincide con los resultados" in text
    assert (
        "Sección «Cifras del entrenamiento» (líneas 10, 11, 12, 13, 14 y 15): 6 afirmaciones comparables, "
        "6 coinciden con historial history.json." in text
    )


def test_without_disagreement_nothing_is_said_of_where_figures_come_from(tmp_path):
    path = tmp_path / "informe.md"
    path.write_text("# Cifras\n\nFinal val_accuracy: 0.8620", encoding="utf-8")
    found = audit(path, HISTORY)

    assert [(origin.section, origin.agreeing, origin.compared) for origin in found.origins] == [
        ("Cifras", 1, 1)
    ]
    assert "Sección" not in to_text(found)


def test_exit_codes(tmp_path, capsys):
    path = tmp_path / "informe.md"
    path.write_text(STATEMENT + TABLE)
    assert main(["audit", str(path)]) == 0
    path.write_text(STATEMENT.replace("0.70", "0.60") + TABLE)
    assert main(["audit", str(path)]) == 1
    path.write_text("Nada que comprobar.")
    assert main(["audit", str(path)]) == 2
    path.write_text("La exactitud en validación es 0.86.")  # of which the document says nothing more
    assert main(["audit", str(path)]) == 2
    assert "se esperaba algo con que comparar sus cifras" in capsys.readouterr().err
    assert main(["audit", str(tmp_path / "no.md")]) == 2
    assert "revise la ruta" in capsys.readouterr().err


def test_results_add_proofs_and_take_none_away(tmp_path, capsys):
    path, losses = tmp_path / "informe.md", tmp_path / "perdidas.csv"
    path.write_text(STATEMENT.replace("0.70", "0.60") + "Pérdida final de validación: 0.35." + TABLE)
    losses.write_text("epoch,val_loss\n1,0.41\n2,0.36\n")
    rules = [["valor final"], ["valor final", "valor final"], ["valor final", "valor final"]]
    for given, expected in zip([(), (losses,), (losses, losses)], rules, strict=True):
        assert [f.rule for f in audit(path, *given).rulings if f.verdict is Verdict.CONTRADICTED] == expected
    assert main(["audit", str(path), "--results", str(losses), str(losses)]) == 1


def test_json_on_the_command_line(tmp_path, capsys):
    path = tmp_path / "informe.md"
    path.write_text(STATEMENT + TABLE)
    assert main(["audit", str(path), "--format", "json"]) == 0

    assert json.loads(capsys.readouterr().out)["verificados"] == 1


def test_a_mistyped_number_is_no_contradiction_but_is_told(tmp_path):
    path = tmp_path / "informe.md"
    path.write_text(STATEMENT.replace("0.70", "0.7.00") + TABLE)
    found = audit(path)

    assert [(f.verdict, f.expected) for f in found.rulings] == [
        (Verdict.UNREADABLE, "«0.7.00» no se puede leer como número")
    ]


# --- hostile and very long documents --------------------------------------------------------

HOSTILE = {
    "digits.md": "9" * 10**6,
    "points.md": "1." * 300_000,
    "brackets.md": "[a](" * 100_000,
    "pipes.md": "|" * 500_000 + "\n" + "|-" * 250_000,
    "figures.md": "Figura 1, 2, " * 20_000,
    "epochs.md": "época 1 accuracy 0.9 " * 20_000,
    "nested.html": "<table><tr><td>accuracy 0.9" * 20_000,
    "unclosed.md": "<table><tr><td>" * 30_000,
    "comments.html": "<!--" * 200_000,
    "angles.html": "<" * 200_000,
    "broken.pdf": "%PDF-1.4 garbage",
}


@pytest.mark.parametrize("name", [*HOSTILE, "noise.md"])
def test_hostile_input_ends(tmp_path, name):
    path = tmp_path / name
    path.write_bytes(HOSTILE[name].encode() if name in HOSTILE else random.Random(1).randbytes(300_000))
    started = time.process_time()

    assert main(["audit", str(path)]) in (0, 1, 2)
    assert time.process_time() - started < 20  # many times what it takes: quadratic time would need hours


@pytest.mark.parametrize(
    "unit",
    [
        *("época 1 accuracy 0.9 ", "Figura 1, 2, ", "[a](", "<b ", "| 0.1 ", "$x", "`", "\n# Red 1\n"),
        *("- GRU: test accuracy 0.8\n", "70 % train, 30 % test. ", "La mejor accuracy es la de A. "),
        *("\n    loss: 0.1\n\n", "    [[1 2]\n"),
    ],
)
def test_twice_the_text_makes_twice_the_work(unit, count_calls):
    small, large = (count_calls(unit * n) for n in (2_000, 4_000))

    assert large < 2.5 * small


@pytest.fixture
def count_calls(tmp_path):
    """Python calls that reading a text takes: the same on every machine."""
    import sys

    def count(text):
        path = tmp_path / "texto.md"
        path.write_text(f"{STATEMENT}\n\n{text}{TABLE}")
        calls = 0

        def note(frame, event, argument):
            nonlocal calls
            calls += event == "call"

        before = sys.getprofile()
        sys.setprofile(note)
        try:
            audit(path)
        finally:
            sys.setprofile(before)
        return calls

    return count


def test_more_claims_than_are_checked_are_announced(tmp_path, monkeypatch):
    monkeypatch.setattr(statements, "MAX_CLAIMS", 3)
    path = tmp_path / "informe.md"
    path.write_text("\n\n".join(["Final val_accuracy: 0.70"] * 9))
    found = audit(path)

    assert found.claims == 4
    assert found.notices == ("hay más de 3 afirmaciones: lo que sigue a la última de ellas no se comprueba.",)


def test_nor_are_numbers_without_end(tmp_path, monkeypatch):
    """In one paragraph or in many."""
    monkeypatch.setattr(statements, "MAX_NUMBERS", 3)
    for between in (" ", "\n\n"):
        path = tmp_path / "i.md"
        path.write_text(between.join(f"La exactitud de validación es 0.8{n}." for n in range(9)))
        found = audit(path)
        assert found.numbers == 4
        assert found.notices == ("hay más de 3 números: lo que sigue al último de ellos no se comprueba.",)


def test_what_is_longer_than_is_read_is_announced(tmp_path, monkeypatch):
    monkeypatch.setattr(understanding, "MAX_TEXT", 300)
    path = tmp_path / "informe.md"
    path.write_text(STATEMENT.replace("0.70", "0.60") + TABLE + "\n\n" + "La red lee. " * 90 + TABLE)
    found = audit(path)

    assert found.notices == ("es más largo que 300 caracteres: lo que sigue no se comprueba.",)
    assert [ruling.rule for ruling in found.rulings] == ["valor final"]


def test_two_megabytes(tmp_path):
    path = tmp_path / "largo.md"
    filler = "La red lee la reseña palabra por palabra; la semana 3 fue lluviosa. " * 3 + "\n\n"
    path.write_text(STATEMENT + TABLE + filler * (2_000_000 // len(filler)))
    started = time.process_time()

    assert main(["audit", str(path)]) == 0
    assert time.process_time() - started < 5
