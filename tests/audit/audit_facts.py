"""Trainings that could have happened, and how their authors write numbers."""

import itertools
from dataclasses import dataclass

WORST = 1e-6  # below every written decimal, so that no value lies on the border of a rounding


@dataclass(frozen=True)
class Facts:
    """One training of both networks."""

    rows: tuple[tuple[float, float, float, float], ...]  # train loss, train acc, val loss, val acc
    patience: int
    total: int
    val: int
    confusion: tuple[int, int, int, int]  # tn, fp, fn, tp
    batch: int
    rate: float
    units: int
    step: int
    losses: tuple[tuple[float, float], ...]  # D and G at each sampled step

    def column(self, index):
        return [row[index] for row in self.rows]

    @property
    def n_steps(self):
        return len(self.losses)

    def history(self):
        """Keras' log of this training, with more decimals than any document gives."""
        names = ("loss", "accuracy", "val_loss", "val_accuracy")
        return {name: self.column(i) for i, name in enumerate(names)}


def make_facts(random_):
    rows, patience = make_rows(random_)
    half = random_.choice([5000, 10000, 12500])
    fp, fn = random_.randint(half // 12, half // 9), random_.randint(half // 7, half // 5)
    if random_.random() < 0.5:
        fp, fn = fn, fp
    total = random_.choice([20000, 25000, 40000])
    return Facts(
        rows=rows,
        patience=patience,
        total=total,
        val=total * random_.choice([10, 15, 20]) // 100,
        confusion=(half - fp, fp, fn, half - fn),
        batch=random_.choice([32, 64, 128]),
        rate=random_.choice([1e-3, 2e-4, 5e-4]),
        units=random_.choice([48, 64, 96, 128]),
        step=random_.choice([250, 500, 1000]),
        losses=make_losses(random_),
    )


def make_rows(random_):
    """Epochs with one best, a degree of overfitting that is not on a border, and distinct values."""
    while True:
        low, patience = random_.randint(2, 5), random_.randint(3, 5)
        train_loss, train_acc, val_loss, val_acc = 0.52, 0.74, 0.40, 0.82
        climbs = random_.random() < 0.5
        rows = []
        for epoch in range(1, low + patience + 1):
            train_loss *= random_.uniform(0.80, 0.92)
            train_acc += (0.99 - train_acc) * random_.uniform(0.15, 0.35)
            if epoch <= low:
                val_loss -= random_.uniform(0.008, 0.03)
                val_acc += random_.uniform(0.003, 0.02)
            else:
                down = not climbs and (epoch - low) % 2 == 0
                val_loss += -random_.uniform(0.002, 0.005) if down else random_.uniform(0.006, 0.02)
                val_acc -= random_.uniform(0.0015, 0.006)
            rows.append(tuple(round(x, 4) + WORST for x in (train_loss, train_acc, val_loss, val_acc)))
        gap = rows[-1][1] - rows[-1][3]
        on_border = min(abs(gap - bound) for bound in (0.01, 0.05, 0.10)) < 0.004 or gap < 0.01
        distinct = all(len({row[i] for row in rows}) == len(rows) for i in (2, 3))
        if distinct and not on_border:
            return tuple(rows), patience


def make_losses(random_):
    collapse = random_.random() < 0.25
    last = (0.01, 0.09, 5, 8) if collapse else (1.25, 1.45, 0.68, 0.95)
    steps = random_.randint(4, 6)
    while True:
        rows = [(random_.uniform(0.6, 1.1), random_.uniform(1.2, 3)) for _ in range(steps - 1)]
        rows.append((random_.uniform(*last[:2]), random_.uniform(*last[2:])))
        losses = tuple((round(d, 3), round(g, 3)) for d, g in rows)
        if all(len(set(column)) == steps for column in zip(*losses, strict=True)):
            return losses


class Numbers:
    """One author's habits: decimal sign, decimals, thousands, rates or percentages."""

    def __init__(self, language, random_):
        self.comma = language == "es" and random_.random() < 0.5
        self.percent = random_.random() < 0.35
        self.decimals = random_.choice([3, 4, 4])
        self.grouping = random_.choice(["", "\u00a0", "." if self.comma else ","])
        self.space = random_.choice(["", " ", "\u00a0"]) if language == "es" else ""
        self.scientific = random_.random() < 0.5

    def real(self, value, decimals):
        text = f"{value:.{decimals}f}"
        return text.replace(".", ",") if self.comma else text

    def rate(self, value):
        if self.percent:
            return self.real(100 * value, self.decimals - 2) + self.space + "%"
        return self.real(value, self.decimals)

    def loss(self, value):
        return self.real(value, self.decimals)

    def share(self, value):
        return self.real(100 * value, 1) + self.space + "%"

    def whole_percent(self, value):
        return f"{value}{self.space}%"

    def count(self, value):
        return f"{value:,}".replace(",", self.grouping) if value >= 10000 else str(value)

    def learning_rate(self, value):
        if self.scientific:
            return f"{value:.0e}".replace("e-0", "e-")
        return self.real(value, 4)


def argmax(values):
    return max(range(len(values)), key=values.__getitem__)


def argmin(values):
    return min(range(len(values)), key=values.__getitem__)


def count_rises(values):
    return sum(b > a for a, b in itertools.pairwise(values))


def shape(values):
    """Climbs if it never falls again after its first rise."""
    steps = [b > a for a, b in itertools.pairwise(values)]
    return "oscillates" if False in steps[steps.index(True) :] else "climbs"


def degree(gap):
    return "severo" if gap >= 0.1 else "moderado" if gap >= 0.05 else "leve"
