"""The conventions of the Markdown, and what is refused."""

import re

import pytest

from report.errors import RenderError
from report.html.body import to_html
from report.html.columns import AFTER_NUMBERS, CLOSER, GAP, SIZE, SMALLER
from report.ledger.ledger import MARKED
from report.ledger.verbatim import shield
from report.paths import TEMPLATES
from report.sheet import FULL_WIDTH_MM, TEXT_WIDTH_MM
from report.text.reflection import PLACE

FIGURE = '<a id="fig-a"></a>\n\n![Una curva que sube.](a.svg)\n\n**Figura 1.** La curva sube.\n'
TABLE = (
    '<a id="tab-a"></a>\n\n**Tabla 1.** Dos filas.\n\n'
    "| Época | Pérdida |\n| ---: | :---: |\n| 1 | 0.5 |\n| **▶ 2** | **0.4** |\n"
)


def document(text: str) -> str:
    return f"# Título\n\n## Resumen\n\nHola.\n\n## Otra\n\n{text}\n"


def body(text: str) -> str:
    return to_html(document(text)).html.partition("<h2 ")[2].partition("</h2>")[2].partition("</h2>")[2]


def traced(text: str, number: int = 1) -> str:
    return f"\ue000{number}\ue001{text}\ue002"


def test_figure_has_its_anchor_image_and_caption():
    assert re.sub(r"\n", "", body(FIGURE)) == (
        '<figure id="fig-a"><img alt="Una curva que sube." src="a.svg">'
        "<figcaption><strong>Figura 1.</strong> La curva sube.</figcaption></figure></section>"
    )


def test_figure_may_hold_several_images_in_the_paragraph_of_the_anchor():
    html = body('<a id="fig-a"></a>\n![Una.](a.png)\n![Dos.](b.png)\n\n**Figura 1.** Dos pasos.')
    assert html.count("<img") == 2
    assert html.count("<figure") == 1


def test_table_has_caption_scopes_and_alignment():
    html = body(TABLE)
    assert '<table id="tab-a">' in html
    assert html.index("<caption><strong>Tabla 1.</strong>") < html.index("<thead>")
    assert '<th class="num" scope="col">Época</th>' in html
    assert '<th class="num" scope="row">1</th>' in html
    assert '<td class="mid">0.5</td>' in html
    assert "style=" not in html


@pytest.mark.parametrize(
    ("rows", "alignment", "named"),
    [
        (("1 | largo", "1 | corto"), "---", ["1", "largo", "1", "corto"]),
        (("1 | largo", "2 | corto"), "---", ["1", "2"]),
        (("1 | 0.5", "1 | 0.7"), "---:", ["1", "1"]),
    ],
    ids=["repeated", "different", "numbers"],
)
def test_where_the_first_cell_says_the_same_of_rows_the_text_in_the_second_names_them_too(
    rows, alignment, named
):
    lines = "".join(f"| {row} | 3 |\n" for row in rows)
    table = f'<a id="tab-a"></a>\n\n**Tabla 1.** T.\n\n| a | b | c |\n| - | {alignment} | -: |\n{lines}'
    assert re.findall(r'<th[^>]*scope="row">(.*?)</th>', body(table)) == named


def test_row_whose_first_cell_is_bold_is_the_selected_one():
    html = body(TABLE)
    assert html.count('class="selected"') == 1
    assert html.index('class="selected"') > html.index("0.5")


@pytest.mark.parametrize(
    ("columns", "classes"),
    [(5, ""), (7, "wide text"), (9, ""), (10, "wide full"), (11, "wider full"), (12, "wider")],
)
def test_wide_tables_have_closer_columns_then_smaller_type(columns, classes):
    """A title of eight «n», each 0.560 em in the bold, takes 40.8 points; nine of them with eight gaps of 9
    points take 439 of the 471 that there are, ten with gaps of 6 take 462, and eleven in type of 8.2 points
    464. Seven with gaps of 9 take 339; the text is as wide as 334: gaps of 6 make room for them."""
    row = "|" + " nnnnnnnn |" * columns + "\n"
    source = f'<a id="tab-a"></a>\n\n**Tabla 1.** Ancha.\n\n{row}|{" --- |" * columns}\n{row}'
    assert re.search(r"<table[^>]*>", body(source))[0] == (
        f'<table class="{classes}" id="tab-a">' if classes else '<table id="tab-a">'
    )


