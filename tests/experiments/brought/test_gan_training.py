"""One training of a GAN from its files: what is known of it, and what of them contradicts itself."""

import datetime
import hashlib
from pathlib import Path
from types import SimpleNamespace

import numpy as np
import pytest
from grid_pictures import digits, save_steps, tiling

from experiments.brought import gan_training
from experiments.brought.gan_training import read_gan
from experiments.brought.given import Given, Said
from experiments.brought.training import Training
from experiments.errors import BroughtError
from experiments.kinds.judge import JudgeRecord
from experiments.records.base import Run
from experiments.records.brought import BroughtGan, GridReading, TakenAs
from experiments.records.storage import arrays_digest

ON = datetime.date(2026, 1, 15)
LOSSES = "iteration,discriminator_loss,generator_loss\n1,1.5,0.75\n2,1.25,1.0\n"
SUM = Said(gan_loss="sum")
JUDGE = Run("judge", JudgeRecord.model_construct(arrays_digest="cd" * 32), {})
NO_JUDGE = "No se encontró el juez de las imágenes: no se dice cuáles de las generadas se leen."


def written(folder: Path, text: str = LOSSES, name: str = "gan.csv") -> str:
    (folder / name).write_text(text)
    return str(folder / name)


def npz(folder: Path, name: str, **arrays: np.ndarray) -> str:
    np.savez(folder / name, **arrays)  # type: ignore[arg-type]
    return str(folder / name)


def samples(folder: Path, steps: tuple[int, ...] = (1, 2)) -> str:
    """Of each step, four images."""
    images = digits(len(steps), 4)
    return npz(
        folder, "muestras.npz", **{f"step_{step}": each for step, each in zip(steps, images, strict=True)}
    )


def read(said: Said | None = None, judge: Run | None = None, **given: str) -> Training:
    return read_gan(4, Given(**given), said or Said(), judge, ON)


def record_of(training: Training) -> BroughtGan:
    assert isinstance(training.brought.record, BroughtGan)
    return training.brought.record


def complaint(said: Said | None = None, **given: str) -> str:
    with pytest.raises(BroughtError) as error:
        read_gan(4, Given(**given), said or Said(), None, ON)
    message = str(error.value)
    assert "\n" not in message
    assert message.endswith(".")
    return message


@pytest.fixture
def reader(monkeypatch: pytest.MonkeyPatch) -> SimpleNamespace:
    """A judge of ten classes who reads ``readable`` of all images of each grid, those first, as their
    places in it; ``asked``: how many grids and images it was shown at once."""
    monkeypatch.setattr(JudgeRecord, "n_classes", 10)
    found = SimpleNamespace(readable=0.5, asked=[])

    def reads(images: np.ndarray, judge: Run) -> tuple[np.ndarray, np.ndarray]:
        assert judge is JUDGE
        n_grids, n_images = images.shape[:2]
        found.asked.append((n_grids, n_images))
        places = np.tile(np.arange(n_images), (n_grids, 1))
        return (places % 10).astype(np.uint8), places < found.readable * n_images

    monkeypatch.setattr(gan_training, "read_with_judge", reads)
    return found


# --- losses ------------------------------------------------------------------------------


def test_losses_by_themselves(tmp_path: Path) -> None:
    said = Said(gan_loss="sum", settings={"gan": {"iterations": 2}}, images="MNIST")
    found = read(said, JUDGE, gan_losses=written(tmp_path))
    record, arrays = record_of(found), found.brought.arrays
    assert found.brought.name == "brought_gan/seed-4"
    assert (record.seed, record.imported_on, record.title) == (4, ON, "MNIST")
    assert record.settings == {"iterations": 2}
    assert (record.loss_form, record.unit, record.last) == ("sum", "iteration", 2)
    assert {name: (values.dtype, values.tolist()) for name, values in arrays.items()} == {
        "iteration": (np.int64, [1, 2]),
        "discriminator_loss": (np.float32, [1.5, 1.25]),
        "generator_loss": (np.float32, [0.75, 1.0]),
    }
    assert record.arrays_digest == arrays_digest(arrays)
    (file,) = record.files
    assert (file.gives, file.name) == ("gan_losses", "gan.csv")
    assert file.digest == hashlib.sha256(LOSSES.encode()).hexdigest()
    assert (record.names, found.notices, found.judged) == ((), (), False)
    assert (record.sampled_steps, record.ink, record.readings, record.judge) == ((), None, (), None)


