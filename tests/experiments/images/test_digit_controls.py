"""Each control on images whose pixels can be followed by hand."""

import os
from typing import get_args

import numpy as np
import pytest

from experiments import runtime

os.environ.update(runtime.ENVIRONMENT)  # before TensorFlow is imported

from experiments.images import digit_controls, judge_examples
from experiments.images.gan_mnist import Gan
from experiments.kinds.gan import GanConfig
from experiments.kinds.judge import ControlName
from experiments.records.base import DataInfo
from experiments.records.coherence.judge import ASKED, DRAWN

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


def test_patches_are_small_and_large_by_turns(rng) -> None:
    made = digit_controls.patches(flat(*range(50)), rng)
    assert [squares(image, size).size for image, size in zip(made[:4], (7, 14, 7, 14), strict=True)] == [
        *(16, 4, 16, 4)
    ]


def test_blends_are_of_two_classes_mean_and_superposed(rng) -> None:
    """Two classes of levels 100 and 200: in the mean 150, superposed 200."""
    made = digit_controls.blends(flat(100, 200, 100, 200), np.array([0, 1, 0, 1], np.uint8), rng)
    np.testing.assert_array_equal(made, flat(150, 200, 150, 200))


def test_an_untrained_generator_draws_what_a_gan_draws_at_first(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(digit_controls, "GENERATORS", 1)
    rng = np.random.default_rng(3)
    gan = Gan(GanConfig(), int(rng.integers(2**20)))
    expected = gan.images(rng.standard_normal((4, 100), np.float32))
    made = digit_controls.untrained_generator(flat(0, 0, 0, 0), np.random.default_rng(3))
    np.testing.assert_allclose(made.astype(int), expected, atol=1)  # rounded once or twice


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
    asked = digit_controls.EXPECTED.items()
    readable = {name: each.limit for name, each in asked if each.readable}
    assert readable == {"real": 0.9, "salt_and_pepper": 0.8, "blur": 0.8, "low_contrast": 0.8}
    lenient = {name: each.limit for name, each in asked if not each.readable and each.limit > 0.05}
    assert lenient == {"patches": 0.1, "blends": 0.2, "scribbles": 0.2, "letters": 0.1, "arcs": 0.2}


def test_the_families_say_what_was_taught() -> None:
    """As the training's own list of what it makes of images has it."""
    families = {name: each.family for name, each in digit_controls.EXPECTED.items()}
    assert [name for name, family in families.items() if family == "unseen"] == [
        "scribbles",
        "letters",
        "arcs",
    ]
    taught = {"blends", "patches", "inverted", "smears"}
    assert {*judge_examples.SHARES, "smears"} >= taught
    assert {families[name] for name in taught} == {"trained"}
    akin = [name for name, family in families.items() if family == "related"]
    assert akin == ["uniform_noise", "untrained_generator", "shuffled_pixels", "mean_image"]


def test_what_is_drawn_as_no_digit_says_nothing_of_own_classes() -> None:
    def info(name: str) -> DataInfo:
        return DataInfo.model_validate({"name": name, "digest": "d" * 64, "n_train": 1, "n_test": 1})

    assert digit_controls.applicable(info("mnist")) == list(NAMES)
    assert digit_controls.applicable(info("sample_digits")) == list(NAMES)
    own = digit_controls.applicable(info("own_images"))
    assert [name for name in NAMES if name not in own] == ["smears", "scribbles", "letters", "arcs"]


def test_records_are_asked_for_the_same_controls() -> None:
    assert {name: tuple(expected) for name, expected in digit_controls.EXPECTED.items()} == ASKED
    assert tuple(digit_controls.EXPECTED) == NAMES
    assert digit_controls.DRAWN == DRAWN
