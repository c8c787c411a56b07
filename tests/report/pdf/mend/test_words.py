"""Names stay whole; other words are divided."""

import re
from pathlib import Path

import pyphen
import sample_document as sample

from report.html.body import to_html
from report.html.page import page
from report.pdf.layout import lay_out
from report.pdf.mend.words import Words, mend_words, tell_names
from report.proof.checks.reading import reading_text


def test_a_word_with_a_capital_has_no_divisions():
    mend_words()
    dictionary = pyphen.Pyphen(lang="es")
    assert [start for start, _ in dictionary.iterate("entrenamiento")] == [
        "entrenamien",
        "entrena",
        "entre",
        "en",
    ]
    assert list(dictionary.iterate("Schmidhuber")) == []


def test_a_sentence_begins_with_any_word():
    mend_words()
    tell_names(
        "<head><style>schmidhuber</style></head><p>Redes: dos redes. Schmidhuber; «densa» y "
        "«hinge-espectral», y lo denso.</p>"
    )
    assert {"redes", "densa"} <= Words.common
    assert "schmidhuber" not in Words.common
    dictionary = pyphen.Pyphen(lang="es")
    assert list(dictionary.iterate("Redes"))
    assert [list(dictionary.iterate(word)) for word in ("Schmidhuber", "densa", "espectral")] == [[], [], []]


def test_lines_end_with_whole_names(tmp_path: Path):
    def divided(word: str) -> int:
        paragraphs = "\n\n".join(f"{'letra ' * n}{word} y sigue con otras palabras." for n in range(8, 16))
        html = page(to_html(f"# Título\n\n## Resumen\n\nHola.\n\n## Otra\n\n{paragraphs}"), sample.META)
        text = "\n".join(reading_text(lay_out(html, tmp_path).write([], sample.META.created)))
        return len(re.findall(rf"{word[:4]}\w*-\n", text))

    assert divided("responsabilidades") > 0
    assert divided("«responsabilidades»") == 0
    assert divided("Responsabilidades") == 0
