"""The record of the classifier refuses a network that is not the configured one. Networks are written
by hand here; ``test_classifier`` has those that Keras builds."""

from datetime import date
from typing import Any

import pytest
from pydantic import ValidationError

from experiments.kinds.lstm import KIND, LstmConfig, LstmRecord, contradictions, idle, reads
from experiments.records.built import BuiltLayer, BuiltModel, BuiltOptimizer

CONFIG = LstmConfig()
CELL = {
    "units": 64,
    "activation": "tanh",
    "recurrent_activation": "sigmoid",
    "use_bias": True,
    "dropout": 0.5,
    "recurrent_dropout": 0.3,
    "kernel_regularizer": "L2",
    "kernel_regularizer.l2": 1e-4,
    "recurrent_regularizer": "L2",
    "recurrent_regularizer.l2": 1e-4,
    "return_sequences": False,
    "go_backwards": False,
}
DENSE = {"units": 1, "activation": "sigmoid", "use_bias": True}
ADAM = {
    "learning_rate": 2e-4,
    "weight_decay": None,
    "clipnorm": 1.0,
    "clipvalue": None,
    "global_clipnorm": None,
    "beta_1": 0.9,
    "beta_2": 0.999,
    "epsilon": 1e-7,
    "amsgrad": False,
}


def layer(kind: str, shape: tuple[int, ...] = (64,), **settings: Any) -> BuiltLayer:
    return BuiltLayer(kind=kind, shape=shape, parameters=0, settings=settings)


WORDS = layer("Embedding", (250, 128), input_dim=30_000, output_dim=128, mask_zero=True)
HEAD = (layer("Dropout", rate=0.2), layer("Dense", (1,), **DENSE))


def network(*read: BuiltLayer, optimizer: str = "Adam", settings: dict[str, Any] = ADAM) -> BuiltModel:
    return BuiltModel(
        role="classifier",
        layers=(WORDS, layer("SpatialDropout1D", (250, 128), rate=0.3), *read, *HEAD),
        optimizer=BuiltOptimizer(kind=optimizer, settings=settings),
        loss="binary_crossentropy",
        parameters=0,
    )


REFERENCE = network(layer("LSTM", **CELL))


def both_ways(**backward: Any) -> BuiltLayer:
    forward = {f"layer.{name}": value for name, value in CELL.items()}
    inner = CELL | {"go_backwards": True} | backward
    return layer(
        "Bidirectional",
        (128,),
        merge_mode="concat",
        layer="LSTM",
        backward_layer="LSTM",
        **forward,
        **{f"backward_layer.{name}": value for name, value in inner.items()},
    )


def transformer(**attention: Any) -> BuiltModel:
    def add_and_norm() -> tuple[BuiltLayer, ...]:
        return layer("Dropout", rate=0.5), layer("Add"), layer("LayerNormalization", epsilon=1e-6)

    return network(
        layer("PositionEmbedding"),
        layer("MultiHeadAttention", **({"num_heads": 2, "key_dim": 128, "dropout": 0.0} | attention)),
        *add_and_norm(),
        layer("Dense", units=32, activation="relu"),
        layer("Dense", units=128, activation="linear"),
        *add_and_norm(),
        layer("GlobalAveragePooling1D"),
    )


@pytest.mark.parametrize(
    ("config", "model"),
    [
        (CONFIG, REFERENCE),
        (LstmConfig(cell="gru"), network(layer("GRU", **CELL))),
        (LstmConfig(bidirectional=True), network(both_ways())),
        (
            LstmConfig(pooling="max"),
            network(layer("LSTM", **CELL | {"return_sequences": True}), layer("GlobalMaxPooling1D")),
        ),
        (LstmConfig(cell="transformer", pooling="mean"), transformer()),
        (
            LstmConfig(learning_rate=0.000123456789),  # in float32:
            network(layer("LSTM", **CELL), settings=ADAM | {"learning_rate": 0.00012345679}),
        ),
    ],
    ids=["lstm", "gru", "bidirectional", "max", "transformer", "rate"],
)
def test_the_configured_network_is_accepted(config: LstmConfig, model: BuiltModel) -> None:
    assert contradictions(config, model) == []


