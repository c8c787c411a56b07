"""The results that a document is about, and traced access to what they hold."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal, get_args

from experiments.records import (
    MANIFEST_FILE,
    DerivedRecord,
    GanRecord,
    LstmRecord,
    Manifest,
    Profile,
    ReadabilityRecord,
    RecordError,
    Run,
    code_digest,
    read_results,
)
from report.ledger.ledger import Leaf
from report.study.folders import choose_results
from report.study.reduction import reduce

_STEP = re.compile(r"([\w-]+)(?:\[(\d+|\*)\])?")


GroupName = Literal[
    "lstm", "linear", "memory", "probe", "gan", "dense", "judge", "readability", "dense_readability"
]


@dataclass(frozen=True)
class Study:
    """One set of results, by groups of runs in the order of their seeds, any of which may be empty.

    ``memory`` and ``readability`` stand in the order of ``lstm`` and ``gan``; ``dense`` and
    ``dense_readability`` are empty where the GAN is itself the dense one.
    """

    root: Path
    profile: Profile
    lstm: tuple[Run, ...] = ()
    linear: tuple[Run, ...] = ()
    memory: tuple[Run, ...] = ()
    probe: tuple[Run, ...] = ()
    gan: tuple[Run, ...] = ()
    dense: tuple[Run, ...] = ()
    judge: tuple[Run, ...] = ()
    readability: tuple[Run, ...] = ()
    dense_readability: tuple[Run, ...] = ()

    @property
    def part_a(self) -> tuple[Run, ...]:
        return (*self.lstm, *self.linear, *self.memory, *self.probe)

    @property
    def part_b(self) -> tuple[Run, ...]:
        return (*self.gan, *self.dense, *self.judge, *self.readability, *self.dense_readability)

    @property
    def runs(self) -> tuple[Run, ...]:
        return (*self.part_a, *self.part_b)


GROUPS: tuple[GroupName, ...] = get_args(GroupName)
SINGLE = ("linear", "judge")  # not repeated with other seeds
# Each of these measures the runs of another group, seed by seed.
MEASURED_ON: dict[GroupName, GroupName] = {
    "memory": "lstm",
    "readability": "gan",
    "dense_readability": "dense",
}


def shown_gan(study: Study) -> Run:
    """The seed whose images are shown: the first, chosen before seeing any."""
    return study.gan[0]


def find_study(chosen: Path | None) -> Study:
    """The results in ``chosen``; without it ``results/local`` if complete, else ``results/reference``.
    ``refuse_stale`` has still to look at them.

    Raises:
        RenderError: none are complete.
        RecordError: they cannot be used.
    """
    root = choose_results(chosen)
    return make_study(root, *read_results(root))


def make_study(root: Path, manifest: Manifest, runs: list[Run]) -> Study:
    """Group ``runs`` by experiment, in order of seed.

    Raises:
        RecordError: a seed stands twice or is missing where others were measured, more than the
            seed varies, or a measurement is of other runs than these.
    """
    found: dict[GroupName, list[Run]] = {name: [] for name in GROUPS}
    for run in sorted(runs, key=lambda run: run.record.seed):
        found[group_of(run)].append(run)
    if not found["gan"]:  # the dense one is the only one
        found["gan"], found["readability"] = found["dense"], found["dense_readability"]
        found["dense"], found["dense_readability"] = [], []
    for name, group in found.items():
        if group:
            measured = MEASURED_ON.get(name)
            wanted = [run.record.seed for run in found[measured]] if measured else None
            refuse_incomplete(root, name, [run.record.seed for run in group], wanted)
            refuse_mixed(group, manifest.profile)
    for run in runs:
        refuse_other_measured(run, runs)
    groups = {name: tuple(reduce(run) for run in group) for name, group in found.items()}
    return Study(root, manifest.profile, **groups)


def group_of(run: Run) -> GroupName:
    """The field of ``Study`` that ``run`` belongs to."""
    record = run.record
    if isinstance(record, GanRecord):
        return "gan" if record.config.architecture == "convolutional" else "dense"
    if isinstance(record, ReadabilityRecord):
        return "readability" if record.architecture == "convolutional" else "dense_readability"
    return record.kind


def refuse_incomplete(root: Path, name: str, seeds: list[int], wanted: list[int] | None) -> None:
    """``wanted`` are the seeds that there must be; None asks for no more than that none is repeated,
    and for one alone of what is trained once.

    Raises:
        RecordError: naming the experiment and what was found.
    """
    repeated = [seed for seed, n in Counter(seeds).items() if n > 1]
    if repeated:
        found = f"la semilla {repeated[0]} repetida"
    elif wanted is not None and seeds != wanted:
        found = f"las semillas {seeds}"
    elif name in SINGLE and len(seeds) > 1:
        found = "más de una"
    else:
        return
    expected = "con semillas distintas" if wanted is None else f"con las semillas {wanted}"
    raise RecordError(
        f"{root / MANIFEST_FILE}: se esperaban ejecuciones de {name} {expected}, se encontró {found}; "
        "ejecute «make train»."
    )


def refuse_other_measured(run: Run, runs: list[Run]) -> None:
    """A measurement says something of the runs that it was taken on, and of no others.

    Raises:
        RecordError: naming the measurement and the run.
    """
    if isinstance(run.record, DerivedRecord):
        present = {other.name: other.record.arrays_digest for other in runs}
        for name, digest in run.record.upstream.items():
            if present.get(name) != digest:
                raise RecordError(
                    f"{run.name}: se esperaban medidas de la ejecución {name} de este conjunto, se "
                    "encontraron las de otra; ejecute «make train»."
                )


def refuse_mixed(runs: list[Run], profile: Profile) -> None:
    """Seeds are compared with each other only if nothing else differs.

    Raises:
        RecordError: naming the first run that does not go with the others.
    """
    first = runs[0].record
    for run in runs:
        record = run.record
        if (record.profile, record.data, record.config) != (profile, first.data, first.config):
            raise RecordError(
                f"{run.name}: se esperaban el perfil, los datos y la configuración de las demás semillas, "
                "se encontraron otros; ejecute «make train»."
            )


def refuse_stale(runs: Sequence[Run]) -> None:
    """Results of other code than the present one describe an experiment that no longer exists.

    Raises:
        RecordError: naming the run.
    """
    digests = {kind: code_digest(kind) for kind in {run.record.kind for run in runs}}
    for run in runs:
        current = digests[run.record.kind]
        if run.record.code_digest != current:
            raise RecordError(
                f"{run.name}: se esperaban resultados del código actual (huella {current[:12]}), se "
                f"encontraron los de otro (huella {run.record.code_digest[:12]}); ejecute «make train»."
            )


def lstm_record(run: Run) -> LstmRecord:
    assert isinstance(run.record, LstmRecord)
    return run.record


def gan_record(run: Run) -> GanRecord:
    assert isinstance(run.record, GanRecord)
    return run.record


def at(run: Run, path: str) -> Leaf:
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
