"""A controlled probe of memory: synthetic reviews whose label one clause decides, with that clause
at a set distance from the end.

The classifier's cell, without its dropout and penalty, must carry the clause to the end. A
bidirectional one of the same size whose states are pooled over time (max) need not carry
anything: it is the positive control, which shows that the task can be learned from these data
in these epochs. All words around the clause are drawn without looking at the label. The number
of epochs was set on other corpora by what the control does; the test part is touched once.
"""

import time
from collections.abc import Callable

import keras
import numpy as np

from experiments.lstm_imdb import build_vocabulary, encode, tokenize
from experiments.probe_reviews import ProbeReviews
from experiments.records import Arrays, ProbeConfig, ProbeRow

VOCABULARY = 10_000  # more than the words of the grammar

Progress = Callable[..., None]


def build_lstm(config: ProbeConfig, vocabulary: int) -> keras.Model:
    """int32[b, sequence_length] -> float32[b, 1]: the verdict of the state after the last word."""
    embedding = keras.layers.Embedding(vocabulary, config.embedding_dim, mask_zero=True)
    return _compiled(config, [embedding, keras.layers.LSTM(config.units)])


def build_bilstm(config: ProbeConfig, vocabulary: int) -> keras.Model:
    """As ``build_lstm``, from the largest value of each unit along the review."""
    embedding = keras.layers.Embedding(vocabulary, config.embedding_dim)  # the pool knows no mask
    cell = keras.layers.LSTM(config.units, return_sequences=True)
    return _compiled(config, [embedding, keras.layers.Bidirectional(cell), keras.layers.GlobalMaxPooling1D()])


def _compiled(config: ProbeConfig, reader: list[keras.layers.Layer]) -> keras.Model:
    model = keras.Sequential(
        [
            keras.Input((config.sequence_length,), dtype="int32"),
            *reader,
            keras.layers.Dense(1, activation="sigmoid"),
        ]
    )
    model.compile(
        optimizer=keras.optimizers.Adam(config.learning_rate, clipnorm=1.0),
        loss="binary_crossentropy",
        jit_compile=True,
    )
    return model


class Ticker(keras.callbacks.Callback):
    """Tells ``progress`` how far both networks are."""

    def __init__(self, progress: Progress, name: str, epochs: int, start: float, share: float) -> None:
        super().__init__()
        self.progress, self.name, self.epochs = progress, name, epochs
        self.start, self.share = start, share

    def on_epoch_end(self, epoch: int, logs: dict[str, float]) -> None:
        phase = f"{self.name}, época {epoch + 1}/{self.epochs}"
        done = self.start + self.share * (epoch + 1) / self.epochs
        self.progress(phase=phase, loss=float(logs["loss"]), done=done, unit_done=True)


def run(config: ProbeConfig, seed: int, data: ProbeReviews, progress: Progress) -> tuple[dict, Arrays]:
    """Train both networks on the mixture of distances and test them at each distance.

    Returns the fields of ``ProbeRecord`` that are results; it has no arrays.
    """
    started = time.monotonic()
    documents = [tokenize(text) for text in data.train.texts]
    vocabulary = build_vocabulary(documents, VOCABULARY)

    def tokens(part: list[list[str]]) -> np.ndarray:
        return encode(part, vocabulary, config.sequence_length)

    train, label = tokens(documents), data.train.labels.astype(np.float32)
    test = tokens([tokenize(text) for text in data.test.texts])
    correct = {}
    # the LSTM has half the cells of the bidirectional one
    for name, build, start, share in (("LSTM", build_lstm, 0, 1 / 3), ("BiLSTM", build_bilstm, 1 / 3, 2 / 3)):
        keras.utils.set_random_seed(seed)
        model = build(config, len(vocabulary) + 2)
        whole = len(train) - len(train) % config.batch_size  # one shape, compiled once
        ticker = Ticker(progress, name, config.epochs, start, share)
        model.fit(
            train[:whole],
            label[:whole, None],
            batch_size=config.batch_size,
            epochs=config.epochs,
            verbose=0,
            callbacks=[ticker],
        )
        probability = model.predict(test, batch_size=config.test_reviews, verbose=0)[:, 0]
        right = (probability > 0.5) == (data.test.labels == 1)
        correct[name] = right.reshape(len(config.distances), -1).sum(axis=1)
    table = tuple(
        ProbeRow(distance=distance, n=config.test_reviews, lstm_correct=int(lstm), bilstm_correct=int(bilstm))
        for distance, lstm, bilstm in zip(config.distances, correct["LSTM"], correct["BiLSTM"], strict=True)
    )
    return {"rows": table, "duration_s": time.monotonic() - started}, {}
