"""The laws of the project that no single module can keep."""

import ast
import graphlib
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from instrumented import plain_environment
from jinja2 import Environment, nodes

from experiments.records.closure import code_digest_of
from experiments.records.results import read_results
from report.proof.carried.packing import as_json
from report.study.folders import REFERENCE
from report.study.study import find_study

ROOT = Path(__file__).parent.parent
REPORT = sorted((ROOT / "report").rglob("*.py"))
EXPERIMENTS = sorted((ROOT / "experiments").rglob("*.py"))
TEMPLATES = sorted((ROOT / "templates").rglob("*.md.j2"))
MIB = 2**20


def name_of(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def parse(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


def imports(tree: ast.Module) -> Iterator[str]:
    """Every imported module, wherever the import stands; ``a.b`` for ``from a import b``."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, "relative import"
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def calls(tree: ast.Module) -> Iterator[ast.Call]:
    return (node for node in ast.walk(tree) if isinstance(node, ast.Call))


def called(call: ast.Call) -> str:
    """``open`` of ``open()``, ``read_text`` of ``path.read_text()``."""
    function = call.func
    return function.attr if isinstance(function, ast.Attribute) else getattr(function, "id", "")


# --- the direction of the arrows ---------------------------------------------------------


# What comes with the extra that trains.
ONLY_TRAINS = ("keras", "mlxtend", "pandas", "requests", "rich", "sklearn", "statsmodels", "tensorflow")
# What report may know of experiments.
SHARED = ("brought", "causes", "errors", "kinds", "paths", "records", "terminal", "validation")


@pytest.mark.parametrize("path", REPORT, ids=name_of)
def test_report_knows_of_training_only_the_records_and_the_kinds(path):
    shared = (*SHARED, "__main__") if path.name == "informe.py" else SHARED  # it hands verbs to both
    for module in imports(parse(path)):
        package, _, rest = module.partition(".")
        assert package not in ONLY_TRAINS, module
        assert package != "experiments" or rest.split(".")[0] in shared, module


@pytest.mark.parametrize("path", EXPERIMENTS, ids=name_of)
def test_experiments_know_nothing_of_the_report(path):
    assert [module for module in imports(parse(path)) if module.split(".")[0] == "report"] == []


def test_no_module_of_the_report_brings_tensorflow_along():
    modules = [
        name_of(path).removesuffix(".py").replace("/", ".").removesuffix(".__init__") for path in REPORT
    ]
    program = (
        f"import importlib, sys\nfor name in {modules}: importlib.import_module(name)\n"
        "print(*sorted(sys.modules))"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=True
    )
    loaded = set(done.stdout.split())
    assert "report.findings.gan.losses" in loaded
    assert {name.split(".")[0] for name in loaded} & {*ONLY_TRAINS, "torch", "jax"} == set()
    of_experiments = {".".join(name.split(".")[:2]) for name in loaded if name.startswith("experiments")}
    # A kind may take a bound of its settings from its data; a record says what is wrong with it.
    assert of_experiments - {"experiments.data", "experiments.validation"} == {
        *("experiments", "experiments.brought", "experiments.causes", "experiments.errors"),
        *("experiments.kinds", "experiments.paths", "experiments.records", "experiments.terminal"),
    }


def test_who_writes_does_not_wait_for_who_draws_or_typesets():
    program = "import sys\nimport report.assembly.making\nprint(*sys.modules)"
    done = subprocess.run(
        [sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=True
    )
    loaded = set(done.stdout.split())
    assert "report.figures.lstm.curves" in loaded
    assert {name.split(".")[0] for name in loaded} & {"matplotlib", "weasyprint"} == set()


# --- the wings of the report -------------------------------------------------------------

# From the lowest to the highest: none imports from one above it.
WINGS = (
    *("errors", "paths", "sheet", "fonts", "ledger", "settings", "proof.state", "study"),
    *("findings", "figures", "text", "html", "pdf", "proof.carried", "audit", "assembly"),
    *("proof.checks", "office", "handins", "commands", "__main__", "informe"),
)
# Whatever all wings may need; the rest lies in a wing.
AT_THE_TOP = {"__init__", "__main__", "errors", "fonts", "informe", "paths", "settings", "sheet"}


def module_of(path: Path) -> str:
    return name_of(path).removesuffix(".py").replace("/", ".").removesuffix(".__init__")


MODULES = {module_of(path): path for path in REPORT}


def wing_of(module: str) -> str:
    name = module.removeprefix("report.")
    return next(wing for wing in WINGS if name == wing or name.startswith(f"{wing}."))


def imported(path: Path) -> set[str]:
    """The modules of the report that a file imports, wherever the import stands."""
    found = set()
    for name in imports(parse(path)):
        while name.startswith("report.") and name not in MODULES:
            name = name.rpartition(".")[0]
        if name in MODULES and name not in ("report", "report.proof"):
            found.add(name)
    return found


IN_WINGS = [path for path in REPORT if module_of(path) not in ("report", "report.proof")]
WINGS_THEMSELVES = [
    path for path in REPORT if path.stem == "__init__" and path.parent.parent.name not in ("audit", ROOT.name)
]


@pytest.mark.parametrize("path", IN_WINGS, ids=name_of)
def test_no_import_runs_up(path):
    own = WINGS.index(wing_of(module_of(path)))
    assert [name for name in imported(path) if WINGS.index(wing_of(name)) > own] == []


def test_no_modules_import_each_other_in_a_circle():
    above = {name: imported(path) - {name} for name, path in MODULES.items()}
    order = graphlib.TopologicalSorter(above)
    order.prepare()  # raises CycleError, naming the circle


def test_only_what_belongs_to_all_lies_at_the_top():
    assert {path.stem for path in REPORT if path.parent == ROOT / "report"} == AT_THE_TOP


def test_no_file_has_the_name_of_a_module_of_python():
    names = [path.stem for path in (*REPORT, *EXPERIMENTS) if not path.stem.startswith("__")]
    assert [name for name in names if name in sys.stdlib_module_names] == []


@pytest.mark.parametrize("path", WINGS_THEMSELVES, ids=name_of)
def test_every_wing_says_what_lives_there(path):
    tree = parse(path)
    says = ast.get_docstring(tree) or ""
    assert len(tree.body) == 1, "nothing but what it says"
    assert len(re.findall(r"[.](?:\s|$)", says)) >= 2


# --- Spanish stands in the templates -----------------------------------------------------

# Accents, or the small words that join others.
SPANISH = re.compile(r"[áéíóúñ¿¡«»]| (?:de|del|la|el|los|las|en|con|por|una?|que|sin|para|y) ")
NAMING = ("derive", "over_seeds", "threshold", "Leaf", "Rule")  # where a number or a verdict comes from


def words_in(tree: ast.Module) -> Iterator[ast.Constant]:
    """Every text of a module but docstrings, names of the ledger, and what an error says."""
    skipped: set[int] = set()
    for node in ast.walk(tree):
        named = isinstance(node, ast.Call) and called(node) in NAMING
        documented = isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
        if named or documented or isinstance(node, ast.Raise | ast.Assert):
            skipped |= {id(child) for child in ast.walk(node)}
        if isinstance(node, ast.Dict):  # keys of a JSON file
            skipped |= {id(key) for key in node.keys}
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in skipped:
            yield node


@pytest.mark.parametrize(
    "path",
    [path for wing in ("findings", "figures") for path in sorted((ROOT / "report" / wing).rglob("*.py"))],
    ids=name_of,
)
def test_no_spanish_word_is_said_by_python(path):
    assert [node.value for node in words_in(parse(path)) if SPANISH.search(node.value)] == []


# --- findings and templates --------------------------------------------------------------

INPUT_OUTPUT = {
    *("open", "print", "input", "exec", "eval", "load", "loads", "loadtxt", "save", "savez", "dump"),
    *("read_text", "read_bytes", "write_text", "write_bytes", "read_run", "read_results", "iterdir", "glob"),
    *("now", "today", "time", "getenv", "default_rng"),
}
OUTSIDE_WORLD = {
    *("os", "sys", "io", "pathlib", "shutil", "tempfile", "subprocess", "logging", "time", "datetime"),
    *("random", "urllib", "requests", "json", "pickle", "jinja2", "matplotlib", "weasyprint"),
}


@pytest.mark.parametrize("path", sorted((ROOT / "report" / "findings").rglob("*.py")), ids=name_of)
def test_findings_are_pure(path):
    tree = parse(path)
    assert {module.split(".")[0] for module in imports(tree)} & OUTSIDE_WORLD == set()
    assert {called(call) for call in calls(tree)} & INPUT_OUTPUT == set()
    assert [node for node in ast.walk(tree) if isinstance(node, ast.Global | ast.Nonlocal)] == []


def template_tree(path: Path) -> nodes.Template:
    return plain_environment().parse(path.read_text(encoding="utf-8"))


def thresholds(tree: nodes.Template) -> list[tuple[int, float]]:
    """Line and value of each number, other than a count of none or one, in a condition."""
    return [
        (constant.lineno, constant.value)
        for condition in tree.find_all((nodes.Compare, nodes.Test))
        for constant in condition.find_all(nodes.Const)
        if isinstance(constant.value, int | float) and constant.value not in (0, 1)
    ]


@pytest.mark.parametrize("path", TEMPLATES, ids=name_of)
def test_no_template_decides_by_a_threshold(path):
    assert thresholds(template_tree(path)) == []


@pytest.mark.parametrize(
    "text",
    ["{% if x.value > 0.9 %}a{% endif %}", "{{ a if 3 <= n else b }}", "{% if n is gt 2 %}a{% endif %}"],
)
def test_a_threshold_would_be_noticed(text):
    assert len(thresholds(Environment().parse(text))) == 1


NUMBER_WORD = re.compile(
    r"\b(dos|tres|cuatro|cinco|seis|siete|ocho|nueve|diez|once|doce|trece|catorce|quince|veinte|treinta"
    r"|cien|cientos?|mil|miles|millón|millones|doble|triple)\b",
    re.I,
)


@pytest.mark.parametrize("path", TEMPLATES, ids=name_of)
def test_no_template_writes_a_number_as_a_word(path):
    tree = template_tree(path)
    texts = [node.data for node in tree.find_all(nodes.TemplateData)]
    texts += [node.value for node in tree.find_all(nodes.Const) if isinstance(node.value, str)]
    assert [match[0] for text in texts for match in NUMBER_WORD.finditer(text)] == []


# --- JSON --------------------------------------------------------------------------------

NO_RESULTS = {
    "experiments/running/events.py": "events between two processes",
    "report/proof/state/freshness.py": "names and digests",
}


@pytest.mark.parametrize("path", [*REPORT, *EXPERIMENTS], ids=name_of)
def test_json_of_results_is_written_without_nan(path):
    for call in calls(parse(path)):
        if ast.unparse(call.func) in ("json.dump", "json.dumps") and name_of(path) not in NO_RESULTS:
            options = {keyword.arg: ast.unparse(keyword.value) for keyword in call.keywords}
            assert options.get("allow_nan") == "False", call.lineno


def test_nan_never_reaches_a_file():
    with pytest.raises(ValueError, match="not JSON compliant"):
        as_json({"valor": float("nan")})


# --- the repository ----------------------------------------------------------------------


@pytest.fixture(scope="module")
def tracked() -> list[Path]:
    if not (ROOT / ".git").exists():
        pytest.skip("no git checkout: there is no list of the project's files")
    command = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    listed = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout
    return [path for name in listed.split("\0") if name and (path := ROOT / name).is_file()]


MACHINE = re.compile(
    r"(?<![\w.])/(?:work|tmp|root|home/\w+|Users/\w+)/\w"
    r"|\b(?:pypi[.]org|pythonhosted[.]org|debian[.]org|ubuntu[.]com|conda[.]anaconda|npmjs[.])"
)


def test_no_file_names_a_machine_or_a_registry(tracked):
    found = []
    for path in tracked:
        try:
            text = path.read_text(encoding="utf-8")
        except UnicodeDecodeError:
            continue
        found += [(name_of(path), match[0]) for match in MACHINE.finditer(text)]
    assert found == []


def test_the_repository_stays_small(tracked):
    sizes = {name_of(path): path.stat().st_size for path in tracked}
    assert {name: size for name, size in sizes.items() if size >= 4 * MIB} == {}
    assert sum(sizes.values()) < 40 * MIB


def test_results_and_documents_are_not_tracked(tracked):
    names = [name_of(path) for path in tracked]
    assert [name for name in names if name.startswith(("results/local/", "build/", ".venv/"))] == []


def test_every_target_of_the_makefile_is_documented():
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    phony = re.search(r"^\.PHONY:(.*)$", makefile, re.M)
    assert phony is not None
    documented = re.findall(r"^([a-z-]+):.*## \S", makefile, re.M)
    assert sorted(documented) == sorted(phony[1].split())


def test_the_readme_speaks_of_targets_that_exist():
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    targets = set(re.findall(r"^([a-z-]+):", makefile, re.M))
    named = set(re.findall(r"(?:\$ |`)make ([a-z-]+)", (ROOT / "README.md").read_text(encoding="utf-8")))
    assert {"all", "report", "test"} <= named <= targets


# --- the reference results ---------------------------------------------------------------

needs_reference = pytest.mark.skipif(
    not (ROOT / REFERENCE).exists(), reason="results/reference does not exist yet"
)


@needs_reference
def test_the_reference_results_are_of_the_present_code():
    _, found = read_results(ROOT / REFERENCE)
    for run in found:
        assert run.record.code_digest == code_digest_of(run.record.kind), f"{run.name}: train it again"


@needs_reference
def test_the_reference_results_are_complete_and_real():
    study = find_study(ROOT / REFERENCE)
    assert study.profile == "full"
    assert len(study.lstm) == len(study.gan) >= 3
    assert [run.name for run in (*study.lstm, *study.gan) if run.record.data.is_sample] == []
