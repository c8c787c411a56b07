"""What is asked of a trained classifier, on models and answers that can be followed by hand."""

import os
import warnings
from dataclasses import replace
from pathlib import Path
from typing import Any

import keras
import numpy as np
import pytest

from experiments import runtime

os.environ.update(runtime.ENVIRONMENT)  # before TensorFlow is imported

from experiments.data.sets import ReviewData, Reviews
from experiments.kinds.base import Job, Needed
from experiments.kinds.linear import LinearConfig, LinearRecord, complete
from experiments.kinds.lstm import WEIGHTS_FILE, LstmConfig, LstmRecord
from experiments.kinds.memory import KIND, MemoryConfig, MemoryResults
from experiments.records.base import Arrays, DataInfo, RecordError, Run
from experiments.reviews import influence, linear_imdb, lstm_imdb
from experiments.reviews.classifier import build_model, predict
from experiments.reviews.lstm_memory import (
    gradient_norms,
    load_model,
    occlude,
    occlusion_changes,
    rebuild_vocabulary,
    run,
)
from experiments.reviews.text import choose, encode, tokenize
from experiments.reviews.truncation import KEEPS

N, LENGTH = 40, 12
SHAPE = LstmConfig(
    vocabulary_size=10,
    sequence_length=LENGTH,
    embedding_dim=4,
    units=2,
    batch_size=8,
    max_epochs=1,
    train_eval_size=5,
)
TRANSFORMER = SHAPE.model_copy(update={"cell": "transformer", "pooling": "mean"})
POOLED = SHAPE.model_copy(update={"cell": "gru", "bidirectional": True, "pooling": "mean"})
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
SEED = 4


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


@pytest.mark.parametrize("shape", [SHAPE, POOLED, TRANSFORMER], ids=["lstm", "pooled", "transformer"])
@pytest.mark.usefixtures("uncompiled")
def test_the_gradient_is_that_of_the_logit_and_skips_padding(shape: LstmConfig) -> None:
    keras.utils.set_random_seed(3)
    model = build_model(shape.model_copy(update={"sequence_length": 3}), logit=True)
    tokens = np.array([[2, 3, 4], [0, 5, 2]], np.int32)
    embedding = next(layer for layer in model.layers if isinstance(layer, keras.layers.Embedding))
    vectors = 10 * embedding.get_weights()[0]  # so that a small step is small beside them

    def logit(word: int, token: int, change: np.ndarray) -> float:
        """With ``change`` added to one token's vector: the other tokens are other words."""
        moved = vectors.copy()
        moved[tokens[word, token]] += change
        embedding.set_weights([moved])
        return float(model.predict_on_batch(tokens[[word]])[0, 0])

    def norm(word: int, token: int) -> float:
        steps = 1e-3 * np.eye(4, dtype=np.float32)
        slopes = [(logit(word, token, s) - logit(word, token, -s)) / 2e-3 for s in steps]
        return float(np.linalg.norm(slopes))

    last, middle, first = (norm(0, 2) + norm(1, 2)) / 2, (norm(0, 1) + norm(1, 1)) / 2, norm(0, 0)
    embedding.set_weights([vectors])
    found = gradient_norms(model, tokens)
    assert found.dtype == np.float32
    assert min(last, middle, first) > 0
    np.testing.assert_allclose(found, [last, middle, first], rtol=1e-2)
    assert np.isnan(gradient_norms(model, tokens[1:])[2])


# --- the trained model -------------------------------------------------------------------


def reviews(seed: int) -> Reviews:
    rng = np.random.default_rng(seed)
    labels = np.arange(N, dtype=np.int8) % 2
    texts = [" ".join(rng.choice(list("abcdefg"), rng.integers(1, 20))) for _ in labels]
    ids, far = np.arange(N, dtype=np.int32), np.full(N, -1, np.int32)
    return Reviews(texts, labels, np.where(labels, 9, 2).astype(np.int8), ids, far)


DATA = ReviewData(reviews(1), reviews(2), DataInfo(name="imdb", digest="d" * 64, n_train=N, n_test=N))
DOCUMENTS = [tokenize(text) for text in DATA.test.texts]


def untrained(shape: LstmConfig, folder: Path) -> Needed:
    """A network as initialised, with its predictions, as if that had been the best epoch."""
    keras.utils.set_random_seed(9)
    model = build_model(shape)
    model.optimizer.build(model.trainable_variables)
    with warnings.catch_warnings():  # Keras on how it saves variables
        warnings.simplefilter("ignore", DeprecationWarning)
        model.save_weights(folder / WEIGHTS_FILE)
    tokens = encode(DOCUMENTS, rebuild_vocabulary(shape, SEED, DATA), LENGTH)
    arrays = {
        "probability": predict(model, tokens),
        "label": DATA.test.labels,
        "length": np.array([len(words) for words in DOCUMENTS], np.int32),
        "stars": DATA.test.stars,
        "review_id": DATA.test.ids,
    }
    return Needed(Run("lstm/seed-4", LstmRecord.model_construct(config=shape), arrays), folder)


