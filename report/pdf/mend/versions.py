"""The versions of the libraries that the mends were written for and tested with."""

from importlib.metadata import PackageNotFoundError, version

from report.errors import RenderError

# Another version may have other private names or, worse, the same names with another meaning.
MENDED = {"weasyprint": "70.0", "pyphen": "0.18.1", "pydyf": "0.13.0"}


def refuse_other_versions() -> None:
    """Call it before any mend.

    Raises:
        RenderError: naming the library, the version that is expected and the one that is there.
    """
    for name, expected in MENDED.items():
        found = _installed(name)
        if found != expected:
            raise RenderError(
                f"Se esperaba {name} {expected}, la versión para la que se ha adaptado el PDF, se encontró "
                f"{found}; borre .venv y repita la orden para instalar la de constraints.txt."
            )


def _installed(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return "ninguna"
