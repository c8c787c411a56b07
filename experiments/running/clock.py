"""How long a run has taken, interruptions left out."""

import time
from pathlib import Path

from experiments.records.base import Seconds, Strict
from experiments.records.files import write_atomically


class Elapsed(Strict):
    """By the clock, and of the processor in all threads."""

    duration_s: Seconds
    processor_s: Seconds

    def write(self, path: Path) -> None:
        write_atomically(path, self.model_dump_json().encode())


class Clock:
    """Time that a run has taken over all its parts: what is noted in ``path`` and what came since in
    this process. What came after the last note before an interruption is done again and does not
    count."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._before = _noted(path)
        self._started = _now()

    def read(self) -> Elapsed:
        now = _now()
        return Elapsed(
            duration_s=self._before.duration_s + now.duration_s - self._started.duration_s,
            processor_s=self._before.processor_s + now.processor_s - self._started.processor_s,
        )

    def note(self) -> None:
        self.read().write(self._path)


def _now() -> Elapsed:
    return Elapsed(duration_s=time.monotonic(), processor_s=time.process_time())


def _noted(path: Path) -> Elapsed:
    """Nothing if there is no note, or a damaged one: a run is not repeated for the sake of its clock."""
    try:
        return Elapsed.model_validate_json(path.read_bytes())
    except (OSError, ValueError):
        return Elapsed(duration_s=0, processor_s=0)
