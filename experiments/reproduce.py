"""Repeat one seed and compare the new records with the stored ones.

On the same machine with the same versions a run repeats bit for bit. Elsewhere the last digits
of a sum differ and training amplifies them: two such runs are as far apart as two seeds. The
tolerances are therefore those of another seed, not those of rounding.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from experiments.records import (
    Confusion,
    GanRecord,
    Identity,
    JudgeRecord,
    LinearRecord,
    LstmRecord,
    MemoryRecord,
    ProbeRecord,
    ReadabilityRecord,
    Record,
    Run,
    differences,
)

# What a repetition may differ in without meaning anything.
_UNLIKE = {"duration_s", "environment", "finished_on", "arrays_digest"}
_TAIL = 3  # the last third of the iterations


@dataclass(frozen=True)
class Tolerance:
    """By how much a quantity of a repeated run may differ, and how it is printed."""

    name: str
    limit: float
    decimals: int


TOLERANCES = {
    "test_accuracy": Tolerance("exactitud en la prueba", 0.02, 4),  # seeds differ by about 0.005
    "test_loss": Tolerance("pérdida en la prueba", 0.05, 4),
    "val_loss": Tolerance("menor pérdida de validación", 0.05, 4),
    "discriminator_loss": Tolerance("pérdida de D, último tercio", 0.15, 3),
    "generator_loss": Tolerance("pérdida de G, último tercio", 0.25, 3),
    "d_real": Tolerance("salida de D ante reales, último tercio", 0.08, 3),
    "d_fake": Tolerance("salida de D ante generadas, último tercio", 0.08, 3),
    "ink": Tolerance("tinta de las últimas imágenes", 0.03, 3),
    "kept_accuracy": Tolerance("exactitud con las últimas palabras", 0.02, 4),
    "decay": Tolerance("influencia de lo lejano entre la de lo cercano", 0.05, 3),
    "interaction": Tolerance("interacción de longitud y modelo", 0.1, 3),
    "probe_lstm": Tolerance("exactitud de la LSTM en la sonda", 0.15, 3),
    "probe_bilstm": Tolerance("exactitud del control en la sonda", 0.05, 3),
    "judge_accuracy": Tolerance("exactitud del juez", 0.005, 4),
    "judge_real": Tolerance("dígitos reales legibles", 0.03, 3),
    "readable": Tolerance("imágenes legibles en el último paso", 0.15, 3),
}


@dataclass(frozen=True)
class Row:
    """One quantity of both runs."""

    tolerance: Tolerance
    stored: float
    repeated: float

    @property
    def within(self) -> bool:
        return abs(self.repeated - self.stored) <= self.tolerance.limit

    def __str__(self) -> str:
        places, limit = self.tolerance.decimals, self.tolerance.limit
        verdict = "dentro" if self.within else "fuera"
        return (
            f"{self.tolerance.name}: {self.stored:.{places}f} → {self.repeated:.{places}f}, "
            f"diferencia {abs(self.repeated - self.stored):.{places}f}, {verdict} de {limit:g}"
        )


def is_identical(stored: Run, repeated: Run) -> bool:
    """Bit for bit: every array, and every field that the clock or the machine does not decide."""
    return _lasting(stored.record) == _lasting(repeated.record) and all(
        np.array_equal(array, repeated.arrays[name]) for name, array in stored.arrays.items()
    )


def rows(stored: Run, repeated: Run) -> list[Row]:
    """Each quantity of both runs, with its tolerance."""
    before, after = quantities(stored), quantities(repeated)
    return [Row(TOLERANCES[name], before[name], after[name]) for name in before]


def quantities(run: Run) -> dict[str, float]:
    """What of a run is compared: accuracies and outputs in [0, 1], losses in nats, ink as a
    share of the image in [0, 1]."""
    match run.record:
        case LstmRecord() as record:
            return {
                "test_accuracy": _accuracy(record.confusion),
                "test_loss": record.test_loss,
                "val_loss": min(epoch.val_loss for epoch in record.epochs),
            }
        case GanRecord():
            names = ("discriminator_loss", "generator_loss", "d_real", "d_fake")
            tails = {name: run.arrays[name][-(-2 * len(run.arrays[name]) // _TAIL) :] for name in names}
            ink = float(run.arrays["samples"][-1].mean() / 255)
            return {name: float(tail.mean()) for name, tail in tails.items()} | {"ink": ink}
        case LinearRecord() as record:
            return {"test_accuracy": _accuracy(record.confusion), "test_loss": record.test_loss}
        case MemoryRecord() as record:
            kept = max((row for row in record.truncations if row.keep == "last"), key=lambda row: row.tokens)
            return {
                "kept_accuracy": kept.correct / kept.n,
                "decay": record.decay.ratio,
                "interaction": record.regression.interaction.estimate,
            }
        case ProbeRecord(rows=rows):
            n = sum(row.n for row in rows)
            return {
                "probe_lstm": sum(row.lstm_correct for row in rows) / n,
                "probe_bilstm": sum(row.bilstm_correct for row in rows) / n,
            }
        case JudgeRecord() as record:
            real = next(control for control in record.controls if control.name == "real")
            return {"judge_accuracy": record.correct / record.n_test, "judge_real": real.readable / real.n}
        case ReadabilityRecord() as record:
            last = max(record.steps, key=lambda step: step.iteration)
            return {"readable": last.readable / last.n}


def _accuracy(table: Confusion) -> float:
    hits = table.true_negative + table.true_positive
    return hits / (hits + table.false_negative + table.false_positive)


def causes(stored: Record, repeated: Record) -> Iterator[str]:
    """Where differences between both runs may come from."""
    before, after = stored.environment, repeated.environment
    for name in sorted(before.libraries.keys() | after.libraries.keys()):
        if before.libraries.get(name) != after.libraries.get(name):
            yield f"otra versión de {name} ({before.libraries.get(name)} → {after.libraries.get(name)})"
    if before.python != after.python:
        yield f"otro Python ({before.python} → {after.python})"
    if before.processor != after.processor:
        yield f"otro procesador ({before.processor} → {after.processor})"
    if before.platform != after.platform:
        yield f"otro sistema ({before.platform} → {after.platform})"
    if before.threads != after.threads:
        yield f"otro número de hilos ({before.threads} → {after.threads})"


def compare(stored: Run, repeated: Run) -> tuple[bool, list[str]]:
    """Whether the repetition confirms the stored run, and what to say about it."""
    if is_identical(stored, repeated):
        return True, [f"{stored.name}: se repite bit a bit."]
    compared = rows(stored, repeated)
    found = list(causes(stored.record, repeated.record))
    source = (
        f"Las diferencias pueden venir de {'; '.join(found)}."
        if found
        else "Son la misma máquina y las mismas versiones: las diferencias vienen de que el cálculo no es "
        "determinista."
    )
    confirmed = all(row.within for row in compared)
    verdict = "se repite dentro de la tolerancia" if confirmed else "no se repite"
    return confirmed, [f"{stored.name}: {verdict}.", *(f"  {row}." for row in compared), f"  {source}"]


def obstacles(stored: Identity, present: Identity) -> list[str]:
    """What makes the repetition another experiment; other libraries do not, nor do runs to
    measure that are yet to be repeated."""
    same = {"libraries": stored.libraries, "upstream": stored.upstream}
    return differences(stored, present.model_copy(update=same))


def _lasting(record: Record) -> dict:
    content = record.model_dump(exclude=_UNLIKE)
    for epoch in content.get("epochs", ()):
        epoch.pop("duration_s")
    return content
