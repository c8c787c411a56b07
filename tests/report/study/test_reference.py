"""The results that accompany the program are known wherever they lie."""

import shutil
from dataclasses import replace

from stored import runs, write_runs

from experiments.records.results import read_results
from report.study.folders import LOCAL, REFERENCE
from report.study.reference import are_reference
from report.study.study import find_study


def test_a_copy_is_known_whole_or_in_part(tmp_path):
    kept = write_runs(tmp_path / "reference", runs(2))
    copied = read_results(shutil.copytree(kept, tmp_path / "local"))[1]
    assert are_reference(copied, kept) is True
    assert are_reference(copied[:1], kept) is True


def test_one_run_of_its_own_makes_another_set(tmp_path):
    kept = write_runs(tmp_path / "reference", runs(2))
    *others, last = read_results(kept)[1]
    own = replace(last, record=last.record.model_copy(update={"duration_s": 1.0}))
    assert are_reference([*others, own], kept) is False


def test_without_reference_nothing_is_known(tmp_path):
    assert are_reference(runs(1), tmp_path) is None


def test_a_copy_in_the_local_folder_is_the_reference(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    write_runs(tmp_path / LOCAL, runs(1))
    for known, root in ((True, REFERENCE), (False, LOCAL), (None, LOCAL)):
        monkeypatch.setattr("report.study.study.are_reference", lambda found, known=known: known)
        assert find_study(None).root == root
