"""New files in the place of old ones, all or none, whatever ends the work and when."""

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from report.assembly.exchange import WORK, put_in_order, replacing, write
from report.proof.state.freshness import STATE_FILE

OLD = {"a.pdf": b"old", "figures/a.svg": b"old", "figures/b.svg": b"old", STATE_FILE: b"old"}
NEW = {"a.pdf": b"new", "b.md": b"new", "figures/a.svg": b"new", STATE_FILE: b"new"}
RENAMES = 1 + 3 + 4  # the whole set; what is there already, aside; the new in


@pytest.fixture
def folder(tmp_path) -> Path:
    for name, content in OLD.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_bytes(content)
    return tmp_path


def exchange(folder: Path) -> None:
    work = folder / f"{WORK}x"
    work.mkdir()
    with replacing(folder, work) as new:
        (new / "figures").mkdir()
        for name, content in NEW.items():
            write(new / name, content)


def seen(folder: Path) -> dict[str, bytes]:
    """All files but those in the folder where something is made."""
    files = [path for path in folder.rglob("*") if path.is_file()]
    names = {path.relative_to(folder).as_posix(): path for path in files}
    return {name: path.read_bytes() for name, path in names.items() if not name.startswith(WORK)}


class Killed(BaseException):
    pass


def failing(number: int, error: BaseException, *, dead: bool) -> Callable[..., Path]:
    """``Path.rename``, of which the call of that ``number`` fails; whoever is ``dead`` renames nothing
    after that, not even to undo."""
    rename, calls = Path.rename, []

    def rename_until(self: Path, target: Path) -> Path:
        calls.append(target)
        if len(calls) - 1 == number or (dead and len(calls) - 1 > number):
            raise error
        return rename(self, target)

    return rename_until


def test_all_that_is_new_takes_the_place_of_what_was_there(folder):
    (folder / "mine.txt").write_text("mine")
    exchange(folder)
    assert seen(folder) == NEW | {"mine.txt": b"mine"}


@pytest.mark.parametrize("number", range(RENAMES))
def test_a_kill_leaves_one_set_or_no_state_and_is_put_in_order(folder, monkeypatch, number):
    with monkeypatch.context() as patch:
        patch.setattr(Path, "rename", failing(number, Killed(), dead=True))
        with pytest.raises(Killed):
            exchange(folder)
    found = seen(folder)
    assert found == OLD or STATE_FILE not in found
    assert len(set(found.values())) <= 1  # never some of each
    put_in_order(folder)
    assert seen(folder) == (OLD if number == 0 else NEW)
    assert list(folder.glob(".*")) == []


def test_after_the_last_rename_there_is_nothing_to_put_in_order_but_what_is_left(folder, monkeypatch):
    monkeypatch.setattr(Path, "rename", failing(RENAMES, Killed(), dead=True))
    exchange(folder)
    put_in_order(folder)
    assert (seen(folder), list(folder.glob(".*"))) == (NEW, [])


def test_a_kill_while_it_is_put_in_order_is_put_in_order_too(folder, monkeypatch):
    for work, number in ((exchange, 3), (put_in_order, 2), (put_in_order, 1)):
        with monkeypatch.context() as patch:
            patch.setattr(Path, "rename", failing(number, Killed(), dead=True))
            with pytest.raises(Killed):
                work(folder)
    put_in_order(folder)
    assert (seen(folder), list(folder.glob(".*"))) == (NEW, [])


@pytest.mark.parametrize("number", range(RENAMES))
def test_what_fails_is_undone(folder, monkeypatch, number):
    monkeypatch.setattr(Path, "rename", failing(number, PermissionError(13, "busy"), dead=False))
    with pytest.raises(PermissionError, match="busy"):
        exchange(folder)
    assert seen(folder) == OLD


def test_a_full_disk_changes_nothing(folder, monkeypatch):
    def full(descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OSError, match="No space"):
        exchange(folder)
    put_in_order(folder)
    assert (seen(folder), list(folder.glob(".*"))) == (OLD, [])


@pytest.mark.parametrize("mask", [0o022, 0o077])
def test_who_may_read_it_is_as_the_user_wants_it(tmp_path, mask):
    before = os.umask(mask)
    try:
        exchange(tmp_path)
    finally:
        os.umask(before)
    assert {path.stat().st_mode & 0o777 for path in tmp_path.glob("*.*") if path.is_file()} == {0o666 & ~mask}
