"""What was not measured, so that the document says it once and nothing else of it."""

from collections.abc import Iterator
from enum import auto

from report.findings.base import Code
from report.study.study import Study


class Absent(Code):
    """A whole part, or a group of runs."""

    PART_A = auto()
    PART_B = auto()
    LSTM = auto()
    LINEAR = auto()
    MEMORY = auto()
    PROBE = auto()
    GAN = auto()
    JUDGE = auto()
    READABILITY = auto()


def absent_from(study: Study) -> tuple[Absent, ...]:
    """Nothing of what an author brought: what they did not bring nobody set out to measure."""
    if study.brought:
        return ()
    return (*absent_from_a(study), *absent_from_b(study))


def absent_from_a(study: Study) -> Iterator[Absent]:
    if not study.part_a:
        yield Absent.PART_A
        return
    if not study.lstm:
        yield Absent.LSTM
    if not study.linear:
        yield Absent.LINEAR
    if study.lstm and not study.memory:
        yield Absent.MEMORY
    if not study.probe:
        yield Absent.PROBE


def absent_from_b(study: Study) -> Iterator[Absent]:
    if not study.part_b:
        yield Absent.PART_B
        return
    if not study.gan:
        yield Absent.GAN
    if not study.judge:
        yield Absent.JUDGE
    if study.gan and not study.readability:
        yield Absent.READABILITY
