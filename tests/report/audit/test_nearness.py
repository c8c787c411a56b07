"""Which of several proofs a statement is about."""

from dataclasses import dataclass, field

import pytest

from report.audit.blocks import Place
from report.audit.nearness import is_far, nearest
from report.audit.scope import Scope


@dataclass(frozen=True)
class Thing:
    """What stands somewhere, below headings."""

    place: Place
    scope: Scope = field(default_factory=Scope)


def at(cell, *headings):
    return Thing(Place("celda", cell), Scope(path=headings))


def test_the_last_one_above_in_the_smallest_section():
    outer, inner, later = at(2, 1), at(4, 1, 2), at(9, 1, 2)
    assert nearest(at(7, 1, 2), [outer, inner, later]) == [inner]
    assert nearest(at(7, 1, 3), [outer, inner]) == [inner]  # no deeper heading is shared: the last of both


def test_another_section_is_another_thing():
    assert nearest(at(5, 3), [at(4, 2)]) == []


@pytest.mark.parametrize(("cell", "found"), [(7, True), (8, False)])
def test_without_headings_only_what_is_near(cell, found):
    proof = at(4)
    assert nearest(at(cell), [proof]) == ([proof] if found else [])


def test_of_a_text_what_stands_in_the_same_section_on_either_side():
    def line(number, *headings):
        return Thing(Place("linea", number), Scope(path=headings))

    below, other = line(9, 1), line(3, 2)
    assert nearest(line(5, 1), [below, other]) == [below]
    assert nearest(line(5), [line(6)]) == []  # no section


@pytest.mark.parametrize(("cell", "far"), [(3, False), (7, False), (8, True)])
def test_what_stands_more_than_three_cells_below_is_far(cell, far):
    assert is_far(at(cell), at(4)) is far
    assert not is_far(Thing(Place("linea", 90)), Thing(Place("linea", 1)))
