"""The words that the tags of a PDF have for a voice; its text stays what is printed."""

import io
import re

import pikepdf
from sample_document import small

from report.proof.checks.reading import reading_text

ROWS = "| Cosa | Valor |\n| --- | ---: |\n| una | [−0.5;\u00a00.5] |"
TABLE = f'<a id="tab-a"></a>\n\n**Tabla 1.** Cosas.\n\n{ROWS}'


def said(data: bytes, key: str) -> list[str]:
    with pikepdf.open(io.BytesIO(data)) as pdf:
        items = [item for item in pdf.objects if isinstance(item, pikepdf.Dictionary)]
        return [str(item[key]).replace("\u00a0", " ") for item in items if "/S" in item and key in item]


def test_signs_are_expanded_and_their_text_is_as_printed(tmp_path):
    data = small(
        f"Baja a 0.875\u00a0±\u00a00.019 puntos.\n\n{TABLE}\n\nNada que decir. Usa `0.016`.", tmp_path
    )
    assert said(data, "/E") == [
        "0 punto 875",
        "más o menos",
        "0 punto 019",
        "intervalo de menos 0.5 a 0.5",
    ]
    assert said(data, "/ActualText") == []
    text = "\n".join(reading_text(data)).replace("\u00a0", " ")
    assert "Baja a 0.875 ± 0.019 puntos." in text
    assert "[−0.5; 0.5]" in text
    assert "menos" not in text


def test_an_interval_is_a_pause_after_what_stands_before_it_though_it_begins_a_line(tmp_path):
    """Of many paragraphs, each with a word more than the one before, some begin a line with the bracket."""
    each = [f"{'que ' * n}vale 0.5 [0.1;\u00a00.2] puntos y *más* [0.1;\u00a00.2]." for n in range(40)]
    said_of = said(small("\n\n".join(each), tmp_path), "/E")
    assert said_of == [", intervalo de 0.1 a 0.2,", ", intervalo de 0.1 a 0.2"] * 40


def test_a_range_of_pages_is_said_though_its_dash_would_end_a_line(tmp_path):
    works = "\n".join(f"- {'Una ' * n}obra, 6626–6637." for n in range(40))
    data = small(f"Nada.\n\n## Referencias\n\n{works}", tmp_path)
    assert said(data, "/E") == [" a "] * 40
    assert "6626–\n" not in "\n".join(reading_text(data))


def test_a_label_is_parted_from_a_name_by_a_full_stop(tmp_path):
    expanded = said(small("Nada.\n\n## Parte A. Una cosa\n\n### A.1\u00a0Otra\n\nFin.", tmp_path), "/E")
    assert sorted(expanded) == [
        "A.1.",
        "A.1.",
        "Parte A.",
        "Parte A.",
    ]  # in the contents and where they stand


def test_a_word_divided_at_the_end_of_a_line_has_a_soft_hyphen_and_a_hyphen_of_its_own_stays(tmp_path):
    divided = said(small("palabras interminablemente desaconsejables " * 12, tmp_path), "/ActualText")
    assert divided != []
    assert set(divided) == {"\u00ad"}
    compound = said(small("abcdefgh-ijklmnop " * 40, tmp_path), "/ActualText")
    assert compound == []


def heard(data: bytes) -> str:
    """What the tree says, in its order, as it is written in the pages."""
    with pikepdf.open(io.BytesIO(data)) as pdf:
        written = [_written(page) for page in pdf.pages]
        places = {page.objgen: number for number, page in enumerate(pdf.pages)}

        def say(element: pikepdf.Object, page: int) -> str:
            page = places[element.Pg.objgen] if "/Pg" in element else page
            kids = element.get("/K", pikepdf.Array())
            kids = kids if isinstance(kids, pikepdf.Array) else [kids]
            return "".join(
                say(kid, page) if isinstance(kid, pikepdf.Dictionary) else written[page].get(int(kid), "")
                for kid in kids
            )

        return say(pdf.Root.StructTreeRoot.K[0], 0).replace("\u00a0", " ")


def _written(page: pikepdf.Page) -> dict[int, str]:
    """By mark, in the letters of the fonts."""
    letters = {name: _letters(font) for name, font in page.Resources.Font.items()}
    written: dict[int, str] = {}
    mark, font = -1, ""
    for operands, operator in pikepdf.parse_content_stream(page):
        if str(operator) == "BDC":
            mark = int(operands[1].get("/MCID", -1))
        elif str(operator) == "Tf":
            font = str(operands[0])
        elif str(operator) == "TJ":
            codes = b"".join(bytes(each) for each in operands[0] if isinstance(each, pikepdf.String))
            text = "".join(letters[font][codes[i : i + 2].hex()] for i in range(0, len(codes), 2))
            written[mark] = written.get(mark, "") + text
    return written


def _letters(font: pikepdf.Object) -> dict[str, str]:
    pairs = re.findall(rb"<([0-9a-f]{4})> <([0-9a-f]+)>", font.ToUnicode.read_bytes())
    return {code.decode(): bytes.fromhex(text.decode()).decode("utf-16-be") for code, text in pairs}


def test_words_that_only_the_end_of_a_line_or_a_block_parts_have_a_space(tmp_path):
    words = " ".join(f"palabra{n}" for n in range(60))
    text = f"## Parte A. Una cosa\n\n{words} 0.016.\n\nFin."
    said_in_order = heard(small(text, tmp_path)).replace("-", "")
    assert f"Parte A Una cosa{words} 0.016.Fin." in said_in_order


def test_two_short_words_that_are_part_of_another_are_not_joined(tmp_path):
    """«a» ends some line and «la» begins the next; «escala» has both."""
    text = "Una escala. " + " ".join(f"{'que ' * (n % 7)}a la" for n in range(300)) + " vez."
    found = heard(small(text, tmp_path))
    assert " ala " not in found


def test_what_goes_on_in_the_next_page_is_parted_or_joined_as_in_the_next_line(tmp_path):
    """Each of many lines may be the last of a page: none glues its words, and each word that is divided has
    the hyphen of one."""
    found = heard(small("palabras interminablemente desaconsejables " * 400, tmp_path))
    words = found.partition("Resumen")[2].removesuffix("Contenido").replace("-", "").split()
    assert set(words) == {"palabras", "interminablemente", "desaconsejables"}


def test_a_figure_is_described_in_words(tmp_path):
    drawing = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 10 10" width="10" height="10"></svg>'
    (tmp_path / "a.svg").write_text(drawing)
    figure = '<a id="fig-a"></a>\n\n![Acaba en 0.5 ± 0.1.](a.svg)\n\n**Figura 1.** Pie.'
    assert said(small(figure, tmp_path), "/Alt") == ["Acaba en 0.5 más o menos 0.1."]
