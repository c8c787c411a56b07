"""The language of the templates: what it prints, what it refuses."""

import shutil
from dataclasses import dataclass
from enum import auto
from pathlib import Path

import jinja2
import pytest

from report.errors import RenderError
from report.findings.base import Code, Estimate, summarize
from report.ledger.ledger import Leaf, Ledger, Quantity, plain
from report.ledger.quantities import P_VALUE
from report.ledger.spanish import NBSP, Style
from report.paths import ROOT
from report.text import language as module
from report.text.language import Language, side_by_side
from report.text.numbering import Numbering
from report.text.shape import tidy
from report.text.untraced import refuse_untraced

LOSS = Quantity("pérdida", "number", 4)
COUNT = Quantity("recuento", "integer")


def loss(value: float):
    return LOSS(Leaf(value, f"a:{value}"))


def count(value: int):
    return COUNT(Leaf(value, f"n:{value}"))


class Writer:
    """Renders template texts with one ledger and one numbering."""

    def __init__(self) -> None:
        self.ledger, self.numbering = Ledger(Style()), Numbering()
        self.language = Language(self.ledger, self.numbering)
        self.environment = self.language.environment

    def marked(self, template: str, **names) -> str:
        return self.environment.from_string(template).render(names)

    def read(self, template: str, **names) -> str:
        return plain(self.marked(template, **names))

    def whole(self, template: str, **names) -> str:
        return self.numbering.resolve(self.read(template, **names))


@pytest.fixture
def writer():
    return Writer()


# --- values ------------------------------------------------------------------------------


def test_a_number_is_printed_through_the_ledger(writer):
    assert writer.marked("Vale {{ x }}.", x=loss(0.25)) == "Vale \ue0000\ue0010.2500\ue002."
    assert writer.ledger.uses(loss(0.25))


@pytest.mark.parametrize("value", [3, 0.25, None, True, [1], {"a": 1}, float("nan")])
def test_a_raw_value_is_refused(writer, value):
    with pytest.raises(RenderError) as caught:
        writer.marked("Vale {{ x }}.", x=value)
    assert str(caught.value) == (
        f"Se esperaba texto o una cifra trazada, se encontró «{value!r}» en una plantilla."
    )


def test_a_literal_number_in_an_expression_is_refused(writer):
    with pytest.raises(RenderError, match="se encontró «3» en una plantilla"):
        writer.marked("Vale {{ 3 }}.")


def test_the_bare_value_of_a_number_is_refused(writer):
    with pytest.raises(RenderError, match=r"se encontró «0\.25»"):
        writer.marked("Vale {{ x.value }}.", x=loss(0.25))


def test_a_number_cannot_be_glued_to_a_text_past_the_ledger(writer):
    with pytest.raises(TypeError, match="solo se imprime a través del libro"):
        writer.marked('{{ x ~ " nats" }}', x=loss(0.25))


def test_a_number_turned_into_text_is_caught_in_the_document(writer):
    text = writer.marked('# T\n\n## R\n\nVale {{ "%.2f" | format(x.value) }}.', x=loss(0.25))
    with pytest.raises(RenderError, match=r"«R»: «…Vale 0\.25"):
        refuse_untraced(text)


@pytest.mark.parametrize(
    ("template", "name"),
    [
        ("{{ nada }}", "nada"),
        ("{{ h.nada }}", "nada"),
        ('{{ h["nada"].verdict }}', "nada"),
        ("{% if nada %}sí{% endif %}", "nada"),
        ("{{ nada | lista }}", "nada"),
    ],
)
def test_an_undefined_name_is_refused_by_its_name(writer, template, name):
    with pytest.raises(jinja2.UndefinedError, match=name):
        writer.marked(template, h={})


def test_mean_and_deviation(writer):
    three = summarize(LOSS, [Leaf(value, f"s:{value}") for value in (0.1, 0.2, 0.3)])
    assert writer.read("{{ pm(x) }}", x=three) == f"0.2000{NBSP}±{NBSP}0.1000"
    single = summarize(LOSS, [Leaf(0.1, "s:a")])
    assert writer.read("{{ pm(x) }}", x=single) == "0.1000"


