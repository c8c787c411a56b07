"""Each control on images whose pixels can be followed by hand."""

from typing import get_args

import numpy as np
import pytest

from experiments import digit_controls
from experiments.records import ControlName

NAMES: tuple[ControlName, ...] = get_args(ControlName)


@pytest.fixture
def rng() -> np.random.Generator:
    return np.random.default_rng(7)


def flat(*levels: int) -> np.ndarray:
    """One image of each grey level, uint8[n, 28, 28]."""
    return np.tile(np.array(levels, np.uint8)[:, None, None], (1, 28, 28))


def digits(n: int = 40) -> tuple[np.ndarray, np.ndarray]:
    """Random strokes and ten classes."""
    images = np.random.default_rng(1).integers(0, 256, (n, 28, 28), np.uint8)
    return images, np.arange(n).astype(np.uint8) % 10


# --- degraded digits ---------------------------------------------------------------------


def test_salt_and_pepper_hits_a_tenth_at_even_odds(rng) -> None:
    made = digit_controls.salt_and_pepper(flat(*[100] * 200), rng)
    white, black, kept = ((made == level).mean() for level in (255, 0, 100))
    assert white + black + kept == 1
    assert (white, black) == (pytest.approx(0.05, abs=0.003), pytest.approx(0.05, abs=0.003))


def test_blur_spreads_one_pixel_as_a_gaussian() -> None:
    """Its own weight is (1 / sqrt(2 pi))² = 0.159 of 255, its neighbour's exp(-1/2) of that."""
    image = flat(0)
    image[0, 14, 14] = 255
    made = digit_controls.blur(image)[0]
    assert (made[14, 14], made[14, 15], made[15, 14], made[15, 15]) == (41, 25, 25, 15)
    assert made[14, 20] == 0


def test_low_contrast_halves_and_inverted_turns_round() -> None:
    assert digit_controls.low_contrast(flat(0, 100, 255))[:, 0, 0].tolist() == [0, 50, 127]
    assert digit_controls.inverted(flat(0, 100, 255))[:, 0, 0].tolist() == [255, 155, 0]


# --- no digits ---------------------------------------------------------------------------


def test_uniform_noise_has_all_levels_equally_often(rng) -> None:
    made = digit_controls.uniform_noise(flat(*[9] * 100), rng)
    counts = np.bincount(made.ravel(), minlength=256)
    assert counts.min() > 200  # 306 expected, of deviation 17
    assert counts.max() < 420


def test_gaussian_noise_has_the_mean_and_deviation_of_the_images(rng) -> None:
    made = digit_controls.gaussian_noise(flat(*[110, 150] * 50), rng)
    assert made.mean() == pytest.approx(130, abs=0.5)
    assert made.std() == pytest.approx(20, abs=0.5)
    assert made.min() < 80  # and not two levels
    assert made[0].mean() == pytest.approx(130, abs=4)


def test_untrained_generators_are_several_and_ignore_the_digits(rng) -> None:
    made = digit_controls.untrained_generator(flat(*range(8)), rng)
    again = digit_controls.untrained_generator(flat(*[0] * 8), np.random.default_rng(7))
    np.testing.assert_array_equal(made, again)
    assert len(np.unique(made, axis=0)) == 8
    convolutional, dense = (np.abs(made[i].astype(int) - 128).mean() for i in (0, 2))
    # the convolutional one starts nearly grey; the dense one does not
    assert convolutional < dense


def test_shuffled_pixels_are_the_same_pixels_elsewhere(rng) -> None:
    images = np.tile(np.arange(784).reshape(28, 28) % 256, (3, 1, 1)).astype(np.uint8)
    made = digit_controls.shuffled_pixels(images, rng)
    for before, after in zip(images, made, strict=True):
        np.testing.assert_array_equal(np.sort(before, axis=None), np.sort(after, axis=None))
        assert (before == after).mean() < 0.1
    assert (made[0] != made[1]).any()


def test_mean_image_is_the_mean_of_all() -> None:
    made = digit_controls.mean_image(flat(0, 100, 50))
    np.testing.assert_array_equal(made, flat(50, 50, 50))


def squares(image: np.ndarray, size: int) -> np.ndarray:
    """The level of each square of one image, which must be even within it."""
    level = image[::size, ::size]
    np.testing.assert_array_equal(image, np.kron(level, np.ones((size, size), np.uint8)))
    return level


