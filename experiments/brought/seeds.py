"""What the trainings of several seeds must have in common, and what they cannot: refused in one sentence."""

from collections.abc import Iterator, Sequence

import numpy as np

from experiments.brought.refusals import refusal
from experiments.errors import BroughtError
from experiments.records.brought import Brought, BroughtGan, BroughtLstm
from experiments.records.parts import Confusion

_OWN = ("history", "predictions", "gan_losses", "gan_samples")  # no two trainings leave the same one
_JUDGED = {"grid_class", "grid_readable"}  # which the author does not bring


def refuse_unlike(brought: Sequence[Brought]) -> None:
    """
    Raises:
        BroughtError: two seeds with the same file; seeds of another network, of which other things are
            known, that were not tested on the same reviews, or were logged or sampled at other steps.
    """
    for kind in (BroughtLstm, BroughtGan):
        runs = [run for run in brought if isinstance(run.record, kind)]
        for other in runs[1:]:
            for error in _complaints(runs[0], other):
                raise error


def _complaints(one: Brought, other: Brought) -> Iterator[BroughtError]:
    first, second = one.record, other.record
    yield from _same_files(one, other)
    yield from _other_names(one, other)
    if isinstance(first, BroughtLstm) and isinstance(second, BroughtLstm):
        if first.model and second.model and first.model.layers != second.model.layers:
            remedy = "deje las semillas de una sola red"
            yield _refused(one, other, "la misma red en cada semilla", "otra", remedy)
        yield from _other_sizes(one, other, first.confusion, second.confusion)
        yield from _other_reviews(one, other)
    if isinstance(first, BroughtGan) and isinstance(second, BroughtGan):
        yield from _other_steps(one, other, first.sampled_steps, second.sampled_steps)
        yield from _other_iterations(one, other)


def _refused(one: Brought, other: Brought, expected: str, found: str, remedy: str) -> BroughtError:
    place, there = f"--seed {other.record.seed}", f"{found} que en la semilla {one.record.seed}"
    return refusal(place, expected, there, remedy)


def _same_files(one: Brought, other: Brought) -> Iterator[BroughtError]:
    before = {(file.gives, file.digest) for file in one.record.files if file.gives in _OWN}
    for file in other.record.files:
        if (file.gives, file.digest) in before:
            expected, found = "un fichero de su propio entrenamiento", f"«{file.name}», el mismo"
            yield _refused(one, other, expected, found, "dé el suyo")


def _other_names(one: Brought, other: Brought) -> Iterator[BroughtError]:
    """What is known of one alone would be told of none."""
    names, others = _names(one), _names(other)
    if names != others:
        has, lacks = (one, other) if names - others else (other, one)
        listed = ", ".join(f"«{name}»" for name in sorted(_names(has) - _names(lacks)))
        expected = f"también {listed}, como en la semilla {has.record.seed}"
        remedy = "complételo o quítelo de las demás"
        yield refusal(f"--seed {lacks.record.seed}", expected, "un entrenamiento sin ello", remedy)


def _names(run: Brought) -> set[str]:
    """Of what each epoch or iteration logged, and of what is known of each review or image."""
    record = run.record
    epochs = record.epochs if isinstance(record, BroughtLstm) else ()
    logged = {name for epoch in epochs[:1] for name, value in epoch if value is not None}
    return logged | set(run.arrays) - _JUDGED


def _other_sizes(
    one: Brought, other: Brought, first: Confusion | None, second: Confusion | None
) -> Iterator[BroughtError]:
    if first and second and _sizes(first) != _sizes(second):
        sizes = ["{} negativas y {} positivas".format(*_sizes(each)) for each in (first, second)]
        expected = f"una prueba con {sizes[0]}, como en la semilla {one.record.seed}"
        yield refusal(f"--seed {other.record.seed}", expected, sizes[1], "dé la de las mismas reseñas")


def _sizes(matrix: Confusion) -> tuple[int, int]:
    return (
        matrix.true_negative + matrix.false_positive,
        matrix.false_negative + matrix.true_positive,
    )


def _other_reviews(one: Brought, other: Brought) -> Iterator[BroughtError]:
    """What is said of each review by several seeds is compared by its place."""
    for name, found in (
        ("label", "otras etiquetas"),
        ("review_id", "otros identificadores"),
        ("length", "otras longitudes"),
    ):
        if name in one.arrays and not np.array_equal(one.arrays[name], other.arrays[name]):
            expected = "la misma prueba, con sus reseñas en el mismo orden"
            yield _refused(one, other, expected, found, "guarde las mismas en cada semilla")


def _other_steps(
    one: Brought, other: Brought, first: Sequence[int], second: Sequence[int]
) -> Iterator[BroughtError]:
    seed = f"como en la semilla {one.record.seed}"
    if first != second:
        expected, found = f"la rejilla de los pasos {_listed(first)}, {seed}", f"la de {_listed(second)}"
        yield refusal(f"--seed {other.record.seed}", expected, found, "iguálelas")
    elif first:
        sizes = [run.arrays["grid"].shape[1] for run in (one, other)]
        if sizes[0] != sizes[1]:
            expected, found = (f"una rejilla de {size} imágenes" for size in sizes)
            yield refusal(f"--seed {other.record.seed}", f"{expected}, {seed}", found, "iguálelas")


def _other_iterations(one: Brought, other: Brought) -> Iterator[BroughtError]:
    if "iteration" not in one.arrays:
        return
    first, second = (_curve(run) for run in (one, other))
    if first != second or not np.array_equal(one.arrays["iteration"], other.arrays["iteration"]):
        found = second if first != second else f"{second}, numerados de otro modo"
        expected = f"{first}, como en la semilla {one.record.seed}"
        yield refusal(f"--seed {other.record.seed}", expected, found, "regístrelas igual")


def _curve(run: Brought) -> str:
    assert isinstance(run.record, BroughtGan)
    logged = run.arrays["iteration"]
    unit = "época" if run.record.unit == "epoch" else "iteración"
    return f"una pérdida de {len(logged)} valores hasta la {unit} {logged[-1]}"


def _listed(steps: Sequence[int]) -> str:
    return ", ".join(map(str, steps))
