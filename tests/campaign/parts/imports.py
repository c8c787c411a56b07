"""What an author brings: histories, predictions, matrices, networks and losses, changed; what is taken of
them makes a document that nothing denies."""

import csv
import io
import json
import os
import zipfile
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from random import Random

import mutations
import numpy as np
import pandas
from children import Case
from commands import CLEAN, FAILED, expect_told, experiments
from results_made import expect_honest, read

from experiments.brought import importing  # noqa: F401 (before any fork)
from experiments.commands import import_, judge, reproduce, run, train  # noqa: F401

TRIES = "lo que se importa, cambiado: historiales, predicciones, matrices, redes y pérdidas"
CASES = 350
CELLS = (
    "",
    "nan",
    "inf",
    "-1",
    "1e400",
    "0,5",
    "x",
    "1",
    "0",
    "9" * 400,
    "٣",
    "1_000",
    " 0.5 ",
    "\0",
    '"',
    "=1+1",
)

COUNTS = ("10", "0", "-1", "9" * 20, "1.5", "", "x", "1e3", "٣", "nan")
SHAPES = ("{},{},{},{}", "[[{} {}] [{} {}]]", "{} {} {} {}", "{},{},{}", "{};{};{};{}", "@{}{}{}{}")


def cases(seed: str, share: float, folder: Path) -> Iterator[Case]:
    for number in range(max(1, round(CASES * share))):
        random = Random(f"{seed} imports {number}")
        make = random.choice(MADE)
        yield Case(f"{number} {make.__name__}", partial(_do, random, make))


def _do(random: Random, make: Callable[[Random, Path], list[object]], folder: Path) -> None:
    out = folder / "mio"
    answer = experiments("import", *make(random, folder), "--out", out)
    expect_told(answer, CLEAN, FAILED)
    if answer.code == CLEAN:
        study = read(out)
        if study is not None:
            expect_honest(study, out)


def _history(random: Random) -> dict[str, list]:
    epochs = random.choice((1, 2, 5, 10))
    return {
        name: [round(random.random(), 4) for _ in range(epochs)]
        for name in ("loss", "accuracy", "val_loss", "val_accuracy")
    }


def json_history(random: Random, folder: Path) -> list[object]:
    path = folder / "historial.json"
    content = _history(random)
    if random.random() < 0.4:
        path.write_bytes(mutations.written(random, content)[0])
    else:
        for _ in range(random.choice((0, 1, 1, 2))):
            mutations.change(random, content)
        path.write_bytes(json.dumps(content).encode("utf-8", "surrogatepass"))
    return ["--history", path]


def csv_history(random: Random, folder: Path) -> list[object]:
    path = folder / "historial.csv"
    content = _history(random)
    rows = [["epoch", *content], *([n, *row] for n, row in enumerate(zip(*content.values(), strict=True)))]
    path.write_bytes(_table(random, rows))
    return ["--history", path]


def _table(random: Random, rows: list[list]) -> bytes:
    for _ in range(random.choice((0, 1, 1, 3))):
        row = random.choice(rows)
        match random.randrange(4):
            case 0 if row:
                row[random.randrange(len(row))] = random.choice(CELLS)
            case 1 if row:
                row.pop()
            case 2:
                row.append(random.choice(CELLS))
            case _:
                rows.insert(random.randrange(len(rows)), list(row))
    text = io.StringIO()
    csv.writer(text, delimiter=random.choice(",,,;\t")).writerows(rows)
    data = text.getvalue().encode("utf-8", "surrogatepass")
    return mutations.damaged(random, data) if random.random() < 0.3 else data


def notebook(random: Random, folder: Path) -> list[object]:
    path = folder / "cuaderno.ipynb"
    lines = "\n".join(
        f"Epoch {n}/3\n1/1 [====] - 1s - loss: 0.{n} - accuracy: 0.8 - val_loss: 0.{n} - val_accuracy: 0.7"
        for n in (1, 2, 3)
    )
    output = {"output_type": "stream", "name": "stdout", "text": lines}
    cell = {"cell_type": "code", "source": "fit", "outputs": [output], "metadata": {}, "execution_count": 1}
    content = {"cells": [cell], "metadata": {}, "nbformat": 4, "nbformat_minor": 5}
    for _ in range(random.choice((1, 2))):
        mutations.change(random, content)
    path.write_bytes(json.dumps(content).encode("utf-8", "surrogatepass"))
    return ["--history", path]


def log(random: Random, folder: Path) -> list[object]:
    path = folder / "registro.txt"
    lines = [f"Epoch {n}/9\nloss: 0.{n} - val_loss: 0.{n}" for n in range(1, 10)]
    random.shuffle(lines) if random.random() < 0.3 else None
    path.write_bytes(mutations.damaged(random, "\n".join(lines).encode()))
    return ["--history", path]


