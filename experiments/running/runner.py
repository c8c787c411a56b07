"""Doing runs in the order that their needs leave, wherever they are done."""

from collections.abc import Sequence
from concurrent.futures import FIRST_COMPLETED, Executor, Future, wait
from typing import Protocol

from experiments.running.task import Task


class Place(Protocol):
    """Where runs are done."""

    def do(self, task: Task) -> None:
        """Leave the record of ``task`` in its folder; called from several threads at once."""

    def stop(self) -> None:
        """Ask all runs to end, and start none from now on."""


def run_all(tasks: Sequence[Task], executor: Executor, place: Place) -> None:
    """Run ``tasks`` at ``place``, as many at once as ``executor`` has threads, each as soon as those
    that it needs are done.

    Raises:
        TrainError: a run ended badly; the others are stopped and can be resumed.
    """
    waiting = list(tasks)
    running: dict[Future[None], Task] = {}
    try:
        while waiting or running:
            unfinished = {task.name for task in (*waiting, *running.values())}
            for task in [task for task in waiting if not unfinished & task.waits_for]:
                waiting.remove(task)
                running[executor.submit(place.do, task)] = task
            wait(running, return_when=FIRST_COMPLETED)
            for future in [future for future in running if future.done()]:  # in order: the first error
                del running[future]
                future.result()
    except BaseException:
        executor.shutdown(wait=False, cancel_futures=True)
        place.stop()
        raise
