"""The answers of a classifier on the test part, and what follows from them."""

from dataclasses import dataclass
from pathlib import Path

import numpy as np

from experiments.brought.predictions.columns import Column
from experiments.brought.predictions.files import MAX_ROWS, column_names, read_columns
from experiments.brought.predictions.names import (
    ANSWER,
    LABEL,
    LENGTH,
    PROBABILITY,
    REVIEW_ID,
    Chosen,
    choose,
)
from experiments.brought.predictions.values import (
    HALF,
    are_shares,
    to_classes,
    to_ids,
    to_lengths,
    to_probabilities,
    to_single,
)
from experiments.brought.refusals import refusal
from experiments.records.brought import BroughtBucket, TakenAs
from experiments.records.parts import Confusion
from experiments.validation import shown

EPSILON = 1e-7  # Keras' own

Columns = dict[str, list[Column]]  # by meaning; two where a softmax has two


@dataclass(frozen=True)
class Predictions:
    """Of n reviews: ``label`` int8[n] and ``predicted`` int8[n], 0 or 1; ``probability`` float32[n] of
    the positive class, in [0, 1], None where there are only answers; ``length`` int32[n] in words.

    ``names``: those that were interpreted; ``notices``: what else the author should know, in Spanish.
    """

    label: np.ndarray
    predicted: np.ndarray
    probability: np.ndarray | None = None
    length: np.ndarray | None = None
    review_id: np.ndarray | None = None
    names: tuple[TakenAs, ...] = ()
    notices: tuple[str, ...] = ()


def read_predictions(path: Path) -> Predictions:
    """NPZ, CSV (with commas, semicolons or tabs), TSV or Parquet with ``y_true`` and ``y_prob``, or with
    ``y_pred`` alone; if there are, with ``length`` and ``review_id``. Other usual names are understood.

    Probabilities come as (n,), (n, 1) or the (n, 2) of a softmax. They are kept in float32, as those of
    a training of ours; what lies over a half stays over it.

    Raises:
        BroughtError: unreadable, without one of the columns, or with values that are not what they
            should be.
    """
    chosen = choose(path, column_names(path))
    _expect(path, chosen)
    arrays = read_columns(path, [name for names in chosen.columns.values() for name in names])
    columns = {
        meaning: [Column(path, name, arrays[name]) for name in names]
        for meaning, names in chosen.columns.items()
    }
    _expect_as_many(columns)
    names = chosen.taken
    if PROBABILITY not in columns and are_shares(columns[ANSWER][0]):
        (answer,) = columns[PROBABILITY] = columns.pop(ANSWER)
        names = (
            *(name for name in names if name.name != answer.name),
            TakenAs(file=path.name, name=answer.name, meaning=PROBABILITY),
        )
    notices = []
    if chosen.unknown:
        unknown = ", ".join(name or "la columna sin nombre" for name in chosen.unknown)
        notices.append(f"{path.name}: no se usa lo que no se conoce: {shown(unknown)}.")
    label, said = to_classes(columns[LABEL][0])
    probability, predicted, told = _answers(columns)
    notices += [*said, *told]
    length = to_lengths(columns[LENGTH][0]) if LENGTH in columns else None
    review_id, said = to_ids(columns[REVIEW_ID][0]) if REVIEW_ID in columns else (None, ())
    notices += said
    return Predictions(label, predicted, probability, length, review_id, names, tuple(notices))


def _expect(path: Path, chosen: Chosen) -> None:
    """
    Raises:
        BroughtError: there is no column of labels, or none of probabilities or answers.
    """
    for wanted in ((LABEL,), (PROBABILITY, ANSWER)):
        if not set(wanted) & set(chosen.columns):
            names = [*(name for both in chosen.columns.values() for name in both), *chosen.unknown]
            raise refusal(
                path,
                f"la columna {' o '.join(f'«{name}»' for name in wanted)}",
                shown(", ".join(names)) or "ninguna",
                "ponga ese nombre a la que lo sea",
            )


def _expect_as_many(columns: Columns) -> None:
    """
    Raises:
        BroughtError: not a value of each for every review, or no review.
    """
    label = columns[LABEL][0]
    if not 0 < label.n <= MAX_ROWS:
        raise refusal(label.path, f"de 1 a {MAX_ROWS} reseñas", f"{label.n}", "guarde las de la prueba")
    for column in (column for both in columns.values() for column in both):
        if column.n != label.n:
            expected = f"en «{shown(column.name)}» tantos valores como en «{shown(label.name)}», {label.n}"
            raise refusal(label.path, expected, f"{column.n}", "guarde los de las mismas reseñas")


def _answers(columns: Columns) -> tuple[np.ndarray | None, np.ndarray, list[str]]:
    """Probabilities, None where there are none; answers; and notices.

    Raises:
        BroughtError: they are not what they should be, or do not go together.
    """
    if PROBABILITY not in columns:
        predicted, said = to_classes(columns[ANSWER][0])
        return None, predicted, list(said)
    column = columns[PROBABILITY][-1]
    exact, said = to_probabilities(columns[PROBABILITY])
    notices = list(said)
    predicted = (exact > HALF).astype(np.int8)
    hard = bool(np.isin(exact, (0, 1)).all())
    if hard:
        notices.append(
            f"{column.path.name}: en «{shown(column.name)}» solo hay 0 y 1: se toman por respuestas, no por "
            "probabilidades."
        )
    if ANSWER in columns:
        answer = columns[ANSWER][0]
        classes, said = to_classes(answer)
        notices += said
        expected = f"la respuesta que da «{shown(column.name)}» con el umbral en un medio"
        wrong = (classes != predicted) & (exact != HALF)
        answer.flat().refuse_where(wrong, expected, "quite una de las dos columnas")
    return None if hard else to_single(exact), predicted, notices


# --- what follows from them --------------------------------------------------------------


def confusion_of(predictions: Predictions) -> Confusion:
    """A half is no positive answer."""
    positive, predicted = predictions.label == 1, predictions.predicted == 1
    return Confusion(
        true_negative=int(np.sum(~positive & ~predicted)),
        false_positive=int(np.sum(~positive & predicted)),
        false_negative=int(np.sum(positive & ~predicted)),
        true_positive=int(np.sum(positive & predicted)),
    )


def cross_entropy(predictions: Predictions) -> float | None:
    """Mean in nats, clipped as Keras does in float32, where the greatest probability is the nearest
    that this has to 1 - 1e-7; None where there are only answers."""
    if predictions.probability is None:
        return None
    least = np.float32(EPSILON)
    p = np.clip(predictions.probability, least, np.float32(1) - least).astype(float)
    return float(-np.mean(np.where(predictions.label == 1, np.log(p), np.log1p(-p))))


def deciles(length: np.ndarray, right: np.ndarray) -> tuple[BroughtBucket, ...]:
    """Of ``length`` int[n] in words, with ``right`` bool[n]; equal lengths stay together."""
    # here, so that nothing else waits for statsmodels
    from experiments.reviews.by_length import Right, by_length

    return tuple(
        BroughtBucket(low=bucket.low, high=bucket.high, n=bucket.n, lstm_correct=bucket.lstm_correct)
        for bucket in by_length(length, Right(lstm=right, linear=right, last=right))
    )
