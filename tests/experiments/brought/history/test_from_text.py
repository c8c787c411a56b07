"""What Keras and PyTorch print, as logs and notebooks keep it."""

import json
from pathlib import Path
from textwrap import dedent

import pytest
from hypothesis import given
from hypothesis import strategies as st

from experiments.brought.history.from_text import read_log, read_notebook
from experiments.brought.history.written import Written
from experiments.errors import BroughtError

PATH = Path("train.log")


def log(text: str) -> Written:
    return read_log(dedent(text), PATH)


def refusal(text: str) -> str:
    with pytest.raises(BroughtError) as error:
        log(text)
    said = str(error.value)
    assert said.startswith("train.log: se esperaba ")
    return said.removeprefix("train.log: ")


KERAS = {
    "loss": ["0.4000", "0.3000"],
    "acc": ["0.8000", "0.9000"],
    "val_loss": ["0.3500", "0.3600"],
    "val_acc": ["0.8500", "0.8400"],
}
BAR = "━" * 20


# --- Keras -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "line",
    [
        "20000/20000 [==============================] - 8s - ",  # Keras 1
        "313/313 [==============================] - 15s 41ms/step - ",  # Keras 2
        f"313/313 {BAR} 15s 41ms/step - ",  # Keras 3
        f"\x1b[1m313/313\x1b[0m \x1b[32m{BAR}\x1b[0m\x1b[37m\x1b[0m \x1b[1m15s\x1b[0m 41ms/step - ",
        f"[1m313/313[0m [32m{BAR}[0m[37m[0m [1m15s[0m 41ms/step - ",  # copied from a page
        "15s - ",  # and with verbose=2, in order
        " - 15s - ",
        "20000/20000 - 5s - ",
        "313/313 - 15s - ",
        "313/313 - 15s - 48ms/step - ",
    ],
)
@pytest.mark.parametrize("end", ["", " - 15s/epoch - 48ms/step"])
def test_the_line_of_an_epoch(line: str, end: str) -> None:
    epochs = [" - ".join(f"{name}: {KERAS[name][i]}" for name in KERAS) for i in (0, 1)]
    written = log(f"Epoch 1/9\n{line}{epochs[0]}{end}\nEpoch 2/9\n{line}{epochs[1]}{end}\n")

    assert written.columns == KERAS
    assert (written.epochs, written.stated, written.printed) == ([1, 2], 9, True)
    assert written.row(1) == "la época 2 (línea 3)"
    assert len(written.notices) == ("━" in line)


def test_of_a_bar_that_is_redrawn_the_last_state_counts() -> None:
    states = [
        "  1/313 [..............................] - ETA: 5:23 - loss: 0.7000",
        "200/313 [==================>...........] - ETA: 3s - loss: 0.6000",
        "313/313 [==============================] - 15s 41ms/step - loss: 0.5000 - val_loss: 0.4500   ",
    ]
    drawn = "".join("\b" * width + "\r" + state for width, state in zip((0, 70, 65), states, strict=True))
    assert log(f"Epoch 1/1\n{drawn}\n").columns == {"loss": ["0.5000"], "val_loss": ["0.4500"]}


def test_of_a_bar_in_a_file_too() -> None:
    written = log(
        """
        Epoch 1/2

          1/313 [..............................] - ETA: 5:23 - loss: 0.7000
        313/313 [==============================] - ETA: 0s - loss: 0.5000
        Epoch 00001: val_loss improved from inf to 0.45000, saving model to best.h5

        313/313 [==============================] - 15s 41ms/step - loss: 0.5000 - val_loss: 0.4500
        Epoch 2/2

          1/313 [..............................] - ETA: 1:02:03 - loss: 0.6000
        313/313 [==============================] - 15s 41ms/step - loss: 0.4000 - val_loss: 0.4100
        Epoch 2: ReduceLROnPlateau reducing learning rate to 0.0005000000237487257.
        Restoring model weights from the end of the best epoch: 1.
        Epoch 00002: early stopping
        """
    )
    assert written.columns == {"loss": ["0.5000", "0.4000"], "val_loss": ["0.4500", "0.4100"]}
    assert written.notices == ()


