"""Values of the command line, or one sentence."""

import os
import shlex
from collections.abc import Sequence

from experiments.errors import SettingsError
from experiments.records.base import Device

DEFAULT_SEEDS = "1 2 3"
MAX_SEED = 2**28  # eight streams of random numbers are made from each, in 31 bits
MAX_DIGITS = 9  # Python refuses to read numbers of thousands of them


def parse_seeds(text: str) -> list[int]:
    """Distinct non-negative integers separated by spaces or commas.

    Raises:
        SettingsError: anything else.
    """
    words = text.replace(",", " ").split()
    if not words or not all(_is_number(word) and int(word) < MAX_SEED for word in words):
        raise SettingsError(
            f"SEEDS: se esperaban enteros no negativos separados por espacios, se encontró «{text}»; "
            f'escriba, por ejemplo, SEEDS="{DEFAULT_SEEDS}".'
        )
    return list(dict.fromkeys(int(word) for word in words))


def parse_seed(text: str) -> int:
    """A single one.

    Raises:
        SettingsError: anything else.
    """
    if not _is_number(text) or int(text) >= MAX_SEED:
        raise SettingsError(
            f"SEED: se esperaba un entero no negativo, se encontró «{text}»; escriba, por ejemplo, SEED=1."
        )
    return int(text)


def parse_jobs(text: str | None, device: Device = "cpu") -> int:
    """A positive number of processes; left out, one for each core, or a single one on a GPU, whose
    memory two would fight for.

    Raises:
        SettingsError: anything else.
    """
    if text is None:
        return 1 if device == "gpu" else os.cpu_count() or 1
    if device == "gpu" and text != "1":
        raise SettingsError(
            f"JOBS: se esperaba 1 con DEVICE=gpu, porque la memoria de la GPU es una, se encontró «{text}»; "
            "quite JOBS."
        )
    if not _is_number(text) or int(text) == 0:
        raise SettingsError(
            f"JOBS: se esperaba un entero positivo, se encontró «{text}»; escriba, por ejemplo, JOBS=2."
        )
    return int(text)


def parse_assignments(text: str) -> list[str]:
    """Those in ``text``, separated by spaces as the shell would.

    Raises:
        SettingsError: a quotation mark that is not closed.
    """
    try:
        return shlex.split(text)
    except ValueError as error:
        raise SettingsError(
            f"SET: se esperaban las comillas por pares, se encontró «{text}»; escriba, por ejemplo, "
            'SET="lstm.units=128 memory.budgets=[20,40]".'
        ) from error


def refuse_unknown(name: str, value: str | None, legal: Sequence[str]) -> None:
    """Raises SettingsError unless ``value`` is left out or one of ``legal``."""
    if value is not None and value not in legal:
        raise SettingsError(
            f"{name}: se esperaba {' o '.join(legal)}, se encontró «{value}»; escriba uno de ellos o ninguno."
        )


def _is_number(word: str) -> bool:
    return word.isdecimal() and len(word) <= MAX_DIGITS
