"""Where the images of a page lie. What a page says may come from anybody's records: no image is looked for
outside the folder of the document."""

from pathlib import Path

from report.errors import RenderError


def image_file(base: Path, address: str) -> Path:
    """The file that ``address``, which is relative to ``base``, names.

    Raises:
        RenderError: there is none in ``base``.
    """
    try:
        path = (base / address).resolve()
        is_there = path.is_relative_to(base.resolve()) and path.is_file()
    except (OSError, ValueError):  # no file can have that name
        is_there = False
    if not is_there:
        raise RenderError(
            f"Se esperaba una imagen de la carpeta del documento, se encontró «{address:.80}»; quítela o "
            "vuelva a dibujarla."
        )
    return path
