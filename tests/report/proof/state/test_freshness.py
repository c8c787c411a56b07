"""Whether a document is up to date, and which of its figures can be kept."""

import ast
import pickle
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pytest

from report.paths import ROOT
from report.proof.state.freshness import (
    STATE_FILE,
    State,
    changes,
    data_digest,
    digest_of,
    files_named_in,
    has_part_in_drawings,
    inputs,
    outputs,
    read_state,
    reusable_drawings,
)

INPUTS = {
    "results/a.json": "1",
    "report/html/page.py": "2",
    "report/figures/gan/losses.py": "3",
    "versión de numpy": "4",
}


@pytest.fixture
def folder(tmp_path) -> Path:
    """A document with one figure, made from ``INPUTS``."""
    (tmp_path / "figures").mkdir()
    (tmp_path / "figures" / "a.svg").write_text("<svg/>")
    (tmp_path / "informe.pdf").write_bytes(b"%PDF-")
    made = outputs({"informe.pdf": b"%PDF-", "figures/a.svg": b"<svg/>"})
    (tmp_path / STATE_FILE).write_bytes(State(INPUTS, made, {"a.svg": "data"}).to_json())
    return tmp_path


def test_a_digest_is_sha256_of_the_bytes(tmp_path):
    (tmp_path / "a").write_bytes(b"abc")  # FIPS 180-2, appendix B.1
    assert digest_of(tmp_path / "a") == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"


def test_the_inputs_are_settings_results_program_and_versions(tmp_path):
    results, settings = tmp_path / "results", tmp_path / "informe.toml"
    (results / "lstm" / "weights").mkdir(parents=True)
    for name in ("manifest.json", "lstm/record.json", "lstm/arrays.npz", "lstm/weights/a.h5"):
        (results / name).write_bytes(b"abc")
    found = inputs(results, settings)
    assert {name for name in found if name.startswith(str(tmp_path))} == {
        *(str(results / name) for name in ("manifest.json", "lstm/record.json", "lstm/arrays.npz")),
    }
    assert {
        *("report/__main__.py", "report/figures/style.py", "report/proof/checks/gate.py"),
        *("experiments/images/gan_mnist.py", "templates/es/informe.md.j2", "templates/es/paper.css"),
        *("versión de weasyprint", "versión de Python"),
    } <= set(found)
    settings.write_text("")
    assert str(settings) in inputs(results, settings)


@pytest.mark.parametrize("name", ["mia.md", " textos/mia.md "])
def test_the_words_that_the_settings_name_are_an_input(tmp_path, name):
    settings, words = tmp_path / "mio.toml", tmp_path / name.strip()
    settings.write_text(f'reflection = "{name}"')
    assert str(words) not in inputs(tmp_path, settings)
    words.parent.mkdir(exist_ok=True)
    words.write_text("Así.")
    before = inputs(tmp_path, settings)[str(words)]
    words.write_text("Así no.")
    assert inputs(tmp_path, settings)[str(words)] != before


@pytest.mark.parametrize("text", ["[x", "reflection = 3", 'reflection = " "', 'reflection = ["a"]'])
def test_settings_that_cannot_be_read_name_no_words(tmp_path, text):
    (tmp_path / "mio.toml").write_text(text)
    found = inputs(tmp_path, tmp_path / "mio.toml")
    assert [name for name in found if name.startswith(str(tmp_path))] == [str(tmp_path / "mio.toml")]


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


LISTED = '{"entradas": {"a": ["b"]}, "salidas": {}, "figuras": {}}'  # no digest


@pytest.mark.parametrize(
    "content", [None, "", "[]", '{"entradas": {}}', '{"entradas": 1}', "[" * 100_000, LISTED]
)
def test_without_a_readable_state_there_is_no_earlier_document(folder, content):
    path = folder / STATE_FILE
    path.unlink() if content is None else path.write_text(content)
    assert read_state(folder) is None
    assert changes(folder, INPUTS) == [f"{path} (no hay un documento anterior)"]
    assert reusable_drawings(folder, INPUTS) == {}


