"""What was measured of every model, in every phase and run of one document."""

import math
from collections.abc import Iterator
from dataclasses import dataclass, replace
from random import Random
from typing import NamedTuple

from audit_facts import WORST
from scoped_names import (
    TOPICS,
    Name,
    Topic,
    draw_gans,
    draw_models,
    draw_phases,
    draw_runs,
    together,
)

SHARES = ((80, 10, 10), (70, 15, 15), (60, 20, 20))  # of training, validation and test
AXES = ("models", "models", "phases", "runs", "models phases", "models runs")


class Epoch(NamedTuple):
    loss: float
    accuracy: float
    val_loss: float
    val_accuracy: float


class Losses(NamedTuple):
    """Of a GAN, at one epoch."""

    discriminator: float
    generator: float


class Settings(NamedTuple):
    batch: int
    rate: float
    epochs: int
    units: int
    dropout: float


Counts = tuple[tuple[int, ...], ...]  # of each true class, how many were taken for each


@dataclass(frozen=True)
class Training:
    """What nobody measured is empty or 0."""

    epochs: tuple[Epoch, ...] = ()
    losses: tuple[Losses, ...] = ()
    matrix: Counts = ()
    test_accuracy: float = 0
    test_loss: float = 0
    settings: Settings | None = None
    parameters: int = 0
    seconds: int = 0


@dataclass(frozen=True)
class Unit:
    """A training with the names of its model, phase and run, as many as the document tells apart."""

    path: tuple[Name, ...]
    training: Training

    @property
    def name(self) -> Name:
        return self.path[0] if len(self.path) == 1 else together(*self.path)


class Sizes(NamedTuple):
    train: int
    val: int
    test: int
    shares: tuple[int, int, int]

    @property
    def total(self) -> int:
        return self.train + self.val + self.test


@dataclass(frozen=True)
class Study:
    axes: str
    topic: Topic
    units: tuple[Unit, ...]
    sizes: Sizes | None = None


def written(value: float, decimals: int = 4) -> float:
    """As a program prints it; rounded again it never lies on the border of two roundings."""
    return round(value, decimals) + WORST


def make_study(language: str, random: Random, *, gan: bool = False, networks: bool = True) -> Study:
    axes = random.choice([each for each in AXES if not gan or each == "models"])
    topic = random.choice(TOPICS[language])
    sizes = _make_sizes(random)
    supports = _supports(sizes.test, len(topic.classes), random)
    paths = draw_paths(axes, language, random, gan=gan, networks=networks)
    while True:
        trainings = [_make_training(supports, random) for _ in paths]
        if _differ(trainings):
            break
    if axes == "models" and len(paths) > 1 and random.random() < 0.7:
        first = trainings[0].parameters
        doubled = 2 * first + round(first * random.uniform(-0.01, 0.01))
        trainings[1] = replace(trainings[1], parameters=doubled)
    units = tuple(Unit(path, training) for path, training in zip(paths, trainings, strict=True))
    return Study(axes, topic, units, sizes)


def draw_paths(
    axes: str, language: str, random: Random, *, gan: bool = False, networks: bool = True
) -> list[tuple[Name, ...]]:
    count, models = random.randint(2, 3), random.randint(2, 4)
    match axes:
        case "models" if gan:
            return [(model,) for model in draw_gans(language, models, random)]
        case "models":
            return [(model,) for model in draw_models(language, models, random, networks=networks)]
        case "phases":
            return [(phase,) for phase in draw_phases(language, count, random)]
        case "runs":
            return [(run,) for run in draw_runs(language, 3, random)]
        case "models phases":
            inner = draw_phases(language, 2, random)
        case _:
            inner = draw_runs(language, 2, random)
    outer = draw_models(language, 2, random, networks=networks)
    return [(model, each) for model in outer for each in inner]


