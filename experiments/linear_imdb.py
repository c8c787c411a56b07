"""The control of experiment A: logistic regression on the TF-IDF of words and word pairs, which
knows nothing of positions (Wang & Manning, 2012, on why pairs).

Words, pairs and their weights come from the training part alone; validation chooses the
penalty. As with the LSTM, the model that validation chose is the one tested, not one fitted
again with the validation part. The test part is touched once.
"""

import re
import time
from collections.abc import Callable, Sequence
from itertools import pairwise

import numpy as np
from scipy.special import expit
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import train_test_split

from experiments import influence
from experiments.datasets import Imdb, Reviews
from experiments.records import (
    Arrays,
    Candidate,
    Confusion,
    LinearConfig,
    LinearSizes,
    LstmConfig,
    MemoryConfig,
)

SPAN = LstmConfig().sequence_length  # words from the end: the part that the LSTM sees
MEASURED = MemoryConfig()  # near, far and bootstrap are those of the LSTM

_WORD = re.compile(r"[^\W_]+(?:'[^\W_]+)*")

Progress = Callable[..., None]


def tokenize(text: str) -> list[str]:
    """The words that ``lstm_imdb.tokenize`` finds; that module needs TensorFlow."""
    return _WORD.findall(text.lower().replace("<br />", " "))


def take(reviews: Reviews, limit: int | None) -> np.ndarray:
    """The reviews that ``lstm_imdb.take`` takes, so that both are measured on the same ones."""
    return influence.choose_reviews(reviews.labels, len(reviews.texts) if limit is None else limit)


def words_and_pairs(words: Sequence[str]) -> list[str]:
    return [*words, *map(" ".join, pairwise(words))]


def fit(
    documents: Sequence[Sequence[str]], label: np.ndarray, config: LinearConfig, seed: int, progress: Progress
) -> tuple[TfidfVectorizer, LogisticRegression, tuple[Candidate, ...], int]:
    """The weighting, the model that validation chose among the candidates (of equals, the one
    with the strongest penalty), what each candidate reached, and the size of the training part."""
    rows, val_rows = train_test_split(
        np.arange(len(label)), test_size=config.validation_fraction, stratify=label, random_state=seed
    )
    weighting = TfidfVectorizer(
        analyzer=words_and_pairs, min_df=config.min_documents, sublinear_tf=True, dtype=np.float32
    )
    train = weighting.fit_transform([documents[row] for row in rows])
    validation = weighting.transform([documents[row] for row in val_rows])
    models: list[LogisticRegression] = []
    candidates: list[Candidate] = []
    for c in sorted(config.candidates):
        progress(phase=f"C = {c:g}", done=0.3 + 0.3 * len(models) / len(config.candidates))
        models.append(LogisticRegression(C=c, solver="liblinear", random_state=seed).fit(train, label[rows]))
        val_accuracy = models[-1].score(validation, label[val_rows])
        candidates.append(Candidate(c=c, val_accuracy=float(val_accuracy)))
    best = max(range(len(models)), key=lambda index: candidates[index].val_accuracy)
    return weighting, models[best], tuple(candidates), len(rows)


def occlude(words: Sequence[str], window: int, span: int = SPAN) -> list[list[str]]:
    """The review without each of its windows of the last ``span`` words, the last one first."""
    ends = [len(words) - after for after in influence.distances(len(words), window, span)]
    return [[*words[: end - window], *words[end:]] for end in ends]


def run(config: LinearConfig, seed: int, data: Imdb, progress: Progress) -> tuple[dict, Arrays]:
    """Fit the control and measure it once on the test part.

    Returns the fields of ``LinearRecord`` that are results, and its arrays.
    """
    started = time.monotonic()
    progress(phase="palabras", done=0.0)
    kept, kept_test = take(data.train, config.max_reviews), take(data.test, config.max_reviews)
    documents = [tokenize(data.train.texts[row]) for row in kept]
    test_documents = [tokenize(data.test.texts[row]) for row in kept_test]
    weighting, model, candidates, n_train = fit(documents, data.train.labels[kept], config, seed, progress)

    def logit(reviews: Sequence[Sequence[str]]) -> np.ndarray:
        return model.decision_function(weighting.transform(reviews))

    progress(phase="prueba", done=0.6)
    label = data.test.labels[kept_test]
    score = logit(test_documents)
    predicted = score > 0

    progress(phase="oclusión", done=0.8)
    changes = []
    for row in influence.choose_reviews(label, config.occluded_reviews):
        occluded = occlude(test_documents[row], config.window)
        if occluded:  # else the review is shorter than a window
            changes.append(np.abs(logit(occluded) - score[row]))
    table = influence.to_table(changes)
    samples = MEASURED.bootstrap_samples
    results = {
        "sizes": LinearSizes(
            train=n_train,
            validation=len(documents) - n_train,
            test=len(test_documents),
            features=len(weighting.vocabulary_),
        ),
        "candidates": candidates,
        "chosen_c": float(model.C),
        "test_loss": float(np.mean(np.logaddexp(0, np.where(label == 1, -score, score)))),
        "confusion": Confusion(
            true_negative=int(np.sum(~predicted & (label == 0))),
            false_positive=int(np.sum(predicted & (label == 0))),
            false_negative=int(np.sum(~predicted & (label == 1))),
            true_positive=int(np.sum(predicted & (label == 1))),
        ),
        "influence": influence.curve(table, config.window, samples),
        "decay": influence.decay(table, config.window, MEASURED.near, MEASURED.far, samples),
        "duration_s": time.monotonic() - started,
    }
    arrays = {
        "probability": expit(score).astype(np.float32),
        "label": label.astype(np.int8),
        "length": np.array([len(document) for document in test_documents], np.int32),
        "stars": data.test.stars[kept_test].astype(np.int8),
        "review_id": data.test.ids[kept_test].astype(np.int32),
        "distance": data.test.distances[kept_test].astype(np.int32),
    }
    return results, arrays
