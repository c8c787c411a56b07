"""A number typed by hand cannot pass: each expression of the templates that prints a number,
replaced by the very text that it prints, makes the document fail.

The literal takes the place of the expression in the template's syntax tree, behind the back of
``check_templates``, so that what refuses it is the check of the finished text; inside macros,
arguments, lists and ``~`` alike. The check of the sources is put to the test on its own below.
"""

import re
from typing import Any

import instrumented
import pytest
from cases import cases
from instrumented import CompiledOnce, observe_printed, substitute

from report.document import compose, outline, write
from report.errors import RenderError
from report.findings.base import Summary
from report.numbers import MARK_OPEN, Number, unmark
from report.prose import SUFFIX, TEMPLATES, check_templates
from report.trace import refuse_untraced

DIGIT = re.compile(r"\d")


class Printed:
    """What each expression prints with a digit, and in which case it was seen first."""

    def __init__(self) -> None:
        self.case = ""
        self.pending: dict[str, Number] = {}
        self.texts: dict[str, tuple[str, str]] = {}

    def note(self, key: str, value: Any) -> Any:
        if isinstance(value, Number | Summary):
            self.pending[key] = value if isinstance(value, Number) else value.mean
        elif isinstance(value, str) and MARK_OPEN in value and DIGIT.search(traced(value)):
            self.texts.setdefault(key, (self.case, unmark(value)))
        return value

    def settle(self, document: Any) -> None:
        """The numbers printed as they are, once the ledger knows how."""
        for key, number in self.pending.items():
            text = number.quantity.format(number.value, document.ledger.style)
            if DIGIT.search(text):
                self.texts.setdefault(key, (self.case, text))
        self.pending.clear()


def traced(marked: str) -> str:
    """What the ledger vouches for in ``marked``."""
    return "".join(re.findall(r"\ue001([^\ue002]*)\ue002", marked))


@pytest.fixture(scope="module")
def expressions() -> dict[str, tuple[str, str]]:
    """Of every expression that prints a number: a case in which it does, and the text."""
    found, compiled = Printed(), CompiledOnce()
    with instrumented.templates(compiled, observe_printed("note"), note=found.note):
        for name, (study, settings) in sorted(cases().items(), key=lambda case: len(case[1][0].lstm)):
            found.case = name
            found.settle(compose(study, settings))
    return found.texts


def test_no_literal_passes_for_a_number(expressions):
    drafts = {name: outline(*case) for name, case in cases().items()}
    passed = {}
    for key, (case, literal) in expressions.items():
        # only the template that changes is compiled anew
        cache = instrumented.CompiledExcept(instrumented.PLAIN, key.partition("#")[0])
        with instrumented.templates(cache, substitute(key, literal)):
            try:
                refuse_untraced(write(drafts[case]).body.html)
            except RenderError as error:
                if "sin origen" in str(error):
                    continue
                passed[key] = f"{literal}: {error}"
            else:
                passed[key] = literal
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
        (tmp_path / path.name).unlink()
    print(f"{refused} sources with a digit refused")
    assert refused > 200
