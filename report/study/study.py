"""The results that a document is about, and traced access to what they hold."""

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal

from experiments.kinds.gan import GanRecord
from experiments.kinds.lstm import LstmRecord
from experiments.kinds.registry import KINDS
from experiments.records.base import DerivedRecord, Profile, RecordError, Run
from experiments.records.closure import code_digest_of
from experiments.records.results import MANIFEST_FILE, Manifest, read_results
from report.ledger.ledger import Leaf
from report.study.consistency import refuse_contradiction
from report.study.folders import REFERENCE, choose_results
from report.study.reduction import beside_control, reduce
from report.study.reference import are_reference

_STEP = re.compile(r"([\w-]+)(?:\[(\d+|\*)\])?")


GroupName = Literal["lstm", "linear", "memory", "probe", "gan", "judge", "readability"]
PART_A: tuple[GroupName, ...] = ("lstm", "linear", "memory", "probe")
PART_B: tuple[GroupName, ...] = ("gan", "judge", "readability")
GROUPS = (*PART_A, *PART_B)
Need = GroupName | Literal["lstm_variants", "gan_variants", "compared"]  # what a finding may ask for


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
    may be compared with them."""

    root: Path
    profile: Profile
    variants: Mapping[str, Groups] = field(default_factory=dict)

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

    def _of(self, names: Sequence[GroupName]) -> tuple[Run, ...]:
        """Those of the variants after all others."""
        each = (self, *self.variants.values())
        return tuple(run for groups in each for name in names for run in getattr(groups, name))


# Each of these goes with the runs of another group, seed by seed.
BESIDE: dict[GroupName, GroupName] = {"linear": "lstm", "memory": "lstm", "readability": "gan"}


def shown_gan(study: Study) -> Run:
    """The seed whose images are shown: the first, chosen before seeing any."""
    return study.gan[0]


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
    return make_study(REFERENCE if are_reference(runs) else root, manifest, runs)


def seeds_of(runs: Iterable[Run]) -> list[int]:
    return [run.record.seed for run in runs]


def make_study(root: Path, manifest: Manifest, runs: Sequence[Run]) -> Study:
    """Group ``runs`` by variant and kind, in order of seed.

    Raises:
        RecordError: a seed stands twice or is missing where others were measured, more than the
            seed varies, a variant has nothing that it is one of, a record contradicts itself, or a
            measurement is of other runs than these.
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
        refuse_contradiction(run)
        refuse_other_measured(run, runs)
    tried = any("lstm" in groups for variant, groups in found.items() if variant)
    controls = {run.record.seed: run for run in found[""].get("linear", ()) if tried}
    reduced = {
        variant: {
            name: tuple(reduce(beside_control(run, controls.get(run.record.seed))) for run in group)
            for name, group in groups.items()
        }
        for variant, groups in found.items()
    }
    base = reduced.pop("")
    variants = {variant: Groups(**reduced[variant]) for variant in sorted(reduced)}
    return Study(root=root, profile=manifest.profile, variants=variants, **base)


def group_of(run: Run) -> GroupName:
    """The field of ``Groups`` that ``run`` belongs to."""
    assert run.record.kind in GROUPS
    return run.record.kind


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
    elif KINDS[name].shared and len(seeds) > 1:
        found = "más de una"
    else:
        return
    expected = "con semillas distintas" if wanted is None else f"con las semillas {wanted}"
    raise RecordError(
        f"{root / MANIFEST_FILE}: se esperaban ejecuciones de {name} {expected}, se encontró {found}; "
        "ejecute «make train»."
    )


def refuse_alone(run: Run) -> None:
    """A variant is one of something.

    Raises:
        RecordError: naming it.
    """
    raise RecordError(
        f"{run.name}: se esperaban también ejecuciones de {run.record.kind} sin variante, con las que "
        "compararla, no se encontró ninguna; ejecute «make train»."
    )


def refuse_other_measured(run: Run, runs: Sequence[Run]) -> None:
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


def refuse_mixed(runs: Sequence[Run], profile: Profile) -> None:
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
    digests = {kind: code_digest_of(kind) for kind in {run.record.kind for run in runs}}
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
