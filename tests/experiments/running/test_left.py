"""The list of what a run leaves for those that measure it."""

from pathlib import Path

import pytest
import toys
from planned import rule_run, toy_run

from experiments.running.left import LIST_FILE, Left, damage, listed, write_list

pytestmark = pytest.mark.usefixtures("only_toys")

TOY = toy_run().record


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / toys.WEIGHTS).mkdir()
    (tmp_path / toys.WEIGHTS / "0.txt").write_text("abc")
    (tmp_path / toys.STATE).write_text("[]")
    (tmp_path / "train.log").write_text("which others do not read")
    write_list(tmp_path, TOY)
    return tmp_path


def test_what_others_read_is_listed(folder: Path) -> None:
    assert listed(folder) == [toys.STATE, f"{toys.WEIGHTS}/0.txt"]
    left = Left.read(folder / LIST_FILE)
    assert left is not None
    # SHA-256 of "abc": FIPS 180-2, appendix B.1
    assert left.files[f"{toys.WEIGHTS}/0.txt"].startswith("ba7816bf8f01cfea414140de5dae2223")
    assert damage(folder, TOY) is None


def test_a_kind_that_leaves_nothing_has_no_list(tmp_path: Path) -> None:
    rule = rule_run().record
    write_list(tmp_path, rule)
    assert list(tmp_path.iterdir()) == []
    assert damage(tmp_path, rule) is None


def test_the_list_and_the_files_of_another_run_are_not_its_own(folder: Path) -> None:
    write_list(folder, toy_run(seed=2, values=(2, 3, 4)).record)
    assert damage(folder, TOY) == "files.json, la lista de lo que dejó, no es la suya"


def test_no_list_leads_out_of_the_folder(folder: Path) -> None:
    (folder.parent / "secret.txt").write_text("abc")
    left = Left.read(folder / LIST_FILE)
    assert left is not None
    files = {"../secret.txt": left.files[f"{toys.WEIGHTS}/0.txt"]}
    Left(arrays_digest=TOY.arrays_digest, files=files).write(folder / LIST_FILE)
    assert damage(folder, TOY) == "falta ../secret.txt, que había dejado"
