"""What findings are made of, and how they are written down."""

import json

import pytest
from studies import make_study

from report.findings import FINDINGS, find_all
from report.findings.base import numbers_in, seeds, summarize, threshold, to_json
from report.numbers import Leaf
from report.quantities import LOSS


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


@pytest.mark.parametrize("n", [1, 3])
def test_every_finding_has_its_rule_its_seeds_and_a_plain_form(n):
    findings = find_all(make_study(n))
    assert list(findings) == list(FINDINGS)
    for id_, finding in findings.items():
        assert finding.id == id_
        assert finding.verdict in FINDINGS[id_][1]
        assert finding.n_seeds.value == (1 if id_ == "gan.controls" else n)  # one judge for all
        assert finding.rule.name
        assert finding.rule.source
        plain = json.loads(json.dumps(to_json(finding), allow_nan=False, default=float))
        assert plain["veredicto"] == str(finding.verdict)
        assert plain["semillas"]["valor"] == finding.n_seeds.value
