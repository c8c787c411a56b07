"""Command line: ``python -m experiments train``, ``reproduce``, ``judge`` and ``import``; ``run`` is what
the first two start for each run."""

import argparse
import signal
import sys

from experiments.commands.exits import FAILED
from experiments.terminal.output import flush_output, give_up_output, settle_output, shortened, visible


def main(arguments: list[str] | None = None) -> int:
    settle_output()
    options = argparse.Namespace(order="")
    try:
        _parser().parse_args(arguments, options)
        code: int = options.run(options)
        flush_output()
        return code
    except BrokenPipeError:  # nobody reads on, as with «| head»: there is nobody to tell
        give_up_output()
    except (Exception, KeyboardInterrupt) as error:
        _tell(_sentence(error, options.order), options.order)
    return FAILED


def _parser() -> argparse.ArgumentParser:
    # Only here: a library that is missing is told like all else.
    from experiments.terminal.room import expect_room

    expect_room()
    from experiments.commands import import_, judge, reproduce, run, train
    from experiments.terminal.arguments import Parser

    verbs = {"train": train, "reproduce": reproduce, "judge": judge, "import": import_, "run": run}
    parser = Parser(prog="python -m experiments", description="Entrena y mide.")
    subparsers = parser.add_subparsers(required=True, metavar="ORDEN", dest="order")
    for name, verb in verbs.items():
        arguments = subparsers.add_parser(name, help=verb.HELP)
        arguments.set_defaults(run=verb.run)
        verb.add_arguments(arguments)
    return parser


def _sentence(error: BaseException, order: str) -> str:
    from experiments.terminal.endings import sentence

    command = " ".join(filter(None, ("python -m experiments", order)))
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
            print(visible(shortened(message)), file=sys.stderr)
        flush_output()
    except OSError:
        give_up_output()


def _interrupt(signal_number: int, frame: object) -> None:
    raise KeyboardInterrupt


if __name__ == "__main__":
    signal.signal(signal.SIGTERM, _interrupt)
    sys.exit(main())
