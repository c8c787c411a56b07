"""What is kept of an unfinished GAN is whole, or set aside with a word about it."""

import os
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from experiments import runtime

os.environ.update(runtime.ENVIRONMENT)  # before TensorFlow is imported

from experiments.images import gan_state
from experiments.images.gan_state import (
    State,
    StateError,
    expect_fit,
    keep,
    origin_of,
    pack,
    previous,
    read,
    recover,
    so_far,
)
from experiments.kinds.gan import GanConfig
from experiments.records.base import DataInfo

CONFIG = GanConfig(iterations=8, sample_every=2, weights_every=4)
DATA = DataInfo(name="sample_digits", digest="0" * 64, n_train=10, n_test=5)
VARIABLES = (
    np.array([[1.5, -2.25]], np.float32),
    np.array([7, 2**31 + 1], np.uint32),
    np.array(3, np.int64),
)
NAMES_OF_CURVES = ("d_real", "generator_loss")


def whole_arrays() -> dict[str, np.ndarray]:
    curves = {name: np.arange(8, dtype=np.float32) for name in NAMES_OF_CURVES}
    return {
        **curves,
        "grid": np.arange(5, dtype=np.uint8)[:, None],
        "average_grid": np.zeros((0, 1), np.uint8),
    }


def state(iteration: int) -> State:
    rows = so_far(whole_arrays(), CONFIG, iteration)
    return State(iteration, origin_of(CONFIG, 1, DATA), VARIABLES, rows)


def accept(found: State) -> None:
    """Any state fits."""


def complain(sentence: str) -> None:
    pytest.fail(f"nothing to complain about, found {sentence}")


def test_what_is_packed_is_read(tmp_path: Path) -> None:
    path = tmp_path / "state.npz"
    path.write_bytes(pack(state(4)))
    found = read(path)
    assert (found.iteration, found.origin) == (4, origin_of(CONFIG, 1, DATA))
    for variable, expected in zip(found.variables, VARIABLES, strict=True):
        assert variable.dtype == expected.dtype
        np.testing.assert_array_equal(variable, expected)
    assert {name: rows.tolist() for name, rows in found.arrays.items()} == {
        "d_real": [0, 1, 2, 3],
        "generator_loss": [0, 1, 2, 3],
        "grid": [[0], [1], [2]],  # at 0, 2 and 4
        "average_grid": [],
    }


def test_the_same_state_has_the_same_bytes() -> None:
    assert pack(state(4)) == pack(state(4)) != pack(state(6))


def test_the_last_two_states_are_kept(tmp_path: Path) -> None:
    path = tmp_path / "state.npz"
    for iteration in (2, 4, 6):
        keep(path, state(iteration))
    assert (read(path).iteration, read(previous(path)).iteration) == (6, 4)
    assert {each.name for each in tmp_path.iterdir()} == {"state.npz", "previous-state.npz"}


