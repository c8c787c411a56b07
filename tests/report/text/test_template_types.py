"""Every expression of every template is about something that exists: without rendering anything, each
attribute is looked up in the class of the finding that it is read from, each code in its enumeration."""

import re
from pathlib import Path
from typing import Any, get_args, get_type_hints

import instrumented
import pytest
import studies
from template_types import Checker, MacroType, type_of_value, types_of_findings

from report.figures.collection import FIGURES
from report.findings.collection import KINDS, WINGS, find_all
from report.paths import TEMPLATES
from report.settings import Settings
from report.text.context import context
from report.text.untraced import SUFFIX

PARTS = "partes/"
# Where a match needs no case for a code, since none is ever asked there; it would be refused.
NEVER_THERE = {
    "lstm/val_loss_shape.md.j2: a match on Shape without a case for MIXED": "the shape of one seed",
    "lstm/val_loss_rises.md.j2: a match on Course without a case for MIXED": "the course of one seed",
    "lstm/confusion.md.j2: a match on Bias without a case for INCONSISTENT": "the bias of one seed",
    "lstm/threshold.md.j2: a match on Bias without a case for INCONSISTENT": "the bias of one seed",
    "lstm/control.md.j2: a match on Better without a case for CONTROL_ON_AVERAGE, LSTM_ON_AVERAGE, MIXED": (
        "the better model of one seed"
    ),
    "lstm/length.md.j2: a match on Trend without a case for NOT_SHOWN": "only seeds that change",
}
ENTRY = f"informe{SUFFIX}"


def names() -> dict[str, Any]:
    study = studies.make_study(2)
    given = context(study, find_all(study), Settings(title="T", author="A", course="C"))
    found = {name: type_of_value(value) for name, value in given.items()}
    return found | {wing: types_of_findings(KINDS, wing) for wing in WINGS}


def checked(folder: Path = TEMPLATES) -> Checker:
    """All templates, followed from the document and from what Python calls by itself."""
    checker = Checker(instrumented.plain_environment(), names(), folder)
    checker.module(ENTRY)
    for figure in FIGURES.values():
        exported = checker.module(template_of(figure.__name__))
        for name, hint in get_type_hints(figure.Labels).items():
            if hint is not str:
                macro = exported.attributes[f"rotulo_{name}"]
                assert isinstance(macro, MacroType)
                checker.call(macro, list(get_args(hint)[0]), {})
    return checker


def template_of(module: str) -> str:
    return module.split(".", 2)[2].replace(".", "/") + SUFFIX


@pytest.fixture(scope="module")
def checker() -> Checker:
    return checked()


def test_every_expression_exists_on_what_it_is_read_from(checker):
    found = {re.sub(r":\d+:", ":", problem) for problem in checker.problems}
    assert found - NEVER_THERE.keys() == set()
    assert NEVER_THERE.keys() - found == set()


def test_every_macro_is_called(checker):
    assert sorted(checker.defined - checker.called) == []


def test_every_template_is_reached(checker):
    every = {path.relative_to(TEMPLATES).as_posix() for path in TEMPLATES.rglob(f"*{SUFFIX}")}
    verdicts = {get_type_hints(kind)["verdict"] for kind in KINDS}
    words_only = {template_of(kind.__module__) for kind in (*KINDS, *verdicts)}
    reached = set(checker._modules) | {name for name in every if name.startswith(PARTS)}
    assert every - reached - words_only == set()


# --- the checker itself --------------------------------------------------------------------

MISTAKES = [
    ("{{ lstm.overfitting.gapp }}", "«Overfitting» has no «gapp»"),
    ("{{ lstm.overfiting }}", "«lstm» has no «overfiting»"),
    ("{{ lstm.overfitting.gap.median }}", "«Summary» has no «median»"),
    ("{{ lstm.overfitting.thresholds.milder }}", "has no «milder»"),
    ('{% if lstm.overfitting.verdict == "MILDD" %}a{% endif %}', "«Grade» has no «MILDD»"),
    ('{% if lstm.overfitting.verdict in ["MILD", "leve"] %}a{% endif %}', "«Grade» has no «leve»"),
    ("{% for n in lstm.overfitting.gap.each %}{{ n.valor }}{% endfor %}", "«Number» has no «valor»"),
    ("{% macro m(f) %}{{ f.gapp }}{% endmacro %}{{ m(lstm.overfitting) }}", "«Overfitting» has no «gapp»"),
    ('{{ lstm.overfitting.gap.each | map(attribute="valor") | list }}', "«Number» has no «valor»"),
    ("{% set x = lstm.overfitting %}{{ x.gapp }}", "«Overfitting» has no «gapp»"),
    ("{{ nada }}", "there is no name «nada»"),
    ("{{ a.unidades }}", "«settings» has no «unidades»"),
    ("{% match lstm.overfitting.verdict %}{% case MILD %}a{% endmatch %}", "without a case for MODERATE, N"),
    (
        '{% set v = lstm.overfitting.verdict %}{% if v == "MILD" %}a{% elif v == "NONE" %}b{% endif %}',
        "alternatives on Grade without an end",
    ),
]


@pytest.mark.parametrize(("text", "problem"), MISTAKES)
def test_a_mistake_is_found_without_rendering(tmp_path, text, problem):
    (tmp_path / ENTRY).write_text(text, encoding="utf-8")
    checker = Checker(instrumented.plain_environment(), names(), tmp_path)
    checker.module(ENTRY)
    assert len(checker.problems) == 1
    assert problem in checker.problems[0]
    assert checker.problems[0].startswith(f"{ENTRY}:1: ")


def test_what_is_right_is_not_accused(tmp_path):
    text = (
        "{% macro m(f, razones=true) %}{{ pm(f.gap) if razones }}{{ f.gap.each | lista }}{% endmacro %}"
        "{{ m(lstm.overfitting, razones=false) }}{{ lstm.overfitting.n_seeds.value }}"
        "{% match lstm.overfitting.verdict %}{% case MILD, MODERATE %}a{% case SEVERE, NONE %}b{% endmatch %}"
        "{% for e in lstm.overfitting.gap.each %}{{ e.value if not loop.last }}{% endfor %}"
        "{% set bag = namespace(all=[]) %}{% set bag.all = bag.all + [lstm.overfitting.gap] %}{{ bag.all }}"
        "{{ a.units }}{{ b.iterations }}{{ titulo }}"
    )
    (tmp_path / ENTRY).write_text(text, encoding="utf-8")
    checker = Checker(instrumented.plain_environment(), names(), tmp_path)
    checker.module(ENTRY)
    assert checker.problems == []