@pytest.fixture(scope="module")
def lstm(tmp_path_factory: pytest.TempPathFactory) -> Needed:
    return untrained(SHAPE, tmp_path_factory.mktemp("lstm"))


@pytest.fixture(scope="module")
def linear(tmp_path_factory: pytest.TempPathFactory) -> Needed:
    """The controls of the same words."""
    folder = tmp_path_factory.mktemp("linear")
    open_settings = LinearConfig(tfidf_candidates=(1.0,), log_count_candidates=(0.1,))
    config = complete(open_settings, {"lstm": SHAPE, "memory": CONFIG})
    results, arrays = linear_imdb.run(config, SEED, DATA, Job(folder, lambda **event: None))
    record = LinearRecord.model_construct(config=config, decay=results.decay)
    return Needed(Run("linear/seed-4", record, arrays), folder)


def measure(
    lstm: Needed, linear: Needed, config: MemoryConfig = CONFIG, said: list[Any] | None = None
) -> tuple[MemoryResults, Arrays]:
    def progress(**event: object) -> None:
        if said is not None and "notice" in event:
            said.append(event["notice"])

    return run(config, SEED, DATA, Job(lstm.folder, progress, {"lstm": lstm, "linear": linear}))


def with_arrays(needed: Needed, **changed: np.ndarray) -> Needed:
    return replace(needed, run=replace(needed.run, arrays=needed.run.arrays | changed))


def with_settings(needed: Needed, **changed: object) -> Needed:
    config = needed.run.record.config.model_copy(update=changed)
    record = needed.run.record.model_copy(update={"config": config})
    return replace(needed, run=replace(needed.run, record=record))


@pytest.mark.usefixtures("uncompiled")
def test_the_whole_measurement(lstm: Needed, linear: Needed) -> None:
    said: list[str] = []
    results, arrays = measure(lstm, linear, said=said)
    assert said == []
    assert [(row.keep, row.tokens, row.n) for row in results.truncations] == [
        (keep, tokens, 20) for tokens in (2, 6) for keep in KEEPS
    ]
    assert sum(bucket.n for bucket in results.deciles) == N
    label = lstm.run.arrays["label"] == 1
    tfidf, control, last = (linear.run.arrays["probability"] > 0.5) == label
    network = (lstm.run.arrays["probability"] > 0.5) == label
    for buckets in (results.deciles, results.stars):
        assert sum(bucket.lstm_correct for bucket in buckets) == network.sum()
        assert sum(bucket.linear_correct for bucket in buckets) == control.sum()
        assert sum(bucket.last_correct for bucket in buckets) == last.sum()
    assert len({tfidf.sum(), control.sum(), last.sum()}) == 3  # so that none can stand for another
    assert [bucket.low for bucket in results.stars] == [2, 9]
    assert results.regression.n == N
    assert results.regression_whole is None  # fewer than a hundred
    assert [point.distance for point in results.influence] == [0, 2, 4, 6, 8, 10]
    record = linear.run.record
    assert isinstance(record, LinearRecord)
    assert results.control_decay == record.decay
    width = results.decay_difference_high - results.decay_difference_low
    middle = results.decay_difference_low + width / 2
    assert abs(middle - (results.decay.ratio - results.control_decay.ratio)) < width
    assert {name: array.shape for name, array in arrays.items()} == {
        "gradient_initial": (LENGTH,),
        "gradient_selected": (LENGTH,),
    }
    assert set(arrays) == set(KIND.arrays)
    assert not np.array_equal(arrays["gradient_initial"], arrays["gradient_selected"])


@pytest.mark.usefixtures("uncompiled")
def test_a_control_that_is_the_network_does_not_differ_from_it(lstm: Needed, linear: Needed) -> None:
    rows = choose(DATA.test.labels, CONFIG.occluded_reviews)
    table = occlusion_changes(
        load_model(SHAPE, lstm.folder / WEIGHTS_FILE),
        encode([DOCUMENTS[row] for row in rows], rebuild_vocabulary(SHAPE, SEED, DATA), LENGTH),
        CONFIG.window,
    )
    results, _ = measure(lstm, with_arrays(linear, occlusion=table))
    assert (results.decay_difference_low, results.decay_difference_high) == (0, 0)
    assert results.control_decay == results.decay
    assert results.influence == influence.curve(table, CONFIG.window, CONFIG.bootstrap_samples)


