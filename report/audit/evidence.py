"""What claims are checked against: the document's own tables or, where given, the results."""

import csv
import io
import json
import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from experiments.kinds.gan import GanRecord
from experiments.kinds.lstm import LstmRecord
from experiments.records.base import Arrays, RecordError
from experiments.records.results import read_results
from report.audit.blocks import UnreadableError
from report.audit.numerals import Interval, exact
from report.audit.statements import Statements
from report.audit.tables import Key, Matrix, Series

_NAMES: dict[str, Key] = {
    "loss": ("loss", "train"),
    "val_loss": ("loss", "val"),
    "accuracy": ("accuracy", "train"),
    "acc": ("accuracy", "train"),
    "binary_accuracy": ("accuracy", "train"),
    "val_accuracy": ("accuracy", "val"),
    "val_acc": ("accuracy", "val"),
    "val_binary_accuracy": ("accuracy", "val"),
    "d_loss": ("loss", "D"),
    "g_loss": ("loss", "G"),
}
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


def read(path: Path, statements: Statements) -> Evidence:
    """Results: a folder of ours, or a history of Keras (``history.json``, CSVLogger).

    What the results do not hold is checked against the document's own tables.

    Raises:
        UnreadableError, RecordError: they cannot be used.
    """
    if path.is_dir():
        return _folder(path, statements)
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise UnreadableError(
            f"{path}: se esperaba un historial legible, se encontró «{error}»; revise la ruta."
        ) from error
    history, broken = _csv(text) if path.suffix.lower() == ".csv" else _json(text)
    columns = {
        _NAMES[name]: tuple(exact(value) for value in values)
        for name, values in history.items()
        if name in _NAMES
    }
    lengths = {len(values) for values in columns.values()}
    if len(lengths) != 1 or 0 in lengths:
        raise UnreadableError(
            f"{path}: se esperaba un historial de Keras con listas de igual longitud (loss, val_loss…), "
            f"se encontró «{', '.join(list(history)[:5]) or 'nada'}»; guarde History.history como JSON."
        )
    series = Series(
        "epoch", tuple(range(1, lengths.pop() + 1)), dict(columns), f"historial {path.name}", part="lstm"
    )
    kept = [item for item in statements.series if item.unit == "step"]
    notices = []
    if broken:
        notices.append(f"{path}: no se comparan {', '.join(broken)}: tienen valores que no son números.")
    unknown = [name for name in history if name not in _NAMES]
    if unknown:
        notices.append(f"{path}: no se comparan {', '.join(unknown)}: la auditoría no las conoce.")
    return Evidence([series, *kept], list(statements.matrices), external=True, notices=notices)


History = dict[str, list[float]]


def _json(text: str) -> tuple[History, list[str]]:
    """The columns of a history, and the names of those that are not all finite numbers."""
    try:
        content = json.loads(text)
        content = content.get("history", content)
        columns = {str(name): values for name, values in content.items() if isinstance(values, list)}
    except (ValueError, AttributeError, RecursionError):
        return {}, []
    return _finite(columns)


def _csv(text: str) -> tuple[History, list[str]]:
    """The same of what CSVLogger writes."""
    columns: dict[str, list[object]] = {}
    try:
        for row in csv.DictReader(io.StringIO(text)):
            for name, value in row.items():
                if name and name != "epoch":
                    columns.setdefault(name, []).append(_float(value))
    except csv.Error:
        return {}, []
    return _finite(columns)


def _float(text: object) -> object:
    try:
        return float(str(text))
    except ValueError:
        return text


def _finite(columns: Mapping[str, list[object]]) -> tuple[History, list[str]]:
    good: History = {}
    for name, values in columns.items():
        numbers = [float(v) for v in values if isinstance(v, int | float) and math.isfinite(v)]
        if len(numbers) == len(values):
            good[name] = numbers
    return good, [name for name in columns if name not in good]


def _folder(path: Path, statements: Statements) -> Evidence:
    found = Evidence(external=True)
    for run in read_results(path)[1]:
        if run.record.variant:  # another model than the one that a document is about
            continue
        record, source = run.record, f"resultados {run.name}"
        if isinstance(record, LstmRecord):
            found.series.append(_lstm(record, source))
            counts = record.confusion
            found.matrices.append(
                Matrix(
                    counts.true_negative,
                    counts.false_positive,
                    counts.false_negative,
                    counts.true_positive,
                    source,
                    seed=record.seed,
                )
            )
            _put(found, "lstm", record.config.model_dump() | {"length": record.config.sequence_length})
            _put(found, "lstm", {"rate": record.config.learning_rate, "batch": record.config.batch_size})
            _put(found, "lstm", {"patience": record.config.early_stopping_patience})
        elif isinstance(record, GanRecord):
            found.series.append(_gan(record, run.arrays, source))
            config = record.config
            _put(found, "gan", {"batch": config.batch_size, "iterations": config.iterations})
            _put(found, "gan", {"latent": config.latent_dim, "beta": config.beta_1})
            if config.generator_learning_rate == config.discriminator_learning_rate:
                _put(found, "gan", {"rate": config.generator_learning_rate})
    if not found.series:
        raise RecordError(f"{path}: se esperaban resultados, no se encontró ninguno; ejecute «make train».")
    found.selected = bool(found.epochs())
    _complete(found, own(statements))
    return found


def _complete(found: Evidence, tables: Evidence) -> None:
    """Of an experiment that the results do not hold, the document's own ``tables`` stay the proof."""
    if not found.epochs():
        found.series += tables.epochs()
        found.matrices += tables.matrices
        found.notices += tables.notices
    if not found.steps():
        found.series += tables.steps()
        found.notices += tables.notices


def _put(found: Evidence, part: str, values: dict[str, object]) -> None:
    for name, value in values.items():
        if isinstance(value, int | float) and not isinstance(value, bool):
            found.settings[part, name] = exact(float(value))


def _lstm(record: LstmRecord, source: str) -> Series:
    names: dict[Key, str] = {
        ("loss", "train"): "train_loss",
        ("accuracy", "train"): "train_accuracy",
        ("loss", "running"): "running_loss",
        ("accuracy", "running"): "running_accuracy",
        ("loss", "val"): "val_loss",
        ("accuracy", "val"): "val_accuracy",
    }
    columns: dict[Key, tuple[Interval | None, ...]] = {
        key: tuple(exact(getattr(epoch, name)) for epoch in record.epochs) for key, name in names.items()
    }
    return Series(
        "epoch", tuple(e.epoch for e in record.epochs), columns, source, part="lstm", seed=record.seed
    )


def _gan(record: GanRecord, arrays: Arrays, source: str) -> Series:
    """Mean losses between one sampled step and the next."""
    steps = [step for step in record.sampled_steps if step > 0]
    columns: dict[Key, tuple[Interval | None, ...]] = {}
    for name, split in (("discriminator_loss", "D"), ("generator_loss", "G")):
        curve = arrays[name]
        means, before = [], 0
        for step in steps:
            means.append(exact(float(curve[before:step].mean())))
            before = step
        columns["loss", split] = tuple(means)
    return Series("step", tuple(steps), columns, source, part="gan", seed=record.seed)
