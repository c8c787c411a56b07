"""Who decides whether an image is a readable digit, or shows one of the user's classes.

Differently built networks learn the classes and one more, images that show none of them. Both
kinds get the same defects, so that a speckle or a blur decides nothing by itself. An image is
readable if all networks read the same class in it, each with at least a set probability. Controls
whose answer is known beforehand say whether that measure may be used.

The probability asked for, 0.8, was fixed on training digits that a judge had not learnt from: the
lowest, in tenths, at which every control without digits, of those akin to what it is taught, stays
within half of its limit.
"""

import math
from dataclasses import dataclass
from typing import NamedTuple

import keras
import numpy as np
import tensorflow as tf

from experiments.data.sets import ImageData
from experiments.describe import describe
from experiments.images import digit_controls, judge_examples
from experiments.kinds.base import Job, Progress
from experiments.kinds.judge import (
    Control,
    ControlName,
    JudgeConfig,
    JudgeRecord,
    JudgeResults,
    are_digits,
)
from experiments.records.base import Arrays, Run

CHUNK = 1_000  # images that the networks look at together
PASSES = 2  # over the same examples, because making them takes as long as learning from them
BINS = 15  # of the calibration error, as in Guo et al. (2017)
SHOWN = 8  # images of each control that the record keeps
LOSS = "sparse_categorical_crossentropy"


# --- networks ----------------------------------------------------------------------------


def build_pooled(outputs: int) -> keras.Model:
    """Small kernels and maximum pooling; float32[b, 28, 28, 1] in [0, 1] -> logits
    float32[b, outputs]."""
    layers = keras.layers
    return keras.Sequential(
        [
            keras.Input((28, 28, 1)),
            layers.Conv2D(16, 3, padding="same", activation="relu"),
            layers.MaxPooling2D(),
            layers.Conv2D(32, 3, padding="same", activation="relu"),
            layers.MaxPooling2D(),
            layers.Conv2D(64, 3, padding="same", activation="relu"),
            layers.Flatten(),
            layers.Dense(96, activation="relu", name="features"),
            layers.Dropout(0.2),
            layers.Dense(outputs),
        ],
        name="pooled",
    )


def build_strided(outputs: int) -> keras.Model:
    """Large kernels, strides and normalisation; shapes as in ``build_pooled``."""
    layers = keras.layers
    return keras.Sequential(
        [
            keras.Input((28, 28, 1)),
            layers.Conv2D(24, 5, strides=2, padding="same", use_bias=False),
            layers.BatchNormalization(momentum=0.95),
            layers.LeakyReLU(0.1),
            layers.Conv2D(48, 5, strides=2, padding="same", use_bias=False),
            layers.BatchNormalization(momentum=0.95),
            layers.LeakyReLU(0.1),
            layers.Flatten(),
            layers.Dense(96, activation="relu", name="features"),
            layers.Dropout(0.2),
            layers.Dense(outputs),
        ],
        name="strided",
    )


BUILDERS = (build_pooled, build_strided)


def build_members(n: int, n_classes: int, seed: int) -> list[keras.Model]:
    """``n`` networks, of either kind by turns, each with its own first weights; they answer with one
    of ``n_classes`` or with none of them."""
    keras.utils.set_random_seed(seed)
    return [BUILDERS[i % len(BUILDERS)](n_classes + 1) for i in range(n)]


def flat_weights(members: list[keras.Model]) -> np.ndarray:
    """float16[p], the weights of all members one after the other."""
    weights = [array.ravel() for member in members for array in member.get_weights()]
    return np.concatenate(weights).astype(np.float16)


def set_flat_weights(members: list[keras.Model], flat: np.ndarray) -> None:
    """Inverse of ``flat_weights``.

    Raises:
        ValueError: another number of weights.
    """
    expected = sum(array.size for member in members for array in member.get_weights())
    if flat.shape != (expected,):
        raise ValueError(f"weights: expected shape ({expected},), found {flat.shape}")
    start = 0
    for member in members:
        arrays = []
        for array in member.get_weights():
            arrays.append(flat[start : start + array.size].reshape(array.shape).astype(np.float32))
            start += array.size
        member.set_weights(arrays)


# --- the judge ---------------------------------------------------------------------------


class Reading(NamedTuple):
    """What the judge says of n images.

    ``label`` uint8[n], the class most probable by the members' mean; ``confidence`` float64[n], the
    probability that the most doubtful member gives it; ``readable`` bool[n].
    """

    label: np.ndarray
    confidence: np.ndarray
    readable: np.ndarray


@dataclass(frozen=True)
class Judge:
    """Trained members and the probability that each must give; images are uint8[n, 28, 28] with
    bright ink."""

    members: list[keras.Model]
    threshold: float

    @classmethod
    def load(cls, run: Run) -> "Judge":
        """The judge of a stored record.

        Raises:
            ValueError: the weights do not fit the networks.
        """
        if not isinstance(run.record, JudgeRecord):
            raise ValueError(f"run: expected a judge, found {run.record.kind}")
        members = build_members(len(run.record.members), run.record.n_classes, 0)
        set_flat_weights(members, run.arrays["weights"])
        return cls(members, run.record.config.threshold)

    @property
    def n_classes(self) -> int:
        return self.members[0].output_shape[-1] - 1

    def probabilities(self, images: np.ndarray) -> np.ndarray:
        """float64[m, n, classes + 1] of each member, no class last."""
        return np.stack([tf.nn.softmax(_outputs(m, images)).numpy() for m in self.members]).astype(np.float64)

    def read(self, images: np.ndarray) -> Reading:
        return decide(self.probabilities(images), self.threshold)

    def features(self, images: np.ndarray) -> np.ndarray:
        """float64[n, f], the last hidden layer of all members side by side."""
        bodies = [keras.Model(m.inputs[0], m.get_layer("features").output) for m in self.members]
        return np.concatenate([_outputs(body, images) for body in bodies], axis=1).astype(np.float64)


