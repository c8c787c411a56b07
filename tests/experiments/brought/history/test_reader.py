"""The history of a training, from what Keras itself writes and from what its author may have made of it."""

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from textwrap import dedent

import nbformat
import pytest
from hypothesis import given
from hypothesis import strategies as st
from nbclient import NotebookClient

from experiments.brought.history.reader import History, read_history
from experiments.errors import BroughtError
from experiments.records.brought import TakenAs

# --- what the tools write ----------------------------------------------------------------

# Of 48 examples and 16 to validate, in a kernel: the notebook keeps what it shows, the rest goes to files.
FIRST = """
    import contextlib, json
    import numpy as np
    import keras

    def fit(verbose, *callbacks):
        keras.utils.set_random_seed(1)
        x = np.random.default_rng(0).normal(size=(64, 4)).astype("float32")
        y = (x.sum(axis=1) > 0).astype("float32")
        model = keras.Sequential([keras.layers.Input((4,)), keras.layers.Dense(1, "sigmoid")])
        model.compile("adam", "binary_crossentropy", metrics=["accuracy"])
        rate = keras.callbacks.LearningRateScheduler(lambda epoch: 0.1 / 10**epoch)
        history = model.fit(x, y, batch_size=8, epochs=3, validation_split=0.25, verbose=verbose,
                            callbacks=[rate, *callbacks])
        model.evaluate(x, y, batch_size=8, verbose=verbose)
        return history.history
"""
SECOND = """
    history = fit(1, keras.callbacks.CSVLogger("training.log"), keras.callbacks.TensorBoard("board"))
    print("Accuracy: 12.34%")
"""
THIRD = """
    with open("history.json", "w") as file:
        json.dump(history, file)
    for verbose in (1, 2):
        with open(f"verbose_{verbose}.log", "w") as file, contextlib.redirect_stdout(file):
            fit(verbose, keras.callbacks.ModelCheckpoint("best.keras", save_best_only=True, verbose=1))
"""


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with what one training leaves behind, in every form."""
    folder = tmp_path_factory.mktemp("keras")
    cells = [nbformat.v4.new_code_cell(dedent(source)) for source in (FIRST, SECOND, THIRD)]
    notebook = nbformat.v4.new_notebook(cells=cells)
    places = {name: str(folder / "jupyter") for name in ("JUPYTER_RUNTIME_DIR", "IPYTHONDIR")}
    with pytest.MonkeyPatch.context() as patch:
        for name, value in places.items():
            patch.setenv(name, value)
        client = NotebookClient(notebook, timeout=120, resources={"metadata": {"path": str(folder)}})
        client.execute(env=os.environ | {"CUDA_VISIBLE_DEVICES": "-1", "TF_CPP_MIN_LOG_LEVEL": "3"})
    nbformat.write(notebook, folder / "cuaderno.ipynb")
    return folder


def of(path: Path, **options: bool) -> History:
    return read_history(path, **options)


Columns = dict[str, tuple[float, ...]]


@pytest.fixture(scope="module")
def exact(kept: Path) -> Columns:
    names = {"loss": "running_loss", "accuracy": "running_accuracy"}
    content = json.loads((kept / "history.json").read_text())
    return {names.get(name, name): tuple(values) for name, values in content.items()}


@pytest.mark.parametrize(
    ("name", "zero_based"), [("history.json", False), ("training.log", True), ("board", True)]
)
def test_what_keras_stores_is_read_to_the_last_digit(
    kept: Path, exact: Columns, name: str, zero_based: bool
) -> None:
    history = of(kept / name)

    assert history.columns == exact
    assert (history.n, history.stated, history.zero_based) == (3, None, zero_based)
    assert (history.names, history.notices, history.decimals) == ((), (), None)


@pytest.mark.parametrize("name", ["cuaderno.ipynb", "verbose_1.log", "verbose_2.log"])
def test_what_keras_prints_is_the_same_rounded(kept: Path, exact: Columns, name: str) -> None:
    history = of(kept / name)

    rounded = {c: tuple(float(f"{v:.4f}") for v in values) for c, values in exact.items()}
    assert history.columns == rounded
    assert (history.n, history.stated, history.zero_based) == (3, 3, False)
    assert history.names == ()
    assert history.decimals == dict.fromkeys(exact, 4)
    of_the_bar = [f"{kept / name}: las primeras versiones de Keras 3"] if name != "verbose_2.log" else []
    assert [
        notice[: len(start)] for notice, start in zip(history.notices, of_the_bar, strict=True)
    ] == of_the_bar


def test_no_form_needs_tensorflow_or_pandas(kept: Path) -> None:
    program = (
        "import sys\nfrom pathlib import Path\nfrom experiments.brought.history.reader import read_history\n"
        "for name in sys.argv[1:]: assert read_history(Path(name)).n == 3\n"
        "print(*{'tensorflow', 'keras', 'pandas'} & set(sys.modules))"
    )
    names = ["history.json", "training.log", "board", "cuaderno.ipynb", "verbose_1.log"]
    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", program, *(str(kept / name) for name in names)],
        capture_output=True,
        text=True,
        check=True,
    )
    assert (done.stdout, done.stderr) == ("\n", "")


# --- what it means -----------------------------------------------------------------------

Write = Callable[[object], Path]


@pytest.fixture
def write(tmp_path: Path) -> Write:
    def written(content: object) -> Path:
        path = tmp_path / "h.json"
        path.write_text(content if isinstance(content, str) else json.dumps(content), encoding="utf-8")
        return path

    return written


def refusal(path: Path) -> str:
    with pytest.raises(BroughtError) as error:
        read_history(path)
    said = str(error.value)
    assert said.startswith(f"{path}: se esperaba ")
    assert "\n" not in said
    return said.removeprefix(f"{path}: ")


def test_names_of_others_are_understood_and_told(write: Write) -> None:
    history = of(write({"train_loss": [0.5, 0.25], "val_loss": [0.75, 1], "exactitud_entrenamiento": [0, 1]}))

    assert history.columns == {
        "running_loss": (0.5, 0.25),
        "val_loss": (0.75, 1.0),
        "running_accuracy": (0.0, 1.0),
    }
    assert history.names == (
        TakenAs(file="h.json", name="train_loss", meaning="running_loss"),
        TakenAs(file="h.json", name="exactitud_entrenamiento", meaning="running_accuracy"),
    )
    assert history.notices == ()


def test_columns_that_nobody_knows_are_told(write: Write) -> None:
    path = write({"loss": [0.5], "auc": [0.9], "val_auc": ["x"], "test_loss": [0.1, 0.2]})
    history = of(path)

    assert history.columns == {"running_loss": (0.5,)}
    assert history.notices == (
        f"{path}: columnas que no se conocen y no se leen: «auc», «val_auc» y «test_loss».",
    )


def test_two_columns_that_may_be_the_same_are_refused(write: Write) -> None:
    said = refusal(write({"acc": [0.5], "loss": [1], "train_accuracy": [0.5]}))
    assert "se encontró «acc» y «train_accuracy»; quite la que sobra" in said


def test_percentages_become_rates(write: Write) -> None:
    path = write({"val_acc": [84.1, 0, 100], "acc": [0.5, 0, 1], "val_loss": [84.1, 0, 100]})
    history = of(path)

    assert history.columns["val_accuracy"] == (0.841, 0.0, 1.0)
    assert history.columns["running_accuracy"] == (0.5, 0.0, 1.0)
    assert history.columns["val_loss"] == (84.1, 0.0, 100.0)
    assert history.notices == (f"{path}: columnas en tanto por ciento, divididas entre 100: «val_acc».",)


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        ({"loss": [0.5, 0.4], "val_loss": [0.5]}, "«loss» de 2, «val_loss» de 1"),
        ({"loss": []}, "ninguna columna así con valores"),
        ({"learning_rate": [0.1]}, "ninguna columna así con valores"),
        ('{"loss": [0.5, NaN]}', "en el valor 2, columna «loss», se encontró «nan»"),
        ('{"loss": [Infinity]}', "se encontró «inf»"),
        ('{"loss": [1e999]}', "se encontró «inf»"),
        ({"loss": [0.5, None]}, "se encontró «None»"),
        ({"loss": [0.5, "bajo"]}, "se encontró «bajo»"),
        ({"loss": [0.5, True]}, "se encontró «true»"),
        ({"loss": [0.5, [0.4]]}, "se encontró «[0.4]»"),
        ({"loss": [0.5, -0.1]}, "se esperaba un número de 0 en adelante en el valor 2, columna «loss»"),
        ({"val_acc": [0.5, 101]}, "se esperaba una exactitud de 0 a 1, o de 0 a 100 %, en el valor 2"),
        ({"val_acc": [0.5, 84]}, "se encontró «0.5» en el valor 1 y «84» en el valor 2"),
        ({"epoch": [2, 3], "loss": [1, 1]}, "se esperaba la época 0 o 1 en el valor 1, se encontró «2»"),
        ({"epoch": [1, 3], "loss": [1, 1]}, "se esperaba la época 2 en el valor 2, se encontró «3»"),
        ({"epoch": [1, 1e300], "loss": [1, 1]}, "se esperaba la época 2 en el valor 2"),
        ({"epoch": ["a"], "loss": [1]}, "se esperaba la época 0 o 1 en el valor 1"),
        ({"epoch": [1, 2], "loss": [1]}, "2 números de época y 1 valores"),
        ({"step": [100, 200], "loss": [1, 1]}, "se esperaba una fila por época, se encontró «step»"),
    ],
)
def test_what_cannot_be_used_is_refused(write: Write, content: object, expected: str) -> None:
    assert expected in refusal(write(content))


def test_whoever_is_not_strict_does_without_a_broken_column(write: Write) -> None:
    path = write({"loss": [0.5, 0.4], "val_loss": [0.5, None]})
    history = of(path, strict=False)

    assert history.columns == {"running_loss": (0.5, 0.4)}
    assert history.notices == (
        f"{path}: no se lee «val_loss»: se esperaba un número finito, con punto decimal, en el valor 2, "
        "columna «val_loss», se encontró «None».",
    )


def test_epochs_may_be_counted_from_0_or_from_1(write: Write) -> None:
    assert of(write({"epoch": [0, 1], "loss": [1, 1]})).zero_based
    assert not of(write({"epoch": [1, 2], "loss": [1, 1]})).zero_based


def test_the_losses_of_a_gan_by_its_own_steps(write: Write) -> None:
    history = of(write({"iteration": [100, 200], "d_loss": [0.7, 0.6], "g_loss": [0.8, 0.9]}))
    assert history.columns == {"discriminator_loss": (0.7, 0.6), "generator_loss": (0.8, 0.9)}


@given(st.lists(st.floats(min_value=0, allow_infinity=False), min_size=1), st.sampled_from(["json", "csv"]))
def test_every_float_stays_the_same(
    tmp_path_factory: pytest.TempPathFactory, losses: list[float], form: str
) -> None:
    path = tmp_path_factory.getbasetemp() / f"floats.{form}"
    rows = [f"{i},{loss!r}" for i, loss in enumerate(losses)]
    path.write_text(json.dumps({"loss": losses}) if form == "json" else "\n".join(["epoch,loss", *rows]))

    assert of(path).columns == {"running_loss": tuple(losses)}


# --- which form it is --------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("historial", '{"loss": [0.5, 0.25]}'),
        ("historial.txt", '\n {"history": {"loss": [0.5, 0.25]}}'),
        ("training.log", "epoch,loss,val_loss\n0,0.5,NA\n1,0.25,NA\n"),
        ("historial.out", "[INFO] Epoch 1 - loss: 0.5\n[INFO] Epoch 2 - loss: 0.25\n"),
        ("salida", "Epoch 1, loss=0.5\nEpoch 2, loss=0.25\n"),
    ],
)
def test_without_a_telling_suffix_the_content_decides(tmp_path: Path, name: str, content: str) -> None:
    (tmp_path / name).write_text(content)
    assert of(tmp_path / name).columns == {"running_loss": (0.5, 0.25)}


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_encodings(tmp_path: Path, encoding: str) -> None:
    path = tmp_path / "train.log"
    path.write_bytes("Época 1: pérdida=0.5\r\nÉpoca 2: pérdida=0.25\r\n".encode(encoding))
    assert of(path).columns == {"running_loss": (0.5, 0.25)}


@pytest.mark.parametrize("suffix", ["pkl", "pickle", "npy", "npz", "h5", "keras", "pt"])
def test_what_may_hold_code_is_not_opened(tmp_path: Path, suffix: str) -> None:
    said = refusal(tmp_path / f"historial.{suffix}")  # it does not even exist
    assert f"se encontró un archivo .{suffix}; guarde History.history como JSON." in said


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (b"", "un archivo vacío"),
        (b" \n\n", "un archivo vacío"),
        (b"\x80\x04\x95\x10", "un byte que no es de UTF-8 (el 1)"),
        (b"Epoch 1\0\0", "datos binarios"),
        ("Época 1".encode("cp1252"), "guárdelo como UTF-8"),
        (b"nada que ver", "se esperaba un historial de entrenamiento con líneas como"),
    ],
)
@pytest.mark.parametrize("suffix", ["log", ""])
def test_what_is_no_history_at_all(tmp_path: Path, content: bytes, expected: str, suffix: str) -> None:
    path = tmp_path / f"h.{suffix}"
    path.write_bytes(content)
    assert expected in refusal(path)


def test_a_file_that_is_not_there_or_none(tmp_path: Path) -> None:
    assert "se encontró que no existe; revise la ruta" in refusal(tmp_path / "no.json")
    os.mkfifo(tmp_path / "tubo.log")
    assert "algo que no es un archivo; revise la ruta" in refusal(tmp_path / "tubo.log")


def test_a_file_of_gigabytes_is_not_read_whole(tmp_path: Path) -> None:
    path = tmp_path / "h.json"
    with path.open("wb") as file:
        file.truncate(3 * 10**9)  # takes no room on the disk
    assert "un archivo de más de 100 MB" in refusal(path)
