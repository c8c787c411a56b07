"""Who decides whether an image is a readable digit.

Differently built networks learn the ten digits and an eleventh class, images that show no digit.
Digits and non-digits get the same defects, so that a speckle or a blur decides nothing by itself.
An image is readable if all networks read the same digit in it, each with at least a set
probability. Controls whose answer is known beforehand say whether that measure may be used.

The probability asked for, 0.8, was fixed on training digits that a judge had not learnt from: the
lowest, in tenths, at which every control without digits stays within half of its limit.
"""

import math
import time
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

import keras
import numpy as np
import tensorflow as tf

from experiments import digit_controls
from experiments.datasets import Digits
from experiments.digit_controls import NON_DIGIT
from experiments.gan_mnist import Progress
from experiments.records import Arrays, Control, JudgeConfig, JudgeRecord, Run

CLASSES = 11  # the ten digits and what is none
CHUNK = 1_000  # images that the networks look at together
PASSES = 2  # over the same examples, because making them takes as long as learning from them
BINS = 15  # of the calibration error, as in Guo et al. (2017)
SHOWN = 8  # images of each control that the record keeps


# --- networks ----------------------------------------------------------------------------


def build_pooled() -> keras.Model:
    """Small kernels and maximum pooling; float32[b, 28, 28, 1] in [0, 1] -> logits float32[b, 11]."""
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
            layers.Dense(CLASSES),
        ],
        name="pooled",
    )


def build_strided() -> keras.Model:
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
            layers.Dense(CLASSES),
        ],
        name="strided",
    )


BUILDERS = (build_pooled, build_strided)


def build_members(config: JudgeConfig, seed: int) -> list[keras.Model]:
    """As many networks as ``members``, of either kind by turns, each with its own first weights."""
    keras.utils.set_random_seed(seed)
    return [BUILDERS[i % len(BUILDERS)]() for i in range(config.members)]


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

    ``digit`` int8[n], 0-9, the most probable by the members' mean; ``confidence`` float64[n], the
    probability that the most doubtful member gives it; ``readable`` bool[n].
    """

    digit: np.ndarray
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
        members = build_members(run.record.config, 0)
        set_flat_weights(members, run.arrays["weights"])
        return cls(members, run.record.config.threshold)

    def probabilities(self, images: np.ndarray) -> np.ndarray:
        """float64[m, n, 11] of each member, the non-digit last."""
        return np.stack([tf.nn.softmax(_outputs(m, images)).numpy() for m in self.members]).astype(np.float64)

    def read(self, images: np.ndarray) -> Reading:
        return decide(self.probabilities(images), self.threshold)

    def features(self, images: np.ndarray) -> np.ndarray:
        """float64[n, f], the last hidden layer of all members side by side."""
        bodies = [keras.Model(m.inputs[0], m.get_layer("features").output) for m in self.members]
        return np.concatenate([_outputs(body, images) for body in bodies], axis=1).astype(np.float64)


def _outputs(model: keras.Model, images: np.ndarray) -> np.ndarray:
    chunks = range(0, max(len(images), 1), CHUNK)
    return np.concatenate([model(_inputs(images[i : i + CHUNK]), training=False).numpy() for i in chunks])


def _inputs(images: np.ndarray) -> np.ndarray:
    return images[..., None].astype(np.float32) / 255


def digit_distribution(probabilities: np.ndarray) -> np.ndarray:
    """float64[n, 10]: the members' mean, given that it is a digit."""
    digits = probabilities.mean(axis=0)[:, :NON_DIGIT]
    return digits / digits.sum(axis=1, keepdims=True)


def decide(probabilities: np.ndarray, threshold: float) -> Reading:
    """Readable is what every member takes for the same digit, with at least ``threshold`` each."""
    digit = digit_distribution(probabilities).argmax(axis=1)
    agreed = (probabilities.argmax(axis=2) == digit).all(axis=0)
    confidence = probabilities[:, np.arange(len(digit)), digit].min(axis=0)
    return Reading(digit.astype(np.int8), confidence, agreed & (confidence >= threshold))


# --- training and measuring --------------------------------------------------------------


def train(config: JudgeConfig, seed: int, data: Digits, progress: Progress) -> list[keras.Model]:
    """Members that have seen the training digits ``epochs`` times among non-digits made of them, all
    warped and damaged anew every ``PASSES`` epochs."""
    members = build_members(config, seed)
    images = data.x_train.astype(np.float32) / 255
    for epoch in range(config.epochs):
        if epoch % PASSES == 0:
            rng = np.random.default_rng([seed, epoch])
            examples, answers = digit_controls.examples(images, data.y_train, rng)
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
    loss = keras.losses.SparseCategoricalCrossentropy(from_logits=True)
    member.compile(keras.optimizers.Adam(rate), loss)


def measure_controls(
    judge: Judge, images: np.ndarray, labels: np.ndarray, seed: int
) -> tuple[tuple[Control, ...], np.ndarray]:
    """How many of each control are readable, and ``SHOWN`` of its images, uint8[c, SHOWN, 28, 28],
    made of held-out digits uint8[n, 28, 28] and uint8[n]."""
    controls, shown = [], []
    for name, (expected, limit) in digit_controls.EXPECTED.items():
        made = digit_controls.make(name, images, labels, seed)
        readable = int(judge.read(made).readable.sum())
        controls.append(
            Control(name=name, readable_expected=expected, limit=limit, n=len(made), readable=readable)
        )
        shown.append(made[:SHOWN])
    return tuple(controls), np.stack(shown)


def calibration_error(distribution: np.ndarray, labels: np.ndarray) -> float:
    """Expected calibration error (Guo et al., 2017) of float64[n, 10] for uint8[n]: in bins of equal
    width, the mean distance between accuracy and confidence."""
    confidence = distribution.max(axis=1)
    surplus = (distribution.argmax(axis=1) == labels) - confidence
    bins = np.minimum((confidence * BINS).astype(int), BINS - 1)
    return float(abs(np.bincount(bins, surplus, BINS)).sum() / len(labels))


def brier_score(distribution: np.ndarray, labels: np.ndarray) -> float:
    """Mean squared distance to the right answer (Brier, 1950), in [0, 2]."""
    return float(((distribution - np.eye(10)[labels]) ** 2).sum(axis=1).mean())


def run(
    config: JudgeConfig, seed: int, data: Digits, folder: Path, progress: Progress
) -> tuple[dict, Arrays]:
    """Train on the training digits, then measure on the test digits what the stored weights do.

    Returns the fields of ``JudgeRecord`` that are results, and its arrays; ``folder`` needs nothing
    else.
    """
    started = time.monotonic()
    members = train(config, seed, data, progress)
    weights = flat_weights(members)
    set_flat_weights(members, weights)
    judge = Judge(members, config.threshold)
    distribution = digit_distribution(judge.probabilities(data.x_test))
    kept = np.random.default_rng(seed).permutation(len(data.x_test))[: config.control_images]
    controls, shown = measure_controls(judge, data.x_test[kept], data.y_test[kept], seed)
    results = {
        "parameters": len(weights),
        "n_test": len(data.y_test),
        "correct": int((distribution.argmax(axis=1) == data.y_test).sum()),
        "ece": calibration_error(distribution, data.y_test),
        "brier": brier_score(distribution, data.y_test),
        "controls": controls,
        "duration_s": time.monotonic() - started,
    }
    return results, {"weights": weights, "shown": shown}
