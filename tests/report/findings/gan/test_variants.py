"""Other GANs beside that of the base, by what is read of each at its own end."""

import pytest
from studies import make_study, only
from variant_cases import A_LITTLE_SLOWER, CLIMBING, of_other_seeds, prolonged

from experiments.kinds.readability import ReadabilityRecord
from report.findings.gan.variants import Pace, find
from report.findings.variants import Effect, Outcome, Own


def ending(*counts):
    """Of each seed, out of a thousand at its last step."""
    return [{"readable": (0, 0, 0, 0, n)} for n in counts]


def study(own, base, **others):
    variants = {"otra": {"gan": {"beta_1": 0.6}, "readability": ending(*own)}}
    return make_study(len(base), readability=ending(*base), **{"variants": variants} | others)


def tried(found, name="«otra»"):
    return next(each for each in found.tried if each.name.value == name)


@pytest.mark.parametrize(
    ("own", "base", "effect"),
    [
        ((450, 470), (300, 310), Effect.IMPROVES),
        ((300, 310), (450, 470), Effect.WORSENS),
        ((310, 320), (300, 310), Effect.NOT_TOLD),  # one point, of which the error is two
        ((450, 310, 330), (300, 310, 330), Effect.NOT_TOLD),  # in one seed of three
        ((360, 350, 340), (310, 315, 300), Effect.IMPROVES),  # five, four and four points: their mean
        ((500,), (300,), Effect.ONE_SEED),
    ],
)
def test_what_is_said_of_it(own, base, effect):
    assert tried(find(study(own, base))).compared.effect is effect


def test_the_difference_is_that_of_the_shares_in_points():
    """Newcombe's interval of one seed; 0.5 [0.4691; 0.5309] and 0.3 [0.2724; 0.3291] by Wilson."""
    other = tried(find(study((500,), (300,))))
    difference = other.compared.difference
    assert difference.value.value == pytest.approx(20)
    assert difference.low.value == pytest.approx(100 * (0.2 - (0.0309**2 + 0.0291**2) ** 0.5), abs=0.02)
    assert difference.high.value == pytest.approx(100 * (0.2 + (0.0309**2 + 0.0276**2) ** 0.5), abs=0.02)


def test_each_is_measured_at_its_own_end():
    """A longer one has more steps, and costs what it takes in all."""
    variants = {
        "larga": {
            "gan": {"iterations": 600, "minutes": 50},
            "readability": {"readable": (0, 0, 0, 0, 300, 350, 400, 500, 600)},
        }
    }
    found = find(make_study(2, gan={"minutes": 20}, readability=ending(300, 300), variants=variants))
    longer = tried(found, "«larga»")
    assert longer.end.share.value.value == pytest.approx(0.6)
    assert longer.compared.difference.value.value == pytest.approx(30)
    assert (longer.cost.minutes.value, longer.cost.extra.value, longer.cost.per_point.value) == (
        pytest.approx((50, 30, 1))
    )
    assert longer.end.frechet.mean.value == pytest.approx(90 / 9 + 1.5)  # its ninth step, seeds 1 and 2
    assert found.base.frechet.mean.value == pytest.approx(90 / 5 + 1.5)


def test_another_way_to_measure_the_base_costs_no_more():
    variants = {"promedio": {"readability": [{"weights": "average", **each} for each in ending(500, 500)]}}
    found = find(make_study(2, readability=ending(300, 300), variants=variants))
    average = tried(found, "«promedio»")
    assert average.compared.effect is Effect.IMPROVES
    assert (average.cost.extra.value, average.cost.per_point) == (0, None)
    assert average.cost.parameters.value == found.base_cost.parameters.value


def test_the_dense_one_is_one_of_them():
    """1 493 520 and 533 505 parameters, as the layers have them; fewer digits are told."""
    found = find(make_study(2, dense={"classes": 7}))
    dense = tried(found, "«densa»")
    assert dense.cost.parameters.value == 1_493_520 + 533_505
    assert [number.value for number in dense.end.classes] == [7, 7]
    base, row = found.rows
    assert (base[0], base[2], base[-1]) == (Own.BASE, None, None)
    assert (row[0].value, [n.value for n in row[4]], row[-1]) == ("«densa»", [7], Effect.WORSENS)


