"""The results that a document is about, and traced access to what they hold."""

import re
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from experiments.records import (
    MANIFEST_FILE,
    GanRecord,
    LstmRecord,
    Manifest,
    Profile,
    RecordError,
    Run,
    code_digest,
    read_results,
)
from report.numbers import Leaf
from report.reduce import reduce

LOCAL, REFERENCE = Path("results/local"), Path("results/reference")

_STEP = re.compile(r"([\w-]+)(?:\[(\d+|\*)\])?")


@dataclass(frozen=True)
class Study:
    """One complete set of results: all seeds of both experiments."""

    root: Path
    profile: Profile
    lstm: tuple[Run, ...]
    gan: tuple[Run, ...]


def find_study(chosen: Path | None) -> Study:
    """The results in ``chosen``; without it ``results/local`` if complete, else ``results/reference``.

    Raises:
        RecordError: none are complete, or they cannot be used.
    """
    root = choose_results(chosen)
    manifest, runs = read_results(root)
    refuse_stale(runs)
    return make_study(root, manifest, runs)


def choose_results(chosen: Path | None) -> Path:
    """``chosen`` or, without it, the first of the usual folders that holds complete results.

    Raises:
        RecordError: none does.
    """
    for root in (chosen,) if chosen else (LOCAL, REFERENCE):
        if (root / MANIFEST_FILE).exists() or chosen:
            return root
    raise RecordError(
        f"Se esperaban resultados completos en {LOCAL} o en {REFERENCE}, no se encontró "
        f"ningún {MANIFEST_FILE}; ejecute «make train»."
    )


def make_study(root: Path, manifest: Manifest, runs: list[Run]) -> Study:
    """Group ``runs`` by experiment, in order of seed.

    Raises:
        RecordError: an experiment is missing, a seed stands twice, or more than the seed varies.
    """
    groups = {}
    for kind in ("lstm", "gan"):
        group = sorted((run for run in runs if run.record.kind == kind), key=lambda run: run.record.seed)
        repeated = [seed for seed, n in Counter(run.record.seed for run in group).items() if n > 1]
        if not group or repeated:
            found = f"la semilla {repeated[0]} repetida" if repeated else "ninguna"
            raise RecordError(
                f"{root / MANIFEST_FILE}: se esperaban ejecuciones de {kind} con semillas distintas, "
                f"se encontró {found}; ejecute «make train»."
            )
        refuse_mixed(group, manifest.profile)
        groups[kind] = tuple(reduce(run) for run in group)
    return Study(root, manifest.profile, **groups)


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


def refuse_stale(runs: list[Run]) -> None:
    """Results of other code than the present one describe an experiment that no longer exists.

    Raises:
        RecordError: naming the run.
    """
    for run in runs:
        current = code_digest(run.record.kind)
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
