"""The controls of experiment A: logistic regressions on words and short runs of words, which know
nothing of where in the review they stand.

``tfidf`` weighs words and pairs by TF-IDF. ``log_count`` takes the presence of words, pairs and
triples times their log-count ratio (Wang & Manning, 2012; with triples and logistic regression,
Mesnil et al., 2015); ``log_count_last`` does so with the last words of each review alone, those
that the LSTM sees.

Validation chooses the penalty. As with the LSTM, the model that validation chose is the one tested,
not one fitted again with the validation part. Each model touches the test part once.
"""

import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TypeVar

import numpy as np
from scipy.sparse import csr_matrix
from scipy.special import expit
from sklearn.feature_extraction.text import CountVectorizer
from sklearn.linear_model import LogisticRegression

from experiments.data.sets import ReviewData
from experiments.kinds.base import Job
from experiments.kinds.linear import (
    LINEAR_MODELS,
    Candidate,
    LinearConfig,
    LinearModel,
    LinearName,
    LinearResults,
    LinearSizes,
)
from experiments.records.base import Arrays
from experiments.records.parts import Confusion
from experiments.reviews import influence
from experiments.reviews.ngrams import Document, Parts, count, log_count_ratio, tfidf, weigh_presence
from experiments.reviews.text import choose, split, tokenize

MAX_ITERATIONS = 1_000  # the dual solver needs some hundreds where the penalty is weak

T = TypeVar("T")
Tell = Callable[[float], None]  # the fraction of a model's candidates that have been fitted


# --- models ------------------------------------------------------------------------------


@dataclass(frozen=True)
class Fitted:
    """The model that validation chose, what each candidate reached, and its logits float64[n] of
    the validation and of the test part."""

    model: LogisticRegression
    candidates: tuple[Candidate, ...]
    val_score: np.ndarray
    score: np.ndarray


def fit(
    features: Parts[csr_matrix],
    label: Parts[np.ndarray],
    candidates: Sequence[float],
    dual: bool,
    seed: int,
    tell: Tell,
) -> Fitted:
    """One model for each inverse penalty of ``candidates``; of those that are equal on validation,
    the one with the strongest penalty is chosen."""
    models: list[LogisticRegression] = []
    tried: list[Candidate] = []
    for c in sorted(candidates):
        tell(len(models) / len(candidates))
        model = LogisticRegression(
            C=c, solver="liblinear", dual=dual, max_iter=MAX_ITERATIONS, random_state=seed
        )
        models.append(model.fit(features.train, label.train))
        tried.append(Candidate(c=c, val_accuracy=float(model.score(features.validation, label.validation))))
    best = models[max(range(len(models)), key=lambda index: tried[index].val_accuracy)]
    scores = (best.decision_function(part) for part in (features.validation, features.test))
    return Fitted(best, tuple(tried), *scores)


@dataclass(frozen=True)
class LogCount:
    """A model of log-count ratios, float32[features], with all that it takes to read a document."""

    counter: CountVectorizer
    ratio: np.ndarray
    fitted: Fitted

    def logit(self, documents: Sequence[Document]) -> np.ndarray:
        """float64[n]"""
        return self.fitted.model.decision_function(
            weigh_presence(self.counter.transform(documents), self.ratio)
        )


def fit_log_count(
    counter: CountVectorizer,
    counts: Parts[csr_matrix],
    label: Parts[np.ndarray],
    candidates: Sequence[float],
    seed: int,
    tell: Tell,
) -> LogCount:
    """With liblinear's dual solver, which is the fast one where features outnumber documents."""
    ratio = log_count_ratio(counts.train, label.train)
    weighed = counts.map(lambda part: weigh_presence(part, ratio))
    return LogCount(counter, ratio, fit(weighed, label, candidates, True, seed, tell))


def probability(score: np.ndarray) -> np.ndarray:
    """float32[n] in [0, 1] of the positive class."""
    return expit(score).astype(np.float32)


def loss(score: np.ndarray, label: np.ndarray) -> float:
    """Mean cross-entropy of logits, in nats."""
    return float(np.mean(np.logaddexp(0, np.where(label == 1, -score, score))))


def to_model(name: LinearName, fitted: Fitted, label: Parts[np.ndarray]) -> LinearModel:
    positive = probability(fitted.score) > 0.5  # as whoever reads the arrays decides
    favourable = label.test == 1
    return LinearModel(
        name=name,
        features=fitted.model.coef_.size,
        candidates=fitted.candidates,
        chosen_c=float(fitted.model.C),
        val_accuracy=max(candidate.val_accuracy for candidate in fitted.candidates),
        val_loss=loss(fitted.val_score, label.validation),
        test_loss=loss(fitted.score, label.test),
        confusion=Confusion(
            true_negative=int(np.sum(~positive & ~favourable)),
            false_positive=int(np.sum(positive & ~favourable)),
            false_negative=int(np.sum(~positive & favourable)),
            true_positive=int(np.sum(positive & favourable)),
        ),
    )


