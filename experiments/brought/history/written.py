"""A history as a file has it, before anything of it is interpreted; and text files as such."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from experiments.brought.refusals import refusal
from experiments.brought.texts import decoded
from experiments.causes import cause
from experiments.validation import shown

MAX_BYTES = 100_000_000  # a history takes kilobytes, a log with every step some megabytes

LEGIBLE = "un historial legible"
HISTORY = "un historial de entrenamiento"
AS_JSON = "guarde History.history como JSON"


@dataclass(frozen=True)
class Written:
    """``columns`` by the names in the file, one value an epoch: a number, or its text.

    ``row(i)`` says in Spanish where value ``i`` stands («la fila 3»). ``epochs``: their numbers, where the
    file gives them. ``stated``: how many epochs were planned, where it says so. ``printed``: the values
    are rounded as they were shown. ``notices``: Spanish sentences without the name of the file.
    """

    columns: Mapping[str, Sequence[object]]
    row: Callable[[int], str]
    epochs: Sequence[object] | None = None
    stated: int | None = None
    printed: bool = False
    notices: tuple[str, ...] = ()


def listed(names: Sequence[str]) -> str:
    """«a», «b» y «c»; of more than six the first five."""
    quoted = [f"«{shown(name)}»" for name in names]
    if len(quoted) > 6:
        return f"{', '.join(quoted[:5])} y otros {len(quoted) - 5}"
    return " y ".join(filter(None, [", ".join(quoted[:-1]), *quoted[-1:]]))


def text_of(path: Path) -> str:
    """The text of a file in UTF-8, or in what its mark says, as the console of Windows saves it.

    Raises:
        BroughtError: not there, no file, empty, too large, or no text.
    """
    try:
        path.stat()
        if not path.is_file():
            raise refusal(path, LEGIBLE, "algo que no es un archivo", "revise la ruta")
        with path.open("rb") as file:
            data = file.read(MAX_BYTES + 1)
    except OSError as error:
        raise refusal(path, LEGIBLE, cause(error), "revise la ruta") from error
    if len(data) > MAX_BYTES:
        found = f"un archivo de más de {MAX_BYTES // 1_000_000} MB"
        raise refusal(path, LEGIBLE, found, "deje en él solo las métricas de cada época")
    try:
        text = decoded(data)
    except UnicodeDecodeError as error:
        found = f"un byte que no es de UTF-8 (el {error.start + 1})"
        raise refusal(path, LEGIBLE, found, f"guárdelo como UTF-8, o {AS_JSON}") from error
    if "\0" in text:
        raise refusal(path, LEGIBLE, "datos binarios", AS_JSON)
    if not text.strip():
        raise refusal(path, LEGIBLE, "un archivo vacío", AS_JSON)
    return text
