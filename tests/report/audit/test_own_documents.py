"""Our own documents pass the audit against the results that they were made from, in every format."""

import re

import pytest
from stored import runs, write_results

from report.assembly.making import write_document
from report.assembly.workshop import open_workshop
from report.audit.auditing import audit
from report.audit.ruling import Verdict
from report.settings import Settings
from report.study.study import find_study


@pytest.fixture(scope="module")
def built(tmp_path_factory, crew):
    """Made-up results of two seeds and the folder of their document, with decimal commas."""
    results = write_results(tmp_path_factory.mktemp("results"), runs(2))
    folder = tmp_path_factory.mktemp("build")
    settings = Settings(title="Dos redes", author="Ana Peña", decimal=",")
    with open_workshop(folder, crew) as workshop:
        write_document(find_study(results), settings, folder, {}, workshop)
    return results, folder


@pytest.mark.parametrize("suffix", ["md", "html", "pdf"])
def test_nothing_is_contradicted_and_much_is_verified(built, suffix):
    results, folder = built
    found = audit(folder / f"informe.{suffix}", results)
    alarms = [f for f in found.rulings if f.verdict in (Verdict.CONTRADICTED, Verdict.UNREADABLE)]

    assert alarms == []
    assert found.counts["verificados"] > 50
    assert found.notices == ()


def test_one_changed_figure_is_found(built):
    results, folder = built
    text = (folder / "informe.md").read_text(encoding="utf-8")
    changed = folder / "retocado.md"
    epoch = r"\n\| 1 \| 0,(?=(\d{4} \| 0,){5})"  # the first number of its row is a loss
    wrong, count = re.subn(epoch, "\n| 1 | 9,", text, count=1)
    assert count == 1
    changed.write_text(wrong, encoding="utf-8")
    rules = [f.rule for f in audit(changed, results).rulings if f.verdict is Verdict.CONTRADICTED]

    assert rules == ["tabla y resultados"]
