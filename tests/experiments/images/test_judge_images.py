"""The verb ``judge``: what it prints, and one sentence for each file that it cannot read."""

import io
import json
import os
import subprocess
import sys
import zipfile
from pathlib import Path

import numpy as np
import pytest

from experiments import runtime

os.environ.update(runtime.ENVIRONMENT)  # before TensorFlow is imported

from brought import brought_lstm
from judges import judge_run, own_images

from experiments import __main__ as command_line
from experiments.commands import judge as command
from experiments.data.sets import DataError
from experiments.images import judge_images
from experiments.images.digit_judge import Judge
from experiments.images.judge_images import find_judge, load_images
from experiments.kinds.gan import GanRecord
from experiments.paths import ROOT
from experiments.records.base import RecordError, Run
from experiments.records.results import Manifest, write_manifest
from experiments.records.storage import write_brought, write_run


def noise(*shape: int) -> np.ndarray:
    return np.random.default_rng(0).integers(0, 256, shape, np.uint8)


def save(path: Path, **arrays: np.ndarray) -> Path:
    np.savez(path, **arrays)
    return path


def write(root: Path, run: Run) -> None:
    """A complete set of results with nothing but ``run``."""
    write_run(root / run.name, run.record, run.arrays)
    write_manifest(root, Manifest(profile="full", runs=(run.name,)))


