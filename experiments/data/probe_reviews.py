"""The corpus of the controlled probe: synthetic reviews without label noise, whose decisive clause
is followed by a set number of words."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from experiments.data.sample_reviews import SampleReviews, make_reviews
from experiments.kinds.probe import ProbeConfig
from experiments.records.base import DataInfo


@dataclass(frozen=True)
class Seeds:
    """One of each part: what is chosen by trial is tried with others than these."""

    train: int = 101
    validation: int = 103
    test: int = 102


@dataclass(frozen=True)
class ProbeReviews:
    """``train`` and ``validation`` are mixtures with every distance equally often, or once more;
    ``test`` has every distance equally often, in the order of the settings."""

    train: SampleReviews
    validation: SampleReviews
    test: SampleReviews
    info: DataInfo


def load(source: object, config: ProbeConfig) -> ProbeReviews:
    """The same reviews for all runs with these settings. They are made, so ``source`` is ignored."""
    return make_probe(config)


def make_probe(config: ProbeConfig, seeds: Seeds = Seeds()) -> ProbeReviews:
    """The digest is SHA-256 over label and text of each review: training, validation, test."""
    train = _make(np.resize(config.distances, config.train_reviews), seeds.train)
    validation = _make(np.resize(config.distances, config.validation_reviews), seeds.validation)
    test = _make(np.repeat(config.distances, config.test_reviews), seeds.test)
    info = DataInfo(
        name="probe_reviews",
        digest=_digest((train, validation, test)),
        n_train=len(train.texts),
        n_test=len(test.texts),
    )
    return ProbeReviews(train, validation, test, info)


def _make(distances: np.ndarray, seed: int) -> SampleReviews:
    return make_reviews(len(distances), seed, distances.tolist(), label_noise=0)


def _digest(parts: Sequence[SampleReviews]) -> str:
    digest = hashlib.sha256()
    for part in parts:
        for text, label in zip(part.texts, part.labels, strict=True):
            digest.update(f"{label} {text}\0".encode())
    return digest.hexdigest()
