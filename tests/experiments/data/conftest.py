import pytest
from official_sets import FILES, ORDER, TINY_MNIST, digest_of

from experiments.data import official_images, official_reviews


@pytest.fixture
def tiny_digests(monkeypatch: pytest.MonkeyPatch) -> None:
    """The tiny sets are the official ones."""
    monkeypatch.setattr(official_reviews, "DIGEST", digest_of(FILES, ORDER))
    monkeypatch.setattr(official_images, "DIGESTS", TINY_MNIST)
