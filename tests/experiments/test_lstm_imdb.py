"""The LSTM on reviews that can be read at a glance."""

import json
import os
from collections import Counter
from collections.abc import Callable
from math import log
from pathlib import Path

import numpy as np
import pytest

from experiments import runtime

os.environ.update(runtime.ENVIRONMENT)  # before TensorFlow is imported

from experiments import lstm_imdb
from experiments.datasets import Imdb, Reviews
from experiments.lstm_imdb import (
    Batches,
    Measure,
    accuracy,
    build_model,
    build_vocabulary,
    cross_entropy,
    encode,
    read_journal,
    take,
    to_epoch,
    tokenize,
)
from experiments.records import DataInfo, LstmConfig, LstmEpoch

TINY = LstmConfig(vocabulary_size=20, sequence_length=4, embedding_dim=3, units=2, batch_size=4)


def reviews(texts: list[str], labels: list[int]) -> Reviews:
    n = len(texts)
    return Reviews(
        texts=texts,
        labels=np.array(labels, np.int8),
        stars=np.arange(1, n + 1, dtype=np.int8),
        ids=np.arange(100, 100 + n, dtype=np.int32),
        distances=np.arange(n, dtype=np.int32),
    )


# --- words -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("A GOOD film.", ["a", "good", "film"]),
        ("good<br /><br />bad", ["good", "bad"]),
        ("I don't; 'quoted' ones'", ["i", "don't", "quoted", "ones"]),
        ("10/10, café_bar!", ["10", "10", "café", "bar"]),
        ("...", []),
    ],
)
def test_words_are_lower_case_without_marks(text: str, words: list[str]) -> None:
    assert tokenize(text) == words


def test_the_vocabulary_has_the_most_frequent_words_and_ties_in_alphabetical_order() -> None:
    documents = [["b", "a", "c"], ["b", "d", "a"], ["b"]]  # b 3, a 2, c and d 1
    assert build_vocabulary(documents, 5) == {"b": 2, "a": 3, "c": 4}
    assert build_vocabulary(documents, 100) == {"b": 2, "a": 3, "c": 4, "d": 5}


def test_the_last_words_are_kept_and_short_reviews_are_padded_in_front() -> None:
    vocabulary = {"a": 2, "b": 3, "c": 4}
    documents = [["a", "b", "c", "b"], ["c"], [], ["a", "unheard", "b"]]
    tokens = encode(documents, vocabulary, 3)
    assert tokens.dtype == np.int32
    assert tokens.tolist() == [[3, 4, 3], [0, 0, 4], [0, 0, 0], [2, 1, 3]]


# --- reviews -----------------------------------------------------------------------------


def test_taking_fewer_reviews_keeps_the_classes_balanced() -> None:
    labels = [0] * 15 + [1] * 5
    data = reviews(["x"] * 20, labels)
    kept = take(data, 8)
    assert Counter(data.labels[kept].tolist()) == {0: 6, 1: 2}
    assert kept.tolist() == sorted(set(kept.tolist()))
    np.testing.assert_array_equal(take(data, 8), kept)
    assert not np.array_equal(kept, np.arange(8))


@pytest.mark.parametrize("limit", [None, 20, 21])
def test_taking_all_reviews_takes_each_once(limit: int | None) -> None:
    assert take(reviews(["x"] * 20, [0, 1] * 10), limit).tolist() == list(range(20))


def make_batches(seed: int = 1, epoch: int = 0) -> Batches:
    batches = Batches(np.arange(10)[:, None] * 10, np.arange(10) % 2, batch_size=4, seed=seed)
    batches.epoch = epoch
    return batches


