"""The probe: valid only by its controls, then which cells learn, and how far those carry the clause, by
hand out of 200 reviews at each of three distances, where 116 are above chance in three tries; 600 on the
validation part."""

import math
from dataclasses import replace

import pytest
from studies import make_study

from experiments.records.base import RecordError
from report.findings.conditions import Condition
from report.findings.lstm import probe
from report.findings.lstm.probe import Carries, Control
from report.findings.measures import wilson_interval
from report.findings.probing import Extent, Learned, least_above_chance

GOOD, PERFECT = (0.99, 0.98, 0.985), (1.0, 1.0, 1.0)
KEEPS, FADES, LOSES, NEVER = (0.99, 0.98, 0.985), (0.99, 0.90, 0.70), (0.98, 0.90, 0.55), (0.55, 0.5, 0.52)
AT_CHANCE = 0.5


def find(*cells, control=GOOD, validation=1.0, controls=2):
    controls_of = [control] * len(cells) if isinstance(control[0], float) else control
    shares = [validation] * len(cells) if isinstance(validation, float) else validation
    choices = [
        {"cell_share": cell, "control_share": pooled, "validation": share, "controls": controls}
        for cell, pooled, share in zip(cells, controls_of, shares, strict=True)
    ]
    return probe.find(make_study(len(cells), probe=choices))


def values(numbers):
    return [number.value for number in numbers]


@pytest.mark.parametrize(
    ("cells", "verdict"),
    [
        ([KEEPS] * 2, Carries.EVERYWHERE),
        ([FADES] * 2, Carries.FADES),
        ([LOSES] * 2, Carries.UP_TO),
        ([NEVER] * 2, Carries.NOWHERE),
        ([KEEPS, FADES], Carries.EVERYWHERE),  # only one of two loses
        ([FADES, LOSES], Carries.UP_TO),  # one of two does not carry it
        ([FADES, FADES, LOSES, FADES, FADES], Carries.FADES),  # of five, their mean does
        ([LOSES, LOSES, FADES, LOSES, LOSES], Carries.UP_TO),
    ],
)
def test_verdict_of_several(cells, verdict):
    assert find(*cells).verdict is verdict
    assert find(*reversed(cells)).verdict is verdict


@pytest.mark.parametrize(
    ("validation", "learned", "verdict", "told"),
    [
        ([1.0, 1.0, 1.0], Learned.ALL, Carries.EVERYWHERE, [1, 2, 3]),
        ([1.0, AT_CHANCE, 1.0], Learned.SOME, Carries.EVERYWHERE, [1, 3]),
        ([AT_CHANCE, 1.0, AT_CHANCE], Learned.ONE, Carries.LONE, [2]),
        ([AT_CHANCE] * 3, Learned.NONE, Carries.NOT_LEARNED, []),
    ],
)
def test_distances_are_told_only_of_cells_that_learn(validation, learned, verdict, told):
    finding = find(KEEPS, KEEPS, KEEPS, validation=validation)
    assert (finding.learned, finding.verdict) == (learned, verdict)
    assert values(finding.learned_seeds) == told
    assert (finding.n_seeds.value, finding.n_learned.value) == (3, len(told))
    for place in finding.places:
        assert len(place.cell.accuracy.each if place.cell else ()) == len(told)
        assert (place.above is None) == (not told)
    assert [bool(row[2]) for row in finding.rows[:-1]] == [seed in told for seed in (1, 2, 3)]


def test_learning_is_asked_of_all_epochs_of_all_cells_together():
    """Three epochs of ten cells: 0.05 / 30 is 0.0017, some 2.94 standard deviations of 12.25 above 300."""
    least = least_above_chance(600, 30)
    assert 300 + 2.9 * 12.25 < least < 300 + 3.05 * 12.25
    enough, short = least / 600, (least - 1) / 600
    finding = find(*[KEEPS] * 10, validation=[enough, *[short] * 9], controls=1)
    assert (finding.tries.value, values(finding.learned_seeds)) == (30, [1])
    assert find(KEEPS, validation=short).learned is Learned.ONLY  # of one cell, there are three tries


