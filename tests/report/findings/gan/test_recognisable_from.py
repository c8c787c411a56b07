"""The ladder: where a curve crosses a rung and stays above it."""

import pytest
from studies import make_study

from experiments.kinds.readability import ReadableStep
from report.findings.gan.recognisable_from import (
    LADDER,
    Legible,
    Reached,
    Recognisable,
    Rung,
    crossing,
    find,
)

REAL, NOISE = 0.95, 0.01
FIRST = LADDER[0]  # a tenth of 0.95, with five digits


def steps(*readable: int, classes: int = 10, n: int = 1_000, every: int = 100) -> list[ReadableStep]:
    """Checkpoints at 0, 100, 200 ...; ``readable`` images of ``n``, spread over ``classes``."""
    return [
        ReadableStep(
            iteration=index * every,
            n=n,
            readable=total,
            by_class=tuple([total // classes] * classes + [0] * (10 - classes)),
            score=2.0,
            frechet=10.0,
        )
        for index, total in enumerate(readable)
    ]


def fabricated(crossing_at: int, low: int = 20, high: int = 300, last: int = 3_000) -> list[int]:
    """``low`` readable images before that iteration, ``high`` from it on, every hundred."""
    return [high if iteration >= crossing_at else low for iteration in range(0, last + 1, 100)]


def test_a_curve_that_crosses_at_1200_is_said_to_cross_between_1100_and_1200():
    study = make_study(
        1,
        gan={"iterations": 3_000, "weights_every": 100, "steps": (0, 1_500, 3_000)},
        readability={"readable": fabricated(1_200)},
    )
    finding = find(study)
    (row,) = finding.rungs[0].crossings
    assert (row.after.value, row.until.value) == (1_100, 1_200)
    assert finding.verdict == Recognisable.ALL


def test_over_seeds_the_median_and_the_range():
    study = make_study(
        3,
        gan={"iterations": 3_000, "weights_every": 100, "steps": (0, 1_500, 3_000)},
        readability=[{"readable": fabricated(at)} for at in (1_200, 800, 2_000)],
    )
    rung = find(study).rungs[0]
    assert [number.value for number in (rung.median, rung.first, rung.last)] == [1_200, 800, 2_000]


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


def test_enough_digits_must_be_covered():
    assert crossing(steps(300, 300, 300, classes=5), FIRST, REAL, NOISE) == 0
    assert crossing(steps(300, 300, 300, classes=4), FIRST, REAL, NOISE) is None
    assert crossing(steps(600, 600, 600, classes=7), Rung(0.25, 8), REAL, NOISE) is None


def test_more_readable_images_never_reach_a_rung_later():
    lower = [0, 60, 130, 125, 140, 180, 260]
    for raised in range(len(lower)):
        higher = [n + 100 * (index >= raised) for index, n in enumerate(lower)]
        before = crossing(steps(*lower), FIRST, REAL, NOISE)
        after = crossing(steps(*higher), FIRST, REAL, NOISE)
        assert after is not None
        assert before is not None
        assert after <= before


@pytest.mark.parametrize(
    ("curves", "verdict", "reached"),
    [
        (((0, 300, 300, 300, 300),) * 2, Recognisable.ALL, Reached.ALL),
        (((0, 300, 300, 300, 300), (0,) * 5), Recognisable.SOME, Reached.SOME),
        (((0,) * 5, (0, 0, 0, 300, 300)), Recognisable.NONE, Reached.NONE),
    ],
)
def test_verdict_over_seeds(curves, verdict, reached):
    finding = find(make_study(2, readability=[{"readable": curve} for curve in curves]))
    assert (finding.verdict, finding.rungs[0].reached) == (verdict, reached)
    assert finding.rungs[3].reached == Reached.NONE


def test_the_margin_is_to_the_first_rung_from_the_seed_nearest_to_it():
    """Of 1,000, 301 and 131: the lower ends are 0.2734 and 0.1116, the rung 0.095; the second seed
    is nearer to another verdict."""
    readable = [{"readable": (0, 300, 300, 300, 300)}, {"readable": (0, 131, 131, 131, 131)}]
    assert find(make_study(2, readability=readable)).margin.value == pytest.approx(0.1116 - 0.095, abs=5e-4)


def test_a_margin_is_of_checkpoints_with_enough_digits():
    """Of 1,000, 300 and 600: only the last three cover them, and of those the worst has a lower end
    of 0.2724; with a single digit everywhere, no share would change the verdict."""
    curve = {"readable": (0, 600, 300, 300, 300), "classes": (1, 1, 10, 10, 10)}
    assert find(make_study(1, readability=curve)).margin.value == pytest.approx(0.2724 - 0.095, abs=5e-4)
    alike = {"readable": (0, 600, 600, 600, 600), "classes": 1}
    assert find(make_study(1, readability=alike)).margin is None


def test_what_is_read_always_alike_is_counted_apart():
    """Of 1,000, 301 and 401 with a single digit; the third checkpoint covers all ten."""
    curve = {"readable": (0, 300, 300, 300, 400), "classes": (1, 1, 10, 10, 4)}
    smears = find(make_study(1, readability=curve)).uncovered
    assert (smears.count.value, smears.first.value) == (2, 75)
    later = {"readable": (0, 0, 300, 300, 400), "classes": (1, 1, 1, 10, 10)}
    smears = find(make_study(2, readability=[later, curve])).uncovered
    assert (smears.count.value, smears.first.value) == (3, 75)
    assert smears.seed.value == 2
    assert find(make_study(1)).uncovered.first is None


def test_what_exceeds_the_first_rung_and_does_not_last_is_counted():
    """The rung is at 96; with 300 of 1,000 Wilson's lower end is 272, with 50 it is 38."""
    readable = [
        {"readable": (300, 50, 300, 300, 300)},
        {"readable": (300, 300, 300, 50, 50)},
        {"readable": (300, 300, 50, 50, 300)},  # never reached
        {"readable": (0, 300, 50, 50, 50), "classes": 4},
    ]
    unheld = find(make_study(4, readability=readable)).unheld
    assert [(row.seed.value, row.count.value) for row in unheld] == [(1, 1), (3, 3)]


def test_a_step_tells_what_is_read_in_its_own_grid():
    """In the made-up grids of nine, the image i of step s shows the digit (9 s + i) mod 10 and is
    readable where that number's remainder by five is less than s."""
    step = find(make_study(1)).steps[1]  # 9 to 17: read are 10 and 15
    assert step.reading.read_in_grid.value == 2
    assert [number.value for number in step.reading.digits_in_grid] == [0, 5]
    assert step.legible == Legible.RUNG
    assert step.reading.share.mean.value == pytest.approx(0.201)
    assert step.reading.unread.mean.value == pytest.approx(0.799)


def test_a_step_that_no_judge_looked_at_is_not_described():
    study = make_study(1, gan={"steps": (0, 100, 300)})
    assert [step.legible for step in find(study).steps] == [
        Legible.NOISE,
        Legible.UNMEASURED,
        Legible.RUNG,
    ]


def test_a_step_has_reached_what_all_its_seeds_have():
    readable = [{"readable": (0, 300, 300, 300, 600)}, {"readable": (0, 300, 300, 300, 10)}]
    steps = find(make_study(2, readability=readable)).steps
    assert (steps[1].legible, steps[1].reading.rung.value) == (Legible.RUNG, 0.25)
    assert steps[1].reading.exceeding.value == 2
    assert steps[2].legible == Legible.NOISE
    assert steps[2].reading.exceeding.value == 1  # the first seed reads 600 of 1,000


def test_rows_of_rungs_say_which_seeds_do_not_reach_them():
    readable = [{"readable": (0, 300, 300, 300, 300)}, {"readable": (0,) * 5}]
    first, *_, highest = find(make_study(2, readability=readable)).rung_rows
    assert [number.value for number in first[:2]] == [0.1, 5]
    assert (first[2][0].value, first[2][1], first[3].value) == (75, None, 75)
    assert highest[2:] == ((None, None), None)


def test_rows_of_readings_leave_out_what_was_not_measured():
    study = make_study(1, gan={"steps": (0, 100, 300)})
    assert [row[0].value for row in find(study).reading_rows] == [0, 300]
    alone = make_study(1, gan={"architecture": "dense"})
    assert {row[-1] for row in find(alone).reading_rows} == {None}
