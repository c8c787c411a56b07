"""Where the commands look for the document unless they are told."""

from pathlib import Path

BUILD = Path("build")
PDF = BUILD / "informe.pdf"
