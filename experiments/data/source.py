"""Where the data of a run are: the built-in sample, the official set, or one of the user's own as they
describe it in ``[datos.resenas]`` and ``[datos.imagenes]``."""

from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Literal, Self, TypeVar

from babel import Locale
from pydantic import Field, ValidationError, field_validator, model_validator

from experiments.data.sets import DataError
from experiments.records.base import Strict

Format = Literal["csv", "tsv", "parquet", "jsonl", "folder"]
FORMATS: tuple[Format, ...] = ("csv", "tsv", "parquet", "jsonl", "folder")

REVIEWS_TABLE, IMAGES_TABLE = "datos.resenas", "datos.imagenes"

LEGAL = {
    "text": "el nombre de una columna",
    "label": "el nombre de una columna",
    "positive": "el valor de la etiqueta favorable",
    "language": 'el código ISO 639-1 de un idioma, como "es"',
    "title": "un texto",
    "classes": "una lista de nombres",
}
A_PATH = "la ruta de un archivo o de una carpeta"  # all other keys

Word = Annotated[str, Field(min_length=1)]


class OwnReviews(Strict):
    """Exactly one of the formats has the path. ``folder`` is laid out like aclImdb: ``train/pos``,
    ``train/neg`` and perhaps ``test/pos`` and ``test/neg``, a text file for each review; the others
    are tables with a column of texts and one of labels."""

    csv: Path | None = None
    tsv: Path | None = None
    parquet: Path | None = None
    jsonl: Path | None = None
    folder: Path | None = None
    text: Word | None = None
    label: Word | None = None
    # TOML has types: 1 and true are written without quotation marks.
    positive: Word | int | bool | None = None
    test: Path | None = None
    language: str
    title: str = ""

    @field_validator("language")
    @classmethod
    def _is_a_language(cls, code: str) -> str:
        if len(code) != 2 or code not in Locale("es").languages:
            raise ValueError(f"se esperaba en «language» {LEGAL['language']}, se encontró «{code}»")
        return code

    @model_validator(mode="after")
    def _is_one_set(self) -> Self:
        given = [name for name in FORMATS if getattr(self, name) is not None]
        if len(given) != 1:
            found = " y ".join(f"«{name}»" for name in given) or "ninguna"
            raise ValueError(f"se esperaba una sola de las claves {', '.join(FORMATS)}, se encontró {found}")
        for name in ("text", "label"):
            if self.format != "folder" and getattr(self, name) is None:
                raise ValueError(f"se esperaba en «{name}» {LEGAL[name]}, no se encontró la clave")
        for name in ("text", "label", "positive", "test"):
            if self.format == "folder" and getattr(self, name) is not None:
                raise ValueError(
                    "con «folder» se esperaban las carpetas train/pos, train/neg y, si la hay, la parte de "
                    f"prueba en test/pos y test/neg, se encontró además la clave «{name}»"
                )
        return self

    @property
    def format(self) -> Format:
        return next(name for name in FORMATS if getattr(self, name) is not None)

    @property
    def path(self) -> Path:
        path: Path = getattr(self, self.format)
        return path

    @property
    def name(self) -> str:
        return self.title or (self.path.name if self.format == "folder" else self.path.stem)

    def within(self, folder: Path) -> Self:
        """With relative paths taken as relative to ``folder``."""
        return self.at(_within(folder, self.path), self.test and _within(folder, self.test))

    def at(self, path: Path, test: Path | None) -> Self:
        """The same description of data that lie elsewhere."""
        return self.model_copy(update={self.format: path, "test": test})


class OwnImages(Strict):
    """``npz`` has ``x_train``, ``y_train``, ``x_test`` and ``y_test``, as Keras writes them, or ``x``
    and ``y``; ``classes`` are the words for labels 0, 1, ..."""

    npz: Path
    classes: tuple[Word, ...] = ()
    title: str = ""

    @field_validator("classes")
    @classmethod
    def _are_distinct(cls, classes: tuple[str, ...]) -> tuple[str, ...]:
        repeated = sorted({name for name in classes if classes.count(name) > 1})
        if repeated:
            raise ValueError(
                f"se esperaban en «classes» nombres distintos, se encontró repetido «{repeated[0]}»"
            )
        return classes

    @property
    def name(self) -> str:
        return self.title or self.npz.stem

    def within(self, folder: Path) -> Self:
        """With a relative path taken as relative to ``folder``."""
        return self.at(_within(folder, self.npz))

    def at(self, path: Path) -> Self:
        """The same description of data that lie elsewhere."""
        return self.model_copy(update={"npz": path})


class Source(Strict):
    """``official`` is the archive, folder or file of the official set; without it and without ``own``
    the data are the built-in sample."""

    official: Path | None = None
    own: OwnReviews | OwnImages | None = None

    @model_validator(mode="after")
    def _is_one(self) -> Self:
        if self.official is not None and self.own is not None:
            raise ValueError("expected an official set or an own one, found both")
        return self


def own_reviews(table: Mapping[str, object], folder: Path) -> OwnReviews:
    """The reviews that a user describes in ``table``, which stands in a file of ``folder``.

    Raises:
        DataError: a key that is unknown, missing, of the wrong type or at odds with another.
    """
    return _described(OwnReviews, REVIEWS_TABLE, table).within(folder)


def own_images(table: Mapping[str, object], folder: Path) -> OwnImages:
    """The images that a user describes; otherwise as ``own_reviews``."""
    return _described(OwnImages, IMAGES_TABLE, table).within(folder)


def _within(folder: Path, path: Path) -> Path:
    return (folder / path.expanduser()).absolute()


Own = TypeVar("Own", OwnReviews, OwnImages)


def _described(model: type[Own], title: str, table: Mapping[str, object]) -> Own:
    try:
        return model.model_validate(table)
    except ValidationError as error:
        first = error.errors()[0]
        key = str(first["loc"][0]) if first["loc"] else ""
        match first["type"]:
            case "value_error":
                complaint = str(first["ctx"]["error"])
            case "model_type":
                complaint = f"se esperaba una sección con claves, se encontró «{first['input']}»"
            case "extra_forbidden":
                known = ", ".join(model.model_fields)
                complaint = f"se esperaba alguna de las claves {known}, se encontró «{key}»"
            case "missing":
                complaint = f"se esperaba en «{key}» {LEGAL.get(key, A_PATH)}, no se encontró la clave"
            case _:
                complaint = f"se esperaba en «{key}» {LEGAL.get(key, A_PATH)}, se encontró «{first['input']}»"
        raise DataError(f"[{title}]: {complaint}; corríjalo.") from error
