"""Grids and real images in NPZ files."""

import hashlib
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from grid_pictures import digits, noise

from experiments.brought.grids.reader import Grids, read_grids
from experiments.brought.grids.real_images import RealImages, read_real
from experiments.errors import BroughtError
from experiments.records.brought import TakenAs

IMAGES = digits(2, 4)


def grids(folder: Path, shape: tuple[int, int] | None = None, **arrays: Any) -> Grids:
    np.savez(folder / "g.npz", **arrays)
    return read_grids(str(folder / "g.npz"), shape)


def real(folder: Path, **arrays: Any) -> RealImages:
    np.savez(folder / "r.npz", **arrays)
    return read_real(folder / "r.npz")


def test_an_array_for_each_step(tmp_path: Path) -> None:
    found = grids(tmp_path, (2, 2), step_1000=IMAGES[1], step_500=IMAGES[0], z=np.zeros(3))
    np.testing.assert_array_equal(found.images, IMAGES)
    assert (found.steps, found.ink, found.original_size) == ((500, 1000), "bright", (28, 28))
    assert found.names == (TakenAs(file="g.npz", name="step_…", meaning="grid"),)
    assert found.notices == ("De «g.npz» no se leen otros arrays: «z».",)
    assert found.digest == hashlib.sha256((tmp_path / "g.npz").read_bytes()).hexdigest()


@pytest.mark.parametrize("prefix", ["x", "paso", "step"])
def test_other_names_of_steps(tmp_path: Path, prefix: str) -> None:
    assert grids(tmp_path, **{f"{prefix}_0": IMAGES[0], f"{prefix}_07": IMAGES[1]}).steps == (0, 7)


def test_all_steps_in_one_array(tmp_path: Path) -> None:
    found = grids(tmp_path, grids=IMAGES[..., None], steps=np.array([20, 10]))
    np.testing.assert_array_equal(found.images, IMAGES[::-1])
    assert found.steps == (10, 20)
    assert [(taken.name, taken.meaning) for taken in found.names] == [
        ("grids", "grid"),
        ("steps", "sampled_steps"),
    ]


@pytest.mark.parametrize(
    ("written", "told"),
    [
        (IMAGES / 127.5 - 1, "de -1 a 1"),
        ((IMAGES / 127.5 - 1).astype(np.float32)[:, :, None], "de -1 a 1"),
        (IMAGES / 255, "de 0 a 1"),
        ((IMAGES / 255).astype(np.float16), "de 0 a 1"),
        (IMAGES.astype(np.float32), "decimales de 0 a 255"),
        (IMAGES.astype(np.int64), ""),
    ],
)
def test_ranges(tmp_path: Path, written: np.ndarray, told: str) -> None:
    found = grids(tmp_path, x_1=written[0], x_2=written[1])
    assert np.abs(found.images.astype(int) - IMAGES).max() <= (written.dtype == np.float16)
    expected = f"Las imágenes de «g.npz», {told}, se convierten a enteros de 0 a 255."
    assert found.notices == ((expected,) if told else ())


def test_images_of_black_and_white(tmp_path: Path) -> None:
    for written in (IMAGES > 127, (IMAGES > 127).astype(np.uint8)):
        np.testing.assert_array_equal(
            grids(tmp_path, x_1=written[0]).images[0], np.where(IMAGES[0] > 127, 255, 0)
        )


def test_the_range_is_one_for_all_steps(tmp_path: Path) -> None:
    """A step that happens to have no negative value is of the same range as the others."""
    found = grids(tmp_path, x_1=np.zeros((4, 28, 28)), x_2=IMAGES[1] / 127.5 - 1)
    assert set(np.unique(found.images[0])) == {128}


def test_dark_ink(tmp_path: Path) -> None:
    found = grids(tmp_path, x_1=255 - noise(4)[0], x_2=255 - IMAGES[1])
    np.testing.assert_array_equal(found.images[1], IMAGES[1])
    assert found.ink == "dark"


