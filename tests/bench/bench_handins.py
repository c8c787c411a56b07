"""``make bench-handins``: how long a folder of thirty hand-ins takes, each examined in a process of its own
as the user has it done, and whether each has the right row. The genuine ones, and those made of them, are
the reference's document, the longest that there is."""

import json
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from hand_ins import thirty

from experiments.paths import REFERENCE
from report.paths import ROOT

JOBS = os.cpu_count() or 1


def report(*arguments: object) -> str:
    """What it prints; how it ends says what it found."""
    order = [sys.executable, "-m", "report", *map(str, arguments)]
    return subprocess.run(order, cwd=ROOT, capture_output=True, text=True, check=False).stdout


def main() -> None:
    with tempfile.TemporaryDirectory() as name:
        build, folder = Path(name) / "build", Path(name) / "entregas"
        report("build", "--results", REFERENCE, "--build", build)
        expected = thirty(folder, (build / "informe.pdf").read_bytes())
        started = time.perf_counter()
        rows = json.loads(report("verify", folder, "--jobs", JOBS, "--format", "json"))
        seconds = time.perf_counter() - started
    found = {Path(row["fichero"]).relative_to(folder).as_posix(): row["estado"] for row in rows}
    right = sum(found.get(name) == str(state) for name, state in expected.items())
    print(f"{len(expected)} entregas, {JOBS} a la vez: {right} filas con el estado que les toca.")
    print(f"{seconds:.0f} s, {seconds / len(expected):.1f} s por entrega.")


if __name__ == "__main__":
    main()
