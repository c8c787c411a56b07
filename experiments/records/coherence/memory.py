"""What a classifier does with distance."""

from collections.abc import Sequence
from typing import get_args

from experiments.kinds.memory import Bucket, MemoryRecord, Regression, Truncation
from experiments.records.base import Arrays
from experiments.records.coherence import influences
from experiments.records.coherence.arrays import filled_from_the_left
from experiments.records.coherence.complaints import (
    Complaint,
    Complaints,
    expect,
    expect_at_most,
    expect_both,
    expect_near,
    expect_ranges,
    told,
)

TENTHS = 10
FEWEST_WHOLE = 100  # reviews that are seen whole, for a regression on them
KEEPS = get_args(Truncation.model_fields["keep"].annotation)


def of_record(record: MemoryRecord) -> Complaints:
    total = sum(bucket.n for bucket in record.deciles)
    yield from _buckets("deciles", record.deciles, TENTHS)
    yield from _buckets("stars", record.stars, 10)
    yield from _stars(record.stars, record.deciles)
    for name, regression in (
        ("regression", record.regression),
        ("regression_whole", record.regression_whole),
    ):
        if regression is not None:
            yield from _regression(name, regression, total)
    if record.regression is not None:
        yield from expect("regression.n", total, record.regression.n, "las reseñas de «deciles»")
    if record.regression_whole is not None:
        yield from expect("regression_whole.truncated", None, record.regression_whole.truncated)
        if record.regression_whole.n < FEWEST_WHOLE:
            found = told(record.regression_whole.n)
            yield Complaint("regression_whole.n", f"a lo menos {FEWEST_WHOLE}", found)
    yield from _truncations(record, total)
    most = min(record.config.occluded_reviews, total)
    yield from influences.of_curve(record.influence, record.config.window, most)
    yield from influences.of_decay("decay", record.decay)
    yield from influences.of_decay("control_decay", record.control_decay)
    low, high = record.decay_difference_low, record.decay_difference_high
    for name, value in (
        ("control_decay", record.control_decay),
        ("decay_difference_low", low),
        ("decay_difference_high", high),
    ):
        yield from expect_both("decay", record.decay, name, value)
    if low is not None and high is not None and low > high:
        yield Complaint("decay_difference_high", f"a lo menos {told(low)}, que es su «low»", told(high))


def _buckets(field: str, buckets: Sequence[Bucket], most: int) -> Complaints:
    yield from expect_at_most(field, most, len(buckets))
    yield from expect_ranges(field, [(bucket.low, bucket.high) for bucket in buckets])
    for place, bucket in enumerate(buckets):
        for name in ("lstm_correct", "linear_correct", "last_correct"):
            yield from expect_at_most(f"{field}[{place}].{name}", bucket.n, getattr(bucket, name), "su «n»")


def _stars(stars: Sequence[Bucket], deciles: Sequence[Bucket]) -> Complaints:
    """Of no more reviews than there are, or of answers that are right."""
    for place, bucket in enumerate(stars):
        yield from expect(f"stars[{place}].high", bucket.low, bucket.high, "unas mismas estrellas")
        yield from expect_at_most(f"stars[{place}].high", 10, bucket.high)
    for name in ("n", "lstm_correct", "linear_correct", "last_correct"):
        most = sum(getattr(bucket, name) for bucket in deciles)
        found = sum(getattr(bucket, name) for bucket in stars)
        yield from expect_at_most(f"stars[*].{name}", most, found, "lo de «deciles»")


def _regression(field: str, regression: Regression, total: int) -> Complaints:
    yield from expect_at_most(f"{field}.n", total, regression.n, "las reseñas de «deciles»")
    yield from expect_both(
        f"{field}.truncated", regression.truncated, f"{field}.truncated_model", regression.truncated_model
    )
    for name in ("log_length", "truncated", "model", "interaction", "truncated_model"):
        coefficient = getattr(regression, name)
        if coefficient is None:
            continue
        low, estimate, high = coefficient.low, coefficient.estimate, coefficient.high
        if not low <= estimate <= high:
            between = f"un valor de {told(low)} a {told(high)}, su intervalo"
            yield Complaint(f"{field}.{name}.estimate", between, told(estimate))
        else:
            middle = (low + high) / 2
            yield from expect_near(f"{field}.{name}.estimate", middle, estimate, "el medio de su intervalo")


def _truncations(record: MemoryRecord, total: int) -> Complaints:
    """Each way to keep words, with each budget that the network can read, once."""
    rows, budgets = record.truncations, record.config.budgets
    found = sorted((row.tokens, row.keep) for row in rows)
    used = {row.tokens for row in rows}
    expected = sorted((tokens, keep) for tokens in budgets if tokens in used for keep in KEEPS)
    if found != expected or not used <= set(budgets):
        twice = next((pair for pair in found if found.count(pair) > expected.count(pair)), None)
        missing = next((pair for pair in expected if pair not in found), None)
        says = f"({twice[1]}, {twice[0]}) de más" if twice else f"sin {missing}"
        yield Complaint("truncations", "una medida de cada modo con cada número de palabras", says)
    n = min(record.config.truncated_reviews, total)
    for place, row in enumerate(rows):
        yield from expect(f"truncations[{place}].n", n, row.n, "truncated_reviews")
        yield from expect_at_most(f"truncations[{place}].correct", row.n, row.correct, "su «n»")


def of_arrays(record: MemoryRecord, arrays: Arrays) -> Complaints:
    first, last = arrays["gradient_initial"], arrays["gradient_selected"]
    for name, array in arrays.items():
        if str(array.dtype) != "float32" or array.ndim != 1:
            yield Complaint(f"arrays.{name}", "float32 de un eje", f"{array.dtype} de {array.ndim}")
            return
    yield from expect("arrays.gradient_selected", len(first), len(last), "los valores de «gradient_initial»")
    for name, array in arrays.items():
        yield from filled_from_the_left(name, array)
