"""From the command that trains to the document: on the built-in sample, as on a machine without
network or data. That a second process with the same seed gives the same record bit for bit is
shown in ``test_resume``."""

import hashlib
import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pytest
from pdfminer.high_level import extract_text

from experiments.kinds.gan import GAN_CURVES, GanRecord
from experiments.kinds.lstm import LstmRecord
from experiments.records.base import DerivedRecord
from experiments.records.results import read_results
from experiments.records.storage import read_run
from report.__main__ import main
from report.paths import ROOT
from report.proof.checks.gate import check

HEAVY = ("tensorflow", "keras", "h5py")  # what only training needs
LSTM, GAN = "lstm-test-sample/seed-1", "gan-test-sample/seed-1"
LINEAR, JUDGE = "linear-test-sample/seed-1", "judge-test-sample"
MEMORY, READABILITY = "memory-test-sample/seed-1", "readability-test-sample/seed-1"
RUNS = {
    **dict.fromkeys((LSTM, LINEAR, MEMORY), "sample_reviews"),
    **dict.fromkeys((GAN, JUDGE, READABILITY), "sample_digits"),
    "probe-test/seed-1": "probe_reviews",
}


def python(*arguments: str, **variables: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, *arguments],
        cwd=ROOT,
        env=os.environ | variables,
        capture_output=True,
        text=True,
        check=False,
    )


def content(folder: Path) -> dict[str, bytes]:
    """Every file below ``folder``."""
    files = (path for path in sorted(folder.rglob("*")) if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in files}


# --- training ----------------------------------------------------------------------------


def test_the_user_sees_what_is_used_and_how_far_it_is_and_no_noise(trained: Path) -> None:
    lines = (trained / "train.out").read_text().splitlines()
    assert sum("se usa la muestra integrada" in line for line in lines) == 2
    labels = [
        *("GAN, semilla 1", "LSTM, semilla 1", "Sonda de memoria, semilla 1", "Juez"),
        *("Modelos lineales, semilla 1", "Legibilidad, semilla 1", "Memoria, semilla 1"),
    ]
    own = re.compile(rf"(IMDb|MNIST|{'|'.join(labels)}): ")
    assert [line for line in lines if not own.match(line)] == []
    progress = [line.partition(" · ")[0] for line in lines if " · " in line]
    for label in labels:
        assert any(line.startswith(f"{label}: ") for line in progress)
    assert sorted(line for line in progress if line.startswith(("GAN", "LSTM"))) == [
        "GAN, semilla 1: iteración 120/120",
        "GAN, semilla 1: iteración 40/120",
        "GAN, semilla 1: iteración 80/120",
        *(f"LSTM, semilla 1: época {epoch}/3" for epoch in (1, 2, 3)),
    ]


def test_the_records_say_that_the_data_are_the_sample(trained: Path) -> None:
    manifest, runs = read_results(trained)
    assert (manifest.profile, manifest.runs) == ("test", tuple(sorted(RUNS)))
    assert {run.name: run.record.data.name for run in runs} == RUNS
    assert {run.record.data.n_train for run in runs if run.record.data.is_sample} == {5_000, 4_000}
    for run in runs:
        assert (run.record.seed, run.record.profile) == (int("seed-1" in run.name), "test")
        assert run.record.duration_s > 0


def test_what_measures_others_says_which(trained: Path) -> None:
    runs = {run.name: run for run in read_results(trained)[1]}
    for name, needs in ((MEMORY, (LSTM, LINEAR)), (READABILITY, (GAN, JUDGE))):
        record = runs[name].record
        assert isinstance(record, DerivedRecord)
        assert record.upstream == {need: runs[need].record.arrays_digest for need in needs}


def test_the_record_of_the_lstm_agrees_with_its_arrays(trained: Path) -> None:
    run = read_run(trained / LSTM)
    record, arrays = run.record, run.arrays
    assert isinstance(record, LstmRecord)
    probability, label = arrays["probability"].astype(float), arrays["label"]
    assert probability.shape == (500,)
    assert np.bincount(label).tolist() == [250, 250]
    counts = record.confusion
    assert counts.true_positive == sum(p > 0.5 and y == 1 for p, y in zip(probability, label, strict=True))
    assert counts.false_positive == sum(p > 0.5 and y == 0 for p, y in zip(probability, label, strict=True))
    assert counts.true_positive + counts.false_negative == 250
    assert counts.true_negative + counts.false_positive == 250
    right = np.where(label == 1, probability, 1 - probability)
    assert record.test_loss == pytest.approx(-np.log(right).mean(), rel=1e-9)
    assert (record.sizes.train, record.sizes.validation, record.sizes.train_evaluated) == (400, 100, 100)
    losses = [epoch.val_loss for epoch in record.epochs]
    assert losses[record.selected_epoch - 1] == min(losses)
    assert np.all(arrays["distance"] >= 0)