@pytest.mark.parametrize("moment", range(3))
def test_killed_while_a_state_is_kept_a_whole_one_is_left(
    moment: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Before the new one is whole, before the old one makes room, before the new one takes its place."""
    path = tmp_path / "state.npz"
    keep(path, state(2))
    keep(path, state(4))
    done = 0

    def until_killed(do):  # type: ignore[no-untyped-def]
        def step(*arguments):  # type: ignore[no-untyped-def]
            nonlocal done
            if done == moment:
                raise KeyboardInterrupt
            done += 1
            return do(*arguments)

        return step

    with monkeypatch.context() as patch:
        patch.setattr(gan_state, "write_atomically", until_killed(lambda at, data: at.write_bytes(data)))
        patch.setattr(Path, "replace", until_killed(Path.replace))
        with pytest.raises(KeyboardInterrupt):
            keep(path, state(6))
    found = recover(path, accept, complain)
    assert found is not None
    assert found.iteration == 4
    keep(path, state(6))
    assert read(path).iteration == 6


def test_nothing_kept_is_nothing_found(tmp_path: Path) -> None:
    assert recover(tmp_path / "state.npz", accept, complain) is None


def flip_a_bit(data: bytes) -> bytes:
    place = data.index(VARIABLES[0].tobytes())
    return data[:place] + bytes([data[place] ^ 1]) + data[place + 1 :]


DAMAGES = {
    "empty": lambda data: b"",
    "truncated": lambda data: data[: len(data) // 2],
    "a flipped bit": flip_a_bit,
    "foreign": lambda data: b"otra cosa",
}


@pytest.mark.parametrize("damage", DAMAGES)
def test_a_damaged_state_is_set_aside_and_the_previous_one_serves(damage: str, tmp_path: Path) -> None:
    path = tmp_path / "state.npz"
    keep(path, state(2))
    keep(path, state(4))
    damaged = DAMAGES[damage](path.read_bytes())
    path.write_bytes(damaged)
    said: list[str] = []
    found = recover(path, accept, said.append)
    assert found is not None
    assert found.iteration == 2
    assert (tmp_path / "state.npz.roto").read_bytes() == damaged
    assert not path.exists()
    (sentence,) = said
    assert sentence.startswith(f"{path}: se esperaba el estado de esta ejecución, se encontró «")
    assert sentence.endswith(
        "queda apartado como state.npz.roto y el entrenamiento sigue desde la iteración 2."
    )


def test_an_array_or_an_archive_of_something_else_is_no_state(tmp_path: Path) -> None:
    path = tmp_path / "state.npz"
    with path.open("wb") as file:
        np.save(file, np.zeros(3))
    with pytest.raises(StateError):
        read(path)
    with path.open("wb") as file:
        np.savez(file, origin="")
    with pytest.raises(StateError, match="un archivo sin 'iteration'"):
        read(path)


def test_without_a_good_state_it_begins_again(tmp_path: Path) -> None:
    path = tmp_path / "state.npz"
    keep(path, state(2))
    keep(path, state(4))
    path.write_bytes(b"")
    previous(path).write_bytes(b"")
    said: list[str] = []
    assert recover(path, accept, said.append) is None
    assert {each.name for each in tmp_path.iterdir()} == {"state.npz.roto", "previous-state.npz.roto"}
    assert len(said) == 2
    assert all(sentence.endswith("y el entrenamiento empieza de nuevo.") for sentence in said)


def test_a_state_that_does_not_fit_is_set_aside_too(tmp_path: Path) -> None:
    path = tmp_path / "state.npz"
    keep(path, state(2))
    keep(path, state(4))

    def refuse_the_last(found: State) -> None:
        if found.iteration == 4:
            raise StateError("el de otras redes")

    said: list[str] = []
    found = recover(path, refuse_the_last, said.append)
    assert found is not None
    assert found.iteration == 2
    assert "se encontró el de otras redes; queda apartado como state.npz.roto" in said[0]


def test_what_fits() -> None:
    for longer in (CONFIG, CONFIG.model_copy(update={"iterations": 16})):
        expect_fit(state(8), origin_of(longer, 1, DATA), longer, VARIABLES, whole_arrays())


OTHER_DATA = DATA.model_copy(update={"digest": "1" * 64})


@pytest.mark.parametrize(
    "origin",
    [
        origin_of(CONFIG.model_copy(update={"latent_dim": 99}), 1, DATA),
        origin_of(CONFIG, 2, DATA),
        origin_of(CONFIG, 1, OTHER_DATA),
    ],
)
def test_a_state_of_another_run_does_not_fit(origin: str) -> None:
    with pytest.raises(StateError, match="otra configuración, otra semilla u otros datos"):
        expect_fit(state(4), origin, CONFIG, VARIABLES, whole_arrays())


@pytest.mark.parametrize(
    ("change", "complaint"),
    [
        ({"iteration": 10}, "el de la iteración 10"),  # further than this run goes
        ({"iteration": 3}, "el de la iteración 3"),  # where nothing is sampled
        ({"iteration": 0}, "el de la iteración 0"),
        ({"variables": VARIABLES[:2]}, "el de otras redes"),
        ({"variables": (np.zeros((2, 2)), *VARIABLES[1:])}, "el de otras redes"),
        ({"iteration": 2}, "el de otras curvas o imágenes"),
        ({"arrays": {}}, "el de otras curvas o imágenes"),
    ],
)
def test_a_state_of_another_shape_does_not_fit(change: dict, complaint: str) -> None:
    with pytest.raises(StateError, match=complaint):
        expect_fit(replace(state(4), **change), origin_of(CONFIG, 1, DATA), CONFIG, VARIABLES, whole_arrays())
