"""The corpus of the controlled probe: synthetic reviews without label noise, whose decisive clause
is followed by a set number of words."""

import hashlib
from dataclasses import dataclass

import numpy as np

from experiments.data.sample_reviews import SampleReviews, make_reviews
from experiments.kinds.probe import ProbeConfig
from experiments.records.base import DataInfo

TRAIN_SEED, TEST_SEED = 101, 102


@dataclass(frozen=True)
class ProbeReviews:
    """Each part has every distance equally often; ``test`` in the order of the distances."""

    train: SampleReviews
    test: SampleReviews
    info: DataInfo


def make_probe(config: ProbeConfig, train_seed: int = TRAIN_SEED, test_seed: int = TEST_SEED) -> ProbeReviews:
    """The same reviews for all runs. The digest is SHA-256 over label and text of each, training
    part first."""
    mixture = np.resize(config.distances, config.train_reviews).tolist()
    each = np.repeat(config.distances, config.test_reviews).tolist()
    train = make_reviews(len(mixture), train_seed, mixture, label_noise=0)
    test = make_reviews(len(each), test_seed, each, label_noise=0)
    digest = hashlib.sha256()
    for part in (train, test):
        for text, label in zip(part.texts, part.labels, strict=True):
            digest.update(f"{label} {text}\0".encode())
    info = DataInfo(name="probe_reviews", digest=digest.hexdigest(), n_train=len(mixture), n_test=len(each))
    return ProbeReviews(train, test, info)
