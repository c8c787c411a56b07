"""What the controls take from the LSTM and from its measurement."""

import pytest

from experiments.kinds.linear import KIND, LINEAR_MODELS, LinearConfig, complete
from experiments.kinds.lstm import LstmConfig
from experiments.kinds.memory import MemoryConfig

OTHERS = {
    "lstm": LstmConfig(sequence_length=77, validation_fraction=0.3, max_reviews=900),
    "memory": MemoryConfig(occluded_reviews=11, window=3, near=6, far=9, bootstrap_samples=13),
}


def test_what_is_left_open_is_that_of_the_others() -> None:
    found = complete(LinearConfig(min_documents=5), OTHERS)
    assert found == LinearConfig(
        min_documents=5,
        last_words=77,
        validation_fraction=0.3,
        occluded_reviews=11,
        window=3,
        near=6,
        far=9,
        bootstrap_samples=13,
        max_reviews=900,
    )


def test_what_is_given_stays() -> None:
    given = LinearConfig(last_words=10, window=2, max_reviews=50)
    found = complete(given, OTHERS)
    assert (found.last_words, found.window, found.max_reviews, found.far) == (10, 2, 50, 9)


def test_all_reviews_are_taken_where_the_lstm_takes_all() -> None:
    assert complete(LinearConfig(), OTHERS | {"lstm": LstmConfig()}).max_reviews is None


@pytest.mark.parametrize("profile", KIND.profiles)
def test_each_profile_is_complete(profile: str) -> None:
    from experiments.kinds.registry import KINDS

    others = {name: kind.profiles[profile] for name, kind in KINDS.items()}
    found = complete(KIND.profiles[profile], others).model_dump()
    assert {name for name, value in found.items() if value is None} <= {"max_reviews"}


def test_each_model_has_its_tolerances() -> None:
    names = [tolerance.name for tolerance in KIND.tolerances]
    assert all(sum(f"({model})" in name for name in names) == 2 for model in LINEAR_MODELS)
