"""The prose read aloud: what every path through every macro says, beside the text that has been read
and approved; ``phrases`` says how to write that anew."""

import difflib
from collections import defaultdict
from itertools import chain
from typing import get_type_hints

import instrumented
import pytest
from cases import cases
from instrumented import branches
from phrases import Heard, approved, written

from report.findings.base import Code, Finding, id_of
from report.findings.collection import KINDS
from report.paths import TEMPLATES
from report.text.untraced import SUFFIX

# Verdicts on which there is nothing to say.
SILENT = {
    ("study.extent", "FULL"),
    ("study.data", "REAL"),
    ("lstm.linear_reference", "NO_REFERENCE"),
    ("gan.readings", "NONE"),
    ("lstm.deficit_by_class", "NO_DISTANCE"),
}


def test_every_phrase_is_the_one_that_was_read(heard: Heard):
    expected, found = approved(), written(heard)
    changed = [
        "\n".join(
            difflib.unified_diff(
                expected.get(name, "").splitlines(), found.get(name, "").splitlines(), name, name,
                lineterm="", n=1,
            )
        )
        for name in sorted(expected.keys() | found.keys())
        if expected.get(name) != found.get(name)
    ]  # fmt: skip
    assert changed == [], "read the changes, then write the files anew: see tests/made/phrases.py"


def verdict_kind(kind: type[Finding]) -> type[Code]:
    found = get_type_hints(kind)["verdict"]
    assert issubclass(found, Code)
    return found


@pytest.fixture(scope="module")
def phrases(heard: Heard) -> dict[tuple[str, str], list[str]]:
    """What the macros that say verdicts say, by their template and the code."""
    found = defaultdict(list)
    for said in chain.from_iterable(heard.said.values()):
        if said.macro == "frase":
            found[said.template, said.code].append(said.text)
    return found


@pytest.mark.parametrize(
    ("id_", "verdict"), [(id_of(kind), code) for kind in KINDS for code in verdict_kind(kind)]
)
def test_every_verdict_has_a_phrase(phrases: dict[tuple[str, str], list[str]], id_: str, verdict: Code):
    texts = phrases.get((id_.replace(".", "/"), verdict.name), [])
    assert texts or (id_, verdict.name) in SILENT
    assert all((text == "") == ((id_, verdict.name) in SILENT) for text in texts)


def test_every_lesser_verdict_is_met(heard: Heard):
    """Those that stand inside findings: spreads, textures, changes, errors."""
    kinds = {type(code) for code in heard.codes}
    assert {member for kind in kinds for member in kind} - heard.codes == set()


def test_every_branch_is_taken_and_no_state_falls_through(heard: Heard):
    """Of the whole document, the parts included: a branch that no case reaches has been read by
    nobody, and a chain of alternatives none of which holds says nothing at all."""
    environment = instrumented.plain_environment()
    every = set()
    for path in TEMPLATES.rglob(f"*{SUFFIX}"):
        every |= branches(environment.parse(path.read_text("utf-8")), str(path.relative_to(TEMPLATES)))
    assert sorted(every - heard.taken) == []
    assert sorted(heard.taken - every) == []


def test_one_seed_is_never_compared(heard: Heard):
    """With a single seed nothing is said of all seeds, nor of a spread between them, but for the
    notes, which state the rules."""
    compared = ("todas las semillas", "cada una de las semillas", "alguna semilla", "\u00a0±\u00a0")
    single = [name for name, (study, _) in cases().items() if max(len(study.lstm), len(study.gan)) == 1]
    assert len(single) > 10
    for said in (said for name in single for said in heard.said[name]):
        assert [phrase for phrase in compared if phrase in said.text] == [], said.macro
