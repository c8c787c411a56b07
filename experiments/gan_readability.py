"""From which iteration on a GAN's images are readable digits, how varied they are, and whether they
are copies of the training images."""

import time
from collections.abc import Callable
from pathlib import Path

import numpy as np
from scipy.stats import mannwhitneyu
from sklearn.neighbors import NearestNeighbors

from experiments.datasets import Digits
from experiments.digit_judge import Judge, Reading, decide, digit_distribution
from experiments.gan_mnist import Gan, weights_path
from experiments.records import (
    Arrays,
    GanRecord,
    Memorisation,
    ReadabilityConfig,
    ReadableStep,
    Run,
)

MEASURING_NOISE = 3  # a stream of its own, beside those of the GAN
ENOUGH = 10  # readable images of a digit, for their variance to count


def run(
    config: ReadabilityConfig,
    seed: int,
    data: Digits,
    gan: Run,
    gan_folder: Path,
    judge: Run,
    progress: Callable[..., None],
) -> tuple[dict, Arrays]:
    """Measure all the generators that a GAN's run stored in ``gan_folder``.

    Returns the fields of ``ReadabilityRecord`` that are results, and its arrays; fewer images than
    ``shown`` where there are not so many above or below the threshold.
    """
    started = time.monotonic()
    if not isinstance(gan.record, GanRecord):
        raise ValueError(f"gan: expected a GAN, found {gan.record.kind}")
    reader = Judge.load(judge)
    drawer = Gan(gan.record.config, gan.record.seed)
    rng = np.random.default_rng(seed)
    test = data.x_test[rng.permutation(len(data.x_test))[: config.images]]
    train = data.x_train[rng.permutation(len(data.x_train))[: config.images]]
    reference = reader.features(train)
    iterations = range(0, gan.record.config.iterations + 1, gan.record.config.weights_every)
    steps = []
    for iteration in iterations:
        drawer.generator.load_weights(weights_path(gan_folder, iteration))
        images = drawer.images(drawer.noise(config.images, MEASURING_NOISE, iteration))
        steps.append(measure(reader, images, reference, iteration))
        done = len(steps) / len(iterations)
        progress(iteration=iteration, readable=steps[-1].readable / len(images), done=done, unit_done=True)
    reading = reader.read(images)
    grid = gan.arrays["grid"]
    in_grid = reader.read(grid.reshape(-1, *grid.shape[2:]))
    n = min(config.compared_images, len(test), len(images))
    memorisation, pairs = memorised(test[:n], images[:n], data.x_train, config.shown)
    arrays = {
        "grid_digit": in_grid.digit.reshape(grid.shape[:2]),
        "grid_readable": in_grid.readable.reshape(grid.shape[:2]),
        **nearest_to_threshold(images, reading, config.shown),
        "pairs": pairs,
    }
    results = {
        "architecture": gan.record.config.architecture,
        "steps": tuple(steps),
        "frechet_floor": frechet_distance(reader.features(test), reference),
        "variance_ratio": variance_ratio(images, reading, test, reader.read(test)),
        "memorisation": memorisation,
        "duration_s": time.monotonic() - started,
    }
    return results, arrays


def measure(judge: Judge, images: np.ndarray, reference: np.ndarray, iteration: int) -> ReadableStep:
    """What the judge says of uint8[n, 28, 28], beside the features float64[m, f] of real digits."""
    probabilities = judge.probabilities(images)
    reading = decide(probabilities, judge.threshold)
    by_digit = np.bincount(reading.digit[reading.readable], minlength=10)
    return ReadableStep(
        iteration=iteration,
        n=len(images),
        readable=int(reading.readable.sum()),
        by_digit=tuple(by_digit.tolist()),
        mnist_score=mnist_score(digit_distribution(probabilities)),
        frechet=frechet_distance(judge.features(images), reference),
    )


