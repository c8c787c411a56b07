"""Command line: ``python -m experiments train``; ``run`` is what it starts for each seed."""

import argparse
import os
import signal
import sys
from pathlib import Path

from experiments import datasets, runs, runtime
from experiments.progress import Board
from experiments.records import Profile, RecordError

EXIT_FAILED = 2
SEEDS = "1 2 3"
QUICK_SEEDS = "1"
MAX_SEED = 2**28  # eight streams of random numbers are made from each, in 31 bits
RESULTS = Path("results/local")


def main(arguments: list[str] | None = None) -> int:
    options = _parser().parse_args(arguments)
    try:
        return options.command(options)
    except (runs.TrainError, datasets.DataError, RecordError) as error:
        return _fail(str(error), options)
    except OSError as error:
        place = error.filename or "el disco"
        return _fail(
            f"{place}: se esperaba poder leer y escribir, se encontró «{error.strerror or error}»; "
            "libere espacio o revise los permisos y repita la orden: seguirá donde quedó.",
            options,
        )
    except KeyboardInterrupt:
        return _fail("Interrumpido: la próxima vez seguirá donde quedó.", options)


def train(options: argparse.Namespace) -> int:
    """Obtain and verify the data, run what is missing, declare the results complete."""
    board = Board()
    root = options.results.resolve()
    imdb = datasets.find_imdb(options.data_dir, options.data == "real", board.say)
    mnist = datasets.find_mnist(options.data_dir, options.data == "real", board.say)
    infos = {"lstm": datasets.load_imdb(imdb).info, "gan": datasets.load_mnist(mnist).info}
    sample = any(info.is_sample for info in infos.values())
    profile: Profile = options.profile or ("quick" if sample else "full")
    seeds = parse_seeds(options.seeds or (QUICK_SEEDS if profile != "full" else SEEDS))
    paths = {"lstm": imdb, "gan": mnist}
    tasks = [
        runs.plan(kind, seed, profile, options.architecture, paths[kind], infos[kind], root)
        for kind in runs.KINDS
        for seed in seeds
    ]
    pending = []
    for task in tasks:
        reason = runs.reason_to_run(task)
        board.say(f"{task.label}: {reason or 'completa y válida, no se repite'}.")
        if reason is not None:
            pending.append(task)
    with board:
        runs.run_all(pending, options.jobs, board.show)
    runs.finish(root, profile, tasks)
    return 0


def run(options: argparse.Namespace) -> int:
    """One run, in this process."""
    data = Path(options.data) if options.data else None
    load = datasets.load_imdb if options.kind == "lstm" else datasets.load_mnist
    task = runs.plan(
        options.kind,
        options.seed,
        options.profile,
        options.architecture,
        data,
        load(data).info,
        options.results.resolve(),
    )
    runs.execute(task, runtime.emit)
    return 0


def parse_seeds(text: str) -> list[int]:
    """Distinct non-negative integers separated by spaces or commas.

    Raises:
        TrainError: anything else.
    """
    words = text.replace(",", " ").split()
    if not words or not all(word.isdecimal() and int(word) < MAX_SEED for word in words):
        raise runs.TrainError(
            f"SEEDS: se esperaban enteros no negativos separados por espacios, se encontró «{text}»; "
            f'escriba, por ejemplo, SEEDS="{SEEDS}".'
        )
    return list(dict.fromkeys(int(word) for word in words))


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m experiments", description="Entrena y mide.")
    commands = parser.add_subparsers(required=True, metavar="ORDEN")

    training = commands.add_parser("train", help="entrena lo que falte de los dos experimentos")
    training.set_defaults(command=train)
    training.add_argument(
        "--seeds", help=f'semillas; por omisión "{SEEDS}" ("{QUICK_SEEDS}" en el perfil quick)'
    )
    training.add_argument("--data-dir", type=Path, help="carpeta con los datos oficiales")
    training.add_argument("--data", choices=["real"], help="real: sin datos reales es un error")
    training.add_argument("--jobs", type=int, default=os.cpu_count() or 1, help="procesos a la vez")
    training.add_argument("--profile", choices=["full", "quick", "test"], help="por omisión, full")
    _add_common(training)

    single = commands.add_parser("run", help="una sola ejecución (lo usa train)")
    single.set_defaults(command=run)
    single.add_argument("kind", choices=runs.KINDS)
    single.add_argument("--seed", type=int, required=True)
    single.add_argument("--data", default="", help="fichero o carpeta de datos; vacío, la muestra incluida")
    single.add_argument("--profile", choices=["full", "quick", "test"], required=True)
    _add_common(single)
    return parser


def _add_common(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--architecture", choices=["convolutional", "dense"], help="de la GAN")
    parser.add_argument("--results", type=Path, default=RESULTS, help="carpeta de resultados")


def _fail(message: str, options: argparse.Namespace) -> int:
    """Say it where it is read: a run tells the process that started it."""
    if options.command is run:
        runtime.emit(error=message)
    else:
        print(message, file=sys.stderr)
    return EXIT_FAILED


def _interrupt(signal_number: int, frame: object) -> None:
    raise KeyboardInterrupt


if __name__ == "__main__":
    signal.signal(signal.SIGTERM, _interrupt)
    sys.exit(main())
