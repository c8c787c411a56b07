"""Variety, copies, and one architecture beside the other."""

import pytest
from studies import make_study

from report.findings import gan_diversity
from report.findings.gan_diversity import Comparison, Coverage, Memorisation

READ = (0, 300, 400, 500, 600)


@pytest.mark.parametrize(
    ("by_digit", "entropy"),
    [
        ((0,) * 10, 0.0),
        ((7, *[0] * 9), 0.0),
        ((3,) * 10, 1.0),
        ((5, 5, *[0] * 8), 0.30103),  # log 2 / log 10
    ],
)
def test_entropy_by_hand(by_digit, entropy):
    assert gan_diversity.entropy(by_digit) == pytest.approx(entropy, abs=1e-5)


@pytest.mark.parametrize(
    ("classes", "verdict"),
    [
        ((10, 10), Coverage.ALL),
        ((10, 9), Coverage.SOME),
        ((4, 5), Coverage.SOME),
        ((4, 4), Coverage.COLLAPSE),
    ],
)
def test_coverage_at_the_last_step(classes, verdict):
    readability = [{"readable": READ, "classes": n} for n in classes]
    finding = gan_diversity.find_coverage(make_study(2, readability=readability))
    assert finding.verdict == verdict
    assert [row["classes"].value for row in finding.values["rows"]] == list(classes)


def test_the_margin_of_coverage_is_that_of_the_digit_nearest_to_the_threshold():
    """Of ten digits each has 0.1 of what is read, 0.08 more than two in a hundred; a missing one
    is 0.02 from it, and where nothing is read there is none."""
    all_ten = make_study(1, readability={"readable": (0, 0, 0, 0, 1_000 - 1)})  # one more for the seed
    assert gan_diversity.find_coverage(all_ten).margin.value == pytest.approx(0.08, abs=0.001)
    nine = make_study(1, readability={"readable": READ, "classes": 9})
    assert gan_diversity.find_coverage(nine).margin.value == pytest.approx(0.02)
    none = make_study(1, readability={"readable": (0,) * 5})
    assert gan_diversity.find_coverage(none).margin is None


def test_missing_digits_are_named():
    study = make_study(1, readability={"readable": READ, "classes": 8})
    (row,) = gan_diversity.find_coverage(study).values["incomplete"]
    assert [number.value for number in row["missing"]] == [8, 9]


def test_nothing_read_is_no_collapse():
    finding = gan_diversity.find_coverage(make_study(1, readability={"readable": (0,) * 5}))
    assert finding.verdict == Coverage.UNREADABLE


@pytest.mark.parametrize(
    ("measured", "verdict"),
    [
        (((0.6, 0.001), (0.6, 0.04)), Memorisation.NEARER),
        (((0.6, 0.001), (0.6, 0.05)), Memorisation.MIXED),  # equal to the threshold is not enough
        (((0.6, 0.2), (0.6, 0.2)), Memorisation.NOT_NEARER),
        (((0.4, 0.001), (0.4, 0.001)), Memorisation.NOT_NEARER),  # farther away, beyond chance
        (((0.4, 0.001), (0.4, 0.05)), Memorisation.NOT_NEARER),  # only one of them
        (((0.5, 0.001), (0.6, 0.001)), Memorisation.MIXED),
    ],
)
def test_memorisation(measured, verdict):
    study = make_study(2, readability=[{"auc": auc, "p": p} for auc, p in measured])
    finding = gan_diversity.find_memorisation(study)
    assert finding.verdict == verdict
    assert finding.values["farther"] == all(auc < 0.5 and p < 0.05 for auc, p in measured)
    assert finding.margin.value == pytest.approx(min(abs(auc - 0.5) for auc, _ in measured))


@pytest.mark.parametrize(
    ("convolutional", "dense", "verdict"),
    [
        # of a thousand, at the last step; deviations of 7 and 7
        ((400, 410), (300, 310), Comparison.CONVOLUTIONAL),
        ((300, 310), (400, 410), Comparison.DENSE),
        ((300, 310), (305, 315), Comparison.UNCLEAR),
        ((300, 500), (290, 280), Comparison.UNCLEAR),  # 115 apart, a deviation of 141
        ((300, 500, 500), (310, 290, 280), Comparison.UNCLEAR),  # 140 apart, but one seed is below
    ],
)
def test_a_better_architecture_is_said_only_beyond_the_spread(convolutional, dense, verdict):
    def ending(at: tuple[int, ...]) -> list[dict]:
        return [{"readable": (0, 0, 0, 0, n)} for n in at]

    study = make_study(len(dense), readability=ending(convolutional), dense=ending(dense))
    assert gan_diversity.find_comparison(study).verdict == verdict


def test_one_seed_or_one_architecture_is_not_compared():
    assert gan_diversity.find_comparison(make_study(1)).verdict == Comparison.ONE_SEED
    alone = gan_diversity.find_comparison(make_study(2, gan={"architecture": "dense"}))
    assert (alone.verdict, alone.values) == (Comparison.NONE, {})
