"""Whether generated images are copies of training images.

An image is measured by how much nearer it lies to one training image of its class than to the
others around it: the distance to the nearest divided by the mean distance to the ``NEIGHBOURS``
nearest (Carlini et al., 2023). A small distance alone proves nothing: in a class whose
images are all alike, such as the ones, that of any new image is small. Distances are Euclidean
between images blurred against grain, the smallest over shifts of a pixel; blur and shifts were chosen
on training images of MNIST, deformed, against others of them.

An image counts as a copy if its measure is under a limit that few real test images of its class
reach. Whether that finds copies is asked of copies made on purpose, training images slightly
deformed.
"""

from collections.abc import Callable, Sequence
from typing import NamedTuple

import numpy as np
from scipy.ndimage import gaussian_filter, map_coordinates
from scipy.stats import mannwhitneyu, norm, rankdata, tiecorrect
from sklearn.neighbors import NearestNeighbors

from experiments.images.digit_judge import Judge, Reading
from experiments.images.drawn_figures import CENTRE, PIXELS, SIZE
from experiments.kinds.readability import ClassCopies, Copies, Deformation, DeformationName

NEIGHBOURS = 10
BLUR = 1.0  # pixels
ROUNDING = 0.01  # of a distance, in single precision; those of MNIST are of several units
LIMIT_QUANTILE = 0.02  # the least that a class with fifty real test images can tell
ENOUGH = 10  # generated images of a class, for its numbers to count


class Sample(NamedTuple):
    """Readable images uint8[n, 28, 28] and the class read in each, uint8[n]."""

    images: np.ndarray
    label: np.ndarray

    def of(self, label: int) -> np.ndarray:
        return self.images[self.label == label]


# Of copies made on purpose: their classes uint8[n] and whether they were caught, bool[n].
Control = dict[DeformationName, tuple[np.ndarray, np.ndarray]]


class Nearest(NamedTuple):
    """Of n images: ``measure`` float64[n] in [0, 1], 0 where a training image is the same, and
    ``place`` int[n] of the nearest training image."""

    measure: np.ndarray
    place: np.ndarray


def readable(images: np.ndarray, reading: Reading, label: np.ndarray | None = None) -> Sample:
    """The readable ones of uint8[n, 28, 28]; of those with a true ``label`` uint8[n], the ones read
    as that."""
    kept = reading.readable if label is None else reading.readable & (reading.label == label)
    return Sample(images[kept], reading.label[kept])


# --- the measure -------------------------------------------------------------------------


def nearest(images: np.ndarray, train: np.ndarray) -> Nearest:
    """Of uint8[n, 28, 28] among uint8[m, 28, 28], both of one class; n > 0."""
    neighbours = NearestNeighbors(n_neighbors=min(NEIGHBOURS, len(train)), algorithm="brute").fit(
        _flat(_blurred(train))
    )
    distances, places = neighbours.kneighbors(_flat(_shifted(_blurred(images))))
    distances, places = (each.reshape(9, len(images), -1) for each in (distances, places))
    shift, image = distances[:, :, 0].argmin(axis=0), np.arange(len(images))
    best = distances[shift, image].astype(np.float64)
    around = best.mean(axis=1)
    measure = np.divide(best[:, 0], around, out=np.zeros(len(best)), where=around > ROUNDING)
    return Nearest(measure, places[shift, image, 0])


def _blurred(images: np.ndarray) -> np.ndarray:
    return gaussian_filter(images.astype(np.float32) / 255, (0, BLUR, BLUR))


def _shifted(images: np.ndarray) -> np.ndarray:
    """float32[9, n, 28, 28]: each image where it is and moved by a pixel each way."""
    wide = np.pad(images, ((0, 0), (1, 1), (1, 1)), mode="edge")
    return np.stack(
        [wide[:, row : row + SIZE, column : column + SIZE] for row in range(3) for column in range(3)]
    )


def _flat(images: np.ndarray) -> np.ndarray:
    return images.reshape(-1, SIZE * SIZE)


