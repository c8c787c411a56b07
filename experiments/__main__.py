"""Command line: ``python -m experiments train``, ``reproduce`` and ``judge``; ``run`` is what the
first two start for each run."""

import argparse
import os
import signal
import sys

from experiments.arguments import Parser
from experiments.causes import cause
from experiments.commands import import_, judge, reproduce, run, train
from experiments.commands.exits import FAILED
from experiments.data.sets import DataError
from experiments.errors import BroughtError, SettingsError, TrainError
from experiments.records.base import RecordError
from experiments.running.events import emit

VERBS = {"train": train, "reproduce": reproduce, "judge": judge, "import": import_, "run": run}


def main(arguments: list[str] | None = None) -> int:
    options = _parser().parse_args(arguments)
    try:
        code: int = options.run(options)
        sys.stdout.flush()
        return code
    except (TrainError, SettingsError, DataError, RecordError, BroughtError) as error:
        return _fail(str(error), options)
    except BrokenPipeError:  # nobody reads on, as with «| head»: there is nobody to tell
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # nor at the last flush
        return FAILED
    except OSError as error:
        place = error.filename or "El disco"
        return _fail(
            f"{place}: se esperaba poder leer y escribir, se encontró {cause(error)}; "
            f"libere espacio o revise los permisos y repita la orden{_goes_on(': ', options)}.",
            options,
        )
    except KeyboardInterrupt:
        return _fail(f"Interrumpido{_goes_on(': la próxima vez ', options)}.", options)


def _parser() -> Parser:
    parser = Parser(prog="python -m experiments", description="Entrena y mide.")
    subparsers = parser.add_subparsers(required=True, metavar="ORDEN")
    for name, verb in VERBS.items():
        arguments = subparsers.add_parser(name, help=verb.HELP)
        arguments.set_defaults(run=verb.run)
        verb.add_arguments(arguments)
    return parser


def _goes_on(before: str, options: argparse.Namespace) -> str:
    """What the same command will do, where it keeps what it has done."""
    return f"{before}seguirá donde quedó" if options.run in (train.run, run.run) else ""


def _fail(message: str, options: argparse.Namespace) -> int:
    """Say it where it is read: a run tells the process that started it."""
    if options.run is run.run:
        emit(error=message)
    else:
        print(message, file=sys.stderr)
    return FAILED


def _interrupt(signal_number: int, frame: object) -> None:
    raise KeyboardInterrupt


if __name__ == "__main__":
    signal.signal(signal.SIGTERM, _interrupt)
    sys.exit(main())
