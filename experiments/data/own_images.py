"""Images of the user's own: 28 × 28 pixels, bright ink on a dark ground."""

import numpy as np

from experiments.data.held_out import first_rows, hold_out
from experiments.data.npz import ARRAYS, digest_of, read_npz
from experiments.data.sets import DataError, ImageData
from experiments.data.source import IMAGES_TABLE, OwnImages
from experiments.records.base import Arrays, DataInfo

WHOLE = ("x", "y")  # the arrays of a set without a test part
TEST_FRACTION = 1 / 6  # MNIST's
MAX_CLASSES = 127  # records keep classes as int8, the judge's «none of them» included
# 1,000 images are eight batches of the GAN, and 50 of a class what tells it from its variations;
# in the test part, readability is measured against classes of 10 or more, and with 200 images the
# 95 % interval for 90 % of readable ones reaches 5 points to either side.
MIN_TRAIN, MIN_TRAIN_CLASS = 1_000, 50
MIN_TEST, MIN_TEST_CLASS = 200, 10

REMEDY = "guárdelo con numpy.savez, sin objetos"


def read_own(own: OwnImages) -> ImageData:
    """Read the images, and make a test part if there is none; the digest is that of the arrays as
    the experiments take them.

    Raises:
        DataError: images that are unreadable, too few, of another size or range, or dark on a
            bright ground; labels that are not 0, 1, ... with each class in both parts.
    """
    arrays = read_npz(own.npz, REMEDY)
    notices = [
        f"Las imágenes de «{name}», de 0 a 1, se convierten a enteros de 0 a 255."
        for name, array in arrays.items()
        if name.startswith("x") and array.dtype.kind == "f"
    ]
    if set(arrays) == set(ARRAYS):
        x_train, y_train = _pair(own, arrays, "x_train", "y_train")
        x_test, y_test = _pair(own, arrays, "x_test", "y_test")
        _check_size(own, "x_train", x_train, y_train, MIN_TRAIN, MIN_TRAIN_CLASS)
        _check_size(own, "x_test", x_test, y_test, MIN_TEST, MIN_TEST_CLASS)
    elif set(arrays) == set(WHOLE):
        x, y = _pair(own, arrays, "x", "y")
        _check_size(own, "x", x, y, MIN_TRAIN + MIN_TEST, MIN_TRAIN_CLASS + MIN_TEST_CLASS)
        held = hold_out(_examples(x), y, TEST_FRACTION)
        x_train, y_train, x_test, y_test = x[~held], y[~held], x[held], y[held]
        notices.append(
            f"«{own.name}» no tiene parte de prueba: se apartan para ella {len(y_test)} de sus {len(y)} "
            "imágenes, siempre las mismas."
        )
    else:
        found = ", ".join(f"«{name}»" for name in arrays) or "ninguno"
        raise DataError(
            f"{own.npz}: se esperaban los arrays {', '.join(ARRAYS)}, o bien x, y; se encontró {found}; "
            "guárdelos con esos nombres."
        )
    n_classes = _count_classes(own, y_train, y_test)
    _check_ground(own, x_train)
    info = DataInfo(
        name="own_images",
        digest=digest_of({"x_train": x_train, "y_train": y_train, "x_test": x_test, "y_test": y_test}),
        n_train=len(y_train),
        n_test=len(y_test),
        title=own.name,
        classes=own.classes or tuple(map(str, range(n_classes))),
    )
    notices += _repetitions(x_train, x_test)
    return ImageData(x_train, y_train, x_test, y_test, n_classes, info, tuple(notices))


def _pair(own: OwnImages, arrays: Arrays, x: str, y: str) -> tuple[np.ndarray, np.ndarray]:
    images, labels = _pixels(own, x, arrays[x]), _labels(own, y, arrays[y])
    if len(images) != len(labels):
        raise DataError(
            f"{own.npz}: se esperaba una etiqueta por imagen, se encontraron {len(labels)} en «{y}» y "
            f"{len(images)} imágenes en «{x}»; corríjalo."
        )
    return images, labels


