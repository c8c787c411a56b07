"""Event files as Keras and PyTorch write them, made with TensorBoard's own writer of records."""

import struct
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from tensorboard.compat.proto.event_pb2 import Event
from tensorboard.compat.proto.summary_pb2 import Summary
from tensorboard.compat.tensorflow_stub.pywrap_tensorflow import masked_crc32c
from tensorboard.summary.writer.record_writer import RecordWriter
from tensorboard.util.tensor_util import make_tensor_proto

from experiments.brought.history import from_events
from experiments.brought.history.from_events import read_events
from experiments.errors import BroughtError

Values = dict[str, list[float]]
FILE = "events.out.tfevents.1700000000.machine"


def tensor(tag: str, value: object) -> Summary.Value:
    return Summary.Value(tag=tag, tensor=make_tensor_proto(np.asarray(value)))


def scalar(tag: str, value: float) -> Summary.Value:
    return Summary.Value(tag=tag, tensor=make_tensor_proto(np.float32(value)))


def simple(tag: str, value: float) -> Summary.Value:
    return Summary.Value(tag=tag, simple_value=value)


def store(folder: Path, values: Values, kind=scalar, first: int = 0, name: str = FILE) -> Path:
    """An event for each value, from step ``first`` on."""
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / name).open("ab") as file:
        writer = RecordWriter(file)
        writer.write(Event(file_version="brain.Event:2").SerializeToString())
        for tag, numbers in values.items():
            for step, number in enumerate(numbers, start=first):
                summary = Summary(value=[kind(tag, number)])
                writer.write(Event(step=step, summary=summary).SerializeToString())
    return folder / name


def refusal(path: Path) -> str:
    with pytest.raises(BroughtError) as error:
        read_events(path)
    said = str(error.value)
    assert "\n" not in said
    return said


def test_the_folder_of_one_training_with_keras(tmp_path: Path) -> None:
    rate = {"epoch_learning_rate": [0.5, 0.25]}
    by_batch = {"batch_loss": [1, 1, 1], "evaluation_loss_vs_iterations": [3]}
    store(tmp_path / "train", {"epoch_loss": [0.1, 0.2], "epoch_accuracy": [0.5, 0.75]} | rate | by_batch)
    store(tmp_path / "validation", {"epoch_loss": [0.3, 0.4], "epoch_accuracy": [0.5, 0.625]} | by_batch)
    (tmp_path / "train" / "plugins").mkdir()
    store(tmp_path, {}, name="events.out.tfevents.1.profile-empty")
    written = read_events(tmp_path)

    as_stored = {"0.1": float(np.float32(0.1)), "0.2": float(np.float32(0.2))}
    assert written.columns == {
        "train/epoch_loss": [as_stored["0.1"], as_stored["0.2"]],
        "train/epoch_accuracy": [0.5, 0.75],
        "train/epoch_learning_rate": [0.5, 0.25],
        "validation/epoch_loss": [float(np.float32(0.3)), float(np.float32(0.4))],
        "validation/epoch_accuracy": [0.5, 0.625],
    }
    assert (written.epochs, written.printed, written.row(1)) == ([0, 1], False, "el paso 1")


@pytest.mark.parametrize("inside", ["", FILE])
def test_one_half_of_it(tmp_path: Path, inside: str) -> None:
    store(tmp_path / "train", {"epoch_loss": [0.5]})
    store(tmp_path / "validation", {"epoch_loss": [0.25]})

    assert read_events(tmp_path / "validation" / inside).columns == {"validation/epoch_loss": [0.25]}


def test_tags_of_pytorch(tmp_path: Path) -> None:
    store(tmp_path / "run", {"Loss/train": [0.5, 0.25], "Loss/val": [1, 2]}, kind=simple, first=1)
    written = read_events(tmp_path / "run")

    assert written.columns == {"Loss/train": [0.5, 0.25], "Loss/val": [1, 2]}
    assert written.epochs == [1, 2]


def test_only_scalars_are_read(tmp_path: Path) -> None:
    store(tmp_path, {"loss": [0.5]})
    for value in (np.zeros((3, 2), np.float32), b"text", np.int64(3)):
        store(tmp_path, {"other": [value]}, kind=tensor)

    assert read_events(tmp_path).columns == {"loss": [0.5]}


def test_the_same_values_twice_are_the_same(tmp_path: Path) -> None:
    store(tmp_path, {"loss": [0.5, np.nan]})
    store(tmp_path, {"loss": [0.5, np.nan, 0.25]}, name=f"{FILE}.v2")

    assert [str(value) for value in read_events(tmp_path).columns["loss"]] == ["0.5", "nan", "0.25"]


