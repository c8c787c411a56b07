"""What the digest of a run's code covers: nothing that can alter its result changes unseen."""

import hashlib
import shutil
from pathlib import Path

import pytest

from experiments.kinds.registry import KINDS
from experiments.records import closure
from experiments.records.closure import code_digest, code_digest_of


@pytest.fixture
def copied(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of the package, which is the one that is looked at."""
    folder = tmp_path / "experiments"
    shutil.copytree(closure.FOLDER, folder, ignore=shutil.ignore_patterns("__pycache__"))
    monkeypatch.setattr(closure, "FOLDER", folder)
    return folder


def file_of(folder: Path, name: str) -> Path:
    place = folder.parent.joinpath(*name.split("."))
    return place / "__init__.py" if place.is_dir() else place.with_suffix(".py")


def roots(kind: str) -> tuple[str, str, str]:
    return KINDS[kind].experiment, KINDS[kind].data, "experiments.runtime"


@pytest.mark.parametrize("kind", KINDS)
def test_a_change_in_any_module_of_its_closure_changes_the_digest_of_a_kind(kind: str, copied: Path) -> None:
    before = code_digest_of(kind)
    modules = closure.closure(*roots(kind))
    assert {*roots(kind), f"experiments.kinds.{kind}", "experiments.records.base"} <= modules
    for name in modules:
        path = file_of(copied, name)
        source = path.read_text()
        path.write_text(source + "\nCHANGED = 1\n")
        assert code_digest_of(kind) != before, name
        path.write_text(source)
    assert code_digest_of(kind) == before


@pytest.mark.parametrize(
    ("module", "kinds"),
    [
        # what turns words into numbers is read by all that reads reviews
        ("reviews.text", {"lstm", "linear", "memory", "probe"}),
        ("reviews.classifier", {"lstm", "memory"}),
        ("reviews.influence", {"linear", "memory"}),
        ("images.digit_judge", {"judge", "readability"}),
        ("images.gan_networks", {"gan", "judge", "readability"}),
        ("images.gan_losses", {"gan", "readability"}),
        # a setting that is read from another kind's
        ("kinds.linear", {"linear", "memory"}),
        ("kinds.lstm", {"lstm", "memory"}),
        ("data.sample_reviews", {"lstm", "linear", "memory", "probe"}),
        ("running.progress", set()),
        ("settings", set()),
        ("data.finding", set()),
    ],
)
def test_a_change_makes_stale_what_it_can_alter_and_nothing_else(
    module: str, kinds: set[str], copied: Path
) -> None:
    before = {kind: code_digest_of(kind) for kind in KINDS}
    path = file_of(copied, f"experiments.{module}")
    path.write_text(path.read_text() + "\nCHANGED = 1\n")
    assert {kind for kind in KINDS if code_digest_of(kind) != before[kind]} == kinds


def package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, **sources: str) -> None:
    folder = tmp_path / "experiments"
    folder.mkdir()
    (folder / "__init__.py").write_text('"""A package."""\n')
    for name, source in sources.items():
        (folder / f"{name}.py").write_text(source)
    monkeypatch.setattr(closure, "FOLDER", folder)


def test_imports_are_followed_wherever_they_stand(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    package(
        tmp_path,
        monkeypatch,
        run="import json\nfrom experiments import a\nimport experiments.b\n",
        a="def f():\n    from experiments.c import g as h\n    return h\n",
        b="",
        c="g = 1\n",
        unused="",
    )
    assert closure.closure("experiments.run") == {
        *("experiments", "experiments.run", "experiments.a", "experiments.b", "experiments.c")
    }


@pytest.mark.parametrize(
    ("old", "new", "same"),
    [
        ("# why", "# another reason", True),
        ("  # why", "", True),
        ("x = 1", "x  =  1", True),
        ("\n\n\n", "\n\n", True),
        ("y * 2", "y \\\n        * 2", True),
        ('    """It does."""\n', "", True),
        ('"""It does."""', '"""It does so."""', True),
        ('"""A module."""', '"""The module."""', True),
        ("x = 1", "x = 2", False),
        ('"text"', '"another"', False),
        ("y * 2", "y + 2", False),
        ("f(y)", "f(y=1.0)", False),
    ],
)
def test_only_what_can_alter_a_result_counts(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, old: str, new: str, same: bool
) -> None:
    source = '"""A module."""\nx = 1  # why\n\n\ndef f(y):\n    """It does."""\n    return "text", y * 2\n'
    package(tmp_path, monkeypatch, run=source)
    before = code_digest("experiments.run")
    assert old in source
    (tmp_path / "experiments" / "run.py").write_text(source.replace(old, new))
    assert (code_digest("experiments.run") == before) is same


def test_a_module_that_is_left_out_has_a_reason() -> None:
    assert all(reason.strip() for reason in closure.EXEMPT.values())


def test_the_digest_is_the_same_for_all_versions_of_python(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its text is that of the tokens; SHA-256 of what they are by hand."""
    source = '"""A module."""\nx = f"{1:{2}}" "b"  # why\nif x:\n    y = (1,\n         2)\n'
    package(tmp_path, monkeypatch, run=source)
    words = (
        *("x", "=", 'f"{1:{2}}"', '"b"', "NEWLINE", "if", "x", ":", "NEWLINE", "INDENT"),
        *("y", "=", "(", "1", ",", "2", ")", "NEWLINE", "DEDENT"),
    )
    digest = hashlib.sha256(b"experiments\0\0experiments.run\0" + "\n".join(words).encode() + b"\0")
    assert code_digest("experiments.run") == digest.hexdigest()
