"""All that is imported together: read, and kept whole or not at all."""

import datetime
import errno
import json
import os
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from brought import ON, brought_gan, brought_lstm, gan_losses

from experiments.brought import gan_training, importing
from experiments.brought.given import Given, Said, of_seeds
from experiments.brought.importing import Imported, read_all, write_all
from experiments.errors import BroughtError
from experiments.kinds.judge import JudgeRecord
from experiments.records.base import RecordError, Run
from experiments.records.brought import Brought
from experiments.records.results import (
    MANIFEST_FILE,
    Manifest,
    read_all_brought,
    read_results,
    write_manifest,
)

RUNS = (brought_lstm(1), brought_lstm(2), brought_gan(1, gan_losses(20)))
IMPORTED = Imported(RUNS, None, ())


def files_in(folder: Path) -> dict[str, bytes]:
    """All of them by their paths; folders, too."""
    return {
        str(path.relative_to(folder)): path.read_bytes() if path.is_file() else b"a folder"
        for path in folder.rglob("*")
    }


def refused(out: Path) -> str:
    with pytest.raises(BroughtError) as error:
        write_all(IMPORTED, out)
    said = str(error.value)
    assert "\n" not in said
    return said


def same(found: Brought, expected: Brought) -> bool:
    return (
        (found.name, found.record) == (expected.name, expected.record)
        and found.arrays.keys() == expected.arrays.keys()
        and all(np.array_equal(found.arrays[name], values) for name, values in expected.arrays.items())
    )


# --- reading -----------------------------------------------------------------------------


def written(folder: Path, name: str, text: str) -> str:
    (folder / name).write_text(text)
    return str(folder / name)


def test_both_parts_of_each_seed_are_read(tmp_path: Path) -> None:
    first, second = (written(tmp_path, f"h_{i}.csv", f"val_loss\n0.{i}\n") for i in (1, 2))
    losses = [written(tmp_path, f"g_{i}.csv", f"step,d_loss,g_loss\n1,{i},1\n") for i in (1, 2)]
    trainings = of_seeds(
        [
            (7, Given(history=first, gan_losses=losses[0])),
            (3, Given(history=second, gan_losses=losses[1])),
        ]
    )
    found = read_all(trainings, Said(gan_loss="sum"), None, datetime.date(2026, 1, 15))
    assert [run.name for run in found.brought] == [
        *("brought_lstm/seed-7", "brought_lstm/seed-3", "brought_gan/seed-7", "brought_gan/seed-3"),
    ]
    assert {run.record.imported_on for run in found.brought} == {datetime.date(2026, 1, 15)}
    assert (found.judge, found.notices) == (None, ())


def test_what_is_told_of_each_file_is_told_once(tmp_path: Path) -> None:
    paths = [
        written(tmp_path, "h_1.csv", "epoch,val_loss,f1\n0,0.1,1\n"),
        written(tmp_path, "h_2.csv", "epoch,val_loss\n0,0.2\n"),
    ]
    trainings = of_seeds([(1, Given(history=paths[0])), (2, Given(history=paths[1]))])
    found = read_all(trainings, Said(), None, ON)
    assert found.notices == (
        f"{paths[0]}: columnas que no se conocen y no se leen: «f1».",
        f"{paths[0]}: cuenta las épocas desde 0; en el informe se cuentan desde 1.",
        f"{paths[1]}: cuenta las épocas desde 0; en el informe se cuentan desde 1.",
    )


def test_seeds_that_contradict_each_other_are_refused(tmp_path: Path) -> None:
    path = written(tmp_path, "h.csv", "val_loss\n0.5\n")
    with pytest.raises(BroughtError, match=r"^--seed 2: se esperaba un fichero de su propio entrenamiento, "):
        read_all(of_seeds([(1, Given(history=path)), (2, Given(history=path))]), Said(), None, ON)


def test_what_is_said_of_nothing_is_refused_before_any_file_is_read() -> None:
    with pytest.raises(BroughtError, match=r"^--images: se esperaba algo de la GAN, "):
        read_all(of_seeds([(None, Given(history="falta.csv"))]), Said(images="MNIST"), None, ON)


