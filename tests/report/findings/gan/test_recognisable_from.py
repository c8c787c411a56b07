"""The ladder: where a curve crosses a rung and stays above it."""

from dataclasses import replace

import pytest
from studies import make_study

from report.findings.gan import controls
from report.findings.gan.controls import ControlName
from report.findings.gan.recognisable_from import Lacking, Reached, Recognisable, find


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


@pytest.mark.parametrize(
    ("curves", "verdict", "reached"),
    [
        (((0, 300, 300, 300, 300),) * 2, Recognisable.ALL, Reached.ALL),
        (((0, 300, 300, 300, 300), (0,) * 5), Recognisable.SOME, Reached.SOME),
        (((0,) * 5, (0, 0, 0, 300, 300)), Recognisable.NONE, Reached.UNHELD),
    ],
)
def test_verdict_over_seeds(curves, verdict, reached):
    finding = find(make_study(2, readability=[{"readable": curve} for curve in curves]))
    assert (finding.verdict, finding.rungs[0].reached) == (verdict, reached)
    assert finding.rungs[3].reached == Reached.NONE


@pytest.mark.parametrize(
    ("curve", "classes", "reached", "lacking"),
    [
        ((0, 0, 0, 0, 0), 10, Reached.NONE, Lacking.READING),
        ((0, 300, 300, 0, 0), 10, Reached.UNHELD, Lacking.READING),
        ((0, 0, 0, 300, 300), 10, Reached.AT_END, Lacking.LASTING),
        ((0, 300, 300, 300, 300), 2, Reached.FEW_CLASSES, Lacking.CLASSES),
        ((0, 0, 300, 300, 300), 10, Reached.ALL, Lacking.NOTHING),
    ],
)
def test_what_is_not_reached_may_still_be_exceeded(curve, classes, reached, lacking):
    """Three checkpoints in a row are asked for; the rung is at 96 of 1,000."""
    finding = find(make_study(1, readability={"readable": curve, "classes": classes}))
    assert (finding.first_rung.reached, finding.lacking) == (reached, lacking)
    assert [number.value for number in finding.classes] == [classes if curve[-1] else 0]


def test_a_higher_rung_exceeded_at_the_end_alone_is_not_one_never_exceeded():
    """0.25 and 0.5 of 950 in 1,000 are 238 and 475."""
    rungs = find(make_study(1, readability={"readable": (0, 0, 200, 200, 300)})).rungs
    assert [rung.reached for rung in rungs] == [Reached.ALL, Reached.AT_END, Reached.NONE, Reached.NONE]


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


def test_the_grid_of_the_first_step_tells_what_is_read_in_it():
    """The second seed reaches the rung at its second checkpoint, of whose nine images the digits 0 and 5
    are read (see ``test_readings``)."""
    readable = [{"readable": (0,) * 5}, {"readable": (0, 0, 300, 300, 300)}]
    begin = find(make_study(2, readability=readable)).start
    assert (begin.seed.value, begin.iteration.value, begin.images.value) == (2, 150, 9)
    assert (begin.read.value, [number.value for number in begin.classes]) == (2, [0, 5])
    assert [(seen.name.value, seen.place.value) for seen in begin.seen] == [(0, 3), (5, 8)]
    assert find(make_study(1, readability={"readable": (0,) * 5})).start is None


def test_rows_of_rungs_say_which_seeds_do_not_reach_them():
    readable = [{"readable": (0, 300, 300, 300, 300)}, {"readable": (0,) * 5}]
    first, *_, highest = find(make_study(2, readability=readable)).rung_rows
    assert [number.value for number in first[:2]] == [0.1, 5]
    assert (first[2][0].value, first[2][1], first[3].value) == (75, None, 75)
    assert highest[2:] == ((None, None), None)


@pytest.mark.parametrize(
    ("failed", "readable", "doubted", "beyond"),
    [
        ([], (0, 300, 350, 400, 400), False, None),
        (["letters"], (0, 300, 350, 400, 400), True, 0.25),  # letters: 12 % is read, of real ones 97 %
        (["letters"], (0, 150, 150, 150, 150), True, None),
    ],
)
def test_a_rung_below_what_fools_the_judge_is_doubted(failed, readable, doubted, beyond):
    found = find(make_study(1, judge={"failed": failed}, readability={"readable": readable}))
    assert found.doubted is doubted
    surer = found.beyond_doubt if doubted else None
    assert (surer.share.value if surer else None) == beyond
    assert found.surest_rung.share.value == (beyond or 0.1)  # what is doubted is told if nothing surer is


def test_what_is_beyond_doubt_is_more_than_what_is_read_of_any_control_that_should_not_be():
    """25 % of what is read in real images, 97 %, is 24.25 %: not above another control of which 25 % is
    read, whether or not so much is allowed."""
    readable = {"readable": (0, 300, 350, 400, 400)}
    study = make_study(1, judge={"failed": ["letters"]}, readability=readable)
    found, examined = find(study), controls.find(study)
    shares = {each.name: each.readable.value for each in examined.controls}
    assert found.misread.value == shares[ControlName.LETTERS] == 0.12
    blends = next(each for each in examined.controls if each.name is ControlName.BLENDS)
    fooled = replace(blends, readable=replace(blends.readable, value=0.25))
    misread = replace(examined, controls=(*examined.controls, fooled)).misread
    assert replace(found, misread=misread).beyond_doubt is None
