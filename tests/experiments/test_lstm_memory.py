"""What is asked of a trained LSTM, on models and answers that can be followed by hand."""

import os
import warnings
from pathlib import Path
from typing import Any

import keras
import numpy as np
import pytest

from experiments import runtime

os.environ.update(runtime.ENVIRONMENT)  # before TensorFlow is imported

import studies
from scipy.special import expit

from experiments import lstm_imdb
from experiments.datasets import Imdb, Reviews
from experiments.lstm_memory import (
    by_length,
    by_stars,
    gradient_norms,
    keep_part,
    load_model,
    occlude,
    occlusion_changes,
    rebuild_vocabulary,
    regress,
    run,
    scoring_model,
    truncate,
)
from experiments.records import Arrays, DataInfo, LstmConfig, MemoryConfig, MemoryRecord, RecordError, Run

N, LENGTH = 40, 12
SHAPE = LstmConfig(
    vocabulary_size=10,
    sequence_length=LENGTH,
    embedding_dim=3,
    units=2,
    batch_size=8,
    max_epochs=1,
    train_eval_size=5,
)
CONFIG = MemoryConfig(
    budgets=(2, 6),
    truncated_reviews=20,
    occluded_reviews=20,
    window=2,
    near=4,
    far=8,
    gradient_reviews=10,
    bootstrap_samples=50,
)


def quiet(**event: object) -> None:
    pass


# --- accuracy by length ------------------------------------------------------------------


def test_deciles_keep_equal_lengths_together() -> None:
    length = np.array([5] * 15 + list(range(10, 95)))  # 5 takes the first decile and half the second
    lstm, linear = length < 20, np.ones(100, bool)
    buckets = [tuple(bucket.model_dump().values()) for bucket in by_length(length, lstm, linear)]
    assert buckets[:3] == [(5, 5, 15, 15, 15), (10, 14, 5, 5, 5), (15, 24, 10, 5, 10)]
    assert buckets[-1] == (85, 94, 10, 0, 10)
    assert sum(n for _, _, n, _, _ in buckets) == 100
    assert len(buckets) == 10


def test_each_number_of_stars_has_its_bucket_and_unknown_has_none() -> None:
    stars = np.array([0, 1, 1, 10, 0])
    lstm, linear = np.array([1, 1, 0, 1, 1], bool), np.array([0, 1, 1, 0, 0], bool)
    found = [tuple(bucket.model_dump().values()) for bucket in by_stars(stars, lstm, linear)]
    assert found == [(1, 1, 2, 1, 2), (10, 10, 1, 1, 0)]
    assert by_stars(np.zeros(5, int), lstm, linear) == ()


# --- the regression ----------------------------------------------------------------------


def answers(slope_lstm: float, slope_linear: float, n: int = 4_000) -> tuple[np.ndarray, ...]:
    """Lengths, and right answers whose log odds go down with the standardised log-length."""
    rng = np.random.default_rng(5)
    length = np.round(np.exp(rng.normal(5, 0.6, n))).astype(int)
    z = (np.log(length) - np.log(length).mean()) / np.log(length).std()
    lstm, linear = (rng.random(n) < expit(2 + slope * z) for slope in (slope_lstm, slope_linear))
    return length, lstm, linear


def test_a_steeper_fall_of_the_lstm_is_the_interaction() -> None:
    length, lstm, linear = answers(-0.6, -0.1)
    found = regress(length, 250, lstm, linear)
    assert found.interaction.low < -0.5 < found.interaction.high < 0
    assert found.truncated is not None
    assert found.truncated.low < 0 < found.truncated.high


def test_shuffled_answers_have_no_interaction() -> None:
    length, lstm, linear = answers(-0.6, -0.1)
    rng = np.random.default_rng(1)
    found = regress(length, 250, rng.permutation(lstm), rng.permutation(linear))
    assert found.interaction.low < 0 < found.interaction.high
    assert found.log_length.low < 0 < found.log_length.high


def test_the_same_answers_twice_are_not_twice_the_evidence() -> None:
    length, right, _ = answers(-0.6, 0)
    found = regress(length, 10_000, right, right)
    assert found.truncated is None
    assert (found.model.estimate, found.interaction.estimate) == pytest.approx((0, 0), abs=1e-8)
    # logistic regression of one model alone by Newton's method, with White's covariance
    logs = np.log(length)
    x = np.column_stack([np.ones(len(length)), (logs - logs.mean()) / logs.std()])
    beta = np.zeros(2)
    for _ in range(20):
        p = expit(x @ beta)
        bread = np.linalg.inv(x.T @ (x * (p * (1 - p))[:, None]))
        beta += bread @ x.T @ (right - p)
    covariance = bread @ (x.T @ (x * ((right - p) ** 2)[:, None])) @ bread
    error = 1.96 * np.sqrt(covariance[1, 1])
    assert found.log_length.estimate == pytest.approx(beta[1])
    assert found.log_length.low == pytest.approx(beta[1] - error, abs=1e-3)
    assert found.log_length.high == pytest.approx(beta[1] + error, abs=1e-3)


