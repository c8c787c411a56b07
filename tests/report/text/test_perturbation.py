"""Change a result and the text changes: each number of each record, one at a time."""

import re
from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager, nullcontext, suppress
from functools import cache
from itertools import chain
from typing import Any

import instrumented
import numpy as np
import pytest
from pydantic import ValidationError
from recollection import Recollection, recalled
from studies import as_variant, complete, gan_run, leaves, lstm_run, study_of, with_array, with_leaf

from experiments.records.base import RecordError, Run
from report.settings import Settings
from report.text.document import compose

# What is the same for all seeds, and so changes in all at once: the configuration, the data and
# what follows from both.
SHARED = (
    *("config.", "data.", "sizes.", "model.", "n_train", "sampled_steps", "arrays.real"),
    *("arrays.length", "arrays.stars", "arrays.review_id"),
)

# The same for all seeds of the measurement: the buckets, and where something is measured.
SAME_FOR_ALL = {
    *(f"{kind}[*].{name}" for kind in ("deciles", "stars") for name in ("low", "high", "n")),
    *("influence[*].distance", "influence[*].n", "truncations[*].tokens"),
    *(f"{network}.rows[*].distance" for network in ("cell", "control")),
}
MEASURED = ("linear", "memory", "probe", "judge", "readability")

FIXED = "schema_version"  # no other value is valid
MADE_OF = re.compile(r"\.(layers\[|optimizer\.)")

CANDIDATE = ("c", "val_accuracy")

# Values that no sentence and no table give, and why. An asterisk stands for any index.
NOT_PRINTED = {
    # how long each epoch took, and what all threads did meanwhile
    "epochs[*].duration_s": "only the whole run's duration is printed",
    **{
        f"{kind}: processor_s": "the duration by the clock is printed"
        for kind in ("memory", "probe", "judge", "readability")
    },
    # the official parts, named where they are a sample; the sizes really used are printed
    "data.n_train": "printed for sample data only",
    "data.n_test": "printed for sample data only",
    # limits that only show through what they limit
    "config.train_eval_size": "sizes.train_evaluated is printed",
    "config.max_reviews": "the sizes are printed",
    # settings of other networks than these
    "config.heads": "of a transformer",
    "config.feed_forward": "of a transformer",
    "sizes.known_vectors": "of vectors from a file",
    "gan: config.gradient_penalty": "of another loss",
    # drawn, not told; the figures' own digests are tested in test_freshness.py
    "arrays.grid": "shown as images",
    "arrays.average_grid": "kept for later analyses",
    "arrays.fresh_class": "those that are readable are counted by class",
    "arrays.fresh_readable": "counted",
    "readability: config.shown": "those that were kept are shown",
    **{
        f"copies.by_class[*].{name}": "told of all classes together"
        for name in ("median_generated", "median_real", "auc")
    },
    "copies.expected_share": "worked out again from the classes that are judged",
    "arrays.gradient_initial": "relative to its largest value",
    "arrays.gradient_selected": "relative to its largest value",
    "influence[*].low": "drawn as a band",
    "influence[*].high": "drawn as a band",
    **{f"influence[{place}].distance": "the last one is told" for place in (0, 1, 2)},
    **{f"influence[{place}].n": "the nearest and the last one are told" for place in (1, 2, 3)},
    **{f"linear: influence[{place}].n": "printed of the LSTM, for the same reviews" for place in (0, 4)},
    "linear: influence[4].distance": "printed of the LSTM, where the curves cross",
    # each bucket is given by its upper limit
    "deciles[*].low": "follows the upper limit before it",
    "stars[*].low": "equal to its upper limit",
    # of the linear models, the control is told, and the usual one beside it in brief
    **{
        f"models[{place}].{name}": "told of the control"
        for place in (0, 2)
        for name in ("features", "chosen_c", *(f"candidates[{i}].{x}" for i in (0, 1) for x in CANDIDATE))
    },
    "linear: config.tfidf_candidates[*]": "told of the control",
    "models[*].val_loss": "the accuracy is printed",
    "linear: config.last_words": "as many as the LSTM sees",
    "linear: arrays.occlusion": "its means are printed",
    **{f"linear: decay.{end}": "printed of the memory, in pairs" for end in ("ratio", "low", "high")},
    "regression.n": "the reviews of the test part are counted",
    "regression_whole.n": "those that are cut are counted",
    # of the probe, the epoch that was chosen is told
    **{
        f"{network}.epochs[{i}].{name}": "another epoch"
        for network in ("cell", "control")
        for i in (0, 2)
        for name in ("val_correct", "val_loss")
    },
    **{
        f"{network}.{name}": "the accuracy is printed"
        for network in ("cell", "control")
        for name in ("epochs[1].val_loss", "epochs[*].epoch", "model.parameters")
    },
    "cell.rows[*].distance": "that of the control is printed",
    "config.seeds": "those that were trained are counted",
    "config.control_seeds": "those that were trained are counted",
    # what the control and the measurements were asked shows in what they gave
    "linear: config.log_count_candidates[*]": "printed with their accuracies",
    "linear: config.validation_fraction": "the sizes are printed",
    "config.occluded_reviews": "those that were hidden are counted",
    **{f"linear: config.{name}": "printed of the LSTM" for name in ("window", "near")},
    "linear: config.bootstrap_samples": "printed of the LSTM",
    "config.budgets[*]": "printed with their accuracies",
    "config.truncated_reviews": "those that were truncated are counted",
    "config.distances[*]": "printed with their accuracies",
    "config.test_reviews": "printed with their accuracies",
    "linear: arrays.length": "those of the LSTM, for the same reviews, are printed",
    # what the judge was trained with and asked shows in what it gave
    **{f"judge: config.{name}": "not told" for name in ("epochs", "batch_size", "learning_rate")},
    "judge: config.control_images": "those of each control are counted",
    "config.images": "those that were read are counted",
    "readability: config.control_images": "those that were made are counted",
    "judge: arrays.weights": "their number is printed",
    "judge: arrays.shown": "shown as images",
    "arrays.above": "shown as images",
    "arrays.below": "shown as images",
    "arrays.pairs": "shown as images",
    "copies.by_class[1].n_control": "none of them was caught, and the sum is told of each deformation",
    # kept for other analyses
    "linear: arrays.stars": "those of the LSTM, for the same reviews, are printed",
    "linear: arrays.review_id": "those of the LSTM, for the same reviews, are printed",
    "arrays.distance": "kept for later analyses",
    "linear: arrays.val_probability": "the threshold that it gives the control is not told",
    "linear: arrays.val_label": "the threshold that it gives the control is not told",
}


