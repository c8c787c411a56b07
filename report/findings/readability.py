"""What the judge read among generated images, checkpoint by checkpoint."""

from collections.abc import Sequence

from experiments.kinds.readability import ReadabilityRecord, ReadableStep
from experiments.records.base import Run
from report.findings import measures, nested
from report.findings.apart import Ends
from report.findings.base import Estimate, Summary, summarize
from report.findings.judging import is_usable, noise_ceiling
from report.findings.review_by_review import estimate
from report.ledger.ledger import Leaf, Number, derive, gather
from report.ledger.quantities import COUNT, SHARE, TEXT
from report.study.study import Study, at

COVERED = 0.02  # of the readable images: a class with fewer is missing
# Readable images, to say anything of what they show: of fifty, a class that makes a tenth of all is
# missing by chance once in two hundred times.
ENOUGH = 50
FEW = 0.5  # of the classes: a generator that draws fewer has collapsed


def readability_record(run: Run) -> ReadabilityRecord:
    assert isinstance(run.record, ReadabilityRecord)
    return run.record


def last_checkpoint(study: Study) -> int:
    """Its index, the same in all seeds."""
    return len(readability_record(study.readability[0]).steps) - 1


def covered(by_class: Sequence[int]) -> list[int]:
    """The classes that make up at least ``COVERED`` of the readable images; none if none is read."""
    total = sum(by_class)
    return [label for label, n in enumerate(by_class) if total and n >= COVERED * total]


def uncovered_classes(by_class: Sequence[int]) -> list[int]:
    """The others."""
    return sorted(set(range(len(by_class))) - set(covered(by_class)))


def lower(step: ReadableStep) -> float:
    """The lower end of Wilson's interval of what is read."""
    return measures.wilson_interval(step.readable, step.n)[0]


def is_enough(step: ReadableStep, noise: float) -> bool:
    """Whether what is read tells what is drawn: more than of any noise, and enough images."""
    return step.readable >= ENOUGH and lower(step) > noise


def classes_drawn(study: Study) -> list[float | None]:
    """By the generator of each seed at the end, of all classes; None where nobody could tell."""
    if not study.readability or not study.judge or not is_usable(study):
        return [None] * len(study.gan_losses)
    noise = noise_ceiling(study).value
    last = [readability_record(run).steps[-1] for run in study.readability]
    return [
        len(covered(step.by_class)) / len(step.by_class) if is_enough(step, noise) else None for step in last
    ]


def share(run: Run, index: int) -> Leaf:
    """Of the images of one checkpoint, those that the judge calls readable."""
    readable, n = at(run, f"steps[{index}].readable"), at(run, f"steps[{index}].n")
    return derive("cociente", lambda a, b: a / b, readable, n)


def share_at(runs: Sequence[Run], index: int) -> Summary:
    """The same over the seeds."""
    return summarize(SHARE, [share(run, index) for run in runs])


# --- what the classes are called ---------------------------------------------------------


def class_name(run: Run, label: Leaf) -> Number:
    """Of a class read: the user's word for it, or the digit that it is."""
    words = at(run, "data.classes")
    if not words.value:
        return COUNT(label)
    return TEXT(derive("nombre de la clase", lambda label, words: words[label], label, words))


def class_names(run: Run, labels: Leaf) -> tuple[Number, ...]:
    """Of a leaf that lists classes."""
    each = (derive(f"elemento {i}", lambda every, i=i: every[i], labels) for i in range(len(labels.value)))
    return tuple(class_name(run, label) for label in each)


# --- at the last step ---------------------------------------------------------------------


def final_step(run: Run) -> str:
    """Where the last step stands in its record."""
    return f"steps[{len(readability_record(run).steps) - 1}]"


def final_counts(runs: Sequence[Run]) -> tuple[Leaf, Leaf]:
    """Of each seed at its last step: the readable images, and all."""
    return (
        gather(at(run, f"{final_step(run)}.readable") for run in runs),
        gather(at(run, f"{final_step(run)}.n") for run in runs),
    )


def mean_share(hits: Sequence[int], n: Sequence[int]) -> float:
    return measures.mean([k / size for k, size in zip(hits, n, strict=True)])


def final_share(runs: Sequence[Run]) -> Estimate:
    """The mean over the seeds: of several with the interval that draws seeds and images; with that of
    Wilson of one, or where nothing or everything is read, so that all that is drawn would be alike."""
    leaves = final_counts(runs)
    middle = derive("media de cocientes", mean_share, *leaves)
    if len(runs) == 1 or middle.value in (0.0, 1.0):
        return estimate(SHARE, middle, "Wilson", of_all, *leaves)
    return estimate(SHARE, middle, "remuestreo anidado", nested.interval, *leaves)


def of_all(hits: Sequence[int], n: Sequence[int]) -> Ends:
    return measures.wilson_interval(sum(hits), sum(n))
