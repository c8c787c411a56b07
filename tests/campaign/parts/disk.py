"""A disk that is full, at twenty sizes: documents, results and what is imported. What was there stays, and
the complaint is one sentence. On a small file system where one may be mounted, else with files that may not
grow."""

import resource
import subprocess
from collections.abc import Iterator
from functools import partial
from pathlib import Path

from builds import built, digests, expect_nobody_left, expect_up_to_date, inputs, settings
from children import Case, FaultError, NotDoneError
from commands import CLEAN, FAILED, expect_told, run

TRIES = "un disco lleno, de veinte tamaños"
KIB = (
    *(0, 8, 16, 32, 64, 96, 128, 192, 256, 320),
    *(384, 448, 512, 576, 640, 768, 1_024, 1_536, 2_048, 4_096),
)
SECONDS = 120


def cases(seed: str, share: float, folder: Path) -> Iterator[Case]:
    sizes = KIB[:: max(1, round(1 / share))]
    for size in sizes:
        yield Case(f"informe, {size} KiB libres", partial(_on_a_small_disk, size), SECONDS)
        yield Case(f"informe, ficheros de {size} KiB", partial(_with_small_files, size), SECONDS)
        yield Case(f"importación, {size} KiB libres", partial(_import, size), SECONDS)


def _mount(place: Path, size: int) -> None:
    place.mkdir()
    command = ["mount", "-t", "tmpfs", "-o", f"size={size}k,mode=755", "tmpfs", str(place)]
    try:
        done = subprocess.run(command, capture_output=True, text=True, check=False)
    except OSError as error:
        raise NotDoneError(f"no se puede montar un disco pequeño ({error.strerror})") from error
    if done.returncode:
        raise NotDoneError("no se puede montar un disco pequeño: hace falta ser administrador")


def _unmount(place: Path) -> None:
    subprocess.run(["umount", "-l", str(place)], capture_output=True, check=False)


def _on_a_small_disk(size: int, folder: Path) -> None:
    """Another document takes the place of one that is there, or does not."""
    options = inputs(folder)
    place = folder / "disco"
    _mount(place, 8 * 1024)
    try:
        options[-1] = place / "build"
        expect_told(built(*options), CLEAN)
        before = digests(place / "build")
        used = sum(-(-path.stat().st_size // 4096) * 4 for path in place.rglob("*"))
        free = 8 * 1024 - used
        if free > size:
            (place / "relleno").write_bytes(bytes((free - size) * 1024))
        others = [*options[:2], *settings(folder, "Dos"), *options[4:]]
        _expect_old_or_new(others, before)
    finally:
        _unmount(place)


def _expect_old_or_new(options: list[object], before: dict[str, str]) -> None:
    answer = expect_told(built(*options), CLEAN, FAILED)
    expect_nobody_left()
    now = digests(Path(str(options[-1])))
    if answer.code == CLEAN:
        expect_up_to_date(options)
    elif now != before:
        raise FaultError(f"se ha negado y ha cambiado {sorted(now.keys() ^ before.keys()) or 'algo'}")


def _with_small_files(size: int, folder: Path) -> None:
    options = inputs(folder)
    expect_told(built(*options), CLEAN)
    before = digests(folder / "build")
    others = [*options[:2], *settings(folder, "Dos"), *options[4:]]
    hard = resource.getrlimit(resource.RLIMIT_FSIZE)[1]
    resource.setrlimit(resource.RLIMIT_FSIZE, (size * 1024, hard))
    try:
        answer = built(*others)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (hard, hard))
    expect_told(answer, CLEAN, FAILED)
    if answer.code == FAILED and digests(folder / "build") != before:
        raise FaultError("se ha negado y ha cambiado algo")


def _import(size: int, folder: Path) -> None:
    place = folder / "disco"
    history = folder / "h.json"
    history.write_text('{"val_loss": [0.5, 0.4], "val_accuracy": [0.7, 0.8]}')
    _mount(place, max(4, size // 16))
    try:
        out = place / "mio"
        answer = run("experiments", "import", "--history", history, "--out", out)
        expect_told(answer, CLEAN, FAILED)
        if answer.code == FAILED and (out / "manifest.json").exists():
            raise FaultError("se ha negado y hay una lista de resultados")
    finally:
        _unmount(place)
