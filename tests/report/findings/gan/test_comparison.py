"""One architecture beside the other."""

import pytest
from studies import make_study

from report.findings.gan.comparison import Compared, Comparison, find


@pytest.mark.parametrize(
    ("convolutional", "dense", "verdict"),
    [
        # of a thousand, at the last step; deviations of 7 and 7
        ((400, 410), (300, 310), Compared.CONVOLUTIONAL),
        ((300, 310), (400, 410), Compared.DENSE),
        ((300, 310), (305, 315), Compared.UNCLEAR),
        ((300, 500), (290, 280), Compared.UNCLEAR),  # 115 apart, a deviation of 141
        ((300, 500, 500), (310, 290, 280), Compared.UNCLEAR),  # 140 apart, but one seed is below
    ],
)
def test_a_better_architecture_is_said_only_beyond_the_spread(convolutional, dense, verdict):
    def ending(at: tuple[int, ...]) -> list[dict]:
        return [{"readable": (0, 0, 0, 0, n)} for n in at]

    study = make_study(len(dense), readability=ending(convolutional), dense=ending(dense))
    assert find(study).verdict is verdict


def test_one_seed_or_one_architecture_is_not_compared():
    assert find(make_study(1)).verdict is Compared.ONE_SEED
    alone = find(make_study(2, gan={"architecture": "dense"}))
    assert alone == Comparison(verdict=Compared.NONE, n_seeds=alone.n_seeds)
    assert alone.dense is None


def test_nothing_to_be_read_is_not_compared():
    nothing = {"readable": (0, 0, 0, 0, 20)}
    finding = find(make_study(2, readability=nothing, dense=nothing))
    assert (finding.verdict, finding.margin) == (Compared.NOTHING_READ, None)
    assert find(make_study(2, readability=nothing)).verdict is Compared.DENSE
