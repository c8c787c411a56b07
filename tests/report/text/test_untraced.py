"""No digit without origin: each place of a document where one could hide."""

import pytest

from report.errors import RenderError
from report.ledger.ledger import Leaf, Ledger, Quantity
from report.ledger.spanish import Style
from report.text.numbering import Numbering
from report.text.untraced import check_templates, refuse_untraced, refuse_untraced_labels

LOSS = Quantity("pérdida", "number", 4, "nats")
NAME = Quantity("texto", "text")

# As the templates write it: figures and tables have no numbers yet.
DOCUMENT = """# Título

Autora

## Resumen

Sube {loss}. Véase la {figure} y la {table}, o [lo dicho](#fig-curvas).[^nota]

- Un punto con {loss}.

[^nota]: Una nota con {loss}.

## Parte A. La red

### Curvas

Entre medias.

<a id="fig-curvas"></a>

![Dibujo con {loss}.](figures/curvas.svg)

**{figure_label}.** Pie con {loss}.

<a id="tab-datos"></a>

**{table_label}.** Rótulo con {loss}.

| Cosa | Valor |
| --- | ---: |
| pérdida | {loss} |
"""


@pytest.fixture
def ledger():
    return Ledger(Style())


@pytest.fixture
def marked(ledger):
    numbering = Numbering()
    return DOCUMENT.format(
        loss=ledger.print(LOSS(Leaf(0.25, 'lstm/seed-1:a["b"]'))),
        figure=numbering.refer("Figura", "curvas"),
        table=numbering.refer("Tabla", "datos"),
        figure_label=numbering.place("Figura", "curvas"),
        table_label=numbering.place("Tabla", "datos"),
    )


def test_traced_numbers_and_the_numbers_of_figures_and_tables_pass(marked):
    refuse_untraced(marked)


PLACES = [
    ("Sube", "Sube 7 veces", "«Resumen»: «…Sube 7 veces"),
    ("Un punto", "Un punto 7", "«Resumen»: «…- Un punto 7"),
    ("Una nota", "Una nota 7", "«Resumen»: «…[^nota]: Una nota 7"),
    ("[lo dicho]", "[lo dicho 7]", "«Resumen»: «…"),
    ("[lo dicho]", "[7](#fig-curvas) [lo dicho]", "«Resumen»: «…"),
    ("# Título", "# Título 7", "«Título 7»: «…# Título 7"),
    ("Autora", "Autora 7", "«Título»: «…Autora 7"),
    ("## Resumen", "## Resumen 7", "«Resumen 7»"),
    ("### Curvas", "### Curvas 7", "«Curvas 7»"),
    ("Dibujo", "Dibujo 7", "«Curvas»: «…![Dibujo 7"),
    ("Pie", "Pie 7", "«Curvas»: «…**.** Pie 7"),
    ("Rótulo", "Rótulo 7", "«Curvas»: «…**.** Rótulo 7"),
    ("| Cosa |", "| Cosa 7 |", "«Curvas»: «…| Cosa 7"),
    ("| pérdida |", "| pérdida 7 |", "«Curvas»: «…| pérdida 7"),
    ("Entre medias", "Entre *medias 7*", "«Curvas»: «…Entre *medias 7"),
    ("Entre medias", "Entre `medias 7`", "«Curvas»: «…Entre `medias 7"),
    ("Entre medias", "Entre medias &#x37;", "«Curvas»: «…Entre medias &#x37"),
    ("Entre medias", "Entre medias ٣", "«Curvas»: «…Entre medias ٣"),  # a digit in any script
    ("(figures/curvas.svg)", "(figures/curvas-7.svg)", "«Curvas»: «…"),
    ('id="tab-datos"', 'id="tab-datos-7"', "«Curvas»: «…"),
]


@pytest.mark.parametrize(("before", "after", "place"), PLACES)
def test_an_untraced_digit_fails_with_its_place(marked, before, after, place):
    assert marked.count(before) == 1
    with pytest.raises(RenderError, match=r"se encontraron \d sin origen") as caught:
        refuse_untraced(marked.replace(before, after))
    assert place in str(caught.value)
    assert str(caught.value).endswith("; tómela de los resultados.")


