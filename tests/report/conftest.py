"""What holds for all tests of the report."""

from collections.abc import Iterator

import pytest

from experiments.records.coherence import checking


@pytest.fixture(autouse=True, scope="module")
def made_up() -> Iterator[None]:
    """Made-up records have numbers that can be followed by hand, and nobody works out losses and answers
    that give them: that records which do not are refused is tested where records are."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(checking, "OF_KIND", {})
        patch.setattr("experiments.records.results.of_set", lambda runs: None)
        yield