def test_a_value_and_its_interval_are_in_one_line(writer):
    estimate = Estimate(*(LOSS(Leaf(value, f"s:{value}")) for value in (0.5, 0.25, 0.75)))
    assert writer.read("{{ ic(x) }}", x=estimate) == f"0.5000{NBSP}[0.2500;{NBSP}0.7500]"


def test_numbers_of_a_cell_are_parted_by_a_semicolon_where_their_sign_is_a_comma(writer):
    numbers = (loss(0.25), loss(0.5))
    assert plain(writer.language.cell(numbers)) == "0.2500, 0.5000"
    language = Language(Ledger(Style(",")), Numbering())
    assert plain(language.cell(numbers)) == "0,2500; 0,5000"
    assert language.cell((None, None)) == language.cell(None) == "—"  # of nothing at all, one dash
    assert plain(language.cell((*numbers[:1], None))) == "0,2500; —"
    assert plain(language.listed([*numbers, loss(0.75)])) == f"0,2500; 0,5000 y{NBSP}0,7500"


def test_a_published_rate_has_two_decimals(writer):
    assert writer.read("{{ porcentaje_fino(x) }}", x=loss(0.8654)) == f"86.54{NBSP}%"


def test_several_items_stand_one_under_the_other(writer):
    template = '{% macro m() %}{{ enumeracion("Se probó", x) }}{% endmacro %}{{ m() }}'
    assert writer.read(template, x=["esto", "eso"]) == "\n\nSe probó:\n\n- esto;\n- eso.\n\n"
    assert writer.read(template, x=["esto"]) == "Se probó esto."
    assert writer.read(template, x=[]) == ""


def test_a_dash_is_explained_where_there_is_one(writer):
    template = "{{ 'hay' if x | con_raya else 'no hay' }}"
    assert writer.read(template, x=[(loss(1), None)]) == "hay"
    assert writer.read(template, x=[(loss(1), (loss(1), None))]) == "hay"
    assert writer.read(template, x=[(loss(1), (loss(1), loss(2)))]) == "no hay"


def test_counts_and_ordinals_keep_their_trace(writer):
    template = '{{ n | cuenta("subida", "subidas", "f") }}'
    assert writer.read(template, n=count(1)) == f"una{NBSP}subida"
    assert writer.read(template, n=count(5)) == f"cinco{NBSP}subidas"
    assert writer.read('{{ n | ordinal("m", true) }} paso', n=count(3)) == "tercer paso"
    assert all(writer.ledger.uses(count(n)) for n in (1, 3, 5))


@pytest.mark.parametrize(
    ("template", "values", "written"),
    [
        ("{{ x | lista }}", (1, 2, 3), "1, 2 y 3"),
        ('{{ x | lista("o") }}', (7, 8), "7 u 8"),
        ('{{ x | lista("o") }}', (10, 11), "10 u 11"),
        ('{{ x | lista("o") }}', (8, 7), "8 o 7"),
    ],
)
def test_a_list_of_numbers_is_joined_as_it_is_read(writer, template, values, written):
    found = writer.read(template, x=[count(value) for value in values])
    assert found.replace(NBSP, " ") == written


def test_joined_values_are_traced(writer):
    assert writer.marked('{{ x | join(" · ") }}', x=[count(1), count(2)]).count("\ue000") == 2
    with pytest.raises(RenderError, match="se encontró «2»"):
        writer.marked('{{ x | join(" · ") }}', x=[count(1), 2])


def test_a_list_refuses_raw_numbers(writer):
    with pytest.raises(RenderError, match="se encontró «2»"):
        writer.marked("{{ x | lista }}", x=[count(1), 2])


def test_a_name_with_a_digit_is_traced(writer):
    text = writer.marked('{{ nombre("f_uno") }}, {{ cita("wilson_1927") }}')
    assert plain(text) == "F1, Wilson (1927)"
    refuse_untraced(text)