@pytest.mark.parametrize("reads", [True, False])
def test_the_judge_is_kept_if_it_has_read_something(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, reads: bool
) -> None:
    np.savez(tmp_path / "m.npz", step_1=np.zeros((2, 28, 28), np.uint8) + np.uint8([[[9]], [[7]]]))
    np.savez(tmp_path / "r.npz", x=np.full((2, 28, 28), 9, np.uint8))
    judge = Run("judge", JudgeRecord.model_construct(arrays_digest="cd" * 32), {})
    monkeypatch.setattr(JudgeRecord, "n_classes", 10)
    monkeypatch.setattr(
        gan_training,
        "read_with_judge",
        lambda images, judge: (np.zeros(images.shape[:2], np.uint8), np.full(images.shape[:2], reads)),
    )
    given = Given(gan_samples=str(tmp_path / "m.npz"), real=str(tmp_path / "r.npz"))
    found = read_all(of_seeds([(None, given)]), Said(), judge, ON)
    assert found.judge is (judge if reads else None)


# --- writing -----------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["nueva", "a/b/c", "con espacios", "ñandú"])
def test_what_is_imported_is_a_set_of_results(tmp_path: Path, name: str) -> None:
    out = tmp_path / name
    write_all(IMPORTED, out)
    manifest, runs = read_results(out)
    assert (manifest.profile, manifest.runs, runs) == (None, (), [])
    assert manifest.brought == ("brought_lstm/seed-1", "brought_lstm/seed-2", "brought_gan/seed-1")
    assert all(map(same, read_all_brought(out, manifest), RUNS))
    assert [path.name for path in out.parent.iterdir()] == [out.name]
    assert out.stat().st_mode & 0o777 == 0o755


def test_an_empty_folder_is_filled(tmp_path: Path) -> None:
    (tmp_path / "mio").mkdir()
    write_all(IMPORTED, tmp_path / "mio")
    assert sorted(path.name for path in (tmp_path / "mio").iterdir()) == [
        *("brought_gan", "brought_lstm", MANIFEST_FILE)
    ]


def test_the_folder_in_which_one_is_has_a_name_too(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "mio").mkdir()
    monkeypatch.chdir(tmp_path / "mio")
    write_all(IMPORTED, Path())
    assert (tmp_path / "mio" / MANIFEST_FILE).exists()


def test_a_link_stays_one(tmp_path: Path) -> None:
    (tmp_path / "lejos").mkdir()
    (tmp_path / "mio").symlink_to(tmp_path / "lejos")
    write_all(IMPORTED, tmp_path / "mio")
    assert (tmp_path / "mio").is_symlink()
    assert (tmp_path / "lejos" / MANIFEST_FILE).exists()


def test_what_was_imported_before_is_replaced(tmp_path: Path) -> None:
    out = tmp_path / "mio"
    write_all(IMPORTED, out)
    (out / "judge").mkdir()  # as where images were read
    write_all(Imported((RUNS[2],), None, ()), out)
    assert read_results(out)[0].brought == ("brought_gan/seed-1",)
    assert sorted(path.name for path in out.iterdir()) == ["brought_gan", MANIFEST_FILE]
    assert [path.name for path in tmp_path.iterdir()] == ["mio"]


