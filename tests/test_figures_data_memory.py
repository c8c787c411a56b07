"""What the figures on memory are given: values that the findings hold, and reductions by hand."""

from dataclasses import replace

import numpy as np
import pytest
from studies import make_study, with_array

from report.figures_data_memory import by_distance, by_length, by_probe, influence_band, relative
from report.findings import lstm_forgetting, lstm_length, lstm_probe
from report.numbers import Leaf, Ledger
from report.quantities import COUNT
from report.spanish import Style
from report.statistics import wilson_interval

STUDY = make_study(2)
WINDOW = COUNT(Leaf(250, "lstm/seed-1:config.sequence_length"))


def test_buckets_stand_at_the_geometric_mean_of_their_limits():
    data = by_length(lstm_length.find(STUDY), WINDOW, Ledger(Style()))
    np.testing.assert_allclose(data.lstm.x, [(10 * 120) ** 0.5, (121 * 240) ** 0.5, (241 * 900) ** 0.5])
    np.testing.assert_allclose(data.lstm.seeds, [[0.9, 0.86, 0.8]] * 2)
    np.testing.assert_allclose(data.control.seeds, [[0.9, 0.89, 0.88]])
    np.testing.assert_allclose(data.lstm_stars.x, [1, 4, 7, 10])
    assert data.window.label == "lo que ve la LSTM: 250\u00a0palabras"


def test_the_numbers_inside_are_traced():
    ledger = Ledger(Style(decimal=","))
    by_length(lstm_length.find(STUDY), WINDOW, ledger)
    distance = by_distance(STUDY, lstm_forgetting.find(STUDY), ledger)
    probe = by_probe(lstm_probe.find(STUDY), ledger)
    assert (distance.reach.label, probe.enough.label) == ("1\u00a0%", "0,95")
    assert {entry.number.origin for entry in ledger.entries} == {
        "lstm/seed-1:config.sequence_length",
        "regla:lstm.memory.alcance",
        "regla:lstm.probe.exactitud",
    }


def test_data_without_stars_give_none():
    data = by_length(lstm_length.find(make_study(1, memory={"stars": False})), WINDOW, Ledger(Style()))
    assert data.lstm_stars is data.control_stars is None


def test_the_influence_of_seeds_goes_as_far_as_all_reach_within_the_bands_of_all():
    first, second = STUDY.memory
    shorter = second.record.model_copy(update={"influence": second.record.influence[:3]})
    band = influence_band((first, replace(second, record=shorter)))
    assert band.x.tolist() == [0, 50, 100]
    np.testing.assert_allclose(band.seeds[:, 0], [0.31, 0.32])
    assert (band.low[0], band.high[0]) == (pytest.approx(0.31 * 0.9), pytest.approx(0.32 * 1.1))


def test_gradients_are_relative_to_their_largest_as_far_as_reviews_reach():
    runs = [
        with_array(run, "gradient_initial", np.array(values, np.float32))
        for run, values in zip(STUDY.memory, ([2, 4, 1, np.nan], [8, 2, np.nan, np.nan]), strict=True)
    ]
    np.testing.assert_allclose(relative(runs, "gradient_initial"), [[0.5, 1], [1, 0.25]])
    still = [with_array(run, "gradient_initial", np.zeros(3, np.float32)) for run in STUDY.memory]
    np.testing.assert_allclose(relative(still, "gradient_initial"), np.zeros((2, 3)))


def test_the_probe_by_distance():
    data = by_probe(lstm_probe.find(STUDY), Ledger(Style()))
    assert data.cell.x.tolist() == [10, 100, 400]
    np.testing.assert_allclose(data.cell.seeds, [[0.98, 0.9, 0.6]] * 2)
    np.testing.assert_allclose(data.control.seeds, [[0.99, 0.98, 0.985]] * 2)
    assert (data.cell.low <= data.cell.seeds.mean(axis=0)).all()
    assert data.apart is None


def test_seeds_of_the_probe_that_do_the_same_share_a_name():
    """The first two fail at some distance, the third at none: of 200 reviews each."""
    study = make_study(3, probe=[{}, {}, {"lstm_share": (0.99, 0.98, 0.96)}])
    ledger = Ledger(Style())
    apart = by_probe(lstm_probe.find(study), ledger).apart
    assert [group.name for group in apart.cell] == ["celda, semillas 1 y\u00a02", "celda, semilla 3"]
    np.testing.assert_allclose(apart.cell[0].values, [[0.98, 0.9, 0.6]] * 2)
    np.testing.assert_allclose(apart.cell[1].values, [[0.99, 0.98, 0.96]])
    np.testing.assert_allclose(apart.control.values, [[0.99, 0.98, 0.985]] * 3)
    ends = [wilson_interval(round(share * 200), 200) for share in (0.99, 0.98, 0.96)]
    np.testing.assert_allclose(apart.cell[1].low[0], [low for low, _ in ends])
    np.testing.assert_allclose(apart.cell[1].high[0], [high for _, high in ends])
    assert {f"probe/seed-{seed}:seed" for seed in (1, 2, 3)} <= {
        entry.number.origin for entry in ledger.entries
    }
