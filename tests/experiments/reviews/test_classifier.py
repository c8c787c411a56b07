"""The networks as Keras builds them, beside their settings and what padding must not change."""

import os
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from experiments import runtime

os.environ.update(runtime.ENVIRONMENT)  # before TensorFlow is imported

import keras
import tensorflow as tf

from experiments.describe import describe
from experiments.kinds.lstm import LstmConfig, contradictions
from experiments.records.built import BuiltModel
from experiments.reviews.classifier import (
    GlobalAveragePooling1D,
    GlobalMaxPooling1D,
    build_model,
    load_weights,
    predict,
    split_at_vectors,
)

SIZES = {"vocabulary_size": 20, "sequence_length": 4, "embedding_dim": 3, "units": 2, "batch_size": 4}
TINY = LstmConfig(**SIZES)
TOKENS = np.array([[0, 2, 3, 4], [0, 0, 5, 6], [7, 8, 9, 1], [0, 0, 0, 0]], np.int32)
LABEL = np.array([[1.0], [0.0], [0.0], [1.0]], np.float32)

VARIANTS: dict[str, dict[str, Any]] = {
    "lstm": {},
    "gru": {"cell": "gru", "optimizer": "rmsprop", "schedule": "constant"},
    "bidirectional": {"bidirectional": True, "optimizer": "sgd", "clipnorm": None},
    "max": {"pooling": "max", "optimizer": "adamw", "l2": 0.0},
    "bidirectional-mean": {"cell": "gru", "bidirectional": True, "pooling": "mean"},
    "transformer-mean": {"cell": "transformer", "pooling": "mean", "heads": 3, "feed_forward": 5},
    "transformer-max": {"cell": "transformer", "pooling": "max", "schedule": "cosine"},
}
RECURRENT = [name for name in VARIANTS if not name.startswith("transformer")]


def tiny(variant: str, **settings: Any) -> LstmConfig:
    return LstmConfig(**SIZES | VARIANTS[variant] | settings)


def built(config: LstmConfig) -> BuiltModel:
    model = build_model(config, steps_per_epoch=7)
    return describe(model, "classifier", model.optimizer, "binary_crossentropy")


def eager(model: keras.Model) -> keras.Model:
    """Without graphs, which take longer to make than the one step of a test."""
    model.run_eagerly, model.jit_compile = True, False
    return model


def vectors_of(model: keras.Model) -> keras.Variable:
    return next(layer for layer in model.layers if layer.name.startswith("embedding")).embeddings


# --- as configured -----------------------------------------------------------------------


@pytest.mark.parametrize("variant", VARIANTS)
def test_the_network_is_the_configured_one(variant: str) -> None:
    config = tiny(variant)
    model = build_model(config, steps_per_epoch=7)
    assert (model.input_shape, model.output_shape, model.jit_compile) == ((None, 4), (None, 1), True)
    assert contradictions(config, built(config), 7) == []


@pytest.mark.parametrize(
    ("variant", "settings", "name"),
    [
        ("lstm", {"cell": "gru"}, "capas"),
        ("lstm", {"bidirectional": True}, "capas"),
        ("lstm", {"pooling": "max"}, "capas"),
        ("max", {"pooling": "mean"}, "capas"),
        ("lstm", {"units": 3}, "units"),
        ("lstm", {"vocabulary_size": 21}, "input_dim"),
        ("lstm", {"embedding_dim": 4}, "output_dim"),
        ("lstm", {"sequence_length": 5}, "sequence_length"),
        ("lstm", {"spatial_dropout": 0.1}, "rate (SpatialDropout1D"),
        ("lstm", {"dropout": 0.1}, "dropout"),
        ("lstm", {"recurrent_dropout": 0.1}, "recurrent_dropout"),
        ("lstm", {"head_dropout": 0.1}, "rate (Dropout"),
        ("lstm", {"l2": 1e-3}, "kernel_regularizer.l2"),
        ("lstm", {"learning_rate": 1e-3}, "learning_rate"),
        ("lstm", {"optimizer": "adamw"}, "optimizer"),
        ("lstm", {"clipnorm": None}, "clipnorm"),
        ("lstm", {"clipnorm": 0.5}, "clipnorm"),
        ("lstm", {"schedule": "cosine"}, "learning_rate"),
        ("bidirectional", {"units": 3}, "layer.units"),
        ("bidirectional", {"dropout": 0.1}, "layer.dropout"),
        ("transformer-max", {"heads": 1}, "num_heads"),
        ("transformer-max", {"feed_forward": 8}, "units"),
        ("transformer-max", {"dropout": 0.1}, "rate (Dropout"),
        ("transformer-max", {"max_epochs": 3}, "learning_rate.decay_steps"),
    ],
)
def test_a_network_built_with_one_other_setting_is_refused(
    variant: str, settings: dict[str, Any], name: str
) -> None:
    complaints = contradictions(tiny(variant), built(tiny(variant, **settings)), 7)
    assert complaints[0].startswith(name)


