"""The mends are for certain versions, and no other is mended."""

import ast
import re
from importlib.metadata import PackageNotFoundError, version

import pytest

from report.errors import RenderError
from report.paths import ROOT
from report.pdf.layout import load_weasyprint
from report.pdf.mend import ends, everything, tags, versions, words
from report.pdf.mend.versions import MENDED, refuse_other_versions

MENDS = {
    (ends, "mend_ends"),
    (tags, "mend_tags"),
    (words, "mend_words"),
}


@pytest.fixture
def installed(monkeypatch) -> dict[str, str]:
    """What the libraries say of themselves: change it, or leave a library out."""
    found = dict(MENDED)

    def said(name: str) -> str:
        if name not in found:
            raise PackageNotFoundError(name)
        return found[name]

    monkeypatch.setattr(versions, "version", said)
    return found


def test_they_are_those_that_are_installed():
    pinned = dict(re.findall(r"^([\w-]+)==(\S+)$", (ROOT / "constraints.txt").read_text(), re.M))
    assert {name: pinned[name] for name in MENDED} == MENDED
    assert {name: version(name) for name in MENDED} == MENDED
    refuse_other_versions()


@pytest.mark.parametrize("name", MENDED)
@pytest.mark.parametrize("other", ["71.0", "70.0.1", "0.13", "0.18.1b1"])
def test_another_version_is_refused_in_one_sentence(installed, name, other):
    installed[name] = other
    with pytest.raises(RenderError) as caught:
        refuse_other_versions()
    assert str(caught.value) == (
        f"Se esperaba {name} {MENDED[name]}, la versión para la que se ha adaptado el PDF, se encontró "
        f"{other}; borre .venv y repita la orden para instalar la de constraints.txt."
    )


def test_one_that_is_not_there_is_refused_too(installed):
    del installed["pydyf"]
    with pytest.raises(
        RenderError, match=r"Se esperaba pydyf 0\.13\.0, .* se encontró ninguna; borre \.venv"
    ):
        refuse_other_versions()


@pytest.fixture
def mended(monkeypatch) -> list[str]:
    """The mends that were applied, in their order; nothing has been mended before."""
    applied: list[str] = []
    for module, name in MENDS:
        monkeypatch.setattr(module, name, lambda name=name: applied.append(name))
    everything.mend_all.cache_clear()
    yield applied
    everything.mend_all.cache_clear()


def test_all_is_mended_and_only_once(installed, mended, tmp_path):
    load_weasyprint(tmp_path)
    load_weasyprint(tmp_path)
    assert sorted(mended) == sorted(name for _, name in MENDS)


def test_nothing_is_mended_in_another_version(installed, mended, tmp_path):
    installed["weasyprint"] = "71.0"
    with pytest.raises(RenderError, match=r"Se esperaba weasyprint 70\.0"):
        load_weasyprint(tmp_path)
    assert mended == []


def test_no_private_name_is_used_elsewhere():
    mends = ROOT / "report" / "pdf" / "mend"
    users = set()
    for path in sorted((ROOT / "report").rglob("*.py")):
        text = path.read_text(encoding="utf-8")
        if mends in path.parents or not re.search(rf"\b(import|from) ({'|'.join(MENDED)})\b", text):
            continue
        users.add(path.name)
        private = {
            node.attr
            for node in ast.walk(ast.parse(text))
            if isinstance(node, ast.Attribute)
            and re.match("_(?!_)", node.attr)
            and ast.unparse(node.value) != "self"
        }
        assert private == set(), path
    assert users == {"layout.py", "program.py"}
