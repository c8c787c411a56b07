"""``reproduce``: repeat all runs of one seed elsewhere, and compare them with what is stored."""

import argparse
import os
import tempfile
from pathlib import Path

from experiments.commands.exits import CLEAN, FOUND
from experiments.commands.values import parse_jobs, parse_seeds
from experiments.errors import TrainError
from experiments.kinds.registry import KINDS
from experiments.paths import REFERENCE, RESULTS
from experiments.records.base import Run
from experiments.records.closure import code_digest_of
from experiments.records.identity import Identity
from experiments.records.results import MANIFEST_FILE, read_results
from experiments.records.storage import read_run
from experiments.running.comparison import compare, obstacles
from experiments.running.environment import library_versions
from experiments.running.found import find_like
from experiments.running.processes import run_all
from experiments.running.progress import Board
from experiments.running.task import Task
from experiments.settings import SETTINGS_FILE, Experiment, read_experiment

HELP = "entrena otra vez una semilla y la compara con lo registrado"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--seed", default="1", help="semilla; por omisión, 1")
    parser.add_argument("--data-dir", type=Path, help="carpeta con los datos oficiales")
    parser.add_argument("--jobs", default=str(os.cpu_count() or 1), help="procesos a la vez")
    parser.add_argument("--results", type=Path, help="carpeta de resultados; por omisión, local o referencia")


def run(options: argparse.Namespace) -> int:
    board = Board()
    experiment = read_experiment(SETTINGS_FILE, [], "full")
    seed = parse_seeds(options.seed)[0]
    root = options.results or (RESULTS if (RESULTS / MANIFEST_FILE).exists() else REFERENCE)
    runs = read_results(root)[1]
    of_seed = [run for run in runs if run.record.seed == seed and not KINDS[run.record.kind].shared]
    if not of_seed:
        raise TrainError(
            f"{root}: se esperaba la semilla {seed}, no se encontró; indique con SEED una de las registradas."
        )
    stored = {run.name: run for run in runs if run in of_seed or KINDS[run.record.kind].shared}
    with tempfile.TemporaryDirectory(prefix="reproduce-") as name:
        repetitions = [
            repetition(run, stored, experiment, options.data_dir, board, Path(name))
            for run in stored.values()
        ]
        with board:
            run_all(repetitions, parse_jobs(options.jobs), board.show)
        repeated = {task.name: read_run(task.folder, task.name) for task in repetitions}
    confirmed = True
    for run_name, old in stored.items():
        same, lines = compare(old, repeated[run_name])
        confirmed = confirmed and same
        print(*lines, sep="\n")
    print("Tolerancias: las de otra semilla, no las del redondeo; se dan junto a cada cantidad.")
    return CLEAN if confirmed else FOUND


def repetition(
    old: Run,
    stored: dict[str, Run],
    experiment: Experiment,
    data_dir: Path | None,
    board: Board,
    root: Path,
) -> Task:
    """The task that repeats a stored run under ``root``.

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
    upstream = [stored[name] for name in getattr(record, "upstream", {}) if name in stored]
    return Task(
        identity=identity,
        variant=record.variant,
        profile=record.profile,
        source=found.source,
        root=root,
        name=old.name,
        needs={run.record.kind: run.name for run in upstream},
    )
