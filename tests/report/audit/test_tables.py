"""Tables with a meaning."""

import pytest
from audit_cases import EPOCHS, MATRIX, read

from report.audit.blocks import Place, Table
from report.audit.matrices import read as matrix
from report.audit.tables import MAX_COLUMNS, MAX_ROWS, as_sentences, limit, series, stacked


def table(*rows):
    return Table(rows, tuple(Place("linea", i) for i in range(1, len(rows) + 1)))


def test_epochs_with_marks_and_percentages():
    found = series(
        table(
            ("Época", "Loss (train)", "Accuracy (val)"), ("1", "0.50", "75.0 %"), ("2 *", "0.40", "82.0 % ✅")
        ),
        "lstm",
        None,
    )

    assert (found.unit, found.index) == ("epoch", (1, 2))
    assert [round(value.middle, 4) for value in found.columns["accuracy", "val"]] == [0.75, 0.82]
    assert ("loss", "train") in found.columns


def test_a_table_on_its_side():
    found = series(table(("Época", "1", "2", "3"), ("val_loss", "0.5", "0.4", "0.3")), "lstm", None)

    assert [round(value.middle, 2) for value in found.columns["loss", "val"]] == [0.5, 0.4, 0.3]


def test_without_a_split_beside_validation_it_is_training():
    (found,) = read(EPOCHS).series

    assert set(found.columns) == {(m, s) for m in ("loss", "accuracy") for s in ("train", "val")}


def test_iterations():
    found = series(
        table(("Iteración", "D loss", "G loss"), ("500", "0.9", "2"), ("1.000", "1.1", "1.4")), "gan", None
    )

    assert (found.unit, found.index, set(found.columns)) == (
        "step",
        (500, 1000),
        {("loss", "D"), ("loss", "G")},
    )


@pytest.mark.parametrize(
    "rows",
    [
        (("Época", "Loss"), ("1", "0.5")),  # one row
        (("Época", "Notas"), ("1", "bien"), ("2", "mal")),  # no metric
        (("Época", "Loss"), ("2", "0.5"), ("1", "0.4")),  # not in order
        (("Modelo", "Loss"), ("A", "0.5"), ("B", "0.4")),  # no epochs
    ],
)
def test_what_is_no_table_of_epochs(rows):
    assert series(table(*rows), "", None) is None


def test_a_matrix_with_totals_and_percentages_beside_the_counts():
    found = matrix(
        table(
            ("", "Pred. neg", "Pred. pos", "Total"),
            ("Real neg", "80 (80 %)", "20 (20 %)", "100"),
            ("Real pos", "10 (10 %)", "90 (90 %)", "100"),
            ("Total", "90", "110", "200"),
        ),
        None,
    )

    assert found.counts == ((80, 20), (10, 90))


@pytest.mark.parametrize(
    "rows",
    [
        (("", "Pred. neg", "Pred. pos"), ("Real neg", "80 %", "20 %"), ("Real pos", "10 %", "90 %")),
        (("", "Precisión", "Recall"), ("neg", "0.8", "0.7"), ("pos", "0.8", "0.9")),
    ],
)
def test_what_is_no_matrix(rows):
    assert matrix(table(*rows), None) is None


def test_other_tables_are_read_cell_by_cell():
    found = as_sentences(table(("Concepto", "Valor"), ("Lote", "64"), ("Épocas", "10")))

    assert [cell.text for cell in found] == ["Lote: 64", "Épocas: 10"]


def test_halves_under_the_same_headers_are_one_table():
    beside = table(
        ("Ajuste", "Valor", "Ajuste ", "valor"), ("Lote", "64", "Capas", "2"), ("Épocas", "10", "", " ")
    )
    under = stacked(beside)

    assert under.rows == (("Ajuste", "Valor"), ("Lote", "64"), ("Épocas", "10"), ("Capas", "2"))
    assert [place.number for place in under.places] == [1, 2, 3, 2]


@pytest.mark.parametrize(
    "header", [("Clase", "a", "b"), ("Época", "Loss", "Época", "Acc"), ("a", "a"), ("", "a", "", "a")]
)
def test_other_tables_stay_as_they_are(header):
    other = table(header, tuple("1" for _ in header))

    assert stacked(other) is other


def test_a_row_of_another_model_is_marked():
    found = as_sentences(
        table(("Modelo", "Test accuracy"), ("Árbol", "0.7"), ("LSTM", "0.8"), ("LSTM", "0.9"))
    )

    assert [(cell.text, cell.label, cell.repeated) for cell in found] == [
        ("Árbol, Test accuracy: 0.7", "Árbol", 0),
        ("LSTM, Test accuracy: 0.8", "LSTM", 1),
        ("LSTM, Test accuracy: 0.9", "LSTM", 2),
    ]


def test_a_column_of_another_model_is_marked():
    found = as_sentences(table(("", "Base", "Afinado"), ("Accuracy", "0.7", "0.8"), ("Recall", "0.6", "0.5")))

    assert [cell.label for cell in found] == ["Base", "Afinado", "Base", "Afinado"]


@pytest.mark.parametrize(
    "rows", [("Entrenamiento", "Prueba"), ("Positiva", "macro avg"), ("Semilla 1", "Semilla 2")]
)
def test_rows_of_one_model_are_not_marked(rows):
    found = as_sentences(table(("", "Accuracy"), (rows[0], "0.7"), (rows[1], "0.8")))

    assert [cell.label for cell in found] == ["", ""]


def test_what_is_too_large_is_announced_and_bounded():
    wide = table(tuple("abc" * (MAX_COLUMNS // 3 + 1)), ("1",))
    long = table(*[("a", "b")] * (MAX_ROWS + 2))

    assert "columnas" in limit(wide)
    assert as_sentences(wide) == []
    assert f"solo se leen las {MAX_ROWS} primeras" in limit(long)
    assert len(as_sentences(long)) == MAX_ROWS
    assert limit(table(("a", "b"), ("1", "2"))) == ""
    assert read(MATRIX).notices == []


@pytest.mark.parametrize(
    ("corner", "row", "elsewhere"),
    [
        ("Capa", "LSTM", False),
        ("Capa", "Embedding", False),
        ("Capa", "Densa", True),
        ("Modelo", "LSTM", False),
        ("Semilla", "Media", False),
        ("Semilla", "Desviación entre semillas", True),
        ("Métrica", "Exactitud (el azar, 0.5)", False),
    ],
)
def test_rows_about_something_else_are_known_by_their_names(corner, row, elsewhere):
    found = as_sentences(table((corner, "Unidades"), (row, "64")))
    assert [cell.other for cell in found] == [elsewhere]


def test_numbered_names_are_no_epochs_and_a_marked_epoch_is_one():
    head = ("", "Accuracy")

    assert series(table(head, ("Stage 1", "0.7"), ("Stage 2", "0.8")), "", None) is None
    assert series(
        table(head, ("1", "0.7"), ("2 *", "0.8"), ("3", "0.9"), ("Media", "0.8")), "", None
    ).index == (1, 2, 3)
