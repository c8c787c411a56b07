"""Where the program lies, and where it looks for what the user says of the document."""

from pathlib import Path

ROOT = Path(__file__).parents[1]
TEMPLATES = ROOT / "templates" / "es"  # all Spanish of the document
SETTINGS = Path("informe.toml")  # unless the user names another
MANIFEST_FILE = "manifest.json"  # as in ``experiments.records``, which takes longer to import
