"""The statement of the templates for verdicts."""

from enum import auto

import jinja2
import pytest

from report.errors import RenderError
from report.findings.base import Code
from report.ledger.ledger import Ledger
from report.ledger.spanish import Style
from report.text.language import Language
from report.text.numbering import Numbering


class Shape(Code):
    UP = auto()
    DOWN = auto()
    FLAT = auto()


TEMPLATE = """{% match v %}
{% case UP %}
sube
{% case DOWN, FLAT %}
{{ x }}no sube
{% endmatch %}
siempre"""


def said(template: str, **names) -> str:
    environment = Language(Ledger(Style()), Numbering()).environment
    return environment.from_string(template).render(names)


@pytest.mark.parametrize(
    ("verdict", "text"),
    [(Shape.UP, "sube\nsiempre"), (Shape.DOWN, "Y no sube\nsiempre"), (Shape.FLAT, "Y no sube\nsiempre")],
)
def test_the_branch_of_the_code_is_said(verdict, text):
    assert said(TEMPLATE.replace("{{ x }}", '{{ "Y" }} '), v=verdict) == text


@pytest.mark.parametrize("case", ["UP", "DOWN, UP", "NADA"])
def test_a_code_without_a_branch_is_refused(case):
    with pytest.raises(RenderError, match="una frase para «FLAT», no se encontró"):
        said(f"{{% match v %}}{{% case {case} %}}a{{% endmatch %}}", v=Shape.FLAT)


def test_what_is_not_there_is_refused_too():
    with pytest.raises(RenderError, match="una frase para «None»"):
        said(TEMPLATE, v=None)


def test_a_branch_may_say_nothing():
    assert said("a{% match v %}{% case UP %}{% case DOWN, FLAT %}b{% endmatch %}c", v=Shape.UP) == "ac"


def test_one_stands_inside_another():
    inner = "{% match w %}{% case UP %}1{% case DOWN, FLAT %}2{% endmatch %}"
    template = "{% match v %}{% case UP %}" + inner + "{% case DOWN, FLAT %}3{% endmatch %}"
    assert said(template, v=Shape.UP, w=Shape.DOWN) == "2"


def test_one_without_an_end_is_no_template():
    with pytest.raises(jinja2.TemplateSyntaxError):
        said("{% match v %}{% case UP %}a", v=Shape.UP)
