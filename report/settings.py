"""``informe.toml``: what the user says about the document, and the words of their own that it names."""

import datetime
import tomllib
import unicodedata
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError

from experiments.records.regular import open_regular, read_regular
from report.errors import RenderError
from report.ledger.spanish import Style
from report.paths import MAX_REFLECTION, MAX_SETTINGS, SETTINGS

AUTO: Literal["auto"] = "auto"
LEGAL = {
    "title": "un texto con alguna letra",
    "author": "un nombre o una lista de nombres",
    "date": '"auto" o una fecha como 2026-01-15',
    "decimal": '"." o ","',
    "reflection": 'el nombre de un fichero Markdown como "reflexion.md"',
    "omit": 'una lista de secciones como ["matriz"]',
    "extent": '"completo" o "breve"',
}


class Reflection(BaseModel):
    """The author's own words: the ``file`` as ``informe.toml`` names it, and its ``text``, in Markdown.
    They travel with the settings, so that whoever has the PDF needs no file."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    file: str
    text: str = Field(min_length=1, max_length=MAX_REFLECTION)


def _one_or_several(author: Any) -> Any:
    """A text is the only name or, if it says nothing, none."""
    if not isinstance(author, str):
        return author
    return (author,) if author.strip() else ()


Name = Annotated[str, Field(min_length=1)]


class Settings(BaseModel):
    """The keys of ``informe.toml``, all optional."""

    model_config = ConfigDict(frozen=True, extra="forbid", str_strip_whitespace=True)

    title: str = Field(AUTO, min_length=1)  # by what was measured
    author: Annotated[tuple[Name, ...], BeforeValidator(_one_or_several)] = ()
    course: str = ""
    institution: str = ""
    date: datetime.date | Literal["auto"] = AUTO  # the day of the newest result: a rebuild is identical
    decimal: Literal[".", ","] = "."
    reflection: Reflection | None = None
    omit: Annotated[tuple[Name, ...], Field(max_length=100)] = ()  # sections
    extent: Literal["completo", "breve"] = "completo"

    @property
    def style(self) -> Style:
        return Style(self.decimal)

    @property
    def is_brief(self) -> bool:
        return self.extent == "breve"

    @property
    def is_whole(self) -> bool:
        """Whether the document says all that there is to say."""
        return not self.omit and not self.is_brief


def read_settings(path: Path) -> Settings:
    """The user's settings; the defaults if the usual file does not exist.

    Raises:
        RenderError: unreadable file, unknown key, a value of the wrong kind, or a reflection that cannot
            be used.
    """
    if path == SETTINGS and not path.exists():
        return Settings()
    try:
        content = tomllib.loads(read_regular(path, MAX_SETTINGS).decode("utf-8"))
        if "reflection" in content:
            content["reflection"] = _read_reflection(path, content["reflection"])
        return Settings.model_validate(content)
    except ValidationError as error:
        first = error.errors()[0]
        key = str(first["loc"][0])
        if first["type"] == "extra_forbidden":
            legal = ", ".join(Settings.model_fields)
            raise RenderError(
                f"{path}: se esperaba una de las claves {legal}; se encontró «{key}»; corríjala o bórrela."
            ) from error
        raise _wrong(path, key, first["input"]) from error
    except (OSError, ValueError) as error:
        raise RenderError(
            f"{path}: se esperaba un fichero TOML legible, se encontró «{error}»; corríjalo."
        ) from error


def _wrong(path: Path, key: str, value: Any) -> RenderError:
    legal = LEGAL.get(key, "un texto")
    return RenderError(f"{path}: se esperaba {legal} en «{key}», se encontró «{value}»; corríjalo.")


# --- the author's own words --------------------------------------------------------------


def _read_reflection(settings: Path, name: Any) -> Reflection | None:
    """The text of the file ``name`` in the folder of ``settings``; an empty name is none.

    Raises:
        RenderError: it is no file of that folder, or no text.
    """
    if not isinstance(name, str):
        raise _wrong(settings, "reflection", name)
    if not (name := name.strip()):
        return None
    if Path(name).is_absolute() or ".." in Path(name).parts:
        raise RenderError(
            f"{settings}: se esperaba en «reflection» un fichero de su misma carpeta, se encontró «{name}»; "
            "póngalo junto a él y nómbrelo sin ruta."
        )
    return Reflection(file=Path(name).as_posix(), text=_read_text(settings.parent / name))


def _read_text(file: Path) -> str:
    """Its lines end as everywhere here, and a letter and its accent are one character."""
    try:
        with open_regular(file) as stream:
            content = stream.read(MAX_REFLECTION + 1)
        text = content.decode("utf-8-sig").replace("\r\n", "\n").replace("\r", "\n")
        text = unicodedata.normalize("NFC", text)
    except OSError as error:
        raise RenderError(
            f"{file}: se esperaba la reflexión del autor, se encontró «{error.strerror}»; escríbala o deje "
            "vacía la clave «reflection»."
        ) from error
    except UnicodeDecodeError as error:
        raise RenderError(
            f"{file}: se esperaba un texto en UTF-8, se encontró otra codificación (byte "
            f"{error.start + 1}); guárdelo en UTF-8."
        ) from error
    if len(content) > MAX_REFLECTION:
        raise RenderError(f"{file}: se esperaban como mucho {MAX_REFLECTION >> 10} KiB, hay más; acórtelo.")
    if not text.strip():
        raise RenderError(
            f"{file}: se esperaba la reflexión del autor, se encontró un fichero vacío; escríbala o deje "
            "vacía la clave «reflection»."
        )
    return text
