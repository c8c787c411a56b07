"""A GAN's run from its beginning, from where it was left and from the end of a shorter one."""

import os
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from small_gans import make_eager, make_tiny

from experiments import runtime

os.environ.update(runtime.ENVIRONMENT)  # before TensorFlow is imported

import keras

from experiments.data.sets import DataError, ImageData
from experiments.images import gan_mnist
from experiments.images.gan_mnist import GRID_NOISE, SAMPLE_NOISE, Gan, weights_path
from experiments.images.gan_state import previous, read
from experiments.kinds.base import Job
from experiments.kinds.gan import GAN_CURVES, KIND, STATE_FILE, GanConfig, GanResults
from experiments.records.base import WORK, Arrays, DataInfo, RecordError

# of Keras with NumPy 2, when it writes weights
pytestmark = pytest.mark.filterwarnings("ignore:__array__ implementation:DeprecationWarning")

IMAGES = np.random.default_rng(0).integers(0, 256, (20, 28, 28), np.uint8)
LABELS = np.zeros(20, np.uint8)
INFO = DataInfo(name="sample_digits", digest="0" * 64, n_train=20, n_test=20)
DATA = ImageData(IMAGES, LABELS, IMAGES, LABELS, 10, INFO)
SMALL: dict[str, Any] = {"batch_size": 4, "latent_dim": 6, "grid_size": 4, "samples_kept": 5, "ema": 0.9}
CONFIG = GanConfig(iterations=6, sample_every=2, weights_every=2, **SMALL)


class KilledError(Exception):
    """As if the process had ended there."""


def ignore(**event: object) -> None:
    """Nobody wants to know."""


def train(
    folder: Path, config: GanConfig = CONFIG, seed: int = 1, progress: Callable[..., None] = ignore
) -> tuple[GanResults, Arrays]:
    (folder / WORK).mkdir(parents=True, exist_ok=True)
    keras.utils.clear_session()  # files of weights hold the names of layers, numbered in each process
    return gan_mnist.run(config, seed, DATA, Job(folder, progress))


def killed_at(iteration: int) -> Callable[..., None]:
    def progress(**event: object) -> None:
        if event.get("iteration") == iteration:
            raise KilledError

    return progress


def left(folder: Path) -> dict[str, bytes]:
    """What later runs need, by its place."""
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for pattern in KIND.keeps
        for path in folder.glob(pattern)
    }


def assert_same_run(found: Arrays, expected: Arrays, folder: Path, other: Path) -> None:
    assert found.keys() == expected.keys()
    for name, array in expected.items():
        np.testing.assert_array_equal(found[name], array, err_msg=name)
    assert left(folder).keys() == left(other).keys()
    for name, content in left(other).items():
        assert left(folder)[name] == content, name


@pytest.fixture
def tiny(monkeypatch: pytest.MonkeyPatch) -> None:
    make_tiny(monkeypatch)


@pytest.fixture
def eager(tiny: None, monkeypatch: pytest.MonkeyPatch) -> None:
    make_eager(monkeypatch)


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Arrays]:
    """The folder and the arrays of a run that nothing disturbs."""
    folder = tmp_path_factory.mktemp("whole")
    with pytest.MonkeyPatch.context() as patch:
        make_tiny(patch)
        make_eager(patch)
        return folder, train(folder)[1]


@pytest.fixture(scope="module")
def killed_once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("killed")
    with pytest.MonkeyPatch.context() as patch:
        make_tiny(patch)
        make_eager(patch)
        with pytest.raises(KilledError):
            train(folder, progress=killed_at(4))
    return folder


@pytest.fixture
def killed(killed_once: Path, eager: None, tmp_path: Path) -> Path:
    """The folder of a run that was killed after its state at 4."""
    return Path(shutil.copytree(killed_once, tmp_path / "killed"))


# --- from its beginning ------------------------------------------------------------------


def test_what_a_run_leaves_and_returns(eager: None, tmp_path: Path) -> None:
    events: list[dict] = []
    results, arrays = train(tmp_path, progress=lambda **event: events.append(event))
    assert results.sampled_steps == (0, 2, 4, 6)
    assert results.n_train == 20
    assert (results.generator.role, results.generator.loss) == ("generator", "non_saturating")
    assert (results.discriminator.role, results.discriminator.loss) == ("discriminator", "non_saturating")
    assert set(arrays) == set(KIND.arrays)
    for name in GAN_CURVES:
        assert arrays[name].shape == (6,)
        assert arrays[name].dtype == np.float32
        assert np.all(arrays[name] != 0) or name.startswith("accuracy"), name
    shapes = {"grid": (4, 4), "average_grid": (4, 4), "samples": (4, 5), "real": (5,)}
    for name, shape in shapes.items():
        assert arrays[name].shape == (*shape, 28, 28)
        assert arrays[name].dtype == np.uint8
    weights = {
        f"weights/{name}-{i:05d}.weights.h5" for name in ("generator", "average") for i in (0, 2, 4, 6)
    }
    assert left(tmp_path).keys() == {STATE_FILE, *weights}
    assert [(event["iteration"], event["done"]) for event in events if event["unit_done"]] == [
        (2, pytest.approx(1 / 3)),
        (4, pytest.approx(2 / 3)),
        (6, 1),
    ]
    assert events[-1]["loss"] == arrays["discriminator_loss"][-1]
    reals = {image.tobytes() for image in IMAGES}
    assert {image.tobytes() for image in arrays["real"]} < reals