# --- copies made on purpose --------------------------------------------------------------


def _moved(images: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    """By a pixel, in one of eight directions."""
    directions = [i for i in range(9) if i != 4]  # 4 stays where it is
    chosen = rng.choice(directions, len(images))
    return _shifted(images)[chosen, np.arange(len(images))]


def _turned(images: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    """By two to six degrees, either way."""
    n = (len(images), 1, 1)
    angle = np.deg2rad(rng.uniform(2, 6, n)) * rng.choice((-1, 1), n)
    y, x = PIXELS - CENTRE
    return _resampled(images, np.cos(angle) * y + np.sin(angle) * x, np.cos(angle) * x - np.sin(angle) * y)


def _bent(images: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    """By half a pixel (root mean square) in each direction, smoothly."""
    field = gaussian_filter(rng.standard_normal((2, *images.shape)), (0, 0, 4, 4))
    field *= 0.5 / np.sqrt((field**2).mean(axis=(2, 3), keepdims=True))
    y, x = PIXELS - CENTRE
    return _resampled(images, y + field[0], x + field[1])


def _resampled(images: np.ndarray, rows: np.ndarray, columns: np.ndarray) -> np.ndarray:
    which = np.broadcast_to(np.arange(len(images))[:, None, None], images.shape)
    return map_coordinates(images, [which, rows + CENTRE, columns + CENTRE], order=1)


# Float32[n, 28, 28] in [0, 1] each: none changes what a person sees at a glance.
DEFORMATIONS: dict[DeformationName, Callable[[np.ndarray, np.random.Generator], np.ndarray]] = {
    "shift": _moved,
    "rotation": _turned,
    "bend": _bent,
    "blur": lambda images, rng: gaussian_filter(images, (0, 0.7, 0.7)),
    "noise": lambda images, rng: images + rng.normal(0, 0.1, images.shape),
}


def deformed(images: np.ndarray, name: DeformationName, rng: np.random.Generator) -> np.ndarray:
    """uint8[n, 28, 28] like ``images``."""
    made = DEFORMATIONS[name](images.astype(np.float32) / 255, rng)
    return (made.clip(0, 1) * 255).round().astype(np.uint8)


# --- whether there are copies ------------------------------------------------------------


class Limit(NamedTuple):
    """Of one class: an image whose measure is under ``value`` counts as a copy; one that was drawn as
    the real test images were does with probability ``share``."""

    value: float
    share: float


def limit_of(real: np.ndarray) -> Limit | None:
    """From measures float64[n] of real test images; None if they are too few.

    A further such image lies under the k-th smallest of n with probability k / (n + 1), whatever
    their distribution; k is the largest for which that is at most ``LIMIT_QUANTILE``.
    """
    k = int(LIMIT_QUANTILE * (len(real) + 1) + 1e-9)  # 0.02 · 50 is 1
    return Limit(float(np.sort(real)[k - 1]), k / (len(real) + 1)) if k else None


def look_for_copies(
    generated: Sample,
    real: Sample,
    train: np.ndarray,
    train_label: np.ndarray,
    judge: Judge,
    control_images: int,
    rng: np.random.Generator,
) -> tuple[Copies, np.ndarray]:
    """What is found among ``generated`` beside ``real`` test images, class by class in the training
    images uint8[m, 28, 28] and uint8[m]; and the readable image of each class that is nearest to a
    training image by the measure, with it, uint8[k, 2, 28, 28], classes in ascending order."""
    by_label = [train[train_label == label] for label in range(judge.n_classes)]
    theirs = [_measures(real.of(label), own).measure for label, own in enumerate(by_label)]
    ours = [_measures(generated.of(label), own) for label, own in enumerate(by_label)]
    limits = [limit_of(measure) for measure in theirs]
    found = control(train, train_label, limits, judge, control_images, rng)
    classes = tuple(
        _class_copies(label, ours[label].measure, theirs[label], limits[label], found)
        for label in range(judge.n_classes)
    )
    pairs = [
        np.stack([generated.of(label)[best.measure.argmin()], own[best.place[best.measure.argmin()]]])
        for label, (best, own) in enumerate(zip(ours, by_label, strict=True))
        if len(best.measure)
    ]
    counted = [each.label for each in classes if each.copies is not None]
    n = sum(classes[label].n_generated for label in counted)
    honest = sum(classes[label].n_generated * limit.share for label in counted if (limit := limits[label]))
    strata = [(ours[label].measure, theirs[label]) for label in counted]
    auc, p = stratified_auc(strata) if strata else (None, None)
    copies = Copies(
        limit_quantile=LIMIT_QUANTILE,
        expected_share=honest / n if n else None,
        by_class=classes,
        auc=auc,
        p=p,
        control=tuple(
            Deformation(name=name, n=len(caught), caught=int(caught.sum()))
            for name, (_, caught) in found.items()
        ),
    )
    return copies, np.stack(pairs) if pairs else np.zeros((0, 2, SIZE, SIZE), np.uint8)


def _measures(images: np.ndarray, train: np.ndarray) -> Nearest:
    if len(images) == 0:
        return Nearest(np.zeros(0), np.zeros(0, int))
    return nearest(images, train)


def _class_copies(
    label: int, generated: np.ndarray, real: np.ndarray, limit: Limit | None, found: Control
) -> ClassCopies:
    counts = limit is not None and len(generated) >= ENOUGH
    caught = np.concatenate([caught[labels == label] for labels, caught in found.values()])
    return ClassCopies(
        label=label,
        n_generated=len(generated),
        n_real=len(real),
        median_generated=float(np.median(generated)) if len(generated) else None,
        median_real=float(np.median(real)) if len(real) else None,
        auc=stratified_auc([(generated, real)])[0] if counts else None,
        copies=int((generated < limit.value).sum()) if limit and counts else None,
        n_control=len(caught),
        caught=int(caught.sum()),
    )


def stratified_auc(strata: list[tuple[np.ndarray, np.ndarray]]) -> tuple[float, float]:
    """Probability that the first of a pair of measures of one stratum is the smaller one (ties count
    half), and its two-sided p against ½: the Wilcoxon test stratified by van Elteren (1960), normal
    approximation, tied ranks corrected.

    Strata are weighted by 1 / (n + m + 1) for each of their n · m pairs, which is nearly their n where
    m is much greater.
    """
    won = pairs = variance = 0.0
    for first, second in strata:
        n, m = len(first), len(second)
        weight = 1 / (n + m + 1)
        won += weight * (n * m - mannwhitneyu(first, second).statistic)
        pairs += weight * n * m
        ranks = rankdata(np.concatenate([first, second]))
        variance += weight**2 * tiecorrect(ranks) * n * m * (n + m + 1) / 12
    z = (won - pairs / 2) / np.sqrt(variance) if variance else 0.0
    return float(won / pairs), float(2 * norm.sf(abs(z)))


def control(
    train: np.ndarray,
    train_label: np.ndarray,
    limits: Sequence[Limit | None],
    judge: Judge,
    n: int,
    rng: np.random.Generator,
) -> Control:
    """What becomes of ``n`` training images of the classes that have a limit once they are slightly
    deformed, an equal share in each way; those that are no longer read rightly are left out."""
    usable = np.flatnonzero(np.isin(train_label, [label for label, limit in enumerate(limits) if limit]))
    chosen = rng.permutation(usable)[:n]
    found = {}
    for name, places in zip(DEFORMATIONS, np.array_split(chosen, len(DEFORMATIONS)), strict=True):
        images = deformed(train[places], name, rng)
        sample = readable(images, judge.read(images), train_label[places])
        caught = np.zeros(len(sample.label), bool)
        for label, limit in enumerate(limits):
            if limit:
                measure = _measures(sample.of(label), train[train_label == label]).measure
                caught[sample.label == label] = measure < limit.value
        found[name] = (sample.label, caught)
    return found
