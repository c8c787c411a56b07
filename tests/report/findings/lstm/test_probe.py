"""The probe: valid only by its control, then which cells learn, and what those do, by hand out of 200
reviews; 600 on the validation part, of which 321 are beyond chance and 320 are not."""

from dataclasses import replace

import pytest
from studies import make_study

from experiments.records.base import RecordError
from report.findings.lstm import probe
from report.findings.lstm.probe import Carries, Learned
from report.findings.measures import above_chance_p, least_above_chance

GOOD, PERFECT = (0.99, 0.98, 0.985), (1.0, 1.0, 1.0)
HELD, LOST, WEAK = (0.99, 0.97, 0.95), (0.98, 0.90, 0.60), (0.94, 0.90, 0.60)
AT_CHANCE = 0.5


def find(*cells, control=GOOD, validation=1.0, controls=2):
    controls_of = [control] * len(cells) if isinstance(control[0], float) else control
    shares = [validation] * len(cells) if isinstance(validation, float) else validation
    choices = [
        {"cell_share": cell, "control_share": pooled, "validation": share, "controls": controls}
        for cell, pooled, share in zip(cells, controls_of, shares, strict=True)
    ]
    return probe.find(make_study(len(cells), probe=choices))


def seeds(numbers):
    return [number.value for number in numbers]


@pytest.mark.parametrize(
    ("cells", "verdict"),
    [
        ([HELD], Carries.HOLDS),  # 0.95 is enough
        ([LOST], Carries.FAILS),
        ([WEAK], Carries.WEAK),
        ([HELD, HELD], Carries.HOLDS),
        ([LOST, (0.99, 0.98, 0.94)], Carries.FAILS),
        ([WEAK, WEAK], Carries.WEAK),
        ([HELD, LOST], Carries.MIXED),
        ([LOST, WEAK], Carries.MIXED),
        ([(0.99, 0.90, 0.99)], Carries.FAILS),  # it fails where it fails, whatever comes after
    ],
)
def test_verdict_with_a_valid_control(cells, verdict):
    assert find(*cells).verdict == verdict
    assert find(*reversed(cells)).verdict == verdict


@pytest.mark.parametrize("cell", [HELD, LOST, WEAK])
def test_a_control_that_fails_anywhere_makes_the_probe_invalid_whatever_the_cell_does(cell):
    assert find(cell, control=(0.99, 0.98, 0.945)).verdict == Carries.NOT_VALID
    assert find(cell, cell, control=[GOOD, (0.945, 0.98, 0.98)]).verdict == Carries.NOT_VALID
    assert find(cell, control=(0.95, 0.95, 0.95)).verdict != Carries.NOT_VALID


def test_beyond_chance():
    """Of 5, all are right one time in 32; of 4, in 16. Of 600, the standard deviation is 12.25, so
    that 1.645 of them end at 320.15."""
    assert above_chance_p(5, 5) == 1 / 32
    assert above_chance_p(3, 4) == 5 / 16
    assert above_chance_p(0, 4) == 1.0
    assert [least_above_chance(n) for n in (4, 5, 600)] == [5, 5, 321]


@pytest.mark.parametrize(
    ("validation", "learned", "verdict", "told"),
    [
        ([1.0, 1.0, 1.0], Learned.ALL, Carries.MIXED, [1, 2, 3]),
        ([1.0, AT_CHANCE, 1.0], Learned.SOME, Carries.HOLDS, [1, 3]),
        ([AT_CHANCE, 1.0, AT_CHANCE], Learned.SOME, Carries.FAILS, [2]),
        ([AT_CHANCE] * 3, Learned.NONE, Carries.NOT_LEARNED, []),
        ([321 / 600, 320 / 600, 320 / 600], Learned.SOME, Carries.HOLDS, [1]),  # beyond chance, and not
    ],
)
def test_only_of_cells_that_learn_distances_are_told(validation, learned, verdict, told):
    finding = find(HELD, LOST, HELD, validation=validation)
    assert (finding.learned, finding.verdict) == (learned, verdict)
    assert seeds(finding.learned_seeds) == told
    assert (finding.n_seeds.value, finding.n_learned.value) == (3, len(told))
    for place in finding.places:
        assert len(place.cell.accuracy.each if place.cell else ()) == len(told)
    assert [bool(row[2]) for row in finding.rows[:-1]] == [seed in told for seed in (1, 2, 3)]
    assert (finding.worst_cell is None) == (not told)


