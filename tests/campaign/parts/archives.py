"""Data from anywhere: archives with ways out, links, devices, pipes and bombs, folders with the same, images
and tables that are none. What is not refused is read within bounds, and nothing is written."""

import gzip
import io
import json
import os
import tarfile
import tempfile
import zipfile
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from random import Random

import mutations
import numpy as np
import pandas
import pyarrow
from children import Case, FaultError
from commands import expect_sentence
from pyarrow import parquet

from experiments.data import images, loading, reviews  # noqa: F401 (before any fork)
from experiments.data.inspection import inspect
from experiments.data.loading import load
from experiments.data.sets import DataError
from experiments.data.source import OwnImages, OwnReviews, Source
from experiments.records.base import Strict
from experiments.running.found import IMAGES, REVIEWS
from experiments.terminal.output import shortened, visible

TRIES = "datos hostiles: archivos tar y npz, carpetas y tablas"
CASES = 180
SECONDS, MEMORY = 60.0, 3 * 2**30  # the bounds are a GiB of a tar, and four of images
OUTSIDE = Path(tempfile.gettempdir(), "fuera-campana.txt")
NAMES = (
    *("aclImdb/train/pos/0_7.txt", "../../fuera.txt"),
    *(str(OUTSIDE), "aclImdb/../../fuera.txt", "", "."),
    *("aclImdb/train/pos/" + "9" * 200 + "_7.txt"),
    *("aclImdb/train/pos/0_99999999999.txt", "../\x1b[31mx\n.txt"),
    *("aclImdb/train/pos/٣_٧.txt", "aclImdb/test/neg/1_1.txt", "x/" * 2_000, "aclImdb/train/pos/0_7.txt/x"),
)
TYPES = (
    *(tarfile.REGTYPE, tarfile.SYMTYPE, tarfile.LNKTYPE, tarfile.CHRTYPE, tarfile.BLKTYPE, tarfile.FIFOTYPE),
    *(tarfile.DIRTYPE, tarfile.GNUTYPE_SPARSE, tarfile.CONTTYPE, b"V", b"Z"),
)
PARTS = ("train/pos", "train/neg", "test/pos", "test/neg")
ARRAYS = ("x_train", "y_train", "x_test", "y_test")


def cases(seed: str, share: float, folder: Path) -> Iterator[Case]:
    for number in range(max(1, round(CASES * share))):
        random = Random(f"{seed} archives {number}")
        make = random.choice(MADE)
        yield Case(f"{number} {make.__name__}", partial(_do, random, make), SECONDS, MEMORY)


def _do(random: Random, make: Callable[[Random, Path], tuple[str, Source]], folder: Path) -> None:
    given = folder / "dados"
    given.mkdir()
    module, source = make(random, given)
    before = _all(folder)
    try:
        inspect(source)
        load(module, source, Strict())
    except DataError as error:
        expect_sentence(f"{visible(shortened(str(error)))}\n")
    if _all(folder) != before or OUTSIDE.exists():
        raise FaultError("ha escrito un fichero")


def _all(folder: Path) -> set[str]:
    return {str(path) for path in folder.parent.rglob("*") if "tmp" not in path.parts[-2:]}


def tar(random: Random, folder: Path) -> tuple[str, Source]:
    path = folder / "aclImdb_v1.tar.gz"
    form = random.choice((tarfile.GNU_FORMAT, tarfile.PAX_FORMAT, tarfile.USTAR_FORMAT))
    with tarfile.open(path, "w:gz", format=form) as archive:
        for part in PARTS:
            _add(archive, f"aclImdb/{part}/0_7.txt", tarfile.REGTYPE, b"hola")
        for _ in range(random.choice((0, 1, 2))):
            try:
                _add(archive, random.choice(NAMES), random.choice(TYPES), b"x")
            except ValueError:  # a name that this form cannot have
                continue
    _spoil(random, path)
    return REVIEWS, Source(official=path)


