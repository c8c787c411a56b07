"""Parts that the records of several kinds have."""

from pydantic import Field

from experiments.records.base import Count, Positive, Strict


class Confusion(Strict):
    """Counts on the test part; positive = a favourable review."""

    true_negative: Count
    false_positive: Count
    false_negative: Count
    true_positive: Count

    @property
    def n(self) -> int:
        return self.true_negative + self.false_positive + self.false_negative + self.true_positive

    @property
    def accuracy(self) -> float:
        """In [0, 1]."""
        return (self.true_negative + self.true_positive) / self.n


class Influence(Strict):
    """Mean absolute change of the logit when one window of words is hidden, by the distance in
    words from the window's last word to the end of the review, with a 95 % bootstrap band over
    reviews; ``n`` reviews reach that far."""

    distance: Count
    n: Positive
    mean: float = Field(ge=0)
    low: float = Field(ge=0)
    high: float = Field(ge=0)


class Decay(Strict):
    """Mean influence of the far windows divided by that of the near ones, both within the reviews
    that reach the far ones, with a 95 % bootstrap interval over reviews: under 1, what is far
    from the end weighs less."""

    ratio: float = Field(ge=0)
    low: float = Field(ge=0)
    high: float = Field(ge=0)