def test_every_work_of_the_bibliography_is_traced(writer):
    cited = "".join(f'{{{{ cita("{key}") }}}}' for key in module.BIBLIOGRAPHY)
    works = writer.marked(cited + "{% for w in bibliografia() %}- {{ w }}\n{% endfor %}")
    refuse_untraced(works)
    assert len(works.splitlines()) == len(module.BIBLIOGRAPHY)


def test_works_are_listed_by_their_authors_and_years():
    keys = [key.rpartition("_") for key in module.BIBLIOGRAPHY]
    assert keys == sorted(keys)


def test_works_that_nothing_cites_are_left_out(writer):
    works = writer.read('{{ cita("goodfellow_2014") }}: {% for w in bibliografia() %}{{ w }}{% endfor %}')
    assert works.startswith("Goodfellow et al. (2014): Goodfellow,\u00a0I., Pouget-Abadie,\u00a0J., ")
    assert "Dai, A. M." not in works


# --- tables and figures ------------------------------------------------------------------

TABLE = '{{ tabla("datos", "Lo medido.", ["Cosa", "Valor"], filas, marcadas) }}'


def test_a_table_has_anchor_number_caption_and_marked_row(writer):
    rows = [["a", loss(0.5)], [count(2), None]]
    text = writer.whole(TABLE + '{{ tab("datos") }}', filas=rows, marcadas=[1])
    assert text.strip().splitlines()[:-2] == [
        '<a id="tab-datos"></a>',
        "",
        f"**Tabla{NBSP}1.** Lo medido.",
        "",
        "| Cosa | Valor |",
        "| --- | ---: |",
        "| a | 0.5000 |",
        f"| **▶{NBSP}2** | **—** |",
    ]


def test_the_second_half_of_a_table_may_stand_beside_the_first():
    assert side_by_side([["a", 1], ["b", 2], ["c", 3]]) == [["a", 1, "c", 3], ["b", 2, "", ""]]
    assert side_by_side([["a", 1], ["b", 2]]) == [["a", 1, "b", 2]]


def test_cells_may_hold_summaries_and_tuples(writer):
    both = summarize(LOSS, [Leaf(0.1, "s:a"), Leaf(0.1, "s:b")])
    text = writer.read(TABLE, filas=[[both, (count(1), count(2))]], marcadas=[])
    assert f"| 0.1000{NBSP}±{NBSP}0.0000 | 1, 2 |" in text


@pytest.mark.parametrize("value", [3, 0.5, {"a": 1}])
def test_a_raw_value_in_a_cell_is_refused(writer, value):
    with pytest.raises(RenderError, match="cifra trazada"):
        writer.marked(TABLE, filas=[["a", value]], marcadas=[])


def test_a_row_that_does_not_fit_is_refused(writer):
    with pytest.raises(RenderError, match="2 celdas en la tabla «datos», se encontraron 3"):
        writer.marked(TABLE, filas=[["a", "b", "c"]], marcadas=[])


FIGURE = '{{ figura("x", "Un dibujo.", "Un pie.") }}'


def test_an_alternative_text_says_what_a_reference_is_called_and_leads_nowhere(writer):
    template = (
        '{% set alt %}Un dibujo [a]. {{ si_esta("Véase la " ~ tab("t") ~ ".") }}'
        '{{ si_esta("Y la " ~ tab("u") ~ ".") }}{% endset %}'
        '{{ fig("x") }} {{ figura("x", alt, "Un pie.") }} {{ tabla("t", "T.", ["A"], [["b"]]) }}'
    )
    assert f"![Un dibujo [a]. Véase la Tabla{NBSP}1.](figures/" in writer.whole(template)


def test_figures_and_tables_are_numbered_apart_in_order_and_references_agree(writer):
    template = (
        'Véanse {{ fig("y") }}, {{ fig("x") }} y {{ tab("t") }}.'
        + FIGURE
        + '{{ tabla("t", "T.", ["A"], [["b"]]) }}'
        + FIGURE.replace('"x', '"y')
    )
    text = writer.whole(template)
    expected = f"[Figura{NBSP}2](#fig-y), [Figura{NBSP}1](#fig-x) y [Tabla{NBSP}1](#tab-t)."
    assert expected in text
    assert f"**Figura{NBSP}1.** Un pie." in text
    assert "![Un dibujo.](figures/x.svg)" in text


