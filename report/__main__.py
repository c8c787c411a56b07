"""Command line: ``python -m report build``, ``export``, ``check``, ``verify``, ``status`` and
``audit``."""

import argparse
import gc
import os
import signal
import sys

from report.commands.exits import FAILED
from report.errors import RenderError


def main(arguments: list[str] | None = None) -> int:
    options = _parser().parse_args(arguments)
    try:
        code: int = options.run(options)
        sys.stdout.flush()
        return code
    except BrokenPipeError:  # nobody reads on, as with «| head»: there is nobody to tell
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # nor at the last flush
    except KeyboardInterrupt:
        print("Interrumpido.", file=sys.stderr)
    except OSError as error:
        print(
            f"{error.filename or 'El disco'}: se esperaba poder leer y escribir, se encontró "
            f"«{error.strerror or error}»; libere espacio o revise los permisos y repita la orden.",
            file=sys.stderr,
        )
    except _told_in_one_sentence() as error:
        print(error, file=sys.stderr)
    return FAILED


def _told_in_one_sentence() -> tuple[type[Exception], ...]:
    """Asked for only when something was raised: with the records come Pydantic and NumPy, and the
    processes that ``build`` starts would wait for them."""
    from experiments.records.base import RecordError

    return RecordError, RenderError


def _parser() -> argparse.ArgumentParser:
    # Only here: each process that ``build`` starts runs this file again, up to its last lines.
    from report.commands import audit, build, check, export, status, verify

    verbs = {
        **{"build": build, "export": export, "check": check},
        **{"verify": verify, "status": status, "audit": audit},
    }
    parser = argparse.ArgumentParser(prog="python -m report", description="Escribe el informe.")
    subparsers = parser.add_subparsers(required=True, metavar="ORDEN")
    for name, verb in verbs.items():
        arguments = subparsers.add_parser(name, help=verb.HELP)
        arguments.set_defaults(run=verb.run)
        verb.add_arguments(arguments)
    return parser


def _interrupt(signal_number: int, frame: object) -> None:
    raise KeyboardInterrupt


if __name__ == "__main__":
    signal.signal(signal.SIGTERM, _interrupt)  # so that nothing is left behind
    gc.disable()  # a short life: looking for cycles of references would take a sixth of it
    code = main()
    gc.freeze()  # and so would it on the way out
    sys.exit(code)
