"""The first recipe of ``docs/recipes.md``, followed word for word in a copy of the project: the files
that it names are enough for a finding with its sentence, row and figure."""

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
RECIPES = (ROOT / "docs" / "recipes.md").read_text(encoding="utf-8")
CHANGED = "templates/es/partes/a/metricas.md.j2"
BEFORE = '{{ apartado("metricas", '
MOST = 6  # files, tests included


def steps() -> dict[str, str]:
    """The content of each file of the first recipe, by its path."""
    first = RECIPES[RECIPES.index("## Add a finding") : RECIPES.index("## Add a figure")]
    return dict(re.findall(r"```\w+ (\S+)\n(.*?)```", first, re.S))


@pytest.fixture(scope="module")
def copy(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The project with the recipe followed."""
    folder = tmp_path_factory.mktemp("receta") / "proyecto"
    folder.mkdir()
    for name in ("report", "experiments", "templates", "tests", "results", "pyproject.toml", "docs"):
        source = ROOT / name
        if source.is_dir():
            ignored = shutil.ignore_patterns("__pycache__", "local", "*.npz" if name == "tests" else "")
            shutil.copytree(source, folder / name, ignore=ignored)
        else:
            shutil.copyfile(source, folder / name)
    for name, text in steps().items():
        path = folder / name
        if name == CHANGED:
            old = path.read_text(encoding="utf-8")
            assert old.count(BEFORE) == 1
            text = old.replace(BEFORE, text + BEFORE)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return folder


def done(folder: Path, *command: str) -> str:
    found = subprocess.run(
        [sys.executable, *command], cwd=folder, capture_output=True, text=True, check=False
    )
    assert found.returncode == 0, found.stdout + found.stderr
    return found.stdout


def test_the_recipe_names_few_files():
    assert 1 < len(steps()) <= MOST
    assert [name for name in steps() if (ROOT / name).exists()] == [CHANGED]


@pytest.mark.thorough
def test_its_test_passes_and_its_template_is_right(copy):
    tests = ("tests/report/findings/lstm/test_waiting.py", "tests/report/text/test_template_types.py")
    options = ("-q", "-p", "no:cacheprovider")
    assert "passed" in done(copy, "-m", "pytest", *options, *tests)


def test_the_document_has_its_sentence_its_row_and_its_figure(copy):
    done(copy, "-m", "report", "build", "--results", "results/reference", "--build", "salida")
    text = (copy / "salida" / "informe.md").read_text(encoding="utf-8")
    sentence = re.search(r"Tras la época elegida se entrenaron todavía \w+\sépocas\.", text)
    assert sentence is not None
    assert len(re.findall(r"\| \d \| \d \|\n", text)) >= 3  # a row for each seed
    assert "](figures/espera.svg)" in text
    drawing = (copy / "salida" / "figures" / "espera.svg").read_text(encoding="utf-8")
    assert "Épocas tras la elegida" in drawing
    assert '"lstm.waiting"' in (copy / "salida" / "hallazgos.json").read_text(encoding="utf-8")


@pytest.mark.thorough
def test_what_it_says_is_what_was_approved(copy):
    program = (
        "import phrases, cases\n"
        "whole = cases.cases()\n"
        "phrases.cases = lambda: {'corriente, varias semillas': whole['corriente, varias semillas']}\n"
        "print(phrases.written()['lstm/waiting/frase.md'], end='')\n"
    )
    path = "import sys; sys.path[:0] = ['.', 'tests/made']\n"
    assert done(copy, "-c", path + program) == steps()["tests/golden/lstm/waiting/frase.md"]
