"""``run``: one run, in this process; its task comes on standard input."""

import argparse
import sys

from experiments.commands.exits import CLEAN
from experiments.running.events import emit
from experiments.running.execution import execute
from experiments.running.task import Task

HELP = "una sola ejecución (lo usa train)"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    pass


def run(options: argparse.Namespace) -> int:
    execute(Task.model_validate_json(sys.stdin.read()), emit)
    return CLEAN
