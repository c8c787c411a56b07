"""What it would take for another verdict, on costs worked out by hand."""

import math

import pytest

from report.findings.flips import to_mixed, to_none, to_shared

# Of two seeds: the first is «a», the second does not count.
FIRST = {"a": 0.0, "b": 0.2, None: 0.5}
SECOND = {"a": 0.3, "b": 0.1, None: 0.0}
BOTH = [FIRST, SECOND]


def test_none_counts_when_the_last_one_stops():
    assert to_none([FIRST]) == 0.5
    assert to_none(BOTH) == 0.5
    assert to_none([SECOND]) == 0.0


def test_all_that_count_come_to_share_a_state():
    assert to_shared("a", BOTH) == 0.0  # as it is
    assert to_shared("b", BOTH) == 0.2  # the first changes; the second need not count
    assert to_shared("b", [SECOND]) == 0.1
    assert to_shared("b", [FIRST, FIRST]) == 0.2
    assert to_shared("b", [SECOND, {"a": 0.0, "b": math.inf, None: 0.4}]) == 0.4  # the other stops counting


def test_somebody_must_be_in_the_state():
    """That nobody counts costs less, and is another verdict."""
    assert to_shared("a", [{"a": 0.9, None: 0.1}, {"a": 0.8, None: 0.0}]) == 0.8


def test_two_seeds_come_to_differ():
    assert to_mixed(("a", "b"), BOTH) == 0.1
    assert to_mixed(("a", "b"), [FIRST, FIRST]) == 0.2
    assert to_mixed(("a", "b"), [SECOND, SECOND]) == 0.3


@pytest.mark.parametrize("costs", [[FIRST], [SECOND]])
def test_one_seed_cannot_differ(costs):
    assert to_mixed(("a", "b"), costs) == math.inf
