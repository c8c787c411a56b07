from pathlib import Path

import pytest

from experiments.brought.history.from_csv import looks_like_csv, read_csv
from experiments.errors import BroughtError

PATH = Path("h.csv")


def refusal(text: str) -> str:
    with pytest.raises(BroughtError) as error:
        read_csv(text, PATH)
    said = str(error.value)
    assert said.startswith("h.csv: se esperaba ")
    return said.removeprefix("h.csv: ")


@pytest.mark.parametrize("separator", [",", ";", "\t"])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_what_csvlogger_writes(separator: str, end: str) -> None:
    lines = ["epoch,loss,val_loss", "0,0.50671,0.7498470544815063", "1,1e-05,0.7"]
    written = read_csv(end.join([*lines, ""]).replace(",", separator), PATH)

    assert written.columns == {"loss": ("0.50671", "1e-05"), "val_loss": ("0.7498470544815063", "0.7")}
    assert written.epochs == ("0", "1")
    assert (written.stated, written.printed, written.notices) == (None, False, ())
    assert written.row(1) == "la línea 3"


def test_without_epochs_with_quotes_spaces_and_empty_lines() -> None:
    written = read_csv('\n"loss", val_loss\n\n"0.5", 0.25 \n', PATH)

    assert written.columns == {"loss": ("0.5",), "val_loss": ("0.25",)}
    assert written.epochs is None
    assert written.row(0) == "la línea 4"


def test_the_index_of_pandas_counts_epochs() -> None:
    written = read_csv(",loss\n0,0.5\n1,0.25\n", PATH)

    assert (written.epochs, written.columns) == (("0", "1"), {"loss": ("0.5", "0.25")})
    assert written.notices == ("la primera columna, sin nombre, se toma por el número de la época.",)


def test_csvlogger_without_validation_has_columns_of_nothing() -> None:
    written = read_csv("epoch,loss,val_loss,val_acc\n0,0.5,NA,\n1,0.25,NA,\n", PATH)

    assert written.columns == {"loss": ("0.5", "0.25")}
    assert written.notices == ("columnas sin ningún valor, que no se leen: «val_loss» y «val_acc».",)


def test_a_value_that_is_missing_once_stays_to_be_refused() -> None:
    assert read_csv("epoch,val_loss\n0,NA\n1,0.25\n", PATH).columns == {"val_loss": ("NA", "0.25")}


def test_rows_that_were_appended_twice_count_once() -> None:
    written = read_csv("epoch,loss\n0,0.5\n1,0.25\n0,0.5\n1,0.25\n2,0.125\n", PATH)

    assert (written.epochs, written.columns["loss"]) == (("0", "1", "2"), ("0.5", "0.25", "0.125"))
    assert written.notices == ("las filas repetidas sin cambios (líneas 4, 5) cuentan una vez.",)
    assert written.row(2) == "la línea 6"


def test_a_training_that_began_again_in_the_same_file_is_refused() -> None:
    said = refusal("epoch,loss\n0,0.5\n1,0.25\n1,0.26\n")
    assert (
        "dos distintas de la época 1 (líneas 3 y 4), como deja un entrenamiento repetido o reanudado" in said
    )
    assert said.endswith("deje solo las filas de un entrenamiento.")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("epoch,loss\n", "se esperaba al menos una época, se encontró solo la cabecera"),
        (
            "0,0.5,0.6\n1,0.4,0.5\n",
            "con una cabecera (epoch, loss, val_loss…), se encontró «0», «0.5» y «0.6»",
        ),
        ("loss,loss\n1,2\n", "«loss» dos veces"),
        ("epoch,loss\n0,0.5\n1\n", "se esperaba 2 campos en la línea 3, se encontró 1"),
        (
            "epoch,loss\n0,0,5\n",
            "se esperaba 2 campos en la línea 2, se encontró 3; complete la fila y escriba",
        ),
        ('epoch,loss\n0,"' + "5" * 200_000 + '"\n', "se esperaba un historial en CSV válido"),
    ],
)
def test_what_is_no_table_of_epochs(text: str, expected: str) -> None:
    assert expected in refusal(text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("epoch,loss\n", True),
        ("\n\tloss\tval_loss\n0\t1\t2", True),
        ("loss\n0.5\n", False),
        ("Epoch 1/3, Loss: 0.5, Acc: 0.9\n", False),
        ("a,b,c\n", False),
        ("x" * 1_000_000 + ",loss", False),
        ("", False),
    ],
)
def test_a_table_is_known_by_its_header(text: str, expected: bool) -> None:
    assert looks_like_csv(text) is expected
