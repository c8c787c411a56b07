"""``reproduce``: repeat all runs of one seed elsewhere, and compare them with what is stored."""

import argparse
import tempfile
from collections.abc import Mapping
from pathlib import Path

from experiments.commands.exits import CLEAN, FOUND
from experiments.commands.values import parse_jobs, parse_seed
from experiments.errors import TrainError
from experiments.kinds.registry import KINDS
from experiments.paths import REFERENCE, RESULTS, place
from experiments.records.base import DerivedRecord, Device, Run
from experiments.records.closure import code_digest_of
from experiments.records.identity import Identity
from experiments.records.results import MANIFEST_FILE, read_results
from experiments.records.storage import read_run
from experiments.running.comparison import compare, obstacles
from experiments.running.devices import expect_device
from experiments.running.environment import library_versions
from experiments.running.found import find_like
from experiments.running.processes import run_here
from experiments.running.progress import Board
from experiments.running.task import Task
from experiments.settings import SETTINGS_FILE, Experiment, read_experiment

HELP = "entrena otra vez una semilla y la compara con lo registrado"
EXAMPLE = "--seed 1"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--seed", default="1", help="semilla; por omisión, 1")
    parser.add_argument("--data-dir", type=Path, help="carpeta con los datos oficiales")
    parser.add_argument("--jobs", help="procesos a la vez; por omisión, uno por núcleo, o uno con gpu")
    parser.add_argument("--results", type=Path, help="carpeta de resultados; por omisión, local o referencia")


def _usual_results() -> Path:
    usual = (root for root in (RESULTS, REFERENCE) if (root / MANIFEST_FILE).exists())
    return next(usual, place(REFERENCE))


def run(options: argparse.Namespace) -> int:
    board = Board()
    experiment = read_experiment(SETTINGS_FILE, [], "full")
    root = options.results or _usual_results()
    stored = {run.name: run for run in runs_of(parse_seed(options.seed), root)}
    device: Device = (
        "gpu" if any(run.record.environment.device == "gpu" for run in stored.values()) else "cpu"
    )
    jobs = parse_jobs(options.jobs, device)
    expect_device(device)
    with tempfile.TemporaryDirectory(prefix="reproduce-") as name:
        repetitions = [
            repetition(run, stored, experiment, options.data_dir, board, Path(name))
            for run in stored.values()
        ]
        with board:
            run_here(repetitions, jobs, board.show)
        repeated = {task.name: read_run(task.folder, task.name) for task in repetitions}
    confirmed = True
    for run_name, old in stored.items():
        same, lines = compare(old, repeated[run_name])
        confirmed = confirmed and same
        print(*lines, sep="\n")
    print("Tolerancias: las de otra semilla, no las del redondeo; se dan junto a cada cantidad.")
    return CLEAN if confirmed else FOUND


def runs_of(seed: int, root: Path) -> list[Run]:
    """Those of one seed, and those that serve all seeds.

    Raises:
        TrainError: the results have none of that seed.
        RecordError: there are no complete results.
    """
    manifest, runs = read_results(root)
    if manifest.brought:
        raise TrainError(
            f"{root}: se esperaban entrenamientos hechos con este programa, se encontraron los que aportó su "
            "autor; no pueden repetirse aquí."
        )
    if not any(run.record.seed == seed for run in runs if not KINDS[run.record.kind].shared):
        raise TrainError(
            f"{root}: se esperaba la semilla {seed}, no se encontró; indique con SEED una de las registradas."
        )
    return [run for run in runs if KINDS[run.record.kind].shared or run.record.seed == seed]


def repetition(
    old: Run,
    stored: Mapping[str, Run],
    experiment: Experiment,
    data_dir: Path | None,
    board: Board,
    root: Path,
) -> Task:
    """The task that repeats a stored run under ``root``; ``stored`` has those that it measures.

    Raises:
        TrainError: it would be another experiment.
    """
    record = old.record
    found = find_like(record, experiment, data_dir, board.say)
    identity = Identity.of(record).model_copy(
        update={
            "data_digest": found.info.digest,
            "code_digest": code_digest_of(record.kind),
            "libraries": library_versions(),
            "upstream": {},
        }
    )
    changed = obstacles(Identity.of(record), identity)
    if changed:
        raise TrainError(
            f"{old.name}: se esperaba poder repetir el mismo experimento, ha cambiado "
            f"{', '.join(changed)}; recupere lo anterior o entrene de nuevo con «make train»."
        )
    return Task(
        identity=identity,
        variant=record.variant,
        profile=record.profile,
        source=found.source,
        root=root,
        name=old.name,
        needs=_needs(old, stored),
        files=_files(old, experiment),
    )


def _needs(old: Run, stored: Mapping[str, Run]) -> dict[str, str]:
    upstream = old.record.upstream if isinstance(old.record, DerivedRecord) else {}
    for name in upstream:
        if name not in stored:
            raise TrainError(
                f"{old.name}: se esperaba entre los resultados {name}, que es lo que mide, no se encontró; "
                "entrene de nuevo con «make train»."
            )
    return {stored[name].record.kind: name for name in upstream}


def _files(old: Run, experiment: Experiment) -> dict[str, Path]:
    """Where the files are that it read: a record has their names and digests. That they are the same
    is seen when it is done."""
    kind, variant = old.record.kind, old.record.variant
    read = KINDS[kind].reads(old.record.config)
    known = experiment.files(kind, variant if variant in experiment.variants else "")
    for setting, name in read.items():
        if setting not in known:
            raise TrainError(
                f"{old.name}: se esperaba en {SETTINGS_FILE} el ajuste {kind}.{setting} con la ruta de "
                f"{name}, no se encontró; escríbalo otra vez."
            )
    return {setting: known[setting] for setting in read}
