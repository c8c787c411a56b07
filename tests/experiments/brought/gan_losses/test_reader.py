"""Losses as their authors logged them, by hand, and one sentence for each file that cannot be used."""

import json
import math
import zipfile
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from experiments.brought.gan_losses.reader import GanLosses, read_gan_losses
from experiments.errors import BroughtError
from experiments.kinds.gan import GAN_CURVES

CSV = "iteration,d_loss,g_loss\n1,1.5,0.7\n2,1.25,0.75\n"


def write(folder: Path, text: str, name: str = "gan.csv") -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def read(folder: Path, text: str, name: str = "gan.csv") -> GanLosses:
    return read_gan_losses(write(folder, text, name))


def meanings(losses: GanLosses) -> dict[str, str]:
    return {taken.name: taken.meaning for taken in losses.names}


def test_a_csv_file(tmp_path: Path) -> None:
    losses = read(tmp_path, CSV)
    assert {name: values.tolist() for name, values in losses.curves.items()} == {
        "discriminator_loss": [1.5, 1.25],
        "generator_loss": pytest.approx([0.7, 0.75]),
    }
    assert {values.dtype for values in losses.curves.values()} == {np.dtype(np.float32)}
    assert (losses.iteration.dtype, losses.iteration.tolist()) == (np.int64, [1, 2])
    assert (losses.unit, losses.notices) == ("iteration", ())
    assert meanings(losses) == {
        "iteration": "iteration",
        "d_loss": "discriminator_loss",
        "g_loss": "generator_loss",
    }
    assert {taken.file for taken in losses.names} == {"gan.csv"}


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("gan.tsv", CSV.replace(",", "\t")),
        ("gan.csv", CSV.replace(",", ";")),
        ("gan.csv", CSV.replace(",", ";").replace(".", ",")),  # as a Spanish spreadsheet writes it
        ("gan.csv", "\ufeff\n" + CSV.replace("\n", "\r\n")),
        ("gan.csv", 'iteration, "d_loss", g_loss\n 1 , "1.5",0.7\n\n2,12.5e-1,.75\n'),
        ("gan.json", json.dumps({"iteration": [1, 2], "d_loss": [1.5, 1.25], "g_loss": [0.7, 0.75]})),
    ],
)
def test_other_ways_to_write_the_same(tmp_path: Path, name: str, text: str) -> None:
    expected, found = read(tmp_path, CSV), read(tmp_path, text, name)
    np.testing.assert_array_equal(found.iteration, expected.iteration)
    for curve, values in expected.curves.items():
        np.testing.assert_array_equal(found.curves[curve], values)


def test_an_npz_file(tmp_path: Path) -> None:
    path = tmp_path / "gan.npz"
    np.savez(path, G_losses=np.float32([0.5, -2]), D_losses=np.float64([1, 2]), images=np.zeros((2, 28, 28)))
    losses = read_gan_losses(path)
    assert losses.curves["generator_loss"].tolist() == [0.5, -2]  # as a critic's may be
    assert losses.curves["discriminator_loss"].tolist() == [1, 2]
    assert losses.notices == (
        "«gan.npz» no dice las iteraciones: sus filas se toman por las iteraciones de la 1 a la 2.",
        "De «gan.npz» no se leen otras columnas: «images».",
    )


def test_one_loss_is_enough(tmp_path: Path) -> None:
    assert list(read(tmp_path, "g_loss\n0.5\n").curves) == ["generator_loss"]
    assert list(read(tmp_path, "d_loss\n0.5\n").curves) == ["discriminator_loss"]


def test_halves_are_not_added_up(tmp_path: Path) -> None:
    losses = read(tmp_path, "step,d_loss_real,d_loss_fake\n1,0.25,0.5\n")
    assert set(losses.curves) == {"discriminator_loss_real", "discriminator_loss_fake"}
    assert losses.notices == (
        "«gan.csv» tiene las dos mitades de la pérdida del discriminador y no el total, que puede ser su "
        "suma o su media.",
    )


