"""The history of a training, from whatever its author has of it."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from experiments.brought.history import from_csv, from_events, from_json, from_text
from experiments.brought.history.names import (
    GAN_LOSSES,
    Column,
    counts_steps,
    is_interpreted,
    meaning,
)
from experiments.brought.history.values import ColumnError, Values, number, values_of
from experiments.brought.history.written import AS_JSON, HISTORY, Written, listed, text_of
from experiments.brought.refusals import refusal
from experiments.records.brought import TakenAs

__all__ = ["Column", "History", "read_history"]

_NO_TEXT = (".pkl", ".pickle", ".joblib", ".npy", ".npz", ".h5", ".hdf5", ".keras", ".pt", ".pth")
_CORRECT = "corríjalo o quite la columna"


@dataclass(frozen=True)
class History:
    """``n`` epochs, at least one: losses and rates from 0, accuracies in [0, 1], each as the file has it.

    ``stated``: how many epochs the training was to have, where the file says so («Epoch 3/10»).
    ``zero_based``: the file counts its epochs from 0. ``names``: columns that are not called as Keras calls
    them (loss, accuracy, val_loss, val_accuracy, learning_rate). ``notices``: Spanish sentences.
    ``decimals``: to how many a column was rounded where it was printed; None for files with whole floats.
    """

    columns: Mapping[Column, tuple[float, ...]]
    n: int
    stated: int | None
    zero_based: bool
    names: tuple[TakenAs, ...]
    notices: tuple[str, ...]
    decimals: Mapping[Column, int] | None


def read_history(path: Path, *, strict: bool = True) -> History:
    """From JSON, CSV, TensorBoard, a notebook or a log; the suffix says which, or else the content.

    Unless ``strict``, a column with a value that cannot be used is left out and named in the notices.

    Raises:
        BroughtError: none of these, no column that is known, or one that cannot be used; two columns
            that may be the same; columns of different lengths; epochs that do not follow each other.
    """
    written = _written(path)
    names = _names(path, written.columns)
    notices = [f"{path}: {notice}" for notice in written.notices]
    unknown = [name for name in written.columns if name not in names.values()]
    if unknown:
        notices.append(f"{path}: columnas que no se conocen y no se leen: {listed(unknown)}.")
    found: dict[Column, Values] = {}
    for column, name in names.items():
        try:
            found[column] = values_of(column, name, written.columns[name], written.row)
        except ColumnError as error:
            if strict:
                raise refusal(path, error.expected, error.found, _CORRECT) from error
            notices.append(f"{path}: no se lee «{name}»: {error}.")
    n = _length(path, names, found)
    first = _first(path, written, n)
    if first is None and set(found) - GAN_LOSSES and (steps := list(filter(counts_steps, unknown))):
        raise refusal(path, "una fila por época", f"{listed(steps)}", "añada una columna epoch, o quite esa")
    percentages = [names[column] for column, values in found.items() if values.percent]
    if percentages:
        notices.append(f"{path}: columnas en tanto por ciento, divididas entre 100: {listed(percentages)}.")
    return History(
        columns={column: values.values for column, values in found.items()},
        n=n,
        stated=written.stated,
        zero_based=first == 0,
        names=tuple(
            TakenAs(file=path.name, name=names[column], meaning=column)
            for column in found
            if is_interpreted(names[column], column)
        ),
        notices=tuple(notices),
        decimals={column: values.decimals for column, values in found.items()} if written.printed else None,
    )


def _written(path: Path) -> Written:
    if path.is_dir() or from_events.MARK in path.name:
        return from_events.read_events(path)
    suffix = path.suffix.lower()
    if suffix in _NO_TEXT:
        # A pickle can run anything when it is opened.
        raise refusal(path, f"{HISTORY} como JSON, CSV o texto", f"un archivo {suffix}", AS_JSON)
    text = text_of(path)
    if suffix == ".ipynb":
        return from_text.read_notebook(text, path)
    if suffix == ".json":
        return from_json.read_json(text, path)
    if suffix in (".csv", ".tsv"):
        return from_csv.read_csv(text, path)
    if _is_json(text):
        return from_json.read_json(text, path)
    if from_csv.looks_like_csv(text):  # CSVLogger("training.log")
        return from_csv.read_csv(text, path)
    return from_text.read_log(text, path)


def _is_json(text: str) -> bool:
    if text.lstrip()[:1] not in ("{", "["):
        return False
    try:
        json.loads(text)
    except (ValueError, RecursionError):
        return False
    return True


def _names(path: Path, columns: Mapping[str, Sequence[object]]) -> dict[Column, str]:
    """The names by what they mean, those that mean something."""
    names: dict[Column, str] = {}
    for name in columns:
        column = meaning(name)
        if column is not None and names.setdefault(column, name) != name:
            both = listed([names[column], name])
            raise refusal(path, f"una sola columna de {column}", f"{both}", "quite la que sobra")
    return names


def _length(path: Path, names: Mapping[Column, str], found: Mapping[Column, Values]) -> int:
    lengths = {names[column]: len(values.values) for column, values in found.items()}
    if not set(found) - {"learning_rate"} or 0 in lengths.values():
        raise refusal(path, f"{HISTORY} con loss, val_loss…", "ninguna columna así con valores", AS_JSON)
    if len(set(lengths.values())) > 1:
        told = ", ".join(f"«{name}» de {length}" for name, length in lengths.items())
        raise refusal(
            path, f"{HISTORY} con columnas de igual longitud", told, "complete las épocas que faltan"
        )
    return next(iter(lengths.values()))


def _first(path: Path, written: Written, n: int) -> int | None:
    """The number of the first epoch; None where the file does not count them."""
    if written.epochs is None:
        return None
    if len(written.epochs) != n:
        found = f"{len(written.epochs)} números de época y {n} valores"
        raise refusal(path, "un número por época", found, "complete los que faltan")
    before: int | None = None
    for i, cell in enumerate(written.epochs):
        read = number(cell)
        whole = float(read.written) if read and not read.percent else None
        if whole is None or whole not in ((0, 1) if before is None else (before + 1,)):
            expected = "la época 0 o 1" if before is None else f"la época {before + 1}"
            raise refusal(path, f"{expected} en {written.row(i)}", f"«{cell}»", "complete las que faltan")
        before = int(whole)
    return None if before is None else before - n + 1
