"""A number typed by hand cannot pass: each expression of the templates that prints a number,
replaced by the very text that it prints, is refused.

The literal takes the place of the expression in the template's syntax tree, behind the back of
``check_templates``, so that what refuses it is the check of the written text; inside macros,
arguments, lists and ``~`` alike. Many expressions are replaced at once, each literal between signs
of its own, and every one must be among what is refused. The check of the sources is put to the test
on its own below.
"""

import re
from collections import Counter
from contextlib import suppress
from unittest import mock

import instrumented
import pytest
from cases import cases
from instrumented import ChangedOnly, found_once, sources_read_once, substitute
from phrases import DIGIT, Heard

from report.errors import RenderError
from report.ledger.ledger import MARKED
from report.paths import TEMPLATES
from report.text import document, language
from report.text.document import compose
from report.text.numbering import without_labels
from report.text.untraced import SUFFIX, check_templates, refuse_untraced

START, END = "\ue010", "\ue011"


@pytest.fixture(scope="module")
def expressions(heard: Heard) -> dict[str, dict[str, str]]:
    """Of every expression that prints a number: the cases in which it does, and the text there."""
    return heard.printed


def refused_in(case: str, literals: dict[str, str]) -> set[str]:
    """The keys of the literals that the checks refuse when all of them stand in one document."""
    refused: set[str] = set()
    names = {letters(number): key for number, key in enumerate(literals)}

    def note_refused(text: str) -> None:
        try:
            refuse_untraced(text)
        except RenderError:
            bare = without_labels(MARKED.sub("", text))
            for name, literal in re.findall(f"{START}([a-j]+){END}([^{START}]*){START}{END}", bare):
                if DIGIT.search(literal):
                    refused.add(names[name])

    signed = {key: f"{START}{name}{END}{literals[key]}{START}{END}" for name, key in names.items()}
    changed = {key.partition("#")[0] for key in literals}
    with (
        instrumented.templates(ChangedOnly(changed), substitute(signed)),
        mock.patch.object(document, "refuse_untraced", note_refused),
        mock.patch.object(language, "refuse_untraced", note_refused),
        mock.patch.object(document, "refuse_unused_headlines"),
        sources_read_once(),
        found_once(),
        suppress(RenderError),  # what comes after the check finds figures missing
    ):
        compose(*cases()[case])
    return refused


def letters(number: int) -> str:
    """A name without digits, which would be refused themselves."""
    return "".join("abcdefghij"[int(digit)] for digit in str(number))


def by_case(expressions: dict[str, dict[str, str]]) -> dict[str, dict[str, str]]:
    """The literals to be put into the documents of few cases: again and again that in which most of
    what is left is printed."""
    found: dict[str, dict[str, str]] = {}
    left = dict(expressions)
    while left:
        printing = Counter(case for texts in left.values() for case in texts)
        case = printing.most_common(1)[0][0]
        found[case] = {key: texts[case] for key, texts in left.items() if case in texts}
        left = {key: texts for key, texts in left.items() if case not in texts}
    return found


@pytest.mark.thorough
def test_no_literal_passes_for_a_number(expressions):
    passed, refused = dict(expressions), {""}
    while refused:  # what stands inside another expression has its turn once that one is refused
        found = [refused_in(case, literals) for case, literals in by_case(passed).items()]
        refused = set().union(*found)
        passed = {key: value for key, value in passed.items() if key not in refused}
    print(f"{len(expressions)} expressions print numbers; {len(expressions) - len(passed)} literals refused")
    assert passed == {}
    assert len(expressions) > 200


def test_no_source_may_hold_a_digit_instead_of_an_expression(tmp_path):
    """The same in the sources, whether a case reaches the expression or not."""
    refused = 0
    for path in sorted(TEMPLATES.rglob(f"*{SUFFIX}")):
        source = path.read_text("utf-8")
        for match in re.finditer(r"\{\{.*?\}\}", source, re.S):
            (tmp_path / path.name).write_text(f"{source[: match.start()]}7{source[match.end() :]}", "utf-8")
            with pytest.raises(RenderError, match="escrito a mano"):
                check_templates(tmp_path)
            refused += 1
        (tmp_path / path.name).unlink(missing_ok=True)  # some have no expressions
    print(f"{refused} sources with a digit refused")
    assert refused > 200
