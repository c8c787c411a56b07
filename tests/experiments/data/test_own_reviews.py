import hashlib
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest

from experiments.data.own_reviews import read_own
from experiments.data.sets import DataError, ReviewData
from experiments.data.source import OwnReviews

Reviews = list[tuple[str, Any]]

COLUMNS = {"text": "texto", "label": "etiqueta", "language": "es"}


def made(n: int, labels: tuple[Any, Any] = (0, 1), start: int = 0) -> Reviews:
    """``n`` reviews, three unfavourable ones to each favourable one."""
    return [(f"reseña número {start + i}", labels[i % 4 == 0]) for i in range(n)]


def write_csv(path: Path, reviews: Reviews, separator: str = ",") -> None:
    pd.DataFrame(reviews, columns=["texto", "etiqueta"]).to_csv(path, index=False, sep=separator)


def write_json_lines(path: Path, reviews: Reviews) -> None:
    lines = (json.dumps({"etiqueta": label, "texto": text}) for text, label in reviews)
    path.write_text("\n".join(lines))


WRITE: dict[str, Callable[[Path, Reviews], None]] = {
    "csv": write_csv,
    "tsv": lambda path, reviews: write_csv(path, reviews, "\t"),
    "jsonl": write_json_lines,
}


def own(
    folder: Path, train: Reviews, test: Reviews | None = None, format: str = "csv", **keys: Any
) -> OwnReviews:
    places = {format: folder / f"r.{format}"} | ({} if test is None else {"test": folder / f"p.{format}"})
    for name, reviews in zip(places, (train, test or []), strict=False):
        WRITE[format](places[name], reviews)
    return OwnReviews.model_validate(COLUMNS | places | keys)


def read(folder: Path, train: Reviews, test: Reviews | None = None, **keys: Any) -> ReviewData:
    return read_own(own(folder, train, test, **keys))


def refusal(folder: Path, train: Reviews, test: Reviews | None = None, **keys: Any) -> str:
    with pytest.raises(DataError) as error:
        read(folder, train, test, **keys)
    return str(error.value).replace(str(folder), "")


# --- reading -----------------------------------------------------------------------------


def test_the_reviews_are_in_the_order_of_label_and_text(tmp_path: Path) -> None:
    data = read(tmp_path, made(160), made(40, start=500), title="Críticas")
    for part, n, start in ((data.train, 160, 0), (data.test, 40, 500)):
        unfavourable = sorted(f"reseña número {start + i}" for i in range(n) if i % 4)
        favourable = sorted(f"reseña número {start + i}" for i in range(n) if i % 4 == 0)
        assert part.texts == unfavourable + favourable
        assert part.labels.tolist() == [0] * len(unfavourable) + [1] * len(favourable)
        assert part.ids.tolist() == list(range(n))
        assert not part.stars.any()
        assert set(part.distances.tolist()) == {-1}
        assert [array.dtype for array in (part.labels, part.stars, part.ids, part.distances)] == [
            np.int8,
            np.int8,
            np.int32,
            np.int32,
        ]
    assert (data.info.name, data.info.title, data.info.language) == ("own_reviews", "Críticas", "es")
    assert (data.info.n_train, data.info.n_test, data.info.classes) == (160, 40, ("0", "1"))
    assert data.notices == ()


def test_the_digest_is_that_of_the_documentation(tmp_path: Path) -> None:
    data = read(tmp_path, made(160), made(40, start=500))
    content = b""
    for name, reviews in (("test", made(40, start=500)), ("train", made(160))):
        for label, folder in ((0, "neg"), (1, "pos")):
            for text in sorted(text for text, found in reviews if found == label):
                content += f"{name}/{folder}\0".encode() + hashlib.sha256(text.encode()).digest()
    assert data.info.digest == hashlib.sha256(content).hexdigest()


def test_the_digest_does_not_depend_on_the_file(tmp_path: Path) -> None:
    train, test = made(160), made(40, start=500)
    digest = read(tmp_path, train, test).info.digest
    for format in WRITE:
        assert read(tmp_path, train, test, format=format).info.digest == digest
        assert read(tmp_path, train[::-1], test[::-1], format=format).info.digest == digest
    words = ("mala", "buena")
    other = read(tmp_path, made(160, words), made(40, words, 500), positive="buena", title="Otro título")
    assert other.info.digest == digest
    for split, reviews in (("train", train), ("test", test)):
        for i, (text, label) in enumerate(reviews):
            path = tmp_path / "aclImdb" / split / ("pos" if label else "neg") / f"{i}.txt"
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text)
    folder = read_own(OwnReviews(folder=tmp_path / "aclImdb", language="es"))
    assert folder.info.digest == digest
    assert folder.info.classes == ("neg", "pos")


