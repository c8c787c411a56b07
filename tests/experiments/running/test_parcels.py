"""Runs that travel keep the list of what they left."""

from pathlib import Path

import pytest
import toys
from planned import toy_task

from experiments import runtime
from experiments.records.storage import read_run
from experiments.running.execution import execute
from experiments.running.left import LIST_FILE, damage
from experiments.running.parcels import pack_run, receive, unpack_run
from experiments.running.task import Task, reason_to_do

pytestmark = pytest.mark.usefixtures("only_toys", "lasting_code")


@pytest.fixture
def done(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Task:
    monkeypatch.setattr(runtime, "prepare", lambda device: None)
    task = toy_task(tmp_path / "there")
    execute(task, lambda **event: None)
    return task


def test_what_is_sent_to_be_measured_can_be_checked_there(done: Task, tmp_path: Path) -> None:
    record = read_run(done.folder).record
    unpack_run(pack_run(done.folder, "toy").content, tmp_path / "other")
    assert damage(tmp_path / "other", record) is None
    (done.folder / toys.WEIGHTS / "1.txt").write_text("7")  # before it is sent
    unpack_run(pack_run(done.folder, "toy").content, tmp_path / "another")
    assert damage(tmp_path / "another", record) == "weights/1.txt no es lo que había dejado"


def test_what_comes_from_an_earlier_version_gets_its_list_here(done: Task, tmp_path: Path) -> None:
    (done.folder / LIST_FILE).unlink()
    task = done.model_copy(update={"root": tmp_path / "here"})
    receive(task, pack_run(done.folder, "toy"))
    assert reason_to_do(task) is None
