"""Labelled reviews and images as the experiments take them."""

from dataclasses import dataclass

import numpy as np

from experiments.records.base import DataInfo


class DataError(Exception):
    """Data that are missing or are not what they should be; one Spanish sentence for the user."""


@dataclass(frozen=True)
class Reviews:
    """``n`` labelled reviews in the order of the data digest.

    ``labels`` int8[n]: 0 negative, 1 positive. ``stars`` int8[n]: 1-10, 0 unknown. ``ids``
    int32[n]: the number in the file name; in the sample and in own sets, the index of the review
    among those of its part.
    ``distances`` int32[n]: words from the end of the decisive clause to the end of the review, -1
    unknown.
    """

    texts: list[str]
    labels: np.ndarray
    stars: np.ndarray
    ids: np.ndarray
    distances: np.ndarray


@dataclass(frozen=True)
class ReviewData:
    """``notices``: Spanish sentences that the user must be told."""

    train: Reviews
    test: Reviews
    info: DataInfo
    notices: tuple[str, ...] = ()


@dataclass(frozen=True)
class ImageData:
    """Images ``x_*`` uint8[n, 28, 28] in [0, 255], ink bright; labels ``y_*`` uint8[n], from 0 to
    ``n_classes`` - 1. ``notices``: Spanish sentences that the user must be told."""

    x_train: np.ndarray
    y_train: np.ndarray
    x_test: np.ndarray
    y_test: np.ndarray
    n_classes: int
    info: DataInfo
    notices: tuple[str, ...] = ()
