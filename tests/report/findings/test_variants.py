"""What a variant does beside the base, by intervals that lie on one side of it."""

import pytest
from studies import make_study, with_leaf
from variant_cases import with_elsewhere

from report.findings.base import Estimate
from report.findings.changes import Changed, Choice, as_written
from report.findings.variants import (
    Cost,
    Effect,
    Outcome,
    changes_of,
    compare,
    cost_of,
    effect_of,
    in_pairs,
    on_one_machine,
    outcome_of,
)
from report.ledger.ledger import Leaf
from report.ledger.quantities import COUNT, GAIN


@pytest.mark.parametrize(
    ("each", "mean", "effect"),
    [
        ([(0.1, 2)], (0.1, 2), Effect.ONE_SEED),
        ([(-2, -0.1)], (-2, -0.1), Effect.ONE_SEED),
        ([(0.1, 2), (0.2, 3)], (-1, 3), Effect.IMPROVES),  # every seed
        ([(-2, -0.1), (-3, -0.2)], (-3, 1), Effect.WORSENS),
        ([(0.1, 2), (-0.1, 3)], (0.5, 3), Effect.NOT_TOLD),  # two seeds are too few for their mean
        ([(0.1, 2), (-0.1, 3), (-1, 1)], (0.5, 3), Effect.IMPROVES),  # three are enough
        ([(-2, 0.1), (-3, 0.1), (-1, 1)], (-3, -0.5), Effect.WORSENS),
        ([(0.1, 2), (-0.1, 3), (-1, 1)], (0.0, 3), Effect.NOT_TOLD),  # touching is not excluding
        ([(0.0, 0.0)] * 3, (0.0, 0.0), Effect.NOT_TOLD),
    ],
)
def test_an_effect_is_said_of_every_seed_or_of_the_mean_of_three(each, mean, effect):
    assert effect_of(each, mean) is effect


def estimate(low, high, value=0.0):
    return Estimate(*(GAIN(Leaf(each, "x")) for each in (value, low, high)))


def test_the_lead_is_what_an_improvement_has_to_spare_or_lacks():
    def lead(each, mean):
        seeds = [COUNT(Leaf(number, "seed")) for number, _ in enumerate(each)]
        return compare(seeds, [estimate(*ends) for ends in each], estimate(*mean)).lead.value

    assert lead([(0.2, 2), (0.5, 3)], (0.9, 3)) == 0.2  # that of the worst seed
    assert lead([(0.2, 2), (0.5, 3), (0.3, 1)], (0.9, 3)) == 0.9  # or that of the mean
    assert lead([(-0.2, 2), (-0.5, 3), (0.3, 1)], (-0.4, 3)) == -0.4


@pytest.mark.parametrize(
    ("effects", "outcome"),
    [
        ([Effect.WORSENS, Effect.IMPROVES, Effect.NOT_COMPARABLE], Outcome.HELPED),
        ([Effect.ONE_SEED, Effect.NOT_TOLD], Outcome.NOT_HELPED),
        ([Effect.WORSENS, Effect.WORSENS], Outcome.WORSENED),
        ([Effect.WORSENS, Effect.NOT_TOLD], Outcome.NOT_HELPED),
        ([Effect.ONE_SEED, Effect.NOT_COMPARABLE], Outcome.ONE_SEED),
        ([Effect.UNJUDGED, Effect.UNJUDGED], Outcome.NOT_COMPARABLE),
        ([Effect.NOT_COMPARABLE, Effect.NOTHING_READ], Outcome.NOT_COMPARABLE),
    ],
)
def test_an_improvement_comes_before_all_else(effects, outcome):
    assert outcome_of(effects) is outcome


# --- what it changes ---------------------------------------------------------------------


def written(study, name):
    return [change.written.value for change in changes_of(study, study.variants[name])]


