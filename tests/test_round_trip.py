"""What was trained here, exported as a user would have it and imported again, says the same.

Every number of every finding, but for what the files of a user do not hold: each such place is listed,
with its reason, and none is listed in vain.
"""

import csv
from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from experiments.__main__ import main
from experiments.brought import gan_training
from experiments.kinds.gan import GAN_CURVES, GanRecord
from experiments.kinds.lstm import LstmRecord
from experiments.paths import REFERENCE, ROOT
from experiments.records.base import Run
from experiments.records.results import read_all_brought, read_results
from report.findings.base import Code, Finding, id_of, values_of
from report.findings.collection import Findings, find_all
from report.findings.lstm.logged import Logged
from report.findings.lstm.single_reviews import SingleReviews
from report.ledger.ledger import Number
from report.study.study import find_study

# By what Keras calls it.
COLUMNS = {
    "accuracy": "running_accuracy",
    "learning_rate": "learning_rate",
    "loss": "running_loss",
    "val_accuracy": "val_accuracy",
    "val_loss": "val_loss",
}

# By finding, the places in which it may differ, with all that is within them.
DIFFER: dict[str, dict[str, str]] = {
    "study.data": {
        "reviews": "whose digest and size no file says; their name is what the author calls them",
        "images": "as of the reviews",
    },
    "study.extent": {
        "lstm_epochs": "the most that there could be is a setting, and none was typed",
        "lstm_train": "no file says how many reviews were learned from",
        "gan_iterations": "a setting that was not typed",
    },
    "lstm.learned": {
        "part": "asked of the test part: no file says how many reviews validated",
        "by_seed.*.epoch": "of the test part nobody says with the weights of which epoch",
        "by_seed.*.accuracy": "on the test part",
        "by_seed.*.margin": "on the test part",
        "n": "of the test part",
        "margin": "on the test part",
        "ahead": "Keras logs nothing of the training part in inference mode",
    },
    "lstm.logged": {
        **{
            f"histories.*.{column}": "Keras logs nothing of the training part in inference mode"
            for column in ("TRAIN_LOSS", "TRAIN_ACCURACY")
        },
        "histories.*.VAL_LOSS_SE": "nobody logs it",
    },
    "lstm.final_metrics": {
        f"{epoch}.{metric}": "as of lstm.logged"
        for epoch in ("selected", "last")
        for metric in ("train_loss", "train_accuracy")
    },
    "lstm.selected_epoch": {"kept": "no file says of which epoch the weights were kept"},
    "lstm.single_reviews": {
        "by_file": "the reviews of IMDb go by their files, those of a user by their numbers",
        "by_number": "as of by_file",
        "right.*.name": "as of by_file",
        "right.*.stars": "no file of a user says how many",
        "right.*.control": "the linear model is trained here alone",
        "wrong.*.name": "as of those that are right",
        "wrong.*.stars": "as of those that are right",
        "wrong.*.control": "as of those that are right",
        "apart": "there is no control to lie apart from",
        "both": "as of apart",
    },
    "lstm.test_accuracy": {
        "verdict": "no file says that the reviews are those of IMDb, whose published accuracy compares",
        "placed": "as of the verdict",
        "margin": "as of the verdict",
    },
    "lstm.calibration": {"control": "the linear model is trained here alone"},
    "lstm.ranking": {
        "verdict": "there is no control to order better or worse",
        "control": "as of the verdict",
        "lead": "as of the verdict",
    },
    "gan.steps": {"grid": "all images that were kept of a step are given, not those of its grid alone"},
}

# What is found of both; of the reference there is more, of which a user has no file.
SHARED = {
    *("study.data", "study.extent", "study.front", "gan.controls", "gan.losses", "gan.steps"),
    *("lstm.calibration", "lstm.confusion", "lstm.criteria", "lstm.final_metrics", "lstm.learned"),
    *("lstm.logged", "lstm.onset", "lstm.ranking", "lstm.running_gap", "lstm.running_gap_last"),
    *("lstm.selected_epoch", "lstm.single_reviews", "lstm.test_accuracy"),
}


def export(run: Run, folder: Path) -> Iterator[str]:
    """What a user would have of it; the options with which that is imported."""
    record, arrays = run.record, run.arrays
    if isinstance(record, LstmRecord):
        with (folder / "historial.csv").open("w", newline="") as file:
            writer = csv.DictWriter(file, ["epoch", *COLUMNS])
            writer.writeheader()
            for epoch in record.epochs:
                row = {name: getattr(epoch, column) for name, column in COLUMNS.items()}
                writer.writerow({"epoch": epoch.epoch - 1} | row)
        known = {"y_true": "label", "y_prob": "probability", "length": "length", "review_id": "review_id"}
        np.savez(folder / "prueba.npz", **{name: arrays[column] for name, column in known.items()})
        yield f"--history={folder}/historial.csv"
        yield f"--predictions={folder}/prueba.npz"
    elif isinstance(record, GanRecord):
        curves = {name: arrays[name] for name in GAN_CURVES}
        np.savez(folder / "perdidas.npz", iteration=np.arange(1, record.config.iterations + 1), **curves)
        np.savez(folder / "muestras.npz", grids=arrays["samples"], steps=np.array(record.sampled_steps))
        np.savez(folder / "reales.npz", x=arrays["real"])
        yield f"--gan-losses={folder}/perdidas.npz"
        yield f"--gan-samples={folder}/muestras.npz"
        yield f"--real={folder}/reales.npz"


@pytest.fixture(scope="module")
def trained() -> list[Run]:
    """All seeds of both, without variants."""
    runs = read_results(ROOT / REFERENCE)[1]
    return [run for run in runs if run.record.kind in ("lstm", "gan") and not run.record.variant]


