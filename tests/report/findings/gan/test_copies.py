"""Copies: more than real images would give, by a rule that recognises those made on purpose."""

import pytest
from studies import make_study

from report.findings.gan.copies import Copying, Nearness, chance_share, find

READABLE = (0, 100, 200, 300, 400)  # 40 of each digit, and 4 copies to be expected among the last


def found(**each):
    """Of as many seeds as there are values, all classes able to tell."""
    n = len(next(iter(each.values())))
    chosen = [{name: values[i] for name, values in each.items()} for i in range(n)]
    usual = {"readable": READABLE, "blind": ()}
    return find(make_study(n, readability=[usual | choice for choice in chosen]))


@pytest.mark.parametrize(
    ("copies", "verdict"),
    [
        # of 400 with 0.01: P(X >= 8) = 0.0503 (about Poisson's 0.0511), P(X >= 9) = 0.0209
        ((9, 9), Copying.COPIES),
        ((9, 8), Copying.SOME),
        ((8, 8), Copying.NO_SIGN),
        ((0, 0), Copying.NO_SIGN),
        ((9,), Copying.COPIES),
        ((8,), Copying.NO_SIGN),
    ],
)
def test_more_copies_than_chance_gives(copies, verdict):
    finding = found(copies=copies)
    assert finding.verdict is verdict
    assert [number.value for number in finding.counts] == list(copies)
    assert [each.expected.value for each in finding.by_seed] == pytest.approx([4.0] * len(copies))
    assert [number.value for number in finding.copying_seeds] == [
        seed for seed, n in enumerate(copies, start=1) if n == 9
    ]


def test_none_at_all_has_the_whole_tail():
    """And one: 1 - 0.99 ** 400."""
    assert [each.p.value for each in found(copies=(0, 1)).by_seed] == pytest.approx([1.0, 1 - 0.99**400])


@pytest.mark.parametrize("copies", [0, 30])
def test_who_misses_copies_made_on_purpose_says_nothing_of_others(copies):
    """Eighty of a hundred are enough."""
    assert found(copies=(copies,), caught=(80,)).verdict is not Copying.UNRELIABLE
    finding = found(copies=(copies, copies), caught=(100, 79))
    assert finding.verdict is Copying.UNRELIABLE
    assert (finding.margin, finding.lowest.value) == (None, 1.0)  # of those that can tell
    assert finding.rows[1][3:6] == (None, None, None)


def test_a_class_of_which_copies_would_not_be_noticed_is_left_out():
    """Of 400, two classes of 40; 320 are left, of which 3.2 would count."""
    finding = found(copies=(5, 5), blind=((1, 7), (1,)))
    first, second = finding.by_seed
    assert [each.n.value for each in (first, second)] == [320, 360]
    assert [each.n_control.value for each in (first, second)] == [800, 900]
    assert first.expected.value == pytest.approx(3.2)
    assert [label.value for label in finding.blind] == [1, 7]
    # their own copies do not count, however many they are
    assert found(copies=(30,), blind=((0,),)).verdict is Copying.NO_SIGN


def test_what_chance_gives_is_a_rank_among_the_real_ones():
    """At most a hundredth: the first of 99, of 198 the first (1.99), of 199 the second; of 98, none."""
    assert [chance_share(n, 0.01) for n in (99, 198, 199, 98)] == [1 / 100, 1 / 199, 2 / 200, 0.0]


def test_the_margin_is_that_of_the_p_nearest_to_the_bound():
    finding = found(copies=(0, 9))
    assert finding.margin.value == pytest.approx(0.05 - finding.by_seed[1].p.value)


def test_without_readable_images_there_is_nothing_to_compare():
    finding = find(make_study(2, readability=[{}, {"readable": (0,) * 5, "caught": 0}]))
    assert finding.verdict is Copying.UNREADABLE
    assert (finding.margin, finding.auc, finding.nearness) == (None, None, Nearness.UNKNOWN)
    assert finding.rows[1][3:6] == (None, None, None)


@pytest.mark.parametrize(
    ("measured", "nearness"),
    [
        (((0.6, 0.001), (0.6, 0.04)), Nearness.NEARER),
        (((0.6, 0.001), (0.6, 0.05)), Nearness.NOT_SHOWN),  # equal to the threshold is not enough
        (((0.6, 0.2), (0.6, 0.2)), Nearness.NOT_SHOWN),
        (((0.4, 0.001), (0.4, 0.001)), Nearness.FARTHER),
        (((0.4, 0.001), (0.6, 0.001)), Nearness.NOT_SHOWN),
        (((0.5, 0.001), (0.6, 0.001)), Nearness.NOT_SHOWN),
    ],
)
def test_nearness_is_said_only_of_all_seeds(measured, nearness):
    finding = found(auc=[auc for auc, _ in measured], p=[p for _, p in measured])
    assert finding.nearness is nearness
    assert finding.verdict is Copying.NO_SIGN  # which is counted, whatever lies nearer