def test_sizes_and_gaps_are_those_of_the_style_sheet():
    sheet = (TEMPLATES / "paper.css").read_text("utf-8")
    for rule in (
        f"  font-size: {SIZE}pt;\n  line-height: 12.4pt;\n  font-variant-numeric: lining-nums tabular-nums;",
        f"table.wider {{ font-size: {SMALLER}pt; ",
        f"padding: 1.6pt 0 1.6pt {GAP:g}pt;",
        f"\n.num + :not(.num) {{ padding-left: {AFTER_NUMBERS * GAP:g}pt }}",
        f":is(.wide, .wider) :is(th, td) {{ padding-left: {CLOSER:g}pt }}",
        f":is(.wide, .wider) .num + :not(.num) {{ padding-left: {AFTER_NUMBERS * CLOSER:g}pt }}",
        f"table.text {{ width: {TEXT_WIDTH_MM:g}mm }}",
        f"table.full {{ width: {FULL_WIDTH_MM:g}mm }}",
    ):
        assert rule in sheet


def test_numbers_stand_below_each_other_before_intervals_of_other_lengths():
    """A sign is as wide as a digit, 0.497 em; the last of them has no interval."""
    html = body(
        '<a id="tab-a"></a>\n\n**Tabla 1.** T.\n\n| a | b |\n| - | -: |\n| x | −0.2 [−0.3; −0.1] |\n'
        "| y | 0.1 [−0.1; 0.3] |\n| z | 0.3 [0.2; 0.4] |\n| w | — |"
    )
    assert re.findall(r'<td class="num"(?: style="padding-right: (.*?)em")?>', html) == [
        "",
        "0.497",
        "0.994",
        "",
    ]


def test_a_title_longer_than_its_numbers_takes_two_lines():
    html = body(
        '<a id="tab-a"></a>\n\n**Tabla 1.** T.\n\n| Clase real | Clasificadas como positivas | Valor p |\n'
        "| - | -: | -: |\n| a b | 1 | 0.001 |"
    )
    halves = '<span class="half">Clasificadas</span> <span class="half">como positivas</span>'
    assert f'<th class="num" data-lines="2" scope="col">{halves}</th>' in html
    assert html.count("data-lines") == 1


@pytest.mark.parametrize(
    ("name", "classes"),
    [("n" * 34, 'class="named" '), ("n" * 35, ""), ("n" * 17, "")],  # too long; and where nothing wraps
)
def test_names_of_rows_stay_on_a_line_where_they_fit(name, classes):
    source = f'<a id="tab-a"></a>\n\n**Tabla 1.** Nombres.\n\n| a | b |\n| - | - |\n| {name} | 2 |'
    assert f'<table {classes}id="tab-a">' in body(source)


def test_a_table_that_may_be_divided_says_which_it_is():
    rows = "| 1 | 2 |\n" * 13
    html = body(f'<a id="tab-a"></a>\n\n**Tabla 1.** Larga.\n\n| a | b |\n| - | - |\n{rows}')
    assert html.count("data-divided") == 1
    assert '<tbody>\n<tr data-divided="Tabla 1">' in html


def test_only_a_table_of_many_lines_may_be_divided():
    def table(rows: int) -> str:
        return '<a id="tab-a"></a>\n\n**Tabla 1.** Larga.\n\n| a | b |\n| - | - |\n' + "| 1 | 2 |\n" * rows

    assert 'class="long"' not in body(table(12))
    assert 'class="long"' in body(table(13))


def test_references_are_marked_and_other_links_are_not():
    html = body(f"[Figura 1](#fig-a) y [otra](#otra).\n\n{FIGURE}")
    assert '<a class="ref" href="#fig-a">Figura 1</a>' in html
    assert '<a href="#otra">otra</a>' in html


def test_note_stands_where_it_is_called():
    html = body("Uno[^n] dos.\n\n[^n]: La *regla*, según `x`.")
    call = '<a class="call" href="#nota-n" id="llamada-n" role="doc-noteref">1</a>'
    back = '<a class="back" href="#llamada-n" role="doc-backlink">1</a>'
    note = f'<aside id="nota-n" role="doc-footnote">{back} La <em>regla</em>, según <code>x</code>.</aside>'
    assert f'<p><span class="tied">Uno{call}</span> dos.</p>\n<div class="notes">{note}</div></div>' in html
    assert "fnref" not in html


def test_a_note_is_numbered_where_it_is_called_and_stands_beside_its_paragraph():
    html = body("Uno[^b].\n\nDos[^a] y tres[^c].\n\n[^a]: Así.\n[^b]: Antes.\n[^c]: Al fin.")
    first, second = re.findall(r'<div class="noted">(.*?)</div></div>', html, re.S)
    assert re.findall(r'doc-noteref">(\d)<', first) == ["1"]
    assert re.findall(r'doc-noteref">(\d)<', second) == ["2", "3"]
    assert re.findall(r'<aside id="nota-(\w)"', second) == ["a", "c"]