def test_the_record_of_the_gan_agrees_with_its_arrays(trained: Path) -> None:
    run = read_run(trained / GAN)
    record, arrays = run.record, run.arrays
    assert isinstance(record, GanRecord)
    assert record.sampled_steps == (0, 40, 80, 120)
    assert {name: array.shape for name, array in arrays.items()} == {
        **dict.fromkeys(GAN_CURVES, (120,)),
        **dict.fromkeys(("grid", "average_grid"), (4, 25, 28, 28)),
        "samples": (4, 40, 28, 28),
        "real": (40, 28, 28),
    }
    # this discriminator is soon ahead
    assert arrays["discriminator_loss"][-20:].mean() < arrays["discriminator_loss"][:20].mean()
    grids = {grid.tobytes() for grid in arrays["grid"]}
    assert len(grids) == 4
    weights = sorted(path.name for path in (trained / GAN / "weights").iterdir())
    assert weights == [
        f"{whose}-{step:05d}.weights.h5" for whose in ("average", "generator") for step in (0, 40, 80, 120)
    ]


def test_a_second_training_repeats_nothing_and_says_so(trained: Path, tmp_path: Path) -> None:
    before = content(trained)
    again = python(
        *("-m", "experiments", "train", "--profile", "test", "--results", str(trained)),
        KERAS_HOME=str(tmp_path),
        HTTPS_PROXY="http://127.0.0.1:9",
    )
    assert (again.returncode, again.stderr) == (0, "")
    said = again.stdout.splitlines()[-len(RUNS) :]
    assert [line.partition(": ")[2] for line in said] == ["completa y válida, no se repite."] * len(RUNS)
    assert content(trained) == before


# --- the report --------------------------------------------------------------------------


@dataclass(frozen=True)
class Document:
    folder: Path
    built: subprocess.CompletedProcess[str]


def build(results: Path, folder: Path, **variables: str) -> subprocess.CompletedProcess[str]:
    return python("-m", "report", "build", "--results", str(results), "--build", str(folder), **variables)


@pytest.fixture(scope="module")
def document(trained: Path, tmp_path_factory: pytest.TempPathFactory) -> Document:
    folder = tmp_path_factory.mktemp("build")
    return Document(folder, build(trained, folder, PYTHONPATH=str(tell_tale(folder.parent))))


def tell_tale(folder: Path) -> Path:
    """Where a package of each of these names says that it was imported, by any process."""
    for name in HEAVY:
        (folder / f"{name}.py").write_text(f"open({str(folder / f'{name}.imported')!r}, 'w').close()\n")
    return folder


def test_the_report_is_built(document: Document, trained: Path) -> None:
    built = document.built
    assert (built.returncode, built.stderr) == (0, "")
    files = content(document.folder)
    assert files["informe.pdf"].startswith(b"%PDF-")
    assert files["informe.html"].startswith(b"<!DOCTYPE html>")
    assert json.loads(files["hallazgos.json"])
    assert json.loads(files["cifras.json"])
    assert any(name.startswith("figures/") and name.endswith(".svg") for name in files)
    lines = built.stdout.splitlines()
    assert lines[0] == f"Se usan los resultados de {trained} (perfil de prueba)."
    for line, suffix in zip(lines[1:4], ("pdf", "html", "md"), strict=True):
        size = (document.folder / f"informe.{suffix}").stat().st_size // 1024
        assert line == f"{document.folder}/informe.{suffix}: {size} KiB"


def test_the_sample_report_passes_the_gate(document: Document) -> None:
    assert check(document.folder / "informe.pdf") == []


def test_the_reference_report_passes_the_gate(reference: Path) -> None:
    assert check(reference / "informe.pdf") == []


def test_the_report_never_imports_tensorflow(document: Document) -> None:
    places = document.folder.parent
    assert [name for name in HEAVY if not (places / f"{name}.py").is_file()] == []
    assert [path.name for path in places.glob("*.imported")] == []
    assert python("-c", "import keras", PYTHONPATH=str(places)).returncode == 0
    assert [path.name for path in places.glob("*.imported")] == ["keras.imported"]


def test_the_first_page_says_that_it_is_a_trial_on_a_sample(document: Document) -> None:
    first = extract_text(document.folder / "informe.pdf", page_numbers=[0])
    summary = (document.folder / "informe.md").read_text().partition("\n## Parte A")[0]
    for text in (first, summary):
        text = re.sub(r"[\s\u00ad]+", " ", text)
        assert "Entrenamiento rápido." in text
        assert "Datos de muestra." in text
        assert "5000 reseñas sintéticas" in text


