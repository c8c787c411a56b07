"""The document of the reference results as it is handed in: short, full pages, nothing said twice."""

import io
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

import pikepdf
import pytest

from report.proof.checks.gate import begins_anew, fullness
from report.proof.checks.reading import Structure, by_place, joined, painted, reading_text

FULL = 0.8
OWN = {"/Figure", "/TOC"}  # what is drawn, and the contents, are no prose
SENTENCE_END = re.compile(r"(?<=[.!?])\s+(?=[A-ZÁÉÍÓÚÑ¿¡«])")


@dataclass(frozen=True)
class Body:
    """How full each page of the document is and those that a part ends on; of the pages up to the first
    appendix, the text of each paragraph, list item, caption and cell, what is drawn left out."""

    n_pages: int
    fullness: dict[int, float]
    last_of_parts: set[int]
    blocks: list[str]

    @property
    def text(self) -> str:
        return "\n".join(self.blocks)


def blocks(pdf: pikepdf.Pdf, structure: Structure, last: int, items) -> Iterator[str]:
    """What the places of each paragraph, caption, item or cell of the first ``last`` pages say."""
    whole = {"/P", "/Caption", "/LBody", "/TD", "/TH", "/Note", "/BlockQuote", "/H1", "/H2", "/H3", "/H4"}
    found: dict[tuple[int, ...], list[tuple[int, int]]] = {}
    pages = {page.obj.objgen: number for number, page in enumerate(pdf.pages, start=1)}

    def walk(node, block, page):
        page = pages[node.Pg.objgen] if "/Pg" in node else page
        if str(node.S) in OWN:
            return
        block = node.objgen if str(node.S) in whole else block
        kids = node.get("/K", [])
        for kid in kids if isinstance(kids, pikepdf.Array) else [kids]:
            if isinstance(kid, int):
                if page <= last:
                    found.setdefault(block, []).append((page, kid))
            elif "/S" in kid:
                walk(kid, block, page)

    walk(pdf.Root.StructTreeRoot.K[0], (0, 0), 1)
    for places in found.values():
        words = joined(item for place in places for item in items[place])
        yield " ".join(words.replace("-\n", "").split())


@pytest.fixture(scope="module")
def body(reference) -> Body:
    data = (reference / "informe.pdf").read_bytes()
    with pikepdf.open(io.BytesIO(data)) as pdf:
        structure, pages = Structure(pdf), list(painted(data))
        texts = [" ".join(text.split()) for text in reading_text(data)]
        last = next(number for number, text in enumerate(texts) if text.startswith("Apéndice 1 "))
        anew = [page.number for page in pages if begins_anew(page, structure)]
        return Body(
            last,
            {page.number: fullness(page, structure) for page in pages},
            {number - 1 for number in anew} | {len(pages)},
            list(blocks(pdf, structure, last, by_place(pages))),
        )


def test_the_summary_is_one_page(reference):
    first, second, *_ = reading_text(reference / "informe.pdf")
    assert second.startswith("Contenido\n")
    assert "Contenido" not in first


def test_the_body_is_short(body):
    assert 8 <= body.n_pages <= 12
    assert 2500 < len(body.text.split()) < 4500


def test_pages_are_full_but_where_a_part_ends_or_all(body):
    assert body.last_of_parts >= {body.n_pages, len(body.fullness)}
    short = {number for number, share in body.fullness.items() if share < FULL}
    assert short <= body.last_of_parts


@pytest.mark.parametrize("words", ["en todas las semillas", "convención de este informe"])
def test_a_formula_is_not_repeated(body, words):
    assert body.text.lower().count(words) <= 3


def test_no_sentence_stands_twice(body):
    sentences = Counter(
        sentence
        for block in body.blocks
        for sentence in SENTENCE_END.split(block)
        if len(sentence.split()) > 8
    )
    assert len(sentences) > 80
    assert [sentence for sentence, times in sentences.items() if times > 1] == []