@pytest.mark.parametrize(
    ("before", "tied"),
    [
        ("Uno dos", 'Uno <span class="tied">dos'),
        ("Uno *dos*", 'Uno <em>dos</em><span class="tied">'),
        ("Uno *dos* tres, cuatro.", 'Uno <em>dos</em> tres, <span class="tied">cuatro.'),
        (f"Uno {traced('dos tres')}.", f'Uno <span class="tied">{traced("dos tres")}.'),  # printed as one
    ],
)
def test_the_call_of_a_note_does_not_part_from_the_word_before(before, tied):
    call = '<a class="call" href="#nota-n" id="llamada-n" role="doc-noteref">1</a>'
    assert f"<p>{tied}{call}</span> y más.</p>" in body(f"{before}[^n] y más.\n\n[^n]: Así.")


@pytest.mark.parametrize(
    ("end", "tied"),
    [
        ("con su penalización.", 'con su<span class="end"> penalización.</span>'),
        ("en una de las clases.", 'en una de<span class="end"> las\u00a0clases.</span>'),
        (
            "Véase el [uno](#otra).",
            'sitio,<span class="end"> Véase\u00a0el\u00a0<a href="#otra">uno</a>.</span>',
        ),
        ("Véase el [apéndice](#otra).", 'Véase el <a href="#otra">apéndice</a>.</p>'),  # whole as it is
        (  # what is printed stays whole
            f"y solo hay {traced('2 de 5')}.",
            f'y solo<span class="end"> hay\u00a0{traced("2 de 5")}.</span>',
        ),
        ("de *una cosa que no cabe al final de una línea*.", "de <em>una cosa que no cabe"),
    ],
)
def test_the_last_words_of_a_paragraph_stay_together(end, tied):
    assert tied in body(f"Un párrafo que ocupa más de una línea en cualquier sitio, {end}\n\n## Otra")


def test_what_is_printed_across_emphasis_stays_whole():
    printed = traced("Un título que ocupa más de una línea, *de una revista*, que lo trae completo")
    assert "end" not in body(f"{printed}.")


def test_what_fits_a_line_is_left_alone():
    assert "end" not in body("Cabe en una línea de cualquier ancho.")


def test_grids_that_follow_each_other_stand_in_rows():
    grid = '<a id="fig-{0}"></a>\n\n![Unas imágenes pequeñas.]({0}.png)\n\n**Figura {1}.** Unas.\n\n'
    html = body(grid.format("a", 1) + grid.format("b", 2) + "Y un texto.\n\n" + grid.format("c", 3))
    rows = html.split('<div class="grids">')[1:]
    assert [row.count('class="grid"') for row in rows] == [2, 1]
    assert "</div><p>Y un texto.</p>" in re.sub(r"\n", "", rows[0])


def test_headings_get_unique_ascii_ids_that_do_not_depend_on_numbers():
    first, second = (
        to_html(document(f"### Época {traced(n)} señalada\n\n### Época señalada")) for n in ("3", "12")
    )
    assert [entry.id for entry in first.toc] == ["resumen", "otra", "epoca-senalada", "epoca-senalada_1"]
    assert [entry.id for entry in second.toc] == [entry.id for entry in first.toc]
    assert '<h3 id="epoca-senalada">' in first.html


def test_headings_are_split_into_label_and_name():
    result = to_html(
        "# T\n\n## Resumen\n\nHola.\n\n## Parte A. La *una*\n\n### A.1\u00a0Uno\n\n### Dos\n\n"
        "## Parte B. La otra\n\n## Apéndice\u00a01. Los *datos*\n"
    )
    assert (
        '<span class="label">Parte A</span> '
        '<span class="name" data-bookmark="Parte A. La una">La <em>una</em></span>' in result.html
    )
    assert [(entry.level, entry.label, entry.name, entry.kind) for entry in result.toc] == [
        (2, "", "Resumen", "summary"),
        (2, "Parte A", "La una", "part"),
        (3, "A.1", "Uno", "part"),
        (3, "", "Dos", "part"),
        (2, "Parte B", "La otra", "part"),
        (2, "Apéndice\u00a01", "Los datos", "appendix"),
    ]
    assert re.findall(r'<section [^>]*class="(\w+)"', result.html) == ["summary", "part", "part", "appendix"]
    assert re.findall(r'<h2 [^>]*data-running="([^"]*)"', result.html) == [
        "Parte A · La una",
        "Parte B · La otra",
        "Apéndice\u00a01 · Los datos",
    ]