def test_a_regression_without_errors_is_refused() -> None:
    right = np.ones(20, bool)
    with pytest.raises(
        RecordError, match=r"se esperaban aciertos y errores .*; entrene de nuevo con más datos\.$"
    ):
        regress(np.arange(1, 21), 10, right, right)


# --- less of each review -----------------------------------------------------------------


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


@pytest.mark.usefixtures("uncompiled")
def test_truncated_reviews_are_read_by_the_same_weights() -> None:
    keras.utils.set_random_seed(3)
    model = scoring_model(SHAPE, LENGTH)
    vocabulary = {word: number for number, word in enumerate("abcdefg", start=2)}
    documents = [list("abcdefg"), list("gfedcba"), list("ab"), list("gg")]
    label = np.array([0, 1, 0, 1])
    found = truncate(model, SHAPE, documents, label, vocabulary, tokens=3)
    assert [(row.keep, row.tokens, row.n) for row in found] == [
        (keep, 3, 4) for keep in ("first", "last", "ends", "middle")
    ]
    for row in found:  # the long sequence of the trained model has the same words behind padding
        kept = [keep_part(words, row.keep, 3) for words in documents]
        score = lstm_imdb.predict(model, lstm_imdb.encode(kept, vocabulary, LENGTH))
        assert row.correct == ((score > 0) == (label == 1)).sum()


# --- influence and gradient --------------------------------------------------------------


def test_windows_are_replaced_by_the_unknown_token() -> None:
    tokens = np.array([0, 0, 5, 6, 7, 8, 9], np.int32)
    assert occlude(tokens, 2).tolist() == [[0, 0, 5, 6, 7, 1, 1], [0, 0, 5, 1, 1, 8, 9]]
    assert occlude(np.array([0, 0, 9]), 2).shape == (0, 3)


def test_where_only_the_last_token_counts_only_the_last_window_has_influence() -> None:
    model = keras.Sequential(
        [keras.Input((4,), dtype="int32"), keras.layers.Embedding(9, 1), keras.layers.Flatten()]
    )
    model.add(keras.layers.Dense(1))
    identity = np.arange(9.0)[:, None]
    model.set_weights([identity, np.array([[0], [0], [0], [2.0]]), np.zeros(1)])  # twice the last token
    tokens = np.array([[5, 6, 7, 8], [0, 0, 3, 4], [0, 0, 0, 5]], np.int32)
    table = occlusion_changes(model, tokens, window=2)
    # 2 * (8 - 1) and 2 * (4 - 1); the last review is shorter than a window
    np.testing.assert_allclose(table, [[14, 0], [6, np.nan]])


def test_the_gradient_is_that_of_the_logit_and_skips_padding() -> None:
    keras.utils.set_random_seed(3)
    model = scoring_model(SHAPE, 3)
    tokens = np.array([[2, 3, 4], [0, 5, 2]], np.int32)
    vectors = model.layers[0].get_weights()[0]

    def logit(word: int, token: int, change: np.ndarray) -> float:
        """With ``change`` added to one token's vector: the other tokens are other words."""
        moved = vectors.copy()
        moved[tokens[word, token]] += change
        model.layers[0].set_weights([moved])
        return float(model(tokens[[word]])[0, 0])

    def norm(word: int, token: int) -> float:
        steps = 1e-2 * np.eye(3, dtype=np.float32)
        slopes = [(logit(word, token, s) - logit(word, token, -s)) / 2e-2 for s in steps]
        return float(np.linalg.norm(slopes))

    last, middle, first = (norm(0, 2) + norm(1, 2)) / 2, (norm(0, 1) + norm(1, 1)) / 2, norm(0, 0)
    model.layers[0].set_weights([vectors])
    found = gradient_norms(model, tokens)
    assert found.dtype == np.float32
    np.testing.assert_allclose(found, [last, middle, first], rtol=1e-2)
    assert np.isnan(gradient_norms(model, tokens[1:])[2])


# --- the trained model -------------------------------------------------------------------


def reviews(seed: int) -> Reviews:
    rng = np.random.default_rng(seed)
    labels = np.arange(N, dtype=np.int8) % 2
    texts = [" ".join(rng.choice(list("abcdefg"), rng.integers(1, 20))) for _ in labels]
    ids, far = np.arange(N, dtype=np.int32), np.full(N, -1, np.int32)
    return Reviews(texts, labels, np.where(labels, 9, 2).astype(np.int8), ids, far)


DATA = Imdb(reviews(1), reviews(2), DataInfo(name="imdb", digest="d" * 64, n_train=N, n_test=N))


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("lstm")


@pytest.fixture(scope="module")
def lstm(folder: Path) -> Run:
    """A network as initialised, with its predictions, as if that had been the best epoch."""
    keras.utils.set_random_seed(9)
    model = lstm_imdb.build_model(SHAPE)
    model.optimizer.build(model.trainable_variables)
    with warnings.catch_warnings():  # Keras on how it saves variables
        warnings.simplefilter("ignore", DeprecationWarning)
        model.save_weights(folder / lstm_imdb.WEIGHTS_FILE)
    documents = [lstm_imdb.tokenize(text) for text in DATA.test.texts]
    tokens = lstm_imdb.encode(documents, rebuild_vocabulary(SHAPE, 4, DATA), LENGTH)
    arrays = {
        "probability": lstm_imdb.predict(model, tokens),
        "label": DATA.test.labels,
        "length": np.array([len(words) for words in documents], np.int32),
        "stars": DATA.test.stars,
        "review_id": DATA.test.ids,
    }
    record = studies.lstm_run(4).record.model_copy(update={"config": SHAPE})
    return Run("lstm/seed-4", record, arrays)