def test_the_parameters_by_hand() -> None:
    # embedding 20 × 3; four gates of 2 units on 3 inputs, 2 states and a bias; output 2 + 1
    assert build_model(TINY).count_params() == 20 * 3 + 4 * 2 * (3 + 2 + 1) + 3 == 111
    reference = build_model(LstmConfig())
    assert reference.count_params() == 30_000 * 128 + 4 * 64 * (128 + 64 + 1) + 65 == 3_889_473
    # words 20 × 3, places 4 × 3; queries, keys and values of three heads of 3, and back;
    # two normalisations; the inner layers 3 -> 5 -> 3; output 3 + 1
    attention = 3 * (3 * 9 + 9) + (9 * 3 + 3)
    expected = 60 + 12 + attention + 2 * 6 + (3 * 5 + 5) + (5 * 3 + 3) + 4
    assert build_model(tiny("transformer-mean")).count_params() == expected


def test_the_reference_network_is_the_plain_one_of_keras() -> None:
    """As a user would write it, layer by layer: the same weights from the same seed, and the same
    ones after a step."""
    penalty = keras.regularizers.L2(1e-4)
    keras.utils.set_random_seed(3)
    plain = keras.Sequential(
        [
            keras.Input((4,), dtype="int32"),
            keras.layers.Embedding(20, 3, mask_zero=True),
            keras.layers.SpatialDropout1D(0.3),
            keras.layers.LSTM(
                2,
                dropout=0.5,
                recurrent_dropout=0.3,
                kernel_regularizer=penalty,
                recurrent_regularizer=penalty,
            ),
            keras.layers.Dropout(0.2),
            keras.layers.Dense(1, activation="sigmoid"),
        ]
    )
    plain.compile(keras.optimizers.Adam(2e-4, clipnorm=1.0), loss="binary_crossentropy", metrics=["accuracy"])
    keras.utils.set_random_seed(3)
    model = eager(build_model(TINY))
    np.testing.assert_array_equal(model(TOKENS).numpy(), plain(TOKENS).numpy())
    assert model.train_on_batch(TOKENS, LABEL) == plain.train_on_batch(TOKENS, LABEL)
    for ours, theirs in zip(model.get_weights(), plain.get_weights(), strict=True):
        np.testing.assert_array_equal(ours, theirs)


@pytest.mark.parametrize("variant", VARIANTS)
def test_one_step_changes_every_parameter_and_the_seed_decides_where_they_begin(variant: str) -> None:
    config = tiny(variant, spatial_dropout=0.0, dropout=0.0, recurrent_dropout=0.0, head_dropout=0.0)
    starts = []
    for seed in (1, 1, 2):
        keras.utils.set_random_seed(seed)
        model = eager(build_model(config, steps_per_epoch=7))
        starts.append([variable.numpy() for variable in model.trainable_variables])
    assert all(np.array_equal(a, b) for a, b in zip(starts[0], starts[1], strict=True))
    assert not np.array_equal(starts[1][0], starts[2][0])

    # the network's last layers are zeroed by chance for one review, not for all
    model.train_on_batch(np.repeat(TOKENS, 4, axis=0), np.repeat(LABEL, 4, axis=0))
    for variable, before in zip(model.trainable_variables, starts[2], strict=True):
        assert np.all(np.isfinite(variable.numpy())), variable.path
        assert np.any(variable.numpy() != before), variable.path


def test_given_vectors_are_where_the_words_begin_and_all_else_begins_as_without_them() -> None:
    vectors = np.arange(60, dtype=np.float32).reshape(20, 3)
    keras.utils.set_random_seed(1)
    learned = build_model(TINY)
    keras.utils.set_random_seed(1)
    given = build_model(TINY, vectors=vectors)
    np.testing.assert_array_equal(vectors_of(given).numpy(), vectors)
    assert vectors_of(given).trainable
    for ours, theirs in zip(given.get_weights()[1:], learned.get_weights()[1:], strict=True):
        np.testing.assert_array_equal(ours, theirs)


def test_the_logit_is_that_of_the_probability() -> None:
    keras.utils.set_random_seed(1)
    probability = build_model(TINY)
    keras.utils.set_random_seed(1)
    logit = build_model(TINY, logit=True)(TOKENS).numpy()
    np.testing.assert_allclose(1 / (1 + np.exp(-logit)), probability(TOKENS).numpy(), rtol=1e-6)
    assert logit.min() < 0 < logit.max()


# --- padding -----------------------------------------------------------------------------


