"""How far training accuracy has to be above that of validation for a degree of overfitting."""

# Accuracy points by which training is ahead; a convention of this report.
MILD, MODERATE, SEVERE = 0.01, 0.05, 0.10


def minus(a: float, b: float) -> float:
    """Of two rates of a few digits, so that 0.95 - 0.90 is 0.05 and reaches that threshold."""
    return round(a - b, 12)
