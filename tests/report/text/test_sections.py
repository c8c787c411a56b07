"""Sections that an author leaves out: each can be, in any document, and nothing refers to it any more."""

import re

import pytest
import studies
from cases import cases

from report.errors import RenderError
from report.paths import ROOT, TEMPLATES
from report.settings import Settings
from report.text.document import compose
from report.text.sections import Sections
from report.text.untraced import SUFFIX

STUDY = studies.make_study(2)
WHOLE = compose(STUDY, Settings()).markdown
SECTION = re.compile(r'^<a id="sec-([\w-]+)"></a>$', re.M)
BEGUN = re.compile(r'apartado\("([\w-]+)"')
ASKED = re.compile(r'seccion\("([\w-]+)"')


def names_in(pattern: re.Pattern[str]) -> set[str]:
    texts = [path.read_text(encoding="utf-8") for path in TEMPLATES.rglob(f"*{SUFFIX}")]
    return {name for text in texts for name in pattern.findall(text)}


def test_whatever_begins_a_section_was_asked_for():
    assert names_in(BEGUN) == names_in(ASKED)
    assert len(names_in(ASKED)) > 10


def test_the_names_are_documented():
    rows = re.findall(r"^\| [AB] \| (.*) \|$", (ROOT / "docs" / "settings.md").read_text("utf-8"), re.M)
    assert {name for row in rows for name in re.findall("`([^`]+)`", row)} == names_in(ASKED)


def test_a_section_is_wanted_unless_it_is_omitted_or_too_long():
    sections = Sections(Settings(omit=("uno",), extent="breve"))
    assert not sections.wanted("uno")
    assert sections.wanted("dos")
    assert not sections.wanted("tres", brief=False)
    assert sections.left_out == {"uno", "tres"}
    assert Sections(Settings()).wanted("tres", brief=False)


def test_a_name_that_there_is_not_is_refused_with_those_that_there_are():
    sections = Sections(Settings(omit=("uno", "nada")))
    sections.wanted("uno")
    sections.wanted("dos")
    with pytest.raises(RenderError, match=r"\(uno, dos\), se encontró «nada»; corríjala o bórrela"):
        sections.refuse_unknown()


@pytest.mark.parametrize("name", SECTION.findall(WHOLE))
def test_each_section_of_a_document_can_be_left_out(name):
    text = compose(STUDY, Settings(omit=(name,))).markdown
    assert SECTION.findall(text) == [other for other in SECTION.findall(WHOLE) if other != name]
    assert f"sec-{name})" in WHOLE or name not in ("metricas", "matriz", "perdidas")
    assert f"sec-{name}" not in text
    questions = re.compile(r"^- \*\*¿.*?\*\* \*?\*?\S", re.M)
    assert questions.findall(text) == questions.findall(WHOLE)  # page one answers all the same


def test_sections_after_it_close_the_gap():
    text = compose(STUDY, Settings(omit=("experimento",))).markdown
    assert "### A.1\u00a0Resultados de entrenamiento" in text


KEPT = ("metricas", "lineal", "sonda", "perdidas", "juez")
SOME = ("corriente, una semilla", "solo el control lineal", "la sonda y el juez", "rápido y de muestra")


@pytest.mark.parametrize("name", SOME)
def test_all_but_one_of_each_part_can_be_left_out(name):
    study, settings = cases()[name]
    found = SECTION.findall(compose(study, settings).markdown)
    left = tuple(section for section in found if section not in KEPT)
    text = compose(study, settings.model_copy(update={"omit": left})).markdown
    assert SECTION.findall(text) == [section for section in found if section in KEPT]


def test_a_part_needs_a_section():
    part_b = ("objetivos", "resumen-b", "perdidas", "imagenes", "recursos-b", "conclusiones-b")
    with pytest.raises(RenderError, match="que en la parte B quedara alguna sección, no queda ninguna"):
        compose(STUDY, Settings(omit=part_b))


def test_an_unknown_section_stops_the_document():
    with pytest.raises(RenderError, match=r"\(experimento, resultados, .*\), se encontró «apendice»"):
        compose(STUDY, Settings(omit=("apendice",)))


# --- brief ---------------------------------------------------------------------------------


def brief(study, settings=Settings()):  # noqa: B008 - frozen
    return compose(study, settings.model_copy(update={"extent": "breve"})).markdown


def test_a_brief_document_has_no_appendix_and_says_where_it_is():
    text = brief(STUDY)
    assert "## Apéndice" in WHOLE
    assert "péndice\u00a0" not in text
    assert text.count("Este informe es breve: los registros y las cifras") == 1
    assert len(text) < 0.4 * len(WHOLE)


def test_what_the_verdicts_of_page_one_rest_on_stays():
    found = set(re.findall(r'<a id="([\w-]+)"></a>', brief(STUDY)))
    assert {"fig-curvas", "tab-matriz", "fig-perdidas"} <= found
    assert {"sec-conclusion-a", "sec-conclusiones-b"} <= found


def test_it_may_leave_out_what_a_brief_one_has_not_anyway():
    assert "sec-conclusion-a" not in brief(STUDY, Settings(omit=("conclusion-a", "matriz")))


@pytest.mark.parametrize("name", SOME)
def test_every_document_can_be_brief(name):
    text = brief(*cases()[name])
    assert "](#ap-" not in text
    assert "## Apéndice" not in text
