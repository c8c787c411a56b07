"""A document of ours that its own results deny is not published."""

import re
from dataclasses import replace

import pytest
from studies import make_study

from report.assembly import making
from report.audit.own_document import contradictions, refuse_contradictions
from report.errors import RenderError
from report.settings import Settings
from report.text.contents import with_contents
from report.text.document import Document, compose

STUDY = make_study(1)


@pytest.fixture(scope="module")
def document() -> Document:
    return compose(STUDY, Settings(), lambda file, data: None)


def false(text: str) -> tuple[str, int]:
    """With another validation loss in the first row of the table of epochs, and the line of that table."""
    wrong, n = re.subn(r"(\n\| 1 \|) 0(?=\.\d{4} \| 0\.\d{4} \| 0)", r"\1 9", text, count=1)
    assert n == 1
    return wrong, text[: re.search(r"\n\| 1 \| 0\.\d{4} \| 0", text).start()].count("\n")


def test_what_the_results_say_is_not_denied(document: Document) -> None:
    assert contradictions(with_contents(document.markdown), STUDY) == []


def test_what_they_deny_is_told_with_its_line(document: Document) -> None:
    text, line = false(with_contents(document.markdown))
    (found,) = contradictions(text, STUDY)
    assert found.rule == "tabla y resultados"
    assert found.place.number == line
    with pytest.raises(
        RenderError, match=r"^informe\.md, línea \d+: se esperaba lo que dicen los resultados, no"
    ):
        refuse_contradictions("informe.md", text, STUDY)


def test_nothing_is_made_of_it(document: Document) -> None:
    wrong, _ = false(document.markdown)
    with pytest.raises(RenderError, match=r"no coinciden las épocas 1, se encontró «tabla con 5 épocas»"):
        making.refuse_contradicting(replace(document, marked=wrong), STUDY)
