"""The words that the tags of a PDF have for a voice; its text stays what is printed."""

import io

import pikepdf
from sample_document import small

from report.proof.checks.reading import reading_text

ROWS = "| Cosa | Valor |\n| --- | ---: |\n| una | [−0.5;\u00a00.5] |"
TABLE = f'<a id="tab-a"></a>\n\n**Tabla 1.** Cosas.\n\n{ROWS}'


def said(data: bytes, key: str) -> list[str]:
    with pikepdf.open(io.BytesIO(data)) as pdf:
        items = [item for item in pdf.objects if isinstance(item, pikepdf.Dictionary)]
        return [str(item[key]).replace("\u00a0", " ") for item in items if "/S" in item and key in item]


def test_a_line_with_signs_is_expanded_and_its_text_is_as_printed(tmp_path):
    data = small(
        f"Baja a 0.875\u00a0±\u00a00.019 puntos.\n\n{TABLE}\n\nNada que decir. Usa `0.016`.", tmp_path
    )
    assert said(data, "/E") == [
        "Baja a 0 punto 875 más o menos 0 punto 019 puntos.",
        "intervalo de menos 0.5 a 0.5",
    ]
    assert said(data, "/ActualText") == []
    text = "\n".join(reading_text(data)).replace("\u00a0", " ")
    assert "Baja a 0.875 ± 0.019 puntos." in text
    assert "[−0.5; 0.5]" in text
    assert "menos" not in text


def test_a_word_divided_at_the_end_of_a_line_has_a_soft_hyphen_and_a_hyphen_of_its_own_stays(tmp_path):
    divided = said(small("palabras interminablemente desaconsejables " * 12, tmp_path), "/ActualText")
    assert divided != []
    assert all(line.endswith("\u00ad") and "-" not in line for line in divided)
    compound = said(small("abcdefgh-ijklmnop " * 40, tmp_path), "/ActualText")
    assert compound == []


def test_a_figure_is_described_in_words(tmp_path):
    drawing = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 10 10" width="10" height="10"></svg>'
    (tmp_path / "a.svg").write_text(drawing)
    figure = '<a id="fig-a"></a>\n\n![Acaba en 0.5 ± 0.1.](a.svg)\n\n**Figura 1.** Pie.'
    assert said(small(figure, tmp_path), "/Alt") == ["Acaba en 0.5 más o menos 0.1."]
