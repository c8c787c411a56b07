"""How long a run has taken, interruptions left out."""

import time

from experiments.records.base import Seconds, Strict


class Elapsed(Strict):
    """By the clock, and of the processor in all threads."""

    duration_s: Seconds
    processor_s: Seconds


NOTHING = Elapsed(duration_s=0, processor_s=0)


class Clock:
    """Time that a run has taken over all its parts: ``before`` and what came since in this process."""

    def __init__(self, before: Elapsed) -> None:
        self._before = before
        self._started = _now()

    def read(self) -> Elapsed:
        now = _now()
        return Elapsed(
            duration_s=self._before.duration_s + now.duration_s - self._started.duration_s,
            processor_s=self._before.processor_s + now.processor_s - self._started.processor_s,
        )


def _now() -> Elapsed:
    return Elapsed(duration_s=time.monotonic(), processor_s=time.process_time())