@pytest.mark.usefixtures("uncompiled")
def test_a_transformer_is_measured_with_no_more_than_it_can_read(linear: Needed, tmp_path: Path) -> None:
    said: list[str] = []
    config = CONFIG.model_copy(update={"budgets": (6, 13, 50)})
    results, arrays = measure(untrained(TRANSFORMER, tmp_path), linear, config, said)
    assert {row.tokens for row in results.truncations} == {6}
    assert said == ["Memoria: no se mide con 13 ni con 50 palabras, porque la red lee 12 como mucho."]
    assert np.isfinite(arrays["gradient_selected"]).all()


def test_the_vocabulary_is_that_of_the_training(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    made = []
    build = lstm_imdb.build_vocabulary

    def remember(*arguments: Any) -> dict:
        made.append(build(*arguments))
        return made[-1]

    def stop(*arguments: object, **options: object) -> None:
        raise InterruptedError

    monkeypatch.setattr(lstm_imdb, "build_vocabulary", remember)
    monkeypatch.setattr(lstm_imdb, "build_model", stop)
    config = SHAPE.model_copy(update={"max_reviews": 20, "vocabulary_size": 5})
    for seed in (4, 5):
        with pytest.raises(InterruptedError):
            lstm_imdb.run(config, seed, DATA, Job(tmp_path, lambda **event: None))
        made.append(rebuild_vocabulary(config, seed, DATA))
    assert made[0] == made[1]
    assert made[2] == made[3] != made[0]


# --- what cannot be measured -------------------------------------------------------------

REMEDY = r"; borre la carpeta y ejecute «make train»\.$"


def test_missing_weights_are_one_sentence(tmp_path: Path) -> None:
    expected = r"se esperaban los pesos de la LSTM registrada, se encontró que no existe el fichero"
    with pytest.raises(RecordError, match=expected + REMEDY):
        load_model(SHAPE, tmp_path / WEIGHTS_FILE)


def test_weights_of_another_network_are_one_sentence(lstm: Needed, tmp_path: Path) -> None:
    other = SHAPE.model_copy(update={"units": 5})
    with pytest.raises(RecordError, match="se encontró un fichero dañado o de otra red" + REMEDY):
        load_model(other, lstm.folder / WEIGHTS_FILE)
    damaged = tmp_path / WEIGHTS_FILE
    damaged.write_bytes(b"not HDF5")
    with pytest.raises(RecordError, match="se encontró un fichero dañado o de otra red" + REMEDY):
        load_model(SHAPE, damaged)


@pytest.mark.usefixtures("uncompiled")
def test_weights_of_another_training_are_one_sentence(lstm: Needed, linear: Needed) -> None:
    other = with_arrays(lstm, probability=np.clip(lstm.run.arrays["probability"] + 0.25, 0, 1))
    expected = r"se encontró otros, que predicen hasta 0\.250 por encima o por debajo de lo registrado"
    with pytest.raises(RecordError, match=expected + REMEDY):
        measure(other, linear)


@pytest.mark.parametrize("changed", ["review_id", "label"])
def test_models_tested_on_other_reviews_are_not_compared(lstm: Needed, linear: Needed, changed: str) -> None:
    other = with_arrays(linear, **{changed: np.roll(linear.run.arrays[changed], 1)})
    with pytest.raises(
        RecordError, match=r"^linear/seed-4: se esperaban las mismas reseñas de prueba que en lstm/seed-4"
    ):
        measure(lstm, other)


@pytest.mark.parametrize("name", ["window", "near", "far", "occluded_reviews", "bootstrap_samples"])
def test_an_influence_measured_otherwise_is_not_compared(lstm: Needed, linear: Needed, name: str) -> None:
    expected = (
        rf"^linear/seed-4: .* con «{name}» = {getattr(CONFIG, name)}, se encontró 999; iguale «{name}» en"
    )
    with pytest.raises(RecordError, match=expected):
        measure(lstm, with_settings(linear, **{name: 999}))


def test_a_control_of_more_words_than_the_network_reads_is_not_compared(lstm: Needed, linear: Needed) -> None:
    expected = (
        r"se esperaba un modelo de las últimas 12 palabras, .* se encontró uno de 30; iguale «last_words»"
    )
    with pytest.raises(RecordError, match=expected):
        measure(lstm, with_settings(linear, last_words=30))


@pytest.mark.usefixtures("uncompiled")
def test_other_windows_are_not_compared(lstm: Needed, linear: Needed) -> None:
    table = linear.run.arrays["occlusion"]
    for other in (table[1:], np.where(np.arange(table.shape[1]) == 2, np.nan, table)):
        with pytest.raises(
            RecordError, match=r"^linear/seed-4: se esperaban ocultas las mismas ventanas .* en lstm/seed-4"
        ):
            measure(lstm, with_arrays(linear, occlusion=other))
