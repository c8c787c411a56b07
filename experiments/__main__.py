"""Command line: ``python -m experiments train``, ``reproduce`` and ``judge``; ``run`` is what the
first two start for each seed."""

import argparse
import json
import os
import signal
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from experiments import datasets, runs, runtime, tasks
from experiments.judge_images import judge_images
from experiments.progress import Board
from experiments.records import (
    KINDS,
    MANIFEST_FILE,
    Identity,
    Kind,
    Profile,
    Record,
    RecordError,
    Run,
    read_results,
    read_run,
)
from experiments.reproduce import compare, obstacles

EXIT_FOUND, EXIT_FAILED = 1, 2
SEEDS = "1 2 3"
QUICK_SEEDS = "1"
MAX_SEED = 2**28  # eight streams of random numbers are made from each, in 31 bits
MAX_DIGITS = 9  # Python refuses to read numbers of thousands of them
PROFILES = ("full", "quick", "test")
RESULTS, REFERENCE = Path("results/local"), Path("results/reference")


def main(arguments: list[str] | None = None) -> int:
    options = _parser().parse_args(arguments)
    try:
        code = options.command(options)
        sys.stdout.flush()
        return code
    except (runs.TrainError, datasets.DataError, RecordError) as error:
        return _fail(str(error), options)
    except BrokenPipeError:  # nobody reads on, as with «| head»: there is nobody to tell
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # nor at the last flush
        return EXIT_FAILED
    except OSError as error:
        place = error.filename or "El disco"
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
    jobs = parse_jobs(options.jobs)
    for name, legal in (("profile", PROFILES), ("data", ("real",)), ("architecture", tasks.ARCHITECTURES)):
        refuse_unknown(name.upper(), getattr(options, name), legal)
    chosen = parse_seeds(options.seeds) if options.seeds else None  # refused before any download
    imdb = datasets.find_imdb(options.data_dir, options.data == "real", board.say)
    mnist = datasets.find_mnist(options.data_dir, options.data == "real", board.say)
    on_reviews, on_digits = datasets.load_imdb(imdb).info, datasets.load_mnist(mnist).info
    sample = on_reviews.is_sample or on_digits.is_sample
    profile: Profile = options.profile or ("quick" if sample else "full")
    seeds = chosen or parse_seeds(SEEDS if profile == "full" else QUICK_SEEDS)
    sources: dict[Kind, tasks.Source] = {
        **dict.fromkeys(tasks.ON_REVIEWS, (imdb, on_reviews)),
        **dict.fromkeys(tasks.ON_DIGITS, (mnist, on_digits)),
        "probe": (None, tasks.load_data("probe", profile, None).info),
    }
    planned = tasks.plan_all(profile, seeds, options.architecture, sources, root)
    pending = tasks.select_pending(planned, board.say)
    with board:
        runs.run_all(pending, jobs, board.show)
    runs.finish(root, profile, planned)
    return 0


def run(options: argparse.Namespace) -> int:
    """One run, in this process."""
    path = Path(options.data) if options.data else None
    data = tasks.load_data(options.kind, options.profile, path)
    task = tasks.plan(
        options.kind,
        options.seed,
        options.profile,
        options.architecture,
        path,
        data.info,
        options.results.resolve(),
    )
    runs.execute(tasks.settle(task), data, runtime.emit)
    return 0


def reproduce(options: argparse.Namespace) -> int:
    """Repeat all runs of one seed elsewhere, and compare them with what is stored."""
    board = Board()
    seed = parse_seeds(options.seed)[0]
    root = options.results or (RESULTS if (RESULTS / MANIFEST_FILE).exists() else REFERENCE)
    runs_of_seed = [run for run in read_results(root)[1] if run.record.seed == seed]
    if not runs_of_seed:
        raise runs.TrainError(
            f"{root}: se esperaba la semilla {seed}, no se encontró; indique con SEED una de las registradas."
        )
    shared = [run for run in read_results(root)[1] if run.record.kind in tasks.SHARED]
    stored = {run.name: run for run in (*shared, *runs_of_seed)}
    with tempfile.TemporaryDirectory(prefix="reproduce-") as name:
        repetitions = [repetition(run, options.data_dir, board, Path(name)) for run in stored.values()]
        repetitions.sort(key=lambda task: bool(task.needs))  # last what measures the others
        with board:
            runs.run_all(repetitions, parse_jobs(options.jobs), board.show)
        repeated = {task.name: read_run(task.folder, task.name) for task in repetitions}
    confirmed = True
    for run_name, old in stored.items():
        same, lines = compare(old, repeated[run_name])
        confirmed = confirmed and same
        print(*lines, sep="\n")
    print("Tolerancias: las de otra semilla, no las del redondeo; se dan junto a cada cantidad.")
    return 0 if confirmed else EXIT_FOUND


