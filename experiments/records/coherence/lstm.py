"""A classifier of reviews."""

from collections.abc import Iterator, Sequence
from math import ceil, cos, log, pi

import numpy as np

from experiments.kinds.lstm import LEARNED, PPMI_SVD, LstmConfig, LstmRecord
from experiments.records.base import Arrays
from experiments.records.coherence import common
from experiments.records.coherence.answers import (
    MOST,
    MOST_CLIPPED,
    WHY,
    cross_entropies,
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
    expect_share,
    told,
)

HALF_PRECISION = 2.0**-10  # relative, of float16
SINGLE_PRECISION = 1e-5  # relative, of what float32 makes of a rate in a few steps


def of_record(record: LstmRecord) -> Complaints:
    yield from common.of_model("model", record.model)
    yield from _sizes(record)
    yield from _epochs(record)
    yield from _stopping(record)
    rates = [epoch.learning_rate for epoch in record.epochs]
    losses = [epoch.val_loss for epoch in record.epochs]
    for place, (expected, found) in enumerate(zip(learning_rates(record.config, losses), rates, strict=True)):
        field, near = f"epochs[{place}].learning_rate", SINGLE_PRECISION * record.config.learning_rate
        why = f"la de «{record.config.schedule}»"
        yield from expect_near(field, expected, found, why, SINGLE_PRECISION, near * 1e-3)
    yield from expect_at_most("test_loss", MOST_CLIPPED, record.test_loss)
    yield from expect("sizes.test", record.confusion.n, record.sizes.test, "las reseñas de «confusion»")


def of_arrays(record: LstmRecord, arrays: Arrays) -> Complaints:
    tested, validated = (record.sizes.test,), (record.sizes.validation,)
    expected = {
        "probability": ("float32", tested),
        **reviews(tested),
        "val_probability": ("float32", validated),
        "val_label": ("int8", validated),
        "val_row": ("int32", validated),
        "val_losses": ("float16", (len(record.epochs), *validated)),
    }
    if wrong := [*shapes(arrays, expected)]:
        yield from wrong
        return
    yield from values(
        arrays,
        {
            **REVIEW_VALUES,
            "probability": (0, 1),
            "val_probability": (0, 1),
            "val_row": (0, record.data.n_train - 1),
            "val_losses": (0, MOST_CLIPPED),
        },
    )
    yield from once(arrays["val_row"])
    label = arrays["label"]
    yield from expect_confusion("confusion", record.confusion, arrays["probability"], label)
    loss = float(cross_entropies(arrays["probability"], label).mean())
    yield from expect_near("test_loss", loss, record.test_loss, WHY)
    yield from _validated(record, arrays)


def reviews(tested: tuple[int]) -> dict[str, tuple[str, tuple[int, ...]]]:
    """The arrays that tell of the reviews of the test part, of which there are so many."""
    of_int8 = dict.fromkeys(("label", "stars"), ("int8", tested))
    return {**of_int8, **dict.fromkeys(("length", "review_id", "distance"), ("int32", tested))}


REVIEW_VALUES: dict[str, tuple[float, float]] = {
    **dict.fromkeys(("label", "val_label"), (0, 1)),
    "stars": (0, 10),
    **dict.fromkeys(("length", "review_id"), (0, np.iinfo(np.int32).max)),
    "distance": (-1, np.iinfo(np.int32).max),
}


def once(rows: np.ndarray) -> Complaints:
    if len(np.unique(rows)) != len(rows):
        yield Complaint("arrays.val_row", "cada reseña una sola vez", "alguna repetida")


def expect_split(
    n_train: int, n_test: int, limit: int | None, fraction: float, found: tuple[int, int, int]
) -> Complaints:
    """That ``found`` are the reviews of training, validation and test that there are of those of the data."""
    kept = min(n_train, limit or n_train)
    validation = ceil(fraction * kept)
    expected = (kept - validation, validation, min(n_test, limit or n_test))
    for name, size, n in zip(("train", "validation", "test"), expected, found, strict=True):
        yield from expect(f"sizes.{name}", size, n, "lo que resulta de los datos y los ajustes")


def _sizes(record: LstmRecord) -> Complaints:
    sizes, config, data = record.sizes, record.config, record.data
    yield from expect_split(
        data.n_train,
        data.n_test,
        config.max_reviews,
        config.validation_fraction,
        (sizes.train, sizes.validation, sizes.test),
    )
    evaluated = min(config.train_eval_size, sizes.train)
    yield from expect("sizes.train_evaluated", evaluated, sizes.train_evaluated, "train_eval_size")
    yield from expect_at_most("sizes.vocabulary", config.vocabulary_size, sizes.vocabulary, "vocabulary_size")
    known = 0 if config.embedding in (LEARNED, PPMI_SVD) else sizes.vocabulary
    yield from expect_at_most("sizes.known_vectors", known, sizes.known_vectors)


