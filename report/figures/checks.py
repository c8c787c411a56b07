"""What figures ask of their data before they are drawn, and values to compare with."""

from dataclasses import dataclass

import numpy as np


def check_numbers(name: str, values: np.ndarray, shape: tuple[int, ...] | None = None) -> None:
    """Refuse what cannot be drawn.

    Raises:
        ValueError: ``values`` is empty, holds NaN or infinity, or has not the given ``shape``.
    """
    values = np.asarray(values)
    if shape is not None and values.shape != shape:
        raise ValueError(
            f"{name}: se esperaba una matriz de forma {shape}, se encontró {values.shape}; "
            "revise los registros."
        )
    if values.size == 0 or not np.isfinite(values).all():
        raise ValueError(
            f"{name}: se esperaban números finitos, se encontró "
            f"{'nada' if values.size == 0 else 'NaN o infinito'}; revise los registros."
        )


@dataclass(frozen=True, eq=False)
class Level:
    """A value to compare with, and how it is printed."""

    value: float
    label: str

    def __post_init__(self) -> None:
        check_numbers("level", np.array([self.value]))