@pytest.fixture(scope="module")
def imported(trained: list[Run], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The set of results that the command makes of what is exported, all images being read as zeros."""
    folder = tmp_path_factory.mktemp("exported")
    arguments = []
    for seed in sorted({run.record.seed for run in trained}):
        (folder / str(seed)).mkdir()
        arguments.append(f"--seed={seed}")
        for run in trained:
            if run.record.seed == seed:
                arguments += export(run, folder / str(seed))
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(
            gan_training,
            "read_with_judge",
            lambda images, judge: (np.zeros(images.shape[:2], np.uint8), np.ones(images.shape[:2], bool)),
        )
        out = f"--out={folder}/mio"
        assert main(["import", *arguments, "--gan-loss=sum", "--reviews=IMDb", "--images=MNIST", out]) == 0
    return folder / "mio"


@pytest.fixture(scope="module")
def found(imported: Path) -> Findings:
    return find_all(find_study(imported))


@pytest.fixture(scope="module")
def known() -> Findings:
    return find_all(find_study(ROOT / REFERENCE))


# --- a finding, place by place -----------------------------------------------------------


def flat(value: Any, place: str = "") -> Iterator[tuple[str, Any]]:
    """All that it holds by where it stands; a number with what it is the number of. What is None stands
    nowhere."""
    if value is None:
        return
    if isinstance(value, Number):
        yield place, (value.value, value.quantity.name)
        return
    if isinstance(value, dict):
        parts = {key.name if isinstance(key, Code) else str(key): part for key, part in value.items()}
    elif isinstance(value, tuple | list):
        parts = {str(index): part for index, part in enumerate(value)}
    elif is_dataclass(value):
        parts = {field.name: getattr(value, field.name) for field in fields(value)}
    else:
        yield place, value.name if isinstance(value, Code) else value
        return
    for name, part in parts.items():
        yield from flat(part, f"{place}.{name}" if place else name)


def places(finding: Finding) -> dict[str, Any]:
    values = values_of(finding) | {"verdict": finding.verdict, "margin": finding.margin}
    if isinstance(finding, Logged):  # a table of fewer columns has them elsewhere
        histories = [
            {column: [row[place] for row in history.rows] for place, column in enumerate(finding.columns)}
            | {"seed": history.seed, "trained": history.trained, "selected": history.selected}
            for history in finding.histories
        ]
        values = {"histories": histories, "verdict": finding.verdict}
    return dict(flat(values))


def matches(place: str, pattern: str) -> bool:
    parts = pattern.split(".")
    inside = place.split(".")[: len(parts)]
    return len(inside) == len(parts) and all(
        part in ("*", at) for part, at in zip(parts, inside, strict=True)
    )


def pairs(found: Findings, known: Findings) -> dict[str, tuple[Finding, Finding]]:
    return {
        id_of(type(finding)): (finding, other)
        for finding in found
        if (other := known.get(type(finding))) is not None
    }


# --- the proof ---------------------------------------------------------------------------


def test_what_a_user_has_is_enough_for_these_findings(found: Findings, known: Findings) -> None:
    assert pairs(found, known).keys() == SHARED
    assert DIFFER.keys() <= SHARED


@pytest.mark.parametrize("name", sorted(SHARED))
def test_a_finding_of_what_was_imported_is_that_of_the_training(
    name: str, found: Findings, known: Findings
) -> None:
    ours, theirs = map(places, pairs(found, known)[name])
    assert ours
    apart = {place for place in ours.keys() | theirs.keys() if ours.get(place) != theirs.get(place)}
    reasons = DIFFER.get(name, {})
    unexplained = {place for place in apart if not any(matches(place, reason) for reason in reasons)}
    assert {place: (ours.get(place), theirs.get(place)) for place in sorted(unexplained)} == {}
    assert [reason for reason in reasons if not any(matches(place, reason) for place in apart)] == []


def test_single_reviews_are_those_of_the_files(found: Findings, known: Findings) -> None:
    """«test/neg/2586_1.txt» is the review 2586."""
    ours, theirs = (
        [str(review.name.value) for review in (*each[SingleReviews].right, *each[SingleReviews].wrong)]
        for each in (found, known)
    )
    assert ours == [name.rpartition("/")[2].partition("_")[0] for name in theirs]


def test_numbers_are_the_same_to_the_last_bit_because_the_arrays_are(
    imported: Path, trained: list[Run]
) -> None:
    given = {
        "lstm": {name: name for name in ("probability", "label", "length", "review_id")},
        "gan": {name: name for name in (*GAN_CURVES, "real")} | {"grid": "samples"},
    }
    brought = {run.name: run for run in read_all_brought(imported, read_results(imported)[0])}
    for run in trained:
        other = brought.pop(f"brought_{run.record.kind}/seed-{run.record.seed}")
        for name, theirs in given[run.record.kind].items():
            assert other.arrays[name].dtype == run.arrays[theirs].dtype, (run.name, name)
            np.testing.assert_array_equal(other.arrays[name], run.arrays[theirs], f"{run.name}: {name}")
    assert brought == {}


def test_what_follows_from_the_predictions_is_what_was_recorded(imported: Path, trained: list[Run]) -> None:
    brought = {run.name: run.record for run in read_all_brought(imported, read_results(imported)[0])}
    for run in trained:
        if isinstance(run.record, LstmRecord):
            record: Any = brought[f"brought_lstm/seed-{run.record.seed}"]
            assert record.confusion == run.record.confusion
            assert record.test_loss == run.record.test_loss
            logged = [epoch.model_dump(include={*COLUMNS.values()}) for epoch in run.record.epochs]
            assert [epoch.model_dump(exclude={"epoch"}) for epoch in record.epochs] == logged