def test_halves_beside_their_total(tmp_path: Path) -> None:
    losses = read(tmp_path, "step,d_loss,d_loss_real,d_loss_fake\n1,0.75,0.25,0.5\n")
    assert (len(losses.curves), losses.notices) == (3, ())


def test_all_curves_of_a_record(tmp_path: Path) -> None:
    header = "d_loss,g_loss,d_real,d_fake,acc_real,acc_fake"
    assert set(read(tmp_path, f"{header}\n1,1,0.5,0.5,0.5,1\n").curves) == set(GAN_CURVES)


# --- iterations --------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("steps", "expected", "notices"),
    [
        ((1, 2, 3), (1, 2, 3), ()),
        ((100, 200, 300), (100, 200, 300), ()),
        ((0, 100, 200), (1, 101, 201), ("«paso» cuenta en «gan.csv» desde 0; se le suma uno.",)),
        (("1.0", "2.0", "5e2"), (1, 2, 500), ()),
    ],
)
def test_iterations(tmp_path: Path, steps: tuple, expected: tuple[int, ...], notices: tuple) -> None:
    losses = read(tmp_path, "paso,g_loss\n" + "".join(f"{step},1\n" for step in steps))
    assert tuple(losses.iteration) == expected
    assert (losses.unit, losses.notices) == ("iteration", notices)


def test_epochs_stay_epochs(tmp_path: Path) -> None:
    losses = read(tmp_path, "epoch,g_loss\n0,1\n1,2\n")
    assert (losses.unit, losses.iteration.tolist()) == ("epoch", [1, 2])
    assert losses.notices == ("«epoch» cuenta en «gan.csv» desde 0; se le suma uno.",)
    assert meanings(losses)["epoch"] == "epoch"


def test_iterations_within_epochs(tmp_path: Path) -> None:
    losses = read(tmp_path, "epoch,iter,g_loss\n1,1,1\n1,2,2\n2,3,3\n")
    assert (losses.unit, losses.iteration.tolist()) == ("iteration", [1, 2, 3])
    assert losses.notices == ("De «gan.csv» no se leen otras columnas: «epoch».",)
    assert "epoch" not in meanings(losses)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("epoch,batch,g_loss\n1,1,1\n1,2,2\n2,1,3\n", "fila 3, columna «batch»: .*mayor que el anterior, 2"),
        ("epoch,g_loss\n1,1\n1,2\n", "fila 2, columna «epoch»: .*anterior, 1, se encontró «1»"),
        ("step,g_loss\n1,1\n1.5,2\n", "fila 2, columna «step»: se esperaba un entero desde 0.*«1.5»"),
        ("step,g_loss\n-1,1\n", "fila 1, columna «step»: .*«-1»"),
        ("step,g_loss\n9e99,1\n", "fila 1, columna «step»: .*finito.*«9e99»"),
        ("step,g_loss\n9e15,1\n", "fila 1, columna «step»: .*entero.*«9e15»"),
        ("step,batch,g_loss\n1,1,1\n", "«step» y «batch», que pueden ser lo mismo"),
    ],
)
def test_iterations_that_cannot_be_used(tmp_path: Path, text: str, message: str) -> None:
    with pytest.raises(BroughtError, match=message):
        read(tmp_path, text)


# --- outputs and accuracies --------------------------------------------------------------


def test_accuracies_as_percentages(tmp_path: Path) -> None:
    losses = read(tmp_path, "step,g_loss,acc_real,acc_fake\n1,1,0.5,50\n2,1,1,100\n")
    assert losses.curves["accuracy_real"].tolist() == pytest.approx([0.005, 0.01])
    assert losses.curves["accuracy_fake"].tolist() == [0.5, 1]
    assert losses.notices == (
        "Las exactitudes de «gan.csv» («acc_real», «acc_fake») se toman por porcentajes.",
    )