def test_the_judge_goes_along(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    kept: list[tuple[str, Any]] = []
    monkeypatch.setattr(
        importing, "write_run", lambda folder, record, arrays: kept.append((folder.name, record))
    )
    judge = Run("judge", JudgeRecord.model_construct(profile="full"), {})
    write_all(Imported((RUNS[2],), judge, ()), tmp_path / "mio")
    assert kept == [("judge", judge.record)]
    content = (tmp_path / "mio" / MANIFEST_FILE).read_text()
    manifest = Manifest.model_validate_json(content)
    assert (manifest.profile, manifest.runs, manifest.brought) == (
        "full",
        ("judge",),
        ("brought_gan/seed-1",),
    )


# --- what is not written -----------------------------------------------------------------


def trained(out: Path) -> None:
    write_manifest(out, Manifest(profile="full", runs=("lstm/seed-1",)))
    (out / "lstm").mkdir()


def notes(out: Path) -> None:
    (out / "notas.txt").write_text("mías")


def beside_an_import(out: Path) -> None:
    write_all(IMPORTED, out)
    notes(out)


def nonsense(out: Path) -> None:
    (out / MANIFEST_FILE).write_text("{")


def no_text(out: Path) -> None:
    (out / MANIFEST_FILE).write_bytes(b"\xff")


def no_names(out: Path) -> None:
    content = Manifest(profile=None, runs=(), brought=("a",)).model_dump(mode="json")
    (out / MANIFEST_FILE).write_text(json.dumps(content | {"brought": ["", "/", ".."]}))
    notes(out)


def trained_beside_an_import(out: Path) -> None:
    write_manifest(out, Manifest(profile="full", runs=("lstm/seed-1",), brought=("brought_gan/seed-1",)))
    (out / "lstm").mkdir()


@pytest.mark.parametrize(
    ("fill", "found"),
    [
        (trained, "lstm"),
        (notes, "notas.txt"),
        (beside_an_import, "notas.txt"),
        (nonsense, MANIFEST_FILE),
        (no_text, MANIFEST_FILE),
        (no_names, MANIFEST_FILE),
        (trained_beside_an_import, "lstm"),
    ],
    ids=lambda each: getattr(each, "__name__", ""),
)
def test_nothing_else_is_ever_replaced(tmp_path: Path, fill: Any, found: str) -> None:
    out = tmp_path / "mio"
    out.mkdir()
    fill(out)
    before = files_in(tmp_path)
    assert refused(out) == (
        f"{out}: se esperaba una carpeta nueva, o una de lo importado antes, se encontró una con «{found}»; "
        "elija otro --out."
    )
    assert files_in(tmp_path) == before


def test_a_file_is_no_folder(tmp_path: Path) -> None:
    (tmp_path / "mio").write_text("un fichero")
    assert refused(tmp_path / "mio") == (
        f"{tmp_path / 'mio'}: se esperaba una carpeta nueva, o una de lo importado antes, se encontró un "
        "fichero; elija otro --out."
    )
    assert (tmp_path / "mio").read_text() == "un fichero"


def no_space(*arguments: object) -> None:
    raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


def interrupted(*arguments: object) -> None:
    raise KeyboardInterrupt


@pytest.mark.parametrize("existing", [True, False])
@pytest.mark.parametrize(("fail", "error"), [(no_space, OSError), (interrupted, KeyboardInterrupt)])
@pytest.mark.parametrize("function", ["write_brought", "write_manifest"])
def test_what_fails_midway_leaves_all_as_it_was(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    function: str,
    fail: Any,
    error: type[BaseException],
    existing: bool,
) -> None:
    out = tmp_path / "mio"
    if existing:
        write_all(IMPORTED, out)
    before = files_in(tmp_path)
    write, left = getattr(importing, function), [None]

    def once(*arguments: object) -> None:
        """The second record fails, or the list."""
        if function == "write_brought" and left:
            left.pop()
            write(*arguments)
        else:
            fail()

    monkeypatch.setattr(importing, function, once)
    with pytest.raises(error):
        write_all(Imported((RUNS[2], RUNS[0]), None, ()), out)
    assert files_in(tmp_path) == before


@pytest.mark.parametrize(("fail", "error"), [(no_space, OSError), (interrupted, KeyboardInterrupt)])
def test_what_was_there_is_put_back_if_the_new_does_not_take_its_place(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, fail: Any, error: type[BaseException]
) -> None:
    out = tmp_path / "mio"
    write_all(IMPORTED, out)
    before = files_in(tmp_path)
    rename = Path.rename

    def but_not_the_new(path: Path, target: Path) -> Path:
        return fail() if path.name == "new" else rename(path, target)

    monkeypatch.setattr(Path, "rename", but_not_the_new)
    with pytest.raises(error):
        write_all(Imported((RUNS[2],), None, ()), out)
    monkeypatch.undo()
    assert files_in(tmp_path) == before


def test_a_record_that_was_edited_is_refused_when_it_is_read(tmp_path: Path) -> None:
    write_all(IMPORTED, tmp_path / "mio")
    record = tmp_path / "mio" / "brought_lstm" / "seed-1" / "record.json"
    record.write_text(record.read_text().replace('"true_positive": 10452', '"true_positive": 12452'))
    with pytest.raises(RecordError, match="vuelva a importarlo"):
        read_all_brought(tmp_path / "mio", read_results(tmp_path / "mio")[0])


@pytest.mark.parametrize(
    ("name", "printed"),
    [
        ("historial.csv", "historial.csv"),
        ("samples_step_{paso}.png", "samples_step_{paso}.png"),
        ("val|loss", "val·loss"),
        ("_acc_", "·acc·"),
        ("[a](http://b)<b>*c*", "·a·(http://b)·b··c·"),
        ("época 😀.csv", "época ·.csv"),
    ],
)
def test_what_would_be_more_than_letters_in_a_document_is_not_kept(name: str, printed: str) -> None:
    assert importing.plain(name) == printed
