"""Sentences for data that are not what they should be."""

from pathlib import Path

from experiments.data.sets import DataError

MAX_OFFICIAL_BYTES = 200_000_000  # of a set, uncompressed; the real ones have 65 and 55 million


def expect(place: str, expected: str, found: str, remedy: str) -> None:
    """
    Raises:
        DataError: ``found`` is not what was ``expected``.
    """
    if found != expected:
        raise DataError(f"{place}: se esperaba {expected}, se encontró {found}; {remedy}.")


def expect_at_most(place: str, size: int, limit: int, remedy: str) -> None:
    """
    Raises:
        DataError: there are more than ``limit`` bytes.
    """
    if size > limit:
        raise DataError(f"{place}: se esperaban como mucho {limit} bytes, se encontraron {size}; {remedy}.")


def unreadable(path: Path, error: object, remedy: str) -> DataError:
    """What to raise if ``path`` cannot be read because of ``error``."""
    return DataError(f"{path}: se esperaban datos legibles, se encontró «{error}»; {remedy}.")


def official_remedy(url: str, table: str) -> str:
    """What to do with a file or folder that is not the official one whose name it bears."""
    return (
        f"si es un conjunto propio, descríbalo en [{table}]; si quiere el oficial, descargue {url} en "
        "otra carpeta e indíquela con DATA_DIR"
    )


SAMPLE_REMEDY = "instale las versiones de las bibliotecas que pide el proyecto"