def test_classes_of_seeds_that_differ_are_all_given():
    found = find(make_study(2, dense=[{"classes": 7}, {"classes": 10}]))
    assert [number.value for number in found.rows[1][4]] == [7, 10]


# --- what cannot be said -----------------------------------------------------------------


def test_below_the_noise_of_both_there_is_nothing_to_compare():
    """The judge reads 25 of a thousand images of noise: of 15 and of 30 it cannot be said that they are
    more, whose intervals begin at 9 and 21."""
    found = find(only(study((30, 30), (15, 15)), *BOTH))
    assert tried(found).compared.effect is Effect.NOTHING_READ
    assert (found.verdict, found.margin) == (Outcome.NOT_COMPARABLE, None)
    assert tried(find(study((500, 500), (15, 15)))).compared.effect is Effect.IMPROVES


BOTH = ("gan", "judge", "readability", "gan@otra", "readability@otra")


def test_other_seeds_are_not_compared():
    found = find(of_other_seeds(study((500,) * 4, (300,) * 4)))
    assert tried(found).compared.effect is Effect.NOT_COMPARABLE
    assert tried(found).end.share.value.value == pytest.approx(0.5)


def test_what_another_judge_reads_is_not_compared():
    found = study((500, 500), (300, 300))
    groups = found.variants["otra"]
    for run in groups.readability:
        assert isinstance(run.record, ReadabilityRecord)
        run.record.upstream["judge@otra"] = run.record.upstream.pop("judge")
    assert tried(find(found)).compared.effect is Effect.NOT_COMPARABLE


# --- shares ------------------------------------------------------------------------------


def test_nothing_read_at_all_has_an_interval_too():
    """Wilson's of 0 of 2 000: up to z² / (n + z²)."""
    found = find(study((500, 500), (0, 0)))
    assert found.base.share.low.value == 0
    assert found.base.share.high.value == pytest.approx(3.8415 / 2_003.8415, rel=1e-4)


def test_the_best_comes_first():
    variants = {
        "una": {"gan": {"beta_1": 0.6}, "readability": ending(500, 500)},
        "otra": {"gan": {"beta_1": 0.7}, "readability": ending(600, 600)},
    }
    found = find(make_study(2, readability=ending(300, 300), variants=variants))
    assert [each.name.value for each in found.tried] == ["«otra»", "«una»", "«densa»"]
    assert found.best is found.tried[0]


@pytest.mark.parametrize(
    ("own", "unfinished"),
    [
        ((0, 0, 0, 0, 0, 0, 90, 170, 250), True),  # eighty of a thousand more at each of the last
        ((0, 0, 0, 0, 0, 250, 250, 250, 250), False),
    ],
)
def test_one_below_the_base_that_still_rises_is_told(own, unfinished):
    variants = {"otra": {"gan": {"iterations": 600}, "readability": {"readable": own}}}
    found = find(make_study(2, readability=ending(400, 400), variants=variants))
    assert tried(found).compared.effect is Effect.WORSENS
    assert ([each.name.value for each in found.unfinished] == ["«otra»"]) is unfinished


@pytest.mark.parametrize(
    ("settings", "steps"),
    [
        ({"loss": "wasserstein_gp"}, 1),  # the paper has five
        ({"loss": "wasserstein_gp", "critic_steps": 5}, None),
        ({"loss": "hinge"}, None),  # no critic
    ],
)
def test_a_critic_with_other_steps_than_the_paper_is_told(settings, steps):
    found = find(make_study(1, variants={"otra": {"gan": settings}}))
    told = [each.critic_steps.value for each in found.unlike_paper if each.name.value == "«otra»"]
    assert told == ([steps] if steps else [])


