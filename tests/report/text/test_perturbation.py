"""Change a result and the text changes: each number of each record, one at a time."""

from collections.abc import Iterator
from functools import cache
from typing import Any

import instrumented
import numpy as np
import pytest
from studies import complete, gan_run, leaves, lstm_run, study_of, with_array, with_leaf

from experiments.records.base import RecordError, Run
from report.settings import Settings
from report.text.document import compose

# What is the same for all seeds, and so changes in all at once: the configuration, the data and
# what follows from both.
SHARED = ("config.", "data.", "sizes.", "sampled_steps", "arrays.length", "arrays.real")

# The same for all seeds of the measurement: the buckets, and what the control does in them.
SAME_FOR_ALL = {
    *(
        f"{kind}[*].{name}"
        for kind in ("deciles", "stars")
        for name in ("low", "high", "n", "linear_correct")
    ),
    *("influence[*].distance", "influence[*].n", "truncations[*].tokens", "rows[*].distance"),
}
MEASURED = ("linear", "memory", "probe", "judge", "readability")

FIXED = "schema_version"  # no other value is valid

# Values that no sentence and no table give, and why. An asterisk stands for any index.
NOT_PRINTED = {
    # how long each epoch took; the document gives the duration of the whole run
    "epochs[*].duration_s": "only the whole run's duration is printed",
    # the official parts, named where they are a sample; the sizes really used are printed
    "data.n_train": "printed for sample data only",
    "data.n_test": "printed for sample data only",
    # limits that only show through what they limit
    "config.train_eval_size": "sizes.train_evaluated is printed",
    "config.max_reviews": "the sizes are printed",
    # drawn, not told; the figures' own digests are tested in test_freshness.py
    "arrays.grid": "shown as images",
    "arrays.gradient_initial": "relative to its largest value",
    "arrays.gradient_selected": "relative to its largest value",
    "influence[*].low": "drawn as a band",
    "influence[*].high": "drawn as a band",
    **{f"influence[{place}].mean": "between the first and the last, which are told" for place in (1, 2, 3)},
    **{f"influence[{place}].distance": "the last one is told" for place in (0, 1, 2, 3)},
    **{f"influence[{place}].n": "the nearest and the last one are told" for place in (1, 2, 3)},
    **{f"linear: influence[{place}].n": "printed of the LSTM, for the same reviews" for place in (0, 4)},
    # each bucket is given by its upper limit
    "deciles[*].low": "follows the upper limit before it",
    "stars[*].low": "equal to its upper limit",
    # what the control and the measurements were asked shows in what they gave
    "linear: config.candidates[*]": "printed with their accuracies",
    "linear: config.validation_fraction": "the sizes are printed",
    "config.occluded_reviews": "those that were hidden are counted",
    "linear: config.window": "printed of the LSTM",
    "config.budgets[*]": "printed with their accuracies",
    "config.truncated_reviews": "those that were truncated are counted",
    "config.distances[*]": "printed with their accuracies",
    "config.test_reviews": "printed with their accuracies",
    "linear: arrays.length": "those of the LSTM, for the same reviews, are printed",
    # what the judge was trained with and asked shows in what it gave
    **{f"judge: config.{name}": "not told" for name in ("epochs", "batch_size", "learning_rate")},
    "judge: config.control_images": "those of each control are counted",
    "config.images": "those that were read are counted",
    "config.compared_images": "those that were compared are counted",
    "judge: arrays.weights": "their number is printed",
    "judge: arrays.shown": "shown as images",
    "arrays.above": "shown as images",
    "arrays.below": "shown as images",
    "arrays.pairs": "shown as images",
    # kept for other analyses
    "arrays.stars": "kept for later analyses",
    "arrays.review_id": "kept for later analyses",
    "arrays.distance": "kept for later analyses",
}


# Values that are printed only where they decide something.
SOMETIMES = {
    "steps[*].by_digit[*]": "whether a digit is covered, and the entropy to three decimals",
    "memorisation.p": "the largest of all seeds",
}


@cache
def runs() -> tuple[Run, ...]:
    """Two seeds of each, apart, so that one can change without becoming the other, and what is
    measured on them."""
    trained = (
        lstm_run(3, max_reviews=1_000, val_loss=(0.48, 0.41, 0.47)),
        lstm_run(5, max_reviews=1_000, val_loss=(0.47, 0.40)),
        gan_run(3, weights_every=150),
        gan_run(5, weights_every=150),
    )
    return tuple(complete(trained))


