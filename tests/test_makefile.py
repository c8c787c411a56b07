"""The Makefile, run in a copy of the project whose Python only notes how it is called."""

import importlib.metadata
import os
import re
import runpy
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from report.pdf.mend.versions import MENDED

ROOT = Path(__file__).parent.parent
PIN = re.compile(r"([A-Za-z0-9._-]+)==([0-9][A-Za-z0-9.]*)")
VARIABLES = (
    "SEEDS",
    "SET",
    "VARIANTS",
    "DATA_DIR",
    "DATA",
    "PROFILE",
    "DEVICE",
    "JOBS",
    "SEED",
    "PARTS",
    "FILE",
    "RESULTS",
    "MODEL",
    "IMAGES",
    "OUT",
    "PYTHON",
    "MAKEFLAGS",
    "MAKELEVEL",
)

NOTE_CALL = """#!/bin/sh
for argument in "$@"; do printf '<%s>' "$argument"; done >> calls
echo >> calls
"""


@pytest.fixture
def project(tmp_path):
    """The project's build files alone, not yet installed."""
    folder = tmp_path / "un proyecto"
    folder.mkdir()
    for name in ("Makefile", "pyproject.toml", "constraints.txt"):
        shutil.copy(ROOT / name, folder)
    return folder


@pytest.fixture
def installed(project):
    """The same, with a .venv that is up to date."""
    write_program(project / ".venv" / "bin" / "python", NOTE_CALL)
    for stamp in ("installed", "train", "office", "dev"):
        (project / ".venv" / stamp).touch()
    return project


def write_program(path, text):
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)
    path.chmod(0o755)


def make(folder, *arguments, **variables):
    environment = {name: value for name, value in os.environ.items() if name not in VARIABLES} | variables
    return subprocess.run(
        ["make", *arguments], cwd=folder, env=environment, capture_output=True, text=True, check=False
    )


def calls(folder):
    return (folder / "calls").read_text().splitlines()


def test_train_passes_only_what_was_set(installed):
    assert make(installed, "train").returncode == 0
    assert calls(installed) == ["<-m><experiments><train>"]


def test_train_passes_every_variable(installed):
    make(
        installed,
        "train",
        "SEEDS=1 2",
        "SET=lstm.units=16 'memory.budgets=[20, 40]'",
        "VARIANTS=gru densa",
        "DATA_DIR=mis datos/$(HOME)" + "'\"",
        "DATA=real",
        "PROFILE=quick",
        "DEVICE=gpu",
        "JOBS=3",
        HOME="casa",
    )

    assert calls(installed) == [
        "<-m><experiments><train><--data-dir=mis datos/casa'\"><--jobs=3><--seeds=1 2>"
        "<--set=lstm.units=16 'memory.budgets=[20, 40]'><--data=real><--profile=quick><--device=gpu>"
        "<--variants=gru densa>"
    ]


def test_settings_are_passed_whole(installed):
    make(installed, "train", "SET=a=b c")
    make(installed, "train", 'SET=lstm.embedding="mis vectores.txt" lstm.cell=gru;ls $$HOME')

    assert calls(installed) == [
        "<-m><experiments><train><--set=a=b c>",
        '<-m><experiments><train><--set=lstm.embedding="mis vectores.txt" lstm.cell=gru;ls $HOME>',
    ]
    assert '--set="$SET"' in make(installed, "-n", "train", "SET=a=b c").stdout


def test_variants_are_trained_by_name_or_all_of_them(installed):
    make(installed, "variants")
    make(installed, "variants", "VARIANTS=gru", "SEEDS=1")

    assert calls(installed) == [
        "<-m><experiments><train><--variants=>",
        "<-m><experiments><train><--seeds=1><--variants=gru>",
    ]


