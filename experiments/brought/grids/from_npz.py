"""The grids of a training in one NPZ file."""

import re
from itertools import pairwise
from pathlib import Path

import numpy as np

from experiments.brought.grids.from_pictures import MAX_STEPS, Cut, Shape
from experiments.brought.grids.image_arrays import MAX_BYTES, known_images, size_notice, to_size
from experiments.brought.grids.pictures import SAVE_ARRAYS
from experiments.brought.npz import read_arrays
from experiments.brought.refusals import refusal
from experiments.records.brought import TakenAs
from experiments.records.files import file_digest
from experiments.validation import shown

GRIDS, STEPS = "grids", "steps"

_ONE = re.compile(r"(step|paso|x)_([0-9]{1,18})")


def cut_arrays(path: Path, shape: Shape | None) -> tuple[Cut, tuple[TakenAs, ...]]:
    """The images of an NPZ file with an array for each step, as step_500, paso_500 or x_500, or with
    ``grids`` [s, g, h, w] and ``steps`` int[s].

    Raises:
        BroughtError: as ``read_arrays`` and ``known_images``; other arrays; steps of other sizes, or
            of another number of images than ``shape`` has; two grids of one step.
    """
    found, others = read_arrays(
        path, lambda name: name in (GRIDS, STEPS) or bool(_ONE.fullmatch(name)), MAX_BYTES
    )
    single = {name: match for name in found if (match := _ONE.fullmatch(name))}
    if not (set(found) == {GRIDS, STEPS} or (single and len(single) == len(found))):
        listed = ", ".join(f"«{shown(name)}»" for name in (*found, *others)) or "ninguno"
        expected = "un array por paso, como step_500, o los arrays grids y steps"
        raise refusal(path, expected, listed, SAVE_ARRAYS)
    if single:
        arrays = [(int(match[2]), found[name]) for name, match in single.items()]
        meanings = {f"{match[1]}_…": "grid" for match in single.values()}
    else:
        arrays = _apart(path, found[GRIDS], found[STEPS])
        meanings = {GRIDS: "grid", STEPS: "sampled_steps"}
    arrays.sort(key=lambda one: one[0])
    steps = tuple(step for step, _ in arrays)
    if len(set(steps)) < len(steps):
        step = next(step for step, after in pairwise(steps) if step == after)
        raise refusal(path, "una cuadrícula por paso", f"dos del paso {step}", "quite una")
    if not 1 <= len(steps) <= MAX_STEPS:
        raise refusal(path, f"un número de pasos de 1 a {MAX_STEPS}", str(len(steps)), "guarde menos")
    known = known_images(path, {f"paso {step}": array for step, array in arrays})
    images = list(known.images.items())
    height, width = images[0][1].shape[1:]
    alike = (shape[0] * shape[1] if shape else len(images[0][1]), height, width)
    remedy = "guarde todos los pasos igual" if len({a.shape for _, a in images}) > 1 else "corrija --grid"
    for name, array in images:
        if array.shape != alike:
            wanted, got = (f"{n} imágenes de {h} × {w}" for n, h, w in (alike, array.shape))
            raise refusal(f"{path}: «{name}»", wanted, got, remedy)
    cut = Cut(
        steps,
        np.stack([to_size(array) for _, array in images]),
        (height, width),
        file_digest(path),
        (*known.notices, *size_notice(path, height, width), *(not_read(path, others) if others else ())),
    )
    return cut, tuple(TakenAs(file=path.name, name=name, meaning=m) for name, m in meanings.items())


def not_read(path: Path, names: list[str]) -> tuple[str, ...]:
    listed = ", ".join(f"«{shown(name)}»" for name in names[:8])
    return (f"De «{path.name}» no se leen otros arrays: {listed}{'…' if len(names) > 8 else ''}.",)


def _apart(path: Path, grids: np.ndarray, steps: np.ndarray) -> list[tuple[int, np.ndarray]]:
    if steps.ndim != 1 or steps.dtype.kind not in "ui" or (steps.size and int(steps.min()) < 0):
        found = f"{steps.dtype} {steps.shape}"
        raise refusal(f"{path}: «{STEPS}»", "una lista de enteros desde 0", found, SAVE_ARRAYS)
    if grids.ndim not in (4, 5) or len(grids) != len(steps):
        expected = f"la forma ({len(steps)}, imágenes, alto, ancho)"
        raise refusal(f"{path}: «{GRIDS}»", expected, str(grids.shape), SAVE_ARRAYS)
    return list(zip(steps.tolist(), grids, strict=True))