def test_the_bibliography_is_a_list_and_ranges_and_names_are_not_divided():
    html = to_html(
        "# T\n\n## Resumen\n\nDe 3–4 con «wgan-gp» y «de uno-a otro».\n\n- A 5–6\n\n"
        "## Referencias\n\n- *Uno* 2–3, 30, 6626–6637.\n- Dos, 7–8"
    ).html
    assert '<section class="plain works">' in html
    assert re.findall(r"<ul[^>]*>", html) == ["<ul>", '<ul role="list">']
    assert '<span class="tied">2–3</span>, 30, <span class="tied">6626–6637</span>.' in html
    assert '<li>Dos, <span class="tied">7–8</span></li>' in html
    assert '<span class="tied">«wgan-gp»</span> y «de uno-a otro»' in html
    assert html.count("tied") == 6


def test_the_first_page_has_facts_answers_and_a_notice():
    html = to_html(
        "# T\n\n## Resumen\n\n**Prestados.** Son de otro.\n\n"
        "- **86.1 %** acierta\n- **¿Cuánto?** **Mucho**: x.\n- **¿Y?** No.\n\n"
        "Suelto.\n\n- Una lista\n- corriente\n"
    ).html
    assert '<p class="notice"><strong>Prestados.</strong> Son de otro.</p>' in html
    facts, answers = re.findall(r'<ul class="(?:facts|answers)" role="list">(.*?)</ul>', html, re.S)
    assert facts == '<li><strong>86.1 %</strong> <span class="meaning">acierta</span></li>\n'
    assert re.findall(r'<span class="answer">(.*?)</span>', answers) == ["<strong>Mucho</strong>: x.", "No."]
    assert "<ul>\n<li>Una lista</li>" in html


def test_parts_out_of_order_are_refused():
    with pytest.raises(RenderError, match="desde la A, se encontró «Parte B»"):
        to_html("# T\n\n## Resumen\n\n## Parte B. Sola\n")


def test_header_holds_title_subtitle_and_byline():
    html = to_html("# Título\n\n*Subtítulo*\n\n**Ana**, curso\n\n## Resumen\n\nHola.").html
    header = html[: html.index("</header>")]
    assert '<h1 id="titulo">Título</h1>' in header
    assert '<p class="subtitle"><em>Subtítulo</em></p>' in header
    assert '<p class="byline"><strong>Ana</strong>, curso</p>' in header


def test_a_title_is_broken_after_its_colon():
    html = to_html("# Leer y *dibujar*: una LSTM\n\n## Resumen\n\nHola.").html
    assert (
        '<h1 id="leer-y-dibujar-una-lstm">Leer y <em>dibujar</em>: <span class="rest">una LSTM</span></h1>'
    ) in html
    marked = to_html(f"# \ue0007\ue001{shield('Leer: una LSTM')}\ue002\n\n## Resumen\n\nHola.").html
    assert '\ue0007\ue001Leer: <span class="rest">una LSTM</span>\ue002</h1>' in marked
    assert "rest" not in to_html(f"# Leer: {'una LSTM y ' * 4}más\n\n## Resumen\n\nHola.").html


def test_the_summary_has_its_name_for_the_bookmarks():
    """Its heading is not printed."""
    html = to_html("# T\n\n## Resumen\n\nHola.\n\n## Otra\n\nAdiós.").html
    assert '<section class="summary" data-bookmark="Resumen">' in html
    assert html.count("data-bookmark") == 1


def test_another_language_is_declared_also_inside_emphasis():
    text = 'Véase <span lang="en">Long *short* memory.</span> *<span lang="en">Neural</span>*, 9.'
    assert '<span lang="en">Long <em>short</em> memory.</span>' in body(text)
    assert '<em><span lang="en">Neural</span></em>, 9.' in body(text)


def test_code_too_long_for_a_line_may_break_anywhere():
    html = body(f"`val_loss` y `{'f' * 25}`")
    assert "<code>val_loss</code>" in html
    assert '<code class="long">fff' in html


