"""How much of a document could be checked; where nothing could, that is no answer."""

import pytest

from report.__main__ import main
from report.audit.auditing import audit

TABLE = "\n\n| Época | Exactitud de validación |\n| --- | --- |\n| 1 | 0.60 |\n| 2 | 0.70 |\n"
NOTHING = {
    "una cifra sola": (
        "La exactitud en la prueba fue 0.91.",
        "algo con que comparar sus cifras",
        "1 afirmación",
    ),
    "una opinión sola": (
        "El rendimiento del modelo es muy bueno.",
        "alguna afirmación que comprobar",
        "ninguna",
    ),
}


@pytest.mark.parametrize("name", NOTHING)
def test_what_could_not_be_checked_is_not_clean(name, tmp_path, capsys):
    text, expected, found = NOTHING[name]
    path = tmp_path / "informe.md"
    path.write_text(text, encoding="utf-8")
    assert main(["audit", str(path)]) == 2
    told = capsys.readouterr().err
    assert told.startswith(f"{path}: se esperaba {expected}")
    assert found in told


def test_it_is_counted_and_what_is_lacking_named(tmp_path):
    path = tmp_path / "informe.md"
    path.write_text(f"La exactitud de validación fue 0.70 en la época 2. La precisión es 0.8.{TABLE}")
    coverage = audit(path).coverage
    assert (coverage.claims, coverage.checked) == (2, 1)
    assert coverage.needed == "la matriz de confusión o el informe de clasificación"


def test_what_only_shows_its_results_has_nothing_that_could_be_wrong(tmp_path):
    """A matrix, and of what follows from it no word; without the matrix, there is nothing to check."""
    words = "El coste de un error es el triple que el de otro.\n"
    matrix = (
        "\n| | Pred. negativa | Pred. positiva |\n|---|---|---|\n| Negativa | 8 | 2 |\n| Positiva | 1 | 9 |\n"
    )
    for text, code in ((words + matrix, 0), (words, 2)):
        path = tmp_path / "a.md"
        path.write_text(text, "utf-8")
        assert main(["audit", str(path)]) == code
