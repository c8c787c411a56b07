"""What the user sees while runs go on: one line each with epoch or iteration, loss, time left."""

import threading
import time
from collections.abc import Callable, Sequence
from typing import Any

from rich.console import Console
from rich.progress import BarColumn, Progress, TaskID, TextColumn

from experiments.running.cost import processor_seconds
from experiments.running.task import Task

UNKNOWN = "—"


class Board:
    """A live line per run on a terminal; elsewhere (a log, CI) a plain line per epoch, sampled
    step or phase. Safe to call from the threads that watch the runs."""

    def __init__(self, console: Console | None = None) -> None:
        self.console = console or Console(highlight=False, soft_wrap=True)
        self.progress = Progress(
            TextColumn("{task.description}"),
            BarColumn(bar_width=24),
            TextColumn("{task.fields[state]}"),
            console=self.console,
            disable=not self.console.is_terminal,
        )
        self.rows: dict[str, TaskID] = {}
        self.first: dict[str, tuple[float, float]] = {}  # label -> (time, fraction) of its first event
        self.lock = threading.Lock()

    def __enter__(self) -> "Board":
        self.progress.start()
        return self

    def __exit__(self, *exception: object) -> None:
        self.progress.stop()

    def say(self, message: str) -> None:
        self.console.print(message, markup=False)

    def show(self, task: Task, event: dict[str, Any]) -> None:
        """Show one event of a run; see ``describe`` for what it holds."""
        if "notice" in event:
            self.say(str(event["notice"]))
        if "done" not in event:
            return
        with self.lock:
            now = time.monotonic()
            started, fraction = self.first.setdefault(task.label, (now, event["done"]))
            state = describe(event, task, time_left(now - started, event["done"] - fraction, event["done"]))
            if not self.console.is_terminal:
                if any(event.get(sign) for sign in ("unit_done", "testing", "phase", "state")):
                    self.say(f"{task.label}: {state}")
                return
            if task.label not in self.rows:
                self.rows[task.label] = self.progress.add_task(task.label, total=1.0, state="")
            self.progress.update(self.rows[task.label], completed=event["done"], state=state)


def describe(event: dict[str, Any], task: Task, left_s: float | None) -> str:
    """``event`` holds ``done`` (fraction) and where the run is: ``epoch``, ``iteration`` or, in
    words, ``phase``; perhaps ``loss``. Or else it holds the whole ``state``."""
    if event.get("testing"):
        return "midiendo en la prueba"
    if "state" in event:
        return event["state"]
    config = task.config.model_dump()
    if "phase" in event:
        parts = [event["phase"]]
    elif "epoch" in event:
        parts = [f"época {event['epoch']}/{config.get('max_epochs', config.get('epochs'))}"]
    else:
        total = config.get("iterations")  # what measures a GAN does not know how many it had
        parts = [f"iteración {event['iteration']}" + (f"/{total}" if total else "")]
    if "loss" in event:
        parts.append(f"pérdida {event['loss']:.3f}")
    return " · ".join([*parts, f"quedan {duration(left_s)}"])


def time_left(elapsed_s: float, advanced: float, done: float) -> float | None:
    """Seconds left at the pace so far; None before there is a pace.

    ``advanced`` is the fraction done since the first event, which differs from ``done`` in a
    resumed run.
    """
    return elapsed_s * (1 - done) / advanced if advanced > 0 else None


def duration(seconds: float | None) -> str:
    if seconds is None:
        return UNKNOWN
    minutes, rest = divmod(round(seconds), 60)
    return f"{minutes} min {rest:02d} s" if minutes else f"{rest} s"


def say_cost(tasks: Sequence[Task], jobs: int, say: Callable[[str], None]) -> None:
    """How long ``tasks`` will take ``jobs`` processes at once, where that is known."""
    known = [seconds for seconds in map(processor_seconds, tasks) if seconds]
    if known:
        longest = max(known)
        say(
            f"Tiempo previsto: unos {duration(max(sum(known) / jobs, longest))} con {jobs} "
            f"{'proceso' if jobs == 1 else 'procesos'} a la vez, por lo que tardaron los de referencia "
            f"({duration(sum(known))} de procesador)."
        )
