"""The classifier's experiment on reviews that can be read at a glance."""

import os
import shutil
from collections import Counter
from collections.abc import Callable, Iterator
from math import cos, log, pi
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from experiments import runtime

os.environ.update(runtime.ENVIRONMENT)  # before TensorFlow is imported

import keras

from experiments.data.sets import DataError, ReviewData, Reviews
from experiments.kinds.base import Job
from experiments.kinds.lstm import WEIGHTS_FILE, LstmConfig, LstmEpoch, LstmResults, contradictions
from experiments.records.base import WORK, Arrays, DataInfo
from experiments.records.files import file_digest
from experiments.reviews import lstm_imdb, lstm_training
from experiments.reviews.classifier import build_model, load_weights
from experiments.reviews.lstm_imdb import initial_vectors, to_epoch
from experiments.reviews.lstm_state import State
from experiments.reviews.text import build_vocabulary, encode, split, tokenize


def reviews(texts: list[str], labels: list[int]) -> Reviews:
    n = len(texts)
    return Reviews(
        texts=texts,
        labels=np.array(labels, np.int8),
        stars=np.arange(1, n + 1, dtype=np.int8),
        ids=np.arange(100, 100 + n, dtype=np.int32),
        distances=np.arange(n, dtype=np.int32),
    )


def silent(**event: object) -> None:
    pass