@pytest.mark.parametrize(
    "after",
    [
        "782/782 [==============================] - 5s 6ms/step - loss: 0.9 - accuracy: 0.1",
        "313/313 [==============================] - 5s 6ms/step - loss: 0.9 - accuracy: 0.1",
        "1/313 [....] - ETA: 9s - loss: 0.8 - accuracy: 0.2\n313/313 [=] - 5s - loss: 0.9 - accuracy: 0.1",
        "313/313 - 5s - loss: 0.9 - accuracy: 0.1",
        f"313/313 {BAR} 5s 6ms/step",
        "Accuracy: 10.00%\nTest loss: 0.9",
    ],
)
@pytest.mark.parametrize("validated", ["", " - val_loss: 0.6 - val_accuracy: 0.7"])
def test_an_evaluation_afterwards_is_of_no_epoch(after: str, validated: str) -> None:
    line = f"313/313 [==============================] - 15s 41ms/step - loss: 0.5 - accuracy: 0.8{validated}"
    written = log(f"Epoch 1/2\n{line}\nEpoch 2/2\n{line}\n{after}\n")

    assert written.columns["loss"] == ["0.5", "0.5"]
    assert written.columns["accuracy"] == ["0.8", "0.8"]


def test_the_number_of_steps_may_be_unknown_at_first() -> None:
    written = log(
        """
        Epoch 1/2
             17/Unknown - 1s 41ms/step - loss: 0.7000\r17/17 [====] - 1s 5ms/step - loss: 0.5 - val_loss: 0.6
        Epoch 2/2
        17/17 [==============================] - 1s 5ms/step - loss: 0.4 - val_loss: 0.5
        """
    )
    assert written.columns == {"loss": ["0.5", "0.4"], "val_loss": ["0.6", "0.5"]}


metric = st.floats(min_value=0, max_value=9, allow_nan=False).map(lambda value: f"{value:.4f}")
epoch = st.lists(st.fixed_dictionaries(dict.fromkeys(("loss", "accuracy"), metric)), min_size=1, max_size=4)


@given(
    epochs=st.lists(epoch, min_size=1, max_size=4), order=st.permutations(["loss", "accuracy", "val_loss"])
)
def test_whatever_the_states_and_the_order(epochs: list[list[dict[str, str]]], order: list[str]) -> None:
    text = ""
    for number, states in enumerate(epochs, start=1):
        text += f"Epoch {number}/{len(epochs)}\n"
        width = 0
        for step, state in enumerate(states, start=1):
            values = state | ({"val_loss": state["loss"]} if step == len(states) else {})
            metrics = "".join(f" - {name}: {values[name]}" for name in order if name in values)
            shown = f"{step}/{len(states)} {BAR} 3s 41ms/step{metrics}"
            text += "\b" * width + "\r" + shown + " " * max(0, width - len(shown))
            width = len(shown)
        text += "\n"
    written = log(text)

    assert {name: list(values) for name, values in written.columns.items()} == {
        name: [states[-1][name.removeprefix("val_")] for states in epochs] for name in order
    }