def test_traced_numbers_survive_everywhere():
    places = [
        "# T {}",
        "## Resumen",
        "Texto {} y **{}** y *{}* y `{}` y [{}](#otra) y ({}), {}.",
        "- punto {}\n- **{}** otro",
        "## Otra",
        "### Época {}",
        "> Aviso {}.",
        "Nota[^a].\n\n[^a]: Según {} y **{}**.",
        '<a id="fig-a"></a>\n\n![Llega a {} y no más.](a.svg)\n\n**Figura @.** Llega a {}.',
        '<a id="tab-a"></a>\n\n**Tabla @.** De {}.\n\n'
        "| Época {} | Valor |\n| ---: | ---: |\n| **▶ {}** | −{} ± {} |",
        "```\nx = {}\n```",
    ]
    source, count = "", 0
    strings = ["0.8638", "25\u00a0000", "−1.5", "12", "86,4\u00a0%", "3.", "1e-4", "2_000"]
    for place in places:
        while match := re.search("{}|@", place):
            count += 1
            printed = "7" if match[0] == "@" else strings[count % len(strings)]
            place = place.replace(match[0], traced(printed, count), 1)
        source += place + "\n\n"
    found = MARKED.findall(to_html(source).html)
    assert sorted(found) == sorted(MARKED.findall(source))
    assert len(found) == count == 24


def test_traced_numbers_survive_in_the_contents():
    entry = to_html(document(f"### Época {traced('3')}")).toc[-1]
    assert entry.name == f"Época {traced('3')}"


def test_less_than_is_text():
    assert "p &lt; 0.05 y 3 &gt; 2" in body("p < 0.05 y 3 > 2")


def test_html_inside_code_is_text():
    assert "<code>&lt;b&gt;</code>" in body("`<b>`")


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("Un <b>dato</b>.", "sin HTML salvo anclas e idiomas, se encontró «<b>»"),
        ("<div>bloque</div>", "se encontró «<div>»"),
        ("<!-- oculto -->", "se encontró «<!-- oculto -->»"),
        ('<span class="x">dato</span>', "sin HTML salvo anclas e idiomas"),
        ('<a id="x" onclick="y"></a>', "sin HTML salvo anclas e idiomas"),
        ("![Una curva.](a.svg)", "ancla y pie en cada figura y tabla, no se encontraron en «Una curva.»"),
        ("| a | b |\n| - | - |\n| 1 | 2 |", "ancla y pie en cada figura y tabla"),
        ('<a id="fig-a"></a>\n\n![Una.](a.svg)\n\nSin número.', "con su pie tras el ancla «fig-a»"),
        ('<a id="fig-a"></a>\n\n![Una.](a.svg)\n\n**Tabla 1.** Cruzado.', "con su pie tras el ancla «fig-a»"),
        ('Texto <a id="fig-a"></a> suelto.', "ancla y pie en cada figura y tabla"),
        ("[Figura 9](#fig-z)", "Se esperaba el ancla «fig-z» del enlace «Figura 9», no existe"),
        (FIGURE + "\n" + FIGURE, "anclas únicas, se repite «fig-a»"),
        ("Sin definir[^x].", r"se encontró «\[\^» suelto"),
        ("Dos[^x] veces[^x].\n\n[^x]: Nota.", "una sola llamada a cada nota, se encontró otra: «x»"),
        ("Nada.\n\n[^x]: Nota sin llamada.", "una llamada a la nota «x»"),
        ("Larga[^x].\n\n[^x]: Uno.\n\n    Dos.", "un solo párrafo en la nota «x»"),
        ("Un **dato sin cerrar.", r"se encontró «\*\*» suelto"),
        ("Tabla rota:\n| a |\n| --- |", r"suelto"),
    ],
)
def test_refused(text, message):
    with pytest.raises(RenderError, match=message):
        to_html(document(text))


def test_the_words_of_the_author_stand_in_their_place():
    html = to_html(
        f"# T\n\n## R\n\nAntes.\n\n{PLACE}\n\nDespués.\n", '<div class="author">\n<p>2 &lt; 3</p></div>'
    ).html
    assert '<p>Antes.</p>\n<div class="author">\n<p>2 &lt; 3</p></div>\n<p>Después.</p>' in html


@pytest.mark.parametrize(("words", "classes"), [(30, ["long", "tall"]), (1, ["long"])])
def test_a_long_table_of_tall_rows_can_be_divided_after_two(words, classes):
    rows = "\n".join(f"| {n} | {'palabra ' * words} |" for n in range(14))
    html = to_html(
        f'# T\n\n## A\n\n<a id="tab-x"></a>\n\n**Tabla 1.** X.\n\n| N | Texto |\n|---|---|\n{rows}'
    ).html
    (found,) = re.findall(r'<table[^>]* class="([^"]*)"', html)
    assert [name for name in found.split() if name in ("long", "tall")] == classes
