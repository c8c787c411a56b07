"""A judge that fails one control answers nothing."""

from typing import get_args

import pytest
from studies import make_study

from experiments.kinds.judge import ControlName as RecordedName
from experiments.kinds.judge import Family as RecordedFamily
from report.findings.collection import find_all
from report.findings.gan.controls import ControlName, Demand, Family, Outcome, Result, find
from report.findings.gan.coverage import Coverage, Covered
from report.findings.gan.recognisable_from import Legible, Recognisable, RecognisableFrom
from report.findings.gan.variants import Variants
from report.findings.variants import Outcome as NothingSaid


def test_all_controls_and_the_accuracy_are_needed():
    assert find(make_study(1)).verdict is Outcome.PASSED
    failed = find(make_study(1, judge={"failed": ["blends", "real"]}))
    assert failed.verdict is Outcome.FAILED
    assert [control.name for control in failed.failed] == [ControlName.REAL, ControlName.BLENDS]
    inexact = find(make_study(1, judge={"accuracy": 0.9899}))
    assert (inexact.verdict, inexact.failed, inexact.accurate) == (Outcome.FAILED, (), False)
    assert find(make_study(1, judge={"accuracy": 0.99})).verdict is Outcome.PASSED


def test_the_margin_is_that_of_the_tightest_demand():
    """Noise at 0.025, half its limit, is 0.025 from it; every other control is further. The accuracy
    must be 0.99, and is as much of a demand."""
    assert find(make_study(1, judge={"accuracy": 1.0})).margin.value == pytest.approx(0.01)
    assert find(make_study(1, judge={"accuracy": 0.993})).margin.value == pytest.approx(0.003)
    assert find(make_study(1, judge={"accuracy": 0.96})).margin.value == pytest.approx(0.025)


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


@pytest.mark.parametrize("failed", ["real", "salt_and_pepper", "uniform_noise", "patches", "blends"])
def test_a_failed_control_blocks_every_answer(failed):
    findings = find_all(make_study(3, judge={"failed": [failed]}))
    recognisable = findings[RecognisableFrom]
    assert recognisable.verdict is Recognisable.NO_JUDGE
    assert findings[Coverage].verdict is Covered.NO_JUDGE
    assert findings[Variants].verdict is NothingSaid.UNJUDGED
    assert recognisable.rungs == ()
    assert {step.legible for step in recognisable.steps} == {Legible.NO_JUDGE}
    assert recognisable.reading_rows == ()
