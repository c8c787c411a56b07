"""``informe.toml``: what the user says about the document."""

import datetime
import tomllib
from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from report.errors import RenderError
from report.ledger.spanish import Style
from report.paths import SETTINGS

AUTO: Literal["auto"] = "auto"
LEGAL = {
    "title": "un texto con alguna letra",
    "date": '"auto" o una fecha como 2026-01-15',
    "decimal": '"." o ","',
}


class Settings(BaseModel):
    """The keys of ``informe.toml``, all optional."""

    model_config = ConfigDict(frozen=True, extra="forbid", str_strip_whitespace=True)

    title: str = Field(AUTO, min_length=1)  # by what was measured
    author: str = ""
    course: str = ""
    institution: str = ""
    date: datetime.date | Literal["auto"] = AUTO  # the day of the newest result: a rebuild is identical
    decimal: Literal[".", ","] = "."

    @property
    def style(self) -> Style:
        return Style(self.decimal)


def read_settings(path: Path) -> Settings:
    """The user's settings; the defaults if the usual file does not exist.

    Raises:
        RenderError: unreadable file, unknown key, or a value of the wrong kind.
    """
    if path == SETTINGS and not path.exists():
        return Settings()
    try:
        content = tomllib.loads(path.read_text(encoding="utf-8"))
        return Settings.model_validate(content)
    except ValidationError as error:
        first = error.errors()[0]
        key = str(first["loc"][0])
        if first["type"] == "extra_forbidden":
            legal = ", ".join(Settings.model_fields)
            raise RenderError(
                f"{path}: se esperaba una de las claves {legal}; se encontró «{key}»; corríjala o bórrela."
            ) from error
        raise RenderError(
            f"{path}: se esperaba {LEGAL.get(key, 'un texto')} en «{key}», se encontró "
            f"«{first['input']}»; corríjalo."
        ) from error
    except (OSError, ValueError) as error:
        raise RenderError(
            f"{path}: se esperaba un fichero TOML legible, se encontró «{error}»; corríjalo."
        ) from error
