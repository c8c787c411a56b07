"""Small files that show that they are damaged."""

import json
from pathlib import Path

import pytest

from experiments.running.sealed import Sealed


class Sum(Sealed):
    parts: dict[str, int]


SUM = Sum(parts={"a": 1, "b": 2})


def test_what_was_written_is_read(tmp_path: Path) -> None:
    SUM.write(tmp_path / "sum.json")
    assert Sum.read(tmp_path / "sum.json") == SUM


@pytest.mark.parametrize(
    "content",
    [
        *(b"", b"{", b"[]", b"3", b"null", b"{}", b"\xff", b'{"parts": {}}', b"[" * 100_000),
        json.dumps(SUM.model_dump() | {"digest": "0" * 64}).encode(),
    ],
    ids=lambda content: repr(content[:20]),
)
def test_what_is_not_as_it_was_written_is_nothing(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "sum.json").write_bytes(content)
    assert Sum.read(tmp_path / "sum.json") is None


def test_each_change_shows(tmp_path: Path) -> None:
    path = tmp_path / "sum.json"
    SUM.write(path)
    text = path.read_text()
    for index in range(len(text)):
        if text[index].isspace():
            continue
        path.write_text(f"{text[:index]}{'7' if text[index] != '7' else '8'}{text[index + 1 :]}")
        assert Sum.read(path) is None
        path.write_text(text[:index])
        assert Sum.read(path) is None


def test_none_and_a_folder_are_nothing(tmp_path: Path) -> None:
    assert Sum.read(tmp_path / "sum.json") is None
    assert Sum.read(tmp_path) is None
