"""The check before there is an environment: which Python, which native libraries, what advice."""

import ast
import importlib.util
import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from report.commands import native
from report.paths import ROOT

SCRIPT = Path(native.__file__)
PANGO = "libpango-1.0-0"
APT_COMMAND = "sudo apt-get update && sudo apt-get install --yes --no-install-recommends "


@pytest.fixture(autouse=True)
def linux(monkeypatch):
    monkeypatch.setattr(sys, "platform", "linux")
    monkeypatch.delenv("DYLD_FALLBACK_LIBRARY_PATH", raising=False)


@pytest.fixture
def lacking(monkeypatch):
    """A system without the given libraries."""

    def lack(*names):
        monkeypatch.setattr(native, "loads", lambda name, file: name not in names)

    return lack


@pytest.fixture
def managers(monkeypatch):
    """A PATH with only the given package managers, for a user who is not root."""

    def offer(*names):
        monkeypatch.setattr(native.shutil, "which", lambda name: name if name in names else None)
        monkeypatch.setattr(native.os, "geteuid", lambda: 1000)

    return offer


def fake_apt_get(monkeypatch, folder, script):
    """Root with an apt-get that notes how it was called and then runs ``script``."""
    command = folder / "apt-get"
    command.write_text(f'#!/bin/sh\necho "$@ [$DEBIAN_FRONTEND]" >> {folder}/calls\n{script}\n')
    command.chmod(0o755)
    monkeypatch.setenv("PATH", str(folder), prepend=":")
    monkeypatch.delenv("DEBIAN_FRONTEND", raising=False)
    monkeypatch.setattr(native.os, "geteuid", lambda: 0)


def test_runs_with_the_standard_library_alone_and_in_silence():
    done = subprocess.run([sys.executable, "-I", "-S", SCRIPT], capture_output=True, text=True, check=False)

    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


def test_an_old_python_can_read_it():
    ast.parse(SCRIPT.read_text(encoding="utf-8"), feature_version=(3, 7))


def test_looks_for_every_library_that_weasyprint_opens():
    package = Path(importlib.util.find_spec("weasyprint").origin).parent
    opened = set(re.findall(r"'(lib[\w.-]+\.so\.\d)'", (package / "text" / "ffi.py").read_text()))

    # The vector library is optional, and no stable distribution has it yet.
    assert {file for file, _ in native.LIBRARIES.values()} == opened - {"libharfbuzz-vector.so.0"}


def test_a_library_that_does_not_exist_does_not_load():
    assert not native.loads("no-such-library", "libno-such-library.so.0")


@pytest.mark.parametrize(
    ("library", "package"),
    [
        ("gobject-2.0", PANGO),
        ("pango-1.0", PANGO),
        ("harfbuzz", "libharfbuzz0b"),
        ("harfbuzz-subset", "libharfbuzz-subset0"),
        ("fontconfig", "libfontconfig1"),
        ("pangoft2-1.0", "libpangoft2-1.0-0"),
    ],
)
def test_each_library_has_its_package(lacking, library, package):
    lacking(library)

    assert native.missing_packages() == [package]


def test_a_package_is_named_once(lacking):
    lacking("gobject-2.0", "pango-1.0")

    assert native.missing_packages() == [PANGO]


def test_without_ensurepip_the_package_of_this_python_is_missing(monkeypatch, lacking):
    lacking()
    monkeypatch.setattr(native.sys, "version_info", (3, 12, 4))
    monkeypatch.setattr(native.importlib.util, "find_spec", lambda name: None)

    assert native.missing_packages() == ["python3.12-venv"]


@pytest.mark.parametrize(
    ("manager", "command"),
    [
        ("apt-get", APT_COMMAND + "libharfbuzz-subset0 libharfbuzz0b"),
        ("dnf", "sudo dnf install python3 pango harfbuzz fontconfig"),
        ("brew", "brew install pango"),
    ],
)
def test_without_root_it_stops_with_the_exact_command(lacking, managers, capsys, manager, command):
    lacking("harfbuzz", "harfbuzz-subset")
    managers(manager)

    assert native.main() == 2
    captured = capsys.readouterr()
    assert captured.out == ""
    assert captured.err == (
        "Se esperaba poder crear un entorno virtual y cargar las bibliotecas de WeasyPrint, "
        f"faltan libharfbuzz-subset0, libharfbuzz0b; ejecute «{command}».\n"
    )


def test_without_a_known_manager_it_says_what_to_install(lacking, managers, capsys):
    lacking("pango-1.0")
    managers()

    assert native.main() == 2
    assert "instale Python con venv, Pango, HarfBuzz y Fontconfig" in capsys.readouterr().err


def test_as_root_it_installs_and_says_so_in_one_line(monkeypatch, tmp_path, capsys):
    fake_apt_get(monkeypatch, tmp_path, f"case $1 in install) touch {tmp_path}/done;; esac; echo ruido")
    monkeypatch.setattr(
        native, "loads", lambda name, file: (tmp_path / "done").exists() or name != "pango-1.0"
    )

    assert native.main() == 0
    captured = capsys.readouterr()
    assert captured.out == f"Se instalan con apt-get los paquetes del sistema que faltan: {PANGO}.\n"
    assert captured.err == ""
    assert (tmp_path / "calls").read_text().splitlines() == [
        "update [noninteractive]",
        f"install --yes --no-install-recommends {PANGO} [noninteractive]",
    ]


def test_when_apt_get_fails_its_last_words_are_shown(monkeypatch, tmp_path, capsys, lacking):
    fake_apt_get(monkeypatch, tmp_path, "echo E: Unable to locate package; exit 100")
    lacking("pango-1.0")

    assert native.main() == 2
    error = capsys.readouterr().err
    assert error.startswith("E: Unable to locate package\nSe esperaba poder crear")
    assert error.endswith(f"falta {PANGO}; ejecute «{APT_COMMAND}{PANGO}».\n")


@pytest.mark.parametrize(("version", "found"), [((3, 10, 12), "3.10"), ((3, 14, 0), "3.14")])
def test_a_python_that_tensorflow_does_not_know_is_refused(monkeypatch, capsys, version, found):
    monkeypatch.setattr(native.sys, "version_info", version)

    assert native.main() == 2
    assert capsys.readouterr().err == (
        f"Se esperaba un Python de 3.11 a 3.13, se encontró {found}; "
        "indique otro, por ejemplo: make PYTHON=python3.12.\n"
    )


def test_on_macos_libraries_are_sought_in_homebrew(monkeypatch):
    monkeypatch.setattr(sys, "platform", "darwin")
    monkeypatch.setattr(
        native.ctypes.util, "find_library", lambda name: name if name == "pango-1.0" else None
    )
    monkeypatch.setenv("DYLD_FALLBACK_LIBRARY_PATH", "")
    monkeypatch.delenv("DYLD_FALLBACK_LIBRARY_PATH")

    native.find_homebrew()

    assert native.os.environ["DYLD_FALLBACK_LIBRARY_PATH"].startswith("/opt/homebrew/lib:")
    assert native.loads("pango-1.0", "libpango-1.0.so.0")
    assert not native.loads("harfbuzz", "libharfbuzz.so.0")


def test_on_linux_the_environment_is_left_alone():
    native.find_homebrew()

    assert "DYLD_FALLBACK_LIBRARY_PATH" not in native.os.environ


def test_accepts_the_pythons_that_pyproject_names():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]

    assert project["requires-python"] == ">=3.11,<3.14"
    assert (native.OLDEST, native.NEWEST) == ((3, 11), (3, 13))