# --- PyTorch -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "columns"),
    [
        (
            "Epoch 1/2 | train_loss: 0.55 | val_loss 0.50 | val_acc: 74.1%\n"
            "Epoch 2/2 | train_loss: 0.35 | val_loss 0.40 | val_acc: 84.1 %\n",
            {"train_loss": ["0.55", "0.35"], "val_loss": ["0.50", "0.40"], "val_acc": ["74.1%", "84.1 %"]},
        ),
        (
            "Epoch: 01 | Epoch Time: 0m 14s\n\tTrain Loss: 0.65 | Train Acc: 64.21%\n"
            "\t Val. Loss: 0.50 |  Val. Acc: 73.12%\n"
            "Epoch: 02 | Epoch Time: 0m 14s\n\tTrain Loss: 0.35 | Train Acc: 84.21%\n"
            "\t Val. Loss: 0.40 |  Val. Acc: 83.12%\n"
            "Test Loss: 0.41 | Test Acc: 82.00%\n",
            {
                "Train Loss": ["0.65", "0.35"],
                "Train Acc": ["64.21%", "84.21%"],
                "Val. Loss": ["0.50", "0.40"],
                "Val. Acc": ["73.12%", "83.12%"],
            },
        ),
        (
            "[1/2] loss=0.35 val_loss=4e-1\n[2/2] loss=.25 val_loss=3.5E-1\n",
            {"loss": ["0.35", ".25"], "val_loss": ["4e-1", "3.5E-1"]},
        ),
        (
            "Epoch 1: train loss 0.5 acc 0.6, val loss 0.4 acc 0.7, lr 0.1 (12.5s)\n"
            "Epoch 2: train loss 0.4 acc 0.7, val loss 0.3 acc 0.8, lr 0.01 (12.5s)\n",
            {
                "train loss": ["0.5", "0.4"],
                "train acc": ["0.6", "0.7"],
                "val loss": ["0.4", "0.3"],
                "val acc": ["0.7", "0.8"],
                "lr": ["0.1", "0.01"],
            },
        ),
        (
            "Epoch 1\nTrain:\n  Avg loss: 0.5\nValidation:\n  Avg loss: 0.4, Accuracy: 70.5%\n"
            "Epoch 2\nTrain:\n  Avg loss: 0.4\nValidation:\n  Avg loss: 0.3, Accuracy: 71.5%\n",
            {
                "train Avg loss": ["0.5", "0.4"],
                "val Avg loss": ["0.4", "0.3"],
                "val Accuracy": ["70.5%", "71.5%"],
            },
        ),
        (
            "2024-01-02 10:00:00,123 - INFO - app - Epoch 1/2 - loss: 0.5 - val_loss: 0.4 - time: 12.5s\n"
            "2024-01-02 10:05:00,123 - INFO - app - Epoch 2/2 - loss: 0.4 - val_loss: 0.3 - ETA: 0:01\n",
            {"loss": ["0.5", "0.4"], "val_loss": ["0.4", "0.3"]},
        ),
        (
            "{'epoch': 1, 'loss': 0.5, 'val_loss': 0.4}\n{'epoch': 2, 'loss': 0.4, 'val_loss': 0.3}\n",
            {"loss": ["0.5", "0.4"], "val_loss": ["0.4", "0.3"]},
        ),
        (
            "Época 1 de 2: pérdida=0.6, exactitud de validación=0.75\n"
            "Época 2 de 2: pérdida=0.5, exactitud de validación=0.79\n",
            {"pérdida": ["0.6", "0.5"], "exactitud de validación": ["0.75", "0.79"]},
        ),
        (
            "Epoch 1, Loss: tensor(0.35, grad_fn=<A>)\nEpoch 2, Loss: tensor(0.25, grad_fn=<A>)\n",
            {"Loss": ["0.35", "0.25"]},
        ),
        (
            "Epoch 1/2: 50%|##  | 20/40 [00:05<00:05, 38.1it/s, loss=0.51]"
            "\rEpoch 1/2: 100%|####| 40/40 [00:10<00:00, 38.1it/s, loss=0.35]\nVal loss: 0.40\n"
            "Epoch 2/2: 100%|####| 40/40 [00:10<00:00, 38.1it/s, loss=0.25]\nVal loss: 0.30\n",
            {"loss": ["0.35", "0.25"], "Val loss": ["0.40", "0.30"]},
        ),
    ],
)
def test_usual_prints(text: str, columns: dict[str, list[str]]) -> None:
    written = log(text)
    assert (written.columns, written.epochs) == (columns, [1, 2])


def test_a_training_that_counts_from_0() -> None:
    text = """
        Epoch 0/1
        ----------
        train Loss: 0.6785 Acc: 0.5008
        val Loss: 0.5 Acc: 0.71

        Epoch 1/1
        ----------
        train Loss: 0.5785 Acc: 0.7008
        val Loss: 0.2 Acc: 0.91

        Training complete in 1m 2s
        Best val Acc: 0.91
        """
    written = log(text)

    assert written.columns["val Acc"] == ["0.71", "0.91"]
    assert (written.epochs, written.stated, written.notices) == ([0, 1], 2, ())


def test_what_the_words_say_counts_more_than_the_bar() -> None:
    text = "".join(
        f"Epoch {i}: 100%|####| 40/40 [00:10<00:00, 38.1it/s, loss=9.9, acc=0.{i}]\nTrain Loss: 0.{i}\n"
        for i in (1, 2)
    )
    written = log(text)

    assert written.columns == {"acc": ["0.1", "0.2"], "Train Loss": ["0.1", "0.2"]}
    assert written.notices == (
        "valores que solo están en la barra de progreso, de la que cuenta lo último: «acc».",
    )


def test_a_second_bar_within_the_epoch_is_of_something_else() -> None:
    text = "".join(
        f"Epoch {i}\n100%|####| 40/40 [00:10<00:00, loss=0.{i}]\n100%|####| 9/9 [00:01<00:00, loss=0.9]\n"
        for i in (1, 2)
    )
    assert log(text).columns == {"loss": ["0.1", "0.2"]}


def test_metrics_of_a_batch_are_not_those_of_an_epoch() -> None:
    batch = "Epoch [1/2], Step [100/600], Loss: 0.2\n"
    assert "se encontró líneas de lotes (Step, Batch…), que no son las de una época" in refusal(batch * 6)

    written = log(f"{batch * 2}Epoch [1/2], Val loss: 0.5\nEpoch [2/2], Val loss: 0.4\n")
    assert written.columns == {"Val loss": ["0.5", "0.4"]}
    assert written.notices == (
        "las líneas de un lote (Step, Batch…) no se leen: sus métricas no son las de la época.",
    )


