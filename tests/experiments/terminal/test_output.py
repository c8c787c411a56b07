"""What is printed where letters are lacking."""

import io
import json
import sys

import pytest

from experiments.terminal.output import print_json, settle_output, shortened, visible


@pytest.fixture
def printed(monkeypatch):
    """Says what reaches a terminal of an encoding."""

    def in_(encoding: str) -> io.BytesIO:
        bare = io.BytesIO()
        monkeypatch.setattr(sys, "stdout", io.TextIOWrapper(bare, encoding=encoding, write_through=True))
        settle_output()
        return bare

    return in_


@pytest.mark.parametrize(
    ("encoding", "shown"),
    [
        ("ascii", '"pequena": 3 x 4 -> 12 ... ?\n'),
        ("latin-1", "«pequeña»: 3 × 4 -> 12 ... ?\n"),
        ("utf-8", "«pequeña»: 3 × 4 → 12 … 王\n"),
    ],
)
def test_the_nearest_letter_stands_for_one_that_is_lacking(printed, encoding, shown):
    bare = printed(encoding)
    print("«pequeña»: 3 × 4 → 12 … 王")
    assert bare.getvalue().decode(encoding) == shown


def test_the_name_of_a_file_that_is_no_text_can_be_printed(printed):
    bare = printed("utf-8")
    print(b"a\xff.md".decode("utf-8", "surrogateescape"))
    assert bare.getvalue() == b"a?.md\n"


def test_json_means_the_same_where_letters_are_lacking(printed):
    content = {"página": "3 × 4 → 😀"}
    for encoding in ("ascii", "latin-1", "utf-8"):
        bare = printed(encoding)
        print_json(json.dumps(content, ensure_ascii=False))
        assert json.loads(bare.getvalue().decode(encoding)) == content


def test_no_output_at_all_is_no_error(monkeypatch):
    monkeypatch.setattr(sys, "stdout", None)
    settle_output()
    print_json("{}")


def test_what_is_quoted_is_cut_where_it_has_no_end():
    assert shortened(f"a «{'b' * 9_000}» c «{'d' * 201}» e") == f"a «{'b' * 200}…» c «{'d' * 201}» e"


def test_a_name_moves_no_cursor():
    assert visible("a\nb\x1b[2J: «ñ» 3 %\u202e") == r"a\nb\x1b[2J: «ñ» 3 %\u202e"
