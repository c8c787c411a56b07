"""Change what an author brought and the text changes: each number of each record, one at a time."""

import re
from functools import cache
from typing import Any

import instrumented
import numpy as np
import pytest
from brought import (
    answers,
    brought_gan,
    brought_lstm,
    brought_study,
    deciles,
    gan_losses,
    grids,
    network,
    real_images,
)
from pydantic import ValidationError
from studies import leaves, make_study, with_array, with_leaf

from experiments.records.brought import Brought, GridReading
from report.settings import Settings
from report.text.document import compose

FIXED = "schema_version"  # no other value is valid
DIGEST_OF_ALL = "| Registros de lo leído |"  # would answer for every value, told or not
STEPS = (50, 100)

# Values that no sentence and no table give, and why. An asterisk stands for any index.
NOT_PRINTED = {
    "seed": "of a single training there is nothing to tell apart",
    "deciles[*].low": "follows the upper limit before it",
    "last": "that of the losses is printed",
    "readings[*].iteration": "the step of the grid",
    "readings[*].by_class[*]": "which classes are read, not how often",
    "real_reading.iteration": "there is no step of real images",
    "real_reading.by_class[*]": "they are counted together",
    "rescaled_from[*]": "told where it is imported",
    "arrays.grid_class": "counted by class",
    "arrays.grid_readable": "counted",
    "arrays.review_id": "printed of the single reviews that are shown",
}
# What is found by its place, and so changes the text only there.
SOMETIMES = {"readings[*].by_class[*]", "arrays.review_id", "readings[*].iteration"}

JUDGE = make_study(1).judge[0]


@cache
def runs() -> tuple[Brought, ...]:
    history = {
        "running_loss": (0.6, 0.4, 0.3),
        "running_accuracy": (0.7, 0.85, 0.93),
        "val_loss": (0.5, 0.4, 0.45),
        "val_accuracy": (0.8, 0.86, 0.85),
        "learning_rate": (1e-3, 1e-3, 5e-4),
    }
    reviews = {
        "model": network(),
        "deciles": deciles(90, 80),
        "test_loss": 0.41,
        "settings": {"units": 64, "dropout": 0.5},
    }
    real = GridReading(iteration=0, n=20, readable=19, by_class=(19,) + (0,) * 9)
    return (
        brought_lstm(1, history, answers=answers(200), **reviews),
        brought_gan(
            1, gan_losses(100), grids(STEPS, 20) | real_images(), read=(4, 16), steps=STEPS, real_reading=real
        ),
    )


def written(changed: tuple[Brought, ...]) -> str:
    with instrumented.templates(), instrumented.text_alone():
        markdown = compose(brought_study(*changed, judge=JUDGE), Settings()).markdown
    return "\n".join(line for line in markdown.splitlines() if not line.startswith(DIGEST_OF_ALL))


@cache
def original() -> str:
    return written(runs())


def shape(path: str) -> str:
    return re.sub(r"\[\d+\]", "[*]", path)


def other_values(value: Any) -> list[Any]:
    if isinstance(value, np.ndarray):
        if value.dtype == bool:
            return [~value]
        return [(value * 0.5).astype(value.dtype), np.roll(value, 1, axis=0)]
    if isinstance(value, bool):
        return [not value]
    return [value + 1, value - 1] if isinstance(value, int) else [value * 0.7]


def numeric(run: Brought) -> list[tuple[str, Any]]:
    of_record = [
        (path, value)
        for path, value in leaves(run.record.model_dump()).items()
        if isinstance(value, int | float) and path != FIXED
    ]
    return [*of_record, *((f"arrays.{name}", values) for name, values in run.arrays.items())]


def is_told(index: int, path: str, value: Any) -> bool:
    """Whether some other value changes the text."""
    for other in other_values(value):
        try:
            if path.startswith("arrays."):
                changed = with_array(runs()[index], path.removeprefix("arrays."), other)
            else:
                changed = with_leaf(runs()[index], path, other)
        except ValidationError:  # there is no such record
            continue
        if written((*runs()[:index], changed, *runs()[index + 1 :])) != original():
            return True
    return False


@pytest.mark.parametrize("index", range(2), ids=["reseñas", "imágenes"])
def test_every_number_is_told_or_it_is_said_why_not(index):
    silent = {
        shape(path)
        for path, value in numeric(runs()[index])
        if shape(path) not in NOT_PRINTED and not is_told(index, path, value)
    }
    assert silent == set()


@pytest.mark.parametrize("index", range(2), ids=["reseñas", "imágenes"])
def test_what_is_said_not_to_be_told_is_not(index):
    told = {
        shape(path)
        for path, value in numeric(runs()[index])
        if shape(path) in NOT_PRINTED.keys() - SOMETIMES and is_told(index, path, value)
    }
    assert told == set()


def test_the_list_has_nothing_that_there_is_not():
    there = {shape(path) for run in runs() for path, _ in numeric(run)}
    elsewhere = {"rescaled_from[*]", "arrays.grid_class", "arrays.grid_readable"}
    assert NOT_PRINTED.keys() - there - elsewhere == set()
