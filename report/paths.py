"""Where the program lies, and where it looks for what the user says of the document."""

from pathlib import Path

from experiments.paths import ROOT, place

__all__ = ["ROOT", "place"]

TEMPLATES = place("templates/es")  # all Spanish of the document
SETTINGS = Path("informe.toml")  # unless the user names another
MAX_REFLECTION = 100 * 2**10  # bytes of the file with the author's own words, which the settings may name
MANIFEST_FILE = "manifest.json"  # as in ``experiments.records``, which takes longer to import
