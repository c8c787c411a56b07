"""What claims are checked against: the document's own tables, and the results that are given."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np

from experiments.brought.history.reader import Column, History, read_history
from experiments.errors import BroughtError
from experiments.kinds.gan import GanRecord
from experiments.kinds.lstm import LstmRecord
from experiments.records.base import Arrays, RecordError, Run
from experiments.records.brought import Brought, BroughtGan, BroughtLstm
from experiments.records.parts import Confusion
from experiments.records.results import read_all_brought, read_results
from experiments.records.storage import TRAIN_AGAIN
from report.audit.blocks import UnreadableError
from report.audit.matrices import Matrix, binary
from report.audit.numerals import Interval, exact
from report.audit.statements import Statements
from report.audit.tables import KEYS, Key, Series

_LSTM: dict[str, Key] = {
    **{"train_loss": ("loss", "train"), "train_accuracy": ("accuracy", "train")},
    **{"running_loss": ("loss", "running"), "running_accuracy": ("accuracy", "running")},
    **{"val_loss": ("loss", "val"), "val_accuracy": ("accuracy", "val")},
}
_BROUGHT: dict[str, Key] = {str(name): key for name, key in KEYS.items()}
MAX_TABLES = 20  # more seeds than anybody tabulates; it bounds the time of the rules


@dataclass
class Evidence:
    """Series and matrices, one for each seed; settings by part and name.

    ``external``: results were given. ``notices``: what of them is not compared, in Spanish.
    """

    series: list[Series] = field(default_factory=list)
    matrices: list[Matrix] = field(default_factory=list)
    settings: dict[tuple[str, str], Interval] = field(default_factory=dict)
    external: bool = False
    selected: bool = False  # the results know which epoch was selected
    notices: list[str] = field(default_factory=list)

    def items(self) -> list[Series | Matrix]:
        return [*self.series, *self.matrices]

    def epochs(self) -> list[Series]:
        return [series for series in self.series if series.unit == "epoch"]

    def steps(self) -> list[Series]:
        return [series for series in self.series if series.unit == "step"]


def own(statements: Statements) -> Evidence:
    """The document's own tables."""
    found = Evidence(statements.series[:MAX_TABLES], statements.matrices[:MAX_TABLES])
    if len(statements.series) > MAX_TABLES or len(statements.matrices) > MAX_TABLES:
        found.notices.append(
            f"hay más de {MAX_TABLES} tablas de un tipo: solo las {MAX_TABLES} primeras sirven de prueba."
        )
    return found


def read(path: Path) -> Evidence:
    """Results: a folder of ours, or a history as ``read_history`` takes it: JSON, CSV, log, notebook, events.

    Of a history, columns that cannot be used are left out and said.

    Raises:
        UnreadableError, RecordError: they cannot be used.
    """
    if path.is_dir():
        return _folder(path)
    try:
        history = read_history(path, strict=False)
    except BroughtError as error:
        raise UnreadableError(str(error)) from error
    compared = [column for column in history.columns if column in KEYS]
    columns = {KEYS[column]: _intervals(history, column) for column in compared}
    part = "gan" if {split for _, split in columns} <= {"D", "G"} else "lstm"
    series = Series("epoch", tuple(range(1, history.n + 1)), columns, f"historial {path.name}", part=part)
    notices = list(history.notices)
    if taken := [f"«{name.name}» por {name.meaning}" for name in history.names if name.meaning in compared]:
        notices.append(f"{path}: se toma {', '.join(taken)}.")
    if "learning_rate" in history.columns:
        notices.append(f"{path}: no se compara la tasa de aprendizaje de cada época.")
    return Evidence([series], external=True, notices=notices)


def _intervals(history: History, column: Column) -> tuple[Interval | None, ...]:
    """What was printed stands for half a unit of its last digit to each side."""
    if history.decimals is None:
        return tuple(exact(value) for value in history.columns[column])
    half = 0.5 * 10.0 ** -history.decimals[column]
    return tuple(Interval(value - half, value + half) for value in history.columns[column])


