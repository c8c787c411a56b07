"""No digit without origin: each place of a document where one could hide."""

import html
import re

import pytest

from report.errors import RenderError
from report.markdown_html import to_html
from report.numbers import Leaf, Ledger, Quantity
from report.spanish import Style
from report.trace import refuse_untraced, refuse_untraced_labels, with_origins, without_marks

LOSS = Quantity("pérdida", "number", 4, "nats")
NAME = Quantity("texto", "text")

DOCUMENT = """# Título

Autora

## Resumen

Sube {loss}. Véase la [Figura 1](#fig-curvas) y la [Tabla 1](#tab-datos), o [lo dicho](#fig-curvas).[^nota]

- Un punto con {loss}.

[^nota]: Una nota con {loss}.

## Parte A. La red

### Curvas

Entre medias.

<a id="fig-curvas"></a>

![Dibujo con {loss}.](figures/curvas.svg)

**Figura 1.** Pie con {loss}.

<a id="tab-datos"></a>

**Tabla 1.** Rótulo con {loss}.

| Cosa | Valor |
| --- | ---: |
| pérdida | {loss} |
"""


@pytest.fixture
def ledger():
    return Ledger(Style())


@pytest.fixture
def marked(ledger):
    return DOCUMENT.replace("{loss}", ledger.print(LOSS(Leaf(0.25, 'lstm/seed-1:a["b"]'))))


def test_traced_numbers_and_the_numbers_of_figures_and_tables_pass(marked):
    refuse_untraced(to_html(marked).html)


PLACES = [
    ("Sube", "Sube 7 veces", "«Resumen», texto: «…Sube 7 veces"),
    ("Un punto", "Un punto 7", "«Resumen», texto: «…Un punto 7"),
    ("Una nota", "Una nota 7", "«Resumen», texto: «…Una nota 7"),
    ("[lo dicho]", "[lo dicho 7]", "«Resumen», texto: «…lo dicho 7"),
    ("[lo dicho]", "[7](#fig-curvas) [lo dicho]", "«Resumen», texto: «…7…»"),
    ("# Título", "# Título 7", "«Título 7», texto: «…Título 7"),
    ("Autora", "Autora 7", "«Título», texto: «…Autora 7"),
    ("## Resumen", "## Resumen 7", "«Resumen 7», texto"),
    ("### Curvas", "### Curvas 7", "«Curvas 7», texto"),
    ("Dibujo", "Dibujo 7", "«Curvas», atributo alt: «…Dibujo 7"),
    ("Pie", "Pie 7", "«Curvas», texto: «…Pie 7"),
    ("Rótulo", "Rótulo 7", "«Curvas», texto: «…Rótulo 7"),
    ("| Cosa |", "| Cosa 7 |", "«Curvas», texto: «…Cosa 7"),
    ("| pérdida |", "| pérdida 7 |", "«Curvas», texto: «…pérdida 7"),
    ("Entre medias", "Entre *medias 7*", "«Curvas», texto: «…medias 7"),
    ("Entre medias", "Entre `medias 7`", "«Curvas», texto: «…medias 7"),
    ("Entre medias", "Entre medias &#55;", "«Curvas», texto: «…Entre medias 7"),
    ("Entre medias", "Entre medias ٣", "«Curvas», texto: «…Entre medias ٣"),  # a digit in any script
]


@pytest.mark.parametrize(("before", "after", "place"), PLACES)
def test_an_untraced_digit_fails_with_its_place(marked, before, after, place):
    assert marked.count(before) == 1
    with pytest.raises(RenderError, match="se encontraron 1 sin origen") as caught:
        refuse_untraced(to_html(marked.replace(before, after)).html)
    assert place in str(caught.value)
    assert str(caught.value).endswith("; tómela de los resultados.")


