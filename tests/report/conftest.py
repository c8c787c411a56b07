"""What holds for all tests of the report."""

import pytest

from experiments.records.coherence import checking


@pytest.fixture(autouse=True)
def made_up(monkeypatch: pytest.MonkeyPatch) -> None:
    """Made-up records have numbers that can be followed by hand, and nobody works out losses and answers
    that give them: that records which do not are refused is tested where records are."""
    monkeypatch.setattr(checking, "OF_KIND", {})
    monkeypatch.setattr("experiments.records.results.of_set", lambda runs: None)
