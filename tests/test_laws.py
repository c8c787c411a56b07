"""The laws of the project that no single module can keep."""

import ast
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from jinja2 import Environment, nodes

from experiments.records import code_digest, read_results
from report.embed import as_json
from report.folders import REFERENCE
from report.results import find_study

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


@pytest.mark.parametrize("path", REPORT, ids=name_of)
def test_report_knows_of_training_only_the_records_and_their_settings(path):
    for module in imports(parse(path)):
        package, _, rest = module.partition(".")
        assert package not in ("tensorflow", "keras", "mlxtend", "sklearn"), module
        assert package != "experiments" or rest.split(".")[0] in ("records", "profiles"), module


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
    assert "report.findings.gan_losses" in loaded
    assert {name.split(".")[0] for name in loaded} & {"tensorflow", "keras", "torch", "jax"} == set()
    of_experiments = {".".join(name.split(".")[:2]) for name in loaded if name.startswith("experiments")}
    assert of_experiments == {"experiments", "experiments.profiles", "experiments.records"}


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


@pytest.mark.parametrize("path", sorted((ROOT / "report" / "findings").glob("*.py")), ids=name_of)
def test_findings_are_pure(path):
    tree = parse(path)
    assert {module.split(".")[0] for module in imports(tree)} & OUTSIDE_WORLD == set()
    assert {called(call) for call in calls(tree)} & INPUT_OUTPUT == set()
    assert [node for node in ast.walk(tree) if isinstance(node, ast.Global | ast.Nonlocal)] == []


def template_tree(path: Path) -> nodes.Template:
    return Environment().parse(path.read_text(encoding="utf-8"))


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
    "experiments/runtime.py": "events between two processes",
    "report/freshness.py": "names and digests",
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
        assert run.record.code_digest == code_digest(run.record.kind), f"{run.name}: train it again"


@needs_reference
def test_the_reference_results_are_complete_and_real():
    study = find_study(ROOT / REFERENCE)
    assert study.profile == "full"
    assert len(study.lstm) == len(study.gan) >= 3
    assert [run.name for run in (*study.lstm, *study.gan) if run.record.data.is_sample] == []
