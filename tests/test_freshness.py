"""Whether a document is up to date, and which of its figures can be kept."""

from pathlib import Path

import pytest

from report.freshness import STATE_FILE, State, changes, digest_of, outputs, read_state, reusable_drawings

INPUTS = {"results/a.json": "1", "report/page.py": "2", "report/figures/gan.py": "3", "versión de numpy": "4"}


@pytest.fixture
def folder(tmp_path) -> Path:
    """A document with one figure, made from ``INPUTS``."""
    (tmp_path / "figures").mkdir()
    (tmp_path / "figures" / "a.svg").write_text("<svg/>")
    (tmp_path / "informe.pdf").write_bytes(b"%PDF-")
    made = outputs([tmp_path / "informe.pdf", tmp_path / "figures" / "a.svg"], tmp_path)
    (tmp_path / STATE_FILE).write_bytes(State(INPUTS, made, {"a.svg": "data"}).to_json())
    return tmp_path


def test_a_digest_is_sha256_of_the_bytes(tmp_path):
    (tmp_path / "a").write_bytes(b"abc")  # FIPS 180-2, appendix B.1
    assert digest_of(tmp_path / "a") == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"


def test_nothing_has_changed(folder):
    assert changes(folder, INPUTS) == []


def test_inputs_that_differ_are_named(folder):
    now = {**INPUTS, "results/a.json": "9", "results/b.json": "5"}
    del now["versión de numpy"]
    assert changes(folder, now) == ["results/a.json", "results/b.json", "versión de numpy"]


@pytest.mark.parametrize("name", ["informe.pdf", "figures/a.svg"])
def test_outputs_changed_by_hand_or_missing_are_named(folder, name):
    (folder / name).write_text("otra cosa")
    assert changes(folder, INPUTS) == [f"{folder}/{name}"]
    (folder / name).unlink()
    assert changes(folder, INPUTS) == [f"{folder}/{name}"]


@pytest.mark.parametrize("content", [None, "", "[]", '{"entradas": {}}', '{"entradas": 1}'])
def test_without_a_readable_state_there_is_no_earlier_document(folder, content):
    path = folder / STATE_FILE
    path.unlink() if content is None else path.write_text(content)
    assert read_state(folder) is None
    assert changes(folder, INPUTS) == [f"{path} (no hay un documento anterior)"]
    assert reusable_drawings(folder, INPUTS) == {}


def test_figures_are_kept_by_name_and_data(folder):
    kept = {("a.svg", "data"): folder / "figures" / "a.svg"}
    assert reusable_drawings(folder, INPUTS) == kept
    assert reusable_drawings(folder, {**INPUTS, "results/a.json": "9", "report/page.py": "9"}) == kept


@pytest.mark.parametrize("name", ["report/figures/gan.py", "versión de numpy"])
def test_figures_of_other_code_or_libraries_are_not_kept(folder, name):
    assert reusable_drawings(folder, {**INPUTS, name: "9"}) == {}


def test_figures_changed_by_hand_are_not_kept(folder):
    (folder / "figures" / "a.svg").write_text("<svg>otra</svg>")
    assert reusable_drawings(folder, INPUTS) == {}
