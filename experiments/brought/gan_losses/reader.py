"""The losses of a GAN, as its author logged them."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import numpy as np

from experiments.brought.gan_losses.columns import Columns, no_number, numbers, read_columns
from experiments.brought.gan_losses.names import (
    ACCURACIES,
    EPOCH,
    FAKE_HALF,
    OUTPUTS,
    REAL_HALF,
    STEP,
    meaning,
)
from experiments.brought.refusals import refusal
from experiments.records.brought import TakenAs

Unit = Literal["iteration", "epoch"]

MAX_STEP = 10**12

_HALVES = {REAL_HALF, FAKE_HALF}
_NEEDED = ({"discriminator_loss"}, {"generator_loss"}, _HALVES)  # one of these


@dataclass(frozen=True)
class GanLosses:
    """``curves`` float32[t] by the names of ``GAN_CURVES``, as far as the file has them: losses of any sign,
    outputs and accuracies in [0, 1]; also «accuracy», of the discriminator over real and generated images
    together, and «discriminator_loss_real» and «discriminator_loss_fake», the halves of its loss.

    ``iteration`` int64[t], from 1 and ascending: what was logged every so many iterations, or the number
    of the epoch where ``unit`` says so. ``notices``: Spanish sentences.
    """

    curves: Mapping[str, np.ndarray]
    iteration: np.ndarray
    unit: Unit
    names: tuple[TakenAs, ...]
    notices: tuple[str, ...]


def read_gan_losses(path: Path) -> GanLosses:
    """Of a CSV or TSV file, a JSON object of lists, or an NPZ file.

    Raises:
        BroughtError: as ``read_columns`` and ``numbers``; no loss; two columns that could be one; columns
            of other lengths; outputs or accuracies out of range; steps that do not ascend.
    """
    columns = read_columns(path)
    taken = _taken(path, columns)
    lengths = {name: len(columns.values[name]) for name in taken.values()}
    if len(set(lengths.values())) > 1:
        (one, n), (other, m) = next(
            (pair, last) for pair in lengths.items() for last in lengths.items() if pair[1] != last[1]
        )
        found = f"{n} en «{one}» y {m} en «{other}»"
        raise refusal(path, "columnas igual de largas", found, "complete las que faltan")
    if 0 in lengths.values():
        raise refusal(path, "alguna fila de pérdidas", "ninguna", "compruebe el fichero")
    notices = []
    curves = {
        canonical: numbers(path, name, columns)
        for canonical, name in taken.items()
        if canonical not in (STEP, EPOCH)
    }
    notices += _to_rates(path, curves, taken, columns)
    unit: Unit = "epoch" if EPOCH in taken and STEP not in taken else "iteration"
    iteration, told = _steps(path, columns, taken.get(unit), len(next(iter(curves.values()))))
    notices += told
    used = {name for canonical, name in taken.items() if canonical != EPOCH or unit == EPOCH}
    if unread := [
        f"«{name}»" if name else "una sin nombre"
        for name in (*columns.values, *columns.others)
        if name not in used
    ]:
        notices.append(
            f"De «{path.name}» no se leen otras columnas: {', '.join(unread[:8])}{'…' * (len(unread) > 8)}."
        )
    if set(curves) >= _HALVES and "discriminator_loss" not in curves:
        notices.append(
            f"«{path.name}» tiene las dos mitades de la pérdida del discriminador y no el total, que puede "
            "ser su suma o su media."
        )
    return GanLosses(
        {name: values.astype(np.float32) for name, values in curves.items()},
        iteration,
        unit,
        tuple(
            TakenAs(file=path.name, name=name, meaning=canonical)
            for canonical, name in taken.items()
            if name in used
        ),
        tuple(notices),
    )


def _taken(path: Path, columns: Columns) -> dict[str, str]:
    """The names in the file by what they mean."""
    taken: dict[str, str] = {}
    for name in columns.values:
        canonical = meaning(name)
        if canonical is None:
            continue
        if canonical in taken:
            found = f"«{taken[canonical]}» y «{name}», que pueden ser lo mismo ({canonical})"
            raise refusal(path, "una columna de cada cosa", found, "quite una")
        taken[canonical] = name
    if not any(needed <= set(taken) for needed in _NEEDED):
        found = ", ".join(f"«{name}»" for name in list(columns.values)[:8]) or "ninguna"
        remedy = "llame a las columnas d_loss y g_loss"
        raise refusal(path, "una columna con la pérdida del discriminador o del generador", found, remedy)
    return taken


def _to_rates(
    path: Path, curves: dict[str, np.ndarray], taken: Mapping[str, str], columns: Columns
) -> list[str]:
    """Leaves what must lie in [0, 1] there; says so where accuracies were percentages."""
    accuracies = [name for name in ACCURACIES if name in curves]
    # One that is never above 1 % may stand beside others: all are percentages, or none is.
    percent = any(curves[name].max() > 1 for name in accuracies)
    for name in (*accuracies, *(name for name in OUTPUTS if name in curves)):
        most = 100 if percent and name in ACCURACIES else 1
        wrong = (curves[name] < 0) | (curves[name] > most)
        if wrong.any():
            i = int(np.argmax(wrong))
            if name in OUTPUTS:
                expected, remedy = "una salida entre 0 y 1", "aplique la sigmoide o quite la columna"
            else:
                expected, remedy = "una exactitud de 0 a 1, o de 0 a 100 %", "corríjala"
            raise no_number(path, taken[name], columns, i, expected, remedy)
        if most == 100:
            curves[name] = curves[name] / 100
    names = ", ".join(f"«{taken[name]}»" for name in accuracies)
    return [f"Las exactitudes de «{path.name}» ({names}) se toman por porcentajes."] if percent else []


def _steps(path: Path, columns: Columns, name: str | None, n: int) -> tuple[np.ndarray, list[str]]:
    """int64[n], and what is to be told."""
    if name is None:
        told = (
            f"«{path.name}» no dice las iteraciones: sus filas se toman por las iteraciones de la 1 a la {n}."
        )
        return np.arange(1, n + 1, dtype=np.int64), [told]
    steps = numbers(path, name, columns)
    wrong = (steps != np.floor(steps)) | (steps < 0) | (steps > MAX_STEP)
    if wrong.any():
        i = int(np.argmax(wrong))
        raise no_number(path, name, columns, i, "un entero desde 0", "corríjalo")
    if (falling := np.diff(steps) <= 0).any():
        i = int(np.argmax(falling)) + 1
        expected = f"un número mayor que el anterior, {int(steps[i - 1])}"
        remedy = "numere las filas desde el principio del entrenamiento, en una columna «iteration»"
        raise no_number(path, name, columns, i, expected, remedy)
    if steps[0] == 0:
        told = f"«{name}» cuenta en «{path.name}» desde 0; se le suma uno."
        return steps.astype(np.int64) + 1, [told]
    return steps.astype(np.int64), []