def test_the_numbers_of_figures_are_no_digits_until_the_text_is_whole(writer):
    refuse_untraced(writer.marked(FIGURE + '{{ fig("x") }}'))


def test_a_list_of_references(writer):
    template = '{{ ["a", "b"] | remite("Figura", "paso-") | lista }}'
    placed = "".join(FIGURE.replace('"x"', f'"paso-{letter}"') for letter in "ab")
    text = writer.whole(template + placed)
    assert text.startswith(f"[Figura{NBSP}1](#fig-paso-a) y{NBSP}[Figura{NBSP}2](#fig-paso-b)")
    assert list(writer.numbering.referred) == [("Figura", "paso-a"), ("Figura", "paso-b")]


def test_a_reference_to_a_missing_figure_fails(writer):
    with pytest.raises(RenderError, match="Se esperaba lo que el texto cita: figura «curvas»"):
        writer.whole('{{ fig("curvas") }}')


def test_a_figure_to_which_nothing_refers_fails(writer):
    with pytest.raises(RenderError, match="el texto remitiera a la figura «x», no lo hace"):
        writer.whole(FIGURE)


def test_a_table_is_not_reached_by_a_reference_to_a_figure(writer):
    with pytest.raises(RenderError, match="figura «x»"):
        writer.whole('{{ tabla("x", "T.", ["A"], [["b"]]) }}{{ fig("x") }}')


def test_a_figure_stands_once(writer):
    with pytest.raises(RenderError, match="una sola vez: figura «x»"):
        writer.marked(FIGURE + FIGURE)


# --- white space -------------------------------------------------------------------------


def test_what_a_macro_says_is_part_of_the_paragraph(writer):
    template = "{% macro dice() %}\nsube\n  mucho\n{% endmacro %}\nLa pérdida {{ dice() }}."
    assert tidy(writer.read(template)) == "La pérdida sube mucho.\n"


def test_tidy_joins_lines_and_leaves_tables_and_lists():
    source = "Una\nlínea.\n\n\n  \nOtra  ~x.\n\n| a |\n| - |\n\n- uno\n  sigue\n- dos\n"
    assert tidy(source) == f"Una línea.\n\nOtra {NBSP}x.\n\n| a |\n| - |\n\n- uno sigue\n- dos\n"


def test_tidy_keeps_non_breaking_spaces():
    assert tidy(f"86{NBSP}%\n") == f"86{NBSP}%\n"


# --- codes and labels --------------------------------------------------------------------


class Colour(Code):
    RED = auto()
    BLUE = auto()


@dataclass(frozen=True)
class Labels:
    axis: str
    window: object


@pytest.fixture
def beside(tmp_path, monkeypatch):
    """A language whose template beside ``report.findings.x.y`` has the given text."""
    monkeypatch.setattr(module, "TEMPLATES", tmp_path)
    for kind in (Colour, Labels):
        monkeypatch.setattr(kind, "__module__", "report.findings.x.y")

    def make(text: str) -> Writer:
        (tmp_path / "x").mkdir(exist_ok=True)
        (tmp_path / "x" / "y.md.j2").write_text(text, encoding="utf-8")
        return Writer()

    return make


WORDS = '{% set palabras = {"Colour": {"RED": "rojo"}} %}'


def test_a_code_is_printed_as_its_word(beside):
    writer = beside(WORDS)
    assert writer.read("Es {{ c }}: {{ [c, c] | lista }}.", c=Colour.RED) == f"Es rojo: rojo y{NBSP}rojo."
    assert "| rojo |" in writer.read('{{ tabla("x", "T.", ["A"], [[c]]) }}', c=Colour.RED)
    assert writer.read('{{ "sí" if c == "RED" else "no" }}', c=Colour.RED) == "sí"


def test_a_code_without_a_word_is_refused(beside):
    with pytest.raises(RenderError, match=r"una palabra para «BLUE» de Colour en la plantilla de report\.f"):
        beside(WORDS).read("{{ c }}", c=Colour.BLUE)


