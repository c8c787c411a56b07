"""Which runs make a set of results, and in which order they are done."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from experiments.kinds.registry import KINDS
from experiments.records.base import Device
from experiments.records.closure import code_digest_of
from experiments.records.identity import Identity
from experiments.running.cost import processor_seconds
from experiments.running.environment import library_versions
from experiments.running.found import Found, made
from experiments.running.task import Task, damage, reason_to_run
from experiments.settings import Experiment

SHARED_SEED = 0
VALID = "completa y válida, no se repite"


def plan_all(
    experiment: Experiment,
    variants: Sequence[str],
    seeds: Sequence[int],
    found: Mapping[str, Found],
    root: Path,
    device: Device = "cpu",
) -> list[Task]:
    """All runs of a set of results, the base before ``variants``: those that others need before those
    others and, of each sort, the longest first, so that the cores are busy until the end. ``found``
    has the data that had to be found, by the module that reads them."""
    planner = _Planner(experiment, ("", *variants), seeds, found, root, device)
    tasks = [task for variant in planner.variants for task in planner.tasks(variant)]
    depth = {name: _depth(name) for name in KINDS}
    return sorted(
        tasks,
        key=lambda task: (
            *(bool(task.variant), depth[task.kind], bool(task.shorter)),
            -(processor_seconds(task) or 0),
        ),
    )


def _depth(kind: str) -> int:
    """How many runs must be done one after another before one of ``kind``."""
    return max((_depth(needed) + 1 for needed in KINDS[kind].needs), default=0)


@dataclass(frozen=True)
class _Planner:
    experiment: Experiment
    variants: Sequence[str]  # the base among them
    seeds: Sequence[int]
    found: Mapping[str, Found]
    root: Path
    device: Device

    @cached_property
    def configs(self) -> dict[str, dict[str, Any]]:
        """Settings by variant and kind."""
        return {variant: self.experiment.configs(variant) for variant in self.variants}

    def tasks(self, variant: str) -> list[Task]:
        return [task for kind in self.kinds(variant) for task in self.all_seeds(kind, variant)]

    def kinds(self, variant: str) -> list[str]:
        """The kinds of which ``variant`` has runs of its own: those that it names and whose settings
        it changes, those that follow them, and what these measure where settings are left to be
        theirs."""
        if not variant:
            return list(KINDS)
        named = {setting.partition(".")[0] for setting in self.experiment.variants[variant]}
        different = {name for name in KINDS if self.configs[""][name] != self.configs[variant][name]}
        changed = named & different
        own = {name for name, kind in KINDS.items() if name in changed or changed & set(kind.follows)}
        own |= {needed for name in own for needed in KINDS[name].needs if needed in different}
        return [name for name in KINDS if name in own]

    def all_seeds(self, name: str, variant: str) -> list[Task]:
        kind, config = KINDS[name], self.configs[variant][name]
        seeds = [SHARED_SEED] if kind.shared else kind.seeds(config, self.seeds)
        return [self.task(name, variant, seed) for seed in seeds]

    def task(self, name: str, variant: str, seed: int) -> Task:
        kind, data = KINDS[name], self.data(name, variant)
        identity = Identity(
            kind=name,
            seed=seed,
            config=self.configs[variant][name].model_dump(mode="json"),
            data_digest=data.info.digest,
            code_digest=code_digest_of(name),
            libraries=library_versions(),
            device=self.device,
        )
        return Task(
            identity=identity,
            variant=variant,
            profile=self.experiment.profile,
            source=data.source,
            root=self.root,
            name=self.name(name, variant, seed),
            needs={needed: self.name(needed, self.owner(needed, variant), seed) for needed in kind.needs},
            shorter=self.shorter(name, variant, seed),
            files=self.experiment.files(name, variant),
        )

    def data(self, kind: str, variant: str) -> Found:
        module = KINDS[kind].data
        return self.found.get(module) or made(module, self.configs[variant][kind])

    def owner(self, kind: str, variant: str) -> str:
        """The variant whose run of ``kind`` stands for that of ``variant``."""
        return variant if variant and kind in self.kinds(variant) else ""

    def shorter(self, name: str, variant: str, seed: int) -> str | None:
        """The base's run, if this one is the same but for going on for longer."""
        kind = KINDS[name]
        base, own = (self.configs[each][name].model_dump() for each in ("", variant))
        longer = [setting for setting in kind.continues if own[setting] > base[setting]]
        same = all(own[setting] == base[setting] for setting in own if setting not in kind.continues)
        return self.name(name, "", seed) if variant and longer and same else None

    def name(self, kind: str, variant: str, seed: int) -> str:
        """Folders are named after all that tells one set of results from another, so that a quick
        look, own data or a run on the sample leave the full results alone."""
        info = self.data(kind, variant).info
        parts = [f"{kind}@{variant}" if variant else kind]
        if self.experiment.profile != "full":
            parts.append(self.experiment.profile)
        if info.is_sample:
            parts.append("sample")
        if info.is_own:
            parts.append("own")
        if self.device != "cpu":
            parts.append(self.device)
        return "-".join(parts) + ("" if KINDS[kind].shared else f"/seed-{seed}")


def select_pending(tasks: Sequence[Task], say: Callable[[str], None]) -> list[Task]:
    """Those of ``tasks`` that must be done, or may have to be once what they need has been."""
    states = _with_what_they_measure(tasks)
    for task, state in states:
        say(f"{task.label}: {state or VALID}.")
    return [task for task, state in states if state is not None]


def complete_variants(tasks: Sequence[Task]) -> list[str]:
    """Those, the base "" among them, all of whose runs are complete and valid."""
    unfinished = {task.variant for task, state in _states(tasks, {}) if state is not None}
    return [name for name in dict.fromkeys(task.variant for task in tasks) if name not in unfinished]


def _with_what_they_measure(tasks: Sequence[Task]) -> list[tuple[Task, str | None]]:
    """As ``_states``, where what a run left that is going to be measured must be there too: a valid record
    is of use without."""
    again: dict[str, str] = {}
    while True:
        states = _states(tasks, again)
        measured = {name for task, state in states if state is not None for name in task.needs.values()}
        found = {
            task.name: complaint
            for task, state in states
            if state is None and task.name in measured and (complaint := damage(task)) is not None
        }
        if not found:
            return states
        again |= found


def _states(tasks: Sequence[Task], again: Mapping[str, str]) -> list[tuple[Task, str | None]]:
    """Why each of ``tasks``, in an order in which they can be done, is not complete and valid; ``again``
    has those that must be repeated all the same, and why."""
    states: list[tuple[Task, str | None]] = []
    for task in tasks:
        needed = task.needs.values()
        waiting = [other.label for other, state in states if state is not None and other.name in needed]
        if waiting:
            state: str | None = f"depende de {' y '.join(waiting)}"
        else:
            state = again.get(task.name) or reason_to_run(task)
        states.append((task, state))
    return states


def variant_settings(experiment: Experiment, variants: Sequence[str]) -> dict[str, dict[str, Any]]:
    """What sets each of ``variants`` apart, by ``kind.setting``."""
    return {name: dict(experiment.variants[name]) for name in variants}