def test_the_headline_is_that_of_the_record(document: Document, trained: Path) -> None:
    record = read_run(trained / LSTM).record
    assert isinstance(record, LstmRecord)
    right = record.confusion.true_negative + record.confusion.true_positive
    accuracy = f"{right / 500:.4f}"
    assert f"LSTM: exactitud en la prueba {accuracy} [" in document.built.stdout
    text = (document.folder / "informe.md").read_text(encoding="utf-8")
    assert f"{right / 5:.1f}\N{NO-BREAK SPACE}%" in text[: text.index("## Parte A")]


# --- bad input ---------------------------------------------------------------------------


def rewrite(path: Path, change: Callable[[str], str]) -> None:
    old = path.read_text()
    new = change(old)
    assert new != old
    path.write_text(new)


def edited(root: Path) -> None:
    rewrite(root / LSTM / "record.json", lambda text: text.replace('"seed": 1', '"seed": 2'))


def truncated(root: Path) -> None:
    rewrite(root / GAN / "record.json", lambda text: text[: len(text) // 2])


def with_nan(root: Path) -> None:
    rewrite(
        root / LSTM / "record.json", lambda text: re.sub(r'"test_loss": [0-9.]+', '"test_loss": NaN', text)
    )


def of_another_version(root: Path) -> None:
    def change(text: str) -> str:
        record = json.loads(text) | {"schema_version": 9}
        del record["digest"]
        canonical = json.dumps(record, sort_keys=True, separators=(",", ":"))
        return json.dumps(record | {"digest": hashlib.sha256(canonical.encode()).hexdigest()})

    rewrite(root / GAN / "record.json", change)


def without_arrays(root: Path) -> None:
    (root / GAN / "arrays.npz").unlink()


def with_foreign_arrays(root: Path) -> None:
    shutil.copy(root / LSTM / "arrays.npz", root / GAN)


def without_manifest(root: Path) -> None:
    (root / "manifest.json").unlink()


@pytest.mark.parametrize(
    ("damage", "place", "expected", "remedy"),
    [
        (edited, f"{LSTM}/record.json", "un registro sin modificar", "restáurelo o bórrelo"),
        (truncated, f"{GAN}/record.json", "un registro JSON completo y sin NaN", "bórrelo"),
        (with_nan, f"{LSTM}/record.json", "un registro JSON completo y sin NaN", "bórrelo"),
        (
            of_another_version,
            f"{GAN}/record.json",
            "la versión 2 del esquema, se encontró «9»",
            "«make train»",
        ),
        (without_arrays, f"{GAN}/arrays.npz", "los datos de la ejecución", "restáurelos o borre la carpeta"),
        (with_foreign_arrays, f"{GAN}/arrays.npz", "los datos con huella", "restáurelos o borre la carpeta"),
        (without_manifest, "manifest.json", "la lista de ejecuciones", "«make train»"),
    ],
    ids=lambda value: value.__name__ if callable(value) else "",
)
def test_bad_results_are_one_sentence_and_the_old_document_stays(
    document: Document,
    trained: Path,
    tmp_path: Path,
    damage: Callable[[Path], None],
    place: str,
    expected: str,
    remedy: str,
    capfd: pytest.CaptureFixture[str],
) -> None:
    root, folder = tmp_path / "results", tmp_path / "build"
    shutil.copytree(trained, root)
    shutil.copytree(document.folder, folder)
    before = content(folder)
    damage(root)
    code = main(["build", "--results", str(root), "--build", str(folder)])
    said, complaint = capfd.readouterr()
    assert (code, said) == (2, "")
    assert complaint.count("\n") == 1
    assert re.match(re.escape(f"{root / place}: ") + "se esperaban? " + re.escape(expected), complaint)
    imported = " o, si son aportadas, vuelva a importarlas" * (damage is without_manifest)
    assert remedy in complaint
    assert complaint.endswith(f"ejecute «make train»{imported}.\n") or damage is of_another_version
    assert content(folder) == before


def test_a_file_where_the_document_should_go_is_one_sentence(trained: Path, tmp_path: Path) -> None:
    place = tmp_path / "build"
    place.write_text("not a folder")
    ended = build(trained, place)
    assert ended.returncode == 2
    assert ended.stderr == (
        f"{place}: se esperaba poder leer y escribir, se encontró que ya existe; revise la ruta y "
        "repita la orden.\n"
    )
    assert place.read_text() == "not a folder"
