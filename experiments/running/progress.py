"""What the user sees while runs go on: one line each with epoch or iteration, loss, time left."""

import threading
import time
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

from experiments.running.cost import processor_seconds
from experiments.running.task import Task

if TYPE_CHECKING:
    from rich.console import Console
    from rich.progress import TaskID

UNKNOWN = "—"


class Board:
    """A live line per run on a terminal; elsewhere (a log, CI) a plain line per epoch, sampled
    step or phase. Safe to call from the threads that watch the runs."""

    def __init__(self, console: "Console | None" = None) -> None:
        from rich.console import Console  # here, because it comes with what trains alone
        from rich.progress import BarColumn, Progress, TextColumn

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
        self.phases: dict[str, str] = {}  # label -> the last one that a log was told
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
            self.say(f"{task.label}: {event['notice']}")
        if "done" not in event:
            return
        with self.lock:
            now = time.monotonic()
            started, fraction = self.first.setdefault(task.label, (now, event["done"]))
            state = describe(event, task, time_left(now - started, event["done"] - fraction, event["done"]))
            if not self.console.is_terminal:
                if self._is_news(task, event):
                    self.say(f"{task.label}: {state}")
                return
            if task.label not in self.rows:
                self.rows[task.label] = self.progress.add_task(task.label, total=1.0, state="")
            self.progress.update(self.rows[task.label], completed=event["done"], state=state)

    def _is_news(self, task: Task, event: dict[str, Any]) -> bool:
        """Whether it is worth a line of its own: the end of a unit, or a new phase."""
        if any(event.get(sign) for sign in ("unit_done", "testing", "state")):
            return True
        phase, before = event.get("phase"), self.phases.get(task.label)
        if phase is not None:
            self.phases[task.label] = phase
        return phase is not None and phase != before


def describe(event: dict[str, Any], task: Task, left_s: float | None) -> str:
    """``event`` holds ``done`` (fraction) and where the run is: ``epoch``, ``iteration`` or, in
    words, ``phase``; perhaps ``loss``. Or else it holds the whole ``state``."""
    if event.get("testing"):
        return "midiendo en la prueba"
    if "state" in event:
        return event["state"]
    config = task.identity.config
    parts = []
    if "phase" in event:
        parts.append(event["phase"])
    elif "epoch" in event:
        parts.append(f"época {event['epoch']}" + _of(config.get("max_epochs", config.get("epochs"))))
    elif "iteration" in event:  # what measures a GAN does not know how many it had
        parts.append(f"iteración {event['iteration']}" + _of(config.get("iterations")))
    if "loss" in event:
        parts.append(f"pérdida {event['loss']:.3f}")
    return " · ".join([*parts, f"quedan {duration(left_s)}"])


def _of(total: int | None) -> str:
    return f"/{total}" if total else ""


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
    found = [processor_seconds(task) for task in tasks]
    known = [seconds for seconds in found if seconds is not None]
    if not known:
        return
    processes = "1 proceso" if jobs == 1 else f"{jobs} procesos a la vez"
    unknown = len(found) - len(known)
    rest = f", más el de {unknown} sin referencia con que compararlas" if unknown else ""
    say(
        f"Tiempo previsto: cerca de {roughly(max(sum(known) / jobs, *known))} con {processes}{rest}, por lo "
        f"que tardaron las ejecuciones de referencia ({roughly(sum(known))} de procesador)."
    )


def roughly(seconds: float) -> str:
    """To the minute."""
    hours, minutes = divmod(max(1, round(seconds / 60)), 60)
    return f"{hours} h {minutes:02d} min" if hours else f"{minutes} min"
