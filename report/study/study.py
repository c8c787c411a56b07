"""The results that a document is about, and traced access to what they hold."""

import datetime
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal

from experiments.kinds.gan import GanRecord
from experiments.kinds.lstm import LstmRecord
from experiments.records.base import Profile, Run
from experiments.records.brought import Brought, BroughtGan, BroughtLstm, BroughtRecord
from experiments.records.results import Manifest, read_all_brought, read_results
from experiments.records.storage import IMPORT_AGAIN, TRAIN_AGAIN
from report.ledger.ledger import Leaf
from report.study.answers import bits
from report.study.consistency import (
    refuse_alone,
    refuse_incomplete,
    refuse_mixed,
    refuse_other_measured,
    refuse_repeated,
    refuse_two_sources,
    seeds_of,
)
from report.study.folders import REFERENCE, choose_results
from report.study.named import with_named
from report.study.reduction import beside_control, beside_last_words, reduce, reduce_brought
from report.study.reference import are_reference

_STEP = re.compile(r"([\w-]+)(?:\[(\d+|\*)\])?")


GroupName = Literal["lstm", "linear", "memory", "probe", "gan", "judge", "readability"]
PART_A: tuple[GroupName, ...] = ("lstm", "linear", "memory", "probe")
PART_B: tuple[GroupName, ...] = ("gan", "judge", "readability")
GROUPS = (*PART_A, *PART_B)
# What some runs offer and others do not: those that were trained here offer all of it.
Aspect = Literal[
    "classified",
    "histories",
    "val_losses",
    "val_accuracies",
    "running_gaps",
    "matrices",
    "answers",
    "brought_lengths",
    "brought_matrices",
    "brought_networks",
    "unpaired_losses",
]
GanAspect = Literal["pictured", "gan_losses", "gan_grids", "gan_readings", "gan_unread"]
# What a finding may ask for.
Need = GroupName | Aspect | GanAspect | Literal["lstm_variants", "gan_variants", "compared"]
AnyRun = Run | Brought