def test_losses_by_epoch(tmp_path: Path) -> None:
    path = written(tmp_path, "época,d_loss,g_loss,acc\n1,1.5,0.75,0.5\n2,1.25,1.0,0.75\n")
    record = record_of(found := read(Said(gan_loss="mean"), gan_losses=path))
    assert (record.loss_form, record.unit, record.last) == ("mean", "epoch", 2)
    assert record.names == (
        TakenAs(file="gan.csv", name="época", meaning="epoch"),
        TakenAs(file="gan.csv", name="d_loss", meaning="discriminator_loss"),
        TakenAs(file="gan.csv", name="g_loss", meaning="generator_loss"),
    )
    assert found.notices == (
        f"{path}: «acc» no se usa: hace falta lo de las imágenes reales y lo de las generadas.",
    )


def test_more_iterations_than_the_author_says(tmp_path: Path) -> None:
    path, said = written(tmp_path), Said(gan_loss="sum", settings={"gan": {"iterations": 1}})
    assert complaint(said, gan_losses=path) == (
        f"{path}: se esperaba un máximo de iteraciones de 1, según --set gan.iterations, se encontró 2; "
        "corrija lo que sobra."
    )


def test_epochs_are_no_iterations(tmp_path: Path) -> None:
    path = written(tmp_path, LOSSES.replace("iteration", "epoch"))
    said = Said(gan_loss="sum", settings={"gan": {"iterations": 1}})
    assert record_of(read(said, gan_losses=path, gan_samples=samples(tmp_path, (1, 500)))).last == 2


def test_a_loss_that_has_no_known_equilibrium(tmp_path: Path) -> None:
    said = Said(gan_loss="sum", settings={"gan": {"loss": "hinge"}})
    assert complaint(said, gan_losses=written(tmp_path)).startswith(
        "--set gan.loss: se esperaba non_saturating"
    )
    assert record_of(read(Said(settings=said.settings), gan_samples=samples(tmp_path))).settings == {
        "loss": "hinge"
    }


# --- grids -------------------------------------------------------------------------------


def test_grids_by_themselves(tmp_path: Path) -> None:
    found = read(gan_samples=samples(tmp_path))
    record, arrays = record_of(found), found.brought.arrays
    assert (record.sampled_steps, record.ink, record.rescaled_from) == ((1, 2), "bright", None)
    assert (record.loss_form, record.unit, record.last) == (None, None, None)
    assert (record.readings, record.real_reading, record.judge) == ((), None, None)
    np.testing.assert_array_equal(arrays["grid"], digits(2, 4))
    assert set(arrays) == {"grid"}
    assert record.arrays_digest == arrays_digest(arrays)
    assert record.names == (TakenAs(file="muestras.npz", name="step_…", meaning="grid"),)
    assert [(file.gives, file.name) for file in record.files] == [("gan_samples", "muestras.npz")]
    assert found.notices == (NO_JUDGE,)
    assert not found.judged


def test_pictures_go_by_their_pattern(tmp_path: Path) -> None:
    pattern = save_steps(tmp_path, [255 - tiling(each, (2, 2), 2) for each in digits(2, 4)])
    found = read(Said(grid=(2, 2)), gan_samples=pattern)
    record = record_of(found)
    assert (record.sampled_steps, record.ink) == ((0, 500), "dark")
    np.testing.assert_array_equal(found.brought.arrays["grid"], digits(2, 4))
    assert [file.name for file in record.files] == ["muestras_{paso}.png"]