@pytest.fixture
def roots(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> tuple[Path, Path]:
    """No local results; a reference with a judge."""
    local, reference = tmp_path / "local", tmp_path / "reference"
    monkeypatch.setattr(command, "RESULTS", local)
    monkeypatch.setattr(command, "REFERENCE", reference)
    write(reference, judge_run())
    return local, reference


# --- reading the file --------------------------------------------------------------------


@pytest.mark.parametrize("shape", [(3, 28, 28), (3, 28, 28, 1)])
def test_images_with_or_without_a_last_axis(tmp_path: Path, shape: tuple[int, ...]) -> None:
    images = noise(*shape)
    found = load_images(save(tmp_path / "i.npz", x=images, y=np.arange(3)))
    np.testing.assert_array_equal(found, images.reshape(3, 28, 28))


@pytest.mark.parametrize(
    ("array", "message"),
    [
        (noise(28, 28), r"la forma \(n, 28, 28\) o \(n, 28, 28, 1\), se encontró \(28, 28\)"),
        (noise(2, 28, 28, 3), r"se encontró \(2, 28, 28, 3\)"),
        (noise(2, 32, 32), r"se encontró \(2, 32, 32\)"),
        (np.uint8(3), r"se encontró \(\)"),
        (noise(2, 28, 28) / 255, "de tipo uint8, se encontró float64"),
        (noise(0, 28, 28), "al menos una imagen, no se encontró ninguna"),
    ],
)
def test_other_arrays_are_refused(tmp_path: Path, array: np.ndarray, message: str) -> None:
    with pytest.raises(DataError, match=f"i.npz: se esperaba.*{message}; guárdelas con numpy.savez"):
        load_images(save(tmp_path / "i.npz", x=array))


def test_another_name_is_refused(tmp_path: Path) -> None:
    with pytest.raises(DataError, match="con el nombre «x», se encontró imagenes, y; guárdelas"):
        load_images(save(tmp_path / "i.npz", imagenes=noise(1, 28, 28), y=np.zeros(1)))
    with pytest.raises(DataError, match="con el nombre «x», se encontró ninguno; guárdelas"):
        load_images(save(tmp_path / "i.npz"))


def npy(array: np.ndarray) -> bytes:
    buffer = io.BytesIO()
    np.save(buffer, array)
    return buffer.getvalue()


def damaged() -> bytes:
    buffer = io.BytesIO()
    np.savez_compressed(buffer, x=noise(9, 28, 28))
    content = bytearray(buffer.getvalue())
    content[200:400] = bytes(200)
    return bytes(content)


def lying() -> bytes:
    """A header that announces more than there is memory for."""
    buffer = io.BytesIO()
    header = npy(noise(1, 28, 28)).replace(b"(1, 28, 28), }      ", b"(10**9, 28, 28), }  ")
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("x.npy", header)
    return buffer.getvalue()


@pytest.mark.parametrize("content", [b"", b"no es NPZ", npy(noise(2, 28, 28)), damaged(), lying()])
def test_what_is_no_npz_is_refused(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "i.npz"
    path.write_bytes(content)
    with pytest.raises(DataError, match=r"i.npz: se esperaba un archivo NPZ de NumPy, se encontró «"):
        load_images(path)


def test_objects_are_never_unpickled(tmp_path: Path) -> None:
    with pytest.raises(DataError, match="se esperaba un archivo NPZ de NumPy"):
        load_images(save(tmp_path / "i.npz", x=np.array([{"a": 1}], dtype=object)))


# --- the judge that reads ----------------------------------------------------------------


def test_local_results_come_first_if_they_are_complete(tmp_path: Path) -> None:
    local, reference = tmp_path / "local", tmp_path / "reference"
    write(reference, judge_run(seed=0))
    local.mkdir()
    assert find_judge((local, reference)).record.seed == 0  # local has no manifest
    write(local, judge_run(seed=5, name="judge-quick"))
    assert find_judge((local, reference)).record.seed == 5


def test_results_without_a_judge(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    others = [Run("gan/seed-1", GanRecord.model_construct(kind="gan"), {})]
    with monkeypatch.context() as patch:
        manifest = Manifest(profile="full", runs=("gan/seed-1",))
        patch.setattr(judge_images, "read_results", lambda root: (manifest, others))
        with pytest.raises(
            RecordError, match=r"con el juez de las imágenes, se encontraron sin él; ejecute «make"
        ):
            find_judge((tmp_path,))
    with pytest.raises(RecordError, match="se esperaba la lista de ejecuciones"):
        find_judge((tmp_path / "nada",))


def test_what_was_brought_without_images_leaves_it_to_the_judge_of_the_next(tmp_path: Path) -> None:
    """Which is the one that would read them; training would not give it one."""
    local, reference = tmp_path / "local", tmp_path / "reference"
    run = brought_lstm(1)
    write_brought(local / run.name, run.record, run.arrays)
    write_manifest(local, Manifest(profile=None, runs=(), brought=(run.name,)))
    with pytest.raises(RecordError) as error:
        find_judge((local, reference))
    assert str(error.value) == (
        f"{local}: se esperaban unos resultados con el juez de las imágenes, se encontraron sin él; recupere "
        "los de referencia, que lo tienen."
    )
    write(reference, judge_run(seed=3))
    assert find_judge((local, reference)).record.seed == 3


# --- the command line --------------------------------------------------------------------


def test_judge_prints_one_object_for_each_image(roots, tmp_path, capsys) -> None:
    images = noise(4, 28, 28, 1)
    path = save(tmp_path / "i.npz", x=images)
    assert command_line.main(["judge", str(path)]) == 0
    rows = json.loads(capsys.readouterr().out)
    reading = Judge.load(judge_run()).read(images[..., 0])
    assert [row["class"] for row in rows] == reading.label.tolist()
    assert [row["confidence"] for row in rows] == pytest.approx(reading.confidence)
    assert [row["readable"] for row in rows] == reading.readable.tolist()
    assert all(set(row) == {"class", "confidence", "readable"} for row in rows)


def test_own_classes_are_named(roots, tmp_path, capsys) -> None:
    names = ("bota", "bolso", "falda")
    write(roots[0], judge_run(data=own_images(*names)))
    assert command_line.main(["judge", str(save(tmp_path / "i.npz", x=noise(6, 28, 28)))]) == 0
    rows = json.loads(capsys.readouterr().out)
    assert len(rows) == 6
    assert all(row["name"] == names[row["class"]] for row in rows)


def test_nothing_but_json_is_written(roots, tmp_path) -> None:
    """In a process of its own: TensorFlow speaks when it is first loaded."""
    path = save(tmp_path / "i.npz", x=noise(1, 28, 28))
    program = (
        "import sys; from pathlib import Path; from experiments import __main__ as command_line;"
        "from experiments.commands import judge;"
        f"judge.RESULTS = judge.REFERENCE = Path({str(roots[1])!r});"
        f"sys.exit(command_line.main(['judge', {str(path)!r}]))"
    )
    done = subprocess.run([sys.executable, "-c", program], cwd=ROOT, capture_output=True, check=False)
    assert (done.returncode, done.stderr) == (0, b"")
    assert len(json.loads(done.stdout)) == 1


def test_a_judge_that_fails_controls_says_so(roots, tmp_path, capsys) -> None:
    write(roots[0], judge_run(real=8, blends=2))
    assert command_line.main(["judge", str(save(tmp_path / "i.npz", x=noise(1, 28, 28)))]) == 0
    assert capsys.readouterr().err == "Aviso: este juez no supera estos controles: real, blends.\n"


def test_a_missing_file_is_one_sentence_and_exit_code_2(roots, tmp_path, capsys) -> None:
    path = tmp_path / "no.npz"
    assert command_line.main(["judge", str(path)]) == 2
    assert capsys.readouterr().err == (
        f"{path}: se esperaba un archivo con imágenes, no se encontró; revise la ruta.\n"
    )


def test_without_any_results_exit_code_2(roots, tmp_path, monkeypatch, capsys) -> None:
    monkeypatch.setattr(command, "REFERENCE", tmp_path / "nada")
    assert command_line.main(["judge", str(save(tmp_path / "i.npz", x=noise(1, 28, 28)))]) == 2
    assert "se esperaba la lista de ejecuciones" in capsys.readouterr().err


def test_a_shape_beyond_all_numbers_is_refused(tmp_path):
    header = (
        b"{'descr': '|u1', 'fortran_order': False, 'shape': (0, 99999999999999999999)}".ljust(117) + b"\n"
    )
    with zipfile.ZipFile(tmp_path / "i.npz", "w") as archive:
        archive.writestr("x.npy", b"\x93NUMPY\x01\x00\x76\x00" + header)
    with pytest.raises(DataError, match="se esperaba un archivo NPZ de NumPy"):
        load_images(tmp_path / "i.npz")
