"""Where the program lies."""

from pathlib import Path

ROOT = Path(__file__).parents[1]
TEMPLATES = ROOT / "templates" / "es"  # all Spanish of the document
