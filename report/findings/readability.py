"""What the judge read among generated images, checkpoint by checkpoint."""

from collections.abc import Sequence

from experiments.kinds.readability import ReadabilityRecord, ReadableStep
from experiments.records.base import Run
from report.findings import measures
from report.findings.base import Summary, summarize
from report.ledger.ledger import Leaf, derive
from report.ledger.quantities import SHARE
from report.study.study import Study, at

COVERED = 0.02  # of the readable images: a digit with fewer is missing


def readability_record(run: Run) -> ReadabilityRecord:
    assert isinstance(run.record, ReadabilityRecord)
    return run.record


def last_checkpoint(study: Study) -> int:
    """Its index, the same in all seeds."""
    return len(readability_record(study.readability[0]).steps) - 1


def covered(by_class: Sequence[int]) -> list[int]:
    """The digits that make up at least ``COVERED`` of the readable images; none if none is read."""
    total = sum(by_class)
    return [digit for digit, n in enumerate(by_class) if total and n >= COVERED * total]


def uncovered_classes(by_class: Sequence[int]) -> list[int]:
    """The others."""
    return sorted(set(range(len(by_class))) - set(covered(by_class)))


def lower(step: ReadableStep) -> float:
    """The lower end of Wilson's interval of what is read."""
    return measures.wilson_interval(step.readable, step.n)[0]


def share(run: Run, index: int) -> Leaf:
    """Of the images of one checkpoint, those that the judge calls readable."""
    readable, n = at(run, f"steps[{index}].readable"), at(run, f"steps[{index}].n")
    return derive("cociente", lambda a, b: a / b, readable, n)


def share_at(runs: Sequence[Run], index: int) -> Summary:
    """The same over the seeds."""
    return summarize(SHARE, [share(run, index) for run in runs])


def unread_at(runs: Sequence[Run], index: int) -> Summary:
    """The others, over the seeds."""
    return summarize(SHARE, [derive("resto", lambda a: 1 - a, share(run, index)) for run in runs])
