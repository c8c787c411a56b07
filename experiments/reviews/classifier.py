"""The network that reads reviews: a recurrent one (Hochreiter & Schmidhuber, 1997; Cho et al., 2014;
Schuster & Paliwal, 1997) or one block of a transformer (Vaswani et al., 2017)."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import keras
import numpy as np

from experiments.kinds.lstm import LAYER_NORM_EPSILON, SGD_MOMENTUM, LstmConfig

EVAL_BATCH = 500  # divides the official parts, so that XLA compiles a single shape


class PositionEmbedding(keras.layers.Layer):
    """Adds to float32[b, length, dim] a learned vector for each place."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        self.supports_masking = True

    def build(self, shape: tuple[int | None, ...]) -> None:
        self.table = self.add_weight(shape=shape[1:], initializer="uniform", name="table")

    def call(self, vectors: Any) -> Any:
        return vectors + self.table


class GlobalMaxPooling1D(keras.layers.GlobalMaxPooling1D):
    """Keras' own, which takes padding for words, over the words alone; 0 where there are none."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        self.supports_masking = True

    def call(self, states: Any, mask: Any = None) -> Any:
        is_word = keras.ops.expand_dims(mask, -1)
        highest = super().call(keras.ops.where(is_word, states, -np.inf))
        return keras.ops.where(keras.ops.any(is_word, axis=1), highest, 0.0)

    def compute_mask(self, states: Any, mask: Any = None) -> None:
        return None


class GlobalAveragePooling1D(keras.layers.GlobalAveragePooling1D):
    """Keras' own, but 0 where there are no words, instead of NaN."""

    def call(self, states: Any, mask: Any = None) -> Any:
        is_word = keras.ops.cast(keras.ops.expand_dims(mask, -1), states.dtype)
        total = keras.ops.sum(states * is_word, axis=1)
        return total / keras.ops.maximum(keras.ops.sum(is_word, axis=1), 1.0)


def build_model(
    config: LstmConfig,
    *,
    vectors: np.ndarray | None = None,
    logit: bool = False,
    steps_per_epoch: int = 1,
) -> keras.Model:
    """int32[b, sequence_length], padded in front -> float32[b, 1], the probability of a positive
    review, or its ``logit``; compiled.

    ``vectors`` float32[vocabulary_size, embedding_dim] are where the words' vectors begin.
    ``steps_per_epoch`` is the length of an epoch in batches, which only training by the cosine
    schedule needs.
    """
    tokens = keras.Input((config.sequence_length,), dtype="int32")
    embedding = keras.layers.Embedding(config.vocabulary_size, config.embedding_dim, mask_zero=True)
    states = keras.layers.SpatialDropout1D(config.spatial_dropout)(embedding(tokens))
    states = _attend(config, states) if config.cell == "transformer" else _recur(config, states)
    if config.pooling != "last":
        pooling = {"max": GlobalMaxPooling1D, "mean": GlobalAveragePooling1D}[config.pooling]
        states = pooling()(states)
    states = keras.layers.Dropout(config.head_dropout)(states)
    output = keras.layers.Dense(1, activation=None if logit else "sigmoid")(states)
    model = keras.Model(tokens, output)
    model.compile(
        optimizer=_optimizer(config, steps_per_epoch),
        loss=keras.losses.BinaryCrossentropy(from_logits=logit),
        metrics=[keras.metrics.BinaryAccuracy("accuracy", threshold=0.0 if logit else 0.5)],
        jit_compile=True,  # off by default on a CPU; makes one thread as fast as two without it
    )
    if vectors is not None:  # set afterwards, so that all other weights begin as without them
        embedding.set_weights([vectors])
    return model


def _recur(config: LstmConfig, vectors: Any) -> Any:
    """The last state, or all states where they are pooled."""
    penalty = keras.regularizers.L2(config.l2)
    cell = {"lstm": keras.layers.LSTM, "gru": keras.layers.GRU}[config.cell](
        config.units,
        dropout=config.dropout,
        recurrent_dropout=config.recurrent_dropout,
        kernel_regularizer=penalty,
        recurrent_regularizer=penalty,
        return_sequences=config.pooling != "last",
    )
    return (keras.layers.Bidirectional(cell) if config.bidirectional else cell)(vectors)


def _attend(config: LstmConfig, vectors: Any) -> Any:
    """The block of Keras' example «Text classification with Transformer»."""

    def add_and_norm(states: Any, change: Any) -> Any:
        dropped = keras.layers.Dropout(config.dropout)(change)
        added = keras.layers.Add()([states, dropped])
        return keras.layers.LayerNormalization(epsilon=LAYER_NORM_EPSILON)(added)

    states = PositionEmbedding()(vectors)
    attention = keras.layers.MultiHeadAttention(config.heads, key_dim=config.embedding_dim)
    states = add_and_norm(states, attention(states, states))
    inner = keras.layers.Dense(config.feed_forward, activation="relu")(states)
    return add_and_norm(states, keras.layers.Dense(config.embedding_dim)(inner))


def _optimizer(config: LstmConfig, steps_per_epoch: int) -> keras.optimizers.Optimizer:
    rate = config.learning_rate
    if config.schedule == "cosine":
        rate = keras.optimizers.schedules.CosineDecay(rate, config.max_epochs * steps_per_epoch)
    match config.optimizer:
        case "adam":
            return keras.optimizers.Adam(rate, clipnorm=config.clipnorm)
        case "adamw":
            return keras.optimizers.AdamW(rate, clipnorm=config.clipnorm)
        case "rmsprop":
            return keras.optimizers.RMSprop(rate, clipnorm=config.clipnorm)
        case "sgd":
            return keras.optimizers.SGD(rate, momentum=SGD_MOMENTUM, clipnorm=config.clipnorm)


def load_weights(model: keras.Model, path: Path) -> None:
    """Bring ``model``, and its optimiser, to what ``path`` holds.

    Raises:
        OSError, ValueError, KeyError: no such file, a damaged one, or one of another network.
    """
    model.optimizer.build(model.trainable_variables)  # its state is in the file
    model.load_weights(path)


def split_at_vectors(model: keras.Model) -> tuple[keras.layers.Embedding, Callable[[Any, Any], Any]]:
    """The layer that gives each word its vector, and the rest of the network in inference mode:
    ``rest(vectors, is_word)`` of float32[b, length, dim] and bool[b, length] is what ``model``
    answers to the tokens of which they are ``embedding(tokens)`` and
    ``embedding.compute_mask(tokens)``."""
    embedding = next(layer for layer in model.layers if isinstance(layer, keras.layers.Embedding))
    # Layers have the mask as an argument or with what they read: both are given.
    inner = keras.Model([embedding.output, embedding.output._keras_mask], model.output)
    inner.supports_masking = True

    def rest(vectors: Any, is_word: Any) -> Any:
        return inner([vectors, is_word], mask=[is_word, None], training=False)

    return embedding, rest


def predict(model: keras.Model, tokens: np.ndarray) -> np.ndarray:
    """float32[n], what ``model`` answers to int32[n, length] in inference mode."""
    spare = -len(tokens) % EVAL_BATCH  # whole batches: another shape would be compiled anew
    padded = np.pad(tokens, ((0, spare), (0, 0)))
    return model.predict(padded, batch_size=EVAL_BATCH, verbose=0)[: len(tokens), 0]
