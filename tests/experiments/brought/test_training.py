"""What identifies a file, a folder, and what stands in the place of one."""

import hashlib
from pathlib import Path

from experiments.brought.training import brought_file, typed_numbers


def sha(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def test_a_file_goes_by_its_name_and_the_digest_of_its_bytes(tmp_path: Path) -> None:
    path = tmp_path / "mi historial.csv"
    path.write_bytes(b"abc")
    found = brought_file("history", path)
    assert (found.gives, found.name, found.digest) == ("history", "mi historial.csv", sha(b"abc"))


def test_a_folder_by_all_files_in_it_whatever_their_order_on_the_disk(tmp_path: Path) -> None:
    folder = tmp_path / "logs"
    for name, content in (("validation/b", b"2"), ("train/a", b"1")):
        (folder / name).parent.mkdir(parents=True)
        (folder / name).write_bytes(content)
    by_hand = f"train/a\0{sha(b'1')}\0validation/b\0{sha(b'2')}\0".encode()
    found = brought_file("history", folder)
    assert (found.name, found.digest) == ("logs", sha(by_hand))
    (folder / "validation/b").rename(folder / "train/b")
    assert brought_file("history", folder).digest != found.digest


def test_numbers_that_are_typed_stand_for_themselves() -> None:
    found = typed_numbers("confusion", "[[5 1]\n [2 4]]")
    assert (found.gives, found.name, found.digest) == ("confusion", "[[5 1] [2 4]]", sha(b"[[5 1]\n [2 4]]"))