def test_the_digest_without_a_test_part_does_not_depend_on_the_file_either(tmp_path: Path) -> None:
    reviews = made(200)
    data = read(tmp_path, reviews)
    shuffled = read(tmp_path, reviews[::-1], format="jsonl")
    assert shuffled.info.digest == data.info.digest
    assert shuffled.test.texts == data.test.texts


def test_the_digest_changes_with_a_text_a_label_or_the_part(tmp_path: Path) -> None:
    train, test = made(161), made(41, start=500)
    found = [
        read(tmp_path, train, test),
        read(tmp_path, [*train[:-1], (train[-1][0] + "!", train[-1][1])], test),
        read(tmp_path, [*train[:-1], (train[-1][0], 1 - train[-1][1])], test),
        read(tmp_path, train, [*test[:-1], (test[-1][0], 1 - test[-1][1])]),
        read(tmp_path, train[:-1], [*test, train[-1]]),
        read(tmp_path, train, test[:-1]),
        read(tmp_path, train, test, positive=0),
    ]
    assert len({data.info.digest for data in found}) == len(found)


# --- which label is the favourable one ---------------------------------------------------


@pytest.mark.parametrize(
    ("labels", "classes"),
    [
        ((0, 1), ("0", "1")),
        (("neg", "pos"), ("neg", "pos")),
        (("Negative", "Positive"), ("Negative", "Positive")),
        (("negativo", "positivo"), ("negativo", "positivo")),
        (("NEGATIVA", "POSITIVA"), ("NEGATIVA", "POSITIVA")),
        ((False, True), ("false", "true")),
        (("no", "sí"), ("no", "sí")),
        (("No", "Si"), ("No", "Si")),
    ],
    ids=str,
)
def test_well_known_pairs(tmp_path: Path, labels: tuple[Any, Any], classes: tuple[str, str]) -> None:
    data = read(tmp_path, made(200, labels))
    assert data.info.classes == classes
    assert data.train.labels.sum() == 40  # of 160, one in four


@pytest.mark.parametrize("positive", ["a", "b"])
def test_the_user_says_which_is_favourable(tmp_path: Path, positive: str) -> None:
    data = read(tmp_path, made(200, ("a", "b")), positive=positive)
    assert data.info.classes == (("b", "a") if positive == "a" else ("a", "b"))
    assert data.train.labels.sum() == (120 if positive == "a" else 40)


def test_the_user_may_turn_a_well_known_pair_round(tmp_path: Path) -> None:
    assert read(tmp_path, made(200), positive=0).info.classes == ("1", "0")


@pytest.mark.parametrize(
    ("labels", "keys", "complaint"),
    [
        (
            ("a", "b"),
            {},
            "[datos.resenas]: se esperaba saber cuál de las etiquetas «a», «b» es la favorable, no se "
            "encontró la "
            "clave «positive»; añádala con una de las dos.",
        ),
        (
            ("neg", "1"),
            {},
            "[datos.resenas]: se esperaba saber cuál de las etiquetas «1», «neg» es la favorable, no se "
            "encontró la "
            "clave «positive»; añádala con una de las dos.",
        ),
        (
            ("a", "b"),
            {"positive": "c"},
            "[datos.resenas]: se esperaba en «positive» una de las etiquetas «a», «b», se encontró «c»; "
            "corríjalo.",
        ),
        (
            ("a", "a"),
            {"positive": "a"},
            "/r.csv: se esperaban dos etiquetas distintas, se encontró «a»; deje solo las reseñas "
            "de dos "
            "clases o indique en «label» otra columna.",
        ),
    ],
)
def test_which_labels_are_refused(
    tmp_path: Path, labels: tuple[str, str], keys: dict[str, str], complaint: str
) -> None:
    assert refusal(tmp_path, made(200, labels), **keys) == complaint


def test_many_labels_are_not_all_listed(tmp_path: Path) -> None:
    reviews = [(text, str(i)) for i, (text, _) in enumerate(made(200))]
    assert "se encontró «0», «1», «10», «100», «101» y 195 más; deje" in refusal(tmp_path, reviews)


def test_no_reviews_at_all(tmp_path: Path) -> None:
    assert "se encontró ninguna; deje" in refusal(tmp_path, [])


# --- the test part -----------------------------------------------------------------------


