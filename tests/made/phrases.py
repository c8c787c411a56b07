"""What every path through every macro says in the documents of all cases, and the files in
``tests/golden`` that say what it should be, one a macro.

After changing a template or a case, write those files anew and read what has changed:

    PYTHONPATH=. python tests/made/phrases.py
    git diff tests/golden
"""

from functools import cache
from pathlib import Path

import instrumented
from cases import cases
from instrumented import CompiledOnce, Listener, Said, observe_branches, sources_read_once

from report.text.document import compose

GOLDEN = Path(__file__).parents[1] / "golden"


@cache
def heard() -> tuple[Listener, dict[str, list[Said]]]:
    """All documents, read once: the branches that they take, and what they say by case."""
    listener, said = Listener(), {}
    with (
        instrumented.templates(CompiledOnce(), observe_branches("branch"), branch=listener.branch),
        listener.listening(),
        sources_read_once(),
    ):
        for name, (study, settings) in cases().items():
            compose(study, settings)
            said[name], listener.said = listener.said, []
    return listener, said


def written() -> dict[str, str]:
    """The golden files as they should be, by name: each path through a macro once, with the first
    case that takes it."""
    entries: dict[str, list[str]] = {}
    seen = set()
    for case, phrases in heard()[1].items():
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
