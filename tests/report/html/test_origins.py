"""The origin of each number in the page: in its texts, never in what cannot hold it."""

import html
import re

import pytest

from report.html.body import to_html
from report.html.origins import with_origins
from report.ledger.ledger import Leaf, Ledger, Quantity, unmark
from report.ledger.spanish import Style

LOSS = Quantity("pérdida", "number", 4, "nats")
NAME = Quantity("texto", "text")

DOCUMENT = """# Título

Autora

## Resumen

Sube {loss}. Véase la [Figura 1](#fig-curvas) y la [Tabla 1](#tab-datos), o [lo dicho](#fig-curvas).[^nota]

[^nota]: Una nota con {loss}.

## Parte A. La red

### Curvas

Entre medias.

- Un punto con {loss}.

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


WORK = "Dai, A. M. (2015). *Neural Information*, 28(3)."


def test_a_number_may_span_emphasis(ledger):
    body = to_html(
        "# T\n\n## Resumen\n\nNada.\n\n## Referencias\n\n- "
        + ledger.print(NAME(Leaf(WORK, "bibliografía:dai")), WORK)
    ).html
    assert "<em>" in body
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
    assert unmark(body) == re.sub(r'<span class="n"[^>]*>([^<]*)</span>', r"\1", page)


def test_quotes_in_a_text_do_not_pass_for_an_attribute(ledger):
    loss = ledger.print(LOSS(Leaf(0.25, "a:b")))
    page = with_origins(f'<p>tasa="{loss}" y <img alt="{loss}" src="x.svg"></p>', ledger)
    assert page == (
        '<p>tasa="<span class="n" data-origen="a:b" data-valor="0.25">0.2500</span>" y '
        '<img alt="0.2500" src="x.svg"></p>'
    )


def test_a_missing_or_structured_value_is_valid_json_in_the_page(ledger):
    listed = NAME(Leaf(["a", 'b"c'], "x:y"))
    page = with_origins(f"<p>{ledger.print(listed, 'a y b')}</p>", ledger)
    found = re.search(r'data-valor="([^"]*)"', page)
    assert found is not None
    assert html.unescape(found[1]) == '["a", "b\\"c"]'


@pytest.mark.parametrize(
    ("value", "quantity", "told"),
    [  # in the unit in which it is printed; in words only where a voice would read it wrong
        (
            0.86104,
            Quantity("porcentaje", "percent", 1),
            'data-valor="86.104\u00a0%" data-dicho="86 punto 104\u00a0%"',
        ),
        (0.0625, Quantity("puntos", "hundredths", 1), 'data-valor="6.25"'),
        (61.5, Quantity("duración", "duration"), 'data-valor="61.5\u00a0s" data-dicho="61.5\u00a0segundos"'),
        (25_000, Quantity("recuento", "integer"), 'data-valor="25\u00a0000" data-dicho="25000"'),
        (
            5e-26,
            Quantity("valor p", "p", 3),
            'data-valor="5·10^\u221226" '
            'data-dicho="5\u00a0por\u00a010\u00a0elevado a\u00a0\u00a0menos\u00a026"',
        ),
    ],
)
def test_the_value_is_in_the_unit_of_the_page_and_in_words_for_a_voice(ledger, value, quantity, told):
    page = with_origins(f"<p>{ledger.print(quantity(Leaf(value, 'a:b')))}</p>", ledger)
    assert f'<span class="n" data-origen="a:b" {told}>' in page


@pytest.mark.parametrize(("length", "written"), [(400, "x" * 400), (401, "x" * 399 + "…")])
def test_of_a_long_origin_the_beginning_is_written(ledger, length, written):
    page = with_origins(f"<p>{ledger.print(LOSS(Leaf(0.25, 'x' * length)))}</p>", ledger)
    assert f'data-origen="{written}" data-valor="0.25"' in page


def test_of_an_expression_there_is_an_outline_of_all_of_it_for_a_voice(ledger):
    runs = ", ".join(f"lstm/seed-{seed}:{'x' * 100}" for seed in range(1, 6))
    page = with_origins(f"<p>{ledger.print(LOSS(Leaf(0.25, f'media([{runs}])')))}</p>", ledger)
    assert 'data-valor="0.25" data-resumen="media: clasificador, semillas 1 a 5">' in page


def test_a_citation_leads_to_its_work_in_the_list_and_one_that_is_not_there_to_none(ledger):
    cited, strange, listed, where = (
        ledger.print(NAME(Leaf(text, f"bibliografía:{key}")), text)
        for key, text in (
            ("dai", "Dai y Le (2015)"),
            ("otro", "Otro (1999)"),
            ("dai", "Dai, A. M. y Le, Q. V. (2015)"),
            ("dai", ", 28"),
        )
    )
    count = ledger.print(LOSS(Leaf(0.25, "a:b")))
    works = f"<ul><li>{listed}. <em>N</em>{where}</li></ul>"
    page = with_origins(f"<ul><li>{count} veces</li></ul><p>{cited} y {strange}</p>{works}", ledger)
    assert re.sub(r' data-valor="[^"]*"', "", page) == (
        '<ul><li><span class="n" data-origen="a:b">0.2500</span> veces</li></ul>'
        '<p><a href="#obra-dai">Dai y Le (2015)</a> y '
        '<span class="n" data-origen="bibliografía:otro">Otro (1999)</span></p>'
        '<ul><li id="obra-dai"><span class="n" data-origen="bibliografía:dai">'
        "Dai, A. M. y Le, Q. V. (2015)</span>. "
        '<em>N</em><span class="n" data-origen="bibliografía:dai">, 28</span></li></ul>'
    )


def test_a_voice_says_four_decimals_more_than_are_printed(ledger):
    loss = ledger.print(LOSS(Leaf(0.25123456789012, "a:b")))
    page = with_origins(f"<p>{loss}</p>", ledger)
    assert 'data-valor="0.25123456789012" data-dicho="0.25123457"' in page
