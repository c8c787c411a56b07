"""A column of a file of predictions, and the numbers in it."""

from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np

from experiments.brought.refusals import refusal
from experiments.validation import shown


@dataclass(frozen=True)
class Column:
    """``values`` of a column or array: numbers, or str objects. ``name`` as it is written."""

    path: Path
    name: str
    values: np.ndarray

    @property
    def is_text(self) -> bool:
        return self.values.dtype.kind == "O"

    @property
    def n(self) -> int:
        return len(self.values) if self.values.ndim else 1

    def flat(self) -> "Column":
        """(n,) of (n,) or (n, 1).

        Raises:
            BroughtError: another shape.
        """
        if self.values.shape[1:] not in ((), (1,)) or not self.values.ndim:
            remedy = "guarde un valor por reseña"
            if self.values.ndim == 2 and self.values.shape[1] > 1:
                remedy += f", por ejemplo con {shown(self.name)}.argmax(axis=1) si son clases"
            found = f"la forma {shown(self.values.shape)}"
            raise refusal(self.path, f"en «{shown(self.name)}» la forma (n,) o (n, 1)", found, remedy)
        return replace(self, values=self.values.ravel())

    def refuse_where(self, wrong: np.ndarray, expected: str, remedy: str) -> None:
        """
        Raises:
            BroughtError: ``wrong`` bool[n] is somewhere true.
        """
        rows = np.flatnonzero(wrong)
        if len(rows):
            others = f" y en {len(rows) - 1} más" if len(rows) > 1 else ""
            found = f"«{shown(self.values[rows[0]])}» en la fila {rows[0] + 1}{others}"
            raise refusal(self.path, f"en «{shown(self.name)}» {expected}", found, remedy)


def to_numbers(column: Column) -> np.ndarray:
    """Of a flat column the numbers, in their own type or in float64 if they were text.

    Raises:
        BroughtError: text, NaN or infinity.
    """
    values = column.values
    if column.is_text:
        values = np.array([number(text) for text in values.tolist()], float)
    column.refuse_where(~np.isfinite(values), "un número en cada fila", "corríjalo o quite la fila")
    return values


def with_points(column: Column) -> Column:
    """Text with decimal commas, as spreadsheets in Spanish have it, with points; any other as it is."""
    texts = column.values.tolist() if column.is_text and column.values.ndim == 1 else []
    if any("," in text for text in texts) and not any("." in text for text in texts):
        return replace(column, values=np.array([text.replace(",", ".") for text in texts], object))
    return column


def number(text: str) -> float:
    """NaN if it is none; «1_000» is none, whatever Python says."""
    try:
        return float(text) if "_" not in text else np.nan
    except ValueError:
        return np.nan


def as_words(values: Any) -> np.ndarray:
    """str objects, of the same shape."""
    array = np.asarray(values)
    return np.array([str(value).strip() for value in array.ravel().tolist()], object).reshape(array.shape)