@pytest.mark.parametrize("target", ["train", "report", "help"])
@pytest.mark.parametrize(
    ("given", "named"),
    [
        (["ARCHITECTURE=dense"], "ARCHITECTURE"),
        (["SEEDS=1", "SED=2"], "SED"),
        (["seeds=1"], "seeds"),
        (["JOB:=2"], "JOB"),
    ],
)
def test_a_variable_that_no_target_uses_is_refused(installed, target, given, named):
    done = make(installed, target, *given)

    assert done.returncode == 2
    assert done.stdout == ""
    assert "Se esperaban solo las variables SEEDS SET VARIANTS DATA_DIR DATA PROFILE" in done.stderr
    assert f"se encontró {named};" in done.stderr
    assert not (installed / "calls").exists()


def test_of_variables_in_the_environment_the_unknown_are_no_business_of_make(installed):
    assert make(installed, "train", ARCHITECTURE="dense").returncode == 0
    assert calls(installed) == ["<-m><experiments><train>"]


def test_verify_takes_the_file_whatever_its_name(installed):
    make(installed, "verify")
    make(installed, "verify", "FILE=mi informe $(HOME).pdf", HOME="casa")

    assert calls(installed) == ["<-m><report><verify>", "<-m><report><verify><mi informe casa.pdf>"]


def test_the_campaign_takes_parts_and_a_seed(installed):
    make(installed, "campaign")
    make(installed, "campaign", "PARTS=kills records", "SEED=7")

    assert calls(installed) == [
        "<tests/campaign/campaign.py>",
        "<tests/campaign/campaign.py><--parts=kills records><--seed=7>",
    ]


def test_audit_takes_a_file_and_results(installed):
    make(installed, "audit")
    make(installed, "audit", "FILE=un informe.md", "RESULTS=un historial.json")

    assert calls(installed) == [
        "<-m><report><audit>",
        "<-m><report><audit><un informe.md><--results><un historial.json>",
    ]


def test_import_takes_what_there_is_whatever_its_name(installed):
    make(installed, "import", "HISTORY=mi historial.csv")
    make(
        installed,
        *("import", "PREDICTIONS=p.npz", "CONFUSION=[[5 1] [2 4]]", "MODEL=m.json", "GAN_LOSSES=g.csv"),
        *("GAN_LOSS=mean", "GAN_SAMPLES=paso {paso}.png", "GRID=5x5", "REAL=r.npz", "REVIEWS=IMDb"),
        *("IMAGES=MNIST", "SET=lstm.units=64 gan.latent_dim=10", "OUT=results/otro"),
    )

    assert calls(installed) == [
        "<-m><experiments><import><--history=mi historial.csv><--out=results/mio>",
        "<-m><experiments><import><--predictions=p.npz><--confusion=[[5 1] [2 4]]><--model=m.json>"
        "<--gan-losses=g.csv><--gan-loss=mean><--gan-samples=paso {paso}.png><--grid=5x5><--real=r.npz>"
        "<--reviews=IMDb><--images=MNIST><--set=lstm.units=64 gan.latent_dim=10><--out=results/otro>",
    ]


@pytest.mark.parametrize("given", ["RESULTS=results/mio", "SEEDS=1 2 3", "PROFILE=quick", "DATA_DIR=datos"])
def test_import_takes_nothing_that_it_would_ignore(installed, given):
    done = make(installed, "import", "HISTORY=h.csv", "SEED=1", "SET=lstm.units=64", "PYTHON=python3", given)

    assert (done.returncode, done.stdout) == (2, "")
    assert "import: se esperaban solo las variables HISTORY PREDICTIONS CONFUSION MODEL" in done.stderr
    assert f"se encontró {given.partition('=')[0]}; quite lo que import no usa." in done.stderr
    assert not (installed / "calls").exists()


@pytest.mark.parametrize("target", ["report", "train", "all", "audit", "help"])
@pytest.mark.parametrize("given", ["HISTORY=h.csv", "OUT=results/mio"])
def test_what_an_author_brings_is_ignored_by_no_other_target(installed, target, given):
    """The report would be that of the reference."""
    done = make(installed, target, given)

    assert (done.returncode, done.stdout) == (2, "")
    assert f"el único que usa {given.partition('=')[0]}, se encontró «{target}»;" in done.stderr
    assert not (installed / "calls").exists()