def predictions(random: Random, folder: Path) -> list[object]:
    n = random.choice((1, 2, 50, 400))
    order = np.random.default_rng(random.randrange(10**6))
    arrays = {"y_true": order.integers(0, 2, n), "y_prob": order.random(n)}
    kind = random.choice(("npz", "csv", "parquet"))
    path = folder / f"predicciones.{kind}"
    if kind == "csv":
        rows = [list(arrays), *map(list, zip(*arrays.values(), strict=True))]
        path.write_bytes(_table(random, rows))
        return ["--predictions", path]
    if random.random() < 0.6:
        name = random.choice(list(arrays))
        with np.errstate(all="ignore"):
            arrays[name] = random.choice(
                (
                    lambda a: a[:-1],
                    lambda a: a.astype("S3"),
                    lambda a: a[None].repeat(2, 0),
                    lambda a: a * np.nan,
                    lambda a: a - 3,
                    lambda a: a.astype("c8"),
                    lambda a: np.array(list(map(str, a))),
                )
            )(arrays[name])
    if kind == "npz":
        np.savez(path, **arrays)
    else:
        frame = {name: array.reshape(-1) for name, array in arrays.items() if array.dtype.kind != "c"}
        size = min((len(array) for array in frame.values()), default=0)
        pandas.DataFrame({name: array[:size] for name, array in frame.items()}).to_parquet(path)
    if random.random() < 0.4:
        path.write_bytes(mutations.damaged(random, path.read_bytes()))
    return ["--predictions", path]


def confusion(random: Random, folder: Path) -> list[object]:
    numbers = [
        random.choice(("10", "0", "-1", "9" * 20, "1.5", "", "x", "1e3", "٣", "nan")) for _ in range(4)
    ]
    shape = random.choice(
        ("{},{},{},{}", "[[{} {}] [{} {}]]", "{} {} {} {}", "{},{},{}", "{};{};{};{}", "@{}{}{}{}")
    )
    return ["--confusion", shape.format(*numbers)]


def model(random: Random, folder: Path) -> list[object]:
    path = folder / random.choice(("modelo.json", "modelo.json", "modelo.keras"))
    layers = [
        {"class_name": "Embedding", "config": {"name": "e", "input_dim": 1000, "output_dim": 8}},
        {"class_name": "LSTM", "config": {"name": "l", "units": 16, "dropout": 0.2}},
        {"class_name": "Dense", "config": {"name": "d", "units": 1, "activation": "sigmoid"}},
    ]
    content = {"class_name": "Sequential", "config": {"name": "s", "layers": layers}}
    for _ in range(random.choice((0, 1, 2, 3))):
        mutations.change(random, content)
    data = json.dumps(content).encode("utf-8", "surrogatepass")
    if path.suffix == ".keras":
        with zipfile.ZipFile(path, "w") as file:
            file.writestr("config.json", data)
            file.writestr("metadata.json", b"{}")
        data = path.read_bytes()
        data = mutations.damaged(random, data) if random.random() < 0.5 else data
    path.write_bytes(data)
    history = folder / "h.json"
    history.write_text(json.dumps({"val_loss": [0.5, 0.4], "val_accuracy": [0.7, 0.8]}))
    return ["--model", path, "--history", history]


def gan_losses(random: Random, folder: Path) -> list[object]:
    n = random.choice((1, 10, 300))
    path = folder / f"gan.{random.choice(('csv', 'json', 'npz'))}"
    columns = {name: [round(random.random(), 4) for _ in range(n)] for name in ("d_loss", "g_loss")}
    if path.suffix == ".csv":
        rows = [["step", *columns], *([i, *row] for i, row in enumerate(zip(*columns.values(), strict=True)))]
        path.write_bytes(_table(random, rows))
    elif path.suffix == ".json":
        for _ in range(random.choice((0, 1, 2))):
            mutations.change(random, columns)
        path.write_bytes(json.dumps(columns).encode("utf-8", "surrogatepass"))
    else:
        np.savez(path, **{name: np.array(values) for name, values in columns.items()})
        path.write_bytes(mutations.damaged(random, path.read_bytes()))
    return ["--gan-losses", path, *random.choice(([], ["--gan-loss", "mean"], ["--gan-loss", "sum"]))]


def elsewhere(random: Random, folder: Path) -> list[object]:
    """Names of files that are none."""
    os.mkfifo(folder / "tubo.json")
    (folder / "carpeta.json").mkdir()
    names = (
        *("/dev/null", "no.json", "", "a\udc80.json"),
        folder / "tubo.json",
        folder / "carpeta.json",
        folder,
    )
    return [random.choice(("--history", "--predictions", "--model", "--gan-losses")), random.choice(names)]


MADE = (
    *(json_history, json_history, csv_history, csv_history, notebook, log, predictions, predictions),
    *(confusion, model, gan_losses, elsewhere),
)
