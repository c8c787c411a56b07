"""One process at a time in a folder, and what a killed one leaves there."""

import multiprocessing
import os
import signal
import threading
from pathlib import Path

import pytest
from filelock import FileLock

from report.assembly import alone
from report.assembly.alone import LOCK_FILE, alone_in
from report.assembly.exchange import WORK
from report.errors import RenderError


@pytest.fixture(autouse=True)
def impatient(monkeypatch) -> None:
    monkeypatch.setattr(alone, "PATIENCE_S", 0)
    monkeypatch.setattr(alone, "INTERVAL_S", 0)


def test_a_second_one_is_refused_in_one_sentence(tmp_path):
    with alone_in(tmp_path), pytest.raises(RenderError) as caught, alone_in(tmp_path):
        pass
    assert str(caught.value) == (
        f"{tmp_path}: se esperaba que ningún otro proceso escribiera ahí un documento, se encontró uno "
        "que no ha acabado en 0 segundos; espere a que acabe y repita la orden."
    )


def test_it_waits_a_little(tmp_path, monkeypatch):
    monkeypatch.setattr(alone, "PATIENCE_S", 20)
    there, on = threading.Event(), threading.Event()

    def hold() -> None:
        with alone_in(tmp_path):
            there.set()
            on.wait()

    holder = threading.Thread(target=hold)
    holder.start()
    there.wait()
    monkeypatch.setattr(alone.time, "sleep", lambda seconds: on.set())  # it finds it held
    with alone_in(tmp_path):
        assert on.is_set()
        assert (tmp_path / LOCK_FILE).exists()  # its own: the one before took away the file that it held
    holder.join()


def test_a_folder_that_the_one_before_takes_away_is_made_again(tmp_path, monkeypatch):
    folder, makes = tmp_path / "build", iter([FileExistsError, FileNotFoundError])
    make = Path.mkdir

    def make_late(self: Path, **options: bool) -> None:
        for gone in makes:
            raise gone
        make(self, **options)

    monkeypatch.setattr(Path, "mkdir", make_late)
    with alone_in(folder):
        assert (folder / LOCK_FILE).exists()


def test_a_file_in_its_place_is_an_error(tmp_path):
    (tmp_path / "build").touch()
    with pytest.raises(FileExistsError), alone_in(tmp_path / "build"):
        pass


def test_other_folders_are_free(tmp_path):
    with alone_in(tmp_path / "a"), alone_in(tmp_path / "b"):
        pass


def test_nothing_is_left_of_it(tmp_path):
    with alone_in(tmp_path / "made" / "here"):
        pass
    with alone_in(tmp_path / "used"):
        (tmp_path / "used" / "a").touch()
    assert {path.name for path in tmp_path.rglob("*")} == {"made", "used", "a"}


def hold_until_killed(folder: Path) -> None:
    with alone_in(folder):
        (folder / f"{WORK}x").mkdir()
        os.kill(os.getpid(), signal.SIGKILL)


def test_one_that_is_killed_holds_nobody_up_and_is_cleaned_up_after(tmp_path):
    process = multiprocessing.get_context("spawn").Process(target=hold_until_killed, args=(tmp_path,))
    process.start()
    process.join()
    assert {path.name for path in tmp_path.iterdir()} == {LOCK_FILE, f"{WORK}x"}
    with alone_in(tmp_path):
        assert [path.name for path in tmp_path.iterdir()] == [LOCK_FILE]
    assert not tmp_path.exists()


def test_where_nobody_can_write_nobody_is_kept_away(tmp_path, monkeypatch):
    """A document that is up to date may lie where it can only be read."""

    def refuse(lock: FileLock, **patience: float) -> None:
        raise OSError(30, "Read-only file system", lock.lock_file)

    monkeypatch.setattr(FileLock, "acquire", refuse)
    monkeypatch.setattr(alone.os, "access", lambda folder, mode: False)
    with alone_in(tmp_path):
        pass


def test_a_lock_that_cannot_be_had_where_one_can_write_is_an_error(tmp_path):
    (tmp_path / LOCK_FILE).mkdir()
    with pytest.raises(IsADirectoryError), alone_in(tmp_path):
        pass
