"""The line of each run: what it says, and how long it believes it will take."""

import io
from pathlib import Path
from typing import Any

import pytest
from rich.console import Console

from experiments.data.source import Source
from experiments.kinds.registry import KINDS
from experiments.records.base import Profile
from experiments.records.identity import Identity
from experiments.running import progress
from experiments.running.progress import Board, describe, duration, roughly, say_cost, time_left
from experiments.running.task import Task


def task(kind: str, seed: int, profile: Profile = "full") -> Task:
    identity = Identity(
        kind=kind,
        seed=seed,
        config=KINDS[kind].profiles[profile].model_dump(mode="json"),
        data_digest="a" * 64,
        code_digest="b" * 64,
        libraries={},
    )
    name = f"{kind}/seed-{seed}"
    return Task(identity=identity, profile=profile, source=Source(), root=Path("results"), name=name)


LSTM, GAN, MEMORY = task("lstm", 1), task("gan", 2), task("memory", 2)
JUDGE, READABILITY = task("judge", 0, "quick"), task("readability", 2)


@pytest.mark.parametrize(
    ("seconds", "text"),
    [
        (None, "—"),
        (0.0, "0 s"),
        (59.4, "59 s"),
        (59.6, "1 min 00 s"),
        (61.0, "1 min 01 s"),
        (3_725.0, "62 min 05 s"),
    ],
)
def test_durations_read_as_minutes_and_seconds(seconds: float | None, text: str) -> None:
    assert duration(seconds) == text


def test_time_left_goes_by_the_pace_since_the_first_event() -> None:
    assert time_left(30.0, advanced=0.25, done=0.25) == 90.0  # a quarter in 30 s: three more
    assert time_left(30.0, advanced=0.25, done=0.75) == 30.0  # resumed at a half
    assert time_left(30.0, advanced=0.5, done=1.0) == 0.0
    assert time_left(0.0, advanced=0.0, done=0.5) is None


@pytest.mark.parametrize(
    ("task", "event", "text"),
    [
        (LSTM, {"epoch": 3, "loss": 0.45678}, "época 3/10 · pérdida 0.457 · quedan 1 min 05 s"),
        (GAN, {"iteration": 500, "loss": 1.2}, "iteración 500/3000 · pérdida 1.200 · quedan 1 min 05 s"),
        (LSTM, {"epoch": 3, "loss": 0.4, "testing": True}, "midiendo en la prueba"),
        (MEMORY, {"phase": "oclusión"}, "oclusión · quedan 1 min 05 s"),
        (JUDGE, {"epoch": 1, "loss": 0.4}, "época 1/1 · pérdida 0.400 · quedan 1 min 05 s"),
        (READABILITY, {"iteration": 500, "readable": 0.1}, "iteración 500 · quedan 1 min 05 s"),
        (GAN, {"epoch": 2}, "época 2 · quedan 1 min 05 s"),  # of a total that nobody knows
        (LSTM, {}, "quedan 1 min 05 s"),
        (MEMORY, {"state": "completa y válida, no se repite"}, "completa y válida, no se repite"),
    ],
)
def test_an_event_in_words(task: Task, event: dict, text: str) -> None:
    assert describe(event, task, 65.0) == text


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """The times that the board will read, in order."""
    times: list[float] = []
    monkeypatch.setattr(progress.time, "monotonic", lambda: times.pop(0))
    return times


def test_a_log_gets_a_plain_line_per_epoch_or_sampled_step(clock: list[float]) -> None:
    out = io.StringIO()
    clock += [100.0, 110.0, 120.0, 130.0]
    with Board(Console(file=out, soft_wrap=True)) as board:
        board.show(LSTM, {"epoch": 1, "loss": 0.7, "done": 0.05})
        board.show(LSTM, {"epoch": 1, "loss": 0.61, "done": 0.1, "unit_done": True})
        board.show(LSTM, {"error": "not for the board"})
        board.show(GAN, {"iteration": 500, "loss": 1.3, "done": 0.5, "unit_done": True})
        board.show(LSTM, {"epoch": 4, "loss": 0.5, "done": 1.0, "testing": True})
    # a twentieth took 10 s, and 18 are left
    assert out.getvalue().splitlines() == [
        "LSTM, semilla 1: época 1/10 · pérdida 0.610 · quedan 3 min 00 s",
        "GAN, semilla 2: iteración 500/3000 · pérdida 1.300 · quedan —",
        "LSTM, semilla 1: midiendo en la prueba",
    ]


