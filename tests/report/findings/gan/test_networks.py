"""What kind of GAN was trained."""

import pytest
from studies import make_study

from report.findings.gan.networks import Architecture, Objective, find
from report.findings.networks import Setting


def found(**settings):
    return find(make_study(1, gan=settings))


@pytest.mark.parametrize("architecture", ["convolutional", "dense"])
def test_the_architecture_is_known_by_the_layers(architecture):
    assert found(architecture=architecture).verdict is Architecture[architecture.upper()]


@pytest.mark.parametrize(
    ("loss", "penalty"), [("non_saturating", None), ("hinge", None), ("wasserstein_gp", 7.0)]
)
def test_the_objective_and_its_penalty(loss, penalty):
    finding = found(loss=loss, gradient_penalty=7.0)
    assert finding.objective is Objective[loss.upper()]
    assert (finding.gradient_penalty and finding.gradient_penalty.value) == penalty


@pytest.mark.parametrize("architecture", ["convolutional", "dense"])
def test_a_spectral_norm_is_known_by_the_layers(architecture):
    assert found(architecture=architecture, spectral_norm=True).spectral_norm
    assert not found(architecture=architecture).spectral_norm


def test_an_average_is_told_where_one_is_kept():
    assert found(ema=0.9).average.value == 0.9
    assert found(ema=None).average is None


def test_what_both_optimisers_have_in_common():
    finding = found(generator_learning_rate=1e-4, discriminator_learning_rate=3e-4, beta_1=0.4)
    assert {name: value.value for name, value in finding.optimizer_rows} == {
        Setting.FIRST_MOMENT: 0.4,
        Setting.SECOND_MOMENT: 0.999,
    }