def test_a_code_cannot_be_glued_to_a_text(beside):
    with pytest.raises(TypeError, match="RED"):
        beside(WORDS).read('{{ "color " ~ c }}', c=Colour.RED)


LABELS = (
    '{% set rotulos = {"axis": "Eje ~x"} %}'
    '{% macro rotulo_window(n) %}de {{ n | cuenta("paso", "pasos", "m") }}{% endmacro %}'
)


def test_labels_are_plain_text_and_their_numbers_are_noted(beside):
    writer = beside(LABELS)
    labels = writer.language.labels(Labels)
    assert labels.axis == f"Eje {NBSP}x"
    assert labels.window(count(7)) == f"de siete{NBSP}pasos"
    assert writer.ledger.uses(count(7))


@pytest.mark.parametrize(
    ("before", "after", "message"),
    [
        ('{"axis": "Eje ~x"}', "{}", "falta o sobra «axis»"),
        ('"axis"', '"axes"', "falta o sobra «axes»"),
        ("Eje ~x", "Eje 3", "cifras trazadas, se encontraron 1 sin origen"),
    ],
)
def test_labels_that_do_not_agree_with_the_figure_are_refused(beside, before, after, message):
    assert before in LABELS
    with pytest.raises(RenderError, match=message):
        beside(LABELS.replace(before, after)).language.labels(Labels)


def test_a_number_typed_in_a_label_is_refused(beside):
    labels = beside(LABELS.replace("{{ n |", "3 {{ n |")).language.labels(Labels)
    with pytest.raises(RenderError, match="sin origen"):
        labels.window(count(7))


# --- compiled templates ------------------------------------------------------------------


@pytest.fixture
def compile_text(tmp_path, monkeypatch):
    """Have a template of this text read anew; tells whether it was compiled for it."""
    monkeypatch.setattr(module, "TEMPLATES", tmp_path)
    compiled = []
    compile_source = jinja2.Environment.compile

    def noting(self, *arguments):
        compiled.append(arguments)
        return compile_source(self, *arguments)

    monkeypatch.setattr(jinja2.Environment, "compile", noting)

    def read(text: str) -> bool:
        compiled.clear()
        (tmp_path / "a.md.j2").write_text(text, encoding="utf-8")
        environment = Language(Ledger(Style()), Numbering()).environment
        assert environment.get_template("a.md.j2").render() == text
        return bool(compiled)

    return read


def test_a_template_is_compiled_once_for_all_processes(compile_text):
    assert compile_text("Uno.")
    assert not compile_text("Uno.")


def test_another_text_is_compiled(compile_text):
    compile_text("Uno.")
    assert compile_text("Dos.")


@pytest.mark.parametrize("maker", ["text/language.py", "text/numbering.py", "ledger/spanish.py"])
def test_other_filters_compile_all_again(compile_text, maker, monkeypatch, tmp_path):
    compile_text("Uno.")
    copy = tmp_path / "program"
    for wing in ("text", "ledger"):
        shutil.copytree(ROOT / "report" / wing, copy / "report" / wing)
    with (copy / "report" / maker).open("a") as file:
        file.write("\n")
    monkeypatch.setattr(module, "ROOT", copy)
    assert compile_text("Uno.")


def test_another_jinja_compiles_all_again(compile_text, monkeypatch):
    compile_text("Uno.")
    monkeypatch.setattr("importlib.metadata.version", lambda name: "4.0")
    assert compile_text("Uno.")


def test_where_nothing_can_be_kept_templates_are_compiled_each_time(compile_text, monkeypatch):
    def refuse(*_arguments, **_options):
        raise PermissionError

    monkeypatch.setattr(Path, "mkdir", refuse)  # the administrator may write anywhere
    assert compile_text("Uno.")
    assert compile_text("Uno.")


@pytest.mark.parametrize(
    ("p", "said"), [(0.0004, "*p*~<~0.001"), (0.0124, "*p*~=~0.012"), (1.0, "*p*~=~1.000")]
)
def test_a_p_value_has_its_sign(writer, p, said):
    assert writer.read("{{ valor_p(p) }}", p=P_VALUE(Leaf(p, "p"))) == said.replace("~", NBSP)