def test_pictures_are_what_the_stored_weights_draw(whole: tuple[Path, Arrays], eager: None) -> None:
    folder, arrays = whole
    gan = Gan(CONFIG, 1)
    fixed_z = gan.noise(4, GRID_NOISE, 0)
    for row, step in enumerate((0, 2, 4, 6)):
        gan.generator.load_weights(weights_path(folder, step))
        np.testing.assert_array_equal(gan.images(fixed_z), arrays["grid"][row])
        np.testing.assert_array_equal(
            gan.images(gan.noise(5, SAMPLE_NOISE, step)), arrays["samples"][row], err_msg=str(step)
        )
        gan.generator.load_weights(weights_path(folder, step, average=True))
        np.testing.assert_array_equal(gan.images(fixed_z), arrays["average_grid"][row])
    assert np.any(arrays["grid"][-1] != arrays["average_grid"][-1])
    assert len({grid.tobytes() for grid in arrays["grid"]}) == 4


def test_without_an_average_nothing_is_drawn_or_stored_of_it(eager: None, tmp_path: Path) -> None:
    config = CONFIG.model_copy(update={"ema": None, "iterations": 2})
    arrays = train(tmp_path, config)[1]
    assert arrays["average_grid"].shape == (0, 4, 28, 28)
    assert not list((tmp_path / "weights").glob("average*"))


def test_the_seed_decides_the_run(eager: None, tmp_path: Path) -> None:
    config = CONFIG.model_copy(update={"iterations": 2})
    first, again, other = (
        train(tmp_path / name, config, seed)[1] for name, seed in (("a", 1), ("b", 1), ("c", 2))
    )
    assert_same_run(again, first, tmp_path / "b", tmp_path / "a")
    for name in (*GAN_CURVES[:4], "grid", "samples", "average_grid"):
        assert np.any(first[name] != other[name]), name


def test_a_batch_needs_its_images(tmp_path: Path) -> None:
    with pytest.raises(DataError, match=r"al menos 21 imágenes de entrenamiento.*se encontraron 20;"):
        train(tmp_path, CONFIG.model_copy(update={"batch_size": 21}))


def test_training_that_diverges_says_so(eager: None, tmp_path: Path) -> None:
    config = CONFIG.model_copy(update={"loss": "wasserstein_gp", "discriminator_learning_rate": 1e30})
    with pytest.raises(RecordError, match=r"en la iteración [2-6] se encontró que el entrenamiento diverge"):
        train(tmp_path, config)
    assert not (tmp_path / STATE_FILE).exists()


# --- from where it was left --------------------------------------------------------------


def test_a_longer_run_goes_on_from_a_shorter_one(tiny: None, tmp_path: Path) -> None:
    assert_continues(GanConfig(iterations=80, sample_every=20, weights_every=20, **SMALL), tmp_path)


def test_a_critic_with_steps_of_its_own_goes_on_too(eager: None, tmp_path: Path) -> None:
    settings = SMALL | {"loss": "wasserstein_gp", "critic_steps": 2, "ema": None}
    assert_continues(GanConfig(iterations=4, sample_every=1, weights_every=1, **settings), tmp_path)


