"""Only regular files are opened."""

import os
from pathlib import Path

import pytest

from experiments.records.regular import open_regular, read_regular


def test_a_file_is_read(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"12345")
    assert read_regular(tmp_path / "a", 5) == b"12345"


def test_no_more_than_the_limit_is_read(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"12345")
    with pytest.raises(OSError, match="tiene más de 4 bytes"):
        read_regular(tmp_path / "a", 4)


def test_a_pipe_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "a")
    with pytest.raises(OSError, match="no es un fichero corriente"):
        open_regular(tmp_path / "a")


def test_nor_is_a_device_opened_through_a_link(tmp_path: Path) -> None:
    (tmp_path / "a").symlink_to("/dev/zero")
    with pytest.raises(OSError, match="no es un fichero corriente"):
        open_regular(tmp_path / "a")


def test_a_folder_and_what_is_not_there_are_told_as_ever(tmp_path: Path) -> None:
    with pytest.raises(IsADirectoryError):
        open_regular(tmp_path)
    with pytest.raises(FileNotFoundError):
        open_regular(tmp_path / "nada")