def test_a_failed_cell_says_nothing_of_the_distances():
    """Whatever it does there: it is at chance everywhere because it has not learned."""
    with_it = find(KEEPS, NEVER, KEEPS, validation=[1.0, AT_CHANCE, 1.0])
    without = find(KEEPS, KEEPS)
    assert with_it.verdict is without.verdict is Carries.EVERYWHERE
    assert [row[1:] for row in with_it.distance_rows] != []
    for one, other in zip(with_it.places, without.places, strict=True):
        assert values(one.cell.accuracy.each) == values(other.cell.accuracy.each)
        assert one.above.value == other.above.value == 2


@pytest.mark.parametrize(("cell", "extent"), [(KEEPS, Extent.EVERYWHERE), (LOSES, Extent.UP_TO)])
def test_one_cell_is_one_cell(cell, extent):
    alone, one_of_three = find(cell), find(cell, cell, cell, validation=[1.0, AT_CHANCE, AT_CHANCE])
    assert (alone.verdict, alone.learned, alone.extent) == (Carries.LONE, Learned.ONLY, extent)
    assert (one_of_three.verdict, one_of_three.learned) == (Carries.LONE, Learned.ONE)
    assert one_of_three.extent is extent
    nothing = find(cell, validation=AT_CHANCE)
    assert (nothing.verdict, nothing.learned, nothing.extent) == (Carries.NOT_LEARNED, Learned.NONE, None)


@pytest.mark.parametrize("cell", [KEEPS, FADES, LOSES, NEVER])
def test_without_a_control_that_can_nothing_is_concluded(cell):
    finding = find(cell, cell, control=(0.99, 0.98, 0.945))
    assert (finding.verdict, finding.control) == (Carries.NOT_VALID, Control.NOT_ENOUGH)
    assert finding.worst_control.value == 0.945
    assert find(cell, cell, control=(0.95, 0.95, 0.95)).control is Control.VALID


def test_the_mean_of_the_controls_decides_and_not_one_of_them():
    one_short = [(0.99, 0.98, 0.94), (0.99, 0.98, 0.97), GOOD]
    assert find(KEEPS, KEEPS, KEEPS, control=one_short, controls=3).control is Control.VALID


def test_a_control_that_has_not_learned():
    study = make_study(2, probe={"cell_share": KEEPS})
    run = study.probe[0]
    network = run.record.control
    epochs = tuple(epoch.model_copy(update={"val_correct": 300}) for epoch in network.epochs)
    unlearned = network.model_copy(update={"epochs": epochs})
    failed = replace(run, record=run.record.model_copy(update={"control": unlearned}))
    finding = probe.find(replace(study, probe=(failed, study.probe[1])))
    assert (finding.verdict, finding.control) == (Carries.NOT_VALID, Control.NOT_LEARNED)
    assert (finding.control_learned.value, finding.n_control.value) == (1, 2)


def test_the_controls_are_counted_apart():
    finding = find(KEEPS, KEEPS, KEEPS, controls=1)
    assert (finding.n_seeds.value, finding.n_control.value) == (3, 1)
    assert values(finding.control_seeds) == [1]


def test_without_any_control_there_is_no_probe():
    study = make_study(3)
    third = replace(study, probe=study.probe[2:])
    with pytest.raises(RecordError, match=r"^probe/seed-3: .* al menos en una semilla"):
        probe.find(third)


def test_above_chance_is_corrected_for_the_distances():
    """Of 200, 112 are beyond chance in one try, 0.0518 being that of 112; in three, 116 at the least."""
    least = least_above_chance(200, 3)
    assert (least_above_chance(200, 1), least) == (113, 116)
    finding = find((0.99, 0.98, least / 200), (0.99, 0.98, (least - 1) / 200))
    assert [place.above.value for place in finding.places] == [2, 2, 1]
    assert (finding.verdict, finding.up_to.distance.value) == (Carries.UP_TO, 100)
    assert finding.lost_at.distance.value == 400