def test_figures_are_kept_by_name_and_data(folder):
    kept = {("a.svg", "data"): folder / "figures" / "a.svg"}
    assert reusable_drawings(folder, INPUTS) == kept
    assert reusable_drawings(folder, {**INPUTS, "results/a.json": "9", "report/html/page.py": "9"}) == kept


DRAWING = [
    *("report/figures/gan/losses.py", "report/figures/style.py", "report/figures/new/deep/a.py"),
    *("report/fonts.py", "report/sheet.py", "report/errors.py", "report/paths.py", "report/new/a.py"),
    *("report/ledger/spanish.py", "report/findings/base.py", "report/study/study.py"),
    "versión de numpy",
]


@pytest.mark.parametrize("name", DRAWING)
def test_figures_of_other_code_or_libraries_are_not_kept(folder, name):
    assert reusable_drawings(folder, {**INPUTS, name: "9"}) == {}


NOT_DRAWING = [
    *("report/__main__.py", "report/text/document.py", "report/html/page.py", "report/pdf/mend/tags.py"),
    *("report/proof/carried/packing.py", "report/assembly/making.py", "report/audit/claims.py"),
    *("report/commands/build.py", "templates/es/informe.md.j2", "experiments/images/gan_mnist.py"),
]


@pytest.mark.parametrize("name", NOT_DRAWING)
def test_what_does_not_draw_leaves_the_figures(folder, name):
    assert reusable_drawings(folder, {**INPUTS, name: "9"}) != {}


def imported(path: Path) -> set[Path]:
    """The files of the project that a file imports, wherever the import stands."""
    found = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.module:
            modules = [node.module, *(f"{node.module}.{alias.name}" for alias in node.names)]
        elif isinstance(node, ast.Import):
            modules = [alias.name for alias in node.names]
        else:
            continue
        for module in modules:
            place = ROOT / module.replace(".", "/")
            found |= {file for file in (place.with_suffix(".py"), place / "__init__.py") if file.is_file()}
    return found


def test_all_that_the_figures_import_has_a_part_in_them():
    closure, waiting = set(), set((ROOT / "report" / "figures").rglob("*.py"))
    while waiting:
        path = waiting.pop()
        closure.add(path)
        waiting |= imported(path) - closure
    names = {path.relative_to(ROOT).as_posix() for path in closure}
    assert {"report/fonts.py", "report/ledger/ledger.py", "report/figures/drawing.py"} <= names
    of_report = {name for name in names if name.startswith("report/")}
    assert {name for name in of_report if not has_part_in_drawings(name)} == set()
    # These reach a figure only as data, whose digest is compared.
    assert {Path(name).parts[1] for name in names - of_report} <= {
        *("__init__.py", "causes.py", "data", "kinds", "paths.py", "records", "validation.py")
    }


@dataclass(frozen=True, eq=False)
class Data:
    name: str
    values: np.ndarray


def test_data_have_the_same_digest_in_another_process():
    data = Data("curva", np.arange(3.0))
    assert data_digest(pickle.loads(pickle.dumps(data))) == data_digest(data)


@pytest.mark.parametrize("other", [Data("recta", np.arange(3.0)), Data("curva", np.array([0.0, 1.0, 2.5]))])
def test_other_data_have_another_digest(other):
    assert data_digest(other) != data_digest(Data("curva", np.arange(3.0)))


def test_figures_changed_by_hand_are_not_kept(folder):
    (folder / "figures" / "a.svg").write_text("<svg>otra</svg>")
    assert reusable_drawings(folder, INPUTS) == {}


def test_the_files_that_the_settings_name_are_inputs(tmp_path):
    for name in ("mia.md", "mia.ttf"):
        (tmp_path / name).touch()
    settings = tmp_path / "informe.toml"
    settings.write_text(
        f'reflection = "mia.md"\nfonts = ["{"x" * 5_000}", "mia.ttf", " ", 7]', encoding="utf-8"
    )
    assert files_named_in(settings) == [tmp_path / "mia.md", tmp_path / "mia.ttf"]
    settings.write_text("fonts = 3", encoding="utf-8")
    assert files_named_in(settings) == []
