"""A small draw of the documents with scopes of ``make bench-audit``, with a seed of its own."""

import json

import pytest
from bench_scoped import attempt, draw, examine, of
from scoped_cells import Session
from scoped_documents import Document
from scoped_forms import FORMS

from report.audit.auditing import Audit
from report.audit.ruling import Verdict

SEED = 1_000
CLEAN = [
    "keras1/es.html",
    "keras2/es.md",
    "pytorch/en.ipynb",
    "epoch_table/en.html",
    "report/es.ipynb",
    "matrix_table/en.html",
    "comparison/es.html",
    "settings_dict/es.md",
    "gan/es.ipynb",
]
# Of each form of evidence a document in which a lie is found today.
FOUND = {
    "keras1": "es.html",
    "keras2": "es.md",
    "keras3": "es.md",
    "pytorch": "en.md",
    "lightning": "en.html",
    "history": "es.md",
    "epoch_table": "es.md",
    "evaluate": "es.html",
    "report": "es.ipynb",
    "matrix_print": "en.ipynb",
    "matrix_array": "es.html",
    "matrix_table": "es.md",
    "comparison": "en.md",
    "frame_text": "es.html",
    "frame_bare": "es.md",
    "frame_html": "en.html",
    "inline": "es.html",
    "latex": "es.md",
    "settings_dict": "en.md",
    "settings_assign": "en.md",
    "gan": "es.ipynb",
    "gan_table": "es.html",
}


def made(name: str) -> Document:
    form, file = name.split("/")
    return Document(form, file[:2], file[2:], SEED)


@pytest.mark.parametrize("name", CLEAN)
def test_a_clean_document_raises_no_alarm(tmp_path, name):
    found = examine(made(name).write(tmp_path))

    assert isinstance(found, Audit)
    assert of(found, Verdict.CONTRADICTED) == []
    assert found.coverage.claims > 5


@pytest.mark.parametrize("form", FOUND)
def test_a_lie_about_every_form_of_evidence_is_found(tmp_path, form):
    document = made(f"{form}/{FOUND[form]}")
    clean = examine(document.write(tmp_path))

    assert isinstance(clean, Audit)
    assert any(attempt(document, *lie, clean, tmp_path).outcome == "found" for lie in draw(document))


def test_no_form_of_evidence_is_forgotten():
    assert FORMS.keys() == FOUND.keys()


@pytest.mark.parametrize("name", ["comparison/es.md", "report/en.html", "gan_table/es.md"])
def test_a_lie_changes_one_statement_and_nothing_else(tmp_path, name):
    document = made(name)
    clean = document.write(tmp_path).read_text(encoding="utf-8")
    for index, lie in document.lies:
        changed = document.write(tmp_path, index, lie).read_text(encoding="utf-8")
        before, after = document.say(index), document.say(index, lie)
        assert changed != clean
        assert changed.replace(after, before) == clean.replace(after, before)


def test_a_notebook_shows_what_its_cells_printed(tmp_path):
    document = made("pytorch/es.ipynb")
    cells = json.loads(document.write(tmp_path).read_text(encoding="utf-8"))["cells"]
    session = Session()
    shown = 0
    for cell in cells:
        if cell["cell_type"] == "code":
            text = "".join(line for output in cell["outputs"] for line in output.get("text", []))
            assert session.run("".join(cell["source"])).text == text
            shown += len(text)

    assert shown > 500


def test_the_value_of_the_last_line_is_shown_as_jupyter_does():
    table = Session().run("import pandas as pd\nprint('a')\npd.DataFrame({'b': [1]})")

    assert table.text == "a\n"
    assert "<table" in table.html
    assert Session().run("{'loss': [0.5]}").value == "{'loss': [0.5]}"
    assert Session().run("x = 1").value == ""
