from collections import Counter

import numpy as np
import pytest
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression

from experiments.data.probe_reviews import ProbeReviews, Seeds, load, make_probe
from experiments.data.sample_reviews import DECISIVE, DECISIVE_TEMPLATES, SLOTS, SampleReviews
from experiments.kinds.probe import KIND, LONGEST_CLAUSE, ProbeConfig

SMALL = ProbeConfig(
    distances=(2, 12), train_reviews=64, validation_reviews=20, test_reviews=10, sequence_length=40
)


@pytest.fixture(scope="module")
def data() -> ProbeReviews:
    return make_probe(SMALL)


def test_each_part_has_every_distance_equally_often(data: ProbeReviews) -> None:
    assert Counter(data.train.distances.tolist()) == {2: 32, 12: 32}
    assert Counter(data.validation.distances.tolist()) == {2: 10, 12: 10}
    assert data.test.distances.tolist() == [2] * 10 + [12] * 10
    for part in (data.train, data.validation, data.test):
        assert not part.flipped.any()
        assert np.bincount(part.labels).tolist() == [len(part.texts) // 2] * 2


def test_a_mixture_that_does_not_come_out_even_has_the_first_distances_once_more() -> None:
    data = make_probe(SMALL.model_copy(update={"validation_reviews": 5}))
    assert Counter(data.validation.distances.tolist()) == {2: 3, 12: 2}


def test_no_review_is_in_two_parts(data: ProbeReviews) -> None:
    parts = [set(part.texts) for part in (data.train, data.validation, data.test)]
    assert len(set.union(*parts)) == 64 + 20 + 20


def test_the_longest_review_fits_whole() -> None:
    config = ProbeConfig()
    data = make_probe(config)
    texts = data.train.texts + data.validation.texts + data.test.texts
    assert max(len(text.split()) for text in texts) <= config.sequence_length
    assert (data.info.n_train, data.info.n_test) == (4_000, 3_000)
    assert len(data.validation.texts) == 600


def test_no_clause_is_longer_than_the_settings_allow_for() -> None:
    options = SLOTS | {name: negative + positive for name, (negative, positive) in DECISIVE.items()}
    widest = {name: max(phrases, key=lambda phrase: len(phrase.split())) for name, phrases in options.items()}
    clauses = [template.format(**widest) for template in DECISIVE_TEMPLATES]
    assert 10 < max(len(clause.split()) for clause in clauses) <= LONGEST_CLAUSE


def test_nothing_but_the_clause_tells_the_label() -> None:
    n_test = 600
    data = make_probe(ProbeConfig(train_reviews=2_004, test_reviews=n_test // 6))

    def rest(part: SampleReviews) -> list[str]:
        return [text.replace(clause, " ") for text, clause in zip(part.texts, part.clauses, strict=True)]

    words = TfidfVectorizer(ngram_range=(1, 2))
    model = LogisticRegression().fit(words.fit_transform(rest(data.train)), data.train.labels)
    right = model.score(words.transform(rest(data.test)), data.test.labels)
    assert abs(right - 0.5) < 3 * 0.5 / np.sqrt(n_test)  # three standard errors of a coin
    lengths = np.array([len(text) for text in rest(data.train)])
    halves = [lengths[data.train.labels == label] for label in (0, 1)]
    error = np.sqrt(sum(half.var() / len(half) for half in halves))
    assert abs(halves[0].mean() - halves[1].mean()) < 3 * error


def test_the_digest_covers_all_parts(data: ProbeReviews) -> None:
    assert make_probe(SMALL).info == data.info
    assert data.info.name == "probe_reviews"
    digests = {
        data.info.digest,
        make_probe(SMALL, Seeds(train=1)).info.digest,
        make_probe(SMALL, Seeds(validation=1)).info.digest,
        make_probe(SMALL, Seeds(test=1)).info.digest,
        make_probe(SMALL.model_copy(update={"distances": (2, 13)})).info.digest,
    }
    assert len(digests) == 5


def test_what_is_read_are_the_reviews_of_the_settings_from_whatever_source(data: ProbeReviews) -> None:
    assert load(None, SMALL).info == data.info
    assert KIND.data == load.__module__
