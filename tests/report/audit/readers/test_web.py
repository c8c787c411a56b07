"""HTML as a reader sees it."""

from report.audit.blocks import Notice, Place, Table, Text
from report.audit.readers import web


def test_nested_tables_scripts_and_notes():
    page = "<script>val 1</script><p>Uno<sup>3</sup></p>"
    page += "<table><tr><td>a<table><tr><td>b</td></tr></table></td></tr></table>"
    blocks = web.read(page)

    assert blocks[0].text == "Uno"
    assert [block.rows for block in blocks[1:]] == [(("b",),), (("a",),)]


def test_what_our_page_says_to_a_voice_is_not_read():
    page = '<p>6.2 <span aria-hidden="true">±</span><span class="said">más o menos</span> 1.7</p>'
    page += '<p>CSV<span class="unseen"> de la <b>Tabla 1</b></span> aquí</p>'

    assert [block.text for block in web.read(page)] == ["6.2 ± 1.7", "CSV aquí"]


def test_a_power_is_kept():
    assert web.read("<p>2·10<sup>-4</sup></p>")[0].text == "2·10^-4"


def test_lines_and_kinds():
    blocks = web.read("<h2>T</h2>\n<ul><li>uno\n<li>dos</ul>\n<figcaption>Figura 1. Pie</figcaption>")

    assert [(b.kind, b.text, b.place(0).number) for b in blocks] == [
        ("heading", "T", 1),
        ("item", "uno", 2),
        ("item", "dos", 3),
        ("caption", "Figura 1. Pie", 4),
    ]


def test_a_caption_stands_before_its_table():
    caption, table = web.read("<table><caption>Tabla 1. A</caption><tr><td>1<td>2</table>")

    assert isinstance(caption, Text)
    assert table == Table((("1", "2"),), (Place("linea", 1),))


def test_comments_and_stray_signs_are_text_or_nothing():
    assert [block.text for block in web.read("<p>a <!-- 0.9 --> b < 3</p>")] == ["a b < 3"]


def test_tables_too_deep_are_announced():
    deep = "<table><tr><td>" * (web.MAX_DEPTH + 1)

    assert any(isinstance(block, Notice) and "anidadas" in block.text for block in web.read(deep))
    assert not any(isinstance(block, Notice) for block in web.read(deep[15:]))


def test_of_a_tag_with_a_million_attributes_the_name_and_the_class_are_read(monkeypatch):
    read = []
    monkeypatch.setattr(web._Reader, "handle_starttag", lambda _, tag, attrs: read.append((tag, attrs)))
    web.read('<p class="said"' + "\na=1" * 100_000 + ">0.86</p><p>0.9</p>")

    assert read == [("p", [("class", "said")]), ("p", [])]


def test_lines_within_a_long_tag_are_counted():
    image = '<img src="data:image/png;base64,' + "QUJD\n" * 10_000 + '">'
    (block,) = web.read(image + "\n<p>Exactitud: 0.86")

    assert (block.text, str(block.place(0))) == ("Exactitud: 0.86", "línea 10002")
