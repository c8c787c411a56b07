"""Records that contradict themselves are refused although their digest is right, by record and field."""

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from forging import FOLDERS, forge, swapped, true_run, with_value

from experiments.records.base import Arrays, RecordError
from experiments.records.storage import read_run

HUGE = 10**40


def without(place: int) -> Callable[[list[Any]], list[Any]]:
    return lambda items: items[:place] + items[place + 1 :]


def twice(place: int) -> Callable[[list[Any]], list[Any]]:
    return lambda items: [*items[: place + 1], *items[place:]]


def reverse(items: list[Any]) -> list[Any]:
    return items[::-1]


def more(number: Any) -> Any:
    return number + 1


# The kind, what is changed in it, and the field of which the sentence complains, unless it is the same.
RECORDS: list[tuple[str, dict[str, Any], str]] = [
    # sizes, times and places that there are not
    ("lstm", {"sizes.train": HUGE}, "sizes.train"),
    ("gan", {"data.n_train": HUGE}, "data.n_train"),
    ("judge", {"config.control_images": HUGE}, "config.control_images"),
    ("lstm", {"epochs[0].running_loss": 1e300}, "epochs[0].running_loss"),
    ("gan", {"config.samples_kept": HUGE}, "config.samples_kept"),
    ("lstm", {"duration_s": 1e10}, "duration_s"),
    ("lstm", {"processor_s": 1e7}, "processor_s"),
    ("lstm", {"finished_on": "1812-01-01"}, "finished_on"),
    ("lstm", {"environment.threads": 4096}, "environment.threads"),
    ("lstm", {"environment.gpu": "H100"}, "environment.gpu"),
    ("lstm", {"data.name": "mnist"}, "data.name"),
    ("lstm", {"data.title": "mis reseñas"}, "data.title"),
    ("memory", {"upstream": {"lstm/seed-1": "a" * 64, "lstm/seed-2": "a" * 64}}, "upstream"),
    ("memory", {"upstream": {"lstm/seed-2": "a" * 64, "linear/seed-2": "a" * 64}}, "upstream"),
    # the classifier
    ("lstm", {"selected_epoch": 2}, "selected_epoch"),
    ("lstm", {"selected_epoch": 99}, "selected_epoch"),
    ("lstm", {"epochs": reverse}, "epochs[*].epoch"),
    ("lstm", {"epochs": twice(1)}, "epochs[*].epoch"),
    ("lstm", {"epochs": without(0)}, "epochs[*].epoch"),
    ("lstm", {"epochs[3].epoch": 3}, "epochs[*].epoch"),
    ("lstm", {"epochs": without(8)}, "stopped_early"),
    ("lstm", {"stopped_early": False}, "stopped_early"),
    ("lstm", {"config.max_epochs": 5}, "epochs"),
    ("lstm", {"config.early_stopping_patience": 2}, "epochs"),
    ("lstm", {"epochs[4].learning_rate": 1e-3}, "epochs[4].learning_rate"),
    ("lstm", {"epochs[0].val_loss": 99.0}, "epochs[0].val_loss"),
    ("lstm", {"epochs[0].train_accuracy": 0.77777}, "epochs[0].train_accuracy"),
    ("lstm", {"epochs[0].val_accuracy": 0.77777}, "epochs[0].val_accuracy"),
    ("lstm", {"sizes.train": more}, "sizes.train"),
    ("lstm", {"sizes.validation": more}, "sizes.validation"),
    ("lstm", {"sizes.test": more}, "sizes.test"),
    ("lstm", {"sizes.train_evaluated": more}, "sizes.train_evaluated"),
    ("lstm", {"sizes.vocabulary": 30_001}, "sizes.vocabulary"),
    ("lstm", {"sizes.known_vectors": 5}, "sizes.known_vectors"),
    ("lstm", {"confusion.true_positive": more}, "sizes.test"),
    ("lstm", {"model.parameters": more}, "model.parameters"),
    # the linear controls
    ("linear", {"models": reverse}, "models[*].name"),
    ("linear", {"models": twice(0)}, "models[*].name"),
    ("linear", {"models[0].chosen_c": 64.0}, "models[0].chosen_c"),
    ("linear", {"models[0].candidates": without(1)}, "models[0].candidates[*].c"),
    ("linear", {"models[0].candidates": reverse}, "models[0].candidates[*].c"),
    ("linear", {"models[0].val_accuracy": 0.9999}, "models[0].val_accuracy"),
    ("linear", {"models[1].confusion.false_positive": more}, "models[1].confusion"),
    ("linear", {"sizes.test": more}, "sizes.test"),
    ("linear", {"influence[0].high": 0.1}, "influence[0].high"),
    ("linear", {"influence": reverse}, "influence[0].distance"),
    ("linear", {"influence": without(3)}, "influence[3].distance"),
    ("linear", {"influence[2].n": 5_000}, "influence[2].n"),
    ("linear", {"decay.low": 5.0}, "decay.high"),
    # the measurement of memory
    ("memory", {"deciles[0].lstm_correct": 9_999}, "deciles[0].lstm_correct"),
    ("memory", {"deciles": reverse}, "deciles[1].low"),
    ("memory", {"deciles": without(4)}, "stars[*].n"),
    ("memory", {"deciles": twice(2)}, "deciles"),
    ("memory", {"deciles[3].low": 9_999}, "deciles[3].high"),
    ("memory", {"stars[7].high": 11}, "stars[7].high"),
    ("memory", {"stars[0].n": 30_000}, "stars[*].n"),
    ("memory", {"regression.n": 12}, "regression.n"),
    ("memory", {"regression.model.estimate": 3.0}, "regression.model.estimate"),
    ("memory", {"regression.truncated": None}, "regression.truncated"),
    ("memory", {"regression_whole.n": 50}, "regression_whole.n"),
    ("memory", {"truncations[0].correct": 10**6}, "truncations[0].correct"),
    ("memory", {"truncations": without(5)}, "truncations"),
    ("memory", {"truncations": twice(5)}, "truncations"),
    ("memory", {"truncations[2].n": 4_999}, "truncations[2].n"),
    ("memory", {"control_decay": None}, "control_decay"),
    ("memory", {"decay_difference_low": 5.0}, "decay_difference_high"),
    # the probe
    ("probe", {"cell.selected_epoch": 1}, "cell.selected_epoch"),
    ("probe", {"cell.epochs": reverse}, "cell.epochs[*].epoch"),
    ("probe", {"cell.epochs": without(3)}, "cell.epochs"),
    ("probe", {"control.epochs[1].val_correct": 601}, "control.epochs[1].val_correct"),
    ("probe", {"cell.rows[2].correct": 501}, "cell.rows[2].correct"),
    ("probe", {"cell.rows": without(2)}, "cell.rows[*].distance"),
    ("probe", {"cell.rows": swapped(0, 1)}, "cell.rows[*].distance"),
    ("probe", {"cell.rows[0].n": 400, "cell.rows[0].correct": 400}, "cell.rows[0].n"),
    ("probe", {"cell.val_n": 700}, "cell.val_n"),
    ("probe", {"data.n_test": 500}, "data.n_test"),
    # the GAN
    ("gan", {"sampled_steps": reverse}, "sampled_steps"),
    ("gan", {"sampled_steps": without(2)}, "sampled_steps"),
    ("gan", {"sampled_steps": twice(2)}, "sampled_steps"),
    ("gan", {"sampled_steps[6]": 9_000}, "sampled_steps"),
    ("gan", {"n_train": 100}, "n_train"),
    # the judge
    ("judge", {"correct": 10_001}, "correct"),
    ("judge", {"n_test": 5_000, "correct": 4_000}, "n_test"),
    ("judge", {"brier": 0.0001}, "brier"),
    ("judge", {"controls": twice(4)}, "controls[*].name"),
    ("judge", {"controls": without(12)}, "controls[*].name"),
    ("judge", {"controls": reverse}, "controls[*].name"),
    ("judge", {"controls[0].readable": 1_001}, "controls[0].readable"),
    ("judge", {"controls[11].limit": 0.9}, "controls[11].limit"),
    ("judge", {"controls[11].readable_expected": True}, "controls[11].readable_expected"),
    ("judge", {"controls[13].family": "trained"}, "controls[13].family"),
    ("judge", {"controls[5].n": 400}, "controls[5].n"),
    # what it reads
    ("readability", {"steps": reverse}, "steps[*].iteration"),
    ("readability", {"steps": without(3)}, "steps[*].iteration"),
    ("readability", {"steps": twice(3)}, "steps[*].iteration"),
    ("readability", {"steps[4].readable": more}, "steps[4].readable"),
    ("readability", {"steps[4].readable": 1_001}, "steps[4].readable"),
    ("readability", {"steps[4].by_class": without(9)}, "steps[4].readable"),
    ("readability", {"steps[4].n": 900}, "steps[4].n"),
    ("readability", {"steps[4].score": 11.0}, "steps[4].score"),
    ("readability", {"copies.by_class[0].copies": 900}, "copies.by_class[0].copies"),
    ("readability", {"copies.by_class[0].n_generated": more}, "copies.by_class[0].n_generated"),
    ("readability", {"copies.by_class[0].caught": 104}, "copies.by_class[0].caught"),
    ("readability", {"copies.by_class[0].caught": 1}, "copies.control[*].caught"),
    ("readability", {"copies.by_class": swapped(0, 1)}, "copies.by_class[*].label"),
    ("readability", {"copies.by_class[3].auc": None}, "copies.by_class[3].auc"),
    ("readability", {"copies.control": twice(1)}, "copies.control[*].name"),
    ("readability", {"copies.control[1].caught": 900}, "copies.control[1].caught"),
    ("readability", {"copies.expected_share": 0.5}, "copies.expected_share"),
    ("readability", {"copies.auc": 0.9}, "copies.auc"),
    ("readability", {"copies.limit_quantile": 0.5}, "copies.limit_quantile"),
    ("readability", {"variance_ratio": None}, "variance_ratio"),
]


