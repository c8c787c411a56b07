"""The language of the templates: what it prints, what it refuses."""

from pathlib import Path

import jinja2
import pytest

from report import prose
from report.errors import RenderError
from report.findings.base import summarize
from report.markdown_html import to_html
from report.numbers import Leaf, Ledger, Quantity, unmark
from report.prose import Numbering, check_templates, make_environment, side_by_side, tidy
from report.spanish import NBSP, Style
from report.trace import refuse_untraced

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
        self.environment = make_environment(self.ledger, self.numbering)

    def marked(self, template: str, **names) -> str:
        return self.environment.from_string(template).render(names)

    def read(self, template: str, **names) -> str:
        return unmark(self.marked(template, **names))


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
    with pytest.raises(RenderError, match=r"«R», texto: «…Vale 0\.25"):
        refuse_untraced(to_html(text).html)


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


def test_counts_and_ordinals_keep_their_trace(writer):
    template = '{{ n | cuenta("subida", "subidas", "f") }}'
    assert writer.read(template, n=count(1)) == f"una{NBSP}subida"
    assert writer.read(template, n=count(5)) == f"5{NBSP}subidas"
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
    assert unmark(text) == "F1, Wilson (1927)"
    refuse_untraced(f"<p>{text}</p>")


def test_every_work_of_the_bibliography_is_traced(writer):
    works = writer.marked("{% for w in bibliografia() %}- {{ w }}\n{% endfor %}")
    refuse_untraced(to_html("# T\n\n## R\n\n" + works).html)
    assert len(works.splitlines()) == len(prose.BIBLIOGRAPHY)


# --- tables and figures ------------------------------------------------------------------

TABLE = '{{ tabla("datos", "Lo medido.", ["Cosa", "Valor"], filas, marcadas) }}'


def test_a_table_has_anchor_number_caption_and_marked_row(writer):
    text = writer.read(TABLE, filas=[["a", loss(0.5)], [count(2), "—"]], marcadas=[1])
    assert text.strip().splitlines() == [
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


@pytest.mark.parametrize("value", [3, 0.5, None])
def test_a_raw_value_in_a_cell_is_refused(writer, value):
    with pytest.raises(RenderError, match="cifra trazada"):
        writer.marked(TABLE, filas=[["a", value]], marcadas=[])


def test_a_row_that_does_not_fit_is_refused(writer):
    with pytest.raises(RenderError, match="2 celdas en la tabla «datos», se encontraron 3"):
        writer.marked(TABLE, filas=[["a", "b", "c"]], marcadas=[])


FIGURE = '{{ figura("x", "x.svg", "Un dibujo.", "Un pie.") }}'


def test_figures_and_tables_are_numbered_apart_in_order_and_references_agree(writer):
    template = (
        'Véanse {{ fig("y") }}, {{ fig("x") }} y {{ tab("t") }}.'
        + FIGURE
        + '{{ tabla("t", "T.", ["A"], [["b"]]) }}'
        + FIGURE.replace('"x', '"y')
    )
    writer.marked(template)  # for the numbering: references come before
    writer.numbering.restart()
    text = writer.marked(template)
    writer.numbering.check()
    expected = f"[Figura{NBSP}2](#fig-y), [Figura{NBSP}1](#fig-x) y [Tabla{NBSP}1](#tab-t)."
    assert expected in text
    assert f"**Figura{NBSP}1.** Un pie." in text
    assert "![Un dibujo.](figures/x.svg)" in text
    refuse_untraced(to_html(f"# T\n\n## R\n\n{tidy(text)}").html)


def test_a_list_of_references(writer):
    template = '{{ ["a", "b"] | remite("Figura", "paso-") | lista }}'
    assert writer.read(template) == f"[Figura{NBSP}0](#fig-paso-a) y{NBSP}[Figura{NBSP}0](#fig-paso-b)"
    assert writer.numbering.referred == {("Figura", "paso-a"), ("Figura", "paso-b")}


def test_a_reference_to_a_missing_figure_fails(writer):
    writer.marked('{{ fig("curvas") }}')
    with pytest.raises(RenderError, match="Se esperaba una figura «curvas» a la que remite el texto"):
        writer.numbering.check()


def test_a_figure_to_which_nothing_refers_fails(writer):
    writer.marked(FIGURE)
    with pytest.raises(RenderError, match="el texto remitiera a la figura «x», no lo hace"):
        writer.numbering.check()


def test_a_table_is_not_reached_by_a_reference_to_a_figure(writer):
    writer.marked('{{ tabla("x", "T.", ["A"], [["b"]]) }}{{ fig("x") }}')
    with pytest.raises(RenderError, match="figura «x»"):
        writer.numbering.check()


def test_a_figure_stands_once(writer):
    with pytest.raises(RenderError, match="una sola figura «x», se encontraron varias"):
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


# --- the law of prose --------------------------------------------------------------------


def test_the_project_templates_hold_no_digit():
    check_templates()


@pytest.mark.parametrize("text", ["Tres 3.", "{{ x }} 3 {{ y }}", "{% if a %}3{% endif %}", "{# 1 #} 3"])
def test_a_digit_typed_in_a_template_fails_with_file_and_line(tmp_path, text):
    (tmp_path / "partes").mkdir()
    (tmp_path / "partes" / "mala.md.j2").write_text(f"Uno.\n{{{{\nx[0]\n}}}}\n{text}\n", encoding="utf-8")
    with pytest.raises(RenderError, match=r"mala\.md\.j2, línea 5: .* «3» escrito a mano"):
        check_templates(tmp_path)


def test_digits_inside_expressions_are_no_prose(tmp_path):
    (tmp_path / "buena.md.j2").write_text("{{ x[0] }} {% if n > 1 %}a{% endif %} {# v2 #}", encoding="utf-8")
    check_templates(tmp_path)


# --- compiled templates ------------------------------------------------------------------


@pytest.fixture
def compile_text(tmp_path, monkeypatch):
    """Have a template of this text read anew; tells whether it was compiled for it."""
    monkeypatch.setattr(prose, "TEMPLATES", tmp_path)
    compiled = []
    compile_source = jinja2.Environment.compile

    def noting(self, *arguments):
        compiled.append(arguments)
        return compile_source(self, *arguments)

    monkeypatch.setattr(jinja2.Environment, "compile", noting)

    def read(text: str) -> bool:
        compiled.clear()
        (tmp_path / "a.md.j2").write_text(text, encoding="utf-8")
        environment = make_environment(Ledger(Style()), Numbering())
        assert environment.get_template("a.md.j2").render() == text
        return bool(compiled)

    return read


def test_a_template_is_compiled_once_for_all_processes(compile_text):
    assert compile_text("Uno.")
    assert not compile_text("Uno.")


def test_another_text_is_compiled(compile_text):
    compile_text("Uno.")
    assert compile_text("Dos.")


@pytest.mark.parametrize("maker", prose.MAKERS)
def test_other_filters_compile_all_again(compile_text, maker, monkeypatch, tmp_path):
    compile_text("Uno.")
    for name in prose.MAKERS:
        source = Path(prose.__file__).with_name(name).read_text(encoding="utf-8")
        (tmp_path / name).write_text(source + "\n" * (name == maker), encoding="utf-8")
    monkeypatch.setattr(prose, "__file__", str(tmp_path / "prose.py"))
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