def test_one_accuracy_for_both_halves(tmp_path: Path) -> None:
    assert read(tmp_path, "step,d_loss,d_acc\n1,1,0.75\n").curves["accuracy"].tolist() == [0.75]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("g_loss,acc_real\n1,100.5\n", "fila 1, columna «acc_real»: se esperaba una exactitud.*«100.5»"),
        ("g_loss,acc_real,acc_fake\n1,50,-1\n", "fila 1, columna «acc_fake»"),
        ("g_loss,D(x)\n1,0.5\n1,3.5\n", r"fila 2, columna «D\(x\)»: .*entre 0 y 1.*«3.5»; aplique la sigm"),
        ("g_loss,d_fake\n1,-0.1\n", "fila 1, columna «d_fake»"),
    ],
)
def test_rates_out_of_range(tmp_path: Path, text: str, message: str) -> None:
    with pytest.raises(BroughtError, match=message):
        read(tmp_path, text)


# --- what cannot be used -----------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "se encontró uno vacío"),
        ("\n \n", "se encontró uno vacío"),
        ("d_loss,g_loss\n", "alguna fila de pérdidas, se encontró ninguna"),
        (
            "loss,val_loss\n1,2\n",
            "pérdida del discriminador o del generador, se encontró «loss», «val_loss»;",
        ),
        ("0.5,0.6\n0.4,0.7\n", "se encontró «0.5», «0.6»; llame a las columnas d_loss y g_loss"),
        ("step,d_loss_real\n1,2\n", "se esperaba una columna con la pérdida"),
        ("d_loss,D_loss\n1,2\n", "«d_loss» y «D_loss», que pueden ser lo mismo"),
        ("d_loss,d_loss\n1,2\n", "se encontró «d_loss» varias"),
        ("d_loss,g_loss\n1\n", "1, columna «g_loss»: se esperaba un número finito, se encontró nada;"),
        ("d_loss,g_loss\n1,2\n1,\n", "2, columna «g_loss»: .*se encontró nada;"),
        ("d_loss,g_loss\n1,2\n1,2,3\n", "se esperaba un fichero con las pérdidas de la GAN, se encontró «"),
        ('d_loss,g_loss\n1,"2\n', "se esperaba"),
        ("d_loss;g_loss\n1.234,5;2\n", "1, columna «d_loss»: .*«1.234,5»"),
    ],
)
def test_tables_that_cannot_be_used(tmp_path: Path, text: str, message: str) -> None:
    with pytest.raises(BroughtError, match=f"^{tmp_path}/gan.csv: .*{message}") as refused:
        read(tmp_path, text)
    assert str(refused.value).endswith(".")
    assert "\n" not in str(refused.value)


@pytest.mark.parametrize(
    "cell", ["nan", "NaN", "inf", "-Infinity", "x", "1_0", "0x1f", "1e39", "1e400", "True", "1,5", "١", "1 2"]
)
def test_only_finite_numbers(tmp_path: Path, cell: str) -> None:
    with pytest.raises(BroughtError, match=f"valor 2, columna «g_loss»: .*se encontró «{cell}»"):
        read(tmp_path, json.dumps({"g_loss": ["1.5", cell]}), "gan.json")
    with pytest.raises(BroughtError, match=f"fila 2, columna «g_loss»: .*se encontró «{cell}»"):
        read(tmp_path, f'step,g_loss\n1,1.5\n2,"{cell}"\n')


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("[1, 2]", "un objeto JSON con listas, se encontró otra cosa"),
        ("{", "un objeto JSON con listas, se encontró «"),
        ("[" * 100_000, "un objeto JSON con listas, se encontró «"),
        ('{"d_loss": [1], "d_loss": [2]}', "se encontró «d_loss» varias"),
        (
            '{"d_loss": [1, NaN]}',
            "valor 2, columna «d_loss»: se esperaba un número finito, se encontró «nan»",
        ),
        ('{"d_loss": [1, null]}', "valor 2, columna «d_loss»: .*nada"),
        ('{"d_loss": [true]}', "valor 1, columna «d_loss»"),
        ('{"d_loss": [[1]]}', "valor 1, columna «d_loss»"),
        ('{"d_loss": [1' + "0" * 400 + "]}", "valor 1, columna «d_loss»"),
        ('{"d_loss": [1' + "0" * 5_000 + "]}", "un objeto JSON con listas"),
        ('{"d_loss": 1}', "pérdida del discriminador o del generador, se encontró ninguna"),
        ('{"d_loss": [1, 2], "g_loss": [1]}', "igual de largas, se encontró 2 en «d_loss» y 1 en «g_loss»"),
        ('{"d_loss": []}', "alguna fila de pérdidas, se encontró ninguna"),
    ],
)
def test_json_that_cannot_be_used(tmp_path: Path, text: str, message: str) -> None:
    with pytest.raises(BroughtError, match=message):
        read(tmp_path, text, "gan.json")