# Values that are printed only where they decide something.
SOMETIMES = {
    **{f"influence[{place}].mean": "where the curves cross, if it moves that" for place in (1, 2, 3)},
    "influence[3].distance": "where the curves cross",
    "steps[*].by_class[*]": "whether a digit is covered, and the entropy to three decimals",
    "copies.p": "whether it is below the significance",
    "arrays.review_id": "whether a network and its control were tested on the same reviews",
}

SETTINGS = ("config.", "data.", "sizes.")  # and sizes, which all seeds of a variant share

# Of one run of each kind of a variant, all that is told: what it was tested with, and what it took.
OF_ANY_RUN = {
    *("seed", "duration_s", "environment.cores", "environment.threads", "environment.dirty"),
}
TOLD_OF_VARIANTS = {
    "lstm@gru/seed-1": OF_ANY_RUN
    | {
        *("arrays.label", "arrays.probability", "arrays.review_id", "model.parameters", "processor_s"),
        *("selected_epoch", "epochs[2].val_accuracy"),  # the network of the ensemble
    },
    "gan@densa/seed-1": OF_ANY_RUN | {"processor_s"},
    "readability@densa/seed-1": OF_ANY_RUN
    | {
        *("steps[2].readable", "steps[2].n", "steps[2].frechet"),
    },
}


GRU = {"cell": "gru", "confusion": (181, 19, 18, 182), "val_accuracy": (0.7, 0.8, 0.9, 0.84, 0.83)}