def _outputs(model: keras.Model, images: np.ndarray) -> np.ndarray:
    if len(images) == 0:  # a convolution refuses none
        return np.zeros((0, model.output_shape[-1]), np.float32)
    chunks = (images[i : i + CHUNK] for i in range(0, len(images), CHUNK))
    return np.concatenate([model(_inputs(chunk), training=False).numpy() for chunk in chunks])


def _inputs(images: np.ndarray) -> np.ndarray:
    return images[..., None].astype(np.float32) / 255


def class_distribution(probabilities: np.ndarray) -> np.ndarray:
    """float64[n, classes]: the members' mean, given that it is one of the classes."""
    classes = probabilities.mean(axis=0)[:, :-1]
    return classes / classes.sum(axis=1, keepdims=True)


def decide(probabilities: np.ndarray, threshold: float) -> Reading:
    """Readable is what every member takes for the same class, with at least ``threshold`` each."""
    label = class_distribution(probabilities).argmax(axis=1)
    agreed = (probabilities.argmax(axis=2) == label).all(axis=0)
    confidence = probabilities[:, np.arange(len(label)), label].min(axis=0)
    return Reading(label.astype(np.uint8), confidence, agreed & (confidence >= threshold))


# --- training and measuring --------------------------------------------------------------


def train(config: JudgeConfig, seed: int, data: ImageData, progress: Progress) -> list[keras.Model]:
    """Members that have seen the training images ``epochs`` times among images of no class made of
    them, all warped and damaged anew every ``PASSES`` epochs."""
    members = build_members(config.members, data.n_classes, seed)
    images = data.x_train.astype(np.float32) / 255
    digits = are_digits(data.info)
    for epoch in range(config.epochs):
        if epoch % PASSES == 0:
            rng = np.random.default_rng([seed, epoch])
            examples, answers = judge_examples.examples(images, data.y_train, data.n_classes, digits, rng)
        if epoch == 0:
            for member in members:
                _compile(member, config, len(answers))
        losses = []
        for member in members:
            history = member.fit(examples[..., None], answers, batch_size=config.batch_size, verbose=0)
            losses.append(history.history["loss"][0])
        done = (epoch + 1) / config.epochs
        progress(epoch=epoch + 1, loss=float(np.mean(losses)), done=done, unit_done=True)
    return members


def _compile(member: keras.Model, config: JudgeConfig, n: int) -> None:
    steps = config.epochs * math.ceil(n / config.batch_size)
    rate = keras.optimizers.schedules.CosineDecay(config.learning_rate, steps)
    loss = keras.losses.SparseCategoricalCrossentropy(from_logits=True, name=LOSS)
    member.compile(keras.optimizers.Adam(rate), loss)


def measure_controls(
    judge: Judge, names: list[ControlName], images: np.ndarray, labels: np.ndarray, seed: int
) -> tuple[tuple[Control, ...], np.ndarray]:
    """How many of each control are readable, and ``SHOWN`` of its images, uint8[c, SHOWN, 28, 28],
    made of held-out images uint8[n, 28, 28] and uint8[n]."""
    controls, shown = [], []
    for name in names:
        family, expected, limit = digit_controls.EXPECTED[name]
        made = digit_controls.make(name, images, labels, seed)
        controls.append(
            Control(
                name=name,
                family=family,
                readable_expected=expected,
                limit=limit,
                n=len(made),
                readable=int(judge.read(made).readable.sum()),
            )
        )
        shown.append(made[:SHOWN])
    return tuple(controls), np.stack(shown)


def calibration_error(distribution: np.ndarray, labels: np.ndarray) -> float:
    """Expected calibration error (Guo et al., 2017) of float64[n, classes] for uint8[n]: in bins of equal
    width, the mean distance between accuracy and confidence."""
    confidence = distribution.max(axis=1)
    surplus = (distribution.argmax(axis=1) == labels) - confidence
    bins = np.minimum((confidence * BINS).astype(int), BINS - 1)
    return float(abs(np.bincount(bins, surplus, BINS)).sum() / len(labels))


def brier_score(distribution: np.ndarray, labels: np.ndarray) -> float:
    """Mean squared distance to the right answer (Brier, 1950), in [0, 2]."""
    return float(((distribution - np.eye(distribution.shape[1])[labels]) ** 2).sum(axis=1).mean())


def run(config: JudgeConfig, seed: int, data: ImageData, job: Job) -> tuple[JudgeResults, Arrays]:
    """Train on the training images, then measure on the test images what the stored weights do."""
    members = train(config, seed, data, job.progress)
    job.progress(phase="controles", done=1.0, testing=True)
    weights = flat_weights(members)
    set_flat_weights(members, weights)
    judge = Judge(members, config.threshold)
    distribution = class_distribution(judge.probabilities(data.x_test))
    kept = np.random.default_rng(seed).permutation(len(data.x_test))[: config.control_images]
    names = digit_controls.applicable(data.info)
    controls, shown = measure_controls(judge, names, data.x_test[kept], data.y_test[kept], seed)
    results = JudgeResults(
        members=tuple(
            describe(member, f"{member.name}-{i}", member.optimizer, LOSS)
            for i, member in enumerate(members, start=1)
        ),
        parameters=len(weights),
        n_test=len(data.y_test),
        correct=int((distribution.argmax(axis=1) == data.y_test).sum()),
        ece=calibration_error(distribution, data.y_test),
        brier=brier_score(distribution, data.y_test),
        controls=controls,
    )
    return results, {"weights": weights, "shown": shown}
