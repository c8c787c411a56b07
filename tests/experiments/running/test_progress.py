"""The line of each run: what it says, and how long it believes it will take."""

import io
from pathlib import Path

import pytest
from experiments.progress import Board, describe, duration, time_left
from experiments.tasks import Task, plan
from rich.console import Console

from experiments import progress
from experiments.records import DataInfo

INFO = DataInfo(name="mnist", digest="a" * 64, n_train=60_000, n_test=10_000)
LSTM = plan("lstm", 1, "full", None, None, INFO, Path("results"))
GAN = plan("gan", 2, "full", None, None, INFO, Path("results"))
MEMORY = plan("memory", 2, "full", None, None, INFO, Path("results"))
JUDGE = plan("judge", 0, "quick", None, None, INFO, Path("results"))
READABILITY = plan("readability", 2, "full", None, None, INFO, Path("results"))


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
