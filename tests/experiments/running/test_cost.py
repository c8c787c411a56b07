"""How long a run will take, from what those of the reference took."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any
from unittest import mock

import pytest
import toys
from planned import changed, task_of, toy_run

from experiments.kinds.registry import KINDS
from experiments.records.base import Run
from experiments.records.storage import RECORD_FILE, write_run
from experiments.running import cost
from experiments.running.cost import processor_seconds
from experiments.running.task import Task

pytestmark = pytest.mark.usefixtures("only_toys")


@pytest.fixture
def reference(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    monkeypatch.setattr(cost, "place", lambda name: tmp_path / name)
    cost._reference.cache_clear()
    yield tmp_path / cost.REFERENCE
    cost._reference.cache_clear()


def store(root: Path, *runs: Run) -> None:
    for run in runs:
        write_run(root / run.name, run.record, run.arrays)


def wanted(**config: Any) -> Task:
    run = toy_run(config=toys.ToyConfig(**config))
    return task_of(run, Path("results"))


def proportional() -> Any:
    """Toys whose time is in proportion to their steps."""
    return mock.patch.dict(KINDS, {"toy": replace(toys.TOY, work=lambda config: config.steps)})


def test_without_a_reference_nothing_is_known(reference: Path) -> None:
    assert processor_seconds(wanted()) is None
    reference.mkdir(parents=True)
    with proportional():
        assert processor_seconds(wanted()) is None


@pytest.mark.parametrize("text", [b"", b"\xff", b'{"schema_version": 1}', b"[]"])
def test_a_reference_that_cannot_be_read_tells_nothing(reference: Path, text: bytes) -> None:
    (reference / "toy" / "seed-1").mkdir(parents=True)
    (reference / "toy" / "seed-1" / RECORD_FILE).write_bytes(text)
    assert processor_seconds(wanted()) is None


def test_the_same_settings_take_the_same_time(reference: Path) -> None:
    store(reference, toy_run(1, processor_s=100), toy_run(2, processor_s=140))
    assert processor_seconds(wanted(steps=3)) == 120  # the mean over seeds
    assert processor_seconds(wanted(steps=6)) is None  # how it depends on the steps nobody knows


def test_other_settings_take_time_in_proportion_to_their_work(reference: Path) -> None:
    store(reference, toy_run(1, processor_s=100), toy_run(2, processor_s=140))
    with proportional():
        assert processor_seconds(wanted(steps=3)) == 120
        assert processor_seconds(wanted(steps=6)) == 240


def test_a_variant_of_the_reference_counts_for_its_own_settings_alone(reference: Path) -> None:
    wide = toy_run(3, config=toys.ToyConfig(width=9), variant="ancho", processor_s=900, duration_s=900)
    store(reference, toy_run(1, processor_s=120), replace(wide, name="toy@ancho/seed-3"))
    with proportional():
        assert processor_seconds(wanted(width=9)) == 900
        assert processor_seconds(wanted(steps=6)) == 240


@pytest.mark.parametrize("change", [{"data_digest": "0" * 64}, {"device": "gpu"}, {"kind": "rule"}])
def test_other_data_another_device_and_another_kind_are_not_comparable(
    reference: Path, change: dict[str, Any]
) -> None:
    store(reference, toy_run(1, processor_s=100))
    task = wanted()
    if change.get("kind"):
        change = change | {"config": toys.RuleConfig().model_dump()}
    with proportional():
        assert processor_seconds(changed(task, **change)) is None
