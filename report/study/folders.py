"""Where results lie."""

from pathlib import Path

from report.errors import RenderError
from report.paths import MANIFEST_FILE, place

LOCAL, REFERENCE = Path("results/local"), Path("results/reference")
ACCOMPANYING = place(REFERENCE)  # the same, wherever one works


def choose_results(chosen: Path | None) -> Path:
    """``chosen`` or, without it, the first of the usual folders that holds complete results.

    Raises:
        RenderError: none does, or ``chosen`` is no folder.
    """
    if chosen and chosen.is_file():
        raise RenderError(
            f"{chosen}: se esperaba una carpeta de resultados, se encontró un fichero; si es de un "
            f"entrenamiento propio, impórtelo antes, por ejemplo con «make import HISTORY={chosen}»."
        )
    for root in (chosen,) if chosen else (LOCAL, REFERENCE, ACCOMPANYING):
        if (root / MANIFEST_FILE).exists() or chosen:
            return root
    raise RenderError(
        f"Se esperaban resultados completos en {LOCAL} o en {REFERENCE}, no se encontró "
        f"ningún {MANIFEST_FILE}; ejecute «make train»."
    )
