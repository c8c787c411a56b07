"""What the judge may be used for: all of what it was taught, and how far that reaches."""

from typing import get_args

import pytest
from studies import make_study

from experiments.kinds.judge import ControlName as RecordedName
from experiments.kinds.judge import Family as RecordedFamily
from report.findings.collection import find_all
from report.findings.gan.controls import ControlName, Controls, Demand, Family, Outcome, Result, find
from report.findings.gan.copies import CopiesFound
from report.findings.gan.coverage import Coverage
from report.findings.gan.readings import Readings
from report.findings.gan.recognisable_from import RecognisableFrom
from report.findings.gan.still_rising import StillRising
from report.findings.gan.variants import Variants


def test_what_it_was_taught_and_the_accuracy_are_needed():
    assert find(make_study(1)).verdict is Outcome.GENERALISES
    failed = find(make_study(1, judge={"failed": ["blends", "real", "letters"]}))
    assert failed.verdict is Outcome.UNUSABLE
    assert [control.name for control in failed.disqualifying] == [ControlName.REAL, ControlName.BLENDS]
    inexact = find(make_study(1, judge={"accuracy": 0.9899}))
    assert (inexact.verdict, inexact.disqualifying, inexact.accurate) == (Outcome.UNUSABLE, (), False)
    assert find(make_study(1, judge={"accuracy": 0.99})).verdict is Outcome.GENERALISES


def test_what_it_never_saw_qualifies_it_and_does_not_disqualify_it():
    finding = find(make_study(1, judge={"failed": ["letters"]}))
    assert (finding.verdict, finding.holds) == (Outcome.EXCEPTIONS, True)
    assert [control.name for control in finding.exceptions] == [ControlName.LETTERS]
    assert finding.exceptions[0].readable.value == pytest.approx(0.12)
    assert finding.disqualifying == ()


def test_without_controls_of_what_it_never_saw_nobody_knows_how_far_it_reaches():
    unseen = ("scribbles", "letters", "arcs")
    assert find(make_study(1, judge={"without": unseen})).verdict is Outcome.UNTRIED


def test_the_margin_is_that_of_the_tightest_demand_that_decides():
    """Noise at 0.025, half its limit, is 0.025 from it; every other control is further. The accuracy
    must be 0.99, and is as much of a demand. Letters at 0.12, 0.02 from their limit, decide nothing."""
    assert find(make_study(1, judge={"accuracy": 1.0})).margin.value == pytest.approx(0.01)
    assert find(make_study(1, judge={"accuracy": 0.993})).margin.value == pytest.approx(0.003)
    letters = {"accuracy": 0.96, "failed": ["letters"]}
    assert find(make_study(1, judge=letters)).margin.value == pytest.approx(0.025)


def test_a_row_says_what_is_asked_and_what_came():
    first, *_, last = find(make_study(1, judge={"failed": ["arcs"]})).rows
    name, family, n, readable, demand, limit, result = first
    assert (name, family) == (ControlName.REAL, Family.TRAINED)
    assert (demand, result) == (Demand.AT_LEAST, Result.PASSED)
    assert (n.value, readable.value, limit.value) == (1_000, 0.95, 0.9)
    assert last[:2] == (ControlName.ARCS, Family.UNSEEN)
    assert (last[4], last[6]) == (Demand.LESS_THAN, Result.FAILED)


def test_every_control_of_the_records_has_a_name():
    assert [name.name for name in ControlName] == [name.upper() for name in get_args(RecordedName)]
    assert [name.name for name in Family] == [name.upper() for name in get_args(RecordedFamily)]


RESTS_ON_IT = (RecognisableFrom, Readings, Coverage, CopiesFound, StillRising, Variants)


@pytest.mark.parametrize("failed", ["real", "salt_and_pepper", "uniform_noise", "patches", "blends"])
def test_nothing_rests_on_a_judge_that_may_not_be_used(failed):
    findings = find_all(make_study(3, judge={"failed": [failed]}))
    assert findings[Controls].verdict is Outcome.UNUSABLE
    assert [kind for kind in RESTS_ON_IT if findings.get(kind)] == []


def test_all_rests_on_one_that_fails_what_it_never_saw():
    readability = {"readable": (0, 100, 200, 300, 400)}
    findings = find_all(make_study(3, judge={"failed": ["scribbles"]}, readability=readability))
    assert [kind for kind in RESTS_ON_IT if not findings.get(kind)] == []