@pytest.mark.parametrize(
    ("target", "given"),
    [
        ("reproduce", "SEEDS=1 2"),
        ("reproduce", "RESULTS=mio"),
        ("train", "SEED=2"),
        ("train", "RESULTS=mio"),
        ("report", "SET=lstm.units=16"),
        ("verify", "RESULTS=mio"),
        ("audit", "DATA_DIR=datos"),
        ("test", "JOBS=2"),
        ("help", "FILE=informe.pdf"),
    ],
)
def test_what_a_target_would_ignore_is_refused(installed, target, given):
    done = make(installed, target, given)
    name = given.partition("=")[0]

    assert (done.returncode, done.stdout) == (2, "")
    assert f"{target}: se esperaban solo las variables " in done.stderr
    assert f", se encontró {name}; quite lo que {target} no usa." in done.stderr
    assert not (installed / "calls").exists()


def test_all_takes_what_training_and_report_take(installed):
    make(installed, "all", "SEEDS=1", "RESULTS=mio")

    assert calls(installed) == [
        "<-m><experiments><train><--seeds=1>",
        "<-m><report><build><--results><mio>",
    ]


def test_import_and_report_may_be_asked_for_at_once(installed):
    make(installed, "import", "report", "HISTORY=h.csv", "OUT=mio", "RESULTS=mio")

    assert calls(installed) == [
        "<-m><experiments><import><--history=h.csv><--out=mio>",
        "<-m><report><build><--results><mio>",
    ]


def test_report_and_status_take_results(installed):
    make(installed, "report")
    make(installed, "report", "RESULTS=mis resultados")
    make(installed, "status", "RESULTS=mis resultados")

    assert calls(installed) == [
        "<-m><report><build>",
        "<-m><report><build><--results><mis resultados>",
        "<-m><report><status><--results><mis resultados>",
    ]


def test_other_forms_take_results(installed):
    make(installed, "docx")
    make(installed, "tex", "RESULTS=mis resultados")

    assert calls(installed) == [
        "<-m><report><export><docx>",
        "<-m><report><export><tex><--results><mis resultados>",
    ]


PIP = "<-m><pip><install><--no-compile><-c><constraints.txt><-r><.venv/requirements.txt>"


@pytest.mark.parametrize(
    ("target", "given", "extras"),
    [
        *((target, [], []) for target in ("report", "verify", "audit", "status", "check-pdf")),
        ("import", ["HISTORY=h.csv", "CONFUSION=1,2,3,4"], []),
        *(
            ("import", [f"{name}=x"], ["train"])
            for name in ("MODEL", "PREDICTIONS", "GAN_LOSSES", "GAN_SAMPLES")
        ),
        *((target, [], ["train"]) for target in ("train", "variants", "all", "reproduce")),
        *((target, [], ["office"]) for target in ("docx", "tex")),
        *((target, [], ["train", "office", "dev"]) for target in ("test", "bench-cluster")),
    ],
)
def test_each_target_installs_what_it_needs_and_no_more(installed, target, given, extras):
    for stamp in ("train", "office", "dev"):
        (installed / ".venv" / stamp).unlink()
    write_program(installed / "python", f'#!/bin/sh\ncase "$1" in -c) exec {sys.executable} "$@";; esac\n')
    done = make(installed, target, *given, "PYTHON=./python")
    again = make(installed, target, *given, "PYTHON=./python")

    assert done.returncode == again.returncode == 0
    assert calls(installed).count(PIP) == bool(extras)
    assert done.stdout.count("Se instala") == bool(extras)
    assert "Se instala" not in again.stdout
    if extras:
        wanted = [*project_table()["dependencies"], *(each for name in extras for each in extra(name))]
        assert (installed / ".venv" / "requirements.txt").read_text().split() == wanted


