"""The chosen epoch."""

import pytest
from studies import make_study

from report.findings.lstm.selected_epoch import Selected, find

SECOND, LAST = (0.6, 0.4, 0.5), (0.6, 0.5, 0.4)


def study(*curves, **choices):
    return make_study(len(curves), lstm=[{"val_loss": curve, **choices} for curve in curves])


@pytest.mark.parametrize(
    ("curves", "verdict", "epochs", "last"),
    [
        ((SECOND,), Selected.SINGLE_SEED, [2], []),
        ((LAST,), Selected.SINGLE_SEED, [3], [1]),
        (((0.5,),), Selected.SINGLE_SEED, [1], [1]),
        ((SECOND, SECOND), Selected.SAME, [2, 2], []),
        ((SECOND, LAST, LAST), Selected.VARIES, [2, 3, 3], [2, 3]),
        (((0.4, 0.4),), Selected.SINGLE_SEED, [1], []),
    ],
)
def test_selected(curves, verdict, epochs, last):
    finding = find(study(*curves))
    assert finding.verdict == verdict
    assert [number.value for number in finding.epochs] == epochs
    assert [number.value for number in finding.last_selected] == last
    assert finding.headlines == ("epochs",)


def test_seeds_are_told_apart_by_name_only_if_there_are_several_and_few():
    assert [find(study(*[SECOND] * n)).named for n in (1, 2, 5, 6)] == [False, True, True, False]
