"""One run: from where it was left to its sealed record."""

import errno
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest
import toys
from planned import changed, toy_task

from experiments import runtime
from experiments.errors import TrainError
from experiments.records.base import WORK, RecordError
from experiments.records.identity import Identity
from experiments.records.storage import ARRAYS_FILE, RECORD_FILE, read_run
from experiments.running import execution
from experiments.running.aside import ASIDE
from experiments.running.clock import NOTHING, Clock
from experiments.running.execution import execute
from experiments.running.journal import JOURNAL_FILE
from experiments.running.left import LIST_FILE
from experiments.running.task import IDENTITY_FILE, Task, reason_to_do, reason_to_run

pytestmark = pytest.mark.usefixtures("only_toys", "lasting_code")


@pytest.fixture(autouse=True)
def unprepared(monkeypatch: pytest.MonkeyPatch) -> None:
    """A process that other tests have had TensorFlow at work in can be set up no more. Nor does any test
    cut the current: the disk need not be waited for."""
    monkeypatch.setattr(runtime, "prepare", lambda device: None)
    monkeypatch.setattr(os, "fsync", lambda handle: None)


@pytest.fixture
def task(tmp_path: Path) -> Task:
    return toy_task(tmp_path)


def do(task: Task) -> list[dict]:
    """The events that ``task`` tells."""
    events: list[dict] = []
    execute(task, lambda **event: events.append(event))
    return events


def interrupt(monkeypatch: pytest.MonkeyPatch, task: Task, step: int) -> None:
    """Leave ``task`` as a process does that is killed at the end of its ``step``-th step."""

    def stop() -> None:
        if (task.unfinished / toys.WEIGHTS / f"{step - 1}.txt").exists():
            raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(toys, "_wait", stop)
        with pytest.raises(KeyboardInterrupt):
            do(task)


def epochs(events: list[dict]) -> list[int]:
    return [event["epoch"] for event in events if "epoch" in event]


def names(folder: Path) -> set[str]:
    return {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}


# --- a whole run -------------------------------------------------------------------------


def test_a_finished_run_leaves_its_record_what_others_need_and_no_work(task: Task) -> None:
    events = do(task)
    run = read_run(task.folder)
    assert run.record.config == toys.ToyConfig()
    assert (run.record.kind, run.record.seed, run.record.profile) == ("toy", 1, "full")
    assert run.record.model == toys.built(2)
    assert run.record.total == 1 + 2 + 3
    np.testing.assert_array_equal(run.arrays["values"], [1, 2, 3])
    assert Identity.of(run.record) == task.identity
    assert [event["epoch"] for event in events] == [1, 2, 3]
    assert names(task.folder) == {
        *(RECORD_FILE, ARRAYS_FILE, ".lock", toys.STATE, LIST_FILE),
        *(f"{toys.WEIGHTS}/{step}.txt" for step in range(3)),
    }
    assert reason_to_run(task) is None


def test_a_measurement_gets_what_it_measures(tmp_path: Path) -> None:
    needs = {"toy": "toy/seed-1", "rule": "rule"}
    measure = toy_task(tmp_path, config=toys.MeasureConfig(), needs=needs)
    with pytest.raises(RecordError, match=r"toy/seed-1/record\.json: se esperaba un registro legible"):
        do(measure)
    do(toy_task(tmp_path))
    do(toy_task(tmp_path, seed=0, config=toys.RuleConfig(width=1)))
    assert do(measure) == [{"phase": "medida", "done": 1.0}]
    record = read_run(measure.folder).record
    assert record.ratio == 6 / 10
    assert record.upstream == {
        name: read_run(tmp_path / name).record.arrays_digest for name in ("toy/seed-1", "rule")
    }


def test_a_variant_is_told_in_its_record(tmp_path: Path) -> None:
    task = toy_task(tmp_path, name="toy@ancho/seed-1", config=toys.ToyConfig(width=5), variant="ancho")
    do(task)
    assert read_run(task.folder).record.variant == "ancho"


