from pathlib import Path

import pytest

from experiments.brought.history.written import listed, text_of
from experiments.errors import BroughtError


@pytest.mark.parametrize(
    ("names", "expected"),
    [
        ([], ""),
        (["a"], "«a»"),
        (["a", "b"], "«a» y «b»"),
        (["a", "b", "c"], "«a», «b» y «c»"),
        (list("abcdefg"), "«a», «b», «c», «d», «e» y otros 2"),
        (["x" * 100], f"«{'x' * 59}…»"),
    ],
)
def test_listed(names: list[str], expected: str) -> None:
    assert listed(names) == expected


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_text_of(tmp_path: Path, encoding: str) -> None:
    (tmp_path / "a").write_bytes("é\r\n━".encode(encoding))
    assert text_of(tmp_path / "a") == "é\r\n━"


def test_a_folder_is_no_text(tmp_path: Path) -> None:
    with pytest.raises(BroughtError, match="algo que no es un archivo"):
        text_of(tmp_path)


def test_half_a_file_of_windows(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes("Epoch".encode("utf-16")[:-1])
    with pytest.raises(BroughtError, match="un historial legible"):
        text_of(tmp_path / "a")
