"""Where the program lies, and where it looks for what the user says of the document."""

from pathlib import Path

ROOT = Path(__file__).parents[1]
TEMPLATES = ROOT / "templates" / "es"  # all Spanish of the document
SETTINGS = Path("informe.toml")  # unless the user names another
MAX_SETTINGS = 2**18  # bytes of the file with the settings
MAX_REFLECTION = 100 * 2**10  # bytes of the file with the author's own words, which the settings may name
MANIFEST_FILE = "manifest.json"  # as in ``experiments.records``, which takes longer to import