@dataclass(frozen=True, kw_only=True)
class Groups:
    """Runs by kind in the order of their seeds; any group may be empty. ``linear`` and ``memory``
    stand in the order of ``lstm``, ``readability`` in that of ``gan``."""

    lstm: tuple[Run, ...] = ()
    linear: tuple[Run, ...] = ()
    memory: tuple[Run, ...] = ()
    probe: tuple[Run, ...] = ()
    gan: tuple[Run, ...] = ()
    judge: tuple[Run, ...] = ()
    readability: tuple[Run, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Study(Groups):
    """One set of results: the runs that the document is about and, by name, its ``variants``, which
    may be compared with them. In the place of a group there may be what an author ``brought``, of which
    less is known. ``profile`` is None where nothing was run here."""

    root: Path
    profile: Profile | None
    variants: Mapping[str, Groups] = field(default_factory=dict)
    brought_lstm: tuple[Brought, ...] = ()
    brought_gan: tuple[Brought, ...] = ()

    # --- runs of the classifier of reviews that offer something, all seeds or none -----------

    @property
    def classified(self) -> tuple[AnyRun, ...]:
        """With how many reviews were read well, of those of the test part or of validation."""
        return self.matrices or self.val_accuracies

    @property
    def histories(self) -> tuple[AnyRun, ...]:
        """With what each epoch logged."""
        return self._classifiers(lambda record: bool(record.epochs))

    @property
    def val_losses(self) -> tuple[AnyRun, ...]:
        return self._classifiers(lambda record: logs(record, "val_loss"))

    @property
    def val_accuracies(self) -> tuple[AnyRun, ...]:
        return self._classifiers(lambda record: logs(record, "val_accuracy"))

    @property
    def accuracies(self) -> tuple[AnyRun, ...]:
        """With an accuracy of each epoch, on the validation part or of training as it ran."""
        return self.val_accuracies or self._classifiers(lambda record: logs(record, "running_accuracy"))

    @property
    def running_gaps(self) -> tuple[AnyRun, ...]:
        """With the accuracies of training, as it ran, and of validation."""
        return self._classifiers(lambda record: logs(record, "running_accuracy", "val_accuracy"))

    @property
    def matrices(self) -> tuple[AnyRun, ...]:
        """With how many reviews of the test part of each class were read as each."""
        return self._classifiers(lambda record: record.confusion is not None)

    @property
    def answers(self) -> tuple[AnyRun, ...]:
        """With the probability that each review of the test part was given, some of either class."""
        return self.lstm or (self.brought_lstm if all(map(answers_both, self.brought_lstm)) else ())

    @property
    def unpaired_losses(self) -> tuple[AnyRun, ...]:
        """With validation losses of each epoch, and none of each review."""
        return () if self.lstm else self.val_losses

    @property
    def brought_matrices(self) -> tuple[AnyRun, ...]:
        return () if self.lstm else self.matrices

    @property
    def brought_lengths(self) -> tuple[AnyRun, ...]:
        """With how many reviews of each length were read well, as their author says how long they are."""
        brought = all(len(brought_lstm_record(run).deciles) > 1 for run in self.brought_lstm)
        return self.brought_lstm if brought else ()

    @property
    def brought_networks(self) -> tuple[AnyRun, ...]:
        """With the network of their author; those of what was trained here are read off as built."""
        brought = all(brought_lstm_record(run).model for run in self.brought_lstm)
        return self.brought_lstm if brought else ()

    # --- and of the GAN ----------------------------------------------------------------------

    @property
    def pictured(self) -> tuple[AnyRun, ...]:
        """With what page one draws: accuracies by epoch, or images."""
        return (*self.accuracies, *self.gan_grids)

    @property
    def gan_losses(self) -> tuple[AnyRun, ...]:
        return self._generators(lambda run: {"discriminator_loss", "generator_loss"} <= run.arrays.keys())

    @property
    def gan_grids(self) -> tuple[AnyRun, ...]:
        return self._generators(lambda run: "grid" in run.arrays)

    @property
    def gan_readings(self) -> tuple[AnyRun, ...]:
        """With what the judge reads in the grids that an author brought."""
        read = all(brought_gan_record(run).readings for run in self.brought_gan)
        return self.brought_gan if read else ()

    @property
    def gan_unread(self) -> tuple[AnyRun, ...]:
        """Of which the judge reads not even the real images."""
        records = [brought_gan_record(run) for run in self.brought_gan]
        return self.brought_gan if all(r.real_reading and not r.readings for r in records) else ()

    def _classifiers(self, offers: Callable[[BroughtLstm], bool]) -> tuple[AnyRun, ...]:
        return self.lstm or (
            self.brought_lstm if all(offers(brought_lstm_record(run)) for run in self.brought_lstm) else ()
        )

    def _generators(self, offers: Callable[[Brought], bool]) -> tuple[AnyRun, ...]:
        return self.gan or (self.brought_gan if all(map(offers, self.brought_gan)) else ())

    # --- and of variants -----------------------------------------------------------------------

    @property
    def lstm_variants(self) -> Mapping[str, Groups]:
        """Those whose reviews were read by another network than that of the base."""
        return {name: groups for name, groups in self.variants.items() if self.lstm and groups.lstm}

    @property
    def gan_variants(self) -> Mapping[str, Groups]:
        """Those of which it was measured how much of what they draw can be read."""
        judged = self.judge and self.readability
        return {name: groups for name, groups in self.variants.items() if judged and groups.readability}

    @property
    def compared(self) -> Mapping[str, Groups]:
        """Those of either part, by name."""
        either = self.lstm_variants.keys() | self.gan_variants.keys()
        return {name: groups for name, groups in self.variants.items() if name in either}

    @property
    def part_a(self) -> tuple[Run, ...]:
        return self._of(PART_A)

    @property
    def part_b(self) -> tuple[Run, ...]:
        return self._of(PART_B)

    @property
    def runs(self) -> tuple[Run, ...]:
        return (*self.part_a, *self.part_b)

    @property
    def dated_on(self) -> datetime.date:
        """The day on which the last run ended or, of what an author brought, on which it was read."""
        if self.brought:
            return max(run.record.imported_on for run in self.brought)
        return max(run.record.finished_on for run in self.runs)

    @property
    def again(self) -> str:
        """What helps if something is wrong with a run."""
        return IMPORT_AGAIN if self.brought else TRAIN_AGAIN

    @property
    def brought(self) -> tuple[Brought, ...]:
        return (*self.brought_lstm, *self.brought_gan)

    def _of(self, names: Sequence[GroupName]) -> tuple[Run, ...]:
        """Those of the variants after all others."""
        each = (self, *self.variants.values())
        return tuple(run for groups in each for name in names for run in getattr(groups, name))


# Each of these goes with the runs of another group, seed by seed.
BESIDE: dict[GroupName, GroupName] = {"linear": "lstm", "memory": "lstm", "readability": "gan"}


def shown_gan(study: Study) -> AnyRun:
    """The seed whose images are shown: the first, chosen before seeing any."""
    return study.gan_grids[0]


def find_study(chosen: Path | None) -> Study:
    """The results in ``chosen``; without it ``results/local`` if complete, else ``results/reference``.
    The reference results are known as such wherever they lie. ``refuse_stale`` has still to look at
    them.

    Raises:
        RenderError: none are complete.
        RecordError: they cannot be used.
    """
    root = choose_results(chosen)
    manifest, runs = read_results(root)
    brought = read_all_brought(root, manifest)
    return make_study(REFERENCE if not brought and are_reference(runs) else root, manifest, runs, brought)


def make_study(root: Path, manifest: Manifest, runs: Sequence[Run], brought: Sequence[Brought] = ()) -> Study:
    """Group ``runs`` by variant and kind, in order of seed, and what was ``brought`` by part.

    Raises:
        RecordError: a seed stands twice or is missing where others were measured, more than the
            seed varies, a variant has nothing that it is one of, or a measurement is of other runs than
            these.
    """
    found: dict[str, dict[GroupName, list[Run]]] = {"": {}}
    for run in sorted(runs, key=lambda run: run.record.seed):
        found.setdefault(run.record.variant, {}).setdefault(group_of(run), []).append(run)
    for groups in found.values():
        for name, group in groups.items():
            beside = groups.get(BESIDE[name]) if name in BESIDE else None
            refuse_incomplete(root, name, seeds_of(group), seeds_of(beside) if beside else None)
            refuse_mixed(group, manifest.profile)
            if name not in found[""]:
                refuse_alone(group[0])
    for run in runs:
        refuse_other_measured(run, runs)
    tried = any("lstm" in groups for variant, groups in found.items() if variant)
    controls = {run.record.seed: run for run in found[""].get("linear", ()) if tried}
    base = found[""]
    lstm, linear = with_named(base.get("lstm", ()), base.get("linear", ()))
    with_names: dict[GroupName, list[Run]] = {"lstm": list(lstm), "linear": list(linear)}
    base.update({name: group for name, group in with_names.items() if group})
    ours, theirs = ({run.record.seed: run for run in group} for group in (lstm, linear))
    base.update(measured_beside(base.get("memory", ()), ours, theirs))
    reduced = {
        variant: {
            name: tuple(reduce(beside_control(run, controls.get(run.record.seed))) for run in group)
            for name, group in groups.items()
        }
        for variant, groups in found.items()
    }
    of_base = reduced.pop("")
    refuse_two_sources(root, of_base, brought)
    variants = {variant: Groups(**reduced[variant]) for variant in sorted(reduced)}
    return Study(
        root=root,
        profile=manifest.profile,
        variants=variants,
        **of_base,
        brought_lstm=brought_of(root, brought, BroughtLstm),
        brought_gan=brought_of(root, brought, BroughtGan),
    )


def measured_beside(
    memory: Sequence[Run], lstm: Mapping[int, Run], linear: Mapping[int, Run]
) -> dict[GroupName, list[Run]]:
    """Memory with what both models answer, by seed; nothing where none was measured."""
    found = [beside_last_words(run, lstm.get(run.record.seed), linear.get(run.record.seed)) for run in memory]
    return {"memory": found} if found else {}


def brought_of(root: Path, brought: Sequence[Brought], kind: type[BroughtRecord]) -> tuple[Brought, ...]:
    """Those of one part, in order of seed."""
    members = sorted(
        (run for run in brought if isinstance(run.record, kind)), key=lambda run: run.record.seed
    )
    refuse_repeated(root, members)
    return tuple(map(reduce_brought, with_named(members)[0]))


def group_of(run: Run) -> GroupName:
    """The field of ``Groups`` that ``run`` belongs to."""
    assert run.record.kind in GROUPS
    return run.record.kind


def brought_lstm_record(run: AnyRun) -> BroughtLstm:
    assert isinstance(run.record, BroughtLstm)
    return run.record


def answers_both(run: Brought) -> bool:
    """Whether it has answers to reviews of both classes."""
    if "said" not in run.arrays:
        return False
    positive = bits(run.arrays["positive"], run.arrays["said"].shape[1])
    return bool(positive.any() and not positive.all())


def brought_gan_record(run: AnyRun) -> BroughtGan:
    assert isinstance(run.record, BroughtGan)
    return run.record


def logs(record: BroughtLstm, *names: str) -> bool:
    """Whether each epoch has the values of these names."""
    each = [getattr(epoch, name) for epoch in record.epochs for name in names]
    return bool(each) and None not in each


def lstm_record(run: AnyRun) -> LstmRecord:
    assert isinstance(run.record, LstmRecord)
    return run.record


def gan_record(run: AnyRun) -> GanRecord:
    assert isinstance(run.record, GanRecord)
    return run.record


def at(run: AnyRun, path: str) -> Leaf:
    """The value at ``path``: ``epochs[2].val_loss``, ``epochs[*].val_loss`` (a list),
    ``arrays.probability``; its origin is the run's name and the path."""
    value: Any = run.record
    for name, index in _STEP.findall(path):
        if value is run.record and name == "arrays":
            value = run.arrays
        elif isinstance(value, list):
            value = [_step(item, name) for item in value]
        else:
            value = _step(value, name)
        if index == "*":
            value = list(value)
        elif index:
            value = value[int(index)]
    return Leaf(value, f"{run.name}:{path}")


def _step(value: Any, name: str) -> Any:
    return value[name] if isinstance(value, dict) else getattr(value, name)
