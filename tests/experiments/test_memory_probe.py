"""The probe's corpus, and both networks on one that is learned in seconds."""

import os
from collections import Counter

import keras
import numpy as np
import pytest
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression

from experiments import runtime

os.environ.update(runtime.ENVIRONMENT)  # before TensorFlow is imported

from experiments.memory_probe import build_bilstm, build_lstm, run
from experiments.probe_reviews import ProbeReviews, make_probe
from experiments.records import ProbeConfig, ProbeRecord

EASY = ProbeConfig(
    distances=(2, 12),
    train_reviews=1_024,
    test_reviews=100,
    sequence_length=30,
    embedding_dim=16,
    units=16,
    learning_rate=1e-2,
    batch_size=32,
    epochs=3,
)


@pytest.fixture(scope="module")
def data() -> ProbeReviews:
    return make_probe(EASY)


# --- the corpus --------------------------------------------------------------------------


def test_each_part_has_every_distance_equally_often(data: ProbeReviews) -> None:
    assert Counter(data.train.distances.tolist()) == {2: 512, 12: 512}
    assert data.test.distances.tolist() == [2] * 100 + [12] * 100
    for part in (data.train, data.test):
        assert not part.flipped.any()
        assert np.bincount(part.labels).tolist() == [len(part.texts) // 2] * 2


def test_no_review_is_in_both_parts(data: ProbeReviews) -> None:
    assert not set(data.train.texts) & set(data.test.texts)


def test_the_longest_review_fits_whole() -> None:
    config = ProbeConfig()
    data = make_probe(config)
    assert max(len(text.split()) for text in data.train.texts + data.test.texts) <= config.sequence_length
    assert (data.info.n_train, data.info.n_test) == (4_000, 3_000)


def test_nothing_but_the_clause_tells_the_label() -> None:
    data = make_probe(ProbeConfig(train_reviews=4_002, test_reviews=300))

    def rest(part: ProbeReviews) -> list[str]:
        return [text.replace(clause, " ") for text, clause in zip(part.texts, part.clauses, strict=True)]

    words = TfidfVectorizer(ngram_range=(1, 2))
    model = LogisticRegression().fit(words.fit_transform(rest(data.train)), data.train.labels)
    right = model.score(words.transform(rest(data.test)), data.test.labels)
    assert abs(right - 0.5) < 3 * 0.5 / np.sqrt(1_800)  # three standard errors of a coin
    lengths = np.array([len(text) for text in rest(data.train)])
    halves = [lengths[data.train.labels == label] for label in (0, 1)]
    error = np.sqrt(sum(half.var() / len(half) for half in halves))
    assert abs(halves[0].mean() - halves[1].mean()) < 3 * error


def test_the_digest_tells_corpora_apart(data: ProbeReviews) -> None:
    assert make_probe(EASY).info == data.info
    assert data.info.name == "probe_reviews"
    digests = {
        data.info.digest,
        make_probe(EASY, train_seed=1).info.digest,
        make_probe(EASY, test_seed=1).info.digest,
        make_probe(EASY.model_copy(update={"distances": (2, 13)})).info.digest,
    }
    assert len(digests) == 4


# --- the networks ------------------------------------------------------------------------


@pytest.mark.usefixtures("uncompiled")
def test_the_control_reads_the_clause_wherever_it_is(data: ProbeReviews) -> None:
    correct = run(EASY, 1, data, lambda **event: None)[0]
    assert [(row.distance, row.n) for row in correct["rows"]] == [(2, 100), (12, 100)]
    assert all(row.bilstm_correct > 95 for row in correct["rows"])
    assert set(correct) <= set(ProbeRecord.model_fields)


@pytest.mark.usefixtures("uncompiled")
def test_without_a_clause_neither_network_can_tell(data: ProbeReviews) -> None:
    rng = np.random.default_rng(0)
    blind = ProbeReviews(
        type(data.train)(**(vars(data.train) | {"labels": rng.permutation(data.train.labels)})),
        data.test,
        data.info,
    )
    for row in run(EASY.model_copy(update={"epochs": 1}), 1, blind, lambda **event: None)[0]["rows"]:
        assert 20 < row.lstm_correct < 80
        assert 20 < row.bilstm_correct < 80


def test_the_lstm_answers_after_the_last_word_and_does_not_see_padding() -> None:
    keras.utils.set_random_seed(1)
    model = build_lstm(EASY, vocabulary=50)
    tokens = np.zeros((2, 30), np.int32)
    tokens[0, -3:] = (7, 8, 9)
    tokens[1, -6:] = (0, 0, 0, 7, 8, 9)
    first, second = model.predict(tokens, verbose=0)[:, 0]
    assert first == second
    lstm = model.layers[1]
    _, kernel, recurrent, bias, *_ = model.get_weights()
    assert (lstm.units, kernel.shape, recurrent.shape, bias.shape) == (16, (16, 64), (16, 64), (64,))


def test_the_control_pools_over_all_words() -> None:
    keras.utils.set_random_seed(1)
    model = build_bilstm(EASY, vocabulary=50)
    assert [type(layer).__name__ for layer in model.layers] == [
        "Embedding",
        "Bidirectional",
        "GlobalMaxPooling1D",
        "Dense",
    ]
