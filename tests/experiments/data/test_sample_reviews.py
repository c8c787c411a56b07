import re
import subprocess
import sys
from typing import Any

import numpy as np
import pytest
from sklearn.feature_extraction.text import CountVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import make_pipeline

from experiments.data import sample_reviews
from experiments.data.sample_reviews import DECISIVE, SampleReviews, make_reviews

N = 2_000


@pytest.fixture(scope="module")
def sample() -> SampleReviews:
    return make_reviews(N, seed=7)


def split_at_clause(sample: SampleReviews, i: int) -> tuple[list[str], list[str], list[str]]:
    words = sample.texts[i].split()
    end = len(words) - int(sample.distances[i])
    start = end - len(sample.clauses[i].split())
    return words[:start], words[start:end], words[end:]


def vocabulary(phrases: list[str]) -> set[str]:
    return set(re.findall(r"[a-z]+", re.sub(r"\{\w+\}", " ", " ".join(phrases)).lower()))


def test_lengths_cover_20_to_400_words(sample: SampleReviews) -> None:
    lengths = [len(text.split()) for text in sample.texts]
    assert 20 <= min(lengths) <= 25
    assert 395 <= max(lengths) <= 400


def test_the_decisive_clause_ends_at_the_recorded_distance(sample: SampleReviews) -> None:
    polar = vocabulary([phrase for pair in DECISIVE.values() for side in pair for phrase in side]) - {
        "a",
        "an",
    }
    for i in range(N):
        before, clause, after = split_at_clause(sample, i)
        assert " ".join(clause) == sample.clauses[i]
        assert len(vocabulary(clause) & polar) == 2
        assert not vocabulary(before + after) & polar


def test_the_clause_agrees_with_the_label_unless_flipped(sample: SampleReviews) -> None:
    praise = vocabulary([phrase for _, positive in DECISIVE.values() for phrase in positive]) - {"a", "an"}
    favourable = np.array([bool(vocabulary([clause]) & praise) for clause in sample.clauses])
    np.testing.assert_array_equal(favourable != sample.labels.astype(bool), sample.flipped)


def test_labels_are_balanced_and_five_percent_are_noise(sample: SampleReviews) -> None:
    assert sample.labels.dtype == np.int8
    assert np.bincount(sample.labels).tolist() == [N // 2, N // 2]
    assert 0.035 < sample.flipped.mean() < 0.065  # 0.05 ± 3 standard deviations of Binomial(2000, 0.05)


def test_noise_is_an_argument() -> None:
    assert not make_reviews(200, seed=1, label_noise=0).flipped.any()
    assert make_reviews(200, seed=1, label_noise=1).flipped.all()


def test_given_distances_are_kept_up_to_400_words() -> None:
    distances = [0, 1, 12, 13, 14, 50, 399, 400]
    sample = make_reviews(len(distances), seed=3, distances=distances)
    assert sample.distances.tolist() == distances
    assert sample.distances.dtype == np.int32
    for i, text in enumerate(sample.texts):
        assert " ".join(split_at_clause(sample, i)[1]) == sample.clauses[i]
        assert 20 <= len(text.split()) <= max(400, distances[i] + len(sample.clauses[i].split()))


def test_every_short_distance_can_be_written() -> None:
    sample = make_reviews(60, seed=5, distances=range(60))
    for i, text in enumerate(sample.texts):
        assert len(text.rpartition(sample.clauses[i])[2].split()) == i


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ({"distances": [1]}, r"expected one per review \(2\), found 1"),
        ({"distances": [0, 401]}, "expected 0 to 400, found 0 to 401"),
        ({"distances": [-1, 5]}, "expected 0 to 400, found -1 to 5"),
        ({"label_noise": 1.5}, "expected 0 to 1, found 1.5"),
    ],
)
def test_impossible_requests_are_refused(arguments: dict[str, Any], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        make_reviews(2, seed=1, **arguments)


def test_the_seed_alone_decides() -> None:
    first, again, other = make_reviews(50, seed=1), make_reviews(50, seed=1), make_reviews(50, seed=2)
    assert first.texts == again.texts
    assert first.labels.tolist() == again.labels.tolist()
    assert not set(first.texts) & set(other.texts)


def test_the_hash_seed_does_not_matter() -> None:
    code = "from experiments.data.sample_reviews import make_reviews; print(make_reviews(5, seed=1).texts)"
    command = [sys.executable, "-c", code]
    outputs = {
        subprocess.run(
            command,
            env={"PYTHONHASHSEED": seed, "PYTHONPATH": ":".join(sys.path)},
            capture_output=True,
            check=True,
        ).stdout
        for seed in ("1", "2")
    }
    assert outputs == {f"{make_reviews(5, seed=1).texts}\n".encode()}


def test_only_the_decisive_clause_tells_the_label(sample: SampleReviews) -> None:
    other = make_reviews(N, seed=8)

    def surroundings(reviews: SampleReviews) -> list[str]:
        parts = (split_at_clause(reviews, i) for i in range(N))
        return [" ".join(before + after) for before, _, after in parts]

    def accuracy(train: list[str], test: list[str]) -> float:
        model = make_pipeline(CountVectorizer(), LogisticRegression(max_iter=2_000))
        return float(model.fit(train, sample.labels).score(test, other.labels))

    assert abs(accuracy(surroundings(sample), surroundings(other)) - 0.5) < 0.034  # 3 standard deviations
    assert accuracy(sample.texts, other.texts) > 0.9  # the ceiling is 0.95


def test_neither_length_nor_distance_tells_the_label(sample: SampleReviews) -> None:
    lengths = np.array([len(text.split()) for text in sample.texts])
    for values in (lengths, sample.distances):
        assert abs(np.corrcoef(values, sample.labels)[0, 1]) < 0.067  # 3 / sqrt(2000)


def test_the_vocabularies_are_disjoint() -> None:
    negative = vocabulary([phrase for side, _ in DECISIVE.values() for phrase in side]) - {"a", "an"}
    positive = vocabulary([phrase for _, side in DECISIVE.values() for phrase in side]) - {"a", "an"}
    rest = vocabulary(
        [
            *sample_reviews.DECISIVE_TEMPLATES,
            *sample_reviews.WEAK_TEMPLATES,
            *sample_reviews.NEUTRAL_TEMPLATES,
            *sample_reviews.ASIDES,
            *(phrase for phrases in sample_reviews.SLOTS.values() for phrase in phrases),
        ]
    )
    assert not negative & positive
    assert not (negative | positive) & rest
    assert not set(sample_reviews.MILD_BLAME) & set(sample_reviews.MILD_PRAISE)


def test_both_polarities_have_the_same_shape() -> None:
    for negative, positive in DECISIVE.values():
        assert len(negative) == len(positive)
        assert {len(phrase.split()) for phrase in negative} == {len(phrase.split()) for phrase in positive}
    assert len(sample_reviews.MILD_BLAME) == len(sample_reviews.MILD_PRAISE)


def test_asides_fill_every_remainder() -> None:
    assert {len(aside.split()) for aside in sample_reviews.ASIDES} == set(range(1, 13))


def test_other_tokenisers_count_the_same_words(sample: SampleReviews) -> None:
    for text in sample.texts[:200]:
        assert len(re.findall(r"\w+", text)) == len(text.split())
