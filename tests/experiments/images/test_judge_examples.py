"""What the judge learns from, on images whose pixels can be followed by hand."""

import numpy as np
import pytest

from experiments.images import judge_examples
from experiments.images.judge_examples import CLEAN, classless, damage, examples, others, pieced, warp


@pytest.fixture
def rng() -> np.random.Generator:
    return np.random.default_rng(7)


def flat(*levels: int) -> np.ndarray:
    """One image of each grey level, uint8[n, 28, 28]."""
    return np.tile(np.array(levels, np.uint8)[:, None, None], (1, 28, 28))


def real(n: int, n_classes: int = 10) -> tuple[np.ndarray, np.ndarray]:
    """Random strokes float32[n, 28, 28] in [0, 1] and the classes by turns."""
    images = np.random.default_rng(1).random((n, 28, 28), np.float32)
    return images, np.arange(n).astype(np.uint8) % n_classes


# --- made of several images --------------------------------------------------------------


def squares(image: np.ndarray, size: int) -> np.ndarray:
    """The level of each square of one image, which must be even within it."""
    level = image[::size, ::size]
    np.testing.assert_array_equal(image, np.kron(level, np.ones((size, size), np.uint8)))
    return level


def test_pieced_images_have_squares_of_several_images(rng) -> None:
    made = pieced(flat(*range(50)), rng, 7)
    levels = np.stack([squares(image, 7) for image in made])
    for places in levels.reshape(50, 16).T:  # each image lends each of its squares once
        assert sorted(places) == list(range(50))
    assert np.mean([len(np.unique(level)) for level in levels]) > 12


def test_others_are_of_another_class(rng) -> None:
    labels = np.array([3] * 50 + [4], np.uint8)
    partner = others(labels, rng)
    assert (labels[partner] != labels).all()
    with pytest.raises(ValueError, match="expected at least two classes, found one"):
        others(np.zeros(3, np.uint8), rng)


# --- all that is learnt ------------------------------------------------------------------


@pytest.mark.parametrize("n_classes", [10, 2])
def test_examples_are_all_images_and_half_as_many_of_no_class(rng, n_classes: int) -> None:
    images, labels = real(200, n_classes)
    inputs, answers = examples(images, labels, n_classes, True, rng)
    assert (inputs.shape, inputs.dtype, answers.dtype) == ((300, 28, 28), np.float32, np.int64)
    assert inputs.min() >= 0
    assert inputs.max() <= 1
    assert np.bincount(answers).tolist() == [200 // n_classes] * n_classes + [100]
    assert set(answers[:50]) > {n_classes, 1}  # mixed


def test_half_of_the_images_are_learnt_as_they_are(rng) -> None:
    images, labels = real(400)
    inputs, answers = examples(images, labels, 10, True, rng)
    known = {image.tobytes() for image in images}
    clean = [image.tobytes() in known for image in inputs[answers < 10]]
    assert np.mean(clean) == pytest.approx(CLEAN, abs=0.1)


def test_smears_are_no_class_of_digits_alone(rng, monkeypatch: pytest.MonkeyPatch) -> None:
    """Their share goes to noise for classes that are not known."""
    asked = []

    def marked(n: int, rng: np.random.Generator) -> np.ndarray:
        asked.append(n)
        return np.full((n, 28, 28), 0.321)

    monkeypatch.setattr(judge_examples, "smears", marked)
    images, labels = real(100)
    assert (classless(images, labels, True, rng) == np.float32(0.321)).all(axis=(1, 2)).sum() == 10
    assert len(classless(images, labels, False, rng)) == 100
    assert asked == [10, 0]


def test_a_warp_moves_ink_a_little(rng) -> None:
    images = np.zeros((100, 28, 28), np.float32)
    images[:, 10:18, 10:18] = 1
    warped = warp(images, rng)
    rows, columns = np.mgrid[:28, :28]
    for axis in (rows, columns):
        centre = (warped * axis).sum(axis=(1, 2)) / warped.sum(axis=(1, 2))
        assert abs(centre.mean() - 13.5) < 0.5
        assert 0.5 < centre.std() < 3
    assert warped.sum(axis=(1, 2)).mean() == pytest.approx(64, rel=0.1)


def test_damage_leaves_most_of_an_image(rng) -> None:
    images = np.zeros((300, 28, 28), np.float32)
    images[:, 4:24, 11:17] = 1
    damaged = damage(images, rng)
    likeness = [np.corrcoef(a.ravel(), b.ravel())[0, 1] for a, b in zip(images, damaged, strict=True)]
    assert 0.6 < np.mean(likeness) < 0.98
    assert (damaged != images).any(axis=(1, 2)).mean() > 0.9
