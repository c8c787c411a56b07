"""When a class is covered, what is read at one checkpoint, and what a class is called."""

import pytest
from studies import make_study, with_leaf

from report.findings.readability import (
    class_name,
    class_names,
    classes_drawn,
    covered,
    is_enough,
    last_checkpoint,
    readability_record,
    share_at,
)
from report.ledger.ledger import Leaf


@pytest.mark.parametrize(
    ("by_digit", "digits"),
    [
        ((0,) * 10, []),
        ((98, 2, 0, 0, 0, 0, 0, 0, 0, 0), [0, 1]),  # two in a hundred, equal to the threshold
        ((981, 19, 0, 0, 0, 0, 0, 0, 0, 0), [0]),
    ],
)
def test_a_class_is_covered_from_two_in_a_hundred(by_digit, digits):
    assert covered(by_digit) == digits


def test_what_is_read_is_a_share_of_the_images():
    study = make_study(2, readability=[{"readable": (0, 1, 2, 3, n)} for n in (300, 500)])
    assert last_checkpoint(study) == 4
    read = share_at(study.readability, 4)
    assert [number.value for number in read.each] == [0.3, 0.5]
    assert read.mean.value == pytest.approx(0.4)


@pytest.mark.parametrize(
    ("readable", "noise", "enough"),
    [(49, 0.0, False), (50, 0.0, True), (50, 0.037, True), (50, 0.039, False), (900, 0.95, False)],
)
def test_enough_is_fifty_images_and_more_than_noise(readable, noise, enough):
    """Of 1,000, Wilson's interval of 50 begins at 0.0381."""
    study = make_study(1, readability={"readable": (0, 0, 0, 0, readable)})
    assert is_enough(readability_record(study.readability[0]).steps[-1], noise) is enough


def test_the_classes_that_are_drawn_are_known_where_enough_is_read():
    readability = [{"readable": (0, 0, 0, 0, n), "classes": classes} for n, classes in ((40, 4), (400, 4))]
    study = make_study(2, readability=readability)
    assert classes_drawn(study) == [None, 0.4]
    assert classes_drawn(make_study(1, judge={"failed": ["blur"]})) == [None]


def test_a_class_is_the_digit_or_what_the_user_calls_it():
    run = make_study(1).readability[0]
    assert class_name(run, Leaf(7, "x")).value == 7
    own = with_leaf(run, "data.classes", ("bota", "bolso"))
    assert [name.value for name in class_names(own, Leaf([1, 0], "x"))] == ["bolso", "bota"]
