"""All kinds of runs: each is found, whole, and at odds with none of the others."""

from importlib.util import find_spec
from typing import Any

import pytest

from experiments.kinds.base import Kind
from experiments.kinds.registry import KINDS
from experiments.records.base import DerivedRecord, Profile

EACH = pytest.mark.parametrize("kind", KINDS.values(), ids=KINDS)
PROFILES: tuple[Profile, ...] = ("full", "quick", "test")


def test_the_kinds_are_the_files_of_their_folder() -> None:
    assert set(KINDS) == {"gan", "judge", "linear", "lstm", "memory", "probe", "readability"}
    assert len({kind.title for kind in KINDS.values()}) == len(KINDS)


@EACH
def test_every_profile_has_every_kind_and_the_full_one_is_the_default(kind: Kind) -> None:
    assert tuple(kind.profiles) == PROFILES
    assert kind.profiles["full"] == kind.config()


@EACH
def test_its_record_is_of_its_name_and_its_settings(kind: Kind) -> None:
    fields: dict[str, Any] = kind.record.model_fields
    assert fields["kind"].default == kind.name
    assert fields["config"].annotation is kind.config
    assert issubclass(kind.record, DerivedRecord) == bool(kind.needs)


@EACH
def test_what_it_names_exists(kind: Kind) -> None:
    assert find_spec(kind.experiment) is not None
    assert find_spec(kind.data) is not None
    assert {*kind.needs, *kind.follows} <= KINDS.keys()
    assert set(kind.follows) <= set(kind.needs)  # what it follows it measures
    for setting in kind.continues:
        assert isinstance(getattr(kind.config(), setting), int)
        assert kind.keeps


@EACH
def test_it_can_be_repeated_and_compared(kind: Kind) -> None:
    assert kind.tolerances
    assert all(tolerance.limit > 0 for tolerance in kind.tolerances)
    assert len({tolerance.name for tolerance in kind.tolerances}) == len(kind.tolerances)


@EACH
def test_what_serves_all_seeds_measures_no_seed(kind: Kind) -> None:
    assert not (kind.shared and kind.needs)


@EACH
def test_what_it_needs_has_the_same_seeds_or_serves_all(kind: Kind) -> None:
    own = set(kind.seeds(kind.config(), [4, 5]))
    for needed in (KINDS[name] for name in kind.needs):
        assert needed.shared or own <= set(needed.seeds(needed.config(), [4, 5]))


def test_only_the_probe_has_its_own_seeds() -> None:
    seeds = {name: list(kind.seeds(kind.profiles["full"], [7, 3])) for name, kind in KINDS.items()}
    assert seeds.pop("probe") == list(range(1, 11))
    assert set(map(tuple, seeds.values())) == {(7, 3)}


@pytest.mark.parametrize("profile", PROFILES)
def test_the_control_is_tested_on_the_reviews_of_the_lstm(profile: Profile) -> None:
    configs = {name: kind.profiles[profile] for name, kind in KINDS.items()}
    lstm, linear = configs["lstm"], KINDS["linear"].complete(configs["linear"], configs)
    shared = ("max_reviews", "validation_fraction")
    assert [getattr(linear, name) for name in shared] == [getattr(lstm, name) for name in shared]