def test_changes_are_those_of_the_records_as_they_are_written_in_the_settings():
    study = make_study(
        2,
        variants={
            "otra": {"lstm": {"bidirectional": True, "pooling": "max", "dropout": 0.1, "clipnorm": None}},
            "larga": {"gan": {"iterations": 600}},
            "promedio": {"readability": {"weights": "average"}},
            "igual": {"lstm": {}},
        },
    )
    assert written(study, "otra") == [
        *("lstm.bidirectional = true", "lstm.pooling = max", "lstm.dropout = 0.1", "lstm.clipnorm = none"),
    ]
    assert written(study, "larga") == ["gan.iterations = 600"]
    assert written(study, "promedio") == ["readability.weights = average"]
    assert written(study, "igual") == []
    assert (
        changes_of(study, study.variants["larga"])[0].written.origin
        == "ajuste(gan@larga/seed-1:config.iterations)"
    )


def test_a_file_is_named_and_its_digest_only_where_its_name_is_the_same():
    file = {"embedding": "vectores.vec", "embedding_digest": "a" * 64}
    other = {"otra": {"lstm": {**file, "embedding_digest": "b" * 64}}}
    assert written(make_study(1, variants={"otra": {"lstm": file}}), "otra") == [
        "lstm.embedding = vectores.vec"
    ]
    assert written(make_study(1, lstm=file, variants=other), "otra") == [
        f"lstm.embedding_digest = {'b' * 64}"
    ]


def test_a_change_has_words_where_there_are_some():
    settings = {"bidirectional": True, "pooling": "max", "dropout": 0.1, "units": 8, "clipnorm": None}
    study = make_study(1, variants={"otra": {"lstm": settings}})
    found = changes_of(study, study.variants["otra"])
    assert [(each.name, getattr(each.value, "value", None)) for each in found] == [
        (Changed.BIDIRECTIONAL, Choice.TRUE.value),
        (Changed.POOLING, Choice.MAX.value),
        (Changed.UNITS, 8),
        (Changed.DROPOUT, 0.1),
        (None, None),
    ]


def test_a_list_is_written_as_one():
    assert as_written((0.1, 1)) == "[0.1, 1]"
    study = with_elsewhere(make_study(1), "otro")
    assert written(study, "otro") == ["linear.min_documents = 3"]


def test_runs_are_paired_by_their_seed():
    study = make_study(3, variants={"gru": {"lstm": [{"cell": "gru"}] * 2}})
    pairs = in_pairs(study.lstm, study.variants["gru"].lstm)
    assert [(base.name, own.name) for base, own in pairs] == [
        ("lstm/seed-1", "lstm@gru/seed-1"),
        ("lstm/seed-2", "lstm@gru/seed-2"),
    ]


# --- what it costs -----------------------------------------------------------------------


def cost(gain, seconds, base, effect_ends):
    compared = compare([], [estimate(*effect_ends)] * 2, estimate(*effect_ends, gain))
    leaves = [Leaf(each, "s") for each in seconds]
    return cost_of(Leaf(7, "p"), leaves, base and [Leaf(each, "b") for each in base], compared)


def test_a_point_costs_the_minutes_more_than_the_base():
    """130 and 150 minutes, beside 100 and 120: 30 more for 1.5 points."""
    found = cost(1.5, (7_800, 9_000), (6_000, 7_200), (1, 2))
    assert (found.parameters.value, found.minutes.value) == (7, 140)
    assert (found.extra.value, found.per_point.value) == (30, 20)


@pytest.mark.parametrize(
    ("gain", "seconds", "base", "ends", "extra"),
    [
        (1.5, (6_000,), (6_000,), (1, 2), 0),  # an improvement for nothing
        (1.5, (3_000,), (6_000,), (1, 2), -50),
        (0.5, (9_000,), (6_000,), (-1, 2), 50),  # no improvement
        (1.5, (9_000,), None, (1, 2), None),  # other machines
    ],
)
def test_nothing_has_a_price_but_an_improvement_that_takes_longer(gain, seconds, base, ends, extra):
    found = cost(gain, seconds, base, ends)
    assert found.per_point is None
    assert (found.extra and found.extra.value) == (None if extra is None else pytest.approx(extra))
    assert isinstance(found, Cost)


def test_times_of_different_machines_are_not_compared():
    base, other = make_study(1).lstm[0], make_study(2).lstm[1]
    assert on_one_machine([base], [other])
    for path, value in (("processor", "aarch64"), ("device", "gpu"), ("gpu", "H100")):
        assert not on_one_machine([base], [with_leaf(other, f"environment.{path}", value)])