def assert_continues(config: GanConfig, tmp_path: Path) -> None:
    """From half of it, bit for bit."""
    half = config.iterations // 2
    short, long, once = tmp_path / "short", tmp_path / "long", tmp_path / "once"
    train(short, config.model_copy(update={"iterations": half}))
    (long / WORK).mkdir(parents=True)
    shutil.copyfile(short / STATE_FILE, long / WORK / STATE_FILE)
    shutil.copytree(short / "weights", long / "weights")
    events: list[dict] = []
    continued, found = train(long, config, progress=lambda **event: events.append(event))
    assert events[0]["iteration"] > half
    assert not any("notice" in event for event in events)
    at_once, expected = train(once, config)
    assert continued == at_once
    assert continued.sampled_steps == tuple(half * i // 2 for i in range(5))
    assert_same_run(found, expected, long, once)


def test_an_interrupted_run_ends_as_if_it_had_not_been(whole: tuple[Path, Arrays], killed: Path) -> None:
    events: list[dict] = []
    found = train(killed, progress=lambda **event: events.append(event))[1]
    assert [event["iteration"] for event in events] == [6]
    assert_same_run(found, whole[1], killed, whole[0])


def test_a_run_that_had_trained_to_its_end_only_returns_it(
    whole: tuple[Path, Arrays], eager: None, tmp_path: Path
) -> None:
    folder, expected = whole
    shutil.copytree(folder, tmp_path / "again")
    assert_same_run(train(tmp_path / "again", progress=killed_at(2))[1], expected, tmp_path / "again", folder)


def truncate(work: Path) -> None:
    state = work / STATE_FILE
    state.write_bytes(state.read_bytes()[:1000])


def truncate_both(work: Path) -> None:
    truncate(work)
    previous(work / STATE_FILE).write_bytes(b"")


def lose_the_last(work: Path) -> None:
    (work / STATE_FILE).unlink()


def lose_weights(work: Path) -> None:
    weights_path(work.parent, 4, average=True).unlink()


def of_another_run(work: Path) -> None:
    other = work.parent.parent / "other"
    with pytest.raises(KilledError):
        train(other, seed=2, progress=killed_at(4))
    shutil.copyfile(other / WORK / STATE_FILE, work / STATE_FILE)


@pytest.mark.parametrize(
    ("accident", "first", "complaints"),
    [
        (truncate, 4, ["y el entrenamiento sigue desde la iteración 2."]),
        (truncate_both, 2, ["y el entrenamiento empieza de nuevo."] * 2),
        (lose_the_last, 4, []),
        (lose_weights, 4, ["uno cuyos pesos faltan (average-00004.weights.h5)"]),
        (of_another_run, 4, ["el de otra configuración, otra semilla u otros datos"]),
    ],
)
def test_after_an_accident_nothing_is_lost_that_can_be_saved(
    accident: Callable[[Path], None],
    first: int,
    complaints: list[str],
    whole: tuple[Path, Arrays],
    killed: Path,
) -> None:
    """With what is said about it, and the first iteration that is reported then."""
    accident(killed / WORK)
    events: list[dict] = []
    found = train(killed, progress=lambda **event: events.append(event))[1]
    said = [event["notice"] for event in events if "notice" in event]
    assert len(said) == len(complaints)
    for sentence, complaint in zip(said, complaints, strict=True):
        assert complaint in sentence
        assert sentence.endswith(".")
    assert len(list((killed / WORK).glob("*.roto"))) == len(complaints)
    assert next(event["iteration"] for event in events if "iteration" in event) == first
    assert_same_run(found, whole[1], killed, whole[0])


def test_a_state_that_goes_further_than_asked_is_not_gone_on_from(
    whole: tuple[Path, Arrays], eager: None, tmp_path: Path
) -> None:
    shutil.copytree(whole[0], tmp_path / "again")
    events: list[dict] = []
    short = CONFIG.model_copy(update={"iterations": 2})
    found = train(tmp_path / "again", short, progress=lambda **event: events.append(event))[1]
    assert "el de la iteración 6;" in events[0]["notice"]
    np.testing.assert_array_equal(found["d_real"], whole[1]["d_real"][:2])


def test_weights_are_whole_or_absent(eager: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    save = keras.Model.save_weights
    saved = 0

    def save_and_break(model: keras.Model, path: Path) -> None:
        nonlocal saved
        saved += 1
        if saved < 6:
            return save(model, path)
        Path(path).write_bytes(b"\x89HDF")
        raise KilledError

    monkeypatch.setattr(keras.Model, "save_weights", save_and_break)
    with pytest.raises(KilledError):
        train(tmp_path)
    monkeypatch.undo()
    # both at 0 and at 2, and the generator's own at 4
    places = [(0, False), (0, True), (2, False), (2, True), (4, False)]
    assert set((tmp_path / "weights").iterdir()) == {weights_path(tmp_path, *place) for place in places}
    contents = {path.read_bytes()[:4] for path in (tmp_path / "weights").iterdir()}
    assert contents == {b"\x89HDF"}
    assert all(path.stat().st_size > 1000 for path in (tmp_path / "weights").iterdir())


def test_what_is_left_is_the_last_state(whole: tuple[Path, Arrays], eager: None) -> None:
    folder = whole[0]
    state = read(folder / STATE_FILE)
    assert state.iteration == 6
    gan = Gan(CONFIG, 1)
    gan.generator.load_weights(weights_path(folder, 6))
    for variable, value in zip(gan.generator.variables, state.variables, strict=False):
        np.testing.assert_array_equal(variable.numpy(), value)
