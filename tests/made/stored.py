"""Made-up runs on disk, as a training of the present code would have left them."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import studies

from experiments.records.base import Run
from experiments.records.closure import code_digest_of
from experiments.records.results import Manifest, write_manifest
from experiments.records.storage import write_run

# The command line of the report, as a program for «python -c», which takes made-up records as they are.
REPORT = """
import sys
from experiments.records import results
from experiments.records.coherence import checking
from report.__main__ import main

if __name__ == "__main__":
    checking.OF_KIND, results.of_set = {}, lambda runs: None
    sys.exit(main())
"""


def runs(seeds: int = 2) -> list[Run]:
    """The first ``seeds`` runs of each experiment, with all their arrays."""
    numbers = range(1, seeds + 1)
    return [studies.lstm_run(seed) for seed in numbers] + [studies.gan_run(seed) for seed in numbers]


def write_results(root: Path, written: Sequence[Run]) -> Path:
    """Write the runs, what measures them, and their manifest; returns ``root``."""
    return write_runs(root, studies.complete(written))


def write_runs(root: Path, written: Sequence[Run]) -> Path:
    """Write the runs and their manifest; returns ``root``."""
    for run in map(current, written):
        write_run(root / run.name, run.record, run.arrays)
    manifest = Manifest(profile=written[0].record.profile, runs=tuple(run.name for run in written))
    write_manifest(root, manifest)
    return root


def current(run: Run) -> Run:
    """``run`` as the present code would have made it."""
    update = {"code_digest": code_digest_of(run.record.kind)}
    return replace(run, record=run.record.model_copy(update=update))