# --- occlusion ---------------------------------------------------------------------------


def occlude(words: Document, window: int, span: int) -> list[Document]:
    """The review without each of its windows of the last ``span`` words, the last one first."""
    ends = [len(words) - after for after in influence.distances(len(words), window, span)]
    return [[*words[: end - window], *words[end:]] for end in ends]


def occlusion_changes(model: LogCount, documents: Sequence[Document], window: int, span: int) -> np.ndarray:
    """|Change of the logit| as a table of ``influence``; reviews shorter than a window are left out."""
    changes = []
    for words in documents:
        if hidden := occlude(words, window, span):
            whole, *without = model.logit([words, *hidden])
            changes.append(np.abs(np.array(without) - whole))
    return influence.to_table(changes)


# --- the experiment ----------------------------------------------------------------------


def run(config: LinearConfig, seed: int, data: ReviewData, job: Job) -> tuple[LinearResults, Arrays]:
    """Fit the controls and measure each once on the test part."""
    span, window, far = _given(config.last_words), _given(config.window), _given(config.far)
    near, samples = _given(config.near), _given(config.bootstrap_samples)

    job.progress(phase="palabras", done=0.0)
    rows = split(data.train, data.test, config.max_reviews, _given(config.validation_fraction), seed)
    documents = Parts(
        _words(data.train.texts, rows.train),
        _words(data.train.texts, rows.validation),
        _words(data.test.texts, rows.test),
    )
    label = Parts(
        data.train.labels[rows.train], data.train.labels[rows.validation], data.test.labels[rows.test]
    )
    occluded = [documents.test[row] for row in choose(label.test, _given(config.occluded_reviews))]

    def teller(phase: str, start: float, end: float) -> Tell:
        return lambda done: job.progress(phase=phase, done=start + (end - start) * done)

    counter, counts = count(documents, config.min_documents)
    tell = teller("TF-IDF", 0.3, 0.5)
    weighed = fit(tfidf(counter, counts), label, config.tfidf_candidates, False, seed, tell)
    tell = teller("presencia de palabras", 0.5, 0.6)
    whole = fit_log_count(counter, counts, label, config.log_count_candidates, seed, tell)
    job.progress(phase="oclusión", done=0.6)
    table = occlusion_changes(whole, occluded, window, span)

    job.progress(phase="últimas palabras", done=0.8)
    ends = documents.map(lambda part: [words[-span:] for words in part])
    tell = teller("presencia de las últimas palabras", 0.95, 1.0)
    last = fit_log_count(*count(ends, config.min_documents), label, config.log_count_candidates, seed, tell)

    fitted: dict[LinearName, Fitted] = {
        "tfidf": weighed,
        "log_count": whole.fitted,
        "log_count_last": last.fitted,
    }
    results = LinearResults(
        sizes=LinearSizes(train=len(rows.train), validation=len(rows.validation), test=len(rows.test)),
        models=tuple(to_model(name, fitted[name], label) for name in LINEAR_MODELS),
        influence=influence.curve(table, window, samples),
        decay=influence.decay(table, window, near, far, samples),
    )
    arrays = {
        "probability": np.stack([probability(fitted[name].score) for name in LINEAR_MODELS]),
        "label": label.test.astype(np.int8),
        "length": np.array([len(words) for words in documents.test], np.int32),
        "stars": data.test.stars[rows.test].astype(np.int8),
        "review_id": data.test.ids[rows.test].astype(np.int32),
        "distance": data.test.distances[rows.test].astype(np.int32),
        "val_probability": np.stack([probability(fitted[name].val_score) for name in LINEAR_MODELS]),
        "val_label": label.validation.astype(np.int8),
        "val_row": rows.validation.astype(np.int32),
        "occlusion": table,
    }
    return results, arrays


def _given(setting: T | None) -> T:
    """One that ``complete`` has filled in."""
    if setting is None:
        raise ValueError("expected the settings of complete(), found one that is not filled in")
    return setting


def _words(texts: Sequence[str], rows: np.ndarray) -> list[Document]:
    """Of those reviews; each distinct word is kept once, not once for each time that it occurs."""
    return [[*map(sys.intern, tokenize(texts[row]))] for row in rows]
