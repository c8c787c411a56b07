"""Command line: ``python -m report build``, ``export``, ``check``, ``verify``, ``status`` and
``audit``."""

import argparse
import gc
import os
import signal
import sys
from typing import Any

# How a sum is shared out among threads decides its last digit, and a document is the same on any number
# of cores; read when NumPy is imported.
os.environ["OPENBLAS_NUM_THREADS"] = "1"
# Nor is what a window needs of Matplotlib asked for; a name that it does not know would end it.
os.environ["MPLBACKEND"] = "svg"

from experiments.terminal.orders import as_typed
from experiments.terminal.output import (
    flush_output,
    give_up_output,
    print_json,
    settle_output,
    shortened,
    visible,
)
from report.commands.exits import FAILED

PROGRAM = "python -m report"


def main(arguments: list[str] | None = None, program: str = PROGRAM) -> int:
    """``program`` is what the user has typed before the verb."""
    settle_output()
    options = argparse.Namespace()
    try:
        _parser(program).parse_args(arguments, options)
        _expect_room()
        code: int = options.run(options)
        flush_output()
        return code
    except BrokenPipeError:  # nobody reads on, as with «| head»: there is nobody to tell
        give_up_output()
    except (Exception, KeyboardInterrupt) as error:
        _tell(_sentence(error, program, options), options)
    return FAILED


def _expect_room() -> None:
    from experiments.terminal.room import expect_room

    expect_room()


def _sentence(error: BaseException, program: str, options: argparse.Namespace) -> str:
    """What is needed for it is asked for only when something was raised: with the records come Pydantic
    and NumPy, and the processes that ``build`` starts would wait for them."""
    from experiments.terminal.endings import sentence

    order = " ".join(filter(None, (program, getattr(options, "order", ""))))
    if isinstance(error, MemoryError):  # nor is there room to import more
        return sentence(error, order)
    from experiments.records.base import RecordError
    from report.audit.blocks import UnreadableError
    from report.errors import RenderError

    told = isinstance(error, RecordError | RenderError | UnreadableError)
    return str(error) if told else sentence(error, order)


def _tell(message: str, options: argparse.Namespace) -> None:
    """On the standard error, or as JSON where that was asked for: who reads it must not have to guess."""
    import json

    try:
        if getattr(options, "format", None) == "json":
            content = {"resultado": "no comprobado", "motivo": as_typed(message)}
            print_json(json.dumps(content, ensure_ascii=False, indent=1, allow_nan=False))
        else:
            print(visible(shortened(as_typed(message))), file=sys.stderr)
        flush_output()
    except OSError:
        give_up_output()


def _parser(program: str) -> argparse.ArgumentParser:
    # Only here: each process that ``build`` starts runs this file again, up to its last lines.
    from experiments.terminal.arguments import Parser

    parser = Parser(prog=program, description="Escribe el informe.")
    subparsers = parser.add_subparsers(required=True, metavar="ORDEN", dest="order")
    add_verbs(subparsers)
    return parser


def add_verbs(subparsers: "argparse._SubParsersAction[Any]") -> None:
    from report.commands import audit, build, check, export, status, verify

    verbs = {
        **{"build": build, "export": export, "check": check},
        **{"verify": verify, "status": status, "audit": audit},
    }
    for name, verb in verbs.items():
        arguments = subparsers.add_parser(name, help=verb.HELP, example=verb.EXAMPLE)
        arguments.set_defaults(run=verb.run)
        verb.add_arguments(arguments)


def _interrupt(signal_number: int, frame: object) -> None:
    raise KeyboardInterrupt


def run(arguments: list[str] | None = None, program: str = PROGRAM) -> int:
    """``main``, as all that a process does."""
    signal.signal(signal.SIGTERM, _interrupt)  # so that nothing is left behind
    gc.disable()  # a short life: looking for cycles of references would take a sixth of it
    code = main(arguments, program)
    gc.freeze()  # and so would it on the way out
    return code


if __name__ == "__main__":
    sys.exit(run())