def _add(archive: tarfile.TarFile, name: str, kind: bytes, content: bytes) -> None:
    member = tarfile.TarInfo(name)
    member.type, member.linkname = kind, "/etc/passwd"
    member.size = len(content) if kind in (tarfile.REGTYPE, tarfile.GNUTYPE_SPARSE) else 0
    archive.addfile(member, io.BytesIO(content))


def _spoil(random: Random, path: Path) -> None:
    data = path.read_bytes()
    match random.randrange(6):
        case 0:
            path.write_bytes(mutations.damaged(random, data))
        case 1:
            path.write_bytes(data[: random.randrange(len(data))])
        case 2:
            path.write_bytes(gzip.compress(mutations.damaged(random, gzip.decompress(data))))
        case 3:
            others = (b"", b"hola", gzip.decompress(data), gzip.compress(b""), data + data)
            path.write_bytes(random.choice(others))


class _Blanks(io.RawIOBase):
    def __init__(self, size: int) -> None:
        self.left = size

    def readable(self) -> bool:
        return True

    def read(self, size: int = -1) -> bytes:
        size = self.left if size < 0 else min(size, self.left)
        self.left -= size
        return bytes(size)


def tar_bomb(random: Random, folder: Path) -> tuple[str, Source]:
    path = folder / "aclImdb_v1.tar.gz"
    size = random.choice((2**20, 2**26, 2**28, 3 * 2**29))
    name, kind, form = random.choice(
        (
            ("aclImdb/x.bin", tarfile.REGTYPE, tarfile.GNU_FORMAT),
            ("aclImdb/train/pos/0_7.txt", tarfile.REGTYPE, tarfile.GNU_FORMAT),
            ("././@LongLink", tarfile.GNUTYPE_LONGNAME, tarfile.GNU_FORMAT),
            ("././@LongLink", tarfile.GNUTYPE_LONGLINK, tarfile.GNU_FORMAT),
            ("pax", tarfile.XHDTYPE, tarfile.USTAR_FORMAT),
            ("pax", tarfile.XGLTYPE, tarfile.USTAR_FORMAT),
        )
    )
    with tarfile.open(path, "w:gz", format=form, compresslevel=1) as archive:
        if random.random() < 0.2:
            for number in range(300_000):
                archive.addfile(tarfile.TarInfo(f"x/{number}"))
        else:
            member = tarfile.TarInfo(name)
            member.type, member.size = kind, size
            archive.addfile(member, _Blanks(size))
    return REVIEWS, Source(official=path)


def folder_of_reviews(random: Random, folder: Path) -> tuple[str, Source]:
    root = folder / "aclImdb"
    for part in PARTS:
        (root / part).mkdir(parents=True)
        (root / part / "1_7.txt").write_text("hola")
    path = root / "train/pos" / random.choice(("0_7.txt", "0_7.txt", "9" * 200 + "_7.txt", "٣_٧.txt"))
    match random.randrange(7):
        case 0:
            os.mkfifo(path)
        case 1:
            path.symlink_to(random.choice(("/dev/zero", "/dev/null", "/dev/stdin", str(path), "no")))
        case 2:
            path.mkdir()
        case 3:
            path.write_bytes(b"x" * random.choice((10**6, 10**6 + 1, 5 * 10**7)))
        case 4:
            path.write_bytes(b"\xff\xfe\x00")
        case 5:
            path.write_text("hola")
            path.chmod(0)
        case 6:
            os.truncate(os.open(path, os.O_CREAT | os.O_WRONLY), 2**40)
    own = OwnReviews(folder=root, language="es") if random.random() < 0.3 else None
    return REVIEWS, Source(own=own) if own else Source(official=root)


