"""What findings are made of, and how they are written down."""

import json

import pytest
from studies import make_study, only

from report.findings.base import (
    Code,
    grouped,
    id_of,
    numbers_in,
    seeds,
    shared,
    summarize,
    threshold,
    to_json,
)
from report.findings.collection import KINDS, Findings, find_all
from report.findings.gap import Grade
from report.findings.lstm.onset import Onset
from report.findings.lstm.overfitting import Overfitting
from report.ledger.ledger import Leaf
from report.ledger.quantities import LOSS
from report.paths import ROOT


def leaves(*values):
    return [Leaf(value, f"run-{index}:loss") for index, value in enumerate(values, start=1)]


def test_a_summary_over_seeds():
    summary = summarize(LOSS, leaves(0.4, 0.5, 0.6))
    assert summary.mean.value == pytest.approx(0.5)
    assert summary.sd.value == pytest.approx(0.1)
    assert summary.interval[0].value == pytest.approx(0.5 - 4.3027 * 0.1 / 3**0.5, abs=1e-5)
    assert [number.value for number in summary.each] == [0.4, 0.5, 0.6]
    assert summary.mean.origin == "media([run-1:loss, run-2:loss, run-3:loss])"


def test_a_summary_of_one_seed_is_its_value():
    summary = summarize(LOSS, leaves(0.4))
    assert (summary.mean.value, summary.sd, summary.interval) == (0.4, None, None)
    assert summary.mean.origin == "run-1:loss"


def test_a_threshold_names_its_rule():
    assert threshold("lstm.onset", "gl", 0.02).origin == "regla:lstm.onset.gl"


def test_seeds_are_counted():
    number = seeds(make_study(2).lstm)
    assert (number.value, number.origin) == (2, "recuento([lstm/seed-1, lstm/seed-2])")


def test_numbers_are_found_however_nested():
    one, two = (summarize(LOSS, leaves(value)).mean for value in (0.1, 0.2))
    assert numbers_in({"a": (one, [two]), "b": None, "c": "text"}) == [one, two]
    summary = summarize(LOSS, leaves(0.4, 0.5))
    assert len(numbers_in(summary)) == 6  # mean, deviation, two ends, two values


# What is only said of what an author brings.
ONLY_BROUGHT = {
    *("gan.grid_readings", "gan.unread", "lstm.brought_network", "lstm.by_length", "lstm.counts"),
    "lstm.val_loss_rises",
}


@pytest.mark.parametrize("n", [1, 3])
def test_every_finding_has_its_rule_its_seeds_and_a_plain_form(n):
    study = make_study(n, variants={"gru": {"lstm": {"cell": "gru"}}})
    findings = find_all(study)
    only_brought = {kind for kind in KINDS if not all(getattr(study, need) for need in kind.needs)}
    assert {id_of(kind) for kind in only_brought} == ONLY_BROUGHT
    assert [type(finding) for finding in findings] == [kind for kind in KINDS if kind not in only_brought]
    single = ("gan.controls",)  # one for all seeds
    for finding in findings:
        id_ = id_of(type(finding))
        assert finding.n_seeds.value == (1 if id_ in single else n)
        assert finding.repeated == (finding.n_seeds.value > 1)
        assert finding.rule.name
        assert finding.rule.source
        plain = json.loads(json.dumps(to_json(finding), allow_nan=False, default=float))
        assert plain["id"] == id_
        assert plain["veredicto"] == finding.verdict.name
        assert plain["semillas"]["valor"] == finding.n_seeds.value


def test_findings_are_known_by_the_folder_and_file_that_they_lie_in():
    names = [id_of(kind) for kind in KINDS]
    assert len(names) == len(set(names)) > 25
    folder = ROOT / "report" / "findings"
    lie = {f"{path.parent.name}.{path.stem}" for path in folder.glob("*/*.py") if path.stem != "__init__"}
    assert set(names) == lie


def test_a_finding_is_looked_up_by_its_class_and_by_its_name():
    findings = find_all(make_study(1))
    assert isinstance(findings[Overfitting], Overfitting)
    assert findings.wing("lstm").overfitting is findings[Overfitting]
    with pytest.raises(AttributeError):
        _ = findings.wing("lstm").overfiting


def test_without_its_runs_there_is_no_finding():
    findings = find_all(only(make_study(1), "gan"))
    assert findings.get(Overfitting) is None
    assert findings.wing("lstm").overfitting is None
    assert {id_of(type(finding)).partition(".")[0] for finding in findings} == {"study", "gan"}
    with pytest.raises(KeyError):
        _ = findings[Onset]


# --- codes and groups --------------------------------------------------------------------


def test_a_code_is_its_name_and_is_never_printed():
    assert Grade.MILD == "MILD"
    assert [code.value for code in Grade] == ["NONE", "MILD", "MODERATE", "SEVERE"]
    for say in (str, "{}".format, lambda code: f"{code}"):
        with pytest.raises(TypeError, match="MILD: a code is only printed as the word"):
            say(Grade.MILD)


def test_items_are_grouped_in_the_order_of_their_first():
    assert grouped([3, 1, 5, 2], lambda n: n % 2) == {1: (3, 1, 5), 0: (2,)}


def test_one_verdict_only_if_all_share_it():
    assert shared([Grade.MILD, Grade.MILD], Grade.NONE) is Grade.MILD
    assert shared([Grade.MILD, Grade.SEVERE], Grade.NONE) is Grade.NONE


def test_codes_are_written_down_by_their_names():
    assert to_json({Grade.MILD: (Grade.SEVERE, None)}) == {"MILD": ["SEVERE", None]}
    assert issubclass(Grade, Code)
    assert len(Findings([])) == 0


def test_mean_and_deviation_are_said_in_one_way():
    three = summarize(LOSS, leaves(0.1, 0.2, 0.3))
    assert three.said(lambda number: f"{number.value:.1f}", " ") == "0.2 ± 0.1"
    assert three.said(lambda number: f"{number.value:.1f}") == "0.2\u00a0±\u00a00.1"
    assert summarize(LOSS, leaves(0.1)).said(lambda number: f"{number.value:.1f}") == "0.1"
