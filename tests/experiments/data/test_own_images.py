import hashlib
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from experiments.data.own_images import read_own
from experiments.data.sets import DataError, ImageData
from experiments.data.source import OwnImages

Arrays = dict[str, np.ndarray]


def images(n: int, seed: int = 0) -> np.ndarray:
    """Bright squares on black, all different."""
    drawn = np.zeros((n, 28, 28), np.uint8)
    drawn[:, 6:22, 6:22] = np.random.default_rng(seed).integers(0, 256, (n, 16, 16))
    drawn[0, 10, 10] = 255
    return drawn


def labels(n: int, classes: int = 4) -> np.ndarray:
    return np.arange(n) % classes


def parts(**changes: np.ndarray) -> Arrays:
    whole = {
        "x_train": images(1_000),
        "y_train": labels(1_000),
        "x_test": images(200, 1),
        "y_test": labels(200),
    }
    return whole | changes


def read(folder: Path, arrays: Arrays, **keys: Any) -> ImageData:
    np.savez(folder / "moda.npz", **arrays)
    return read_own(OwnImages(npz=folder / "moda.npz", **keys))


def refusal(folder: Path, arrays: Arrays, **keys: Any) -> str:
    with pytest.raises(DataError) as error:
        read(folder, arrays, **keys)
    return str(error.value).replace(str(folder), "")


def test_images_as_keras_writes_them(tmp_path: Path) -> None:
    given = parts()
    data = read(tmp_path, given)
    for name, array in given.items():
        assert np.array_equal(getattr(data, name), array)
        assert getattr(data, name).dtype == np.uint8
    assert data.n_classes == 4
    assert (data.info.name, data.info.title, data.info.classes) == (
        "own_images",
        "moda",
        ("0", "1", "2", "3"),
    )
    assert (data.info.n_train, data.info.n_test) == (1_000, 200)
    assert data.notices == ()


def test_the_digest_is_over_the_four_arrays(tmp_path: Path) -> None:
    given = parts()
    combined = b"".join(hashlib.sha256(array.astype(np.uint8).tobytes()).digest() for array in given.values())
    assert read(tmp_path, given).info.digest == hashlib.sha256(combined).hexdigest()


def test_the_digest_changes_with_a_pixel_a_label_or_the_part(tmp_path: Path) -> None:
    given = parts(x_train=images(1_001), y_train=labels(1_001))
    pixel, label = given["x_train"].copy(), given["y_train"].copy()
    pixel[7, 13, 13] ^= 1
    label[7] ^= 1
    moved = {
        "x_train": given["x_train"][:-1],
        "y_train": given["y_train"][:-1],
        "x_test": np.concatenate([given["x_test"], given["x_train"][-1:]]),
        "y_test": np.concatenate([given["y_test"], given["y_train"][-1:]]),
    }
    found = [
        read(tmp_path, given | changes) for changes in ({}, {"x_train": pixel}, {"y_train": label}, moved)
    ]
    assert len({data.info.digest for data in found}) == 4


def test_the_digest_does_not_depend_on_how_they_are_stored(tmp_path: Path) -> None:
    given = parts()
    digest = read(tmp_path, given).info.digest
    others = {
        "with a channel": {name: array[..., None] for name, array in given.items() if name.startswith("x")},
        "in other integers": {name: array.astype(np.int64) for name, array in given.items()},
        "in other order": {name: np.asfortranarray(array) for name, array in given.items()},
        "in [0, 1]": {name: array / 255 for name, array in given.items() if name.startswith("x")},
        "as float32": {
            name: (array / 255).astype(np.float32) for name, array in given.items() if name.startswith("x")
        },
    }
    for how, arrays in others.items():
        assert read(tmp_path, given | arrays).info.digest == digest, how


def test_a_conversion_is_told(tmp_path: Path) -> None:
    assert read(tmp_path, parts(x_train=images(1_000) / 255)).notices == (
        "Las imágenes de «x_train», de 0 a 1, se convierten a enteros de 0 a 255.",
    )


def test_classes_may_have_names(tmp_path: Path) -> None:
    data = read(tmp_path, parts(), classes=("camiseta", "pantalón", "jersey", "vestido"), title="Moda")
    assert data.info.classes == ("camiseta", "pantalón", "jersey", "vestido")
    assert data.info.title == "Moda"