# Enough is read for something to be said of all that is; at the second checkpoint the mean is at the edge
# of what is printed.
READ = {"readability": [{"readable": (300, 520, 620)}, {"readable": (300, 521, 640)}]}


@cache
def runs() -> tuple[Run, ...]:
    """Two seeds of each, apart, so that one can change without becoming the other, a variant, and what
    is measured on them."""
    trained = (
        lstm_run(1, max_reviews=1_000, val_loss=(0.48, 0.41, 0.47)),
        lstm_run(3, max_reviews=1_000, val_loss=(0.47, 0.40, 0.46, 0.47)),
        gan_run(1, weights_every=150),
        gan_run(3, weights_every=150),
        *(as_variant(lstm_run(seed, max_reviews=1_000, **GRU), "gru") for seed in (1, 3)),
    )
    return tuple(complete(trained, **READ))


def is_added(run: Run) -> bool:
    """By ``complete``, from the trained runs."""
    return run.record.kind in MEASURED or run.record.variant == "densa"


def is_tried(run: Run) -> bool:
    """Of each measurement, one is enough; what is told of variants is listed apart."""
    first = run.record.kind not in MEASURED or run.record.seed != 3
    return first and not run.record.variant


DIGEST_OF_ALL = "| Registros de las ejecuciones |"  # would answer for every value, told or not


@cache
def recollection() -> Recollection:
    return Recollection(study_of(runs(), **READ))


def written(changed: Sequence[Run], found: AbstractContextManager[None] | None = None) -> str:
    """The document, or why there is none; its findings are recalled unless ``found`` says otherwise."""
    try:
        with instrumented.templates(), instrumented.text_alone(), found or recalled(recollection()):
            markdown = compose(study_of(changed, **READ), Settings()).markdown
    except RecordError as error:
        return str(error)
    return "\n".join(line for line in markdown.splitlines() if not line.startswith(DIGEST_OF_ALL))


@cache
def original() -> str:
    return written(runs(), nullcontext())


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
    """Of its networks, what they are made of is left out: a record refuses what its settings deny."""
    for path, value in leaves(run.record.model_dump()).items():
        if isinstance(value, int | float) and path != FIXED and not MADE_OF.search(path):
            yield path, value
    for name, values in run.arrays.items():
        yield f"arrays.{name}", values


def variants(index: int, path: str, value: Any) -> Iterator[list[Run]]:
    """All runs with one value changed, where that gives a record; what is measured on a changed run is
    measured anew."""
    kind = runs()[index].record.kind
    for other in other_values(path, value):
        with suppress(ValidationError):  # a record may refuse what it contradicts itself by
            yield [
                changed(run, path, other)
                if place == index or (is_shared(path) and run.record.kind == kind and has(run, path))
                else run
                for place, run in enumerate(runs())
                if kind in MEASURED or not is_added(run)
            ]


def is_shared(path: str) -> bool:
    return path.startswith(SHARED) or shape(path) in SAME_FOR_ALL


def has(run: Run, path: str) -> bool:
    return path.startswith("arrays.") or path in leaves(run.record.model_dump())


def changed(run: Run, path: str, value: Any) -> Run:
    if isinstance(value, np.ndarray):
        return with_array(run, path.removeprefix("arrays."), value)
    return with_leaf(run, path, value)


def smaller(values: np.ndarray, part: float) -> np.ndarray:
    """``values`` times ``part``; images lose the upper part of their rows."""
    if values.dtype == bool:
        return np.zeros_like(values)
    if values.dtype != np.uint8 or values.ndim < 3:
        return (values * part).astype(values.dtype)
    images = values.copy()
    images[..., : round(28 * (1 - part)), :] = 0
    return images


def leave_text(index: int, paths: list[tuple[str, Any]]) -> bool:
    """Whether all of them together change nothing, which is told in two documents instead of hundreds."""
    run, kind = runs()[index], runs()[index].record.kind
    for nearness in (0, -1):
        others = [each for each in runs() if kind in MEASURED or not is_added(each)]
        for path, value in paths:
            other = other_values(path, value)[nearness]
            with suppress(ValidationError):
                others = [
                    changed(each, path, other)
                    if each.name == run.name
                    or (is_shared(path) and each.record.kind == kind and has(each, path))
                    else each
                    for each in others
                ]
        if written(others) != original():
            return False
    return True