def test_an_epoch_as_the_record_states_it() -> None:
    logs = {
        "loss": 0.7,
        "accuracy": 0.5,
        "train_loss": 0.6,
        "train_accuracy": 0.75,
        "val_loss": 0.65,
        "val_accuracy": 0.625,
        "val_loss_se": 0.01,
        "learning_rate": float(np.float32(2e-4)),  # as Keras has it
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


# --- the experiment without its training -------------------------------------------------

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
DATA = ReviewData(
    train=reviews([f"common {word}" for word in TRAIN_WORDS], [0, 1] * 10),
    test=reviews(["new words", "common words here", "common", "only3 only4"], [0, 0, 1, 1]),
    info=DataInfo(name="imdb", digest="a" * 64, n_train=20, n_test=4),
)
CONFIG = LstmConfig(
    vocabulary_size=50, sequence_length=2, embedding_dim=2, units=2, batch_size=8, train_eval_size=5
)
Untrained = Callable[[int], tuple[LstmResults, Arrays, dict[str, Any]]]


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Untrained:
    """The experiment without its training; answers results, arrays and what training was given."""

    def run_with(seed: int) -> tuple[LstmResults, Arrays, dict[str, Any]]:
        given: dict[str, Any] = {"predicted": [], "told": []}

        def train(model, batches, measure, config, job) -> State:  # type: ignore[no-untyped-def]
            given.update(batches=batches, measure=measure)
            return State(
                logs=EPOCHS,
                probability=[np.full(4, p, np.float32) for p in (0.5, 0.75, 0.25)],
                stopped=True,
                best=2,
            )

        def answer(model: object, tokens: np.ndarray) -> np.ndarray:
            given["predicted"].append(tokens.tolist())
            return np.array([0.25, 0.75, 0.75, 0.5], np.float32)

        def remember(documents: Any, size: int) -> dict[str, int]:
            given["fitted"] = list(documents)
            given["vocabulary"] = build_vocabulary(given["fitted"], size)
            return given["vocabulary"]

        monkeypatch.setattr(lstm_imdb, "train", train)
        monkeypatch.setattr(lstm_imdb, "predict", answer)
        monkeypatch.setattr(lstm_imdb, "build_vocabulary", remember)
        job = Job(tmp_path, lambda **event: given["told"].append(event))
        results, arrays = lstm_imdb.run(CONFIG, seed, DATA, job)
        return results, arrays, given

    return run_with


def test_a_fifth_is_for_validation_and_no_review_is_in_both_parts(run: Untrained) -> None:
    results, arrays, given = run(1)
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
    assert results.sizes.model_dump() == {
        **{"train": 16, "validation": 4, "test": 4, "train_evaluated": 5},
        **{"vocabulary": 2 + 17, "known_vectors": 0},
    }
    assert results.model.parameters == 50 * 2 + 4 * 2 * (2 + 2 + 1) + 3
    assert contradictions(CONFIG, results.model) == []
    # the rows of the validation part are those that the vocabulary has not seen
    assert {TRAIN_WORDS[row] for row in arrays["val_row"]} == set(TRAIN_WORDS) - set(fitted)
    assert arrays["val_label"].tolist() == [row % 2 for row in arrays["val_row"]]


def test_the_vocabulary_comes_from_the_training_reviews_alone(run: Untrained) -> None:
    _, _, given = run(1)
    known = set(given["vocabulary"])
    assert "common" in known
    assert len(known & set(TRAIN_WORDS)) == 16
    assert not known & {"new", "words", "here"}


def test_the_seed_decides_the_split(run: Untrained) -> None:
    fitted = [{words[1] for words in run(seed)[2]["fitted"]} for seed in (1, 1, 2)]
    assert fitted[0] == fitted[1] != fitted[2]


def test_the_test_part_is_measured_once_and_by_hand(run: Untrained) -> None:
    results, arrays, given = run(1)
    assert len(given["predicted"]) == 1
    assert given["predicted"][0][0] == [1, 1]
    assert given["predicted"][0][2] == [0, given["vocabulary"]["common"]]
    # 0.25, 0.75 | 0.75, 0.5: one mistake in each class
    assert results.confusion.model_dump() == {
        "true_negative": 1,
        "false_positive": 1,
        "false_negative": 1,
        "true_positive": 1,
    }
    losses = (log(4 / 3), log(4), log(4 / 3), log(2))
    assert results.test_loss == pytest.approx(sum(losses) / 4)
    assert results.selected_epoch == 2
    assert [epoch.epoch for epoch in results.epochs] == [1, 2, 3]
    assert results.stopped_early is True
    assert given["told"] == [{"epoch": 3, "loss": 0.5, "done": 1.0, "testing": True}]
    validation = {name: arrays.pop(name) for name in sorted(arrays) if name.startswith("val_")}
    assert {name: (array.dtype.name, array.tolist()) for name, array in arrays.items()} == {
        "probability": ("float32", [0.25, 0.75, 0.75, 0.5]),
        "label": ("int8", [0, 0, 1, 1]),
        "length": ("int32", [2, 3, 1, 2]),  # before truncation
        "stars": ("int8", [1, 2, 3, 4]),
        "review_id": ("int32", [100, 101, 102, 103]),
        "distance": ("int32", [0, 1, 2, 3]),
    }
    assert {name: (array.dtype.name, array.shape) for name, array in validation.items()} == {
        "val_label": ("int8", (4,)),
        "val_losses": ("float16", (3, 4)),
        "val_probability": ("float32", (4,)),
        "val_row": ("int32", (4,)),
    }
    assert validation["val_probability"].tolist() == [0.75] * 4  # of the second epoch
    for row, p in zip(validation["val_losses"], (0.5, 0.75, 0.25), strict=True):
        expected = [-log(p) if label else -log(1 - p) for label in validation["val_label"]]
        np.testing.assert_allclose(row, expected, rtol=1e-3)  # three digits in float16


# --- where the words' vectors begin ------------------------------------------------------

DOCUMENTS = [["a", "b"], ["c", "d"]] * 2
VOCABULARY = {"a": 2, "b": 3, "c": 4, "d": 5}
SMALL = CONFIG.model_copy(update={"vocabulary_size": 9, "embedding_dim": 3})


def test_learned_vectors_begin_as_keras_begins_them(tmp_path: Path) -> None:
    assert initial_vectors(SMALL, 1, DOCUMENTS, VOCABULARY, Job(tmp_path, silent)) == (None, 0)


def test_fitted_vectors_fill_the_ids_of_the_words(tmp_path: Path) -> None:
    config = SMALL.model_copy(update={"embedding": "ppmi_svd"})
    vectors, known = initial_vectors(config, 1, DOCUMENTS, VOCABULARY, Job(tmp_path, silent))
    assert (vectors.shape, vectors.dtype, known) == ((9, 3), np.float32, 0)
    assert vectors[2:6].any(axis=1).all()
    assert not vectors[6:].any()


def test_vectors_of_a_file_are_those_of_the_configured_file(tmp_path: Path) -> None:
    path = tmp_path / "mine.txt"
    path.write_text("b 1 2 3\nelse 4 5 6\n")
    job = Job(tmp_path, silent, files={"embedding": path})
    named = {"embedding": "mine.txt", "embedding_digest": file_digest(path)}
    vectors, known = initial_vectors(SMALL.model_copy(update=named), 1, DOCUMENTS, VOCABULARY, job)
    assert (vectors[3].tolist(), known) == ([1.0, 2.0, 3.0], 1)

    path.write_text("b 1 2 4\n")
    with pytest.raises(DataError, match=f"con huella {named['embedding_digest'][:12]}, se encontró otro"):
        initial_vectors(SMALL.model_copy(update=named), 1, DOCUMENTS, VOCABULARY, job)
    with pytest.raises(DataError, match="con huella desconocida"):
        initial_vectors(SMALL.model_copy(update={"embedding": "mine.txt"}), 1, DOCUMENTS, VOCABULARY, job)


# --- interruptions -----------------------------------------------------------------------


class KilledError(Exception):
    """Ends a run at once, as a signal would."""


def opinions(n: int, seed: int) -> Reviews:
    rng = np.random.default_rng(seed)
    labels = [row % 2 for row in range(n)]
    words = [rng.choice(["film", "plot", "cast", "scene"], 3).tolist() for _ in range(n)]
    return reviews(
        [" ".join([*rest, ("bad", "good")[y]]) for rest, y in zip(words, labels, strict=True)], labels
    )


OPINIONS = ReviewData(
    train=opinions(30, 0),
    test=opinions(6, 1),
    info=DataInfo(name="own_reviews", digest="a" * 64, n_train=30, n_test=6),
)
SEED = 3
SETTINGS: dict[str, Any] = {
    **{"vocabulary_size": 9, "sequence_length": 2, "embedding_dim": 2, "units": 2, "batch_size": 12},
    **{"max_epochs": 4, "train_eval_size": 6, "learning_rate": 0.1},
}
# too fast: the validation loss is worse after the first epoch, so that patience matters
PLATEAU = LstmConfig(**SETTINGS | {"learning_rate": 1.0}, reduce_lr_patience=1)
COSINE = LstmConfig(
    **SETTINGS | {"batch_size": 24, "max_epochs": 3},
    **{"cell": "transformer", "pooling": "mean", "schedule": "cosine", "optimizer": "sgd"},
    embedding="ppmi_svd",
)
Ended = tuple[LstmResults, Arrays, list[dict[str, Any]]]

# Keras' own
pytestmark = pytest.mark.filterwarnings("ignore:__array__ implementation:DeprecationWarning")


@pytest.fixture(scope="module")
def _eager() -> Iterator[None]:
    """Without graphs, which take longer to make than the few steps of a test."""

    def build(*arguments: Any, **options: Any) -> keras.Model:
        model = build_model(*arguments, **options)
        model.run_eagerly, model.jit_compile = True, False
        return model

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(lstm_imdb, "build_model", build)
        patch.setattr(lstm_training, "PROGRESS_EVERY", 1)
        yield


def finish(folder: Path, config: LstmConfig) -> Ended:
    """Results, arrays, and what it told."""
    told: list[dict[str, Any]] = []
    (folder / WORK).mkdir(parents=True, exist_ok=True)
    job = Job(folder, lambda **event: told.append(event))
    return *lstm_imdb.run(config, SEED, OPINIONS, job), told


def kill(folder: Path, config: LstmConfig, epoch: int, done: bool) -> None:
    """Begin or go on, and end outright within ``epoch`` or as soon as it is ``done``."""

    def progress(**event: Any) -> None:
        if event["done"] > 0 and event["epoch"] == epoch and event.get("unit_done", False) == done:
            raise KilledError

    (folder / WORK).mkdir(parents=True, exist_ok=True)
    with pytest.raises(KilledError):
        lstm_imdb.run(config, SEED, OPINIONS, Job(folder, progress))


def assert_same(one: Ended, other: Ended) -> None:
    """Bit for bit, but for the clock."""
    clock = {"epochs": {"__all__": {"duration_s"}}}
    assert one[0].model_dump(exclude=clock) == other[0].model_dump(exclude=clock)
    for name, array in one[1].items():
        np.testing.assert_array_equal(array, other[1][name], err_msg=name)


@pytest.fixture(scope="module")
def folders(_eager: None, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path, Ended]:
    """A finished run, the same one killed after its third epoch, and what the first one found."""
    whole, killed = tmp_path_factory.mktemp("whole"), tmp_path_factory.mktemp("killed")
    ended = finish(whole, PLATEAU)
    kill(killed, PLATEAU, epoch=2, done=False)
    kill(killed, PLATEAU, epoch=3, done=True)
    return whole, killed, ended


def copied(folder: Path, target: Path) -> Path:
    return shutil.copytree(folder, target / "copy")


def test_a_killed_run_ends_as_if_uninterrupted(folders: tuple[Path, Path, Ended], tmp_path: Path) -> None:
    _, killed, whole = folders
    assert [epoch.learning_rate for epoch in whole[0].epochs] == [1.0, 1.0, 0.5, 0.25]
    assert (whole[0].selected_epoch, whole[0].stopped_early) == (1, True)
    resumed = finish(copied(killed, tmp_path), PLATEAU)
    assert resumed[2][0]["epoch"] == 4  # nothing before it is done again
    assert not [event for event in resumed[2] if "notice" in event]
    assert_same(resumed, whole)


def test_killed_while_it_was_tested_nothing_is_trained_again(
    folders: tuple[Path, Path, Ended], tmp_path: Path
) -> None:
    folder = copied(folders[0], tmp_path)
    weights = (folder / WEIGHTS_FILE).read_bytes()
    (folder / WEIGHTS_FILE).write_bytes(b"broken")
    again = finish(folder, PLATEAU)
    assert [event.get("testing") for event in again[2]] == [True]
    assert_same(again, folders[2])
    assert (folder / WEIGHTS_FILE).read_bytes() == weights


@pytest.mark.parametrize(
    ("pattern", "first", "goes_on"),
    [
        ("epoch-3.state", 3, "sigue tras la época 2."),
        ("best-*.weights.h5", 1, "empieza de nuevo."),
    ],
)
def test_what_was_damaged_is_set_aside_and_done_again(
    folders: tuple[Path, Path, Ended], tmp_path: Path, pattern: str, first: int, goes_on: str
) -> None:
    folder = copied(folders[1], tmp_path)
    damaged = list((folder / WORK).glob(pattern))
    assert damaged
    for path in damaged:
        path.write_bytes(path.read_bytes()[:1000])
    resumed = finish(folder, PLATEAU)
    notice = resumed[2][0]["notice"]
    assert all(f"{path.name}.roto" in notice for path in damaged)
    assert notice.endswith(goes_on)
    assert resumed[2][1]["epoch"] == first
    assert all(path.with_name(f"{path.name}.roto").exists() for path in damaged)
    assert_same(resumed, folders[2])


@pytest.mark.usefixtures("_eager")
def test_the_cosine_schedule_goes_on(tmp_path: Path) -> None:
    whole = finish(tmp_path / "whole", COSINE)
    assert contradictions(COSINE, whole[0].model, 1) == []  # 24 of the 30 reviews, in one batch
    kill(tmp_path / "killed", COSINE, epoch=1, done=True)
    resumed = finish(tmp_path / "killed", COSINE)
    assert resumed[2][1]["epoch"] == 2
    assert_same(resumed, whole)
    # at the end of each of 3 epochs (Loshchilov & Hutter, 2017)
    expected = [0.1 * (1 + cos(pi * epoch / 3)) / 2 for epoch in (1, 2, 3)]
    np.testing.assert_allclose([epoch.learning_rate for epoch in resumed[0].epochs], expected, atol=1e-8)


def test_the_kept_weights_and_probabilities_are_those_of_the_selected_epoch(
    folders: tuple[Path, Path, Ended],
) -> None:
    folder, _, (results, arrays, _) = folders
    losses = arrays["val_losses"].astype(float).mean(axis=1)
    assert losses.argmin() + 1 == results.selected_epoch
    np.testing.assert_allclose(losses, [epoch.val_loss for epoch in results.epochs], rtol=1e-3)
    parts = split(OPINIONS.train, OPINIONS.test, None, 0.2, SEED)
    words = [tokenize(text) for text in OPINIONS.train.texts]
    vocabulary = build_vocabulary([words[row] for row in parts.train], 9)
    model = build_model(PLATEAU)
    load_weights(model, folder / WEIGHTS_FILE)
    validation = [words[row] for row in arrays["val_row"]]
    test = [tokenize(text) for text in OPINIONS.test.texts]
    for documents, name in ((validation, "val_probability"), (test, "probability")):
        answers = model(encode(documents, vocabulary, 2)).numpy()[:, 0]
        np.testing.assert_allclose(answers, arrays[name], atol=1e-6)


@pytest.mark.usefixtures("_eager")
def test_training_learns(tmp_path: Path) -> None:
    plain = {"spatial_dropout": 0.0, "dropout": 0.0, "head_dropout": 0.0, "embedding_dim": 4}
    steady = {"schedule": "constant", "optimizer": "adam", "max_epochs": 6, "batch_size": 12}
    config = COSINE.model_copy(update=plain | steady)
    epochs = finish(tmp_path, config)[0].epochs
    assert epochs[-1].train_loss < log(2) / 2 < epochs[0].train_loss
    assert {epoch.learning_rate for epoch in epochs} == {0.1}