@pytest.mark.parametrize(
    "text",
    [
        "Train Epoch: 1 [64/60000 (1%)]\tLoss: 2.3\nTest set: Average loss: 0.5, Accuracy: 98/100 (98%)\n",
        "Epoch 1\n-------\nloss: 2.3  [   64/60000]\nTest Error: \n Accuracy: 41.0%, Avg loss: 2.15 \n",
        "[0/5][0/1583]\tLoss_D: 1.7\tLoss_G: 4.9\n[1/5][0/1583]\tLoss_D: 1.7\tLoss_G: 4.9\n",
        "[Epoch 0/200] [Batch 0/938] [D loss: 0.69] [G loss: 0.71]\n",
        "Epoch: [0][ 10/391]\tTime 0.1 (0.2)\tLoss 0.3 (0.4)\n",
        "782/782 [==============================] - 5s 6ms/step - loss: 0.9 - accuracy: 0.1\n",
        "Epochs: 10, learning rate: 0.1, loss: 0.5\n",
        "Epoch: 100%|####| 10/10 [00:10<00:00, loss=0.5]\n",
        "Best epoch: 3 (val_loss: 0.5)\nval_loss: 0.4 (epoch 2)\n",
        "Epoch 1/10\nEpoch 2/10\n",
    ],
)
def test_what_says_nothing_of_epochs(text: str) -> None:
    assert refusal(text).startswith("se esperaba un historial de entrenamiento con líneas como «Epoch 3/10»")


# --- what is wrong with it ---------------------------------------------------------------


def test_an_epoch_that_was_cut_short_is_left_out() -> None:
    done = "9/9 [====] - 1s - loss: 0.5 - val_loss: 0.6\n"
    for cut in ("", "4/9 [=>..] - ETA: 3s - loss: 0.4\n", "9/9 [====] - ETA: 0s - loss: 0.4\n"):
        written = log(f"Epoch 1/9\n{done}Epoch 2/9\n{cut}")
        assert (written.epochs, written.stated) == ([1], 9)
        assert written.notices == ("la época 2 (línea 3) quedó a medias: no se lee.",)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Epoch 1\nval_loss: 0.5\nEpoch 2\nEpoch 3\nval_loss: 0.5\n",
            "se esperaba un valor de «val_loss» en la época 2 (línea 3), se encontró ninguno",
        ),
        (
            "Epoch 1\nloss: 0.5\nloss: 0.4\nEpoch 2\nloss: 0.5\n",
            "se esperaba un valor de «loss» en la época 1 (línea 1), se encontró «0.5» y «0.4»",
        ),
        (
            "Epoch 1/2\n4/9 [=>..] - ETA: 3s - loss: 0.4\nEpoch 2/2\n9/9 [====] - 1s - loss: 0.4\n",
            "se esperaba la época 1 (línea 1) entera, se encontró una a medias",
        ),
    ],
)
def test_an_epoch_that_is_not_whole(text: str, expected: str) -> None:
    assert expected in refusal(text)


def test_what_follows_the_last_epoch_is_not_of_it() -> None:
    written = log("Epoch 1, loss: 0.5\nEpoch 2, loss: 0.4\nFinal\nloss: 0.9, accuracy: 0.1\n")

    assert written.columns == {"loss": ["0.5", "0.4"]}
    assert written.notices == ("lo que sigue a la última época no se lee: «loss» y «accuracy».",)


def test_decimal_commas_are_left_to_be_refused() -> None:
    assert log("Epoch 1: loss=0,35, val_loss=0,5\n").columns == {"loss": ["0,35"], "val_loss": ["0,5"]}


def test_what_is_no_number_is_left_to_be_refused() -> None:
    written = log("Epoch 1, loss: nan, val_loss -inf\nEpoch 2, loss: NaN, val_loss inf\n")
    assert written.columns == {"loss": ["nan", "NaN"], "val_loss": ["-inf", "inf"]}


# --- more than one training --------------------------------------------------------------

VALIDATED = (
    "Epoch 1/2\n9/9 - 1s - loss: 0.5 - val_loss: 0.6\nEpoch 2/2\n9/9 - 1s - loss: 0.4 - val_loss: 0.5\n"
)
PLAIN = "Epoch 1/1\n9/9 - 1s - loss: 0.7\n"
GAN = "Epoch 0, d_loss: 0.6, g_loss: 0.9\nEpoch 1, d_loss: 0.7, g_loss: 0.8\n"