@pytest.mark.parametrize(
    ("kind", "changes", "field"), RECORDS, ids=[f"{i} {kind} {f}" for i, (kind, _, f) in enumerate(RECORDS)]
)
def test_a_record_that_contradicts_itself_is_refused(
    kind: str, changes: dict[str, Any], field: str, tmp_path: Path
) -> None:
    forged = forge(tmp_path / FOLDERS[kind], true_run(kind), changes)
    with pytest.raises(RecordError) as refused:
        read_run(forged)
    sentence = (
        rf"{re.escape(str(forged))}/record\.json: en «{re.escape(field)}» se esperaba .+, se encontró .+"
    )
    assert re.fullmatch(sentence + r"; restáurelo o bórrelo y ejecute «make train»\.", str(refused.value))


LESS = -1e-3  # of a loss: nothing that single precision would excuse
# What agrees with all the rest of the record, and not with the arrays beside it.
ARRAYS: list[tuple[str, dict[str, Any], Callable[[Arrays], Arrays] | None, str]] = [
    (
        "lstm",
        {"confusion.true_positive": 10_444, "confusion.true_negative": 11_067},
        None,
        "confusion.true_negative",
    ),
    ("lstm", {"test_loss": lambda loss: loss + LESS}, None, "test_loss"),
    ("lstm", {"epochs[2].val_loss": lambda loss: loss + 2e-3}, None, "epochs[2].val_loss"),
    ("lstm", {"epochs[5].val_loss": lambda loss: loss - 1e-4}, None, "epochs[5].val_loss"),
    ("lstm", {"epochs[2].val_accuracy": lambda share: share - 0.01}, None, "epochs[2].val_accuracy"),
    ("lstm", {"epochs[5].val_accuracy": lambda share: share - 0.0002}, None, "epochs[5].val_accuracy"),
    ("lstm", {"epochs[2].val_loss_se": 0.009}, None, "epochs[2].val_loss_se"),
    ("lstm", {}, lambda arrays: {"val_losses": arrays["val_losses"][:8]}, "arrays.val_losses"),
    ("lstm", {}, lambda arrays: {"label": arrays["label"][:-1]}, "arrays.label"),
    ("lstm", {}, with_value("label", 3, 7), "arrays.label"),
    ("lstm", {}, with_value("probability", 3, 1.5), "arrays.probability"),
    ("lstm", {}, with_value("probability", 3, np.nan), "arrays.probability"),
    ("lstm", {}, with_value("val_row", 3, 26_000), "arrays.val_row"),
    ("lstm", {}, lambda arrays: {"val_row": np.zeros_like(arrays["val_row"])}, "arrays.val_row"),
    (
        "linear",
        {"models[1].confusion.true_positive": more, "models[1].confusion.false_negative": lambda n: n - 1},
        None,
        "models[1].confusion.false_negative",
    ),
    ("linear", {"models[2].test_loss": lambda loss: loss + LESS}, None, "models[2].test_loss"),
    ("linear", {"models[2].val_loss": lambda loss: loss + LESS}, None, "models[2].val_loss"),
    ("linear", {"influence[2].mean": more, "influence[2].high": more}, None, "influence[2].mean"),
    ("linear", {"influence[24].n": lambda n: n - 1}, None, "influence[24].n"),
    ("linear", {"influence": without(24)}, None, "influence"),
    ("linear", {"decay.ratio": 0.7}, None, "decay.ratio"),
    ("linear", {"decay": None}, None, "decay"),
    ("linear", {}, with_value("occlusion", (0, 0), -1), "arrays.occlusion"),
    (
        "memory",
        {},
        lambda arrays: {"gradient_initial": arrays["gradient_initial"][1:]},
        "arrays.gradient_selected",
    ),
    ("memory", {}, with_value("gradient_selected", 3, np.inf), "arrays.gradient_selected"),
    ("gan", {}, lambda arrays: {"grid": arrays["grid"][:6]}, "arrays.grid"),
    ("gan", {}, lambda arrays: {"d_real": arrays["d_real"][:-1]}, "arrays.d_real"),
    ("gan", {}, with_value("generator_loss", 3, np.nan), "arrays.generator_loss"),
    ("gan", {}, with_value("d_fake", 3, 1.25), "arrays.d_fake"),
    ("gan", {}, with_value("accuracy_real", 3, 0.111), "arrays.accuracy_real"),
    ("judge", {}, lambda arrays: {"weights": arrays["weights"][1:]}, "arrays.weights"),
    ("judge", {}, lambda arrays: {"shown": arrays["shown"][1:]}, "arrays.shown"),
    ("readability", {}, with_value("fresh_class", 30, 0), "steps[30].by_class"),
    ("readability", {}, with_value("fresh_class", (0, 0), 12), "arrays.fresh_class"),
    ("readability", {}, lambda arrays: {"pairs": arrays["pairs"][1:]}, "arrays.pairs"),
    ("readability", {}, lambda arrays: {"above": arrays["above"][1:]}, "arrays.above"),
]


@pytest.mark.parametrize(
    ("kind", "changes", "arrays", "field"),
    ARRAYS,
    ids=[f"{i} {kind} {f}" for i, (kind, _, _, f) in enumerate(ARRAYS)],
)
def test_a_record_that_its_arrays_deny_is_refused(
    kind: str,
    changes: dict[str, Any],
    arrays: Callable[[Arrays], Arrays] | None,
    field: str,
    tmp_path: Path,
) -> None:
    forged = forge(tmp_path / FOLDERS[kind], true_run(kind), changes, arrays)
    with pytest.raises(RecordError, match=rf"/record\.json: en «{re.escape(field)}» se esperaba .+, se enc"):
        read_run(forged)
