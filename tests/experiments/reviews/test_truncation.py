"""Less of each review, read by the same weights."""

import os

import keras
import numpy as np
import pytest

from experiments import runtime

os.environ.update(runtime.ENVIRONMENT)  # before TensorFlow is imported

from experiments.kinds.lstm import LstmConfig
from experiments.records.base import RecordError
from experiments.reviews.classifier import build_model, predict
from experiments.reviews.text import encode
from experiments.reviews.truncation import KEEPS, keep_part, legible, truncate

LENGTH = 12
LSTM = LstmConfig(vocabulary_size=10, sequence_length=LENGTH, embedding_dim=4, units=2)
POOLED = LSTM.model_copy(update={"cell": "gru", "bidirectional": True, "pooling": "max"})
TRANSFORMER = LSTM.model_copy(update={"cell": "transformer", "pooling": "mean"})


@pytest.mark.parametrize(
    ("keep", "n", "kept"),
    [
        ("first", 4, "abcd"),
        ("last", 4, "fghi"),
        ("ends", 4, "abhi"),
        ("ends", 5, "abghi"),
        ("middle", 4, "cdef"),
        ("middle", 5, "cdefg"),
        ("ends", 1, "i"),
        *((keep, n, "abcdefghi") for keep in ("first", "last", "ends", "middle") for n in (9, 50)),
    ],
)
def test_the_right_words_are_kept(keep: str, n: int, kept: str) -> None:
    assert "".join(keep_part("abcdefghi", keep, n)) == kept  # type: ignore[arg-type]


def test_a_transformer_reads_no_more_than_it_was_trained_with() -> None:
    assert legible(LSTM, (3, 12, 50)) == [3, 12, 50]
    assert legible(TRANSFORMER, (3, 12, 50)) == [3, 12]
    with pytest.raises(
        RecordError,
        match=r"que la red pueda leer, 12 como mucho, se encontró 13 como mínimo; añada uno menor",
    ):
        legible(TRANSFORMER, (50, 13))


VOCABULARY = {word: number for number, word in enumerate("abcdefg", start=2)}
DOCUMENTS = [list("abcdefg"), list("gfedcba"), list("ab"), list("gg"), list("cadabec"), list("fegade")]


def centred(model: keras.Model, tokens: np.ndarray) -> keras.Model:
    """``model`` with another bias, so that half of its answers to ``tokens`` are positive."""
    *weights, bias = model.get_weights()
    model.set_weights([*weights, bias - np.median(predict(model, tokens))])
    return model


@pytest.mark.usefixtures("uncompiled")
@pytest.mark.parametrize("config", [LSTM, POOLED, TRANSFORMER], ids=["lstm", "pooled", "transformer"])
def test_truncated_reviews_are_read_by_the_same_weights(config: LstmConfig) -> None:
    keras.utils.set_random_seed(3)
    kept = {keep: [keep_part(words, keep, 3) for words in DOCUMENTS] for keep in KEEPS}
    # the long sequence of the trained model has the same words behind padding
    tokens = {keep: encode(documents, VOCABULARY, LENGTH) for keep, documents in kept.items()}
    model = centred(build_model(config, logit=True), np.concatenate([*tokens.values()]))
    label = np.array([0, 1, 0, 1, 1, 0])
    found = truncate(model, config, DOCUMENTS, label, VOCABULARY, tokens=3)
    assert [(row.keep, row.tokens, row.n, row.correct) for row in found] == [
        (keep, 3, 6, ((predict(model, tokens[keep]) > 0) == (label == 1)).sum()) for keep in KEEPS
    ]


@pytest.mark.usefixtures("uncompiled")
def test_a_recurrent_network_reads_more_than_it_was_trained_with() -> None:
    short = LSTM.model_copy(update={"sequence_length": 2})
    keras.utils.set_random_seed(3)
    tokens = encode(DOCUMENTS, VOCABULARY, 6)
    longer = centred(build_model(short.model_copy(update={"sequence_length": 6}), logit=True), tokens)
    model = build_model(short, logit=True)
    model.set_weights(longer.get_weights())
    label = (predict(longer, tokens) > 0).astype(int)
    assert (predict(model, tokens[:, -2:]) > 0).tolist() != label.tolist()
    last = truncate(model, short, DOCUMENTS, label, VOCABULARY, tokens=6)[KEEPS.index("last")]
    assert last.correct == len(label)