def _epochs(record: LstmRecord) -> Complaints:
    yield from expect_counted("epochs[*].epoch", [epoch.epoch for epoch in record.epochs])
    for place, epoch in enumerate(record.epochs):
        field = f"epochs[{place}]"
        for name in ("train_loss", "val_loss", "val_loss_se"):
            yield from expect_at_most(f"{field}.{name}", MOST_CLIPPED, getattr(epoch, name))
        yield from expect_at_most(f"{field}.running_loss", MOST, epoch.running_loss)
        yield from expect_at_most(f"{field}.duration_s", common.TEN_YEARS, epoch.duration_s)
        evaluated, validated = record.sizes.train_evaluated, record.sizes.validation
        of = "las reseñas medidas"
        yield from expect_share(f"{field}.train_accuracy", epoch.train_accuracy, evaluated, of)
        yield from expect_share(f"{field}.val_accuracy", epoch.val_accuracy, validated, of)


def expect_selected(field: str, losses: Sequence[float], selected: int) -> Complaints:
    """The first one with the lowest loss."""
    best = losses.index(min(losses)) + 1
    yield from expect(field, best, selected, "la de menor pérdida de validación")


def _stopping(record: LstmRecord) -> Complaints:
    """Training goes on to the last epoch unless as many as its patience come after the best one."""
    config, losses = record.config, [epoch.val_loss for epoch in record.epochs]
    patience, n = config.early_stopping_patience, len(losses)
    yield from expect_at_most("epochs", config.max_epochs, n, "max_epochs")
    yield from expect_selected("selected_epoch", losses, record.selected_epoch)
    stops = [place for place, since in enumerate(_since_best(losses), start=1) if since >= patience]
    yield from expect("stopped_early", bool(stops), record.stopped_early, f"con una paciencia de {patience}")
    last = stops[0] if stops else config.max_epochs
    if n <= config.max_epochs:
        yield from expect("epochs", last, n, "las que hay hasta que se para")


def _since_best(losses: Sequence[float]) -> Iterator[int]:
    """How many epochs each comes after the best one so far."""
    best = 0
    for place, loss in enumerate(losses):
        best = place if loss < losses[best] else best
        yield place - best


def learning_rates(config: LstmConfig, losses: Sequence[float]) -> Iterator[float]:
    """Those of the epochs with these validation losses."""
    rate, best, waited = config.learning_rate, float("inf"), 0
    for epoch, loss in enumerate(losses, start=1):
        if config.schedule == "cosine":
            yield rate * (1 + cos(pi * min(epoch / config.max_epochs, 1))) / 2
            continue
        yield rate
        best, waited = (loss, 0) if loss < best else (best, waited + 1)
        if config.schedule == "plateau" and waited >= config.reduce_lr_patience:
            rate, waited = rate * config.reduce_lr_factor, 0


def _validated(record: LstmRecord, arrays: Arrays) -> Complaints:
    """That what each epoch says of the validation part is what its losses say, in half precision, and the
    selected one its probabilities."""
    each, n = arrays["val_losses"].astype(np.float64), record.sizes.validation
    for place, (epoch, losses) in enumerate(zip(record.epochs, each, strict=True)):
        field, why = f"epochs[{place}]", "lo que dan las pérdidas guardadas de cada reseña"
        loss = float(losses.mean())
        yield from expect_near(f"{field}.val_loss", loss, epoch.val_loss, why, HALF_PRECISION)
        right = epoch.val_accuracy * n
        surely, perhaps = ((losses < log(2) + margin).sum() for margin in (-1e-3, 1e-3))
        if not surely - 0.5 <= right <= perhaps + 0.5:
            expected = f"{told(int(surely) / n)}, {why}"
            yield Complaint(f"{field}.val_accuracy", expected, told(epoch.val_accuracy))
        if n > 1:
            error = float(losses.std(ddof=1) / np.sqrt(n))
            yield from expect_near(f"{field}.val_loss_se", error, epoch.val_loss_se, why, 1e-2, 1e-4)
    if not 1 <= record.selected_epoch <= len(record.epochs):
        return
    probability, label = arrays["val_probability"], arrays["val_label"]
    chosen, field = record.selected_epoch - 1, f"epochs[{record.selected_epoch - 1}]"
    losses, epoch = cross_entropies(probability, label), record.epochs[chosen]
    yield from expect_near(f"{field}.val_loss", float(losses.mean()), epoch.val_loss, WHY)
    right = float(np.mean((probability > 0.5) == (label == 1)))
    yield from expect_near(f"{field}.val_accuracy", right, epoch.val_accuracy, WHY)
    if np.abs(losses - each[chosen]).max() > 0.02:
        yield Complaint(f"arrays.val_losses[{chosen}]", "las pérdidas de «val_probability»", "otras")
    if n > 1:
        error = float(losses.std(ddof=1) / np.sqrt(n))
        yield from expect_near(f"{field}.val_loss_se", error, epoch.val_loss_se, WHY, absolute=1e-9)