def test_two_trainings_in_one_folder(tmp_path: Path) -> None:
    store(tmp_path, {"loss": [0.5, 0.25]})
    store(tmp_path, {"loss": [0.5, 0.125]}, name=f"{FILE}.v2")

    assert "se esperaba un valor de «loss» en el paso 1, se encontró 0.25 y 0.125" in refusal(tmp_path)


def test_a_folder_of_several_trainings(tmp_path: Path) -> None:
    for run in ("b", "a"):
        store(tmp_path / run / "train", {"epoch_loss": [0.5]})
        store(tmp_path / run / "validation", {"epoch_loss": [0.5]})

    said = refusal(tmp_path)
    assert "se esperaba un solo entrenamiento, se encontró 2 («a» y «b»); indique la carpeta de uno" in said
    assert read_events(tmp_path / "a").columns == {"train/epoch_loss": [0.5], "validation/epoch_loss": [0.5]}


def test_validation_of_other_epochs(tmp_path: Path) -> None:
    store(tmp_path / "train", {"epoch_loss": [0.5, 0.25]})
    store(tmp_path / "validation", {"epoch_loss": [0.5]})

    assert "2 de «train/epoch_loss» y 1 de «validation/epoch_loss» en otros pasos" in refusal(tmp_path)


def test_a_folder_without_what_is_needed(tmp_path: Path) -> None:
    assert "se esperaba una carpeta de TensorBoard, se encontró una sin archivos tfevents" in refusal(
        tmp_path
    )
    store(tmp_path, {})
    assert "se encontró ningún escalar" in refusal(tmp_path)
    store(tmp_path, {"epoch_auc": [0.5]})
    assert "se encontró «epoch_auc»" in refusal(tmp_path)
    assert "se encontró que no existe; revise la ruta" in refusal(tmp_path / "tfevents.no")


def record(data: bytes, length: int | None = None) -> bytes:
    head = struct.pack("<Q", len(data) if length is None else length)
    return b"".join(
        (head, struct.pack("<I", masked_crc32c(head)), data, struct.pack("<I", masked_crc32c(data)))
    )


WHOLE = record(Event(step=0, summary=Summary(value=[simple("loss", 0.5)])).SerializeToString())


@pytest.mark.parametrize(
    "data",
    [
        WHOLE[:-3],
        WHOLE + b"\x01\x02",
        WHOLE[:20] + b"\xff" + WHOLE[21:],
        b"PK\x03\x04 nothing of the kind",
        record(b"\xff\xff\xff no event"),
        record(b"abc", length=2**40),
        record(b"abc", length=2**63),
        record(b"abc", length=2**64 - 1),
    ],
)
def test_damaged_files(tmp_path: Path, data: bytes) -> None:
    (tmp_path / FILE).write_bytes(data)
    said = refusal(tmp_path / FILE)
    assert said.startswith(
        f"{tmp_path / FILE}: se esperaba un archivo de eventos entero, se encontró uno dañado"
    )


def test_a_tensor_that_lies_about_its_size(tmp_path: Path) -> None:
    value = scalar("loss", 0.5)
    value.tensor.ClearField("float_val")
    value.tensor.tensor_content = b"\0" * 7
    other = Summary(value=[value, simple("loss", 0.25)])
    (tmp_path / FILE).write_bytes(record(Event(step=0, summary=other).SerializeToString()))

    assert read_events(tmp_path).columns == {"loss": [0.25]}


def test_too_much_to_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    store(tmp_path, {"loss": [0.5]})
    monkeypatch.setattr(from_events, "MAX_BYTES", 10)
    assert "una carpeta de 0 MB" in refusal(tmp_path)


def test_without_tensorboard(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    store(tmp_path, {"loss": [0.5]})
    monkeypatch.setitem(sys.modules, "tensorboard.compat.proto.event_pb2", None)
    assert "instálela con «pip install informe[tensorboard]»" in refusal(tmp_path)


def test_tensorflow_is_not_imported(tmp_path: Path) -> None:
    store(tmp_path / "train", {"epoch_loss": [0.5]})
    program = (
        "import sys\nfrom pathlib import Path\n"
        "from experiments.brought.history.from_events import read_events\n"
        "print(read_events(Path(sys.argv[1])).columns, 'tensorflow' in sys.modules)"
    )
    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", program, str(tmp_path)],
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout == "{'train/epoch_loss': [0.5]} False\n"
