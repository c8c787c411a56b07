"""Which program writes a document: whatever lies in its folders, but what only looks."""

import shutil
import sys

import pytest

from report.errors import RenderError
from report.paths import ROOT
from report.proof.state import program


@pytest.fixture(scope="module")
def copy(tmp_path_factory):
    """The project's code and templates in another place."""
    root = tmp_path_factory.mktemp("copy")
    for folder in ("report", "templates", "experiments/records"):
        shutil.copytree(ROOT / folder, root / folder, ignore=shutil.ignore_patterns("__pycache__"))
    return root


@pytest.fixture
def write(copy):
    """Writes a file that the copy has not, and takes it away again."""
    written = []

    def put(name):
        path = copy / name
        assert not path.exists()
        missing = next(place for place in (*reversed(path.parents), path) if not place.exists())
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("# nuevo")
        written.append(missing)

    yield put
    for path in written:
        shutil.rmtree(path) if path.is_dir() else path.unlink()


def test_the_program_is_what_decides_the_pages():
    files = program.sources()
    assert {
        *("templates/es/paper.css", "templates/es/informe.md.j2", "experiments/records/base.py"),
        *("report/pdf/layout.py", "report/findings/base.py", "report/proof/carried/packing.py"),
        *("report/errors.py", "report/figures/style.py"),
    } <= set(files)
    assert not {
        *("report/proof/checks/verification.py", "report/proof/checks/status.py", "report/__main__.py"),
        *("report/proof/state/freshness.py", "report/commands/build.py", "report/audit/claims.py"),
    } & set(files)
    assert {"weasyprint", "matplotlib", "pyphen", "Python"} <= set(program.libraries())


def test_a_copy_elsewhere_is_the_same_program(copy):
    assert program.sources(copy) == program.sources()
    assert program.sources_digest(copy) == program.sources_digest()


def test_as_it_is_installed_it_is_the_same_program(tmp_path):
    """Where a wheel keeps what in a clone lies beside the packages."""
    shutil.copytree(ROOT / "templates", tmp_path / "informe" / "templates")
    shutil.copytree(ROOT / "experiments" / "records", tmp_path / "experiments" / "records")
    shutil.copytree(ROOT / "report", tmp_path / "report")
    (tmp_path / "templates").mkdir()
    (tmp_path / "templates" / "of another package.txt").touch()
    assert program.sources(tmp_path) == program.sources()


@pytest.mark.parametrize(
    "name",
    [
        *("report/new.py", "report/new/a.py", "report/new/deeper/still/a.json", "report/figures/new/a.py"),
        *("report/pdf/mend/new/a.py", "report/proof/new/a.py", "report/proof/carried/new/a.py"),
        *("templates/es/new/a.md.j2", "templates/en/a.css", "experiments/records/new/a.py"),
        *("report/auditing/a.py", "report/statement/a.py"),
    ],
)
def test_a_file_in_any_folder_however_new_is_another_program(copy, write, name):
    before = program.sources_digest(copy)
    write(name)
    assert set(program.sources(copy)) - set(program.sources()) == {name}
    assert program.sources_digest(copy) != before


@pytest.mark.parametrize(
    "name",
    [
        *("report/audit/new.py", "report/audit/new/deeper/a.py", "report/commands/new.py"),
        *("report/proof/checks/new/a.py", "report/proof/state/new.py", "experiments/new.py", "tests/a.py"),
        *("report/figures/__pycache__/a.pyc", "report/figures/.a.py.swp", "report/figures/README.md"),
    ],
)
def test_what_only_looks_or_never_runs_is_no_part_of_the_program(copy, write, name):
    before = program.sources_digest(copy)
    write(name)
    assert program.sources_digest(copy) == before


def test_another_content_is_another_program(copy):
    path = copy / "report" / "ledger" / "spanish.py"
    before, content = program.sources_digest(copy), path.read_text()
    path.write_text(content + "\n")
    assert program.sources_digest(copy) != before
    path.write_text(content)


def test_a_system_without_pango_is_told_what_to_install(monkeypatch):
    class Lacking:
        def __getattr__(self, name: str):
            raise OSError("cannot load library 'libpango-1.0-0': not there.  Additionally, much more")

    monkeypatch.setitem(sys.modules, "weasyprint.text.ffi", Lacking())
    with pytest.raises(RenderError, match=r"not there\); instale Pango: en Debian"):
        program.native_libraries()


# --- what to ask for to have it again ---------------------------------------------------------


def test_in_a_clone_as_committed_the_commit_is_known(monkeypatch):
    answers = {"rev-parse": "c" * 40, "status": ""}
    monkeypatch.setattr(program, "_git", lambda *words: answers[words[0]])
    monkeypatch.setattr(program, "version", lambda: "1.2.0")
    asked = program.release.__wrapped__
    assert (ROOT / ".git").exists() == ("commit" in asked())
    answers["status"] = " M report/errors.py"
    assert asked() == {"versión": "1.2.0"}


def test_elsewhere_only_the_version_is(monkeypatch, tmp_path):
    monkeypatch.setattr(program, "ROOT", tmp_path)
    monkeypatch.setattr(program, "version", lambda: "1.2.0")
    assert program.release.__wrapped__() == {"versión": "1.2.0"}


def test_without_git_only_the_version_is(monkeypatch):
    monkeypatch.setenv("PATH", "")
    assert program.release.__wrapped__().keys() == {"versión"}
