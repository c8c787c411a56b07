"""``informe.toml``: what the user says about the document, and the words of their own that it names."""

import base64
import datetime
import unicodedata
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, ValidationError
from pydantic_core import ErrorDetails

from experiments.brought.texts import decoded, read_toml
from experiments.causes import cause
from experiments.errors import BroughtError
from experiments.records.regular import open_regular
from experiments.validation import shown
from report import fonts
from report.errors import RenderError
from report.ledger.spanish import Style
from report.ledger.verbatim import one_line, unknown, unprintable
from report.paths import MAX_REFLECTION, SETTINGS

AUTO: Literal["auto"] = "auto"
LONGEST = 300  # letters of a title or a name
MOST_AUTHORS = 100
MAX_FONT = 2**20  # letters of a font in base64, reduced to what is used of it
LEGAL = {
    "title": "un texto con alguna letra",
    "author": "un nombre o una lista de nombres",
    "date": '"auto" o una fecha como 2026-01-15',
    "decimal": '"." o ","',
    "reflection": 'el nombre de un fichero Markdown como "reflexion.md"',
    "fonts": 'una lista de ficheros de fuente o de familias como ["DejaVu Sans"]',
    "omit": 'una lista de secciones como ["matriz"]',
    "extent": '"completo" o "breve"',
}


class Reflection(BaseModel):
    """The author's own words: the ``file`` as ``informe.toml`` names it, and its ``text``, in Markdown.
    They travel with the settings, so that whoever has the PDF needs no file."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    file: str
    text: str = Field(min_length=1, max_length=MAX_REFLECTION)


class Typeface(BaseModel):
    """What a font of the user's adds: its ``letters``, and the font reduced to them, in base64. It travels
    with the settings, so that whoever has the PDF needs no font."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    name: str
    letters: str = Field(min_length=1)
    data: str = Field(max_length=MAX_FONT, pattern=r"^[A-Za-z0-9+/=]+$")


def _one_or_several(author: Any) -> Any:
    """A text is the only name or, if it says nothing, none."""
    if not isinstance(author, str):
        return author
    return (author,) if author.strip(" \t\r\n") else ()


def _printable(text: str) -> str:
    """On one line, as it is printed."""
    if found := unprintable(text):
        raise ValueError(found)
    return one_line(text)


Line = Annotated[str, Field(max_length=LONGEST), AfterValidator(_printable)]
Name = Annotated[Line, Field(min_length=1)]


class Settings(BaseModel):
    """The keys of ``informe.toml``, all optional."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    title: Name = AUTO  # by what was measured
    author: Annotated[tuple[Name, ...], Field(max_length=MOST_AUTHORS), BeforeValidator(_one_or_several)] = ()
    course: Line = ""
    institution: Line = ""
    date: datetime.date | Literal["auto"] = AUTO  # the day of the newest result: a rebuild is identical
    decimal: Literal[".", ","] = "."
    reflection: Reflection | None = None
    fonts: Annotated[tuple[Typeface, ...], Field(max_length=100)] = ()  # of those that the texts need
    omit: Annotated[tuple[Name, ...], Field(max_length=100)] = ()  # sections
    extent: Literal["completo", "breve"] = "completo"

    def lines(self) -> Iterator[tuple[str, str]]:
        """Each text that the document prints as it is, with its key."""
        if self.title != AUTO:
            yield "title", self.title
        for name in self.author:
            yield "author", name
        yield from (("course", self.course), ("institution", self.institution))

    @property
    def letters(self) -> str:
        """Those that the user's own fonts add."""
        return "".join(font.letters for font in self.fonts)

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
        content = read_toml(path)
        if "reflection" in content:
            content["reflection"] = _read_reflection(path, content["reflection"])
        named = content.pop("fonts", [])
        settings = Settings.model_validate(content)
    except ValidationError as error:
        first = error.errors()[0]
        key = str(first["loc"][0])
        if first["type"] == "extra_forbidden":
            legal = ", ".join(Settings.model_fields)
            raise RenderError(
                f"{path}: se esperaba una de las claves {legal}; se encontró «{key}»; corríjala o bórrela."
            ) from error
        raise _refusal(path, key, first) from error
    except BroughtError as error:
        raise RenderError(str(error)) from error
    settings = settings.model_copy(update={"fonts": tuple(_read_fonts(path, named, settings))})
    for key, text in settings.lines():
        if found := unknown(text, settings.letters):
            raise RenderError(
                f"{path}: se esperaban en «{key}» letras que se puedan imprimir, se encontró {found}; "
                "cámbiela o nombre en «fonts» una fuente que la tenga."
            )
    return settings


def _read_fonts(path: Path, named: Any, settings: Settings) -> Iterator[Typeface]:
    """Of the fonts that are ``named``, what adds letters to the texts of ``settings``.

    Raises:
        RenderError: one is not there, or is none.
    """
    if not isinstance(named, list) or not all(isinstance(name, str) and name for name in named):
        raise _wrong(path, "fonts", named)
    missing = {letter for _, text in settings.lines() for letter in text if unknown(letter)}
    for name in named:
        found = fonts.find(name, path.parent)
        if found is None:
            raise RenderError(
                f"{path}: se esperaba en «fonts» un fichero de fuente o una familia instalada, se encontró "
                f"«{name}»; corríjalo."
            )
        if added := "".join(sorted(missing & fonts.letters_in(found))):
            missing -= set(added)
            data = base64.b64encode(fonts.reduced(found, added)).decode()
            yield Typeface(name=Path(name).name, letters=added, data=data)


def _refusal(path: Path, key: str, error: ErrorDetails) -> RenderError:
    value = error["input"]
    match error["type"]:
        case "string_too_long":
            return RenderError(
                f"{path}: se esperaban como mucho {LONGEST} letras en «{key}», se encontraron {len(value)}; "
                "acorte el texto."
            )
        case "too_long":
            return RenderError(
                f"{path}: se esperaban como mucho {MOST_AUTHORS} nombres en «{key}», se encontraron más; "
                "quite los que sobren."
            )
        case "value_error":
            return RenderError(
                f"{path}: se esperaba en «{key}» un texto que se pueda imprimir, se encontró "
                f"{error['ctx']['error']}; quítelo."
            )
    return _wrong(path, key, value)


def _wrong(path: Path, key: str, value: Any) -> RenderError:
    legal = LEGAL.get(key, "un texto")
    return RenderError(f"{path}: se esperaba {legal} en «{key}», se encontró «{shown(value)}»; corríjalo.")


# --- the author's own words --------------------------------------------------------------


def _read_reflection(settings: Path, name: Any) -> Reflection | None:
    """The text of the file ``name`` in the folder of ``settings``; an empty name is none.

    Raises:
        RenderError: it is no file of that folder, or no text.
    """
    if not isinstance(name, str) or "\0" in name:
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
        text = decoded(content).replace("\r\n", "\n").replace("\r", "\n")
        text = unicodedata.normalize("NFC", text)
    except OSError as error:
        raise RenderError(
            f"{file}: se esperaba la reflexión del autor, se encontró {cause(error)}; escríbala o deje "
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