def repetition(old: Run, data_dir: Path | None, board: Board, root: Path) -> tasks.Task:
    """The task that repeats a stored run under ``root``.

    Raises:
        TrainError: it would be another experiment.
    """
    record = old.record
    path = data_path(record, data_dir, board)
    architecture = getattr(record.config, "architecture", None) or getattr(record, "architecture", None)
    info = tasks.load_data(record.kind, record.profile, path).info
    task = tasks.plan(record.kind, record.seed, record.profile, architecture, path, info, root)
    changed = obstacles(Identity.of(record), task.identity)
    if changed:
        raise runs.TrainError(
            f"{old.name}: se esperaba poder repetir el mismo experimento, ha cambiado "
            f"{', '.join(changed)}; recupere lo anterior o entrene de nuevo con «make train»."
        )
    return task


def judge(options: argparse.Namespace) -> int:
    """Print, as JSON, what the stored judge reads in each image of a file."""
    rows, failed = judge_images(options.images, (RESULTS, REFERENCE))
    if failed:
        print(f"Aviso: este juez no supera estos controles: {', '.join(failed)}.", file=sys.stderr)
    print(json.dumps(rows, indent=1, allow_nan=False))
    return 0


def data_path(record: Record, folder: Path | None, board: Board) -> Path | None:
    """The data of a stored run; None are those that come with the program."""
    if record.data.is_sample or record.kind == "probe":
        return None
    find = datasets.find_imdb if record.kind in tasks.ON_REVIEWS else datasets.find_mnist
    return find(folder, True, board.say)


def parse_seeds(text: str) -> list[int]:
    """Distinct non-negative integers separated by spaces or commas.

    Raises:
        TrainError: anything else.
    """
    words = text.replace(",", " ").split()
    if not words or not all(_is_number(word) and int(word) < MAX_SEED for word in words):
        raise runs.TrainError(
            f"SEEDS: se esperaban enteros no negativos separados por espacios, se encontró «{text}»; "
            f'escriba, por ejemplo, SEEDS="{SEEDS}".'
        )
    return list(dict.fromkeys(int(word) for word in words))


def parse_jobs(text: str) -> int:
    """A positive number of processes.

    Raises:
        TrainError: anything else.
    """
    if not _is_number(text) or int(text) == 0:
        raise runs.TrainError(
            f"JOBS: se esperaba un entero positivo, se encontró «{text}»; escriba, por ejemplo, JOBS=2."
        )
    return int(text)


def refuse_unknown(name: str, value: str | None, legal: Sequence[str]) -> None:
    """Raises TrainError unless ``value`` is left out or one of ``legal``."""
    if value is not None and value not in legal:
        raise runs.TrainError(
            f"{name}: se esperaba {' o '.join(legal)}, se encontró «{value}»; escriba uno de ellos o ninguno."
        )


def _is_number(word: str) -> bool:
    return word.isdecimal() and len(word) <= MAX_DIGITS


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m experiments", description="Entrena y mide.")
    commands = parser.add_subparsers(required=True, metavar="ORDEN")

    training = commands.add_parser("train", help="entrena y mide lo que falte")
    training.set_defaults(command=train)
    training.add_argument(
        "--seeds", help=f'semillas; por omisión "{SEEDS}" ("{QUICK_SEEDS}" en el perfil quick)'
    )
    training.add_argument("--data-dir", type=Path, help="carpeta con los datos oficiales")
    training.add_argument("--data", help="real: sin datos reales es un error")
    training.add_argument("--jobs", default=str(os.cpu_count() or 1), help="procesos a la vez")
    training.add_argument("--profile", help="full o quick; por omisión, full")
    _add_common(training)

    again = commands.add_parser(
        "reproduce", help="entrena otra vez una semilla y la compara con lo registrado"
    )
    again.set_defaults(command=reproduce)
    again.add_argument("--seed", default="1", help="semilla; por omisión, 1")
    again.add_argument("--data-dir", type=Path, help="carpeta con los datos oficiales")
    again.add_argument("--jobs", default=str(os.cpu_count() or 1), help="procesos a la vez")
    again.add_argument("--results", type=Path, help="carpeta de resultados; por omisión, local o referencia")

    reading = commands.add_parser("judge", help="dice qué dígito se lee en cada imagen de un archivo")
    reading.set_defaults(command=judge)
    reading.add_argument(
        "images", type=Path, metavar="IMÁGENES.npz", help="con «x»: uint8 de n × 28 × 28, tinta clara"
    )

    single = commands.add_parser("run", help="una sola ejecución (lo usa train)")
    single.set_defaults(command=run)
    single.add_argument("kind", choices=KINDS)
    single.add_argument("--seed", type=int, required=True)
    single.add_argument("--data", default="", help="fichero o carpeta de datos; vacío, la muestra incluida")
    single.add_argument("--profile", choices=PROFILES, required=True)
    _add_common(single)
    return parser


def _add_common(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--architecture", help="de la GAN: convolutional o dense")
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
