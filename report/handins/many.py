"""All documents, some at once, each by a process of its own."""

import os
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

from report.handins.row import Row, State, compared, read_row
from report.paths import ROOT

PATIENCE_S = 420.0  # by the clock; a little more than verify grants a document by itself

Results = Sequence[Path]
Tell = Callable[[int, Row], None]  # how many are done, and the last of them


def examine_all(verb: str, files: Sequence[Path], results: Results, jobs: int, tell: Tell) -> list[Row]:
    """A row for each of ``files``, in their order; ``jobs`` are examined at once."""
    rows: list[Row] = []
    running: set[subprocess.Popen[bytes]] = set()
    with ThreadPoolExecutor(jobs) as pool:
        try:
            for row in pool.map(lambda path: examine_apart(verb, path, results, running), files):
                rows.append(row)
                tell(len(rows), row)
        except BaseException:  # Ctrl-C, say: what goes on ends, and no other begins
            pool.shutdown(wait=False, cancel_futures=True)
            for process in list(running):
                process.kill()
            raise
    return compared(rows)


def examine_apart(verb: str, path: Path, results: Results, running: set[subprocess.Popen[bytes]]) -> Row:
    """The row of a document; its process is one of ``running`` meanwhile."""
    started = time.monotonic()
    command = [sys.executable, "-m", "report.handins.one", verb, str(path)]
    command += map(str, results)
    found = os.pathsep.join(filter(None, (str(ROOT), os.getenv("PYTHONPATH"))))
    nothing = subprocess.DEVNULL
    with subprocess.Popen(
        command, env=os.environ | {"PYTHONPATH": found}, stdin=nothing, stdout=subprocess.PIPE, stderr=nothing
    ) as process:
        running.add(process)
        try:
            row = read_row(process.communicate(timeout=PATIENCE_S)[0].decode())
        except subprocess.TimeoutExpired:
            process.kill()
            reason = f"se esperaba acabar en {PATIENCE_S:.0f} s, no se ha acabado"
            row = Row(str(path), State.UNKNOWN, reason=reason)
        except (ValueError, TypeError, KeyError):  # it ended before it could tell
            reason = "se esperaba un documento que se deje leer, se encontró uno que rompe a quien lo lee"
            row = Row(str(path), State.UNKNOWN, reason=reason)
        finally:
            running.discard(process)
    return replace(row, seconds=round(time.monotonic() - started, 2))
