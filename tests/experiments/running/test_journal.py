"""What an unfinished run has written, and bringing it back to that."""

import os
from pathlib import Path

import pytest

from experiments.records.base import WORK
from experiments.running.clock import Elapsed
from experiments.running.journal import JOURNAL_FILE, DamagedError, Journal, Keeper, restore

ELAPSED = Elapsed(duration_s=100, processor_s=50)
TWO_STATES = {f"{WORK}/last.npz": "after 2", f"{WORK}/previous-last.npz": "after 1", "weights/1.h5": "one"}


@pytest.fixture(autouse=True)
def quickly(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "fsync", lambda handle: None)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A run that has noted its last state, the one before, and what it leaves for others."""
    (tmp_path / "weights").mkdir()
    (tmp_path / WORK).mkdir()
    for name, text in TWO_STATES.items():
        (tmp_path / name).write_text(text)
    Keeper(tmp_path).note(ELAPSED)
    return tmp_path


def contents(folder: Path) -> dict[str, str]:
    return {
        path.relative_to(folder).as_posix(): path.read_text()
        for path in folder.rglob("*")
        if path.is_file() and path.name != JOURNAL_FILE
    }


def test_what_is_as_it_was_noted_stays(folder: Path) -> None:
    restored = restore(folder)
    assert (restored.elapsed, restored.damaged) == (ELAPSED, ())
    assert contents(folder) == TWO_STATES


def test_the_journal_names_all_with_what_is_in_them(folder: Path) -> None:
    keeper = Keeper(folder)
    keeper.note(ELAPSED)
    (folder / WORK / "last.npz").replace(folder / WORK / "previous-last.npz")
    (folder / WORK / "last.npz").write_text("abc")
    keeper.note(ELAPSED)
    journal = Journal.read(folder / WORK / JOURNAL_FILE)
    assert journal is not None
    assert journal.files.keys() == TWO_STATES.keys()
    # SHA-256 of "abc": FIPS 180-2, appendix B.1
    assert journal.files[f"{WORK}/last.npz"].startswith("ba7816bf8f01cfea414140de5dae2223")
    assert restore(folder).damaged == ()


@pytest.mark.parametrize("text", ["", "after", "other"])
def test_a_damaged_state_is_set_aside_and_the_one_before_stays(folder: Path, text: str) -> None:
    (folder / WORK / "last.npz").write_text(text)
    assert restore(folder).damaged == ("last.npz",)
    assert contents(folder) == {
        **{name: TWO_STATES[name] for name in (f"{WORK}/previous-last.npz", "weights/1.h5")},
        f"{WORK}/last.npz.roto": text,
    }
    assert restore(folder).damaged == ("last.npz",)  # and if it is interrupted again before it notes
    assert (folder / WORK / "last.npz.roto").read_text() == text


def test_a_missing_state_is_told(folder: Path) -> None:
    (folder / WORK / "last.npz").unlink()
    assert restore(folder).damaged == ("last.npz",)


@pytest.mark.parametrize("stands", [Path.mkdir, lambda path: os.symlink(__file__, path), os.mkfifo])
def test_what_is_no_file_is_set_aside(folder: Path, stands: object) -> None:
    (folder / WORK / "last.npz").unlink()
    stands(folder / WORK / "last.npz")  # type: ignore[operator]
    assert restore(folder).damaged == ("last.npz",)
    assert not os.path.lexists(folder / WORK / "last.npz")


def test_a_state_is_known_by_what_is_in_it(folder: Path) -> None:
    """Killed between writing the next state and noting it, when the last one has become the one before."""
    (folder / WORK / "last.npz").replace(folder / WORK / "previous-last.npz")
    assert restore(folder).damaged == ("last.npz",)
    assert contents(folder)[f"{WORK}/previous-last.npz"] == "after 2"


def test_the_only_state_that_was_noted_may_have_become_the_one_before(folder: Path) -> None:
    (folder / WORK / "previous-last.npz").unlink()
    Keeper(folder).note(ELAPSED)
    (folder / WORK / "last.npz").replace(folder / WORK / "previous-last.npz")
    (folder / WORK / "last.npz").write_text("after 3")
    assert restore(folder).damaged == ("last.npz",)
    assert contents(folder)[f"{WORK}/previous-last.npz"] == "after 2"


def test_the_oldest_state_may_be_gone_when_the_next_one_is_not_noted_yet(folder: Path) -> None:
    (folder / WORK / "previous-last.npz").unlink()
    (folder / WORK / "next.npz").write_text("after 3")
    assert restore(folder).damaged == ()
    assert contents(folder).keys() == {f"{WORK}/last.npz", "weights/1.h5"}


@pytest.mark.parametrize("name", ["weights/2.h5", f"{WORK}/.last.npz.x1", "selected.h5", f"{WORK}/a/b"])
def test_what_was_being_written_goes(folder: Path, name: str) -> None:
    (folder / name).parent.mkdir(exist_ok=True)
    (folder / name).write_text("half")
    assert restore(folder).damaged == ()
    assert contents(folder) == TWO_STATES
    assert {path.name for path in (folder / WORK).iterdir()} == {
        *("last.npz", "previous-last.npz", JOURNAL_FILE),
    }


def change(folder: Path, name: str, text: str | None) -> None:
    if text is None:
        (folder / name).unlink()
    else:
        (folder / name).write_text(text)


@pytest.mark.parametrize("text", ["", "two", None])
def test_without_what_it_leaves_for_others_it_cannot_go_on(folder: Path, text: str | None) -> None:
    change(folder, "weights/1.h5", text)
    with pytest.raises(DamagedError, match=r"^weights/1\.h5$"):
        restore(folder)


@pytest.mark.parametrize("text", ["", "{", None])
def test_without_its_journal_it_cannot_go_on(folder: Path, text: str | None) -> None:
    change(folder, f"{WORK}/{JOURNAL_FILE}", text)
    with pytest.raises(DamagedError, match=r"^journal\.json$"):
        restore(folder)


def test_without_any_state_it_cannot_go_on(folder: Path) -> None:
    for name in ("last.npz", "previous-last.npz"):
        change(folder, f"{WORK}/{name}", "")
    with pytest.raises(DamagedError, match="last"):
        restore(folder)