def changed(place: int, **settings: Any) -> BuiltModel:
    """The reference network with other settings in one layer."""
    layers = list(REFERENCE.layers)
    old = layers[place]
    layers[place] = old.model_copy(update={"settings": old.settings | settings})
    return REFERENCE.model_copy(update={"layers": tuple(layers)})


@pytest.mark.parametrize(
    ("place", "name", "value"),
    [
        (0, "input_dim", 20_000),
        (0, "output_dim", 64),
        (0, "mask_zero", False),
        (1, "rate", 0.2),
        *[(2, name, "relu" if isinstance(CELL[name], str) else 0.7) for name in CELL],
        (2, "dropout", None),
        (3, "rate", 0.5),
        (4, "activation", "linear"),
        (4, "units", 2),
    ],
)
def test_one_other_setting_of_a_layer_is_refused_and_named(place: int, name: str, value: Any) -> None:
    (complaint,) = contradictions(CONFIG, changed(place, **{name: value}))
    kind = REFERENCE.layers[place].kind
    expected = REFERENCE.layers[place].settings[name]
    assert complaint == (f"{name} ({kind}, capa {place + 1}): se esperaba {expected}, se encontró {value}")


@pytest.mark.parametrize("name", ADAM)
def test_one_other_setting_of_the_optimiser_is_refused(name: str) -> None:
    model = network(REFERENCE.layers[2], settings=ADAM | {name: 0.25})
    (complaint,) = contradictions(CONFIG, model)
    assert complaint == f"{name} (Adam): se esperaba {ADAM[name]}, se encontró 0.25"


@pytest.mark.parametrize(
    ("config", "model", "complaint"),
    [
        (CONFIG, network(layer("GRU", **CELL)), "capas: se esperaba Embedding, SpatialDropout1D, LSTM"),
        (CONFIG, network(layer("LSTM", **CELL), layer("GlobalMaxPooling1D")), "capas"),
        (CONFIG, network(layer("LSTM", **CELL), layer("LSTM", **CELL)), "capas"),
        (CONFIG, network(both_ways()), "capas"),
        (LstmConfig(bidirectional=True), network(both_ways(units=32)), r"backward_layer\.units"),
        (LstmConfig(bidirectional=True, dropout=0.1), network(both_ways(dropout=0.1)), r"^layer\.dropout"),
        (LstmConfig(sequence_length=200), REFERENCE, r"sequence_length .* \(200, 128\), se encontró \(250"),
        (LstmConfig(optimizer="adamw"), REFERENCE, "optimizer: se esperaba AdamW, se encontró Adam"),
        (LstmConfig(clipnorm=None), REFERENCE, "clipnorm .*: se esperaba None, se encontró 1.0"),
        (LstmConfig(schedule="cosine"), REFERENCE, "learning_rate .*: se esperaba CosineDecay"),
        (
            LstmConfig(optimizer="sgd"),
            network(
                REFERENCE.layers[2],
                optimizer="SGD",
                settings=ADAM | {"momentum": 0.0, "nesterov": False},
            ),
            r"momentum \(SGD\): se esperaba 0.9, se encontró 0.0",
        ),
        (LstmConfig(cell="transformer", pooling="mean"), transformer(num_heads=4), "num_heads"),
        (LstmConfig(cell="transformer", pooling="mean"), transformer(key_dim=64), "key_dim"),
        (LstmConfig(cell="transformer", pooling="mean", feed_forward=8), transformer(), "units .*8"),
        (CONFIG, REFERENCE.model_copy(update={"loss": "hinge"}), "loss: .*binary_crossentropy.*hinge"),
    ],
)
def test_another_network_is_refused(config: LstmConfig, model: BuiltModel, complaint: str) -> None:
    with pytest.raises(ValueError, match=complaint):
        raise ValueError(contradictions(config, model)[0])


