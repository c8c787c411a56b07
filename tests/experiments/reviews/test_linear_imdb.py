"""The controls on reviews that can be read at a glance."""

import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from experiments.data.sets import ReviewData, Reviews
from experiments.kinds.base import Job
from experiments.kinds.linear import KIND, LINEAR_MODELS, LinearConfig, LinearResults
from experiments.paths import ROOT
from experiments.records.base import Arrays, DataInfo
from experiments.reviews.linear_imdb import fit, occlude, run
from experiments.reviews.ngrams import Parts, count, tfidf
from experiments.reviews.text import split, tokenize

LENGTH = 200  # words, so that some are far from the end
N = 60
CONFIG = LinearConfig(
    tfidf_candidates=(10.0, 0.1),
    log_count_candidates=(1.0, 0.01),
    last_words=LENGTH,
    validation_fraction=0.2,
    occluded_reviews=20,
    window=10,
    near=50,
    far=150,
    bootstrap_samples=200,
)


def reviews(seed: int, decisive: bool = True, place: int = LENGTH // 2) -> Reviews:
    """Filler, and at ``place`` a word that tells the label, or tells nothing."""
    rng = np.random.default_rng(seed)
    labels = np.arange(N, dtype=np.int8) % 2
    texts = []
    for label in labels if decisive else rng.permutation(labels):
        words = rng.choice(["alpha", "beta", "gamma", "delta"], LENGTH).tolist()
        words[place] = "superb" if label else "dull"
        texts.append(" ".join(words))
    return Reviews(
        texts=texts,
        labels=labels,
        stars=np.where(labels, 9, 2).astype(np.int8),
        ids=np.arange(500, 500 + N, dtype=np.int32),
        distances=np.full(N, LENGTH - 1 - place, np.int32),
    )


def imdb(decisive: bool = True, place: int = LENGTH // 2) -> ReviewData:
    info = DataInfo(name="imdb", digest="a" * 64, n_train=N, n_test=N)
    return ReviewData(reviews(1, decisive, place), reviews(2, decisive, place), info)


def measure(config: LinearConfig, seed: int, data: ReviewData) -> tuple[LinearResults, Arrays]:
    return run(config, seed, data, Job(Path("unused"), lambda **event: None))


def test_the_control_needs_no_tensorflow() -> None:
    code = "import sys, experiments.reviews.linear_imdb; sys.exit('tensorflow' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], cwd=ROOT, check=False).returncode == 0


def test_each_window_is_taken_out_the_last_one_first() -> None:
    assert occlude(list("abcde"), window=2, span=5) == [list("abc"), list("ade")]
    assert occlude(list("abcdef"), window=2, span=3) == [list("abcd")]
    assert occlude(["a"], window=2, span=9) == []


def test_one_word_decides_and_its_window_alone_has_influence() -> None:
    results, arrays = measure(CONFIG, 0, imdb())
    assert results.sizes.model_dump() == {"train": 48, "validation": 12, "test": N}
    assert tuple(model.name for model in results.models) == LINEAR_MODELS
    label = arrays["label"]
    for model, probability in zip(results.models, arrays["probability"].astype(float), strict=True):
        assert model.confusion.model_dump() == {
            "true_negative": 30,
            "false_positive": 0,
            "false_negative": 0,
            "true_positive": 30,
        }
        assert model.candidates[0].val_accuracy == model.candidates[1].val_accuracy == 1
        assert model.chosen_c == min(candidate.c for candidate in model.candidates)  # the strongest penalty
        assert ((probability > 0.5) == label).all()
        expected = -np.log(np.where(label == 1, probability, 1 - probability)).mean()
        assert model.test_loss == pytest.approx(expected, abs=1e-6)
    means = {point.distance: point.mean for point in results.influence}
    decisive = LENGTH // 2 - 10  # 99 words follow it
    assert max(means, key=lambda distance: means[distance]) == decisive
    assert means[decisive] > 5 * max(mean for distance, mean in means.items() if distance != decisive)
    assert arrays["length"].tolist() == [LENGTH] * N
    assert arrays["review_id"].tolist() == list(range(500, 500 + N))
    assert {name: array.dtype.name for name, array in arrays.items()} == {
        "probability": "float32",
        "label": "int8",
        "length": "int32",
        "stars": "int8",
        "review_id": "int32",
        "distance": "int32",
        "val_probability": "float32",
        "val_label": "int8",
        "val_row": "int32",
        "occlusion": "float32",
    }
    assert set(arrays) == set(KIND.arrays)


def test_validation_is_measured_on_the_rows_that_are_named() -> None:
    data = imdb()
    results, arrays = measure(CONFIG, 3, data)
    validation = split(data.train, data.test, None, 0.2, 3).validation
    assert arrays["val_row"].tolist() == validation.tolist()
    assert arrays["val_label"].tolist() == data.train.labels[validation].tolist()
    for model, probability in zip(results.models, arrays["val_probability"].astype(float), strict=True):
        right = np.where(arrays["val_label"] == 1, probability, 1 - probability)
        assert model.val_loss == pytest.approx(-np.log(right).mean(), abs=1e-6)
        assert model.val_accuracy == pytest.approx((right > 0.5).mean())


def test_the_influence_is_what_hiding_words_does_to_the_answer() -> None:
    data = imdb()
    hidden = [" ".join(occlude(tokenize(text), 10, LENGTH)[3]) for text in data.test.texts]
    _, whole = measure(CONFIG.model_copy(update={"occluded_reviews": N}), 0, data)
    _, without = measure(CONFIG, 0, replace(data, test=replace(data.test, texts=hidden)))
    index = LINEAR_MODELS.index("log_count")
    logits = [
        np.log(p / (1 - p)) for p in (run["probability"][index].astype(float) for run in (whole, without))
    ]
    np.testing.assert_allclose(whole["occlusion"][:, 3], np.abs(logits[1] - logits[0]), atol=1e-4)


def test_the_last_words_alone_are_seen_by_the_third_model() -> None:
    narrow = CONFIG.model_copy(update={"last_words": 160})
    results, arrays = measure(narrow, 0, imdb(place=30))  # 169 words follow what decides
    assert [results.model_named(name).confusion.accuracy for name in ("tfidf", "log_count")] == [1, 1]
    assert 0.25 < results.model_named("log_count_last").confusion.accuracy < 0.75
    assert arrays["occlusion"].shape == (20, 16)
    wide, _ = measure(CONFIG, 0, imdb(place=30))
    assert wide.model_named("log_count_last").confusion.accuracy == 1


def test_where_all_words_are_the_last_both_models_are_one() -> None:
    results, arrays = measure(CONFIG, 0, imdb(decisive=False))
    _, whole, last = arrays["probability"]
    np.testing.assert_array_equal(whole, last)
    assert results.model_named("log_count").features == results.model_named("log_count_last").features


def test_words_that_tell_nothing_teach_nothing() -> None:
    results, _ = measure(CONFIG, 0, imdb(decisive=False))
    for model in results.models:
        assert 0.25 < model.confusion.accuracy < 0.75


def test_the_test_part_takes_no_part_in_the_choice() -> None:
    data = imdb()
    other = ReviewData(data.train, reviews(5, decisive=False), data.info)
    first, second = (measure(CONFIG, 0, part)[0] for part in (data, other))
    for one, two in zip(first.models, second.models, strict=True):
        assert (one.candidates, one.features, one.val_loss) == (two.candidates, two.features, two.val_loss)
    assert first.sizes == second.sizes


def test_the_seed_decides_the_split() -> None:
    config = CONFIG.model_copy(update={"min_documents": 1})
    train = reviews(1)
    texts = [f"{text} only{row}" for row, text in enumerate(train.texts)]  # a word of its own
    data = ReviewData(replace(train, texts=texts), reviews(2), imdb().info)
    first, again, other = (measure(config, seed, data)[1]["probability"] for seed in (1, 1, 2))
    np.testing.assert_array_equal(first, again)
    assert (first != other).any(axis=1).all()  # in each of the models


def test_as_many_reviews_as_the_limit_says() -> None:
    results, arrays = measure(CONFIG.model_copy(update={"max_reviews": 40}), 0, imdb())
    assert results.sizes.model_dump() == {"train": 32, "validation": 8, "test": 40}
    assert arrays["probability"].shape == (3, 40)


def test_a_weak_penalty_takes_its_time() -> None:
    # ConvergenceWarning is an error here; the library's own limit is 100
    label = np.arange(N) % 2
    documents = [text.split() for text in reviews(1, decisive=False).texts]
    features = tfidf(*count(Parts(documents, documents, documents), 1))
    fitted = fit(features, Parts(label, label, label), (30.0,), True, 0, lambda done: None)
    assert fitted.model.n_iter_[0] > 100


def test_reviews_too_short_for_what_is_far_are_measured_in_all_else() -> None:
    results, arrays = measure(CONFIG.model_copy(update={"last_words": CONFIG.far}), 0, imdb())
    assert results.decay is None
    assert [part.distance for part in results.influence] == list(range(0, CONFIG.far, CONFIG.window))
    shorter, arrays = measure(CONFIG.model_copy(update={"last_words": CONFIG.window - 1}), 0, imdb())
    assert (shorter.decay, shorter.influence) == (None, ())
    assert arrays["occlusion"].size == 0


def test_settings_that_nobody_completed_are_refused() -> None:
    with pytest.raises(ValueError, match=r"expected the settings of complete\(\)"):
        measure(LinearConfig(), 0, imdb())