def test_status_and_reproduce(installed):
    make(installed, "status")
    make(installed, "reproduce")
    make(installed, "reproduce", "SEED=2", "DATA_DIR=datos", "JOBS=1")

    assert calls(installed) == [
        "<-m><report><status>",
        "<-m><experiments><reproduce>",
        "<-m><experiments><reproduce><--data-dir=datos><--jobs=1><--seed=2>",
    ]


def test_variables_may_come_from_the_environment(installed):
    make(installed, "train", SEEDS="7")

    assert calls(installed) == ["<-m><experiments><train><--seeds=7>"]


def test_all_trains_and_then_reports_even_in_parallel(installed):
    done = make(installed, "-j4", "all")

    assert calls(installed) == ["<-m><experiments><train>", "<-m><report><build>"]
    assert (done.stdout, done.stderr) == ("", "")


def test_a_failed_training_makes_no_report(installed):
    write_program(installed / ".venv" / "bin" / "python", NOTE_CALL + "exit 2\n")

    assert make(installed, "all").returncode == 2
    assert calls(installed) == ["<-m><experiments><train>"]


def test_the_files_that_test_begins_with_exist():
    longest = runpy.run_path(str(ROOT / "tests" / "conftest.py"))["LONGEST"]

    assert [name for name in longest if not (ROOT / "tests" / name).is_file()] == []


def test_report_is_made_although_a_folder_has_its_name(installed):
    (installed / "report").mkdir()

    make(installed, "report")

    assert calls(installed) == ["<-m><report><build>"]


def test_help_is_the_default_and_names_every_target_and_variable(project):
    done = make(project)
    targets = re.search(r"^\.PHONY: (.+)$", (ROOT / "Makefile").read_text(), re.MULTILINE).group(1).split()

    assert done.stdout == make(project, "help").stdout
    assert re.findall(r"^  ([a-z-]+) ", done.stdout, re.MULTILINE) == targets
    assert re.findall(r"^  ([A-Z_]+)=", done.stdout, re.MULTILINE) == [
        *("SEEDS", "SET", "VARIANTS", "DATA_DIR", "DATA", "PROFILE", "DEVICE", "JOBS"),
        *("CLUSTER", "SEED", "PARTS", "FILE", "RESULTS", "HISTORY", "PREDICTIONS", "CONFUSION", "MODEL"),
        *("GAN_LOSSES", "GAN_LOSS", "GAN_SAMPLES", "GRID", "REAL", "REVIEWS", "IMAGES", "OUT", "PYTHON"),
    ]


def test_clean_keeps_results_and_environment(installed):
    for kept in ("results/local", "results/reference"):
        (installed / kept).mkdir(parents=True)
    for caches in ("experiments", "report", "templates", "tests"):
        (installed / caches / "__pycache__").mkdir(parents=True)
    (installed / "build").mkdir()

    assert make(installed, "clean").returncode == 0
    assert (installed / "results/local").is_dir()
    assert (installed / "results/reference").is_dir()
    assert (installed / ".venv/installed").exists()
    assert not (installed / "build").exists()
    assert not list(installed.rglob("__pycache__"))


INSTALLER = """#!/bin/sh
case "$1" in
    -m) mkdir -p .venv/bin && cp pip .venv/bin/python ;;
    -c) echo numpy ;;
esac
"""
INSTALLING = "Se instalan en .venv las bibliotecas que escriben y comprueban el informe, cerca de medio GB.\n"


def test_installation_says_one_line_and_is_not_repeated(project):
    write_program(project / "python", INSTALLER)
    write_program(project / "pip", NOTE_CALL + "echo Collecting numpy\n")

    first = make(project, ".venv/installed", "PYTHON=./python")
    second = make(project, "report", "PYTHON=./python")

    assert (first.returncode, first.stdout, first.stderr) == (0, INSTALLING, "")
    assert (second.stdout, second.stderr) == ("Collecting numpy\n", "")
    assert calls(project) == [PIP, "<-m><compileall><-qq><-j><0><.venv/lib>", "<-m><report><build>"]


