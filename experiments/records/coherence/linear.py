"""The linear controls of a classifier."""

import numpy as np

from experiments.kinds.linear import LINEAR_MODELS, LinearModel, LinearRecord
from experiments.records.base import Arrays
from experiments.records.coherence import influences
from experiments.records.coherence.answers import MOST, expect_confusion, expect_logit_loss
from experiments.records.coherence.arrays import filled_from_the_left, shapes, values
from experiments.records.coherence.complaints import (
    Complaint,
    Complaints,
    expect,
    expect_at_most,
    expect_near,
    expect_share,
)
from experiments.records.coherence.lstm import REVIEW_VALUES, expect_split, once, reviews


def of_record(record: LinearRecord) -> Complaints:
    config, sizes, data = record.config, record.sizes, record.data
    if config.validation_fraction is not None:
        found = (sizes.train, sizes.validation, sizes.test)
        fraction = config.validation_fraction
        yield from expect_split(data.n_train, data.n_test, config.max_reviews, fraction, found)
    yield from expect("models[*].name", list(LINEAR_MODELS), [model.name for model in record.models])
    for place, model in enumerate(record.models):
        candidates = config.tfidf_candidates if model.name == "tfidf" else config.log_count_candidates
        yield from _model(f"models[{place}]", model, candidates, sizes.validation)
        yield from expect(
            f"models[{place}].confusion", sizes.test, model.confusion.n, "las reseñas de «sizes.test»"
        )
    if config.window is not None:
        most = min(config.occluded_reviews or sizes.test, sizes.test)
        yield from influences.of_curve(record.influence, config.window, most)
    yield from influences.of_decay("decay", record.decay)


def _model(field: str, model: LinearModel, asked: tuple[float, ...], validation: int) -> Complaints:
    tried = [candidate.c for candidate in model.candidates]
    yield from expect(f"{field}.candidates[*].c", sorted(asked), tried, "los de los ajustes")
    for place, candidate in enumerate(model.candidates):
        place_of = f"{field}.candidates[{place}].val_accuracy"
        yield from expect_share(place_of, candidate.val_accuracy, validation, "las reseñas de validación")
    best = max(model.candidates, key=lambda candidate: candidate.val_accuracy)
    why = "lo del candidato que mejor valida"
    yield from expect(f"{field}.chosen_c", best.c, model.chosen_c, why)
    yield from expect(f"{field}.val_accuracy", best.val_accuracy, model.val_accuracy, why)
    for name in ("val_loss", "test_loss"):
        yield from expect_at_most(f"{field}.{name}", MOST, getattr(model, name))


def of_arrays(record: LinearRecord, arrays: Arrays) -> Complaints:
    tested, validated, models = record.sizes.test, record.sizes.validation, len(record.models)
    expected = {
        "probability": ("float32", (models, tested)),
        **reviews((tested,)),
        "val_probability": ("float32", (models, validated)),
        "val_label": ("int8", (validated,)),
        "val_row": ("int32", (validated,)),
    }
    if wrong := [*shapes(arrays, expected)]:
        yield from wrong
        return
    rows = (0, record.data.n_train - 1)
    shares = {"probability": (0, 1), "val_probability": (0, 1), "val_row": rows}
    yield from values(arrays, {**REVIEW_VALUES, **shares})
    yield from once(arrays["val_row"])
    label, val_label = arrays["label"], arrays["val_label"]
    for place, model in enumerate(record.models):
        said, validation = arrays["probability"][place], arrays["val_probability"][place]
        field = f"models[{place}]"
        yield from expect_confusion(f"{field}.confusion", model.confusion, said, label)
        yield from expect_logit_loss(f"{field}.test_loss", model.test_loss, said, label)
        yield from expect_logit_loss(f"{field}.val_loss", model.val_loss, validation, val_label)
        right = float(np.mean((validation > 0.5) == (val_label == 1)))
        near = 1.5 / validated  # one that lies at a half in single precision, and not in double
        why = "lo que dan las probabilidades guardadas"
        yield from expect_near(f"{field}.val_accuracy", right, model.val_accuracy, why, absolute=near)
    yield from _occlusion(record, arrays["occlusion"])


def _occlusion(record: LinearRecord, table: np.ndarray) -> Complaints:
    if table.dtype != np.float32 or table.ndim != 2:
        yield Complaint("arrays.occlusion", "float32 de dos ejes", f"{table.dtype} de {table.ndim}")
        return
    yield from filled_from_the_left("occlusion", table)
    config = record.config
    most = min(config.occluded_reviews or record.sizes.test, record.sizes.test)
    yield from expect_at_most("arrays.occlusion", most, len(table), "las reseñas ocultas")
    if config.window is not None and config.near is not None and config.far is not None:
        given = (record.influence, record.decay, table, config.window, config.near, config.far)
        yield from influences.from_table(*given)
