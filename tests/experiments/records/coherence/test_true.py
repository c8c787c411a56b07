"""What was measured is accepted, read or written; every kind is asked."""

from pathlib import Path

import pytest
from brought import answers, brought_gan, brought_lstm, gan_losses
from forging import forge, true_run

from experiments.kinds.lstm import LstmConfig
from experiments.kinds.registry import KINDS
from experiments.paths import ROOT
from experiments.records.base import RecordError
from experiments.records.brought import BROUGHT
from experiments.records.coherence.checking import OF_KIND
from experiments.records.coherence.lstm import learning_rates
from experiments.records.results import read_results
from experiments.records.storage import read_brought, write_brought, write_run


def test_every_kind_has_its_questions() -> None:
    assert OF_KIND.keys() == KINDS.keys() | BROUGHT.keys()


def test_the_reference_results_are_accepted() -> None:
    manifest, runs = read_results(ROOT / "results/reference")
    assert len(runs) == len(manifest.runs) > len(KINDS)


def test_a_contradiction_is_not_even_written(tmp_path: Path) -> None:
    run = true_run("lstm")
    wrong = run.record.model_copy(update={"selected_epoch": 2})
    with pytest.raises(
        RecordError, match=r"en «selected_epoch» se esperaba 6, .+ se encontró 2; no se guarda"
    ):
        write_run(tmp_path / "seed-1", wrong, run.arrays)
    assert not (tmp_path / "seed-1").exists()


def test_rates_are_lowered_after_as_many_epochs_as_the_patience() -> None:
    config = LstmConfig(learning_rate=1.0, reduce_lr_patience=2, reduce_lr_factor=0.5)
    assert list(learning_rates(config, [5, 4, 6, 6, 6, 6, 3, 9])) == [1, 1, 1, 1, 0.5, 0.5, 0.25, 0.25]


def test_a_cosine_ends_at_nothing() -> None:
    config = LstmConfig(learning_rate=1.0, schedule="cosine", max_epochs=2)
    assert list(learning_rates(config, [5, 4])) == pytest.approx([0.5, 0])


BROUGHT_RUNS = {
    "history": brought_lstm(),
    "answers": brought_lstm(1, None, answers=answers()),
    "losses": brought_gan(losses=gan_losses()),
}


@pytest.mark.parametrize("name", BROUGHT_RUNS)
def test_what_an_author_brought_is_accepted(name: str, tmp_path: Path) -> None:
    run = BROUGHT_RUNS[name]
    write_brought(tmp_path, run.record, run.arrays)
    assert read_brought(tmp_path, run.name).record == run.record


def reverse(rows: list[object]) -> list[object]:
    return rows[::-1]


def twice(rows: list[object]) -> list[object]:
    return [*rows, rows[-1]]


@pytest.mark.parametrize(
    ("name", "path", "value", "field"),
    [
        ("history", "epochs", reverse, r"epochs\[\*\]\.epoch"),
        ("history", "epochs", twice, r"epochs\[\*\]\.epoch"),
        ("history", "epochs[1].val_loss", None, r"epochs\[1\]\.val_loss"),
        ("history", "epochs[1].val_loss", 1e9, r"epochs\[1\]\.val_loss"),
        ("history", "settings", {"max_epochs": 2}, "epochs"),
        ("history", "imported_on", "1812-01-01", "imported_on"),
        ("history", "confusion.true_positive", 10**40, r"confusion\.true_positive"),
        ("answers", "confusion.true_positive", lambda n: n + 1, r"confusion\.true_positive"),
        ("answers", "test_loss", 0.001, "test_loss"),
        ("losses", "last", lambda n: n + 1, "last"),
        ("losses", "unit", None, "unit"),
        ("losses", "sampled_steps", [3, 2], "sampled_steps"),
    ],
    ids=lambda value: getattr(value, "__name__", None),
)
def test_what_an_author_did_not_bring_so_is_refused(
    name: str, path: str, value: object, field: str, tmp_path: Path
) -> None:
    with pytest.raises(
        RecordError, match=rf"en «{field}» se esperaba .+; restáurelo o bórrelo y vuelva a imp"
    ):
        read_brought(forge(tmp_path / "one", BROUGHT_RUNS[name], {path: value}))
