"""Whether a run must be done, and why."""

from pathlib import Path
from typing import Any

import numpy as np
import pytest
import toys
from planned import changed, finished, rule_run, task_of, toy_run

from experiments.data.source import Source
from experiments.records.base import WORK, RecordError
from experiments.records.identity import Identity
from experiments.records.storage import ARRAYS_FILE, RECORD_FILE, write_run
from experiments.running.task import IDENTITY_FILE, Task, reason_to_run, settle

pytestmark = pytest.mark.usefixtures("only_toys")

TOY = toy_run()


@pytest.fixture
def task(tmp_path: Path) -> Task:
    return task_of(TOY, tmp_path)


def test_what_was_never_run_must_be(task: Task) -> None:
    assert reason_to_run(task) == "no se ha ejecutado"


def test_a_complete_and_valid_run_is_not_repeated(task: Task) -> None:
    write_run(task.folder, TOY.record, TOY.arrays)
    assert reason_to_run(task) is None


def test_a_run_that_was_cut_short_goes_on(task: Task) -> None:
    path = task.unfinished / WORK / IDENTITY_FILE
    path.parent.mkdir(parents=True)
    path.write_text(task.identity.model_dump_json())
    assert reason_to_run(task) == "se reanuda"
    assert reason_to_run(changed(task, data_digest="0" * 64)) == "no se ha ejecutado"
    path.write_text("{")
    assert reason_to_run(task) == "no se ha ejecutado"


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        (
            {"config": TOY.record.config.model_copy(update={"width": 32}).model_dump(mode="json")},
            "la configuración (width: 2 → 32)",
        ),
        ({"data_digest": "0" * 64}, "los datos (huella dddddddddddd → 000000000000)"),
        ({"code_digest": "0" * 64}, "el código del experimento (huella aaaaaaaaaaaa → 000000000000)"),
        (
            {"libraries": {"tensorflow": "2.22.0", "numpy": "2.3.5"}},
            "la versión de tensorflow (2.21.0 → 2.22.0)",
        ),
        ({"device": "gpu"}, "el dispositivo (cpu → gpu)"),
        (
            {"seed": 2, "data_digest": "0" * 64},
            "la semilla (toy 1 → toy 2), los datos (huella dddddddddddd → 000000000000)",
        ),
    ],
)
def test_a_run_of_something_else_is_repeated_and_the_reason_is_given(
    task: Task, change: dict[str, Any], reason: str
) -> None:
    write_run(task.folder, TOY.record, TOY.arrays)
    assert reason_to_run(changed(task, **change)) == f"ha cambiado {reason}"


def test_an_edited_record_is_repeated_and_the_reason_is_given(task: Task) -> None:
    write_run(task.folder, TOY.record, TOY.arrays)
    path = task.folder / RECORD_FILE
    path.write_text(path.read_text().replace('"seed": 1', '"seed": 4'))
    reason = reason_to_run(task)
    assert reason is not None
    assert reason.startswith(f"el registro no sirve: {path}: se esperaba un registro sin modificar")


def test_a_record_without_its_arrays_is_repeated(task: Task) -> None:
    write_run(task.folder, TOY.record, TOY.arrays)
    (task.folder / ARRAYS_FILE).unlink()
    assert str(reason_to_run(task)).startswith(f"el registro no sirve: {task.folder / ARRAYS_FILE}: ")


# --- what measures others ----------------------------------------------------------------


@pytest.fixture
def measure(tmp_path: Path) -> Task:
    """A measurement whose needs are done."""
    for run in (TOY, rule_run()):
        write_run(tmp_path / run.name, run.record, run.arrays)
    identity = Identity.of(TOY.record).model_copy(
        update={"kind": "measure", "config": toys.MeasureConfig().model_dump(mode="json")}
    )
    return Task(
        identity=identity,
        profile="full",
        source=Source(),
        root=tmp_path,
        name="measure/seed-1",
        needs={"toy": "toy/seed-1", "rule": "rule"},
    )


def write_measurement(task: Task) -> None:
    """A record of ``task`` as it is settled now."""
    results, upstream = toys.MeasureResults(ratio=0.6), settle(task).identity.upstream
    run = finished(task.name, toys.MeasureRecord, task.config, results, {}, seed=1, upstream=upstream)
    write_run(task.folder, run.record, run.arrays)


def replace_toy(root: Path, *values: float) -> None:
    run = toy_run(values=values, config=toys.ToyConfig())
    write_run(root / "toy/seed-1", run.record, run.arrays)


def test_the_identity_of_a_measurement_has_what_it_measures(measure: Task) -> None:
    assert measure.identity.upstream == {}
    assert settle(measure).identity.upstream == {
        "toy/seed-1": TOY.record.arrays_digest,
        "rule": rule_run().record.arrays_digest,
    }


def test_a_measurement_is_repeated_only_if_what_it_measures_came_out_otherwise(measure: Task) -> None:
    assert reason_to_run(measure) == "no se ha ejecutado"
    write_measurement(measure)
    assert reason_to_run(measure) is None
    replace_toy(measure.root, 1, 2, np.nextafter(np.float32(3), np.float32(4)))
    assert reason_to_run(measure) == "ha cambiado lo que se mide (toy/seed-1)"
    write_measurement(measure)
    assert reason_to_run(measure) is None


def test_without_what_it_measures_there_is_nothing_to_measure(measure: Task) -> None:
    (measure.root / "rule" / RECORD_FILE).unlink()
    with pytest.raises(RecordError, match="se esperaba un registro legible"):
        reason_to_run(measure)
