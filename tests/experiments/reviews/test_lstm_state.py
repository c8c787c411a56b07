"""What a killed training finds again, whole or damaged in every way."""

from pathlib import Path

import numpy as np
import pytest

from experiments.records.files import file_digest
from experiments.reviews.lstm_state import State, best_file, read_last_state, state_file, write_state


def train(folder: Path, losses: list[float]) -> State:
    """The states that epochs with these validation losses leave."""
    state = State()
    for epoch, loss in enumerate(losses, start=1):
        if loss < min((logs["val_loss"] for logs in state.logs), default=np.inf):
            best_file(folder, epoch).write_bytes(f"weights {epoch}".encode())
            state.best, state.best_digest = epoch, file_digest(best_file(folder, epoch))
        state.logs.append({"val_loss": loss})
        state.probability.append(np.array([0.25, loss], np.float32))
        state.variables = [np.full((2, 3), epoch, np.float32), np.array([7, epoch << 32], np.int64)]
        write_state(folder, state)
    return state


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_nothing_was_left(tmp_path: Path) -> None:
    assert read_last_state(tmp_path) == (State(), [])


def test_a_state_is_read_as_it_was_written(tmp_path: Path) -> None:
    train(tmp_path, [0.7, 0.5, 0.6])
    state, damaged = read_last_state(tmp_path)
    assert not damaged
    assert state.logs == [{"val_loss": 0.7}, {"val_loss": 0.5}, {"val_loss": 0.6}]
    assert [row.tolist() for row in state.probability] == [
        [0.25, np.float32(loss)] for loss in (0.7, 0.5, 0.6)
    ]
    assert (state.epochs, state.best, state.stopped) == (3, 2, False)
    assert [value.dtype.name for value in state.variables] == ["float32", "int64"]
    assert state.variables[0].tolist() == [[3, 3, 3]] * 2
    assert state.variables[1].tolist() == [7, 3 << 32]


def test_two_epochs_are_kept_and_the_weights_that_they_count_on(tmp_path: Path) -> None:
    train(tmp_path, [0.7, 0.5, 0.6, 0.4])
    assert names(tmp_path) == [
        *("best-2.weights.h5", "best-4.weights.h5"),
        *("epoch-3.state", "epoch-4.state"),
    ]


@pytest.mark.parametrize("length", [0, 20, -9])
def test_a_truncated_state_is_set_aside_for_the_one_before(tmp_path: Path, length: int) -> None:
    train(tmp_path, [0.7, 0.5, 0.6])
    last = state_file(tmp_path, 3)
    last.write_bytes(last.read_bytes()[:length])
    state, damaged = read_last_state(tmp_path)
    assert (state.epochs, state.best, state.variables[0][0, 0]) == (2, 2, 2)
    assert [path.name for path in damaged] == ["epoch-3.state.roto"]
    assert names(tmp_path) == ["best-2.weights.h5", "epoch-2.state", "epoch-3.state.roto"]


def test_one_changed_bit_is_found_wherever_it_is(tmp_path: Path) -> None:
    train(tmp_path, [0.7, 0.5])
    last = state_file(tmp_path, 2)
    whole = last.read_bytes()
    for place in range(0, len(whole), 61):
        last.write_bytes(whole[:place] + bytes([whole[place] ^ 1]) + whole[place + 1 :])
        assert read_last_state(tmp_path)[0].epochs == 1, place


def test_where_all_is_damaged_nothing_has_been_done(tmp_path: Path) -> None:
    train(tmp_path, [0.7, 0.5])
    for epoch in (1, 2):
        state_file(tmp_path, epoch).write_bytes(b"broken")
    state, damaged = read_last_state(tmp_path)
    assert state == State()
    assert [path.name for path in damaged] == ["epoch-2.state.roto", "epoch-1.state.roto"]


def test_without_the_weights_that_it_counts_on_a_state_is_of_no_use(tmp_path: Path) -> None:
    train(tmp_path, [0.7, 0.5, 0.6])
    best_file(tmp_path, 2).write_bytes(b"broken")
    state, damaged = read_last_state(tmp_path)
    assert state == State()
    assert names(tmp_path) == ["best-2.weights.h5.roto", "epoch-2.state.roto", "epoch-3.state.roto"]
    assert sorted(path.name for path in damaged) == names(tmp_path)
    assert read_last_state(tmp_path) == (State(), [])  # said once


def test_damaged_weights_of_the_last_epoch_leave_the_one_before(tmp_path: Path) -> None:
    train(tmp_path, [0.7, 0.6, 0.5])
    best_file(tmp_path, 3).unlink()
    state, damaged = read_last_state(tmp_path)
    assert (state.epochs, state.best) == (2, 2)
    assert [path.name for path in damaged] == ["epoch-3.state.roto"]


def test_a_file_that_was_being_written_when_it_was_killed_is_no_state(tmp_path: Path) -> None:
    train(tmp_path, [0.7, 0.6])
    (tmp_path / ".epoch-3.state.x1").write_bytes(b"half")
    best_file(tmp_path, 3).write_bytes(b"half")
    state, damaged = read_last_state(tmp_path)
    assert (state.epochs, damaged) == (2, [])


def test_a_state_that_is_none_of_a_number_is_never_kept(tmp_path: Path) -> None:
    state = State(logs=[{"val_loss": float("nan")}], probability=[np.zeros(1)], best=1)
    with pytest.raises(ValueError, match="JSON"):
        write_state(tmp_path, state)
    assert names(tmp_path) == []


def test_epochs_are_ordered_as_numbers(tmp_path: Path) -> None:
    train(tmp_path, [1 / n for n in range(1, 11)])
    assert names(tmp_path)[2:] == ["epoch-10.state", "epoch-9.state"]
    assert read_last_state(tmp_path)[0].epochs == 10
