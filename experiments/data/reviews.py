"""The reviews that the experiments learn to classify."""

from dataclasses import replace
from pathlib import Path

from experiments.data import official_reviews, own_reviews
from experiments.data.checking import SAMPLE_REMEDY, expect
from experiments.data.sample_reviews import make_reviews
from experiments.data.sets import ReviewData
from experiments.data.source import OwnReviews, Source
from experiments.records.base import Strict

SAMPLE_DIGEST = "feae14b988c627e6a8e33c098a34078a5ed503d88ccfc84be416decb0dd5bcc6"
SAMPLE_SIZE = 5_000  # reviews in each part
SAMPLE_SEEDS = {"train": 1, "test": 2}
SAMPLE = "muestra integrada de reseñas"


def load(source: Source, config: Strict) -> ReviewData:
    """The reviews in ``source``, the same for all settings; the sample is synthetic.

    Raises:
        DataError: data that are unreadable, different from the official ones or unfit.
    """
    if isinstance(source.own, OwnReviews):
        return own_reviews.read_own(source.own)
    if source.own is not None:
        raise TypeError(f"expected reviews, found a source of {type(source.own).__name__}")
    if source.official is not None:
        return official_reviews.read_official(source.official)
    return _sample()


def _sample() -> ReviewData:
    """As if it had been read from files like those of IMDb."""
    files: dict[str, bytes] = {}
    distances = {}
    for split, seed in SAMPLE_SEEDS.items():
        sample = make_reviews(SAMPLE_SIZE, seed)
        distances[split] = sample.distances
        for i, (text, label) in enumerate(zip(sample.texts, sample.labels, strict=True)):
            files[f"{split}/{'pos' if label else 'neg'}/{i}_0.txt"] = text.encode()
    digest = official_reviews.files_digest(files)
    expect(SAMPLE, SAMPLE_DIGEST, digest, SAMPLE_REMEDY)
    data = official_reviews.reviews_of(files, "sample_reviews", digest, Path(SAMPLE))
    return replace(
        data,
        train=replace(data.train, distances=distances["train"][data.train.ids]),
        test=replace(data.test, distances=distances["test"][data.test.ids]),
    )