def test_a_test_part_is_made_of_a_fifth_in_the_classes_proportions(tmp_path: Path) -> None:
    data = read(tmp_path, made(400))
    assert (data.info.n_train, data.info.n_test) == (320, 80)
    assert (data.train.labels.sum(), data.test.labels.sum()) == (80, 20)
    assert not set(data.train.texts) & set(data.test.texts)
    assert sorted(data.train.texts + data.test.texts) == sorted(text for text, _ in made(400))
    assert data.notices == (
        "«r» no tiene parte de prueba: se apartan para ella 80 de sus 400 reseñas, siempre las mismas.",
    )


def test_copies_are_kept_on_one_side_and_told(tmp_path: Path) -> None:
    reviews = made(200)
    data = read(tmp_path, [*reviews, *reviews[:50]])
    assert not set(data.train.texts) & set(data.test.texts)
    assert data.info.n_train + data.info.n_test == 250
    assert data.notices[0] == "Reseñas que repiten el texto de otra: 50 de 250; se conservan."


def test_a_text_with_both_labels_is_told(tmp_path: Path) -> None:
    train, test = made(160), made(40, start=500)
    data = read(tmp_path, [*train, (train[0][0], 0)], [*test, test[3]])
    assert data.notices == (
        "Reseñas que repiten el texto de otra: 1 de 161; se conservan.",
        "Textos que aparecen con las dos etiquetas: 1; se conservan.",
        "Reseñas de prueba que repiten el texto de otra: 1 de 41; se conservan.",
    )


def test_a_text_in_both_parts_is_refused(tmp_path: Path) -> None:
    train, test = made(160), made(40, start=500)
    expected = (
        "/p.csv: se esperaba una parte de prueba sin textos de la de entrenamiento, se encontró uno de ellos"
    )
    remedy = "quite las repetidas de una de las dos partes."
    assert refusal(tmp_path, train, [*test, train[5]]) == f"{expected} en la fila 41; {remedy}"
    other_label = (f" {train[5][0]} ", 1 - train[5][1])
    assert (
        refusal(tmp_path, train, [other_label, *test, train[6]])
        == f"{expected} en la fila 1 y en 1 más; {remedy}"
    )


def test_another_label_in_the_test_part_is_refused(tmp_path: Path) -> None:
    assert refusal(tmp_path, made(160), [*made(40, start=500), ("regular", 2)]) == (
        "/p.csv: se esperaba «0» o «1» como etiqueta, se encontró otra en la fila 41; corríjala o quite "
        "la reseña."
    )


# --- how many ----------------------------------------------------------------------------


def with_classes(negative: int, positive: int, start: int = 0) -> Reviews:
    return [(f"texto {start + i}", int(i < positive)) for i in range(negative + positive)]


@pytest.mark.parametrize(
    ("train", "test", "expected", "found"),
    [
        ((159, 40), None, "200 reseñas con textos distintos y 40", "159 de «0» y 40 de «1»"),
        ((200, 39), None, "200 reseñas con textos distintos y 40", "200 de «0» y 39 de «1»"),
        ((39, 200), None, "200 reseñas con textos distintos y 40", "39 de «0» y 200 de «1»"),
        (
            (127, 32),
            (32, 8),
            "160 reseñas de entrenamiento con textos distintos y 32",
            "127 de «0» y 32 de «1»",
        ),
        (
            (150, 31),
            (32, 8),
            "160 reseñas de entrenamiento con textos distintos y 32",
            "150 de «0» y 31 de «1»",
        ),
        ((128, 32), (31, 8), "40 reseñas de prueba con textos distintos y 8", "31 de «0» y 8 de «1»"),
        ((128, 32), (40, 7), "40 reseñas de prueba con textos distintos y 8", "40 de «0» y 7 de «1»"),
    ],
)
def test_too_few(
    tmp_path: Path, train: tuple[int, int], test: tuple[int, int] | None, expected: str, found: str
) -> None:
    file = "/p.csv" if "prueba" in expected else "/r.csv"
    assert refusal(tmp_path, with_classes(*train), test and with_classes(*test, start=1_000)) == (
        f"{file}: se esperaban al menos {expected} de cada clase, se encontraron {found}; añada reseñas."
    )


def test_just_enough(tmp_path: Path) -> None:
    made_part = read(tmp_path, with_classes(160, 40))
    assert (made_part.info.n_train, made_part.info.n_test) == (160, 40)
    assert made_part.test.labels.sum() == 8
    given = read(tmp_path, with_classes(128, 32), with_classes(32, 8, start=1_000))
    assert (given.info.n_train, given.info.n_test) == (160, 40)


def test_copies_do_not_count(tmp_path: Path) -> None:
    reviews = with_classes(159, 40)
    assert "se encontraron 159 de «0» y 40 de «1»" in refusal(tmp_path, [*reviews, *reviews])