def test_a_test_part_is_made_of_a_sixth_in_the_classes_proportions(tmp_path: Path) -> None:
    x, y = images(1_200), np.repeat([0, 1, 2], [600, 540, 60])
    data = read(tmp_path, {"x": x, "y": y})
    assert np.bincount(data.y_test).tolist() == [100, 90, 10]
    assert np.bincount(data.y_train).tolist() == [500, 450, 50]
    place = {image.tobytes(): i for i, image in enumerate(x)}
    test = [place[image.tobytes()] for image in data.x_test]
    train = [place[image.tobytes()] for image in data.x_train]
    assert sorted(test + train) == list(range(1_200))
    assert y[test].tolist() == data.y_test.tolist()
    assert data.notices == (
        "«moda» no tiene parte de prueba: se apartan para ella 200 de sus 1200 imágenes, siempre las mismas.",
    )
    assert read(tmp_path, {"x": x, "y": y}).info.digest == data.info.digest


def test_copies_are_kept_on_one_side_and_told(tmp_path: Path) -> None:
    x, y = images(1_200), labels(1_200)
    data = read(tmp_path, {"x": np.concatenate([x, x[:60]]), "y": np.concatenate([y, y[:60]])})
    shared = {image.tobytes() for image in data.x_train} & {image.tobytes() for image in data.x_test}
    assert not shared
    repeated = 1_260 - 1_200 - (len(data.x_test) - len({image.tobytes() for image in data.x_test}))
    assert repeated > 0
    assert data.notices[1] == (
        f"Imágenes de entrenamiento que repiten otra: {repeated} de {len(data.x_train)}; se conservan."
    )


def test_images_in_both_parts_are_told(tmp_path: Path) -> None:
    given = parts()
    given["x_test"][:3] = given["x_train"][:3]
    given["x_test"] = np.concatenate([given["x_test"], images(3, 2)])
    given["y_test"] = labels(203)
    assert read(tmp_path, given).notices == (
        "Imágenes de prueba que están también en la parte de entrenamiento: 3 de 203; se conservan, aunque "
        "no son nuevas para las redes.",
    )


# --- refusing ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("changes", "complaint"),
    [
        (
            {"x_val": images(3)},
            ": se esperaban los arrays x_train, y_train, x_test, y_test, o bien x, y; se encontró «x_train», "
            "«y_train», «x_test», «y_test», «x_val»; guárdelos con esos nombres.",
        ),
        (
            {"x_train": np.zeros((1_000, 32, 32), np.uint8)},
            ": se esperaban en «x_train» números de la forma (n, 28, 28) o (n, 28, 28, 1), se encontró "
            "uint8 (1000, 32, "
            "32); cambie el tamaño de las imágenes a 28 × 28 y conviértalas a tonos de gris.",
        ),
        (
            {"x_test": np.zeros((200, 28, 28, 3), np.uint8)},
            ": se esperaban en «x_test» números de la forma (n, 28, 28) o (n, 28, 28, 1), se encontró "
            "uint8 (200, 28, "
            "28, 3); cambie el tamaño de las imágenes a 28 × 28 y conviértalas a tonos de gris.",
        ),
        (
            {"x_train": images(1_000).astype(float)},
            ": se esperaban en «x_train» números decimales de 0 a 1, se encontraron de 0 a 255; divídalos o "
            "conviértalos a uint8.",
        ),
        (
            {"x_train": images(1_000) / 127.5 - 1},
            ": se esperaban en «x_train» números decimales de 0 a 1, se encontraron de -1 a 1; divídalos o "
            "conviértalos a uint8.",
        ),
        (
            {"x_train": np.full((1_000, 28, 28), np.nan)},
            ": se esperaban en «x_train» números decimales de 0 a 1, se encontraron de nan a nan; "
            "divídalos o "
            "conviértalos a uint8.",
        ),
        (
            {"x_train": images(1_000).astype(int) - 1},
            ": se esperaban en «x_train» enteros de 0 a 255, se encontraron de -1 a 254; conviértalos a "
            "esa escala.",
        ),
        (
            {"x_train": images(1_000).astype(int) * 2},
            ": se esperaban en «x_train» enteros de 0 a 255, se encontraron de 0 a 510; conviértalos a "
            "esa escala.",
        ),
        (
            {"x_train": images(1_000) // 128},
            ": se esperaban en «x_train» enteros de 0 a 255, se encontraron de 0 a 1; conviértalos a esa "
            "escala.",
        ),
        (
            {"y_train": np.eye(4)[labels(1_000)]},
            ": se esperaba en «y_train» un entero por imagen, se encontró float64 (1000, 4); guarde el "
            "número de la clase "
            "de cada una.",
        ),
        (
            {"y_test": labels(200) - 1},
            ": se esperaban en «y_test» etiquetas desde 0 y como mucho 127 clases, se encontraron de -1 "
            "a 2; numérelas "
            "de nuevo.",
        ),
        (
            {"y_test": labels(200) + 124},
            ": se esperaban en «y_test» etiquetas desde 0 y como mucho 127 clases, se encontraron de 124 "
            "a 127; "
            "numérelas de nuevo.",
        ),
        (
            {"y_train": labels(999)},
            ": se esperaba una etiqueta por imagen, se encontraron 999 en «y_train» y 1000 imágenes en "
            "«x_train»; "
            "corríjalo.",
        ),
        (
            {"x_train": images(999), "y_train": labels(999)},
            ": se esperaban en «x_train» al menos 1000 imágenes distintas y 50 de cada clase, numeradas "
            "desde 0, se "
            "encontraron 999; añada imágenes.",
        ),
        (
            {"x_train": np.concatenate([images(500)] * 2)},
            ": se esperaban en «x_train» al menos 1000 imágenes distintas y 50 de cada clase, numeradas "
            "desde 0, se "
            "encontraron 500; añada imágenes.",
        ),
        (
            {"y_train": np.repeat([0, 1, 2, 3], [49, 451, 250, 250])},
            ": se esperaban en «x_train» al menos 1000 imágenes distintas y 50 de cada clase, numeradas "
            "desde 0, se "
            "encontraron 49 de la clase 0; añada imágenes o, si faltan clases enteras, numérelas de nuevo.",
        ),
        (
            {"y_train": labels(1_000) + 1, "y_test": labels(200) + 1},
            ": se esperaban en «x_train» al menos 1000 imágenes distintas y 50 de cada clase, numeradas "
            "desde 0, se "
            "encontraron 0 de la clase 0; añada imágenes o, si faltan clases enteras, numérelas de nuevo.",
        ),
        (
            {"y_test": np.repeat([0, 1, 2, 3], [9, 61, 65, 65])},
            ": se esperaban en «x_test» al menos 200 imágenes distintas y 10 de cada clase, numeradas "
            "desde 0, se "
            "encontraron 9 de la clase 0; añada imágenes o, si faltan clases enteras, numérelas de nuevo.",
        ),
        (
            {"y_test": labels(200, 5)},
            ": se esperaban al menos dos clases, las mismas en las dos partes, se encontraron 4 en la de "
            "entrenamiento y "
            "5 en la de prueba; corrija las etiquetas.",
        ),
        (
            {"y_train": labels(1_000, 1), "y_test": labels(200, 1)},
            ": se esperaban al menos dos clases, las mismas en las dos partes, se encontraron 1 en la de "
            "entrenamiento y "
            "1 en la de prueba; corrija las etiquetas.",
        ),
        (
            {"x_train": 255 - images(1_000)},
            ": se esperaba tinta clara sobre fondo oscuro, se encontró un borde claro (media de 255 "
            "entre 0 y 255); "
            "invierta las imágenes: x = 255 - x, o 1 - x si van de 0 a 1.",
        ),
    ],
    ids=range(21),
)
def test_what_is_refused(tmp_path: Path, changes: Arrays, complaint: str) -> None:
    assert refusal(tmp_path, parts(**changes)) == f"/moda.npz{complaint}"


