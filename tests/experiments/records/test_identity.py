"""What makes a run stale: all that decides its result, and how a change is told."""

import re
from typing import Any

import pytest
import toys
from planned import finished, toy_run

from experiments.kinds.gan import GanConfig
from experiments.kinds.lstm import LstmConfig
from experiments.records.closure import code_digest_of
from experiments.records.identity import Identity, differences

IDENTITY = Identity(
    kind="lstm",
    seed=1,
    config=LstmConfig().model_dump(mode="json"),
    data_digest="a" * 64,
    code_digest="b" * 64,
    libraries={"keras": "3.15.1", "numpy": "2.3.5"},
)


def lstm(**changes: Any) -> dict[str, Any]:
    return LstmConfig(**changes).model_dump(mode="json")


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({}, []),
        ({"seed": 2}, ["la semilla (lstm 1 → lstm 2)"]),
        ({"config": lstm(units=32)}, ["la configuración (units: 64 → 32)"]),
        ({"config": lstm(max_reviews=500)}, ["la configuración (max_reviews: None → 500)"]),
        ({"data_digest": "c" * 64}, ["los datos (huella aaaaaaaaaaaa → cccccccccccc)"]),
        ({"code_digest": "d" * 64}, ["el código del experimento (huella bbbbbbbbbbbb → dddddddddddd)"]),
        (
            {"libraries": {"keras": "3.16.0", "numpy": "2.3.5"}},
            ["la versión de keras (3.15.1 → 3.16.0)"],
        ),
        ({"libraries": {"keras": "3.15.1"}}, ["la versión de numpy (2.3.5 → None)"]),
        ({"device": "gpu"}, ["el dispositivo (cpu → gpu)"]),
        ({"upstream": {"linear/seed-1": "e" * 64}}, ["lo que se mide (linear/seed-1)"]),
        (
            {"seed": 3, "data_digest": "c" * 64},
            ["la semilla (lstm 1 → lstm 3)", "los datos (huella aaaaaaaaaaaa → cccccccccccc)"],
        ),
    ],
)
def test_differences_name_what_changed(change: dict[str, Any], said: list[str]) -> None:
    assert differences(IDENTITY, IDENTITY.model_copy(update=change)) == said


def test_an_identity_survives_its_file_with_its_configuration() -> None:
    for config in (LstmConfig(units=3), GanConfig(architecture="dense")):
        identity = IDENTITY.model_copy(update={"config": config.model_dump(mode="json")})
        again = Identity.model_validate_json(identity.model_dump_json())
        assert again == identity
        assert differences(identity, again) == []
        assert type(config).model_validate(again.config) == config


def test_the_identity_of_a_record_is_what_it_was_made_from() -> None:
    run = toy_run()
    identity = Identity.of(run.record)
    assert (identity.kind, identity.seed, identity.data_digest) == ("toy", 1, "d" * 64)
    assert identity.code_digest == "a" * 64
    assert identity.libraries == {"tensorflow": "2.21.0", "numpy": "2.3.5"}
    assert identity.device == "cpu"
    assert identity.config == run.record.config.model_dump(mode="json")
    assert identity.upstream == {}


def test_that_of_a_measurement_has_what_it_measures() -> None:
    results, config = toys.MeasureResults(ratio=1), toys.MeasureConfig()
    upstream = {"toy/seed-1": "f" * 64}
    run = finished("measure", toys.MeasureRecord, config, results, {}, seed=1, upstream=upstream)
    assert Identity.of(run.record).upstream == upstream


def test_each_experiment_has_its_own_code() -> None:
    assert re.fullmatch("[0-9a-f]{64}", code_digest_of("lstm"))
    assert code_digest_of("lstm") != code_digest_of("gan")
