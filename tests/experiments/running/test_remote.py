"""What a worker keeps of what it was sent."""

from pathlib import Path

import pytest

from experiments.running import remote

ABC = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"  # FIPS 180-2, appendix B.1


def test_a_file_that_was_damaged_since_is_brought_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    brought: list[str] = []
    monkeypatch.setattr(remote, "_fetch", lambda digest: brought.append(digest) or b"abc")
    path = remote._file(ABC, "words.txt", tmp_path)
    assert remote._file(ABC, "words.txt", tmp_path) == path
    assert brought == [ABC]
    path.write_bytes(b"ab")
    assert remote._file(ABC, "words.txt", tmp_path).read_bytes() == b"abc"
    assert brought == [ABC, ABC]