def test_a_set_without_a_test_part_must_be_larger(tmp_path: Path) -> None:
    expected = (
        "/moda.npz: se esperaban en «x» al menos 1200 imágenes distintas y 60 de cada clase, numeradas desde "
        "0, "
    )
    assert refusal(tmp_path, {"x": images(1_199), "y": labels(1_199)}) == (
        f"{expected}se encontraron 1199; añada imágenes."
    )
    few = np.repeat([0, 1], [1_141, 59])
    assert refusal(tmp_path, {"x": images(1_200), "y": few}).startswith(
        f"{expected}se encontraron 59 de la clase 1;"
    )


def test_the_names_must_be_as_many_as_the_classes(tmp_path: Path) -> None:
    assert refusal(tmp_path, parts(), classes=("a", "b")) == (
        "[datos.imagenes]: se esperaban en «classes» 4 nombres, uno por clase, se encontraron 2; corríjalo."
    )


def test_empty_arrays_are_too_few(tmp_path: Path) -> None:
    empty = {"x": np.zeros((0, 28, 28), np.uint8), "y": np.zeros(0, int)}
    assert "se encontraron 0; añada imágenes" in refusal(tmp_path, empty)


def test_unreadable_files(tmp_path: Path) -> None:
    np.save(tmp_path / "array.npz", np.zeros(3))
    (tmp_path / "array.npz.npy").rename(tmp_path / "array.npz")
    (tmp_path / "text.npz").write_text("x, y")
    np.savez(tmp_path / "pickled.npz", x=np.array([{}], object), y=np.zeros(1))
    for name in ("array", "text", "pickled", "absent"):
        path = tmp_path / f"{name}.npz"
        with pytest.raises(DataError) as error:
            read_own(OwnImages(npz=path))
        assert str(error.value).startswith(f"{path}: se esperaban datos legibles, se encontró «")
        assert str(error.value).endswith("; guárdelo con numpy.savez, sin objetos.")
