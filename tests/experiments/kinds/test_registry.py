"""What each profile runs."""

import pytest

from experiments.profiles import DENSE_SAMPLES, PROFILES, config_of
from experiments.records import GanConfig, LstmConfig


def test_the_full_profile_is_the_defaults():
    assert config_of("lstm", "full") == LstmConfig()
    assert config_of("gan", "full") == GanConfig()


@pytest.mark.parametrize("profile", PROFILES)
def test_the_profile_s_own_architecture_said_or_not_is_the_same(profile):
    own = PROFILES[profile]["gan"]
    assert isinstance(own, GanConfig)
    assert config_of("gan", profile, own.architecture) == config_of("gan", profile)


def test_a_dense_gan_differs_in_nothing_else_but_how_many_samples_it_keeps():
    dense, convolutional = config_of("gan", "full", "dense"), config_of("gan", "full")
    expected = {"architecture": "dense", "samples_kept": DENSE_SAMPLES}
    assert dense.model_dump() == convolutional.model_dump() | expected
