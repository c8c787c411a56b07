"""What an author brought of a classifier."""

import numpy as np

from experiments.records.base import Arrays
from experiments.records.brought import BroughtEpoch, BroughtLstm
from experiments.records.coherence.answers import (
    MOST,
    MOST_CLIPPED,
    WHY,
    cross_entropies,
    expect_buckets,
    expect_confusion,
)
from experiments.records.coherence.arrays import shapes, values
from experiments.records.coherence.complaints import (
    Complaint,
    Complaints,
    expect,
    expect_at_most,
    expect_counted,
    expect_near,
    expect_ranges,
)

LOGGED = tuple(name for name in BroughtEpoch.model_fields if name != "epoch")
TENTHS = 10


def of_record(record: BroughtLstm) -> Complaints:
    yield from expect_counted("epochs[*].epoch", [epoch.epoch for epoch in record.epochs])
    most = record.settings.get("max_epochs")
    if isinstance(most, int):
        yield from expect_at_most("epochs", most, len(record.epochs), "settings.max_epochs")
    for name in LOGGED:
        column = [getattr(epoch, name) for epoch in record.epochs]
        missing = [place for place, value in enumerate(column) if value is None]
        if missing and len(missing) < len(column):
            yield Complaint(f"epochs[{missing[0]}].{name}", "un valor, como en las demás", "nada")
        if name.endswith("loss") and not missing:
            for place, value in enumerate(column):
                yield from expect_at_most(f"epochs[{place}].{name}", MOST, value)
    yield from expect("decimals", [], [name for name in record.decimals if name not in LOGGED])
    if record.test_loss is not None:
        yield from expect_at_most("test_loss", MOST_CLIPPED, record.test_loss)
    yield from _deciles(record)


def _deciles(record: BroughtLstm) -> Complaints:
    yield from expect_at_most("deciles", TENTHS, len(record.deciles))
    yield from expect_ranges("deciles", [(bucket.low, bucket.high) for bucket in record.deciles])
    for place, bucket in enumerate(record.deciles):
        yield from expect_at_most(f"deciles[{place}].lstm_correct", bucket.n, bucket.lstm_correct, "su «n»")
    if record.deciles and record.confusion is not None:
        n, matrix = sum(bucket.n for bucket in record.deciles), record.confusion
        yield from expect("deciles[*].n", matrix.n, n, "las reseñas de «confusion»")
        right = sum(bucket.lstm_correct for bucket in record.deciles)
        expected = matrix.true_negative + matrix.true_positive
        yield from expect("deciles[*].lstm_correct", expected, right, "los aciertos de «confusion»")


def of_arrays(record: BroughtLstm, arrays: Arrays) -> Complaints:
    if "probability" not in arrays:
        yield from expect("test_loss", None, record.test_loss, "porque no hay probabilidades")
        yield from expect("arrays", [], sorted(arrays), "porque no hay probabilidades")
        return
    n = (len(arrays["probability"]),)
    kinds = {"probability": "float32", "label": "int8", "length": "int32", "review_id": "int32"}
    present = {name: (kind, n) for name, kind in kinds.items() if name in arrays or name == "label"}
    if wrong := [*shapes({"label": np.zeros(0)} | arrays, present)]:
        yield from wrong
        return
    limits = {
        "probability": (0.0, 1.0),
        "label": (0.0, 1.0),
        "length": (0.0, float(np.iinfo(np.int32).max)),
    }
    yield from values(arrays, {name: each for name, each in limits.items() if name in arrays})
    probability, label = arrays["probability"], arrays["label"]
    if record.confusion is None:
        yield Complaint("confusion", "la matriz de las probabilidades guardadas", "nada")
    else:
        yield from expect_confusion("confusion", record.confusion, probability, label)
    if record.test_loss is not None:
        loss = float(cross_entropies(probability, label).mean())
        # as float32 clips, where they are 0 or 1
        yield from expect_near(
            "test_loss", loss, record.test_loss, WHY, 2e-2 if _clipped(probability) else 1e-6
        )
    if "length" in arrays:
        right = (probability > 0.5) == (label == 1)
        rows = [(each.low, each.high, each.n, each.lstm_correct) for each in record.deciles]
        yield from expect_buckets("deciles", arrays["length"], right, rows)


def _clipped(probability: np.ndarray) -> bool:
    return bool(((probability < 1e-6) | (probability > 1 - 1e-6)).any())