def images_npz(random: Random, folder: Path) -> tuple[str, Source]:
    path = folder / "mnist.npz"
    n = random.choice((1, 10, 60))
    arrays = {name: np.zeros((n, 28, 28) if name[0] == "x" else n, np.uint8) for name in ARRAYS}
    name = random.choice(ARRAYS)
    changes = (
        lambda a: a[:0],
        lambda a: a.astype("f8") * np.nan,
        lambda a: a.astype("S2"),
        lambda a: a[None],
        lambda a: a.astype(object),
        lambda a: a.astype("f8") + 0.5,
        lambda a: a.astype("i8") - 1,
        lambda a: a,
    )
    arrays[name] = random.choice(changes)(arrays[name])
    if random.random() < 0.15:
        del arrays[name]
    np.savez_compressed(path, **arrays)
    if random.random() < 0.5:
        path.write_bytes(mutations.damaged(random, path.read_bytes()))
    return IMAGES, _images(random, path)


def _images(random: Random, path: Path) -> Source:
    return Source(own=OwnImages(npz=path)) if random.random() < 0.5 else Source(official=path)


def images_bomb(random: Random, folder: Path) -> tuple[str, Source]:
    path = folder / "mnist.npz"
    size = random.choice((2**26, 2**28, 2**33))
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as file:
        for name in ARRAYS:
            with file.open(f"{name}.npy", "w", force_zip64=True) as member:
                shape = str((size,)).encode()
                text = b"{'descr': '|u1', 'fortran_order': False, 'shape': " + shape + b", }"
                member.write(b"\x93NUMPY\x01\x00\x76\x00" + text.ljust(117) + b"\n")
                for _ in range(min(size, 2**28) >> 20):
                    member.write(bytes(2**20))
    return IMAGES, _images(random, path)


def table(random: Random, folder: Path) -> tuple[str, Source]:
    kind = random.choice(("csv", "csv", "tsv", "jsonl", "parquet"))
    path = folder / f"resenas.{kind}"
    rows = [(f"una reseña {n}", n % 2) for n in range(random.choice((1, 4, 40)))]
    if kind == "parquet":
        pandas.DataFrame(rows, columns=["text", "label"]).to_parquet(path)
    elif kind == "jsonl":
        path.write_text("\n".join(json.dumps({"text": text, "label": label}) for text, label in rows))
    else:
        separator = "\t" if kind == "tsv" else ","
        path.write_text("\n".join(f"{text}{separator}{label}" for text, label in (("text", "label"), *rows)))
    match random.randrange(4):
        case 0:
            path.write_bytes(mutations.damaged(random, path.read_bytes()))
        case 1:
            tails = (b'"', b"\0", b"\xff", b"," * 9_000, b"[" * 9_000)
            path.write_bytes(path.read_bytes() + random.choice(tails))
        case 2:
            path.unlink()
            os.mkfifo(path)
    own = OwnReviews(**{kind: path}, text=random.choice(("text", "text", "x")), label="label", language="es")
    return REVIEWS, Source(own=own)


def table_bomb(random: Random, folder: Path) -> tuple[str, Source]:
    """A file without end, which takes no room on the disk, or one that becomes large."""
    kind = random.choice(("csv", "tsv", "jsonl", "parquet"))
    path = folder / f"resenas.{kind}"
    if kind == "parquet":
        # One text that is said to come often: whoever makes it never has the whole in memory.
        text = pyarrow.DictionaryArray.from_arrays(pyarrow.array([0] * 1_500), pyarrow.array(["x" * 2**20]))
        table = pyarrow.table({"text": text, "label": [0, 1] * 750})
        parquet.write_table(table, path, compression="zstd", store_schema=False)
    else:
        path.write_text("text\tlabel\n" if kind == "tsv" else "text,label\n" if kind == "csv" else "")
        os.truncate(path, 2**36)
    return REVIEWS, Source(own=OwnReviews(**{kind: path}, text="text", label="label", language="es"))


OFTEN = (*[tar] * 6, *[tar_bomb] * 2, *[folder_of_reviews] * 4, *[images_npz] * 4, *[table] * 4)
MADE = (*OFTEN, images_bomb, table_bomb)
