"""No page ends within a word."""

from itertools import groupby
from pathlib import Path
from types import SimpleNamespace

import pytest
import sample_document as sample
from weasyprint.layout import block

from report.html.body import to_html
from report.html.page import page
from report.pdf.layout import lay_out
from report.pdf.mend import ends

SHORT = "el uso y la suma de dos o tres no da otra cosa que una de las"
WORDS = [*SHORT.split(), "responsabilidades"]


def last_texts(tmp_path: Path) -> list[str]:
    """What each page ends on, of paragraphs of ten lines or so that all begin elsewhere."""
    paragraphs = "\n\n".join(
        f"{'letra ' * (n % 13 + 1)}{' '.join(WORDS[(n + k) % len(WORDS)] for k in range(130))}."
        for n in range(60)
    )
    html = page(to_html(f"# Título\n\n## Resumen\n\nHola.\n\n## Otra\n\n{paragraphs}"), sample.META)
    pieces = lay_out(html, tmp_path).pieces
    return [list(group)[-1].text for _, group in groupby(pieces, key=lambda piece: piece.page)]


def test_no_page_ends_on_a_hyphen(tmp_path):
    texts = last_texts(tmp_path)
    assert len(texts) > 10
    assert [text for text in texts if text.endswith("-")] == []


def test_without_the_mend_some_do(tmp_path, monkeypatch):
    last_texts(tmp_path)  # mends
    monkeypatch.setattr(block, "_break_line", ends._break)
    assert [text for text in last_texts(tmp_path) if text.endswith("-")]


@pytest.mark.parametrize(
    ("divided", "left"),
    [
        ([False, False, True], (False, 2)),
        ([False, True, True], (True, 3)),  # the whole paragraph goes overleaf
        ([False, True, True, True], (False, 4)),  # of which too much would be wanting here
    ],
)
def test_as_many_lines_stay_as_must(monkeypatch, divided, left):
    """At least two."""
    monkeypatch.setattr(ends, "_break", lambda *_: (False, True, None))
    monkeypatch.setattr(ends, "_ends_divided", lambda line: line.divided)
    monkeypatch.setattr(block, "remove_placeholders", lambda *_: None)
    lines = [SimpleNamespace(divided=is_divided, children=()) for is_divided in divided]
    paragraph = SimpleNamespace(style={"orphans": 2})
    abort, *_ = ends._break_whole(None, paragraph, None, lines, 0, False, 0, None, None, [], [])
    assert (abort, len(lines)) == left