@pytest.mark.parametrize("name", ["pyproject.toml", "constraints.txt"])
def test_installation_is_repeated_when_the_dependencies_change(installed, name):
    stamp = (installed / ".venv" / "installed").stat().st_mtime
    os.utime(installed / name, (stamp + 10, stamp + 10))

    assert INSTALLING.strip() in make(installed, "--dry-run", "train").stdout


def test_a_failed_installation_shows_its_end_and_is_tried_again(project):
    write_program(project / "python", INSTALLER)
    write_program(project / "pip", "#!/bin/sh\nseq 40\necho ERROR: no network\nexit 1\n")

    done = make(project, "train", "PYTHON=./python")

    assert done.returncode == 2
    assert done.stdout == INSTALLING
    assert done.stderr.splitlines()[:2] == ["27", "28"]  # the last 15 of 41 lines
    assert "ERROR: no network\nSe esperaba poder instalar las dependencias" in done.stderr
    assert not (project / ".venv" / "installed").exists()


def test_what_the_system_lacks_stops_the_installation(project):
    write_program(project / "python", "#!/bin/sh\necho Se esperaba otra cosa. >&2\nexit 2\n")

    done = make(project, "train", "PYTHON=./python")

    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith("Se esperaba otra cosa.\n")


def test_the_dependencies_of_pyproject_are_installed(installed):
    (installed / "constraints.txt").touch()
    os.utime(installed / ".venv" / "installed", (0, 0))
    write_program(installed / "python", f'#!/bin/sh\ncase "$1" in -c) exec {sys.executable} "$@";; esac\n')

    assert make(installed, ".venv/installed", "PYTHON=./python").returncode == 0
    assert (installed / ".venv" / "requirements.txt").read_text().split() == project_table()["dependencies"]


# --- the pinned versions -----------------------------------------------------------------


def extra(name):
    return project_table()["optional-dependencies"][name]


def project_table():
    return tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]


def sections():
    """The lines of each section, by its extra; «» of the program alone."""
    _, *parts = re.split(r"^# informe(?:\[(.+)\])?$", (ROOT / "constraints.txt").read_text(), flags=re.M)
    return {name or "": lines.split() for name, lines in zip(parts[::2], parts[1::2], strict=True)}


def pins():
    lines = [line for section in sections().values() for line in section]
    assert all(PIN.fullmatch(line) for line in lines), "only name==version"
    return [(canonicalize_name(name), version) for name, version in (line.split("==") for line in lines)]


def needed(names):
    """Every requirement of ``names`` and of what they need in turn, in this environment."""
    seen, waiting = set(), [Requirement(name) for name in names]
    while waiting:
        requirement = waiting.pop()
        if (requirement.name, *sorted(requirement.extras)) in seen:
            continue
        seen.add((requirement.name, *sorted(requirement.extras)))
        yield requirement
        for text in importlib.metadata.requires(requirement.name) or ():
            further = Requirement(text)
            if further.marker is None or any(
                further.marker.evaluate({"extra": extra}) for extra in ("", *requirement.extras)
            ):
                waiting.append(further)


def test_no_package_is_pinned_twice():
    names = [name for name, _ in pins()]

    assert len(names) == len(set(names))


def test_every_package_that_is_needed_is_pinned_where_it_is_first_needed_and_no_other():
    names, above = [], set()
    for name, lines in sections().items():
        names += extra(name) if name else project_table()["dependencies"]
        all_needed = {canonicalize_name(requirement.name) for requirement in needed(names)}
        assert {canonicalize_name(line.partition("==")[0]) for line in lines} == all_needed - above, name
        above = all_needed


def test_every_extra_has_its_section_but_the_one_that_is_for_other_machines():
    assert {*sections(), "gpu"} == {"", *project_table()["optional-dependencies"]}


def test_what_is_mended_is_installed_in_the_version_that_the_mends_are_for():
    exact = dict(name.split("==") for name in project_table()["dependencies"] if "==" in name)
    assert exact == MENDED


def test_what_is_installed_is_what_is_pinned():
    assert {name: importlib.metadata.version(name) for name, _ in pins()} == dict(pins())
