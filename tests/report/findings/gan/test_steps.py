"""The sampled steps: the competition at each, and whether the last images differ."""

import pytest
from studies import make_study

from report.findings.gan.steps import AtTheEnd, find


@pytest.mark.parametrize(
    ("varieties", "verdict"),
    [
        ((8, 8), AtTheEnd.VARIED),
        ((8, 1), AtTheEnd.SOME_ALIKE),
        ((1, 1), AtTheEnd.ALIKE),
        ((1,), AtTheEnd.ALIKE),
    ],
)
def test_whether_the_last_images_differ(varieties, verdict):
    finding = find(make_study(len(varieties), gan=[{"variety": each} for each in varieties]))
    assert finding.verdict is verdict
    assert [ratio.value for ratio in finding.variance.each] == pytest.approx(
        [float(n > 1) for n in varieties]
    )


def test_losses_are_of_the_iterations_since_the_step_before():
    """The first half at 0.5, the second at 1.5 times 2 ln 2."""
    rows = find(make_study(1, gan={"level": (0.5, 1.5)})).steps
    assert rows[0].since is None  # before training there is none
    assert rows[1].since.discriminator_loss.mean.value == pytest.approx(0.6931, abs=0.001)
    assert rows[2].since.discriminator_loss.mean.value == pytest.approx(2.0794, abs=0.001)


def test_a_first_step_after_training_began_counts_from_the_start():
    study = make_study(1, gan={"level": (0.5, 1.5), "steps": (300,)})
    assert find(study).steps[0].since.discriminator_loss.mean.value == pytest.approx(1.3863, abs=0.001)


def test_rows_of_the_competition_begin_with_the_second_step():
    finding = find(make_study(1))
    assert [row[0].value for row in finding.competition_rows] == [150, 300]
    assert finding.competition_rows[0][1] is finding.steps[1].since.discriminator_loss
    assert [len(row) for row in finding.competition_rows] == [5, 5]
    critic = find(make_study(1, gan={"loss": "wasserstein_gp"}))
    assert [len(row) for row in critic.competition_rows] == [3, 3]


def test_seven_steps_are_shown_however_many_there_are():
    many = find(make_study(1, gan={"steps": tuple(range(0, 301, 30))}))
    assert many.places == (0, 2, 3, 5, 7, 8, 10)
    assert many.grids == (2, 3, 5, 7, 8, 10)
    assert find(make_study(1)).places == (0, 1, 2)


def test_the_step_on_the_way_to_which_most_is_told_apart():
    """``right`` in each half of the training."""
    assert find(make_study(1, gan={"right": (0.9, 0.6)})).best_told.step.value == 150
    assert find(make_study(1, gan={"right": (0.6, 0.9)})).best_told.step.value == 300
    assert find(make_study(1, gan={"right": (0.65, 0.6501)})).best_told is None  # 65.0 % both times
    assert find(make_study(1, gan={"loss": "wasserstein_gp"})).best_told is None