def _folder(path: Path) -> Evidence:
    manifest, runs = read_results(path)
    found = of_runs(runs, read_all_brought(path, manifest))
    if not found.series and not found.matrices:
        remedy = "impórtelo con lo demás" if manifest.brought else TRAIN_AGAIN
        raise RecordError(
            f"{path}: se esperaba un historial, una matriz o unas pérdidas con que comparar, no se encontró "
            f"nada de eso; {remedy}."
        )
    return found


def of_runs(runs: Iterable[Run], brought: Sequence[Brought]) -> Evidence:
    """What was run here and what an author brought."""
    found = Evidence(external=True)
    for one in brought:
        _add_brought(found, one)
    for run in runs:
        if run.record.variant:  # another model than the one that a document is about
            continue
        record, source = run.record, f"resultados {run.name}"
        if isinstance(record, LstmRecord):
            config = record.config
            found.series.append(_epochs(record.epochs, _LSTM, source, record.seed))
            found.matrices.append(_matrix(record.confusion, source, record.seed))
            named = {"length": config.sequence_length, "rate": config.learning_rate}
            named |= {"batch": config.batch_size, "patience": config.early_stopping_patience}
            _put(found, "lstm", config.model_dump() | named)
        elif isinstance(record, GanRecord):
            gan, steps = record.config, [step for step in record.sampled_steps if step > 0]
            found.series.append(_gan(run.arrays, steps, steps, source, record.seed))
            _put(found, "gan", {"batch": gan.batch_size, "iterations": gan.iterations})
            _put(found, "gan", {"latent": gan.latent_dim, "beta": gan.beta_1})
            if gan.generator_learning_rate == gan.discriminator_learning_rate:
                _put(found, "gan", {"rate": gan.generator_learning_rate})
    found.selected = bool(found.epochs()) and not brought
    return found


def _add_brought(found: Evidence, run: Brought) -> None:
    """What an author brought of a training of their own; they do not say which epoch's weights they kept."""
    record, source = run.record, f"resultados {run.name}"
    _put(found, "lstm" if isinstance(record, BroughtLstm) else "gan", dict(record.settings))
    if isinstance(record, BroughtLstm):
        if record.epochs:
            found.series.append(_epochs(record.epochs, _BROUGHT, source, record.seed))
        if record.confusion:
            found.matrices.append(_matrix(record.confusion, source, record.seed))
    elif isinstance(record, BroughtGan) and record.unit == "iteration":
        steps = [step for step in record.sampled_steps if step > 0]
        stops = np.searchsorted(run.arrays["iteration"], steps, side="right").tolist()
        if steps and all(np.diff([0, *stops])):  # something was logged before each
            found.series.append(_gan(run.arrays, steps, stops, source, record.seed))


def _epochs(epochs: Sequence[Any], names: dict[str, Key], source: str, seed: int) -> Series:
    """Columns that some epoch lacks are left out."""
    values: dict[Key, list[Any]] = {k: [getattr(e, name, None) for e in epochs] for name, k in names.items()}
    columns: dict[Key, tuple[Interval | None, ...]] = {
        key: tuple(exact(value) for value in each) for key, each in values.items() if None not in each
    }
    index = tuple(epoch.epoch for epoch in epochs)
    return Series("epoch", index, columns, source, part="lstm", seed=seed)


def _matrix(counts: Confusion, source: str, seed: int) -> Matrix:
    negatives = counts.true_negative, counts.false_positive
    return binary((*negatives, counts.false_negative, counts.true_positive), source, None, seed)


def _put(found: Evidence, part: str, values: dict[str, object]) -> None:
    for name, value in values.items():
        if isinstance(value, int | float) and not isinstance(value, bool):
            found.settings[part, name] = exact(float(value))


def _gan(arrays: Arrays, steps: Sequence[int], stops: Sequence[int], source: str, seed: int) -> Series:
    """Mean losses between one sampled step and the next; ``stops`` are the rows at which they end."""
    columns: dict[Key, tuple[Interval | None, ...]] = {}
    for name, split in (("discriminator_loss", "D"), ("generator_loss", "G")):
        pieces = np.split(arrays[name], stops)[: len(stops)]
        columns["loss", split] = tuple(exact(float(piece.mean())) for piece in pieces)
    return Series("step", tuple(steps), columns, source, part="gan", seed=seed)
