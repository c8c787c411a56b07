"""``train``: obtain and verify the data, run what is missing, declare the results complete."""

import argparse
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import get_args

from experiments.commands.exits import CLEAN
from experiments.commands.values import (
    DEFAULT_SEEDS,
    parse_assignments,
    parse_jobs,
    parse_seeds,
    refuse_unknown,
)
from experiments.errors import SettingsError
from experiments.paths import RESULTS
from experiments.records.base import Device, Profile
from experiments.records.results import Manifest, write_manifest
from experiments.running.cluster import at_once, connected, run_there
from experiments.running.devices import expect_device
from experiments.running.found import find_all
from experiments.running.plan import complete_variants, plan_all, select_pending, variant_settings
from experiments.running.processes import Show, run_here
from experiments.running.progress import Board, say_cost
from experiments.running.task import Task
from experiments.settings import (
    SETTINGS_FILE,
    Experiment,
    choose_variants,
    leave_out_the_same,
    read_experiment,
)

HELP = "entrena y mide lo que falte"
EXAMPLE = "--profile quick"
QUICK_SEEDS = "1"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--seeds", help=f'semillas; por omisión "{DEFAULT_SEEDS}" ("{QUICK_SEEDS}" en el perfil quick)'
    )
    parser.add_argument(
        "--set", default="", metavar="SECCIÓN.AJUSTE=VALOR …", help="ajustes, sobre los del fichero"
    )
    parser.add_argument("--settings", type=Path, help=f"ajustes del usuario; por omisión, {SETTINGS_FILE}")
    parser.add_argument("--variants", nargs="?", const="", help="también estas variantes; sin nombres, todas")
    parser.add_argument("--data-dir", type=Path, help="carpeta con los datos oficiales")
    parser.add_argument("--data", help="real: sin datos reales es un error")
    parser.add_argument("--jobs", help="procesos a la vez; por omisión, uno por núcleo, o uno con gpu")
    parser.add_argument("--cluster", help="en un planificador de Dask, tcp://…, o local:4, cuatro procesos")
    parser.add_argument("--profile", help="full o quick; por omisión, full")
    parser.add_argument("--device", help="cpu o gpu; por omisión, cpu")
    parser.add_argument("--results", type=Path, default=RESULTS, help="carpeta de resultados")


def run(options: argparse.Namespace) -> int:
    board = Board()
    refuse_unknown("PROFILE", options.profile, get_args(Profile))
    refuse_unknown("DATA", options.data, ("real",))
    refuse_unknown("DEVICE", options.device, get_args(Device))
    device: Device = options.device or "cpu"
    root = options.results.resolve()
    asked = None if options.seeds is None else parse_seeds(options.seeds)  # refused before any download
    assignments, path = parse_assignments(options.set), _settings_file(options.settings)
    experiment = read_experiment(path, assignments, options.profile or "full")
    variants = [] if options.variants is None else choose_variants(experiment, options.variants)
    with _workforce(options, device) as workforce:
        found = find_all(experiment, options.data_dir, options.data == "real", board.say)
        if options.profile is None and any(data.info.is_sample for data in found.values()):
            experiment = read_experiment(path, assignments, "quick")
        variants = leave_out_the_same(experiment, variants, board.say)
        default = DEFAULT_SEEDS if experiment.profile == "full" else QUICK_SEEDS
        everything = plan_all(
            experiment, tuple(experiment.variants), asked or parse_seeds(default), found, root, device
        )
        planned = [task for task in everything if task.variant in ("", *variants)]
        pending = select_pending(planned, board.say)
        say_cost(pending, workforce.at_once, board.say)
        try:
            with board:
                workforce.run(pending, board.show)
        finally:
            _keep(root, experiment, everything)
    return CLEAN


def _keep(root: Path, experiment: Experiment, tasks: Sequence[Task]) -> None:
    """What is complete belongs to the results: the base, once all of it is, and each variant of these
    settings, whenever it was trained."""
    done = complete_variants(tasks)
    if "" in done:
        write_manifest(
            root,
            Manifest(
                profile=experiment.profile,
                runs=tuple(sorted(task.name for task in tasks if task.variant in done)),
                variants=variant_settings(experiment, [name for name in done if name]),
            ),
        )


@dataclass(frozen=True)
class _Workforce:
    """Who does the runs, and how many ``at_once``."""

    at_once: int
    run: Callable[[Sequence[Task], Show], None]


@contextmanager
def _workforce(options: argparse.Namespace, device: Device) -> Iterator[_Workforce]:
    """Processes of this machine, or the workers of a cluster.

    Raises:
        SettingsError: they are not to be had.
    """
    if options.cluster is None:
        jobs = parse_jobs(options.jobs, device)
        expect_device(device)
        yield _Workforce(jobs, lambda tasks, show: run_here(tasks, jobs, show))
        return
    if options.jobs is not None:
        raise SettingsError(
            "JOBS: se esperaba sin CLUSTER, porque con él cuántas ejecuciones hay a la vez es cosa de los "
            f"trabajadores, se encontró «{options.jobs}»; quite uno de los dos."
        )
    with connected(options.cluster) as client:
        yield _Workforce(at_once(client), lambda tasks, show: run_there(tasks, client, show))


def _settings_file(given: Path | None) -> Path:
    """Only the usual one may be missing."""
    if given is not None and not given.is_file():
        raise SettingsError(f"{given}: se esperaba un fichero de ajustes, no se encontró; revise la ruta.")
    return given or SETTINGS_FILE