def _make_sizes(random: Random) -> Sizes:
    shares = random.choice(SHARES)
    total = random.choice([6000, 8000, 10000, 12000, 20000])
    train, val, test = (total * share // 100 for share in shares)
    return Sizes(train, val, test, shares)


def _supports(total: int, classes: int, random: Random) -> list[int]:
    weights = [random.uniform(0.6, 1.4) for _ in range(classes)]
    found = [round(total * weight / sum(weights)) for weight in weights]
    return [*found[:-1], total - sum(found[:-1])]


def _make_training(supports: list[int], random: Random) -> Training:
    matrix = _make_matrix(supports, random)
    epochs = _make_epochs(random)
    hits = sum(row[i] for i, row in enumerate(matrix))
    settings = Settings(
        random.choice([16, 32, 64, 128]),
        random.choice([1e-3, 5e-4, 2e-4, 1e-2]),
        len(epochs),
        random.choice([32, 48, 64, 96, 128, 256]),
        random.choice([0.1, 0.2, 0.25, 0.3, 0.4]),
    )
    return Training(
        epochs=epochs,
        losses=_make_losses(random),
        matrix=matrix,
        test_accuracy=written(hits / sum(supports)),
        test_loss=written(random.uniform(0.25, 0.7)),
        settings=settings,
        parameters=random.randint(20_000, 900_000),
        seconds=random.randint(30, 400),
    )


def _make_matrix(supports: list[int], random: Random) -> Counts:
    """One mistake is the most frequent."""
    while True:
        base, rows = random.uniform(0.05, 0.2), []
        for real, support in enumerate(supports):
            row = [round(support * base * random.uniform(0.3, 1.4) / (len(supports) - 1)) for _ in supports]
            row[real] = 0
            row[real] = support - sum(row)
            rows.append(tuple(row))
        wrong = sorted(count for real, row in enumerate(rows) for i, count in enumerate(row) if i != real)
        if wrong[-1] > wrong[-2]:
            return tuple(rows)


def _make_epochs(random: Random) -> tuple[Epoch, ...]:
    """One best epoch, and values that differ when they are written with three decimals."""
    while True:
        best, more = random.randint(2, 5), random.randint(1, 4)
        loss, accuracy = random.uniform(0.5, 0.7), random.uniform(0.62, 0.76)
        val_loss, val_accuracy = random.uniform(0.42, 0.55), random.uniform(0.7, 0.82)
        found = []
        for epoch in range(1, best + more + 1):
            loss *= random.uniform(0.78, 0.92)
            accuracy += (0.99 - accuracy) * random.uniform(0.15, 0.3)
            sign = 1 if epoch <= best else -1
            val_loss -= sign * random.uniform(0.005, 0.03)
            val_accuracy += sign * random.uniform(0.004, 0.015)
            found.append(Epoch(*(written(x) for x in (loss, accuracy, val_loss, val_accuracy))))
        if all(len({round(x, 3) for x in column}) == len(found) for column in zip(*found, strict=True)):
            return tuple(found)


def _make_losses(random: Random) -> tuple[Losses, ...]:
    while True:
        found = tuple(
            Losses(written(random.uniform(0.3, 1.3)), written(random.uniform(0.7, 3)))
            for _ in range(random.randint(4, 8))
        )
        if all(len({round(x, 3) for x in column}) == len(found) for column in zip(*found, strict=True)):
            return found


def _differ(trainings: list[Training]) -> bool:
    """No two trainings look the same where a sentence compares them."""
    columns: list[list[float]] = [
        [100 * each.test_accuracy for each in trainings],
        [100 * each.epochs[-1].val_accuracy for each in trainings],
        [100 * macro_f1(each.matrix) for each in trainings],
        [each.losses[-1].generator * 20 for each in trainings],
        [each.seconds / 5 for each in trainings],
        [math.log(each.parameters) * 10 for each in trainings],
    ]
    return all(abs(a - b) > 0.6 for column in columns for i, a in enumerate(column) for b in column[i + 1 :])


class OfClass(NamedTuple):
    precision: float
    recall: float
    f1: float
    support: int


def by_class(matrix: Counts) -> Iterator[OfClass]:
    for i, row in enumerate(matrix):
        hits, taken = row[i], sum(each[i] for each in matrix)
        precision, recall = hits / taken if taken else 0, hits / sum(row)
        f1 = 2 * precision * recall / (precision + recall) if hits else 0
        yield OfClass(precision, recall, f1, sum(row))


def macro_f1(matrix: Counts) -> float:
    return sum(each.f1 for each in by_class(matrix)) / len(matrix)


def weighted_f1(matrix: Counts) -> float:
    total = sum(sum(row) for row in matrix)
    return sum(each.f1 * each.support for each in by_class(matrix)) / total