@pytest.fixture
def linear(lstm: Run) -> Run:
    arrays: Arrays = lstm.arrays | {"probability": np.where(np.arange(N) % 3, lstm.arrays["label"], 0.3)}
    return Run("linear", lstm.record, arrays)


@pytest.mark.usefixtures("uncompiled")
def test_the_whole_measurement_makes_a_record(lstm: Run, linear: Run, folder: Path) -> None:
    results, arrays = run(CONFIG, 4, DATA, lstm, folder / lstm_imdb.WEIGHTS_FILE, linear, quiet)
    fields = set(MemoryRecord.model_fields) - set(MemoryRecord.__mro__[1].model_fields)
    assert set(results) == fields - {"kind", "config"} | {"duration_s"}
    assert [(row.keep, row.tokens, row.n) for row in results["truncations"]] == [
        (keep, tokens, 20) for tokens in (2, 6) for keep in ("first", "last", "ends", "middle")
    ]
    assert sum(bucket.n for bucket in results["deciles"]) == N
    correct = (lstm.arrays["probability"] > 0.5) == (lstm.arrays["label"] == 1)
    assert sum(bucket.lstm_correct for bucket in results["deciles"]) == correct.sum()
    assert [bucket.low for bucket in results["stars"]] == [2, 9]
    assert [point.distance for point in results["influence"]] == [0, 2, 4, 6, 8, 10]
    assert {name: array.shape for name, array in arrays.items()} == {
        "gradient_initial": (LENGTH,),
        "gradient_selected": (LENGTH,),
    }
    assert not np.array_equal(arrays["gradient_initial"], arrays["gradient_selected"])


def test_the_vocabulary_is_that_of_the_training(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    made = []
    build = lstm_imdb.build_vocabulary

    def remember(*arguments: Any) -> dict:
        made.append(build(*arguments))
        return made[-1]

    def stop(*arguments: object) -> None:
        raise InterruptedError

    monkeypatch.setattr(lstm_imdb, "build_vocabulary", remember)
    monkeypatch.setattr(lstm_imdb, "build_model", stop)
    config = SHAPE.model_copy(update={"max_reviews": 20, "vocabulary_size": 5})
    for seed in (4, 5):
        with pytest.raises(InterruptedError):
            lstm_imdb.run(config, seed, DATA, tmp_path, quiet)
        rebuild_vocabulary(config, seed, DATA)
    assert made[0] == made[1]
    assert made[2] == made[3] != made[0]


REMEDY = r"; borre la carpeta y ejecute «make train»\.$"


def test_missing_weights_are_one_sentence(tmp_path: Path) -> None:
    expected = r"se esperaban los pesos de la LSTM registrada, se encontró que no existe el fichero"
    with pytest.raises(RecordError, match=expected + REMEDY):
        load_model(SHAPE, tmp_path / lstm_imdb.WEIGHTS_FILE)


def test_weights_of_another_network_are_one_sentence(lstm: Run, folder: Path, tmp_path: Path) -> None:
    other = SHAPE.model_copy(update={"units": 5})
    with pytest.raises(RecordError, match="se encontró un fichero dañado o de otra red" + REMEDY):
        load_model(other, folder / lstm_imdb.WEIGHTS_FILE)
    damaged = tmp_path / lstm_imdb.WEIGHTS_FILE
    damaged.write_bytes(b"not HDF5")
    with pytest.raises(RecordError, match="se encontró un fichero dañado o de otra red" + REMEDY):
        load_model(SHAPE, damaged)


@pytest.mark.usefixtures("uncompiled")
def test_weights_of_another_training_are_one_sentence(lstm: Run, linear: Run, folder: Path) -> None:
    probability = np.clip(lstm.arrays["probability"] + 0.25, 0, 1)
    other = Run(lstm.name, lstm.record, lstm.arrays | {"probability": probability})
    expected = r"se encontró otros, que predicen hasta 0\.250 por encima o por debajo de lo registrado"
    with pytest.raises(RecordError, match=expected + REMEDY):
        run(CONFIG, 4, DATA, other, folder / lstm_imdb.WEIGHTS_FILE, linear, quiet)


def test_models_tested_on_other_reviews_are_not_compared(lstm: Run, linear: Run, folder: Path) -> None:
    other = Run("linear", linear.record, linear.arrays | {"review_id": np.arange(N) + 1})
    with pytest.raises(
        RecordError, match=r"^linear: se esperaban las mismas reseñas de prueba que en lstm/seed-4"
    ):
        run(CONFIG, 4, DATA, lstm, folder / lstm_imdb.WEIGHTS_FILE, other, quiet)
