"""Findings that need not be found again: where one of many runs is changed, those of the others stay.

What a finding is found from is seen as it is found: a study tells which of its groups are read.
"""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import fields, replace
from typing import Any
from unittest import mock

import numpy as np

from experiments.records.base import Run
from report.findings import collection
from report.findings.base import Finding
from report.findings.collection import KINDS, Findings, find_all
from report.study.study import GROUPS, Groups, Study
from report.text import document

Find = Callable[[Study], Finding]
FIELDS = {field.name for field in fields(Study)}


class Watched(Study):
    """A study that notes which of its fields are read."""

    read: set[str]

    def __getattribute__(self, name: str) -> Any:
        if name in FIELDS:
            object.__getattribute__(self, "read").add(name)
        return super().__getattribute__(name)


def watched(study: Study) -> Watched:
    found = object.__new__(Watched)
    found.__dict__.update(vars(study), read=set())
    return found


class Recollection:
    """The findings of ``original``, with what each was found from."""

    def __init__(self, original: Study) -> None:
        self.original = original
        self.runs = {run.name: run for run in original.runs}
        self.found: dict[type[Finding], tuple[set[str], Finding]] = {}

    def find_all(self, study: Study) -> Findings:
        """As ``collection.find_all``."""
        same = self.with_known_runs(study)
        finds = {kind: self.recalling(kind, find) for kind, find in KINDS.items()}
        with mock.patch.dict(collection.KINDS, finds):
            return find_all(same)

    def recalling(self, kind: type[Finding], find: Find) -> Find:
        def recall(study: Study) -> Finding:
            if kind not in self.found:
                seen = watched(self.original)
                try:
                    self.found[kind] = seen.read, find(seen)
                except Exception:  # the original has not what it takes
                    return find(study)
            read, finding = self.found[kind]
            return finding if all(self.is_same(study, name) for name in read) else find(study)

        return recall

    def is_same(self, study: Study, name: str) -> bool:
        ours, theirs = getattr(self.original, name), getattr(study, name)
        if isinstance(ours, Mapping):
            return ours.keys() == theirs.keys() and all(
                are_same(getattr(ours[each], group), getattr(theirs[each], group))
                for each in ours
                for group in GROUPS
            )
        return are_same(ours, theirs) if isinstance(ours, tuple) else ours == theirs

    def with_known_runs(self, study: Study) -> Study:
        """The runs of the original themselves, in the place of those that are equal to them."""
        variants = {name: replace(each, **dict(self.known(each))) for name, each in study.variants.items()}
        return replace(study, variants=variants, **dict(self.known(study)))

    def known(self, groups: Groups) -> Iterator[tuple[str, tuple[Run, ...]]]:
        for name in GROUPS:
            yield name, tuple(map(self.known_run, getattr(groups, name)))

    def known_run(self, run: Run) -> Run:
        ours = self.runs.get(run.name)
        return ours if ours is not None and are_equal(ours, run) else run


def are_same(ours: tuple[Any, ...], theirs: tuple[Any, ...]) -> bool:
    return len(ours) == len(theirs) and all(a is b for a, b in zip(ours, theirs, strict=True))


def are_equal(one: Run, other: Run) -> bool:
    """Of equal records and arrays."""
    return (
        one.record == other.record
        and one.arrays.keys() == other.arrays.keys()
        and all(
            array.dtype == other.arrays[name].dtype
            and np.array_equal(array, other.arrays[name], equal_nan=array.dtype.kind == "f")
            for name, array in one.arrays.items()
        )
    )


@contextmanager
def recalled(original: Recollection) -> Iterator[None]:
    """``compose`` with findings that need not be found again."""
    with mock.patch.object(document, "find_all", original.find_all):
        yield