def test_a_digit_beside_a_traced_number_is_not_covered_by_it(ledger):
    loss = ledger.print(LOSS(Leaf(0.25, "a:b")))
    for text in (f"9{loss}", f"{loss}9"):
        with pytest.raises(RenderError, match="1 sin origen"):
            refuse_untraced(text)


def test_all_untraced_digits_are_counted():
    with pytest.raises(RenderError, match="se encontraron 3 sin origen; la primera, en «»: «…uno 1…»"):
        refuse_untraced("uno 1\n\ndos 2\n\n![tres 3](figures/curvas.svg)")


@pytest.mark.parametrize(
    "text",
    [
        "Como en la Figura 3.",
        "Como en la Tabla 3.",
        "**Figura 3.** No es un pie.",
        "[Figura 3](#fig-curvas)",  # typed by hand: a reference has no number yet
        "[Figura 3](https://example.org/fig-curvas)",
    ],
)
def test_the_number_of_a_figure_is_never_typed(marked, text):
    with pytest.raises(RenderError, match="1 sin origen; la primera, en «Curvas»"):
        refuse_untraced(marked.replace("Entre medias.", text))


WORK = "Dai, A. M. (2015). *Neural Information*, 28(3)."


def test_a_mark_may_span_emphasis(ledger):
    entry = "- " + ledger.print(NAME(Leaf(WORK, "bibliografía:dai")))
    refuse_untraced(entry)
    with pytest.raises(RenderError, match="1 sin origen"):
        refuse_untraced(entry + " 9")


# --- the sources -------------------------------------------------------------------------


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


# --- inside the figures ------------------------------------------------------------------


@pytest.fixture
def noted(ledger):
    """A ledger that has printed 3, 0.2500, 12 345 and a name with digits."""
    count = Quantity("recuento", "integer")
    ledger.plain(count(Leaf(3, "a:n")))
    ledger.plain(LOSS(Leaf(0.25, "a:loss")))
    ledger.plain(count(Leaf(12_345, "a:m")))
    ledger.plain(NAME(Leaf("2·ln 2", "nombre:dos_ln_dos")))
    return ledger


@pytest.mark.parametrize(
    "label",
    ["Pérdida", "Semilla 3", "0.2500 ± 0.2500", "n = 3, 12\u00a0345", "2·ln 2", "(3)", "3.", "3\u00a0%", ""],
)
def test_a_figure_may_say_what_the_ledger_has_printed(noted, label):
    refuse_untraced_labels([label], noted, "Figura curvas")


@pytest.mark.parametrize(
    "label",
    [
        "Semilla 4",
        "33",  # made of printed numbers, and yet another number
        "0.3",
        "3.3",
        "3,3",
        "0.25",
        "0.25001",
        "12\u00a0345\u00a0345",
        "12\u00a0333",
        "3\u00a0333",
        "2·ln 3",
        "2",
    ],
)
def test_a_figure_may_not_say_another_number(noted, label):
    with pytest.raises(RenderError) as caught:
        refuse_untraced_labels(["Pérdida", label], noted, "Figura curvas")
    assert str(caught.value) == (
        f"Figura curvas: se esperaban solo cifras trazadas, se encontró «{label}»; tómela de los resultados."
    )


def test_without_any_printed_number_every_digit_of_a_figure_is_refused(ledger):
    refuse_untraced_labels(["Época"], ledger, "Figura curvas")
    with pytest.raises(RenderError, match="«Época 1»"):
        refuse_untraced_labels(["Época 1"], ledger, "Figura curvas")


def test_a_name_that_is_cut_in_a_figure_may_have_a_digit():
    ledger = Ledger(Style())
    ledger.print(NAME(Leaf("Línea 7 de autobús", "x:classes[0]")))
    refuse_untraced_labels(["Línea 7 d…"], ledger, "x.svg")
    with pytest.raises(RenderError, match="se encontró «Línea 8…»"):
        refuse_untraced_labels(["Línea 8…"], ledger, "x.svg")
