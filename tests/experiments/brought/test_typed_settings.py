"""Settings that an author types: kept as they are, without any that was not typed."""

import pytest

from experiments.brought.typed_settings import read_typed
from experiments.errors import BroughtError
from experiments.kinds.registry import KINDS


def complaint(*assignments: str) -> str:
    with pytest.raises(BroughtError) as error:
        read_typed(assignments)
    said = str(error.value)
    assert "\n" not in said
    assert said.endswith(".")
    return said


def test_only_what_is_typed_is_known() -> None:
    assert read_typed(["lstm.units=64", "gan.latent_dim=100", "lstm.cell=gru"]) == {
        "lstm": {"units": 64, "cell": "gru"},
        "gan": {"latent_dim": 100},
    }
    assert read_typed(["gan.loss=hinge"]) == {"gan": {"loss": "hinge"}}
    assert read_typed([]) == {}


@pytest.mark.parametrize(
    ("assignment", "value"),
    [
        ("lstm.clipnorm=none", None),
        ("lstm.clipnorm=0.5", 0.5),
        ("lstm.spatial_dropout=0", 0.0),
        ("lstm.bidirectional=true", True),
        ("lstm.learning_rate=1e-3", 1e-3),
        ("lstm.pooling=max", "max"),
        (' lstm.pooling = "max" ', "max"),
        ("lstm.max_reviews=none", None),
        ("lstm.embedding=glove.6B.100d.txt", "glove.6B.100d.txt"),
        ("gan.ema=none", None),
        ("gan.beta_1=0.5", 0.5),
    ],
)
def test_a_value_has_the_type_of_its_setting(assignment: str, value: object) -> None:
    ((_, settings),) = read_typed([assignment]).items()
    (found,) = settings.values()
    assert found == value
    assert type(found) is type(value)


def test_settings_need_not_go_together() -> None:
    """Nobody knows of another program's training what goes with what."""
    assert read_typed(["gan.iterations=1234"]) == {"gan": {"iterations": 1234}}
    typed = ["lstm.cell=transformer", "lstm.bidirectional=true"]
    assert read_typed(typed)["lstm"] == {"cell": "transformer", "bidirectional": True}


@pytest.mark.parametrize("kind", ["lstm", "gan"])
def test_every_default_can_be_typed(kind: str) -> None:
    defaults = {
        name: value
        for name, value in KINDS[kind].config().model_dump().items()
        if not name.endswith("_digest")
    }
    words = {None: "none", True: "true", False: "false"}
    written = [
        f"{kind}.{name}={words[value] if value is None or isinstance(value, bool) else value}"
        for name, value in defaults.items()
    ]
    assert read_typed(written) == {kind: defaults}


@pytest.mark.parametrize(
    ("assignment", "said"),
    [
        ("lstm.units=0", "lstm.units: se esperaba un valor mayor o igual que 1, se encontró «0»; corríjalo."),
        ("lstm.units=true", "lstm.units: se esperaba un número entero, se encontró «true»; corríjalo."),
        ("lstm.units=64.0", "lstm.units: se esperaba un número entero, se encontró «64.0»; corríjalo."),
        ('lstm.units="64"', "lstm.units: se esperaba un número entero, se encontró «64»; corríjalo."),
        ("lstm.units=none", "lstm.units: se esperaba un número entero, se encontró «none»; corríjalo."),
        ("lstm.units=", "lstm.units: se esperaba un número entero, se encontró «»; corríjalo."),
        (
            "lstm.learning_rate=nan",
            "lstm.learning_rate: se esperaba un número finito, se encontró «nan»; corríjalo.",
        ),
        ("lstm.learning_rate=-1e-3", "se esperaba un valor mayor que 0, se encontró «-0.001»; corríjalo."),
        ("lstm.clipnorm=0", "lstm.clipnorm: se esperaba un valor mayor que 0, se encontró «0»; corríjalo."),
        ("lstm.cell=rnn", "lstm.cell: se esperaba lstm, gru o transformer, se encontró «rnn»; corríjalo."),
        ("gan.beta_1=1", "gan.beta_1: se esperaba un valor menor que 1, se encontró «1»; corríjalo."),
        ("gan.ema=2", "gan.ema: se esperaba un valor menor que 1, se encontró «2»; corríjalo."),
        (
            "judge.seeds=3",
            "judge.seeds: se esperaba una sección de lstm, gan; se encontró «judge»; corríjalo.",
        ),
        ("lstm.unit=3", "lstm.unit: se esperaba un ajuste de lstm: cell, bidirectional,"),
        ("lstm.unit=3", "; se encontró «unit»; corríjalo."),
        ("lstm.embedding_digest=a", "se encontró «embedding_digest»; corríjalo."),
        ("gan.learning_rate=0.1", "generator_learning_rate, discriminator_learning_rate,"),
        ("lstm", "se esperaba sección.ajuste=valor, como lstm.units=128; se encontró «lstm»; corríjalo."),
        ("units=64", "se esperaba sección.ajuste=valor"),
        ("", "se esperaba sección.ajuste=valor"),
    ],
)
def test_what_is_refused(assignment: str, said: str) -> None:
    assert said in complaint(assignment)


def test_one_setting_has_one_value() -> None:
    said = complaint("lstm.units=64", "lstm.units=32")
    assert said == "lstm.units: se esperaba un solo valor; se encontró «64 y 32»; corríjalo."
