"""The probe: valid only by its control, then what the cell does, by hand out of 200 reviews."""

import pytest
from studies import make_study

from report.findings.lstm import probe
from report.findings.lstm.probe import Carries

GOOD = (0.99, 0.98, 0.985)
HELD, LOST, UNLEARNED = (0.99, 0.97, 0.95), (0.98, 0.90, 0.60), (0.94, 0.90, 0.60)


def find(*cells, control=GOOD):
    controls = [control] * len(cells) if isinstance(control[0], float) else control
    return probe.find(
        make_study(
            len(cells),
            probe=[
                {"lstm_share": cell, "bilstm_share": pooled}
                for cell, pooled in zip(cells, controls, strict=True)
            ],
        )
    )


@pytest.mark.parametrize(
    ("cells", "verdict"),
    [
        ([HELD], Carries.HOLDS),  # 0.95 is enough
        ([LOST], Carries.FAILS),
        ([UNLEARNED], Carries.NOT_LEARNED),
        ([HELD, HELD], Carries.HOLDS),
        ([LOST, (0.99, 0.98, 0.94)], Carries.FAILS),
        ([UNLEARNED, UNLEARNED], Carries.NOT_LEARNED),
        ([HELD, LOST], Carries.MIXED),
        ([LOST, UNLEARNED], Carries.MIXED),
        ([(0.99, 0.90, 0.99)], Carries.FAILS),  # it fails where it fails, whatever comes after
    ],
)
def test_verdict_with_a_valid_control(cells, verdict):
    assert find(*cells).verdict == verdict
    assert find(*reversed(cells)).verdict == verdict


@pytest.mark.parametrize("cell", [HELD, LOST, UNLEARNED])
def test_a_control_that_fails_anywhere_makes_the_probe_invalid_whatever_the_cell_does(cell):
    assert find(cell, control=(0.99, 0.98, 0.945)).verdict == Carries.NOT_VALID
    assert find(cell, cell, control=[GOOD, (0.945, 0.98, 0.98)]).verdict == Carries.NOT_VALID
    assert find(cell, control=(0.95, 0.95, 0.95)).verdict != Carries.NOT_VALID


def test_where_the_cell_fails_first():
    finding = find(HELD, LOST, UNLEARNED)
    assert [number.value for number in finding.failing_seeds] == [2]
    assert [number.value for number in finding.unlearned_seeds] == [3]
    assert [number.value for number in finding.failing_from] == [100]
    assert find(HELD).failing_from == ()


@pytest.mark.parametrize(
    ("cells", "control", "margin"),
    [
        ([HELD], GOOD, 0.0),  # 0.95 itself
        ([(0.99, 0.98, 0.97)], GOOD, 0.02),
        ([(0.99, 0.98, 0.975)], (0.97, 0.96, 0.98), 0.01),  # the control would fail first
        ([LOST], GOOD, 0.03),  # 0.98 at the first distance, and 0.98 of the control
        ([LOST], (1.0, 1.0, 1.0), 0.03),
        ([(1.0, 0.93, 0.60)], (1.0, 1.0, 1.0), 0.05),  # 0.93 only says from where on it fails
        ([(1.0, 1.0, 1.0), (0.6, 0.5, 0.5)], (1.0, 1.0, 1.0), 0.05),  # neither would learn; the control
        ([(1.0, 1.0, 0.96), (0.98, 0.5, 0.4)], (1.0, 1.0, 1.0), 0.01),  # both would fail
        ([(1.0, 0.5, 0.94)], (1.0, 1.0, 1.0), 0.05),  # what follows the first failure decides nothing
        ([HELD], (0.99, 0.90, 0.93), 0.05),  # the control's worst must do enough
    ],
)
def test_the_margin_is_the_least_change_that_flips_the_verdict(cells, control, margin):
    assert find(*cells, control=control).margin.value == pytest.approx(margin)


def test_what_is_said_of_a_seed_may_change_before_the_verdict():
    """0.94 would do enough with 0.01 more, and its seed would fail from another distance on."""
    finding = find((1.0, 0.94, 0.6), control=(1.0, 1.0, 1.0))
    assert finding.sooner.value == pytest.approx(0.01)
    assert finding.margin.value == pytest.approx(0.05)
    assert find((0.99, 0.98, 0.97), control=(1.0, 1.0, 1.0)).sooner is None  # both are 0.02


def test_the_rows_by_hand():
    finding = find((0.98, 0.90, 0.60), (0.96, 0.90, 0.70))
    first, _, last = finding.places
    assert (first.distance.value, last.distance.value) == (10, 400)
    assert [number.value for number in last.cell.each] == [0.6, 0.7]
    assert last.cell.mean.value == pytest.approx(0.65)
    assert last.control.mean.value == pytest.approx(0.985)
    # Wilson's interval of the mean, 130 of 200
    assert [end.value for end in last.cell_band] == pytest.approx([0.5816, 0.7127], abs=5e-5)
    assert finding.rows[2] == (last.distance, *last.cell.each, last.control)
