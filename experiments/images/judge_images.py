"""Read the images of a file with the stored judge."""

import os
from pathlib import Path
from typing import Any

import numpy as np

from experiments import runtime
from experiments.brought.npz import BROKEN
from experiments.causes import cause
from experiments.data.sets import DataError
from experiments.kinds.judge import JudgeRecord
from experiments.quiet import quiet
from experiments.records.base import RecordError, Run
from experiments.records.packed import refuse_large
from experiments.records.regular import open_regular
from experiments.records.results import MANIFEST_FILE, read_results
from experiments.records.storage import TRAIN_AGAIN

KEY = "x"


def judge_images(path: Path, roots: tuple[Path, ...]) -> tuple[list[dict[str, Any]], list[str]]:
    """What the judge in the first complete set of results among ``roots`` reads in ``path``: for each
    image its ``class``, with its ``name`` where a user has given one, its ``confidence`` and whether
    it is ``readable``; and the names of the controls that this judge has failed.

    Raises:
        DataError: the file does not have what ``load_images`` asks for.
        RecordError: no set of results has a judge, or it cannot be used.
    """
    images = load_images(path)
    run = find_judge(roots)
    os.environ.update(runtime.ENVIRONMENT)  # before TensorFlow is imported
    with quiet():
        from experiments.images.digit_judge import Judge

        reading = Judge.load(run).read(images)
    assert isinstance(run.record, JudgeRecord)
    names = run.record.data.classes
    rows = [
        {
            "class": int(label),
            **({"name": names[label]} if names else {}),
            "confidence": float(confidence),
            "readable": bool(readable),
        }
        for label, confidence, readable in zip(*reading, strict=True)
    ]
    return rows, [control.name for control in run.record.controls if not control.passed]


def find_judge(roots: tuple[Path, ...]) -> Run:
    """The judge of the first of ``roots`` that is complete; what an author brought may be without one,
    and then it is that of the next.

    Raises:
        RecordError: none is, or it has no judge.
    """
    complete = [root for root in roots if (root / MANIFEST_FILE).exists()] or roots[-1:]
    for root in complete:
        manifest, runs = read_results(root)
        for run in runs:
            if isinstance(run.record, JudgeRecord):
                return run
        if not manifest.brought:
            break
    remedy = "recupere los de referencia, que lo tienen" if manifest.brought else TRAIN_AGAIN
    raise RecordError(
        f"{root}: se esperaban unos resultados con el juez de las imágenes, se encontraron sin él; {remedy}."
    )


def load_images(path: Path) -> np.ndarray:
    """uint8[n, 28, 28] under the key ``x`` of an NPZ file, with or without a last axis of 1.

    Raises:
        DataError: missing or unreadable file, another key, shape or type, or no image.
    """
    try:
        with open_regular(path) as raw:
            refuse_large(raw)
            with np.load(raw, allow_pickle=False) as file:
                images = file[KEY] if KEY in file.files else None
                found = ", ".join(file.files) or "ninguno"
    except FileNotFoundError as error:
        raise DataError(
            f"{path}: se esperaba un archivo con imágenes, no se encontró; revise la ruta."
        ) from error
    except (OSError, AttributeError, *BROKEN) as error:  # AttributeError, TypeError: a single array
        raise _unreadable(path, error) from error
    if images is None:
        raise _refuse(path, f"se esperaban imágenes con el nombre «{KEY}», se encontró {found}")
    if images.dtype != np.uint8:
        raise _refuse(path, f"se esperaban imágenes de tipo uint8, se encontró {images.dtype}")
    if images.shape[1:] not in ((28, 28), (28, 28, 1)):
        raise _refuse(path, f"se esperaba la forma (n, 28, 28) o (n, 28, 28, 1), se encontró {images.shape}")
    if len(images) == 0:
        raise _refuse(path, "se esperaba al menos una imagen, no se encontró ninguna")
    return images.reshape(-1, 28, 28)


def _refuse(path: Path, complaint: str) -> DataError:
    return DataError(
        f"{path}: {complaint}; guárdelas con numpy.savez({path.name!r}, {KEY}=imágenes), con la tinta clara."
    )


def _unreadable(path: Path, error: Exception) -> DataError:
    found = cause(error) if isinstance(error, OSError) else f"«{error}»"
    return DataError(
        f"{path}: se esperaba un archivo NPZ de NumPy, se encontró {found}; "
        "vuelva a guardarlo con numpy.savez."
    )