def test_other_texts_and_no_files(tmp_path: Path) -> None:
    path = tmp_path / "gan.csv"
    path.write_bytes("pérdida_d\n1\n".encode("latin-1"))
    with pytest.raises(BroughtError, match="no es UTF-8; guárdelo como UTF-8"):
        read_gan_losses(path)
    for missing in (tmp_path / "no.csv", tmp_path / "no.json", tmp_path / "no.npz", tmp_path):
        with pytest.raises(BroughtError, match=r"; (revise la ruta|vuelva a guardarlo con numpy.savez)"):
            read_gan_losses(missing)


def test_large_files_are_not_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("experiments.brought.gan_losses.columns.MAX_BYTES", 20)
    with pytest.raises(BroughtError, match="uno de más de 20 bytes"):
        read(tmp_path, CSV)


def test_objects_and_other_arrays(tmp_path: Path) -> None:
    path = tmp_path / "gan.npz"
    np.savez(path, d_loss=np.array([{"a": 1}], dtype=object))
    with pytest.raises(BroughtError, match="se esperaba un archivo NPZ de NumPy"):
        read_gan_losses(path)
    np.savez(path, d_loss=np.array([1, 2j]))
    with pytest.raises(BroughtError, match="valor 1, columna «d_loss»"):
        read_gan_losses(path)
    np.savez(path, d_loss=np.array([1.0, math.nan]))
    with pytest.raises(BroughtError, match="valor 2, columna «d_loss»"):
        read_gan_losses(path)
    path.write_bytes(b"\x80\x04]\x94.")  # a pickle
    with pytest.raises(BroughtError, match="se esperaba un archivo NPZ de NumPy"):
        read_gan_losses(path)


def test_zips_with_other_things(tmp_path: Path) -> None:
    path = tmp_path / "gan.npz"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("d_loss", b"1 2 3")
    with pytest.raises(BroughtError, match="«d_loss», que no es un array"):
        read_gan_losses(path)


@given(
    st.lists(
        st.tuples(
            st.floats(-(2.0**100), 2.0**100, width=32),
            st.floats(-(2.0**100), 2.0**100, width=32),
        ),
        min_size=1,
        max_size=20,
    )
)
def test_what_pandas_writes_is_read_exactly(tmp_path_factory: pytest.TempPathFactory, rows: list) -> None:
    path = tmp_path_factory.mktemp("losses") / "gan.csv"
    written = np.array(rows, np.float32)
    pd.DataFrame(written, columns=["d_loss", "g_loss"]).to_csv(path, index_label="step")
    losses = read_gan_losses(path)
    np.testing.assert_array_equal(losses.curves["discriminator_loss"], written[:, 0])
    np.testing.assert_array_equal(losses.curves["generator_loss"], written[:, 1])
    assert losses.iteration.tolist() == list(range(1, len(rows) + 1))
