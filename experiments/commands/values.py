"""Values of the command line, or one sentence."""

from collections.abc import Sequence

from experiments.errors import SettingsError

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


def parse_jobs(text: str) -> int:
    """A positive number of processes.

    Raises:
        SettingsError: anything else.
    """
    if not _is_number(text) or int(text) == 0:
        raise SettingsError(
            f"JOBS: se esperaba un entero positivo, se encontró «{text}»; escriba, por ejemplo, JOBS=2."
        )
    return int(text)


def refuse_unknown(name: str, value: str | None, legal: Sequence[str]) -> None:
    """Raises SettingsError unless ``value`` is left out or one of ``legal``."""
    if value is not None and value not in legal:
        raise SettingsError(
            f"{name}: se esperaba {' o '.join(legal)}, se encontró «{value}»; escriba uno de ellos o ninguno."
        )


def _is_number(word: str) -> bool:
    return word.isdecimal() and len(word) <= MAX_DIGITS
