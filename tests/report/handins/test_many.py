"""Thirty hand-ins of all sorts, each with its row; and what hangs or breaks, which costs its own alone."""

import sys
from pathlib import Path

import pytest
import studies
from hand_ins import thirty

from report.assembly.making import make_document
from report.assembly.workshop import open_workshop
from report.handins import many
from report.handins.finding import find
from report.handins.many import examine_all
from report.handins.one import examine
from report.handins.row import State
from report.paths import ROOT
from report.proof.checks import verification
from report.proof.checks.verification import take_apart
from report.settings import Settings


@pytest.fixture(scope="module")
def pdf(crew, tmp_path_factory) -> bytes:
    """A document as ``build`` makes it, of few pages."""
    study = studies.only(studies.make_study(1), "lstm")
    with open_workshop(tmp_path_factory.mktemp("build"), crew) as workshop:
        return make_document(study, Settings(author=("Ana",)), workshop).pdf


def test_each_of_thirty_has_its_row(pdf, tmp_path, monkeypatch):
    """In this process; that each has its own is shown below."""
    folder = tmp_path / "entregas"
    expected = thirty(folder, pdf)
    rebuilt = take_apart(pdf)
    monkeypatch.setattr(verification, "rebuild", lambda study, settings, written_by: rebuilt)
    monkeypatch.setattr(
        many, "examine_apart", lambda verb, path, results, running: examine(verb, path, results)
    )
    told = []
    rows = examine_all("verify", find([folder]), [], 1, lambda done, row: told.append(done))

    assert len(expected) == 30
    names = {row: Path(row.file).relative_to(folder).as_posix() for row in rows}
    assert {names[row]: row.state for row in rows} == expected
    assert told == list(range(1, 31))
    for row in rows:
        assert bool(row.reason) == (row.state is State.UNKNOWN), row
        assert (row.contradictions > 0) == (row.state.code == 1), row
        is_ours = names[row].startswith(("genuina", "cambiada"))
        assert (row.origin, row.seeds, len(row.same_as)) == (("propios", (1,), 4) if is_ours else ("", (), 0))
    assert max(row.state.code for row in rows) == 2


# Instead of Python: what hangs, what breaks, and what answers.
STUB = f"""#!{sys.executable} -S
import json, sys, time
name = sys.argv[4]
if "cuelga" in name:
    time.sleep(60)
if "rompe" not in name:
    row = dict(file=name, state="CLEAN", seeds=[], same_as=[], told=sys.argv[3:4] + sys.argv[5:])
    print(json.dumps(row))
"""


def test_what_hangs_or_breaks_costs_its_own_row(tmp_path, monkeypatch):
    stub = tmp_path / "python"
    stub.write_text(STUB)
    stub.chmod(0o755)
    monkeypatch.setattr(many.sys, "executable", str(stub))
    monkeypatch.setattr(many, "PATIENCE_S", 0.5)
    files = [Path(name) for name in ("cuelga.pdf", "rompe.md", "uno.md", "dos.md")]
    rows = examine_all("audit", files, [Path("historial.csv")], 2, lambda done, row: None)

    assert [row.file for row in rows] == [str(path) for path in files]
    assert [row.state for row in rows] == [State.UNKNOWN, State.UNKNOWN, State.CLEAN, State.CLEAN]
    assert "no se ha acabado" in rows[0].reason
    assert "rompe a quien lo lee" in rows[1].reason
    assert rows[2].told == ("audit", "historial.csv")
    assert rows[0].seconds < 10


def test_a_process_of_its_own_tells_what_this_one_would():
    path = ROOT / "tests" / "audit" / "documents" / "example.md"
    row = many.examine_apart("audit", path, [], set())
    alone = examine("audit", path, [])
    assert (row.state, row.told, row.contradictions) == (State.CONTRADICTED, alone.told, 4)


def test_of_what_nothing_could_be_checked_the_row_says_why(tmp_path):
    path = tmp_path / "a.md"
    path.write_text("La exactitud en la prueba fue 0.83.")
    row = examine("audit", path, [])
    assert row.state is State.UNKNOWN
    assert row.reason.startswith("se esperaba algo con que comparar sus cifras")


def test_after_ctrl_c_none_is_begun_any_more(tmp_path, monkeypatch):
    begun = []
    monkeypatch.setattr(many, "examine_apart", lambda verb, path, results, running: begun.append(path))

    def stop(done, row):
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        examine_all("audit", [Path(str(n)) for n in range(10_000)], [], 1, stop)
    assert len(begun) < 10_000