@pytest.mark.parametrize(
    ("settings", "iterations"),
    [({"iterations": 600}, 600), ({"iterations": 600, "beta_1": 0.6}, None), ({"iterations": 150}, None)],
)
def test_what_only_trains_for_longer_goes_on_where_the_base_ends(settings, iterations):
    """The base trains for 300."""
    steps = {"sample_every": 50, "weights_every": 50} if settings["iterations"] < 300 else {}
    found = find(make_study(2, gan=steps, variants={"larga": {"gan": {**settings, **steps}}}))
    longer = next(each for each in found.tried if each.name.value == "«larga»")
    assert (longer.iterations.value if longer.iterations else None) == iterations
    if iterations:
        assert found.longer is longer


@pytest.mark.parametrize(
    ("after", "slope", "pace"),
    [
        # every 75 iterations, of a thousand images; the base gains a hundred of them each time
        ((410, 420, 430, 440), 13.33, Pace.SLOWER),
        ((500, 600, 700, 800), 133.33, Pace.GROWS),
        ((350, 300, 250, 200), -66.67, Pace.FALLS),
        ((410, 400, 390, 400), -2.67, Pace.NOT_TOLD),
    ],
)
def test_what_goes_on_from_where_the_base_ended_is_one_training_with_it(after, slope, pace):
    found = find(prolonged(3, CLIMBING, {"larga": (*CLIMBING, *after)}))
    onwards = tried(found, "«larga»").onwards
    assert onwards.slope.value.value == pytest.approx(slope, abs=0.01)
    assert (onwards.pace, onwards.since.value) == (pace, 300)
    assert [gain.value for gain in onwards.gains] == pytest.approx([(after[-1] - 400) / 10] * 3)
    assert found.prolonged == (tried(found, "«larga»"),)


def test_what_grows_faster_than_the_base_did():
    found = find(prolonged(3, A_LITTLE_SLOWER, {"larga": (*A_LITTLE_SLOWER, 535, 690, 845, 1000)}))
    assert tried(found, "«larga»").onwards.pace is Pace.FASTER
    assert found.base_slope.value.value == pytest.approx(80 / 750 * 1000)  # of its last two checkpoints


def test_a_longer_training_of_its_own_does_not_go_on_from_the_base():
    own = (*CLIMBING[:-1], 399, 410, 420, 430, 440)
    assert not find(prolonged(3, CLIMBING, {"larga": own})).prolonged


def test_beside_a_base_that_collapsed_nothing_is_compared():
    """Two classes of ten, all of them read: that less is read of ten says nothing."""
    readability = {"readable": (0, 500, 700, 900, 950), "classes": 2}
    found = find(make_study(2, readability=readability))
    assert (found.base_collapsed, found.verdict) == (True, Outcome.NOT_COMPARABLE)
    assert tried(found, "«densa»").compared.effect is Effect.UNJUDGED
    assert [number.value for number in found.base.classes] == [2, 2]


def test_the_seeds_alone_may_leave_in_doubt_what_resampling_shows():
    """Of 2, 6 and 10 points the standard error is 4 / √3, and Student's t with two degrees of freedom is
    4.3027."""
    other = tried(find(study((320, 360, 400), (300, 300, 300))))
    half = 4.302653 * 4 / 3**0.5
    assert other.compared.effect is Effect.IMPROVES
    assert (other.by_t.value.value, other.by_t.low.value, other.by_t.high.value) == pytest.approx(
        (6, 6 - half, 6 + half)
    )
    assert not other.above_by_t
    assert tried(find(study((400, 401, 402), (300, 300, 300)))).above_by_t
    assert tried(find(study((500,), (300,)))).by_t is None


def test_a_variant_with_a_seed_that_misses_a_class_is_narrower():
    def of(*classes):
        drawn = [{"readable": (0, 0, 0, 0, 400), "classes": each} for each in classes]
        return find(make_study(2, variants={"otra": {"gan": {"beta_1": 0.6}, "readability": drawn}}))

    assert of(10, 10).total.value == 10
    assert "«otra»" not in [each.name.value for each in of(10, 10).narrower]
    assert "«otra»" in [each.name.value for each in of(10, 9).narrower]
