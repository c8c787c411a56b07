"""Where the project lies."""

from pathlib import Path

ROOT = Path(__file__).parent.parent
RESULTS, REFERENCE = Path("results/local"), Path("results/reference")

# The folder in which an installed program has what in a clone lies beside the packages: where packages are
# installed, a folder «templates» may be anybody's.
_INSTALLED = "informe"


def place(name: str | Path, root: Path = ROOT) -> Path:
    """Where what lies at ``name`` in a clone of the project lies here."""
    installed = root / _INSTALLED / name
    return installed if installed.exists() else root / name
