"""Reviews of the user's own.

They are put into the order of their part, label and text, and the digest is SHA-256 over, for each in
this order, ``test/neg``, ``test/pos``, ``train/neg`` or ``train/pos``, a zero byte, and the SHA-256
of its text in UTF-8: what matters is which reviews these are, not how and in what order a file keeps
them.
"""

import hashlib
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from experiments.data.held_out import first_rows, hold_out
from experiments.data.own_tables import FOLDER_LABELS, Row, label_word, read_test, read_train, refuse
from experiments.data.sets import DataError, ReviewData, Reviews
from experiments.data.source import REVIEWS_TABLE, OwnReviews
from experiments.records.base import DataInfo

TEST_FRACTION = 0.2
# In the test part: with 40 reviews a 95 % interval reaches 15 points to either side of 0.5, so that
# only an accuracy above two thirds is more than chance; with fewer next to nothing could be said.
# In the training part: four times as much, as TEST_FRACTION leaves of 200 reviews, 40 of each class.
MIN_TEST, MIN_TEST_CLASS = 40, 8
MIN_TRAIN, MIN_TRAIN_CLASS = 160, 32

Classes = tuple[str, str]  # the labels' words, that of the unfavourable reviews first

KNOWN_PAIRS = {  # negative: positive
    "0": ("1",),
    "neg": ("pos",),
    "negative": ("positive",),
    "negativo": ("positivo",),
    "negativa": ("positiva",),
    "false": ("true",),
    "no": ("sí", "si"),
}


def read_own(own: OwnReviews) -> ReviewData:
    """Read the reviews, and make a test part if there is none.

    Texts are stripped and in Unicode's normal form C. Reviews with the same text are kept and told.

    Raises:
        DataError: reviews that are unreadable, incomplete or too few, not of two classes, or both
            in the training and in the test part.
    """
    train, test = read_train(own), read_test(own)
    classes = _classes(own, train)
    notices = [*_repetitions("", train), *_repetitions(" de prueba", test or [])]
    if test is None:
        train, test = _divide(own, train, classes)
        notices.append(
            f"«{own.name}» no tiene parte de prueba: se apartan para ella {len(test)} de sus "
            f"{len(train) + len(test)} reseñas, siempre las mismas."
        )
    else:
        _check_test(own, train, test, classes)
        train, test = _in_order(train, classes), _in_order(test, classes)
        _check_size(own.path, " de entrenamiento", train, classes, MIN_TRAIN, MIN_TRAIN_CLASS)
        _check_size(own.test or own.path, " de prueba", test, classes, MIN_TEST, MIN_TEST_CLASS)
    parts = _part(train, classes), _part(test, classes)
    info = DataInfo(
        name="own_reviews",
        digest=_digest(*parts),
        n_train=len(train),
        n_test=len(test),
        title=own.name,
        language=own.language,
        classes=classes,
    )
    return ReviewData(*parts, info, tuple(notices))


def _classes(own: OwnReviews, rows: Sequence[Row]) -> Classes:
    found = sorted({row.label for row in rows})
    words = ", ".join(f"«{word}»" for word in found[:5]) or "ninguna"
    if len(found) != 2:
        others = f" y {len(found) - 5} más" if len(found) > 5 else ""
        raise DataError(
            f"{own.path}: se esperaban dos etiquetas distintas, se encontró {words}{others}; deje solo las "
            "reseñas de dos clases o indique en «label» otra columna."
        )
    if own.format == "folder":
        return FOLDER_LABELS
    first, second = found
    if own.positive is not None:
        positive = label_word(own.positive)
        if positive in found:
            return (second, first) if positive == first else (first, second)
        raise DataError(
            f"[{REVIEWS_TABLE}]: se esperaba en «positive» una de las etiquetas {words}, se encontró "
            f"«{positive}»; corríjalo."
        )
    for negative, positive in ((first, second), (second, first)):
        if positive.casefold() in KNOWN_PAIRS.get(negative.casefold(), ()):
            return negative, positive
    raise DataError(
        f"[{REVIEWS_TABLE}]: se esperaba saber cuál de las etiquetas {words} es la favorable, no se encontró "
        "la clave «positive»; añádala con una de las dos."
    )


def _check_test(own: OwnReviews, train: Sequence[Row], test: Sequence[Row], classes: Classes) -> None:
    place = own.test or own.path
    refuse(
        place,
        f"«{classes[0]}» o «{classes[1]}» como etiqueta",
        "otra",
        [row.place for row in test if row.label not in classes],
        "corríjala o quite la reseña",
    )
    learnt = {row.text for row in train}
    refuse(
        place,
        "una parte de prueba sin textos de la de entrenamiento",
        "uno de ellos",
        [row.place for row in test if row.text in learnt],
        "quite las repetidas de una de las dos partes",
    )


def _repetitions(part: str, rows: Sequence[Row]) -> list[str]:
    labels: dict[str, set[str]] = {}
    for row in rows:
        labels.setdefault(row.text, set()).add(row.label)
    notices = []
    if repeated := len(rows) - len(labels):
        notices.append(
            f"Reseñas{part} que repiten el texto de otra: {repeated} de {len(rows)}; se conservan."
        )
    if contradictory := sum(len(found) > 1 for found in labels.values()):
        notices.append(f"Textos{part} que aparecen con las dos etiquetas: {contradictory}; se conservan.")
    return notices


def _divide(own: OwnReviews, rows: Sequence[Row], classes: Classes) -> tuple[list[Row], list[Row]]:
    ordered = _in_order(rows, classes)
    _check_size(own.path, "", ordered, classes, MIN_TRAIN + MIN_TEST, MIN_TRAIN_CLASS + MIN_TEST_CLASS)
    held = hold_out([row.text for row in ordered], _labels(ordered, classes), TEST_FRACTION)
    train = [row for row, out in zip(ordered, held, strict=True) if not out]
    return train, [row for row, out in zip(ordered, held, strict=True) if out]


def _in_order(rows: Sequence[Row], classes: Classes) -> list[Row]:
    return sorted(rows, key=lambda row: (classes.index(row.label), row.text))


def _labels(rows: Sequence[Row], classes: Classes) -> np.ndarray:
    return np.array([classes.index(row.label) for row in rows], np.int8)


def _check_size(
    path: Path, part: str, rows: Sequence[Row], classes: Classes, least: int, least_class: int
) -> None:
    """Only distinct texts count."""
    distinct = first_rows([row.text for row in rows])
    counts = np.bincount(_labels(rows, classes)[distinct], minlength=2)
    if counts.sum() < least or counts.min() < least_class:
        found = " y ".join(f"{n} de «{word}»" for n, word in zip(counts, classes, strict=True))
        raise DataError(
            f"{path}: se esperaban al menos {least} reseñas{part} con textos distintos y {least_class} de "
            f"cada clase, se encontraron {found}; añada reseñas."
        )


def _part(ordered: Sequence[Row], classes: Classes) -> Reviews:
    return Reviews(
        texts=[row.text for row in ordered],
        labels=_labels(ordered, classes),
        stars=np.zeros(len(ordered), np.int8),
        ids=np.arange(len(ordered), dtype=np.int32),
        distances=np.full(len(ordered), -1, np.int32),
    )


def _digest(train: Reviews, test: Reviews) -> str:
    digest = hashlib.sha256()
    for name, part in (("test", test), ("train", train)):
        for text, label in zip(part.texts, part.labels, strict=True):
            digest.update(f"{name}/{FOLDER_LABELS[label]}\0".encode())
            digest.update(hashlib.sha256(text.encode()).digest())
    return digest.hexdigest()