def test_images_of_another_size_are_told(tmp_path: Path) -> None:
    large = np.repeat(np.repeat(digits(1, 4), 2, axis=2), 2, axis=3)
    found = read(gan_samples=npz(tmp_path, "m.npz", step_1=large[0]), real=npz(tmp_path, "r.npz", x=large[0]))
    assert record_of(found).rescaled_from == (56, 56)
    assert found.notices == (
        "Las imágenes de «m.npz», de 56 × 56 píxeles, se llevan a 28 × 28.",
        "Las imágenes de «r.npz», de 56 × 56 píxeles, se llevan a 28 × 28.",
        NO_JUDGE,
    )
    np.testing.assert_array_equal(found.brought.arrays["real"], digits(1, 4)[0])


@pytest.mark.parametrize(("last", "fits"), [(2, True), (3, False)])
def test_no_grid_is_later_than_the_losses(tmp_path: Path, last: int, fits: bool) -> None:
    losses, grids = written(tmp_path), samples(tmp_path, (1, last))
    if fits:
        assert record_of(read(SUM, gan_losses=losses, gan_samples=grids)).sampled_steps == (1, 2)
    else:
        assert complaint(SUM, gan_losses=losses, gan_samples=grids) == (
            f"{grids}: se esperaba un paso hasta la iteración 2, la última de «{losses}», se encontró el 3; "
            "dé las pérdidas enteras, numeradas en una columna iteration, o quite las rejillas que sobran."
        )


# --- what the judge reads ----------------------------------------------------------------


def test_the_judge_reads_each_grid(tmp_path: Path, reader: SimpleNamespace) -> None:
    found = read(None, JUDGE, gan_samples=samples(tmp_path))
    record, arrays = record_of(found), found.brought.arrays
    by_class = (1, 1, *(0,) * 8)
    assert record.readings == tuple(
        GridReading(iteration=step, n=4, readable=2, by_class=by_class) for step in (1, 2)
    )
    assert (record.real_reading, record.judge) == (None, "cd" * 32)
    assert arrays["grid_class"].tolist() == [[0, 1, 2, 3]] * 2
    assert arrays["grid_readable"].tolist() == [[True, True, False, False]] * 2
    assert (arrays["grid_class"].dtype, arrays["grid_readable"].dtype) == (np.uint8, np.bool_)
    assert record.arrays_digest == arrays_digest(arrays)
    assert (found.notices, found.judged) == ((), True)
    assert reader.asked == [(2, 4)]


def test_real_images_are_read_first(tmp_path: Path, reader: SimpleNamespace) -> None:
    """Half of them is enough."""
    real = npz(tmp_path, "r.npz", x_train=digits(1, 10)[0])
    found = read(None, JUDGE, gan_samples=samples(tmp_path), real=real)
    record = record_of(found)
    assert record.real_reading == GridReading(iteration=0, n=10, readable=5, by_class=(1,) * 5 + (0,) * 5)
    assert len(record.readings) == 2
    assert record.judge == "cd" * 32
    np.testing.assert_array_equal(found.brought.arrays["real"], digits(1, 10)[0])
    assert [file.gives for file in record.files] == ["gan_samples", "real"]
    assert reader.asked == [(1, 10), (2, 4)]


def test_where_it_does_not_read_them_it_is_not_asked_for_more(
    tmp_path: Path, reader: SimpleNamespace
) -> None:
    reader.readable = 0.4
    real = npz(tmp_path, "r.npz", x_train=digits(1, 10)[0])
    found = read(None, JUDGE, gan_samples=samples(tmp_path), real=real)
    record = record_of(found)
    assert (record.readings, record.judge) == ((), None)
    assert (record.real_reading.readable, record.real_reading.n) == (4, 10)
    assert set(found.brought.arrays) == {"grid", "real"}
    assert not found.judged
    assert found.notices == (
        "El juez lee 4 de 10 imágenes reales: no son como los dígitos con que aprendió, y de lo que lee en "
        "las generadas no se dice nada.",
    )
    assert reader.asked == [(1, 10)]


def test_files_stand_in_one_order(tmp_path: Path) -> None:
    given = {"real": npz(tmp_path, "r.npz", x=digits(1, 4)[0]), "gan_samples": samples(tmp_path)}
    record = record_of(read(SUM, gan_losses=written(tmp_path), **given))
    assert [file.gives for file in record.files] == ["gan_losses", "gan_samples", "real"]
    assert [name.meaning for name in record.names] == ["grid", "real"]
