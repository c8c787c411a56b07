"""What the columns of a file of predictions hold, checked one by one."""

from collections.abc import Sequence

import numpy as np

from experiments.brought.predictions.columns import Column, number, to_numbers, with_points
from experiments.brought.refusals import refusal
from experiments.validation import shown

HALF = 0.5
# Two columns that were rounded to two decimals add up to 1.01 at most.
ROUNDING = 0.011
MAX_WHOLE = 2**31 - 1  # int32

WORDS: dict[str, int] = {
    **dict.fromkeys(("neg", "negative", "negativo", "negativa", "false"), 0),
    **dict.fromkeys(("pos", "positive", "positivo", "positiva", "true"), 1),
}
_SIGMOID = "si son logits, aplíqueles antes la sigmoide, o softmax si son dos columnas"


def to_classes(column: Column) -> tuple[np.ndarray, tuple[str, ...]]:
    """Of 0 and 1, or of the words for them, int8[n] and a notice.

    Raises:
        BroughtError: anything else.
    """
    column = column.flat()
    if not column.is_text:
        values = column.values.astype(float)
    else:
        words = [text.lower() for text in column.values.tolist()]
        values = np.array([float(WORDS[word]) if word in WORDS else number(word) for word in words], float)
    expected = "una etiqueta 0 o 1 (o neg y pos, negative y positive, negativo y positivo, false y true)"
    column.refuse_where((values != 0) & (values != 1), expected, "conviértala")
    notices: tuple[str, ...] = ()
    if column.is_text and (used := {word: WORDS[word] for word in words if word in WORDS}):
        meanings = " y ".join(f"«{word}» como {used[word]}" for word in sorted(used, key=lambda w: used[w]))
        notices = (f"{column.path.name}: en «{shown(column.name)}» se lee {meanings}.",)
    return values.astype(np.int8), notices


def to_probabilities(columns: Sequence[Column]) -> tuple[np.ndarray, tuple[str, ...]]:
    """Of the positive class, of one column or of the two that a softmax has, (n,) in [0, 1], and notices.

    Raises:
        BroughtError: another shape, no probabilities, or two columns that do not add up to 1.
    """
    notices: list[str] = []
    if len(columns) == 1 and columns[0].values.shape[1:] == (2,):
        (both,) = columns
        columns = [Column(both.path, both.name, both.values[:, place]) for place in range(2)]
        notices.append(
            f"{both.path.name}: de las dos columnas de «{shown(both.name)}» se toma la segunda, que es la de "
            "la clase 1."
        )
    elif len(columns) == 1 and columns[0].values.ndim > 1 and columns[0].values.shape[1] > 2:
        found = f"la forma {shown(columns[0].values.shape)}"
        expected = f"en «{shown(columns[0].name)}» una o dos columnas, pues son dos clases"
        raise refusal(
            columns[0].path, expected, found, "guarde las de la prueba de un clasificador de dos clases"
        )
    numbers = []
    for column in map(Column.flat, columns):
        pointed = with_points(column)
        if pointed is not column:
            notices.append(f"{column.path.name}: en «{shown(column.name)}» la coma es la de los decimales.")
        values = to_numbers(pointed)
        column.refuse_where((values < 0) | (values > 1), "una probabilidad de 0 a 1", _SIGMOID)
        numbers.append(values)
    if len(numbers) == 2:
        negative, positive = (values.astype(float) for values in numbers)
        apart = np.abs(negative + positive - 1) > ROUNDING
        if apart.any():
            row = int(np.argmax(apart))
            raise refusal(
                columns[0].path,
                f"en {' y '.join(dict.fromkeys(f'«{shown(each.name)}»' for each in columns))} dos "
                "probabilidades que sumen 1",
                f"{negative[row]:g} y {positive[row]:g} en la fila {row + 1}",
                "guarde lo que da softmax, o solo la de la clase positiva",
            )
    return numbers[-1], tuple(notices)


def are_shares(column: Column) -> bool:
    """Whether what bears the name of answers are probabilities (or logits): two columns, or numbers that
    are not all whole."""
    if column.values.shape[1:] == (2,):
        return True
    values = with_points(column).values.ravel()
    if column.is_text:
        values = np.array([number(text) for text in values.tolist()], float)
    known = values[np.isfinite(values)]
    return bool((known != np.floor(known)).any())


def to_lengths(column: Column) -> np.ndarray:
    """int32[n], in words.

    Raises:
        BroughtError: no number from 0 without decimals.
    """
    column = column.flat()
    values = to_numbers(column)
    wrong = (values < 0) | (values > MAX_WHOLE) | (values != np.floor(values))
    column.refuse_where(wrong, "un número entero de palabras", "corríjalo")
    return values.astype(np.int32)


def to_ids(column: Column) -> tuple[np.ndarray | None, tuple[str, ...]]:
    """int32[n]; None, and a notice, where they are no such integers.

    Raises:
        BroughtError: more than one for a review.
    """
    column = column.flat()
    values = column.values
    if column.is_text:
        values = np.array([number(text) for text in values.tolist()], float)
    with np.errstate(invalid="ignore"):
        wrong = (
            ~np.isfinite(values) | (np.abs(values.astype(float)) > MAX_WHOLE) | (values != np.floor(values))
        )
    if wrong.any():
        sample = shown(column.values[int(np.argmax(wrong))])
        reason = f"no se usan los identificadores de «{shown(column.name)}», que no son enteros («{sample}»)"
        return None, (f"{column.path.name}: {reason}.",)
    return values.astype(np.int32), ()


def to_single(probability: np.ndarray) -> np.ndarray:
    """float32[n], rounded, but never to the half from above it: no answer changes."""
    single = probability.astype(np.float32)
    raised = (probability > HALF) & (single == HALF)
    return np.where(raised, np.nextafter(np.float32(HALF), np.float32(1)), single)
