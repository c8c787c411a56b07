"""What every path through every macro says in the documents of all cases, and the files in
``tests/golden`` that say what it should be, one a macro.

After changing a template or a case, write those files anew and read what has changed:

    PYTHONPATH=. python tests/made/phrases.py
    git diff tests/golden
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, fields, is_dataclass
from functools import cache
from pathlib import Path
from typing import Any

import instrumented
from cases import cases
from instrumented import CompiledOnce, Listener, Said, found_once, observe_branches, observe_printed
from jinja2 import nodes

from report.findings.base import Code, Summary
from report.ledger.ledger import MARK_OPEN, MARKED, Number, plain
from report.text.document import Document, compose

GOLDEN = Path(__file__).parents[1] / "golden"
DIGIT = re.compile(r"\d")


@dataclass(frozen=True)
class Heard:
    """All documents, read once: the branches that they take and what they say by case; of every
    expression that prints a number, the cases in which it does and the text there; every code in their
    findings."""

    taken: set[str]
    said: dict[str, list[Said]]
    printed: dict[str, dict[str, str]]
    codes: set[Code]


@cache
def heard() -> Heard:
    listener, printed, said = Listener(), Printed(), {}
    met: set[Code] = set()
    with (
        instrumented.templates(
            CompiledOnce(), observe_both, branch=listener.branch, note_printed=printed.note
        ),
        listener.listening(),
        found_once(),
        instrumented.sources_read_once(),
    ):
        for name, (study, settings) in cases().items():
            printed.case = name
            made = compose(study, settings)
            printed.settle(made)
            said[name], listener.said = listener.said, []
            met.update(codes(list(made.findings)))
    return Heard(listener.taken, said, printed.texts, met)


def observe_both(tree: nodes.Template, name: str) -> None:
    """The branches first: their keys are made of the tests as they stand."""
    observe_branches("branch")(tree, name)
    observe_printed("note_printed")(tree, name)


class Printed:
    """What each expression prints with a digit, in each case."""

    def __init__(self) -> None:
        self.case = ""
        self.pending: dict[str, Number] = {}
        self.texts: dict[str, dict[str, str]] = {}

    def note(self, key: str, value: Any) -> Any:
        if isinstance(value, Number | Summary):
            self.pending[key] = value if isinstance(value, Number) else value.mean
        elif isinstance(value, str) and MARK_OPEN in value and DIGIT.search(traced(value)):
            self.texts.setdefault(key, {})[self.case] = plain(value)
        return value

    def settle(self, made: Document) -> None:
        """The numbers printed as they are, once the ledger knows how."""
        for key, number in self.pending.items():
            text = number.quantity.format(number.value, made.ledger.style)
            if DIGIT.search(text):
                self.texts.setdefault(key, {})[self.case] = text
        self.pending.clear()


def traced(marked: str) -> str:
    """What the ledger vouches for in ``marked``."""
    return "".join(match[2] for match in MARKED.finditer(marked))


def codes(value: Any) -> Iterator[Code]:
    """Every code in findings, however nested."""
    if isinstance(value, Code):
        yield value
    elif is_dataclass(value) and not isinstance(value, Number):  # most of all that there is; it holds none
        for field in fields(value):
            yield from codes(getattr(value, field.name))
    elif isinstance(value, dict):
        for item in (*value, *value.values()):
            yield from codes(item)
    elif isinstance(value, list | tuple):
        for item in value:
            yield from codes(item)


def written(found: Heard | None = None) -> dict[str, str]:
    """The golden files as they should be, by name: each path through a macro once, with the first
    case that takes it."""
    entries: dict[str, list[str]] = {}
    seen = set()
    for case, phrases in (found or heard()).said.items():
        for said in phrases:
            path = (said.template, said.macro, said.code, said.branches)
            if path not in seen:
                seen.add(path)
                title = f"{said.code} ({case})" if said.code else case
                entry = f"## {title}\n\n{said.text or '—'}\n"
                listed = entries.setdefault(f"{said.template}/{said.macro}.md", [f"# {said.macro}\n"])
                if entry not in listed:
                    listed.append(entry)
    return {name: "\n".join(listed) for name, listed in entries.items()}


def approved() -> dict[str, str]:
    return {
        path.relative_to(GOLDEN).as_posix(): path.read_text(encoding="utf-8")
        for path in sorted(GOLDEN.rglob("*.md"))
    }


def write() -> None:
    for path in GOLDEN.rglob("*.md"):
        path.unlink()
    for name, text in written().items():
        path = GOLDEN / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    write()
    print(f"{GOLDEN.name}: léalo.")
