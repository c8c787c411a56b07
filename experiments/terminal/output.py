"""Text for whatever reads it: a terminal or a file without some of its letters, or nobody."""

import codecs
import io
import os
import re
import sys
from contextlib import suppress

NEAREST = "nearest"  # the error handler for letters that an encoding lacks

_LONG = re.compile(r"«([^«»]{200})[^«»]{2,}»")
_SIGNS = {
    **dict.fromkeys("«»“”„", '"'),
    **dict.fromkeys("‘’", "'"),
    **dict.fromkeys("–—−·•", "-"),
    **{"×": "x", "→": "->", "±": "+-", "≤": "<=", "≥": ">=", "≈": "~"},
}


def settle_output() -> None:
    """From now on what a letter cannot be written with never ends a command: the nearest stands for it.
    Neither encoding nor anything else of the streams changes."""
    codecs.register_error(NEAREST, _nearest)
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):  # none where it was closed
            stream.reconfigure(errors=NEAREST)


def _nearest(error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeEncodeError):
        raise error
    return "".join(map(_plain, error.object[error.start : error.end])), error.end


def _plain(letter: str) -> str:
    from unicodedata import normalize

    bare = "".join(part for part in normalize("NFKD", letter) if part.isascii())
    return _SIGNS.get(letter) or bare or "?"


def print_json(text: str) -> None:
    """Print ``text``, which is JSON: letters that the output lacks are escaped, so that it reads as the
    same content."""
    try:
        text.encode(getattr(sys.stdout, "encoding", None) or "utf-8")
    except UnicodeEncodeError:
        text = "".join(letter if letter.isascii() else _escaped(letter) for letter in text)
    print(text)


def _escaped(letter: str) -> str:
    """As one or two UTF-16 units."""
    units = letter.encode("utf-16-be", "surrogatepass")
    return "".join(f"\\u{units[i : i + 2].hex()}" for i in range(0, len(units), 2))


def flush_output() -> None:
    """Raises OSError if what was printed cannot be written: so do not the streams at the very end."""
    if sys.stdout is not None:
        sys.stdout.flush()


def give_up_output() -> None:
    """Leave nothing to be written at the end of the process, where it would fail once more."""
    with suppress(OSError, ValueError, AttributeError):  # closed, or no file
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def shortened(text: str) -> str:
    """With what it quotes, «…», no longer than helps to find it: data may have a word of a megabyte."""
    return _LONG.sub(r"«\1…»", text)


def visible(text: str) -> str:
    """In one line, whatever is in a file's name: what would move the cursor, or command a terminal, as
    Python writes it."""
    from unicodedata import category

    return "".join(repr(c)[1:-1] if category(c) in ("Cc", "Cf") else c for c in text)