def test_the_device_is_told_in_the_record_and_tensorflow_is_set_up_for_it(
    task: Task, monkeypatch: pytest.MonkeyPatch
) -> None:
    prepared: list[str] = []
    gpu = SimpleNamespace(name="/physical_device:GPU:0")
    config = SimpleNamespace(
        list_physical_devices=lambda kind: [gpu],
        experimental=SimpleNamespace(get_device_details=lambda gpu: {"device_name": "Acelerador 9"}),
    )
    monkeypatch.setitem(sys.modules, "tensorflow", SimpleNamespace(config=config))
    monkeypatch.setattr(runtime, "prepare", prepared.append)
    do(changed(task, device="gpu"))
    where = read_run(task.folder).record.environment
    assert (where.device, where.gpu) == ("gpu", "Acelerador 9")
    assert prepared == ["gpu"]
    assert reason_to_run(task) == "ha cambiado el dispositivo (gpu → cpu)"


def test_a_network_that_contradicts_its_settings_leaves_no_record(
    task: Task, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(toys, "built", lambda width, built=toys.built: built(width + 1))
    with pytest.raises(RecordError) as error:
        do(task)
    assert str(error.value) == (
        "Juguete, semilla 1: se esperaban unos resultados acordes con su configuración, se encontró que no "
        "lo son (la red construida no es la de la configuración: width: se esperaba 2, se encontró 3); "
        "corrija el código del experimento y repita la orden."
    )
    assert not (task.folder / RECORD_FILE).exists()


def test_a_full_disk_is_one_whatever_a_library_makes_of_it(
    task: Task, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*arguments: Any) -> None:
        raise RuntimeError("Can't decrement id ref count (write failed: time = 1\n, errno = 28, buf = 0x5)")

    monkeypatch.setattr(toys, "_play", fail)
    with pytest.raises(OSError, match="No space left on device") as error:
        do(task)
    assert error.value.errno == errno.ENOSPC


def test_another_fault_of_an_experiment_is_its_own(task: Task, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*arguments: Any) -> None:
        raise RuntimeError("no gradients")

    monkeypatch.setattr(toys, "_play", fail)
    with pytest.raises(RuntimeError, match="no gradients"):
        do(task)


# --- what was planned --------------------------------------------------------------------


def refusal(task: Task) -> str:
    with pytest.raises(TrainError) as error:
        do(task)
    assert not (task.folder / RECORD_FILE).exists()
    return str(error.value)


def test_data_that_changed_since_the_plan_are_refused(task: Task) -> None:
    old = changed(task, data_digest="0" * 64)
    assert refusal(old) == (
        "Juguete, semilla 1: se esperaba todo como al empezar la orden, se encontró que ha cambiado los "
        f"datos (huella {'0' * 12} → {task.identity.data_digest[:12]}); repítala."
    )


def test_code_that_changed_since_the_plan_is_refused(task: Task) -> None:
    """Its process starts hours later, and would seal with the old digest what the new code does."""
    assert "ha cambiado el código del experimento (huella" in refusal(changed(task, code_digest="0" * 64))


def test_libraries_that_changed_since_the_plan_are_refused(task: Task) -> None:
    libraries = task.identity.libraries | {"keras": "1.0"}
    assert "ha cambiado la versión de keras (1.0 →" in refusal(changed(task, libraries=libraries))


def test_a_file_that_changed_since_the_plan_is_refused(tmp_path: Path) -> None:
    words = tmp_path / "words.txt"
    words.write_bytes(b"abc")
    # SHA-256 of "abc": FIPS 180-2, appendix B.1
    digest = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
    config = toys.ToyConfig(words="words.txt", words_digest=digest)
    task = toy_task(tmp_path, config=config, files={"words": words})
    words.write_bytes(b"abcd")
    assert "ha cambiado la configuración (words_digest: ba7816bf" in refusal(task)
    words.write_bytes(b"abc")
    do(task)
    assert read_run(task.folder).record.total == 6 + 3 * 3


# --- going on ----------------------------------------------------------------------------


def test_an_interrupted_run_goes_on_where_it_was_left(task: Task, monkeypatch: pytest.MonkeyPatch) -> None:
    interrupt(monkeypatch, task, 2)
    assert reason_to_run(task) == "se reanuda"
    assert [event["epoch"] for event in do(task)] == [3]
    assert read_run(task.folder).record.total == 6


def test_the_work_of_another_configuration_is_thrown_away(
    task: Task, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = changed(task, config=toys.ToyConfig(width=9).model_dump(mode="json"))
    interrupt(monkeypatch, other, 2)
    assert [event["epoch"] for event in do(task)] == [1, 2, 3]


def test_an_earlier_result_stands_with_its_files_until_the_next_is_complete(
    task: Task, monkeypatch: pytest.MonkeyPatch
) -> None:
    do(task)
    before = {name: (task.folder / name).read_bytes() for name in names(task.folder)}
    longer = changed(task, config=toys.ToyConfig(steps=5, width=9).model_dump(mode="json"))
    interrupt(monkeypatch, longer, 2)
    assert before.items() <= {name: (task.folder / name).read_bytes() for name in names(task.folder)}.items()
    assert reason_to_run(task) is None  # with the settings that it was made with
    do(longer)
    assert read_run(task.folder).record.total == 1 + 2 + 3 + 4 + 5
    assert reason_to_run(task) is not None


def test_files_of_an_earlier_run_do_not_pass_for_those_of_the_next(task: Task) -> None:
    do(task)
    shorter = changed(task, config=toys.ToyConfig(steps=1).model_dump(mode="json"))
    do(shorter)
    assert names(task.folder) == {
        *(RECORD_FILE, ARRAYS_FILE, ".lock", toys.STATE, LIST_FILE, f"{toys.WEIGHTS}/0.txt"),
    }


@pytest.mark.parametrize("done", range(4))
def test_a_publication_that_is_cut_short_is_done_again(
    task: Task, done: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    do(changed(task, config=toys.ToyConfig(width=9).model_dump(mode="json")))
    left = done

    def replace(self: Path, target: Path, replace: Any = Path.replace) -> Path:
        nonlocal left
        if target.parent == task.folder:
            if left == 0:
                raise KeyboardInterrupt
            left -= 1
        return replace(self, target)

    with monkeypatch.context() as patched:
        patched.setattr(Path, "replace", replace)
        with pytest.raises(KeyboardInterrupt):
            do(task)
    assert not (task.folder / RECORD_FILE).exists()
    assert reason_to_run(task) == "se reanuda"
    assert do(task) == []  # nothing is trained again
    run = read_run(task.folder)
    assert Identity.of(run.record) == task.identity
    assert not task.unfinished.exists()


# --- damaged leftovers -------------------------------------------------------------------


def work_as_a_file(task: Task) -> None:
    task.unfinished.mkdir(parents=True)
    (task.unfinished / WORK).write_text("no folder")


def unfinished_as_a_file(task: Task) -> None:
    task.folder.mkdir(parents=True)
    task.unfinished.write_text("no folder")


def identity_as_a_folder(task: Task) -> None:
    (task.unfinished / WORK / IDENTITY_FILE).mkdir(parents=True)


def damaged_identity(task: Task) -> None:
    (task.unfinished / WORK).mkdir(parents=True)
    (task.unfinished / WORK / IDENTITY_FILE).write_bytes(b"\xff{")


def record_as_a_folder(task: Task) -> None:
    (task.folder / RECORD_FILE).mkdir(parents=True)


@pytest.mark.parametrize(
    "damage",
    [work_as_a_file, unfinished_as_a_file, identity_as_a_folder, damaged_identity, record_as_a_folder],
    ids=lambda damage: damage.__name__,
)
def test_damaged_leftovers_are_cleared_away(task: Task, damage: Any) -> None:
    damage(task)
    assert reason_to_run(task) is not None
    assert epochs(do(task)) == [1, 2, 3]
    assert reason_to_run(task) is None


def test_what_was_left_without_a_name_is_set_aside_and_told(
    task: Task, monkeypatch: pytest.MonkeyPatch
) -> None:
    interrupt(monkeypatch, task, 2)
    (task.unfinished / WORK / IDENTITY_FILE).write_bytes(b"")
    notice, *events = do(task)
    assert notice == {
        "notice": "Se esperaba lo guardado de un entrenamiento interrumpido tal como se escribió, se "
        "encontró dañado (identity.json): queda aparte (unfinished.roto) y empieza de nuevo."
    }
    assert [event["epoch"] for event in events] == [1, 2, 3]
    assert not task.folder.joinpath(f"unfinished{ASIDE}").exists()  # once it is done


@pytest.mark.parametrize("name", [JOURNAL_FILE, toys.STATE])
@pytest.mark.parametrize("content", [b"", None])
def test_what_is_damaged_is_begun_again_and_told(
    task: Task, name: str, content: bytes | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    interrupt(monkeypatch, task, 2)
    path = task.unfinished / WORK / name
    if content is None:
        path.unlink()
    else:
        path.write_bytes(content)
    notice, *events = do(task)
    assert name in notice["notice"]
    assert notice["notice"].endswith("y empieza de nuevo.")
    assert [event["epoch"] for event in events] == [1, 2, 3]
    assert read_run(task.folder).record.total == 6


@pytest.mark.parametrize("damage", [Path.unlink, lambda path: path.write_text("7")])
def test_a_damaged_file_that_a_run_leaves_for_others_is_made_again(
    task: Task, damage: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    interrupt(monkeypatch, task, 2)
    damage(task.unfinished / toys.WEIGHTS / "0.txt")
    notice, *events = do(task)
    assert f"({toys.WEIGHTS}/0.txt)" in notice["notice"]
    assert [event["epoch"] for event in events] == [1, 2, 3]
    assert (task.folder / toys.WEIGHTS / "0.txt").read_text() == "1"


def test_what_was_being_written_when_it_was_interrupted_is_done_again_without_a_word(
    task: Task, monkeypatch: pytest.MonkeyPatch
) -> None:
    interrupt(monkeypatch, task, 2)
    (task.unfinished / toys.WEIGHTS / "2.txt").write_text("half")
    (task.unfinished / WORK / ".state.json.x1").write_text("half")
    assert [event["epoch"] for event in do(task)] == [3]
    assert (task.folder / toys.WEIGHTS / "2.txt").read_text() == "3"


@pytest.mark.parametrize("name", [RECORD_FILE, ARRAYS_FILE, toys.STATE])
def test_a_damaged_run_is_not_published_as_a_complete_one(
    task: Task, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patched:
        patched.setattr(execution, "publish", lambda task: None)
        do(task)
    (task.unfinished / name).write_bytes(b"{")
    notice, *events = do(task)
    assert notice["notice"].startswith("Se esperaba terminar de guardarla, se encontró que ")
    assert [event["epoch"] for event in events] == [1, 2, 3]
    assert reason_to_do(task) is None


def test_all_is_on_the_disk_before_the_journal_names_it(task: Task, monkeypatch: pytest.MonkeyPatch) -> None:
    written: list[str] = []
    real = os.fsync

    def fsync(handle: int) -> None:
        written.append(Path(os.readlink(f"/proc/self/fd/{handle}")).name)
        real(handle)

    monkeypatch.setattr(os, "fsync", fsync)
    do(changed(task, config=toys.ToyConfig(steps=1).model_dump(mode="json")))
    first, last = [index for index, name in enumerate(written) if name.startswith(f".{JOURNAL_FILE}.")][:2]
    assert {"0.txt", toys.WEIGHTS, toys.STATE, WORK} <= set(written[first + 1 : last])


# --- what is measured --------------------------------------------------------------------


@pytest.fixture
def measure(tmp_path: Path) -> Task:
    """Of a toy and a rule that are done."""
    do(toy_task(tmp_path))
    do(toy_task(tmp_path, seed=0, config=toys.RuleConfig(width=1)))
    return toy_task(tmp_path, config=toys.MeasureConfig(), needs={"toy": "toy/seed-1", "rule": "rule"})


def change_weights(folder: Path) -> None:
    (folder / toys.WEIGHTS / "1.txt").write_text("7")


def remove_weight(folder: Path) -> None:
    (folder / toys.WEIGHTS / "1.txt").unlink()


def remove_list(folder: Path) -> None:
    (folder / LIST_FILE).unlink()


def damage_list(folder: Path) -> None:
    (folder / LIST_FILE).write_text("{")


LEFT = {
    change_weights: "weights/1.txt no es lo que había dejado",
    remove_weight: "falta weights/1.txt, que había dejado",
    remove_list: "falta files.json, la lista de lo que dejó",
    damage_list: "files.json, la lista de lo que dejó, no es la suya",
}


@pytest.mark.parametrize(("change", "found"), LEFT.items())
def test_other_files_than_those_that_a_run_left_are_not_measured(
    measure: Task, change: Any, found: str
) -> None:
    change(measure.root / "toy/seed-1")
    assert refusal(measure) == (
        f"Medida, semilla 1: se esperaba medir lo que dejó toy/seed-1, se encontró que {found}; repita la "
        "orden: se hará otra vez."
    )


# --- the clock ---------------------------------------------------------------------------


@pytest.fixture
def ticking(monkeypatch: pytest.MonkeyPatch) -> SimpleNamespace:
    """The time, which passes only as the test says."""
    now = SimpleNamespace(wall=1_000.0, processor=5.0)
    monkeypatch.setattr("time.monotonic", lambda: now.wall)
    monkeypatch.setattr("time.process_time", lambda: now.processor)
    return now


def test_time_adds_up_over_interruptions(ticking: SimpleNamespace) -> None:
    first = Clock(NOTHING)
    ticking.wall, ticking.processor = 1_010.0, 12.0
    noted = first.read()
    assert (noted.duration_s, noted.processor_s) == (10, 7)
    ticking.wall, ticking.processor = 5_000.0, 0.25  # another process, days later
    second = Clock(noted)
    ticking.wall, ticking.processor = 5_001.0, 1.25
    assert (second.read().duration_s, second.read().processor_s) == (10 + 1, 7 + 1)


def test_a_record_has_the_time_of_all_its_parts(
    task: Task, ticking: SimpleNamespace, monkeypatch: pytest.MonkeyPatch
) -> None:
    wait = toys._wait

    def one_step() -> None:
        ticking.wall += 100
        ticking.processor += 50
        wait()

    monkeypatch.setattr(toys, "_wait", one_step)

    def stop() -> None:
        one_step()
        if (task.unfinished / toys.WEIGHTS / "1.txt").exists():
            raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(toys, "_wait", stop)
        with pytest.raises(KeyboardInterrupt):
            do(task)  # noted at the ends of the first two steps, when 0 and 100 s had gone by
    do(task)  # its third step
    record = read_run(task.folder).record
    assert (record.duration_s, record.processor_s) == (200, 100)


# --- going on from a shorter run ---------------------------------------------------------


@pytest.fixture
def longer(task: Task) -> Task:
    """The same as ``task``, which is done, but for going on until step 5."""
    do(task)
    config = toys.ToyConfig(steps=5)
    return toy_task(task.root, name="toy@larga/seed-1", config=config, variant="larga", shorter=task.name)


def test_a_longer_run_goes_on_from_the_end_of_the_shorter_one(task: Task, longer: Task) -> None:
    notice, *events = do(longer)
    assert notice == {"notice": "Continúa desde el final de toy/seed-1."}
    assert [event["epoch"] for event in events] == [4, 5]
    assert read_run(longer.folder).record.total == 1 + 2 + 3 + 4 + 5
    assert {path.name for path in (longer.folder / toys.WEIGHTS).iterdir()} == {
        f"{step}.txt" for step in range(5)
    }
    assert read_run(task.folder).record.total == 6  # as it was


def test_it_took_the_time_of_the_shorter_one_too(longer: Task, ticking: SimpleNamespace) -> None:
    record = read_run(longer.root / "toy/seed-1").record
    do(longer)
    found = read_run(longer.folder).record
    assert (found.duration_s, found.processor_s) == pytest.approx((record.duration_s, record.processor_s))
    assert record.duration_s > 0


def test_an_interrupted_longer_run_goes_on_from_its_own_state(
    longer: Task, monkeypatch: pytest.MonkeyPatch
) -> None:
    interrupt(monkeypatch, longer, 4)
    assert [event.get("epoch") for event in do(longer)] == [5]


def remove_state(folder: Path) -> None:
    (folder / toys.STATE).unlink()


def remove_weights(folder: Path) -> None:
    for path in (folder / toys.WEIGHTS).iterdir():
        path.unlink()


def damage_record(folder: Path) -> None:
    (folder / RECORD_FILE).write_text("{")


@pytest.mark.parametrize("damage", [remove_state, remove_weights, damage_record])
def test_a_shorter_run_of_which_something_is_missing_is_not_gone_on_from(longer: Task, damage: Any) -> None:
    damage(longer.root / "toy/seed-1")
    assert epochs(do(longer)) == [1, 2, 3, 4, 5]


@pytest.mark.parametrize(("change", "found"), LEFT.items())
def test_why_a_shorter_run_is_not_gone_on_from_is_told(longer: Task, change: Any, found: str) -> None:
    change(longer.root / "toy/seed-1")
    notice, *events = do(longer)
    assert notice == {"notice": f"No continúa desde el final de toy/seed-1, porque {found}."}
    assert epochs(events) == [1, 2, 3, 4, 5]


@pytest.mark.parametrize(
    "change",
    [
        {"config": toys.ToyConfig(width=9).model_dump(mode="json")},
        {"config": toys.ToyConfig(steps=6).model_dump(mode="json")},  # it is the longer one
        {"code_digest": "0" * 64},
        {"libraries": {"keras": "1.0"}},
        {"data_digest": "0" * 64},
        {"seed": 2},
    ],
    ids=str,
)
def test_another_run_is_not_gone_on_from(
    task: Task, longer: Task, change: dict, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patched:  # as if it had been planned and done elsewhere
        patched.setattr(execution, "_expect_as_planned", lambda task, info: None)
        patched.setattr(
            execution,
            "environment",
            lambda device, real=execution.environment: real(device).model_copy(
                update={"libraries": change.get("libraries", task.identity.libraries)}
            ),
        )
        patched.setattr(
            toys,
            "load",
            lambda source, config, load=toys.load: SimpleNamespace(
                info=load(source, config).info.model_copy(
                    update={"digest": change.get("data_digest", task.identity.data_digest)}
                )
            ),
        )
        do(changed(task, **change))
    assert [event["epoch"] for event in do(longer)] == [1, 2, 3, 4, 5]


# --- a second process --------------------------------------------------------------------

# A shared lock, which only a request for the folder alone collides with.
HOLD = """import fcntl, sys
with open(sys.argv[1], "w") as file:
    fcntl.flock(file, fcntl.LOCK_SH)
    print(flush=True)
    input()
"""


@pytest.fixture
def holder(task: Task) -> Iterator[subprocess.Popen]:
    """Another process that is at the same run."""
    (task.unfinished / WORK).mkdir(parents=True)
    (task.unfinished / WORK / "backup").write_text("of the other process")
    process = subprocess.Popen(
        [sys.executable, "-c", HOLD, str(task.folder / ".lock")],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    )
    with process:
        assert process.stdout is not None
        process.stdout.readline()
        yield process
        process.kill()


def test_a_second_process_on_the_same_run_is_refused(task: Task, holder: subprocess.Popen) -> None:
    assert refusal(task) == (
        f"Juguete, semilla 1: se esperaba ser el único proceso en {task.folder}, se encontró otro "
        "entrenando; espere a que acabe o deténgalo."
    )
    assert (task.unfinished / WORK / "backup").exists()

    holder.kill()
    holder.wait()
    do(task)
    assert (task.folder / RECORD_FILE).exists()