@pytest.mark.parametrize("other", [PLAIN, PLAIN * 2, GAN])
def test_of_several_the_only_one_with_validation(other: str) -> None:
    written = log(other + VALIDATED)

    assert written.columns == {"loss": ["0.5", "0.4"], "val_loss": ["0.6", "0.5"]}
    lines = {PLAIN: "línea 1; línea 3", PLAIN * 2: "línea 1; línea 3; línea 5", GAN: "línea 1; línea 3"}[
        other
    ]
    n, own = lines.count(";") + 1, lines.rpartition("; ")[2]
    assert written.notices == (f"hay {n} entrenamientos ({lines}): se lee el único con val_loss ({own}).",)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (VALIDATED * 2, "2 (línea 1; línea 5)"),
        (PLAIN * 7, "7 (línea 1; línea 3; línea 5; línea 7; línea 9; …)"),
        (GAN + PLAIN, "2 (línea 1; línea 3)"),
    ],
)
def test_several_are_refused(text: str, found: str) -> None:
    said = refusal(text)
    assert said == (
        f"se esperaba un solo entrenamiento, se encontró {found}; "
        "deje en el archivo solo el que se quiere contar."
    )


# --- notebooks ---------------------------------------------------------------------------


def notebook(*cells: list[tuple[str, str]]) -> str:
    """Of code cells that printed streams."""
    code = [
        {
            "cell_type": "code",
            "metadata": {},
            "outputs": [
                {"output_type": "stream", "name": name, "text": text.splitlines(keepends=True)}
                for name, text in streams
            ],
        }
        for streams in cells
    ]
    markdown = {"cell_type": "markdown", "metadata": {}, "source": "Epoch 1/1\nloss: 99"}
    return json.dumps({"nbformat": 4, "nbformat_minor": 5, "metadata": {}, "cells": [markdown, *code]})


def test_the_output_of_the_cells() -> None:
    parts = VALIDATED.partition("9/9")
    cut = [("stdout", parts[0]), ("stderr", "WARNING: loss: 99"), ("stdout", parts[1] + parts[2])]
    written = read_notebook(notebook([], cut, [("stdout", "loss: 0.1\n")]), PATH)

    assert written.columns == {"loss": ["0.5", "0.4"], "val_loss": ["0.6", "0.5"]}
    assert written.row(0) == "la época 1 (celda 3, línea 1)"


def test_a_training_may_go_on_in_another_cell() -> None:
    more = "Epoch 3/3\n9/9 - 1s - loss: 0.3 - val_loss: 0.4\n"
    written = read_notebook(notebook([("stdout", VALIDATED)], [("stdout", more)]), PATH)
    assert (written.epochs, written.stated) == ([1, 2, 3], 3)


def test_trainings_in_several_cells() -> None:
    with pytest.raises(BroughtError, match=r"se encontró 2 \(celda 2, línea 1; celda 3, línea 1\)"):
        read_notebook(notebook(*([("stdout", "Epoch 1, val_loss: 0.5\n")] for _ in range(2))), PATH)


def test_an_old_notebook() -> None:
    output = {"output_type": "stream", "stream": "stdout", "text": VALIDATED}
    cell = {"cell_type": "code", "input": "", "language": "python", "outputs": [output], "metadata": {}}
    old = {"nbformat": 3, "nbformat_minor": 0, "metadata": {}, "worksheets": [{"cells": [cell]}]}
    assert read_notebook(json.dumps(old), PATH).epochs == [1, 2]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "{",
        "[]",
        "3",
        "{}",
        '{"nbformat": 4}',
        '{"nbformat": 99, "cells": []}',
        '{"nbformat": "x", "cells": []}',
        '{"nbformat": 4, "cells": 3}',
        '{"nbformat": 4, "cells": [3]}',
        '{"nbformat": 4, "metadata": {}, "cells": [{"cell_type": "code", "metadata": {}, "outputs": 3}]}',
        notebook([("stdout", "a")]).replace('"output_type": "stream", ', ""),
        notebook([("stdout", "a")]).replace('["a"]', "3"),
        notebook([("stdout", "a")]).replace('"name": "stdout", ', ""),
        '{"nbformat": 3, "worksheets": 3}',
        "[" * 100_000,
    ],
)
def test_what_is_no_notebook(text: str) -> None:
    with pytest.raises(
        BroughtError, match=r"^train.log: se esperaba un cuaderno de Jupyter, se encontró otra cosa"
    ):
        read_notebook(text, PATH)


def test_a_notebook_without_a_training() -> None:
    with pytest.raises(BroughtError, match="se encontró ninguna así"):
        read_notebook(notebook([("stdout", "hola")]), PATH)
