"""From which checkpoint on generated images can be read: the rule behind the rungs."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

from experiments.kinds.readability import ReadableStep
from experiments.records.base import Run
from report.findings.judging import noise_ceiling, real_share
from report.findings.readability import covered, lower, readability_record
from report.study.study import Study

HELD = 3  # checkpoints in a row, the first included


@dataclass(frozen=True)
class Rung:
    """A share of what the judge reads among real images, and the part of the classes that must be
    covered."""

    share: float
    classes: float

    def least(self, step: ReadableStep) -> int:
        """How many classes."""
        return math.ceil(self.classes * len(step.by_class) - 1e-9)


LADDER = (Rung(0.10, 0.5), Rung(0.25, 0.8), Rung(0.50, 0.8), Rung(0.90, 0.8))


def bound(rung: Rung, real: float, noise: float) -> float:
    """The share that must be exceeded: that of the rung and that of any noise."""
    return max(rung.share * real, noise)


def is_varied(step: ReadableStep, rung: Rung) -> bool:
    return len(covered(step.by_class)) >= rung.least(step)


def passes(step: ReadableStep, rung: Rung, real: float, noise: float) -> bool:
    """Whether a checkpoint exceeds a rung with enough classes covered."""
    return lower(step) > bound(rung, real, noise) and is_varied(step, rung)


def crossing(steps: Sequence[ReadableStep], rung: Rung, real: float, noise: float) -> int | None:
    """The index of the first checkpoint from which the rung is exceeded, there and at the next two,
    with enough classes covered; None if there is none."""
    passed = [passes(step, rung, real, noise) for step in steps]
    return next((i for i in range(len(passed) - HELD + 1) if all(passed[i : i + HELD])), None)


def start(study: Study) -> tuple[int, Run, int] | None:
    """Where digits begin to be read, in the first seed in which they do: its place among the seeds, what
    was read of it, and the index of the checkpoint."""
    real, noise = real_share(study).value, noise_ceiling(study).value
    for place, run in enumerate(study.readability):
        index = crossing(readability_record(run).steps, LADDER[0], real, noise)
        if index is not None:
            return place, run, index
    return None
