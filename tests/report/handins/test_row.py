"""A row travels between processes, and knows those that carry the same results."""

import json

import pytest

from report.handins.row import Row, State, compared, read_row


def test_a_row_comes_back():
    row = Row(
        "a.pdf", State.PROVEN, 9, 9, origin="propios", seeds=(1, 2), digest="ab", told=("una",), seconds=1.5
    )
    assert read_row(json.dumps(row.to_json())) == row


@pytest.mark.parametrize(
    "text", ["", "[]", "{}", '{"state": "NADA", "seeds": [], "same_as": [], "told": []}']
)
def test_what_is_no_row_is_refused(text):
    with pytest.raises((ValueError, TypeError, KeyError)):
        read_row(text)


def test_the_same_results_are_told_of_each_other():
    rows = [
        Row(name, State.PROVEN, digest=digest)
        for name, digest in (("a", "1"), ("b", ""), ("c", "1"), ("d", ""))
    ]
    assert [row.same_as for row in compared(rows)] == [("c",), (), ("a",), ()]


def test_a_state_answers_as_the_command_would():
    assert {state.name: state.code for state in State} == {
        "PROVEN": 0,
        "CLEAN": 0,
        "DIFFERENT": 1,
        "CONTRADICTED": 1,
        "UNKNOWN": 2,
    }
