from pathlib import Path
from typing import Any

import pytest

from experiments.data.sets import DataError
from experiments.data.source import OwnImages, OwnReviews, Source, own_images, own_reviews

TABLE = {"csv": "r.csv", "text": "texto", "label": "etiqueta", "language": "es"}


def without(key: str) -> dict[str, Any]:
    return {name: value for name, value in TABLE.items() if name != key}


def test_relative_paths_are_relative_to_the_settings(tmp_path: Path) -> None:
    own = own_reviews(TABLE | {"test": "otros/p.csv"}, tmp_path)
    assert (own.path, own.test) == (tmp_path / "r.csv", tmp_path / "otros" / "p.csv")
    assert own_images({"npz": "i.npz"}, tmp_path).npz == tmp_path / "i.npz"


def test_other_paths_stay_as_they_are(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    assert own_images({"npz": "/datos/i.npz"}, tmp_path).npz == Path("/datos/i.npz")
    assert own_images({"npz": "~/i.npz"}, tmp_path).npz == tmp_path / "home" / "i.npz"


def test_a_relative_folder_becomes_absolute(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The run that reads it is another process."""
    monkeypatch.chdir(tmp_path)
    assert own_reviews(TABLE, Path(".")).path == tmp_path / "r.csv"


def test_a_set_is_called_like_its_file_unless_it_has_a_title(tmp_path: Path) -> None:
    assert own_reviews(TABLE, tmp_path).name == "r"
    assert own_reviews(TABLE | {"title": "Mis reseñas"}, tmp_path).name == "Mis reseñas"
    assert own_reviews({"folder": "críticas.v2", "language": "es"}, tmp_path).name == "críticas.v2"
    assert own_images({"npz": "moda.npz"}, tmp_path).name == "moda"
    assert own_images({"npz": "moda.npz", "title": "Moda"}, tmp_path).name == "Moda"


@pytest.mark.parametrize("positive", ["favorable", 1, True])
def test_a_source_is_the_same_after_json(tmp_path: Path, positive: object) -> None:
    own = own_reviews(TABLE | {"positive": positive}, tmp_path)
    assert type(own.positive) is type(positive)
    for source in (
        Source(),
        Source(official=tmp_path / "mnist.npz"),
        Source(own=own),
        Source(own=own_images({"npz": "i.npz", "classes": ["a", "b"]}, tmp_path)),
    ):
        again = Source.model_validate_json(source.model_dump_json())
        assert again == source
        assert type(again.own) is type(source.own)


def test_a_source_is_one_place() -> None:
    with pytest.raises(ValueError, match="expected an official set or an own one, found both"):
        Source(official=Path("a"), own=OwnImages(npz=Path("b")))


FORMATS = "csv, tsv, parquet, jsonl, folder"
LANGUAGE = 'el código ISO 639-1 de un idioma, como "es"'


@pytest.mark.parametrize(
    ("table", "complaint"),
    [
        (
            TABLE | {"idioma": "es"},
            f"se esperaba alguna de las claves {FORMATS}, text, label, positive, test, language, title, se "
            "encontró «idioma»",
        ),
        (without("language"), f"se esperaba en «language» {LANGUAGE}, no se encontró la clave"),
        (TABLE | {"language": "español"}, f"se esperaba en «language» {LANGUAGE}, se encontró «español»"),
        (TABLE | {"language": "xx"}, f"se esperaba en «language» {LANGUAGE}, se encontró «xx»"),
        (TABLE | {"language": "ast"}, f"se esperaba en «language» {LANGUAGE}, se encontró «ast»"),
        (without("csv"), f"se esperaba una sola de las claves {FORMATS}, se encontró ninguna"),
        (
            TABLE | {"tsv": "r.tsv"},
            f"se esperaba una sola de las claves {FORMATS}, se encontró «csv» y «tsv»",
        ),
        (without("text"), "se esperaba en «text» el nombre de una columna, no se encontró la clave"),
        (without("label"), "se esperaba en «label» el nombre de una columna, no se encontró la clave"),
        (TABLE | {"text": ""}, "se esperaba en «text» el nombre de una columna, se encontró «»"),
        (TABLE | {"csv": 3}, "se esperaba en «csv» la ruta de un archivo o de una carpeta, se encontró «3»"),
        (
            TABLE | {"positive": ["sí"]},
            "se esperaba en «positive» el valor de la etiqueta favorable, se encontró «['sí']»",
        ),
        (TABLE | {"title": 3}, "se esperaba en «title» un texto, se encontró «3»"),
        *(
            (
                {"folder": "f", "language": "es", key: "x"},
                "con «folder» se esperaban las carpetas train/pos, train/neg y, si la hay, la parte de "
                f"prueba en test/pos y test/neg, se encontró además la clave «{key}»",
            )
            for key in ("text", "label", "positive", "test")
        ),
    ],
)
def test_what_reviews_cannot_be_described_like(tmp_path: Path, table: dict[str, Any], complaint: str) -> None:
    with pytest.raises(DataError) as error:
        own_reviews(table, tmp_path)
    assert str(error.value) == f"[datos.resenas]: {complaint}; corríjalo."


@pytest.mark.parametrize(
    ("table", "complaint"),
    [
        ({}, "se esperaba en «npz» la ruta de un archivo o de una carpeta, no se encontró la clave"),
        (
            {"npz": "a.npz", "clases": ["a"]},
            "se esperaba alguna de las claves npz, classes, title, se encontró «clases»",
        ),
        (
            {"npz": "a.npz", "classes": "a"},
            "se esperaba en «classes» una lista de nombres, se encontró «a»",
        ),
        (
            {"npz": "a.npz", "classes": ["a", ""]},
            "se esperaba en «classes» una lista de nombres, se encontró «»",
        ),
        (
            {"npz": "a.npz", "classes": ["b", "a", "a"]},
            "se esperaban en «classes» nombres distintos, se encontró repetido «a»",
        ),
    ],
)
def test_what_images_cannot_be_described_like(tmp_path: Path, table: dict[str, Any], complaint: str) -> None:
    with pytest.raises(DataError) as error:
        own_images(table, tmp_path)
    assert str(error.value) == f"[datos.imagenes]: {complaint}; corríjalo."


def test_what_is_no_section(tmp_path: Path) -> None:
    for describe, title in ((own_reviews, "datos.resenas"), (own_images, "datos.imagenes")):
        with pytest.raises(DataError) as error:
            describe("r.csv", tmp_path)  # type: ignore[arg-type]  # the user may write anything
        assert str(error.value) == (
            f"[{title}]: se esperaba una sección con claves, se encontró «r.csv»; corríjalo."
        )


def test_every_format_has_its_place() -> None:
    for name in FORMATS.split(", "):
        columns = {} if name == "folder" else {"text": "t", "label": "l"}
        own = OwnReviews.model_validate({name: "here", "language": "es"} | columns)
        assert (own.format, own.path) == (name, Path("here"))
        assert own.at(Path("there"), None).path == Path("there")
