"""The arrays of records: values, shapes, types and the file itself changed, with renewed digests and
without."""

import io
import struct
import zipfile
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from random import Random

import mutations
import numpy as np
from children import Case, FaultError
from results_made import (
    OF_ONE_SEED,
    copied,
    expect_honest,
    meaning,
    read,
    record_of,
    save_arrays,
    sealed,
    untouched,
)

TRIES = "vectores cambiados, con las huellas renovadas y sin renovar, y ficheros npz dañados"
CASES = 350
Arrays = dict[str, np.ndarray]
TYPES = ("f8", "f4", "f2", "i1", "u1", "i8", "c8", "S4", "b1")


def cases(seed: str, share: float, folder: Path) -> Iterator[Case]:
    untouched()
    for number in range(max(1, round(CASES * share))):
        random = Random(f"{seed} arrays {number}")
        name = random.choice([name for name in OF_ONE_SEED if not name.startswith("probe/")])
        if random.random() < 0.6:
            how = random.choice(CHANGES)
            renewed = random.random() < 0.7
            told = f"{number} {name} {how.__name__} {'renovada' if renewed else 'sin renovar'}"
            yield Case(told, partial(_changed, random, name, how, renewed))
        else:
            spoil = random.choice(SPOILED)
            yield Case(f"{number} {name} {spoil.__name__}", partial(_spoiled, random, name, spoil))


def _changed(random: Random, name: str, how: Callable, renewed: bool, folder: Path) -> None:
    root = copied(folder / "resultados")
    path = root / name / "arrays.npz"
    with np.load(path) as file:
        arrays = {key: file[key] for key in file.files}
    how(random, arrays)
    digest = save_arrays(path, arrays)
    if renewed:
        (root / name / "record.json").write_text(sealed(record_of(root / name) | {"arrays_digest": digest}))
    study = read(root)
    if study is None or meaning(study) == untouched():
        return
    if not renewed:
        raise FaultError("se aceptan cambiados, con la huella de antes")
    expect_honest(study, root)


def _a_name(random: Random, arrays: Arrays) -> str:
    return random.choice(sorted(arrays))


def one_value(random: Random, arrays: Arrays) -> None:
    name = _a_name(random, arrays)
    array = np.array(arrays[name])
    if array.size:
        values = [0, 1, -1, 127, np.nan, np.inf, -np.inf, 0.5, 1e30, -1e30]
        with np.errstate(all="ignore"):
            place = random.randrange(array.size)
            array.reshape(-1)[place : place + 1] = np.array([random.choice(values)]).astype(array.dtype)
    arrays[name] = array


def many_values(random: Random, arrays: Arrays) -> None:
    name = _a_name(random, arrays)
    array = np.array(arrays[name])
    order = np.random.default_rng(random.randrange(10**6))
    arrays[name] = order.permutation(array) if array.ndim else array


def other_type(random: Random, arrays: Arrays) -> None:
    name = _a_name(random, arrays)
    with np.errstate(all="ignore"):
        arrays[name] = arrays[name].astype(random.choice(TYPES))


def other_shape(random: Random, arrays: Arrays) -> None:
    name = _a_name(random, arrays)
    array = arrays[name]
    ways = [lambda a: a[:0], lambda a: a[:-1], lambda a: a[None], lambda a: a.reshape(-1), lambda a: a.sum()]
    ways += [lambda a: np.concatenate([a, a]), lambda a: np.asfortranarray(a), lambda a: a.T]
    arrays[name] = np.asarray(random.choice(ways)(array if array.ndim else array[None]))


def one_less(random: Random, arrays: Arrays) -> None:
    del arrays[_a_name(random, arrays)]


def one_more(random: Random, arrays: Arrays) -> None:
    arrays[random.choice(["otro", "a/b", "../x", "grid"])] = np.zeros(3)


def two_exchanged(random: Random, arrays: Arrays) -> None:
    first, second = _a_name(random, arrays), _a_name(random, arrays)
    arrays[first], arrays[second] = arrays[second], arrays[first]


CHANGES = (one_value, one_value, many_values, other_type, other_shape, one_less, one_more, two_exchanged)


# --- the file --------------------------------------------------------------------------------


def _spoiled(random: Random, name: str, spoil: Callable[[Random, bytes], bytes], folder: Path) -> None:
    root = copied(folder / "resultados")
    path = root / name / "arrays.npz"
    path.write_bytes(spoil(random, path.read_bytes()))
    study = read(root)
    if study is not None and meaning(study) != untouched():
        raise FaultError("se aceptan otros, con la huella de antes")


def damaged(random: Random, data: bytes) -> bytes:
    return mutations.damaged(random, data)


def cut(random: Random, data: bytes) -> bytes:
    return data[: random.randrange(len(data))]


def repacked(random: Random, data: bytes) -> bytes:
    """Members packed in another way, perhaps twice or with another header."""
    buffer = io.BytesIO()
    way = random.choice((zipfile.ZIP_STORED, zipfile.ZIP_LZMA, zipfile.ZIP_BZIP2, zipfile.ZIP_DEFLATED))
    spoil = random.random() < 0.7
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(buffer, "w", way) as new:
        for name in old.namelist():
            content = old.read(name)
            new.writestr(name, _header(random, content) if spoil else content)
    return buffer.getvalue()


def _header(random: Random, content: bytes) -> bytes:
    """An NPY whose header says something else."""
    texts = (
        b"{'descr': '<f8', 'fortran_order': False, 'shape': (10000000000,), }",
        b"{'descr': '<f8', 'fortran_order': False, 'shape': (-1, 3), }",
        b"{'descr': '|O', 'fortran_order': False, 'shape': (1,), }",
        b"{'descr': '<f4', 'fortran_order': True, 'shape': (" + b"1, " * 60 + b"), }",
        b"{'descr': '<f4', 'fortran_order': False, 'shape': (18446744073709551616, 0), }",
        b"{'descr': [('a', '<f4'), ('b', '|O')], 'fortran_order': False, 'shape': (2,), }",
        b"{'descr': '|V0', 'fortran_order': False, 'shape': (3,), }",
        b"(" * 3_000,
        b"__import__('os').system('true')",
    )
    text = random.choice(texts)
    padded = text.ljust(-(-(len(text) + 11) // 64) * 64 - 11) + b"\n"
    return content[:8] + struct.pack("<H", len(padded)) + padded + content[128:]


def bomb(random: Random, data: bytes) -> bytes:
    """Of a gigabyte."""
    buffer = io.BytesIO()
    block = bytes(2**20)
    with (
        zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as new,
        new.open("a.npy", "w") as file,
    ):
        for _ in range(1024):
            file.write(block)
    return buffer.getvalue()


SPOILED = (*[damaged] * 6, cut, *[repacked] * 6, bomb)