def changes_text(index: int, path: str, value: Any) -> bool | None:
    """None if no record holds another value: it stands for what others say."""
    answer = None
    for variant in variants(index, path, value):
        if written(variant) != original():
            return True
        answer = False
    return answer


ALL = [(index, path) for index, run in enumerate(runs()) for path, _ in numeric_leaves(run)]


def names(index: int, path: str) -> set[str]:
    """How the list may name a value: for all kinds of runs, or for one."""
    kind = runs()[index].record.kind
    return {name for form in (path, shape(path)) for name in (form, f"{kind}: {form}")}


TRIED = [index for index, run in enumerate(runs()) if is_tried(run)]
QUICK = ("gan/seed-1", "probe/seed-1")


def tried(index: int) -> Any:
    name = runs()[index].name
    return pytest.param(index, id=name, marks=() if name in QUICK else pytest.mark.thorough)


@pytest.mark.parametrize("index", [tried(index) for index in TRIED])
def test_every_number_changes_the_text_or_is_known_not_to(index: int):
    first = all(run.record.kind != runs()[index].record.kind for run in runs()[:index])
    tried = [
        (path, value)
        for path, value in numeric_leaves(runs()[index])
        if (first or not is_shared(path)) and not names(index, path) & set(SOMETIMES)
    ]
    listed = [(path, value) for path, value in tried if names(index, path) & set(NOT_PRINTED)]
    silent, told = {path for path, _ in listed} if leave_text(index, listed) else set(), set()
    for path, value in tried:
        if path in silent:
            continue
        changes = changes_text(index, path, value)
        if changes is not None:
            (told if changes else silent).add(path)
    print(f"{runs()[index].name}: {len(told)} values change the text, {len(silent)} do not")
    assert {path for path in silent if not names(index, path) & set(NOT_PRINTED)} == set()
    assert {path for path in told if names(index, path) & set(NOT_PRINTED)} == set()


@pytest.mark.parametrize("kind", ["lstm", "gan", *MEASURED])
def test_what_is_recalled_is_what_would_be_found(kind: str):
    """Of one run of each kind, with the first number changed that can be and must be told."""
    place = next(index for index, run in enumerate(runs()) if run.record.kind == kind)
    silent = set(NOT_PRINTED) | set(SOMETIMES)
    told = (leaf for leaf in numeric_leaves(runs()[place]) if not names(place, leaf[0]) & silent)
    mixed = next(chain.from_iterable(variants(place, path, value) for path, value in told))
    assert original() != written(mixed) == written(mixed, nullcontext())


def test_the_list_names_nothing_that_does_not_exist():
    assert (
        set(NOT_PRINTED | SOMETIMES) - {name for index, path in ALL for name in names(index, path)} == set()
    )


@pytest.mark.parametrize("name", TOLD_OF_VARIANTS)
def test_of_a_variant_this_is_told_and_nothing_else(name: str):
    place = next(index for index, run in enumerate(runs()) if run.name == name)
    tried = [leaf for leaf in numeric_leaves(runs()[place]) if not leaf[0].startswith(SETTINGS)]
    rest = [(path, value) for path, value in tried if path not in TOLD_OF_VARIANTS[name]]
    silent, told = {path for path, _ in rest} if variant_leaves_text(place, rest) else set(), set()
    for path, value in tried:
        if path not in silent and not variant_leaves_text(place, [(path, value)]):
            told.add(path)
    assert told == TOLD_OF_VARIANTS[name]


def variant_leaves_text(place: int, paths: list[tuple[str, Any]]) -> bool:
    """Whether they change nothing, all together; what was measured on the variant stays as it was."""
    for nearness in (0, -1):
        run = runs()[place]
        for path, value in paths:
            with suppress(ValidationError):
                run = changed(run, path, other_values(path, value)[nearness])
        if written([*runs()[:place], run, *runs()[place + 1 :]]) != original():
            return False
    return True