def test_how_far_the_clause_is_carried():
    finding = find(LOSES, LOSES)
    assert (finding.up_to.distance.value, finding.lost_at.distance.value) == (100, 400)
    assert (find(KEEPS, KEEPS).up_to.distance.value, find(KEEPS, KEEPS).lost_at) == (400, None)
    nowhere = find(NEVER, NEVER)
    assert (nowhere.up_to, nowhere.lost_at.distance.value) == (None, 10)
    unlearned = find(LOSES, LOSES, validation=AT_CHANCE)
    assert (unlearned.up_to, unlearned.lost_at, unlearned.change) == (None, None, None)


def test_the_loss_from_the_shortest_to_the_longest_distance():
    """0.98 and 0.60 of 200, by Newcombe's method 10 from Wilson's ends."""
    finding = find((0.98, 0.90, 0.60), (0.98, 0.90, 0.60))
    assert finding.loss.mean.value == pytest.approx(0.38)
    (near_low, near_high), (far_low, far_high) = wilson_interval(196, 200), wilson_interval(120, 200)
    low = -0.38 - math.hypot(0.60 - far_low, near_high - 0.98)
    high = -0.38 + math.hypot(far_high - 0.60, 0.98 - near_low)
    change = finding.change.each[0]
    assert (change.low.value, change.high.value) == pytest.approx((low, high))
    assert finding.change.verdict is Condition.HOLDS
    assert find(KEEPS, KEEPS).change.verdict is Condition.NOT_SHOWN


def test_the_interval_of_the_mean_holds_seeds_and_reviews_at_all_distances_at_once():
    """Of three distances, at a confidence of 1 - 0.05 / 3: Student's t of 7.649 with two degrees of
    freedom; 0.6, 0.7 and 0.8 have a standard deviation of 0.1."""
    finding = find((1.0, 1.0, 0.6), (1.0, 1.0, 0.7), (1.0, 1.0, 0.8))
    low, high = finding.places[-1].cell.band
    between = 7.6488 * 0.1 / math.sqrt(3)
    ends = [wilson_interval(hits, 200, 1 - 0.05 / 3) for hits in (120, 140, 160)]
    within = sum(share - end for share, (end, _) in zip((0.6, 0.7, 0.8), ends, strict=True)) / 3
    assert low.value == pytest.approx(0.7 - math.hypot(between, within), abs=1e-4)
    assert high.value == 1.0
    row = finding.distance_rows[-1]
    assert (row[0].value, row[1].value, row[2].value.value) == (400, 3, pytest.approx(0.7))


@pytest.mark.parametrize(
    ("cells", "control", "validation", "margin"),
    [
        ([KEEPS] * 2, (0.99, 0.90, 0.93), 1.0, 0.05),  # the control's worst mean must do enough
        ([KEEPS] * 2, (0.96, 0.98, 0.98), 1.0, 0.01),  # the control would no longer
        ([LOSES] * 2, PERFECT, 1.0, 6 / 200),  # 110 of 200, and 116 would do
        ([LOSES] * 2, PERFECT, AT_CHANCE, 35 / 600),  # one would learn: of six tries
    ],
)
def test_the_margin_is_the_least_change_for_another_answer(cells, control, validation, margin):
    if validation == AT_CHANCE:
        margin = min((least_above_chance(600, 6) - 300) / 600, 0.05)
    assert find(*cells, control=control, validation=validation).margin.value == pytest.approx(margin)


def test_the_rows_by_hand():
    finding = find((0.98, 0.90, 0.60), (0.96, 0.90, 0.70))
    first, _, last = finding.places
    assert (first.distance.value, last.distance.value) == (10, 400)
    assert values(last.cell.accuracy.each) == [0.6, 0.7]
    assert last.cell.accuracy.mean.value == pytest.approx(0.65)
    assert last.control.accuracy.mean.value == pytest.approx(0.985)
    assert values(finding.distances) == [10, 100, 400]
    assert values(finding.rows[1]) == [2, 1.0, 0.96, 0.9, 0.7]
    assert values(finding.rows[2][1:]) == [0.99, 0.99, 0.98, 0.985]
    assert finding.farthest.value.value == pytest.approx(0.65)