def test_a_cell_that_only_guesses_cannot_hold():
    """Whatever the test part says of it."""
    assert find(PERFECT, validation=AT_CHANCE).verdict == Carries.NOT_LEARNED


def test_the_controls_are_counted_apart():
    finding = find(HELD, HELD, HELD, controls=1)
    assert (finding.n_seeds.value, finding.n_control.value) == (3, 1)
    assert seeds(finding.control_seeds) == [1]
    assert find(HELD, controls=1).n_control.value == 1


def test_without_any_control_there_is_no_probe():
    study = make_study(3)
    third = replace(study, probe=study.probe[2:])
    with pytest.raises(RecordError, match=r"^probe/seed-3: .* al menos en una semilla"):
        probe.find(third)


def test_where_the_cell_fails_first():
    finding = find(HELD, LOST, WEAK, HELD, validation=[1.0, 1.0, 1.0, AT_CHANCE])
    assert seeds(finding.holding_seeds) == [1]
    assert seeds(finding.failing_seeds) == [2]
    assert seeds(finding.weak_seeds) == [3]
    assert seeds(finding.unlearned_seeds) == [4]
    assert seeds(finding.failing_from) == [100]
    assert find(HELD).failing_from == ()


@pytest.mark.parametrize(
    ("cells", "control", "margin"),
    [
        ([HELD], GOOD, 0.0),  # 0.95 itself
        ([(0.99, 0.98, 0.97)], GOOD, 0.02),
        ([(0.99, 0.98, 0.975)], (0.97, 0.96, 0.98), 0.01),  # the control would fail first
        ([LOST], GOOD, 0.03),  # 0.98 at the first distance, and 0.98 of the control
        ([LOST], PERFECT, 0.03),
        ([(1.0, 0.93, 0.60)], PERFECT, 0.05),  # 0.93 only says from where on it fails
        ([PERFECT, (0.6, 0.5, 0.5)], PERFECT, 0.05),  # the control
        ([(1.0, 1.0, 0.96), (0.98, 0.5, 0.4)], PERFECT, 0.01),  # both would fail
        ([(1.0, 0.5, 0.94)], PERFECT, 0.05),  # what follows the first failure decides nothing
        ([HELD], (0.99, 0.90, 0.93), 0.05),  # the control's worst must do enough
    ],
)
def test_the_margin_is_the_least_change_that_flips_the_verdict(cells, control, margin):
    assert find(*cells, control=control).margin.value == pytest.approx(margin)


@pytest.mark.parametrize(
    ("validation", "margin"),
    [
        ([AT_CHANCE, AT_CHANCE], 21 / 600),  # any of both would learn with 321
        ([324 / 600, AT_CHANCE], 4 / 600),  # none would learn
        ([324 / 600, 1.0], 4 / 600),  # the one that fails would be alone
        ([1.0, 320 / 600], 1 / 600),  # the one that fails too
        ([1.0, 1.0], 0.05),  # the first would fail too: what learning decides is farther
    ],
)
def test_learning_may_flip_the_verdict_too(validation, margin):
    """The first would hold by 0.05, the second fails by 0.03 and more."""
    finding = find(PERFECT, (0.98, 0.5, 0.5), control=PERFECT, validation=validation)
    assert finding.margin.value == pytest.approx(margin)


def test_what_is_said_of_a_seed_may_change_before_the_verdict():
    """0.94 would do enough with 0.01 more, and its seed would fail from another distance on."""
    finding = find((1.0, 0.94, 0.6), control=PERFECT)
    assert finding.sooner.value == pytest.approx(0.01)
    assert finding.margin.value == pytest.approx(0.05)
    assert find((0.99, 0.98, 0.97), control=PERFECT).sooner is None  # both are 0.02


def test_the_rows_by_hand():
    finding = find((0.98, 0.90, 0.60), (0.96, 0.90, 0.70))
    first, _, last = finding.places
    assert (first.distance.value, last.distance.value) == (10, 400)
    assert [number.value for number in last.cell.accuracy.each] == [0.6, 0.7]
    assert last.cell.accuracy.mean.value == pytest.approx(0.65)
    assert last.control.accuracy.mean.value == pytest.approx(0.985)
    # Wilson's interval of the mean, 130 of 200
    assert [end.value for end in last.cell.band] == pytest.approx([0.5816, 0.7127], abs=5e-5)
    assert [number.value for number in finding.distances] == [10, 100, 400]
    assert [number.value for number in finding.rows[1]] == [2, 1.0, 0.96, 0.9, 0.7]
    assert [number.value for number in finding.rows[2][1:]] == [0.99, 0.99, 0.98, 0.985]
