"""The control on reviews that can be read at a glance."""

import os
import subprocess
import sys

import numpy as np
import pytest

from experiments import runtime

os.environ.update(runtime.ENVIRONMENT)  # before TensorFlow is imported

from experiments import lstm_imdb
from experiments.datasets import Imdb, Reviews
from experiments.linear_imdb import occlude, run, take, tokenize, words_and_pairs
from experiments.records import DataInfo, LinearConfig, LinearRecord

LENGTH = 200  # words, so that some are far from the end
N = 60
CONFIG = LinearConfig(candidates=(0.1, 10.0), occluded_reviews=20)


def reviews(seed: int, decisive: bool = True) -> Reviews:
    """Filler, and in the middle a word that tells the label, or tells nothing."""
    rng = np.random.default_rng(seed)
    labels = np.arange(N, dtype=np.int8) % 2
    texts = []
    for label in labels if decisive else rng.permutation(labels):
        words = rng.choice(["alpha", "beta", "gamma", "delta"], LENGTH).tolist()
        words[LENGTH // 2] = "superb" if label else "dull"
        texts.append(" ".join(words))
    return Reviews(
        texts=texts,
        labels=labels,
        stars=np.where(labels, 9, 2).astype(np.int8),
        ids=np.arange(500, 500 + N, dtype=np.int32),
        distances=np.full(N, LENGTH // 2 - 1, np.int32),
    )


def imdb(decisive: bool = True) -> Imdb:
    info = DataInfo(name="imdb", digest="a" * 64, n_train=N, n_test=N)
    return Imdb(reviews(1, decisive), reviews(2, decisive), info)


def quiet(**event: object) -> None:
    pass


@pytest.mark.parametrize(
    "text",
    ["A GOOD film.", "good<br /><br />bad", "I don't; 'quoted' ones'", "10/10, café_bar!", "...", "İ ß ﬁ"],
)
def test_words_are_those_of_the_lstm(text: str) -> None:
    assert tokenize(text) == lstm_imdb.tokenize(text)


@pytest.mark.parametrize("limit", [None, 10, 31, N, N + 1])
def test_reviews_are_those_of_the_lstm(limit: int | None) -> None:
    part = reviews(1)
    np.testing.assert_array_equal(take(part, limit), lstm_imdb.take(part, limit))


def test_the_control_needs_no_tensorflow() -> None:
    code = "import sys, experiments.linear_imdb; sys.exit('tensorflow' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], cwd=runtime.ROOT, check=False).returncode == 0


def test_words_and_pairs() -> None:
    assert words_and_pairs(["not", "so", "good"]) == ["not", "so", "good", "not so", "so good"]
    assert words_and_pairs([]) == []


def test_each_window_is_taken_out_the_last_one_first() -> None:
    assert occlude(list("abcde"), window=2) == [list("abc"), list("ade")]
    assert occlude(list("abcdef"), window=2, span=3) == [list("abcd")]
    assert occlude(["a"], window=2) == []


def test_one_word_decides_and_its_window_alone_has_influence() -> None:
    results, arrays = run(CONFIG, 0, imdb(), quiet)
    assert results["sizes"].model_dump() == {
        "train": 48,
        "validation": 12,
        "test": N,
        "features": results["sizes"].features,
    }
    assert results["confusion"].model_dump() == {
        "true_negative": 30,
        "false_positive": 0,
        "false_negative": 0,
        "true_positive": 30,
    }
    means = {point.distance: point.mean for point in results["influence"]}
    decisive = LENGTH // 2 - 10  # 99 words follow it
    assert max(means, key=lambda distance: means[distance]) == decisive
    assert means[decisive] > 5 * max(mean for distance, mean in means.items() if distance != decisive)
    assert results["candidates"][0].val_accuracy == results["candidates"][1].val_accuracy == 1
    assert results["chosen_c"] == 0.1  # of equals, the strongest penalty
    probability, label = arrays["probability"].astype(float), arrays["label"]
    assert ((probability > 0.5) == label).all()
    expected = -np.log(np.where(label == 1, probability, 1 - probability)).mean()
    assert results["test_loss"] == pytest.approx(expected, abs=1e-6)
    assert arrays["length"].tolist() == [LENGTH] * N
    assert arrays["review_id"].tolist() == list(range(500, 500 + N))
    assert {name: array.dtype.name for name, array in arrays.items()} == {
        "probability": "float32",
        "label": "int8",
        "length": "int32",
        "stars": "int8",
        "review_id": "int32",
        "distance": "int32",
    }
    assert set(results) <= set(LinearRecord.model_fields)


def test_words_that_tell_nothing_teach_nothing() -> None:
    confusion = run(CONFIG, 0, imdb(decisive=False), quiet)[0]["confusion"]
    assert 0.25 < (confusion.true_negative + confusion.true_positive) / N < 0.75


def test_the_test_part_takes_no_part_in_the_choice() -> None:
    data = imdb()
    other = Imdb(data.train, reviews(5, decisive=False), data.info)
    first, second = (run(CONFIG, 0, part, quiet)[0] for part in (data, other))
    assert first["candidates"] == second["candidates"]
    assert first["sizes"] == second["sizes"]


def test_the_seed_decides_the_split() -> None:
    config = CONFIG.model_copy(update={"min_documents": 1})
    train = reviews(1)
    texts = [f"{text} only{row}" for row, text in enumerate(train.texts)]  # a word of its own
    data = Imdb(Reviews(**(vars(train) | {"texts": texts})), reviews(2), imdb().info)
    first, again, other = (run(config, seed, data, quiet)[1]["probability"] for seed in (1, 1, 2))
    np.testing.assert_array_equal(first, again)
    assert not np.array_equal(first, other)
