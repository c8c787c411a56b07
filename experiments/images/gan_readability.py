"""From which iteration on a GAN's images are readable, how varied they are, and whether they are
copies of the training images."""

import numpy as np

from experiments.data.sets import ImageData
from experiments.images.copies import look_for_copies, readable
from experiments.images.digit_judge import Judge, Reading, class_distribution, decide
from experiments.images.gan_mnist import GRID_NOISE, Gan, weights_path
from experiments.kinds.base import Job
from experiments.kinds.gan import GanRecord
from experiments.kinds.readability import ReadabilityConfig, ReadabilityResults, ReadableStep
from experiments.records.base import Arrays, RecordError

MEASURING_NOISE = 3  # a stream of its own, beside those of the GAN
ENOUGH = 10  # readable images of a class, for their variance to count


def run(config: ReadabilityConfig, seed: int, data: ImageData, job: Job) -> tuple[ReadabilityResults, Arrays]:
    """Measure all the generators that the run of a GAN stored.

    The strips have fewer images than ``shown`` where there are not so many above or below the
    threshold.

    Raises:
        RecordError: the average of the weights is asked for and the GAN kept none.
    """
    gan, judge = job.needs["gan"], Judge.load(job.needs["judge"].run)
    if not isinstance(gan.run.record, GanRecord):
        raise ValueError(f"gan: expected a GAN, found {gan.run.record.kind}")
    settings = gan.run.record.config
    average = config.weights == "average"
    if average and settings.ema is None:
        raise RecordError(
            f"{gan.run.name}: se esperaba una GAN con la media de los pesos de G (weights = average), se "
            "encontró una entrenada sin ella; indique gan.ema o elija weights = last."
        )
    rng = np.random.default_rng(seed)
    chosen = rng.permutation(len(data.x_test))[: config.images]
    reference = judge.features(data.x_train[rng.permutation(len(data.x_train))[: config.images]])
    drawer = Gan(settings, gan.run.record.seed)
    fixed_z = drawer.noise(settings.grid_size, GRID_NOISE, 0)
    iterations = range(0, settings.iterations + 1, settings.weights_every)
    steps, fresh, grids, in_grids = [], [], [], []
    for iteration in iterations:
        drawer.generator.load_weights(weights_path(gan.folder, iteration, average))
        images = drawer.images(drawer.noise(config.images, MEASURING_NOISE, iteration))
        step, reading = measure(judge, images, reference, iteration)
        steps.append(step)
        fresh.append(reading)
        grids.append(drawer.images(fixed_z))
        in_grids.append(judge.read(grids[-1]))
        job.progress(iteration=iteration, done=len(steps) / (len(iterations) + 1), unit_done=True)
    job.progress(phase="copias", done=len(steps) / (len(iterations) + 1), testing=True)
    real = judge.read(data.x_test)
    copies, pairs = look_for_copies(
        readable(images, reading),
        readable(data.x_test, real, data.y_test),
        data.x_train,
        data.y_train,
        judge,
        config.control_images,
        rng,
    )
    results = ReadabilityResults(
        steps=tuple(steps),
        frechet_floor=frechet_distance(judge.features(data.x_test[chosen]), reference),
        variance_ratio=variance_ratio(images, reading, data.x_test, real),
        copies=copies,
    )
    arrays = {
        "grid": np.stack(grids),
        "grid_class": np.stack([each.label for each in in_grids]),
        "grid_readable": np.stack([each.readable for each in in_grids]),
        "fresh_class": np.stack([each.label for each in fresh]),
        "fresh_readable": np.stack([each.readable for each in fresh]),
        **nearest_to_threshold(images, reading, config.shown),
        "pairs": pairs,
    }
    return results, arrays


def measure(
    judge: Judge, images: np.ndarray, reference: np.ndarray, iteration: int
) -> tuple[ReadableStep, Reading]:
    """What the judge says of uint8[n, 28, 28], beside the features float64[m, f] of real images."""
    probabilities = judge.probabilities(images)
    reading = decide(probabilities, judge.threshold)
    step = ReadableStep(
        iteration=iteration,
        n=len(images),
        readable=int(reading.readable.sum()),
        by_class=tuple(np.bincount(reading.label[reading.readable], minlength=judge.n_classes).tolist()),
        score=score(class_distribution(probabilities)),
        frechet=frechet_distance(judge.features(images), reference),
    )
    return step, reading


def score(distribution: np.ndarray) -> float:
    """exp of the mean Kullback-Leibler divergence in nats of p(class | image), float64[n, classes],
    from their mean p(class): 1 if all images say the same, the number of classes if they say all of
    them with certainty and equally often (Salimans et al., 2016, on this judge)."""
    mean = distribution.mean(axis=0)
    ratio = np.divide(distribution, mean, out=np.ones_like(distribution), where=distribution > 0)
    divergence = (distribution * np.log(ratio)).sum(axis=1).mean()
    return float(np.exp(divergence).clip(1, distribution.shape[1]))  # rounding


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
    """Variance of the pixels among readable images of the same class, mean over pixels and classes,
    generated divided by real; None without a class of which both have ``ENOUGH``. Near 0 if all
    images of a class are alike."""
    generated, genuine = _variances(images, reading), _variances(real, real_reading)
    both = sorted(generated.keys() & genuine.keys())
    if not both:
        return None
    return sum(generated[label] for label in both) / sum(genuine[label] for label in both)


def _variances(images: np.ndarray, reading: Reading) -> dict[int, float]:
    labels, counts = np.unique(reading.label[reading.readable], return_counts=True)
    return {
        int(label): float(images[reading.readable & (reading.label == label)].var(axis=0, ddof=1).mean())
        for label in labels[counts >= ENOUGH]
    }


def nearest_to_threshold(images: np.ndarray, reading: Reading, shown: int) -> Arrays:
    """``above``: the readable images of least confidence; ``below``: the others of most confidence;
    uint8[at most shown, 28, 28] each, the nearest to the threshold first, and the classes read."""
    order = reading.confidence.argsort(kind="stable")
    is_readable = reading.readable[order]
    above, below = order[is_readable][:shown], order[~is_readable][::-1][:shown]
    return {
        "above": images[above],
        "above_class": reading.label[above],
        "below": images[below],
        "below_class": reading.label[below],
    }