def order(batches: Batches) -> list[int]:
    return [int(row) // 10 for tokens, _ in batches() for row in tokens[:, 0]]


def test_an_epoch_has_every_review_once_with_its_label() -> None:
    batches = make_batches()
    parts = list(batches())
    assert len(batches) == len(parts) == 3
    assert [len(label) for _, label in parts] == [4, 4, 2]
    for tokens, label in parts:
        assert label.shape == (len(tokens), 1)
        np.testing.assert_array_equal(label[:, 0], tokens[:, 0] // 10 % 2)
    assert sorted(order(batches)) == list(range(10))


def test_the_order_depends_on_seed_and_epoch_alone() -> None:
    assert order(make_batches(seed=1, epoch=3)) == order(make_batches(seed=1, epoch=3))
    orders = [order(make_batches(seed, epoch)) for seed, epoch in ((1, 0), (1, 1), (2, 0), (2, 1))]
    assert len({tuple(each) for each in orders}) == 4
    assert list(range(10)) not in orders


# --- metrics -----------------------------------------------------------------------------


def test_cross_entropy_by_hand() -> None:
    losses = cross_entropy(np.array([0.25, 0.25, 0.5], np.float32), np.array([1, 0, 1]))
    assert losses.dtype == np.float64
    np.testing.assert_allclose(losses, [log(4), log(4 / 3), log(2)], rtol=1e-7)


def test_cross_entropy_of_a_certain_mistake_is_finite() -> None:
    worst = -log(1e-7)  # about 16.1
    np.testing.assert_allclose(cross_entropy(np.array([0.0, 1.0]), np.array([1, 0])), [worst, worst])
    assert np.all(cross_entropy(np.array([0.0, 1.0]), np.array([0, 1])) < 1.1e-7)


def test_accuracy_by_hand() -> None:
    # a half is no positive answer
    assert accuracy(np.array([0.9, 0.2, 0.6, 0.5]), np.array([1, 0, 0, 1])) == 0.5


def test_an_epoch_is_measured_in_inference_mode_on_both_parts(monkeypatch: pytest.MonkeyPatch) -> None:
    train = (np.array([[1], [2]]), np.array([1, 0]))
    validation = (np.array([[3], [4], [5], [6]]), np.array([1, 1, 0, 0]))
    seen = []

    def predict(model: object, tokens: np.ndarray) -> np.ndarray:
        seen.append(tokens[:, 0].tolist())
        return np.array([0.5, 0.75, 0.25, 0.5, 0.75, 0.5])

    monkeypatch.setattr(lstm_imdb, "predict", predict)
    measure = Measure(train, validation)
    measure.on_epoch_begin(0)
    logs = {"loss": 0.9}
    measure.on_epoch_end(0, logs)
    assert seen == [[1, 2, 3, 4, 5, 6]]
    assert logs.pop("duration_s") >= 0
    # losses of training: ln 2, ln 4; of validation: ln 4, ln 2, ln 4, ln 2
    assert logs == {
        "loss": 0.9,
        "train_loss": pytest.approx(1.5 * log(2)),
        "train_accuracy": 0.0,
        "val_loss": pytest.approx(1.5 * log(2)),
        "val_accuracy": 0.25,
        # each is ln 2 / 2 from the mean: variance 4 (ln 2 / 2)² / 3, of the mean a fourth of it
        "val_loss_se": pytest.approx(log(2) / 2 / 3**0.5),
    }


def test_an_epoch_as_the_record_states_it() -> None:
    logs = {
        "loss": 0.7,
        "accuracy": 0.5,
        "train_loss": 0.6,
        "train_accuracy": 0.75,
        "val_loss": 0.65,
        "val_accuracy": 0.625,
        "val_loss_se": 0.01,
        "learning_rate": 2e-4,
        "duration_s": 3.0,
    }
    assert to_epoch(2, logs) == LstmEpoch(
        epoch=2,
        running_loss=0.7,
        running_accuracy=0.5,
        train_loss=0.6,
        train_accuracy=0.75,
        val_loss=0.65,
        val_accuracy=0.625,
        val_loss_se=0.01,
        learning_rate=2e-4,
        duration_s=3.0,
    )


def test_a_journal_that_does_not_exist_is_empty(tmp_path: Path) -> None:
    assert read_journal(tmp_path) == ([], False)
    (tmp_path / "journal.json").write_text(json.dumps({"epochs": [{"loss": 0.5}], "stopped": True}))
    assert read_journal(tmp_path) == ([{"loss": 0.5}], True)


# --- model -------------------------------------------------------------------------------


def test_the_parameters_by_hand() -> None:
    model = build_model(TINY)
    # embedding 20 × 3; four gates of 2 units on 3 inputs, 2 states and a bias; output 2 + 1
    assert model.count_params() == 20 * 3 + 4 * 2 * (3 + 2 + 1) + 3 == 111
    assert model.input_shape == (None, 4)
    assert model.output_shape == (None, 1)
    reference = build_model(LstmConfig())
    assert reference.count_params() == 30_000 * 128 + 4 * 64 * (128 + 64 + 1) + 65 == 3_889_473


@pytest.mark.usefixtures("uncompiled")
def test_one_step_changes_every_parameter_and_depends_on_the_seed() -> None:
    tokens = np.array([[0, 2, 3, 4], [0, 0, 5, 6], [7, 8, 9, 1], [2, 2, 3, 3]], np.int32)
    label = np.array([[1.0], [0.0], [0.0], [1.0]], np.float32)
    starts = []
    for seed in (1, 1, 2):
        lstm_imdb.keras.utils.set_random_seed(seed)
        model = build_model(TINY)
        starts.append([variable.numpy() for variable in model.trainable_variables])
    assert all(np.array_equal(a, b) for a, b in zip(starts[0], starts[1], strict=True))
    assert not np.array_equal(starts[1][0], starts[2][0])

    model.train_on_batch(tokens, label)
    for variable, before in zip(model.trainable_variables, starts[2], strict=True):
        assert np.any(variable.numpy() != before), variable.path
        assert np.all(np.isfinite(variable.numpy())), variable.path


# --- the experiment ----------------------------------------------------------------------

LOGS = {
    "accuracy": 0.5,
    "train_accuracy": 0.5,
    "val_accuracy": 0.5,
    "val_loss_se": 0.01,
    "learning_rate": 1e-3,
}
EPOCHS = [
    LOGS | {"loss": loss, "train_loss": loss, "val_loss": loss, "duration_s": 10.0}
    for loss in (0.7, 0.5, 0.6)
]
TRAIN_WORDS = [f"only{row}" for row in range(20)]
DATA = Imdb(
    train=reviews([f"common {word}" for word in TRAIN_WORDS], [0, 1] * 10),
    test=reviews(["new words", "common words here", "common", "only3 only4"], [0, 0, 1, 1]),
    info=DataInfo(name="imdb", digest="a" * 64, n_train=20, n_test=4),
)
CONFIG = LstmConfig(
    vocabulary_size=50, sequence_length=2, embedding_dim=2, units=2, batch_size=8, train_eval_size=5
)


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Callable:
    """The experiment without its training; answers results, arrays and what training was given."""

    def run_with(seed: int) -> tuple[dict, dict, dict]:
        given: dict = {"predicted": []}

        def train(model, batches, measure, config, folder, progress) -> tuple[list, bool]:
            given.update(batches=batches, measure=measure)
            return EPOCHS, True

        def predict(model: object, tokens: np.ndarray) -> np.ndarray:
            given["predicted"].append(tokens.tolist())
            return np.array([0.25, 0.75, 0.75, 0.5], np.float32)

        def remember(documents, size: int) -> dict[str, int]:
            documents = list(documents)
            given["fitted"] = documents
            given["vocabulary"] = build_vocabulary(documents, size)
            return given["vocabulary"]

        monkeypatch.setattr(lstm_imdb, "train", train)
        monkeypatch.setattr(lstm_imdb, "predict", predict)
        monkeypatch.setattr(lstm_imdb, "build_vocabulary", remember)
        results, arrays = lstm_imdb.run(CONFIG, seed, DATA, tmp_path, lambda **event: None)
        return results, arrays, given

    return run_with


def test_a_fifth_is_for_validation_and_no_review_is_in_both_parts(run: Callable) -> None:
    results, _, given = run(1)
    batches, measure = given["batches"], given["measure"]
    assert batches.tokens.shape == (16, 2)
    assert Counter(batches.label.tolist()) == {0.0: 8, 1.0: 8}
    assert Counter(measure.val_label.tolist()) == {0: 2, 1: 2}
    fitted = [words[1] for words in given["fitted"]]
    assert len(set(fitted)) == 16
    # training knows all its words; of a validation review, only the word that all have
    word = {index: word for word, index in given["vocabulary"].items()}
    assert [word[row[1]] for row in batches.tokens.tolist()] == fitted
    common = given["vocabulary"]["common"]
    assert measure.tokens[measure.n_train :].tolist() == [[common, 1]] * 4
    assert measure.tokens[: measure.n_train].tolist() == batches.tokens[:5].tolist()
    sizes = results["sizes"].model_dump()
    assert sizes.pop("parameters") == 50 * 2 + 4 * 2 * (2 + 2 + 1) + 3
    assert sizes == {"train": 16, "validation": 4, "test": 4, "train_evaluated": 5, "vocabulary": 2 + 17}


def test_the_vocabulary_comes_from_the_training_reviews_alone(run: Callable) -> None:
    _, _, given = run(1)
    known = set(given["vocabulary"])
    assert "common" in known
    assert len(known & set(TRAIN_WORDS)) == 16
    assert not known & {"new", "words", "here"}


def test_the_seed_decides_the_split(run: Callable) -> None:
    fitted = [{words[1] for words in run(seed)[2]["fitted"]} for seed in (1, 1, 2)]
    assert fitted[0] == fitted[1] != fitted[2]


def test_the_test_part_is_measured_once_and_by_hand(run: Callable) -> None:
    results, arrays, given = run(1)
    assert len(given["predicted"]) == 1
    assert given["predicted"][0][0] == [1, 1]
    assert given["predicted"][0][2] == [0, given["vocabulary"]["common"]]
    # 0.25, 0.75 | 0.75, 0.5: one mistake in each class
    assert results["confusion"].model_dump() == {
        "true_negative": 1,
        "false_positive": 1,
        "false_negative": 1,
        "true_positive": 1,
    }
    losses = (log(4 / 3), log(4), log(4 / 3), log(2))
    assert results["test_loss"] == pytest.approx(sum(losses) / 4)
    assert results["selected_epoch"] == 2
    assert [epoch.epoch for epoch in results["epochs"]] == [1, 2, 3]
    assert results["stopped_early"] is True
    assert results["duration_s"] == pytest.approx(30.0, abs=5.0)
    assert {name: (array.dtype.name, array.tolist()) for name, array in arrays.items()} == {
        "probability": ("float32", [0.25, 0.75, 0.75, 0.5]),
        "label": ("int8", [0, 0, 1, 1]),
        "length": ("int32", [2, 3, 1, 2]),  # before truncation
        "stars": ("int8", [1, 2, 3, 4]),
        "review_id": ("int32", [100, 101, 102, 103]),
        "distance": ("int32", [0, 1, 2, 3]),
    }
