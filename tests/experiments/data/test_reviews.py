from pathlib import Path

import pytest
from official_sets import FILES, check_tiny, digest_of, write_archive

from experiments.data import reviews
from experiments.data.reviews import load
from experiments.data.sample_reviews import make_reviews
from experiments.data.sets import DataError, ReviewData
from experiments.data.source import OwnImages, Source
from experiments.kinds.linear import LinearConfig


@pytest.fixture(scope="module")
def sample() -> ReviewData:
    return load(Source(), LinearConfig())


def test_the_sample_reviews_have_the_digest_of_their_files(sample: ReviewData) -> None:
    files = {
        f"aclImdb/{split}/{'pos' if label else 'neg'}/{number}_0.txt": text.encode()
        for split, part in (("train", sample.train), ("test", sample.test))
        for text, label, number in zip(part.texts, part.labels, part.ids, strict=True)
    }
    assert sample.info.digest == digest_of(files, sorted(files))
    assert sample.info.name == "sample_reviews"
    assert (sample.info.n_train, sample.info.n_test) == (5_000, 5_000)


def test_the_sample_keeps_each_review_with_its_distance(sample: ReviewData) -> None:
    made = make_reviews(5_000, seed=2)
    part = sample.test
    assert sorted(part.ids) == list(range(5_000))
    for i in (0, 1, 2_499, 2_500, 4_999):
        number = part.ids[i]
        assert part.texts[i] == made.texts[number]
        assert part.labels[i] == made.labels[number]
        assert part.distances[i] == made.distances[number]
    assert not part.stars.any()
    assert not set(part.texts) & set(sample.train.texts)


def test_the_sample_is_verified_too(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reviews, "SAMPLE_DIGEST", "0" * 64)
    with pytest.raises(DataError, match="muestra integrada de reseñas: se esperaba 0000"):
        load(Source(), LinearConfig())


@pytest.mark.usefixtures("tiny_digests")
def test_the_official_reviews_are_loaded_from_where_they_are(tmp_path: Path) -> None:
    check_tiny(load(Source(official=write_archive(tmp_path / "a.tar.gz", FILES)), LinearConfig()))


def test_images_are_no_reviews() -> None:
    with pytest.raises(TypeError, match="expected reviews, found a source of OwnImages"):
        load(Source(own=OwnImages(npz=Path("x.npz"))), LinearConfig())