def test_the_cosine_schedule_is_as_long_as_the_training() -> None:
    settings = {key: value for key, value in ADAM.items() if key != "learning_rate"} | {
        "learning_rate": "CosineDecay",
        "learning_rate.initial_learning_rate": 2e-4,
        "learning_rate.decay_steps": 10 * 313,
        "learning_rate.alpha": 0.0,
        "learning_rate.warmup_steps": 0,
    }
    config = LstmConfig(schedule="cosine")
    model = network(REFERENCE.layers[2], settings=settings)
    assert contradictions(config, model) == contradictions(config, model, 313) == []
    assert "decay_steps" in contradictions(config, model, 300)[0]
    # 20,000 reviews in batches of 64 are 313 steps, the last of them shorter
    assert LstmRecord.model_validate(content(config, model)).config == config
    with pytest.raises(ValidationError, match="decay_steps"):
        LstmRecord.model_validate(content(config, model, train=20_033))


def content(config: LstmConfig, model: BuiltModel, train: int = 20_000) -> dict[str, Any]:
    epoch = dict.fromkeys(("running_loss", "train_loss", "val_loss", "val_loss_se"), 0.5)
    epoch |= dict.fromkeys(("running_accuracy", "train_accuracy", "val_accuracy"), 0.75)
    sizes = dict.fromkeys(("validation", "test", "train_evaluated", "vocabulary"), 5_000)
    return {
        "config": config,
        "seed": 1,
        "profile": "full",
        "data": {"name": "imdb", "digest": "a" * 64, "n_train": 25_000, "n_test": 25_000},
        "environment": {
            **{"python": "3.11", "platform": "x", "processor": "x", "cores": 2, "threads": 1},
            **{"device": "cpu", "gpu": None, "libraries": {}, "commit": None, "dirty": False},
        },
        "code_digest": "b" * 64,
        "finished_on": date(2026, 1, 1),
        "duration_s": 1.0,
        "processor_s": 1.0,
        "arrays_digest": "c" * 64,
        "model": model,
        "sizes": sizes | {"train": train, "known_vectors": 0},
        "epochs": ({"epoch": 1, "learning_rate": 2e-4, "duration_s": 1.0} | epoch,),
        "selected_epoch": 1,
        "stopped_early": False,
        "test_loss": 0.5,
        "confusion": dict.fromkeys(("true_negative", "false_positive", "false_negative", "true_positive"), 1),
    }


def test_the_record_refuses_another_network_than_the_configured_one() -> None:
    assert LstmRecord.model_validate(content(CONFIG, REFERENCE)).model == REFERENCE
    expected = r"la red construida no es la de la configuración: units \(LSTM, capa 3\): se esperaba 64"
    with pytest.raises(ValidationError, match=expected):
        LstmRecord.model_validate(content(CONFIG, changed(2, units=32)))


@pytest.mark.parametrize(
    ("settings", "complaint"),
    [
        ({"cell": "transformer", "pooling": "mean", "bidirectional": True}, "bidirectional solo vale"),
        ({"cell": "transformer"}, "pooling ha de ser max o mean"),
        ({"embedding_digest": "a" * 64}, "embedding_digest solo vale con un fichero"),
        ({"heads": 0}, "heads"),
        ({"cells": 1}, "cells"),
    ],
)
def test_settings_that_do_not_go_together_are_refused(settings: dict[str, Any], complaint: str) -> None:
    with pytest.raises(ValidationError, match=complaint):
        LstmConfig.model_validate(settings)


def test_settings_without_effect() -> None:
    assert idle(CONFIG) == {"heads", "feed_forward"}
    other = LstmConfig(cell="transformer", pooling="max", schedule="constant")
    assert idle(other) == {"units", "recurrent_dropout", "l2", "reduce_lr_patience", "reduce_lr_factor"}


def test_only_a_named_file_of_vectors_is_read() -> None:
    assert KIND.reads is reads
    assert reads(CONFIG) == reads(LstmConfig(embedding="ppmi_svd")) == {}
    assert reads(LstmConfig(embedding="glove.txt")) == {"embedding": "glove.txt"}
