"""MNIST as Keras publishes it, in ``mnist.npz``."""

from pathlib import Path

from experiments.data.checking import MAX_OFFICIAL_BYTES, expect, official_remedy, unreadable
from experiments.data.npz import ARRAYS, array_digest, digest_of, read_npz
from experiments.data.sets import ImageData
from experiments.data.source import IMAGES_TABLE
from experiments.records.base import Arrays, DataInfo, DataName

URL = "https://storage.googleapis.com/tensorflow/tf-keras-datasets/mnist.npz"
DIGESTS = {
    "x_train": "741c988805d008ac6e4c904b69001ba184c24b2c540a4ef403f4c71b676cf757",
    "y_train": "1feba77c54802fa5339a11837ea4b2866434b83314ec45192930f1df69120c13",
    "x_test": "6d87418db22cc8025d05968bec9bd5c3932904b23485740db143a061a2c9d161",
    "y_test": "ddeff807876a9661a1110d45c266c86239a3a1b7d37da0c3716a7a683c852ff5",
}

REMEDY = official_remedy(URL, IMAGES_TABLE)


def read_official(path: Path) -> ImageData:
    """Read and verify ``mnist.npz``.

    Raises:
        DataError: unreadable or different data.
    """
    arrays = read_npz(path, REMEDY, MAX_OFFICIAL_BYTES)
    if missing := [key for key in ARRAYS if key not in arrays]:
        raise unreadable(path, f"falta {', '.join(missing)}", REMEDY)
    return verified({key: arrays[key] for key in ARRAYS}, "mnist", DIGESTS, str(path), REMEDY)


def verified(arrays: Arrays, name: DataName, expected: dict[str, str], place: str, remedy: str) -> ImageData:
    """Images of digits whose arrays have the digests ``expected``.

    Raises:
        DataError: they have not, or another shape or type.
    """
    for key, array in arrays.items():
        shape = (28, 28) if key.startswith("x_") else ()
        expect(f"{place}: {key}", f"uint8 {shape}", f"{array.dtype} {array.shape[1:]}", remedy)
        expect(f"{place}: {key}", expected[key], array_digest(array).hex(), remedy)
    info = DataInfo(
        name=name, digest=digest_of(arrays), n_train=len(arrays["y_train"]), n_test=len(arrays["y_test"])
    )
    x_train, y_train, x_test, y_test = (arrays[name] for name in ARRAYS)
    return ImageData(x_train, y_train, x_test, y_test, n_classes=10, info=info)