def test_pieced_images_have_squares_of_several_digits(rng) -> None:
    made = digit_controls.pieced(flat(*range(50)), rng, 7)
    levels = np.stack([squares(image, 7) for image in made])
    for places in levels.reshape(50, 16).T:  # each digit lends each of its squares once
        assert sorted(places) == list(range(50))
    assert np.mean([len(np.unique(level)) for level in levels]) > 12


def test_patches_are_small_and_large_by_turns(rng) -> None:
    made = digit_controls.patches(flat(*range(50)), rng)
    assert [squares(image, size).size for image, size in zip(made[:4], (7, 14, 7, 14), strict=True)] == [
        *(16, 4, 16, 4)
    ]


def test_blends_are_of_two_classes_mean_and_superposed(rng) -> None:
    """Two classes of levels 100 and 200: in the mean 150, superposed 200."""
    made = digit_controls.blends(flat(100, 200, 100, 200), np.array([0, 1, 0, 1], np.uint8), rng)
    np.testing.assert_array_equal(made, flat(150, 200, 150, 200))


def test_others_are_of_another_class(rng) -> None:
    labels = np.array([3] * 50 + [4], np.uint8)
    partner = digit_controls.others(labels, rng)
    assert (labels[partner] != labels).all()
    with pytest.raises(ValueError, match="expected at least two classes, found one"):
        digit_controls.others(np.zeros(3, np.uint8), rng)


# --- all of them -------------------------------------------------------------------------


@pytest.mark.parametrize("name", NAMES)
def test_a_control_is_as_many_images_and_depends_on_the_seed_alone(name: ControlName) -> None:
    images, labels = digits()
    first, again, other = (digit_controls.make(name, images, labels, seed) for seed in (1, 1, 2))
    assert (first.shape, first.dtype) == (images.shape, np.uint8)
    np.testing.assert_array_equal(first, again)
    drawn = name not in ("real", "blur", "low_contrast", "mean_image", "inverted")
    assert (first != other).any() == drawn
    assert (first == images).all() == (name == "real")


def test_the_limits_are_those_of_the_question() -> None:
    assert tuple(digit_controls.EXPECTED) == NAMES
    readable = {name: limit for name, (expected, limit) in digit_controls.EXPECTED.items() if expected}
    assert readable == {"real": 0.9, "salt_and_pepper": 0.8, "blur": 0.8, "low_contrast": 0.8}
    lenient = {name: limit for name, (_, limit) in digit_controls.EXPECTED.items() if 0.05 < limit < 0.8}
    assert lenient == {"patches": 0.1, "blends": 0.2}


# --- what the judge learns from ----------------------------------------------------------


def test_examples_are_all_digits_and_half_as_many_non_digits(rng) -> None:
    images, labels = digits(200)
    inputs, answers = digit_controls.examples(images.astype(np.float32) / 255, labels, rng)
    assert (inputs.shape, inputs.dtype, answers.dtype) == ((300, 28, 28), np.float32, np.int64)
    assert inputs.min() >= 0
    assert inputs.max() <= 1
    assert np.bincount(answers).tolist() == [20] * 10 + [100]
    assert set(answers[:50]) > {digit_controls.NON_DIGIT, 3}  # mixed


def test_half_of_the_digits_are_learnt_as_they_are(rng) -> None:
    images, labels = digits(400)
    scaled = images.astype(np.float32) / 255
    inputs, answers = digit_controls.examples(scaled, labels, rng)
    known = {image.tobytes() for image in scaled}
    clean = [image.tobytes() in known for image in inputs[answers < 10]]
    assert np.mean(clean) == pytest.approx(digit_controls.CLEAN, abs=0.1)


def test_a_warp_moves_ink_a_little(rng) -> None:
    images = np.zeros((100, 28, 28), np.float32)
    images[:, 10:18, 10:18] = 1
    warped = digit_controls.warp(images, rng)
    rows, columns = np.mgrid[:28, :28]
    for axis in (rows, columns):
        centre = (warped * axis).sum(axis=(1, 2)) / warped.sum(axis=(1, 2))
        assert abs(centre.mean() - 13.5) < 0.5
        assert 0.5 < centre.std() < 3
    assert warped.sum(axis=(1, 2)).mean() == pytest.approx(64, rel=0.1)


def test_damage_leaves_most_of_a_digit(rng) -> None:
    images = np.zeros((300, 28, 28), np.float32)
    images[:, 4:24, 11:17] = 1
    damaged = digit_controls.damage(images, rng)
    likeness = [np.corrcoef(a.ravel(), b.ravel())[0, 1] for a, b in zip(images, damaged, strict=True)]
    assert 0.6 < np.mean(likeness) < 0.98
    assert (damaged != images).any(axis=(1, 2)).mean() > 0.9
