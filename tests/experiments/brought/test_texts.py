"""Texts as users save them."""

import pytest

from experiments.brought.texts import decoded, encoding_of, parsed_toml

ENCODINGS = ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be"]


@pytest.mark.parametrize("encoding", ENCODINGS)
def test_the_mark_says_the_encoding_and_is_no_letter(encoding):
    mark = "\ufeff" if encoding[-3:] in ("-le", "-be") else ""
    assert decoded(f"{mark}época,loss".encode(encoding)) == "época,loss"


def test_without_a_mark_it_is_utf8():
    assert encoding_of(b"") == encoding_of(b"loss") == "utf-8-sig"
    with pytest.raises(UnicodeDecodeError):
        decoded("época".encode("latin-1"))


def test_a_key_of_many_parts_is_refused_before_all_its_beginnings_are_kept():
    assert parsed_toml("a.b.c = 1\nx = 'a.b.c.d'") == {"a": {"b": {"c": 1}}, "x": "a.b.c.d"}
    for text in (
        "a" + ".a" * 100_000 + " = 1",
        "[" + "a. " * 100_000 + "a]",
        'x = {"a"' + '."a"' * 99 + " = 1}",
    ):
        with pytest.raises(ValueError, match="too many parts"):
            parsed_toml(text)