@pytest.mark.parametrize(
    ("arrays", "message"),
    [
        ({}, "un array por paso, como step_500, o los arrays grids y steps, se encontró ninguno"),
        ({"x": IMAGES[0]}, "se encontró «x»"),
        ({"grids": IMAGES}, "se encontró «grids»"),
        ({"grids": IMAGES, "steps": [1, 2], "x_3": IMAGES[0]}, "se encontró «grids», «steps», «x_3»"),
        ({"grids": IMAGES, "steps": [1, 2, 3]}, r"«grids»: se esperaba la forma \(3, imágenes"),
        ({"grids": IMAGES, "steps": [1.0, 2.0]}, "«steps»: se esperaba una lista de enteros desde 0"),
        ({"grids": IMAGES, "steps": [-1, 2]}, "«steps»: se esperaba una lista de enteros desde 0"),
        ({"grids": IMAGES, "steps": [2, 2]}, "una cuadrícula por paso, se encontró dos del paso 2"),
        ({"x_1": IMAGES[0], "step_1": IMAGES[0]}, "se encontró dos del paso 1"),
        (
            {"x_1": IMAGES[0], "x_2": IMAGES[1, :3]},
            "«paso 2»: se esperaba 4 imágenes de 28 × 28, se encontró 3",
        ),
        (
            {"x_1": IMAGES[0, :, :, :20]},
            "una imagen cuadrada de 28 a 560 píxeles, se encontró una de 28 × 20",
        ),
        ({"x_1": IMAGES[0, :, :20, :20]}, "se encontró una de 20 × 20"),
        (
            {"x_1": IMAGES[0, 0]},
            r"«paso 1»: se esperaba la forma \(imágenes, alto, ancho\), se encontró \(28, 28",
        ),
        ({"x_1": np.zeros((0, 28, 28))}, r"se encontró \(0, 28, 28\)"),
        ({"x_1": np.zeros((2, 28, 28, 3))}, r"se encontró \(2, 28, 28, 3\)"),
        ({"x_1": IMAGES[0].astype(str)}, "un array de números, se encontró uno de tipo <U"),
        ({"x_1": IMAGES[0] * 1j}, "uno de tipo complex128"),
        ({"x_1": IMAGES[0] * np.nan}, "un número finito en cada píxel"),
        ({"x_1": IMAGES[0] / 0.5}, "una imagen de 0 a 255, de 0 a 1 o de -1 a 1, se encontró una de 0 a 510"),
        ({"x_1": IMAGES[0].astype(int) - 128}, "se encontró una de -128 a 127"),
        ({"x_1": np.array([{}])}, "un archivo NPZ de NumPy, se encontró «x_1», un array de objetos"),
    ],
)
def test_other_arrays(tmp_path: Path, arrays: dict[str, Any], message: str) -> None:
    with pytest.raises(BroughtError, match=message):
        grids(tmp_path, **arrays)


@pytest.mark.parametrize(
    ("shape", "second", "remedy"),
    [
        (None, IMAGES[1, :3], "guarde todos los pasos igual"),
        ((2, 2), IMAGES[1, :3], "guarde todos los pasos igual"),
        ((5, 5), IMAGES[1], "corrija --grid"),
    ],
)
def test_what_is_to_be_done_is_what_helps(
    tmp_path: Path, shape: tuple[int, int] | None, second: np.ndarray, remedy: str
) -> None:
    """Nobody can correct a grid that was not given, and steps that are alike are not to be made so."""
    with pytest.raises(BroughtError) as error:
        grids(tmp_path, shape, x_1=IMAGES[0], x_2=second)
    assert str(error.value).endswith(f"; {remedy}.")


def test_another_number_of_images_than_was_said(tmp_path: Path) -> None:
    with pytest.raises(BroughtError, match="se esperaba 25 imágenes de 28 × 28, se encontró 4 imágenes"):
        grids(tmp_path, (5, 5), x_1=IMAGES[0])


# --- real images -------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["x", "x_train", "images"])
def test_real_images(tmp_path: Path, name: str) -> None:
    found = real(tmp_path, **{name: IMAGES[0], "y_train": np.arange(4), "x_test": IMAGES[1]})
    np.testing.assert_array_equal(found.images, IMAGES[0])
    assert (found.ink, found.original_size, found.notices) == ("bright", (28, 28), ())
    assert found.names == (TakenAs(file="r.npz", name=name, meaning="real"),)
    assert found.digest == hashlib.sha256((tmp_path / "r.npz").read_bytes()).hexdigest()


def test_the_first_thousand(tmp_path: Path) -> None:
    images = np.tile(IMAGES[0], (300, 1, 1))
    found = real(tmp_path, x_train=images[..., None] / 255, classes=np.arange(3))
    np.testing.assert_array_equal(found.images, images[:1000])
    assert found.notices == (
        "Las imágenes de «r.npz», de 0 a 1, se convierten a enteros de 0 a 255.",
        "De las 1200 imágenes reales de «r.npz» se usan las 1000 primeras.",
        "De «r.npz» no se leen otros arrays: «classes».",
    )


def test_real_images_of_another_size_and_ink(tmp_path: Path) -> None:
    twice = 255 - IMAGES[0].repeat(2, axis=1).repeat(2, axis=2)
    found = real(tmp_path, x=twice)
    np.testing.assert_array_equal(found.images, IMAGES[0])
    assert (found.ink, found.original_size) == ("dark", (56, 56))


@pytest.mark.parametrize(
    ("arrays", "message"),
    [
        ({"y": np.arange(3)}, "uno de los arrays x_train, x, .*se encontró «y»; guárdelas con numpy.savez"),
        ({"x": IMAGES[0], "x_train": IMAGES[1]}, "se encontró «x», «x_train»; deje un solo array"),
        ({"x": np.uint8(3)}, r"«x»: se esperaba la forma \(imágenes, alto, ancho\), se encontró \(\)"),
        ({"x": np.zeros((2, 32, 32, 3))}, "se esperaba la forma"),
    ],
)
def test_other_real_arrays(tmp_path: Path, arrays: dict[str, Any], message: str) -> None:
    with pytest.raises(BroughtError, match=message):
        real(tmp_path, **arrays)


# --- what is no NPZ file; see test_npz ----------------------------------------------------


def test_what_is_not_used_may_be_anything(tmp_path: Path) -> None:
    found = real(tmp_path, x=IMAGES[0], model=np.array([{}]))
    assert found.notices == ("De «r.npz» no se leen otros arrays: «model».",)


def test_no_file(tmp_path: Path) -> None:
    for path in (tmp_path / "no.npz", tmp_path):
        with pytest.raises(BroughtError, match="se esperaba un archivo NPZ de NumPy"):
            read_real(path)