@pytest.mark.parametrize("variant", VARIANTS)
def test_padding_is_never_read(variant: str) -> None:
    model = build_model(tiny(variant))
    before = model(TOKENS).numpy()
    table = vectors_of(model).numpy()
    table[0] = 100.0
    vectors_of(model).assign(table)
    np.testing.assert_array_equal(model(TOKENS).numpy(), before)
    assert np.isfinite(before).all()  # also of a review without words
    table[3] = 100.0
    vectors_of(model).assign(table)
    assert model(TOKENS).numpy()[0] != before[0]  # a word is


@pytest.mark.parametrize("variant", RECURRENT)
def test_more_padding_in_front_changes_nothing(variant: str) -> None:
    model, longer = build_model(tiny(variant)), build_model(tiny(variant, sequence_length=9))
    longer.set_weights(model.get_weights())
    padded = np.pad(TOKENS, ((0, 0), (5, 0)))
    np.testing.assert_allclose(longer(padded).numpy(), model(TOKENS).numpy(), atol=1e-7)


def test_pooling_over_the_words_alone_by_hand() -> None:
    states = np.array([[[9, -9], [-1, -2], [-3, 4]], [[5, 5], [6, 6], [7, 7]]], np.float32)
    mask = np.array([[False, True, True], [False, False, False]])
    assert GlobalMaxPooling1D()(states, mask=mask).numpy().tolist() == [[-1, 4], [0, 0]]
    assert GlobalAveragePooling1D()(states, mask=mask).numpy().tolist() == [[-2, 1], [0, 0]]


def test_the_place_of_a_word_matters_to_the_transformer() -> None:
    model = build_model(tiny("transformer-mean"))
    answers = model(np.array([[2, 3, 4, 5], [3, 2, 4, 5]], np.int32)).numpy()
    assert answers[0] != answers[1]


# --- what is measured on it --------------------------------------------------------------


@pytest.mark.parametrize("variant", VARIANTS)
def test_split_at_the_vectors_it_answers_the_same(variant: str) -> None:
    model = build_model(tiny(variant), logit=True)
    embedding, rest = split_at_vectors(model)
    vectors, is_word = embedding(TOKENS), embedding.compute_mask(TOKENS)
    assert is_word.numpy().tolist() == (TOKENS != 0).tolist()
    np.testing.assert_array_equal(rest(vectors, is_word).numpy(), model(TOKENS).numpy())
    # vectors as they are given, not as the words have them
    doubled = rest(tf.constant(2 * vectors.numpy()), is_word).numpy()
    vectors_of(model).assign(2 * vectors_of(model).numpy())
    np.testing.assert_array_equal(doubled, model(TOKENS).numpy())


@pytest.mark.parametrize("variant", VARIANTS)
def test_the_gradient_of_a_vector_is_the_slope_of_the_logit(variant: str) -> None:
    keras.utils.set_random_seed(1)
    embedding, rest = split_at_vectors(build_model(tiny(variant), logit=True))
    vectors, is_word = embedding(TOKENS), embedding.compute_mask(TOKENS)
    with tf.GradientTape() as tape:
        tape.watch(vectors)
        logit = rest(vectors, is_word)
    gradient = tape.gradient(logit, vectors).numpy()
    assert not gradient[TOKENS == 0].any()
    step = np.zeros(vectors.shape, np.float32)
    step[0, 2, 1] = 1e-3
    up, down = (rest(vectors + sign * step, is_word).numpy()[0, 0] for sign in (1, -1))
    assert gradient[0, 2, 1] == pytest.approx((up - down) / 2e-3, rel=0.05, abs=1e-4)


def test_predictions_do_not_depend_on_the_batch(monkeypatch: pytest.MonkeyPatch) -> None:
    model = eager(build_model(TINY))
    monkeypatch.setattr("experiments.reviews.classifier.EVAL_BATCH", 3)
    answers = predict(model, TOKENS)  # two batches, the second one filled up
    assert (answers.dtype, answers.shape) == (np.float32, (4,))
    np.testing.assert_allclose(answers, model(TOKENS).numpy()[:, 0], rtol=1e-6)


@pytest.mark.filterwarnings("ignore:__array__ implementation:DeprecationWarning")  # Keras' own
@pytest.mark.parametrize("variant", ["lstm", "transformer-max"])
def test_weights_are_loaded_with_their_optimiser(variant: str, tmp_path: Path) -> None:
    trained = eager(build_model(tiny(variant), steps_per_epoch=7))
    trained.train_on_batch(TOKENS, LABEL)
    trained.save_weights(tmp_path / "trained.weights.h5")
    model = build_model(tiny(variant), logit=True)
    load_weights(model, tmp_path / "trained.weights.h5")
    for ours, theirs in zip(model.get_weights(), trained.get_weights(), strict=True):
        np.testing.assert_array_equal(ours, theirs)
    assert int(model.optimizer.iterations.numpy()) == 1