def _pixels(own: OwnImages, name: str, images: np.ndarray) -> np.ndarray:
    """uint8[n, 28, 28]."""
    if images.shape[1:] not in ((28, 28), (28, 28, 1)) or images.dtype.kind not in "uif":
        raise DataError(
            f"{own.npz}: se esperaban en «{name}» números de la forma (n, 28, 28) o (n, 28, 28, 1), se "
            f"encontró {images.dtype} {images.shape}; cambie el tamaño de las imágenes a 28 × 28 y "
            "conviértalas a tonos de gris."
        )
    images = images.reshape(len(images), 28, 28)
    low, high = (float(images.min()), float(images.max())) if images.size else (0.0, 255.0)
    if images.dtype.kind == "f":
        if not (low >= 0 and high <= 1):  # also with NaN
            raise DataError(
                f"{own.npz}: se esperaban en «{name}» números decimales de 0 a 1, se encontraron de {low:g} "
                f"a {high:g}; divídalos o conviértalos a uint8."
            )
        return np.rint(images * 255).astype(np.uint8)
    if low < 0 or high > 255 or (images.size and high <= 1):
        raise DataError(
            f"{own.npz}: se esperaban en «{name}» enteros de 0 a 255, se encontraron de {low:g} a {high:g}; "
            "conviértalos a esa escala."
        )
    return images.astype(np.uint8)


def _labels(own: OwnImages, name: str, labels: np.ndarray) -> np.ndarray:
    """uint8[n]."""
    if labels.ndim != 1 or labels.dtype.kind not in "ui":
        raise DataError(
            f"{own.npz}: se esperaba en «{name}» un entero por imagen, se encontró {labels.dtype} "
            f"{labels.shape}; guarde el número de la clase de cada una."
        )
    if labels.size and not (labels.min() >= 0 and labels.max() < MAX_CLASSES):
        raise DataError(
            f"{own.npz}: se esperaban en «{name}» etiquetas desde 0 y como mucho {MAX_CLASSES} clases, se "
            f"encontraron de {labels.min()} a {labels.max()}; numérelas de nuevo."
        )
    return labels.astype(np.uint8)


def _check_size(
    own: OwnImages, name: str, images: np.ndarray, labels: np.ndarray, least: int, least_class: int
) -> None:
    """Only distinct images count. A class that is missing counts as one with none."""
    counts = np.bincount(labels[first_rows(_examples(images))])
    expected = f"al menos {least} imágenes distintas y {least_class} de cada clase, numeradas desde 0"
    if counts.sum() < least:
        found = f"se encontraron {counts.sum()}; añada imágenes"
    elif counts.min() < least_class:
        found = (
            f"se encontraron {counts.min()} de la clase {counts.argmin()}; añada imágenes o, si faltan "
            "clases enteras, numérelas de nuevo"
        )
    else:
        return
    raise DataError(f"{own.npz}: se esperaban en «{name}» {expected}, {found}.")


def _count_classes(own: OwnImages, y_train: np.ndarray, y_test: np.ndarray) -> int:
    n_classes, n_test = int(y_train.max()) + 1, int(y_test.max()) + 1
    if n_classes != n_test or n_classes < 2:
        raise DataError(
            f"{own.npz}: se esperaban al menos dos clases, las mismas en las dos partes, se encontraron "
            f"{n_classes} en la de entrenamiento y {n_test} en la de prueba; corrija las etiquetas."
        )
    if own.classes and len(own.classes) != n_classes:
        raise DataError(
            f"[{IMAGES_TABLE}]: se esperaban en «classes» {n_classes} nombres, uno por clase, se encontraron "
            f"{len(own.classes)}; corríjalo."
        )
    return n_classes


def _check_ground(own: OwnImages, images: np.ndarray) -> None:
    """What is drawn seldom reaches the border, so that its mean is that of the ground."""
    border = np.ones((28, 28), bool)
    border[1:-1, 1:-1] = False
    mean = images[:, border].mean()
    if mean > 255 / 2:
        raise DataError(
            f"{own.npz}: se esperaba tinta clara sobre fondo oscuro, se encontró un borde claro (media de "
            f"{mean:.0f} entre 0 y 255); invierta las imágenes: x = 255 - x, o 1 - x si van de 0 a 1."
        )


def _repetitions(x_train: np.ndarray, x_test: np.ndarray) -> list[str]:
    train, test = _examples(x_train), _examples(x_test)
    notices = []
    if repeated := len(train) - len(set(train)):
        notices.append(
            f"Imágenes de entrenamiento que repiten otra: {repeated} de {len(train)}; se conservan."
        )
    learnt = set(train)
    if shared := sum(image in learnt for image in test):
        notices.append(
            f"Imágenes de prueba que están también en la parte de entrenamiento: {shared} de {len(test)}; se "
            "conservan, aunque no son nuevas para las redes."
        )
    return notices


def _examples(images: np.ndarray) -> list[bytes]:
    return [image.tobytes() for image in images]
