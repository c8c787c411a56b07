import time

import pytest

from experiments.brought.history.lines import MAX_LENGTH, Line, heading, read_bracketed, read_line, visible


@pytest.mark.parametrize(
    ("line", "shown"),
    [
        ("loss: 0.5", "loss: 0.5"),
        ("a\rb\rc", "c"),
        ("a\rb\r   \r", "b"),
        ("abc\b\b\bd", "d"),
        ("1/9 - loss: 0.5   \b\b\b\b\b\r9/9 - loss: 0.4", "9/9 - loss: 0.4"),
        ("\x1b[1m9/9\x1b[0m \x1b[32m━\x1b[0m \x1b[2K", "9/9 ━ "),
        ("[1m9/9[0m [38;5;12mx[m", "9/9 x"),
        ("\x1b]8;;http://a\x07x\x1b]8;;\x07", "x"),
        ("E\u0301poca", "Época"),
        ("", ""),
        ("x" * 2 * MAX_LENGTH, "x" * MAX_LENGTH),
    ],
)
def test_visible(line: str, shown: str) -> None:
    assert visible(line) == shown


@pytest.mark.parametrize(
    ("text", "epoch", "stated"),
    [
        ("Epoch 3/10", 3, 10),
        ("EPOCH: 03 | x", 3, None),
        ("Epoch [3/10], x", 3, 10),
        ("Epoch #3", 3, None),
        ("epoch=3, x", 3, None),
        ("Época 3 de 10", 3, 10),
        ("Epoch 3 of 10:", 3, 10),
        ("[Epoch 3/10]", 3, 10),
        ("2024-01-02 10:00:00,123 - INFO - app - Epoch 3", 3, None),
        ("10:00:00 INFO Epoch 3", 3, None),
        ("INFO:root:Epoch 3", 3, None),
        ("Start of epoch 3", 3, None),
        ("==> Training epoch 3", 3, None),
        ("Train Epoch: 3", 3, None),
        ('{"epoch": 3, "x": 1}', 3, None),
        ("Epoch 00003: val_loss improved from inf to 0.3, saving model to x", 3, None),
        ("Restoring model weights from the end of the best epoch: 3.", None, None),
        ("Best: epoch 3", None, None),
        ("val_loss: 0.3 (epoch 3)", None, None),
        ("Epoch: 100%|####| 3/3 [00:01<00:00]", None, None),
        ("Epoch Time: 0m 3s", None, None),
        ("Epochs: 10", None, None),
        ("epochs=10", None, None),
        ("epoch_3", None, None),
        ("Epoch 1.5", None, None),
        ("number of epoch 3", None, None),
    ],
)
def test_which_epoch(text: str, epoch: int | None, stated: int | None) -> None:
    line = read_line(text, "", "")
    assert (line.epoch, line.stated) == (epoch, stated)


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("loss: 0.5, acc=0.6; val_loss 0.4", {"loss": "0.5", "acc": "0.6", "val_loss": "0.4"}),
        ("loss: 0.5 (12.5s, 3.2 s/it) ETA: 0:03 time: 3s 41ms/step", {"loss": "0.5"}),
        ("Accuracy: 9800/10000 (98%)", {}),
        ("val_loss improved from inf to 0.3", {}),
        ("auc: 0.9", {"auc": "0.9"}),
        ("auc 0.9", {}),
        ("'loss': 0.5", {"loss": "0.5"}),
        ("loss: 0.5. Done", {"loss": "0.5"}),
        ("loss: 1e-05", {"loss": "1e-05"}),
        ("train loss 0.5 acc 0.6 val loss 0.4 acc 0.5", None),
    ],
)
def test_metrics(text: str, values: dict[str, str] | None) -> None:
    apart = {"train loss": "0.5", "train acc": "0.6", "val loss": "0.4", "val acc": "0.5"}
    assert dict(read_line(text, "", "").values) == (apart if values is None else values)


def test_a_heading_says_of_what_the_next_lines_speak() -> None:
    found = {text: heading(text) for text in ("Validation:", "-- Test Error: ", "Train", "Model:", "loss: 1")}
    assert found == {
        "Validation:": "val",
        "-- Test Error: ": "test",
        "Train": None,
        "Model:": None,
        "loss: 1": None,
    }
    assert read_line("loss: 0.5, lr: 0.1", "", "val").values == (("val loss", "0.5"), ("lr", "0.1"))


def test_how_far_a_bar_is() -> None:
    lines = [
        "  7/313 [>....] - ETA: 5:23 - loss: 0.5",
        "     17/Unknown - 1s 5ms/step - loss: 0.5",
        " - 15s - loss: 0.5",
        "Epoch 2: 10%|# | 39/391 [00:01<00:10, 38.1it/s, loss=0.5]",
    ]
    found = [read_line(line, "", "") for line in lines]
    assert [(line.kind, line.done, line.total) for line in found] == [
        ("keras", 7, 313),
        ("keras", 17, None),
        ("keras", 1, 1),
        ("bar", 39, 391),
    ]
    assert [dict(line.values)["loss"] for line in found] == ["0.5"] * 4


def test_numbers_in_brackets() -> None:
    line = Line("línea 1", "plain", 3, 10, values=(("loss", "0.5"), ("val_loss", "0.4")))
    assert read_bracketed("[ 3/10] loss=0.5 val_loss=0.4", "línea 1") == line
    assert read_bracketed("[3/10]", "") is read_bracketed("[3/10][1/9] loss: 0.5", "") is None


@pytest.mark.parametrize(
    "unit", ["a ", "a", "a/", "a.", "1 ", "-", "[", "\x08", "\r", "Epoch ", "- ", "loss "]
)
def test_no_line_takes_long(unit: str) -> None:
    began = time.process_time()
    read_line(visible(unit * 500_000), "", "")
    assert time.process_time() - began < 2
