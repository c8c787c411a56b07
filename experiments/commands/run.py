"""``run``: one run, in this process; its task comes on standard input."""

import argparse
import sys

from experiments.commands.exits import CLEAN
from experiments.errors import TrainError
from experiments.running.events import emit, end_with_parent
from experiments.running.execution import execute
from experiments.running.task import Task

HELP = "una sola ejecución (lo usa train)"
EXAMPLE = ""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    pass


def run(options: argparse.Namespace) -> int:
    end_with_parent()
    try:
        task = Task.model_validate_json(sys.stdin.buffer.read())
    except ValueError as error:
        raise TrainError(
            "run: se esperaba una ejecución por la entrada estándar, se encontró otra cosa; use train."
        ) from error
    execute(task, emit)
    return CLEAN
