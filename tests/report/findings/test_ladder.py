"""Where a curve crosses a rung and stays above it."""

import pytest
from studies import make_study

from experiments.kinds.readability import ReadableStep
from report.findings.ladder import LADDER, Rung, crossing, start

REAL, NOISE = 0.95, 0.01
FIRST = LADDER[0]  # a tenth of 0.95, with half of the classes


def steps(*readable: int, classes: int = 10, of: int = 10, n: int = 1_000) -> list[ReadableStep]:
    """Checkpoints at 0, 100, 200 ...; ``readable`` images of ``n``, spread over ``classes``."""
    return [
        ReadableStep(
            iteration=index * 100,
            n=n,
            readable=total,
            by_class=tuple([total // classes] * classes + [0] * (of - classes)),
            score=2.0,
            frechet=10.0,
        )
        for index, total in enumerate(readable)
    ]


def test_a_crossing_that_does_not_hold_is_not_reported():
    assert crossing(steps(0, 300, 300, 20, 300, 300), FIRST, REAL, NOISE) is None
    assert crossing(steps(0, 300, 300, 20, 300, 300, 300), FIRST, REAL, NOISE) == 4
    assert crossing(steps(0, 0, 300, 300), FIRST, REAL, NOISE) is None  # nobody knows what came after


def test_the_lower_end_of_the_interval_must_exceed_the_rung():
    """A tenth of 0.95 is 0.095. Of 1,000, Wilson's interval of 114 begins at 0.0958, that of 113
    at 0.0949 (centre (p + z²/2n) / (1 + z²/n), z = 1.96)."""
    assert crossing(steps(114, 114, 114), FIRST, REAL, NOISE) == 0
    assert crossing(steps(114, 113, 114), FIRST, REAL, NOISE) is None


def test_what_noise_reaches_does_not_count():
    assert crossing(steps(140, 140, 140), FIRST, REAL, 0.10) == 0
    assert crossing(steps(140, 140, 140), FIRST, REAL, 0.15) is None


def test_enough_classes_must_be_covered():
    assert crossing(steps(300, 300, 300, classes=5), FIRST, REAL, NOISE) == 0
    assert crossing(steps(300, 300, 300, classes=4), FIRST, REAL, NOISE) is None
    assert crossing(steps(600, 600, 600, classes=7), Rung(0.25, 0.8), REAL, NOISE) is None


@pytest.mark.parametrize(
    ("of", "least"), [(2, (1, 2)), (3, (2, 3)), (5, (3, 4)), (10, (5, 8)), (26, (13, 21))]
)
def test_of_as_many_classes_as_there_are(of, least):
    (step,) = steps(600, of=of, classes=1)
    assert (FIRST.least(step), LADDER[1].least(step)) == least


def test_more_readable_images_never_reach_a_rung_later():
    lower = [0, 60, 130, 125, 140, 180, 260]
    for raised in range(len(lower)):
        higher = [n + 100 * (index >= raised) for index, n in enumerate(lower)]
        before = crossing(steps(*lower), FIRST, REAL, NOISE)
        after = crossing(steps(*higher), FIRST, REAL, NOISE)
        assert after is not None
        assert before is not None
        assert after <= before


def test_it_starts_in_the_first_seed_that_reaches_the_first_rung():
    curves = [(0,) * 5, (0, 0, 300, 300, 300), (0, 300, 300, 300, 300)]
    place, run, index = start(make_study(3, readability=[{"readable": curve} for curve in curves]))
    assert (place, run.name, index) == (1, "readability/seed-2", 2)
    assert start(make_study(1, readability={"readable": (0,) * 5})) is None