def test_a_digit_beside_a_traced_number_is_not_covered_by_it(ledger):
    loss = ledger.print(LOSS(Leaf(0.25, "a:b")))
    with pytest.raises(RenderError, match="1 sin origen"):
        refuse_untraced(f"<p>9{loss}</p>")
    with pytest.raises(RenderError, match="1 sin origen"):
        refuse_untraced(f"<p>{loss}9</p>")


def test_all_untraced_digits_are_counted():
    with pytest.raises(RenderError, match="se encontraron 3 sin origen; la primera, en «», texto: «…uno 1"):
        refuse_untraced('<p>uno 1</p><p>dos 2</p><img alt="tres 3" src="figures/9.svg">')


@pytest.mark.parametrize(
    "text",
    [
        "Como en la Figura 3.",
        "Como en la Tabla 3.",
        "**Figura 3.** No es un pie, porque no hay imagen.",
        "[Figura 3](https://example.org/fig-curvas)",
    ],
)
def test_the_label_of_a_figure_is_structural_only_where_it_belongs(marked, text):
    with pytest.raises(RenderError, match="sin origen; la primera, en «Curvas», texto"):
        refuse_untraced(to_html(marked.replace("Entre medias.", text)).html)


@pytest.mark.parametrize(
    ("before", "after"),
    [("Pie con", "Como en la Figura 1, con"), ("[lo dicho]", "[la Figura 1]"), ("[lo dicho]", "[Figura 1a]")],
)
def test_only_the_label_itself_is_structural(marked, before, after):
    with pytest.raises(RenderError, match="1 sin origen"):
        refuse_untraced(to_html(marked.replace(before, after)).html)


WORK = "Dai, A. M. (2015). *Neural Information*, 28(3)."


def test_a_mark_may_span_emphasis(ledger):
    body = to_html("# T\n\n## Referencias\n\n- " + ledger.print(NAME(Leaf(WORK, "bibliografía:dai")))).html
    assert "<em>" in body
    refuse_untraced(body)
    with pytest.raises(RenderError, match="1 sin origen"):
        refuse_untraced(body.replace("</li>", " 9</li>"))
    found = with_origins(body, ledger)
    assert 'data-origen="bibliografía:dai"' in found
    assert "<em>Neural Information</em>, 28(3).</span>" in found


def test_origins_are_written_in_texts_and_never_in_attributes(ledger, marked):
    body = to_html(marked).html
    page = with_origins(body, ledger)
    assert not re.search("[\ue000-\ue002]", page)
    spans = re.findall(r'<span class="n" data-origen="([^"]*)" data-valor="([^"]*)">([^<]*)</span>', page)
    # Summary, list, note, caption, table caption and cell; the alternative text cannot hold a tag.
    assert [(html.unescape(a), b, c) for a, b, c in spans] == [('lstm/seed-1:a["b"]', "0.25", "0.2500")] * 6
    assert 'alt="Dibujo con 0.2500."' in page
    assert without_marks(body) == re.sub(r'<span class="n"[^>]*>([^<]*)</span>', r"\1", page)


def test_quotes_in_a_text_do_not_pass_for_an_attribute(ledger):
    loss = ledger.print(LOSS(Leaf(0.25, "a:b")))
    page = with_origins(f'<p>tasa="{loss}" y <img alt="{loss}" src="x.svg"></p>', ledger)
    assert page == (
        '<p>tasa="<span class="n" data-origen="a:b" data-valor="0.25">0.2500</span>" y '
        '<img alt="0.2500" src="x.svg"></p>'
    )


def test_a_missing_or_structured_value_is_valid_json_in_the_page(ledger):
    listed = Quantity("texto", "text")(Leaf(["a", 'b"c'], "x:y"))
    page = with_origins(f"<p>{ledger.print(listed, 'a y b')}</p>", ledger)
    found = re.search(r'data-valor="([^"]*)"', page)
    assert found is not None
    assert html.unescape(found[1]) == '["a", "b\\"c"]'


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
