"""Command line: ``python -m experiments train``, ``reproduce``, ``judge`` and ``import``; ``run`` is what
the first two start for each run."""

import argparse
import signal
import sys
from typing import Any

from experiments.commands.exits import FAILED
from experiments.terminal.orders import as_typed
from experiments.terminal.output import flush_output, give_up_output, settle_output, shortened, visible

PROGRAM = "python -m experiments"


def main(arguments: list[str] | None = None, program: str = PROGRAM) -> int:
    """``program`` is what the user has typed before the verb."""
    settle_output()
    options = argparse.Namespace(order="")
    try:
        _parser(program).parse_args(arguments, options)
        code: int = options.run(options)
        flush_output()
        return code
    except BrokenPipeError:  # nobody reads on, as with «| head»: there is nobody to tell
        give_up_output()
    except (Exception, KeyboardInterrupt) as error:
        _tell(_sentence(error, program, options.order), options.order)
    return FAILED


def _parser(program: str) -> argparse.ArgumentParser:
    # Only here: a library that is missing is told like all else.
    from experiments.terminal.room import expect_room

    expect_room()
    from experiments.commands import run as run_
    from experiments.terminal.arguments import Parser

    parser = Parser(prog=program, description="Entrena y mide.")
    subparsers = parser.add_subparsers(required=True, metavar="ORDEN", dest="order")
    add_verbs(subparsers)
    _add(subparsers, "run", run_)
    return parser


def add_verbs(subparsers: "argparse._SubParsersAction[Any]") -> None:
    """Those that a user types."""
    from experiments.commands import import_, judge, reproduce, train

    for name, verb in {"train": train, "reproduce": reproduce, "judge": judge, "import": import_}.items():
        _add(subparsers, name, verb)


def _add(subparsers: "argparse._SubParsersAction[Any]", name: str, verb: Any) -> None:
    arguments = subparsers.add_parser(name, help=verb.HELP, example=verb.EXAMPLE)
    arguments.set_defaults(run=verb.run)
    verb.add_arguments(arguments)


def _sentence(error: BaseException, program: str, order: str) -> str:
    from experiments.terminal.endings import sentence

    command = " ".join(filter(None, (program, order)))
    goes_on = "seguirá donde quedó" if order in ("train", "run") else ""  # they keep what they have done
    if isinstance(error, MemoryError):  # nor is there room to import more
        return sentence(error, command, goes_on)
    from experiments.data.sets import DataError
    from experiments.errors import BroughtError, SettingsError, TrainError
    from experiments.records.base import RecordError

    told = isinstance(error, TrainError | SettingsError | DataError | RecordError | BroughtError)
    return str(error) if told else sentence(error, command, goes_on)


def _tell(message: str, order: str) -> None:
    """Say it where it is read: a run tells the process that started it."""
    from experiments.running.events import emit

    try:
        if order == "run":
            emit(error=message)
        else:
            print(visible(shortened(as_typed(message))), file=sys.stderr)
        flush_output()
    except OSError:
        give_up_output()


def _interrupt(signal_number: int, frame: object) -> None:
    raise KeyboardInterrupt


def run(arguments: list[str] | None = None, program: str = PROGRAM) -> int:
    """``main``, as all that a process does."""
    signal.signal(signal.SIGTERM, _interrupt)
    return main(arguments, program)


if __name__ == "__main__":
    sys.exit(run())