def mnist_score(distribution: np.ndarray) -> float:
    """exp of the mean Kullback-Leibler divergence in nats of p(digit | image), float64[n, 10], from
    their mean p(digit): 1 if all images say the same, 10 if they say the ten digits with certainty
    and equally often (Salimans et al., 2016, on this judge)."""
    mean = distribution.mean(axis=0)
    ratio = np.divide(distribution, mean, out=np.ones_like(distribution), where=distribution > 0)
    divergence = (distribution * np.log(ratio)).sum(axis=1).mean()
    return float(np.exp(divergence).clip(1, 10))  # rounding


def frechet_distance(a: np.ndarray, b: np.ndarray) -> float:
    """Between the Gaussians with the means and covariances of float64[n, f] and float64[m, f]:
    |difference of means|² + Tr(A + B - 2 (A^½ B A^½)^½) (Heusel et al., 2017)."""
    covariance_a, covariance_b = (np.atleast_2d(np.cov(each, rowvar=False)) for each in (a, b))
    values, vectors = np.linalg.eigh(covariance_a)
    root = vectors * np.sqrt(values.clip(0)) @ vectors.T
    common = np.sqrt(np.linalg.eigvalsh(root @ covariance_b @ root).clip(0)).sum()
    apart = ((a.mean(axis=0) - b.mean(axis=0)) ** 2).sum()
    return max(float(apart + np.trace(covariance_a) + np.trace(covariance_b) - 2 * common), 0.0)


def variance_ratio(
    images: np.ndarray, reading: Reading, real: np.ndarray, real_reading: Reading
) -> float | None:
    """Variance of the pixels among readable images of the same digit, mean over pixels and digits,
    generated divided by real; None without a digit of which both have ``ENOUGH``. Near 0 if all
    images of a digit are alike."""
    generated, genuine = _variances(images, reading), _variances(real, real_reading)
    both = sorted(generated.keys() & genuine.keys())
    if not both:
        return None
    return sum(generated[digit] for digit in both) / sum(genuine[digit] for digit in both)


def _variances(images: np.ndarray, reading: Reading) -> dict[int, float]:
    groups = {digit: images[reading.readable & (reading.digit == digit)] for digit in range(10)}
    return {
        digit: float(group.var(axis=0, ddof=1).mean())
        for digit, group in groups.items()
        if len(group) >= ENOUGH
    }


def memorised(
    real: np.ndarray, generated: np.ndarray, train: np.ndarray, shown: int
) -> tuple[Memorisation, np.ndarray]:
    """How near generated images and real ones, uint8[n, 28, 28] each, come to uint8[m, 28, 28], and
    the nearest pairs, uint8[shown, 2, 28, 28]: generated, training."""
    flat_real, flat_generated, flat_train = (
        each.reshape(len(each), -1).astype(np.float32) / 255 for each in (real, generated, train)
    )
    nearest = NearestNeighbors(n_neighbors=1, algorithm="brute").fit(flat_train)
    distance_real = nearest.kneighbors(flat_real)[0][:, 0]
    distances, places = nearest.kneighbors(flat_generated)
    distance, place = distances[:, 0], places[:, 0]
    test = mannwhitneyu(distance, distance_real, alternative="two-sided")
    memorisation = Memorisation(
        n=len(generated),
        median_generated=float(np.median(distance)),
        median_real=float(np.median(distance_real)),
        auc=float(1 - test.statistic / (len(distance) * len(distance_real))),
        p=float(test.pvalue),
    )
    first = distance.argsort(kind="stable")[:shown]
    return memorisation, np.stack([generated[first], train[place[first]]], axis=1)


def nearest_to_threshold(images: np.ndarray, reading: Reading, shown: int) -> dict[str, np.ndarray]:
    """``above``: the readable images of least confidence; ``below``: the others of most confidence;
    uint8[at most shown, 28, 28] each, the nearest to the threshold first."""
    order = reading.confidence.argsort(kind="stable")
    readable = reading.readable[order]
    return {
        "above": images[order[readable][:shown]],
        "below": images[order[~readable][::-1][:shown]],
    }