def test_a_log_is_told_a_phase_once(clock: list[float]) -> None:
    out = io.StringIO()
    clock += [float(second) for second in range(6)]
    with Board(Console(file=out, soft_wrap=True)) as board:
        for phase, done in (("palabras", 0.0), ("palabras", 0.25), ("oclusión", 0.5), ("oclusión", 0.75)):
            board.show(MEMORY, {"phase": phase, "done": done})
        board.show(READABILITY, {"phase": "oclusión", "done": 0.5})
        board.show(MEMORY, {"phase": "palabras", "done": 1.0})
    assert [line.partition(" · ")[0] for line in out.getvalue().splitlines()] == [
        "Memoria, semilla 2: palabras",
        "Memoria, semilla 2: oclusión",
        "Legibilidad, semilla 2: oclusión",
        "Memoria, semilla 2: palabras",
    ]


@pytest.mark.parametrize("terminal", [True, False])
def test_what_the_user_must_be_told_is_said_with_the_run_that_tells_it(terminal: bool) -> None:
    out = io.StringIO()
    with Board(Console(file=out, force_terminal=terminal, highlight=False, width=200)) as board:
        board.show(LSTM, {"notice": "Continúa desde el final de lstm/seed-1."})
    assert "LSTM, semilla 1: Continúa desde el final de lstm/seed-1.\n" in out.getvalue()


def test_a_terminal_gets_one_live_line_per_run() -> None:
    out = io.StringIO()
    console = Console(file=out, force_terminal=True, width=100)
    with Board(console) as board:
        for done in (0.1, 0.2):
            board.show(LSTM, {"epoch": 1, "loss": 0.7, "done": done, "unit_done": True})
            board.show(GAN, {"iteration": 25, "loss": 1.3, "done": done})
        assert [(row.description, row.completed) for row in board.progress.tasks] == [
            ("LSTM, semilla 1", 0.2),
            ("GAN, semilla 2", 0.2),
        ]
    assert "época 1/10 · pérdida 0.700" in out.getvalue()


def test_what_is_said_is_not_markup() -> None:
    out = io.StringIO()
    Board(Console(file=out, soft_wrap=True)).say("en «[rojo]/datos» hay " + "muchas " * 30)
    assert out.getvalue() == "en «[rojo]/datos» hay " + "muchas " * 30 + "\n"


# --- how long all will take --------------------------------------------------------------


@pytest.mark.parametrize(
    ("seconds", "text"),
    [
        (0.0, "1 min"),
        (89.0, "1 min"),
        (91.0, "2 min"),
        (3_569.0, "59 min"),
        (3_571.0, "1 h 00 min"),
        (33_600.0, "9 h 20 min"),
    ],
)
def test_long_times_are_told_to_the_minute(seconds: float, text: str) -> None:
    assert roughly(seconds) == text


def cost(monkeypatch: Any, seconds: dict[str, float], tasks: list[Task], jobs: int) -> list[str]:
    monkeypatch.setattr(progress, "processor_seconds", lambda task: seconds.get(task.kind))
    said: list[str] = []
    say_cost(tasks, jobs, said.append)
    return said


@pytest.mark.parametrize(
    ("jobs", "told"),
    [
        # 3,600 + 1,800 + 600 s one after another, or shared out; never shorter than the longest
        (1, "cerca de 1 h 40 min con 1 proceso, por"),
        (2, "cerca de 1 h 00 min con 2 procesos a la vez, por"),
        (8, "cerca de 1 h 00 min con 8 procesos a la vez, por"),
    ],
)
def test_what_the_runs_will_take_is_what_those_of_the_reference_took(
    monkeypatch: pytest.MonkeyPatch, jobs: int, told: str
) -> None:
    seconds = {"lstm": 3_600.0, "gan": 1_800.0, "memory": 600.0}
    assert cost(monkeypatch, seconds, [LSTM, GAN, MEMORY], jobs) == [
        f"Tiempo previsto: {told} lo que tardaron las ejecuciones de referencia (1 h 40 min de procesador)."
    ]


def test_what_nobody_knows_is_not_predicted(monkeypatch: pytest.MonkeyPatch) -> None:
    assert cost(monkeypatch, {}, [LSTM, GAN], 2) == []
    assert cost(monkeypatch, {"lstm": 60.0}, [], 2) == []
    assert cost(monkeypatch, {"lstm": 600.0}, [LSTM, GAN, MEMORY], 1) == [
        "Tiempo previsto: cerca de 10 min con 1 proceso, más el de 2 sin referencia con que compararlas, por "
        "lo que tardaron las ejecuciones de referencia (10 min de procesador)."
    ]
