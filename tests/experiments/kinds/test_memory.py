"""What of the measurement of memory is compared when it is repeated."""

import numpy as np

from experiments.kinds.memory import KIND, Coefficient, MemoryRecord, Regression, Truncation
from experiments.records.parts import Decay


def test_what_is_compared_is_what_the_record_says() -> None:
    zero = Coefficient(estimate=0.0, low=-1.0, high=1.0)
    record = MemoryRecord.model_construct(
        truncations=(
            Truncation(keep="last", tokens=50, n=40, correct=20),
            Truncation(keep="first", tokens=400, n=40, correct=10),
            Truncation(keep="last", tokens=400, n=40, correct=30),
            Truncation(keep="last", tokens=100, n=40, correct=24),
        ),
        decay=Decay(ratio=0.4, low=0.3, high=0.5),
        regression=Regression(
            n=40,
            log_length=zero,
            truncated=None,
            model=zero,
            interaction=Coefficient(estimate=-0.2, low=-0.3, high=-0.1),
            truncated_model=None,
        ),
    )
    arrays = {name: np.zeros(3, np.float32) for name in KIND.arrays}
    found = {tolerance.name: tolerance.quantity(record, arrays) for tolerance in KIND.tolerances}
    assert found == {
        "exactitud con las últimas palabras": 0.75,  # as many of them as were kept
        "influencia de lo lejano entre la de lo cercano": 0.4,
        "interacción de longitud y modelo": -0.2,
    }