def is_added(run: Run) -> bool:
    """By ``complete``, from the trained runs."""
    return run.record.kind in MEASURED or run.name.startswith("gan-dense")


def is_tried(run: Run) -> bool:
    """Of each measurement, one is enough; of the dense GANs nothing else is told."""
    first = run.record.kind not in MEASURED or run.record.seed != 5
    return first and "dense" not in run.name


DIGEST_OF_ALL = "| Registros de las ejecuciones |"  # would answer for every value, told or not


def written(changed: list[Run]) -> str:
    """The document, or why there is none."""
    try:
        with instrumented.templates(), instrumented.text_alone():
            markdown = compose(study_of(changed), Settings()).markdown
    except RecordError as error:
        return str(error)
    return "\n".join(line for line in markdown.splitlines() if not line.startswith(DIGEST_OF_ALL))


@cache
def original() -> str:
    return written(list(runs()))


def shape(path: str) -> str:
    """``epochs[3].val_loss`` as it stands in the list above."""
    return "".join("[*]" if part.isdecimal() else part for part in _split(path))


def _split(path: str) -> Iterator[str]:
    for part in path.replace("]", "").split("["):
        index, dot, rest = part.partition(".")
        if index.isdecimal():
            yield index
            yield dot + rest
        else:
            yield part


def other_values(path: str, value: Any) -> list[Any]:
    """Other valid values, near and far."""
    if isinstance(value, np.ndarray):
        return [smaller(value, 0.5), smaller(value, 0.9)]
    if isinstance(value, bool):
        return [not value]
    if isinstance(value, int):
        return [value - 1, value + 1] if value > 1 else [value + 1]
    return [value * 0.7, value * 0.9]


def numeric_leaves(run: Run) -> Iterator[tuple[str, Any]]:
    for path, value in leaves(run.record.model_dump()).items():
        if isinstance(value, int | float) and path != FIXED:
            yield path, value
    for name, values in run.arrays.items():
        yield f"arrays.{name}", values


def variants(index: int, path: str, value: Any) -> Iterator[list[Run]]:
    """All runs with one value changed; what is measured on a changed run is measured anew."""
    kind = runs()[index].record.kind
    for other in other_values(path, value):
        yield [
            changed(run, path, other)
            if place == index or (is_shared(path) and run.record.kind == kind)
            else run
            for place, run in enumerate(runs())
            if kind in MEASURED or not is_added(run)
        ]


def is_shared(path: str) -> bool:
    return path.startswith(SHARED) or shape(path) in SAME_FOR_ALL


def changed(run: Run, path: str, value: Any) -> Run:
    if isinstance(value, np.ndarray):
        return with_array(run, path.removeprefix("arrays."), value)
    return with_leaf(run, path, value)


def smaller(values: np.ndarray, part: float) -> np.ndarray:
    """``values`` times ``part``; images lose the upper part of their rows."""
    if values.dtype == bool:
        return np.zeros_like(values)
    if values.dtype != np.uint8:
        return (values * part).astype(values.dtype)
    images = values.copy()
    images[..., : round(28 * (1 - part)), :] = 0
    return images


def changes_text(index: int, path: str, value: Any) -> bool:
    return any(written(variant) != original() for variant in variants(index, path, value))


ALL = [(index, path) for index, run in enumerate(runs()) for path, _ in numeric_leaves(run)]


def names(index: int, path: str) -> set[str]:
    """How the list may name a value: for all kinds of runs, or for one."""
    kind = runs()[index].record.kind
    return {name for form in (path, shape(path)) for name in (form, f"{kind}: {form}")}


TRIED = [index for index, run in enumerate(runs()) if is_tried(run)]


@pytest.mark.parametrize("index", TRIED, ids=[runs()[index].name for index in TRIED])
def test_every_number_changes_the_text_or_is_known_not_to(index: int):
    silent, told = set(), set()
    first = all(run.record.kind != runs()[index].record.kind for run in runs()[:index])
    for path, value in numeric_leaves(runs()[index]):
        if is_shared(path) and not first:
            continue
        if names(index, path) & set(SOMETIMES):
            continue
        (told if changes_text(index, path, value) else silent).add(path)
    print(f"{runs()[index].name}: {len(told)} values change the text, {len(silent)} do not")
    assert {path for path in silent if not names(index, path) & set(NOT_PRINTED)} == set()
    assert {path for path in told if names(index, path) & set(NOT_PRINTED)} == set()


def test_the_list_names_nothing_that_does_not_exist():
    assert (
        set(NOT_PRINTED | SOMETIMES) - {name for index, path in ALL for name in names(index, path)} == set()
    )
