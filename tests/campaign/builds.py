"""Short documents made by the command line, to be killed, crowded and cramped; and whoever outlives it."""

import hashlib
import os
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import psutil
from children import FaultError
from commands import CLEAN, Answer, run, start
from results_made import copied
from watching import NOTES

SETTINGS = 'extent = "breve"\ntitle = "{}"\n'


def inputs(folder: Path, title: str = "Uno", names: tuple[str, ...] = ("lstm/seed-1",)) -> list[object]:
    """The options of ``report build`` for a short document."""
    results = folder / "resultados"
    if not results.exists():
        copied(results, names)
    return ["--results", results, *settings(folder, title), "--build", folder / "build"]


def settings(folder: Path, title: str) -> list[object]:
    path = folder / f"{title}.toml"
    path.write_text(SETTINGS.format(title), encoding="utf-8")
    return ["--settings", path]


def built(*options: object, **others: Any) -> Answer:
    return run("report", "build", *options, **others)


def begun(*options: object, before: Sequence[str] = (), **others: Any) -> Any:
    return start("report", "build", *options, before=before, start_new_session=True, **others)


def expect_up_to_date(options: Sequence[object]) -> None:
    """That ``status`` says so, and that nothing else lies beside the document."""
    answer = run("report", "status", *options)
    if answer.code != CLEAN:
        raise FaultError(f"status: {answer.out} {answer.err}")
    build = Path(str(options[-1]))
    if left := [path.name for path in build.iterdir() if path.name.startswith(".")]:
        raise FaultError(f"queda {left[0]}")


def digests(folder: Path) -> dict[str, str]:
    return {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def expect_nobody_left(patience: float = 15.0) -> None:
    """That of all that this case has started nothing is alive."""
    own, ends = os.environ[NOTES], time.monotonic() + patience
    while left := [each for each in psutil.process_iter() if _is_of(each, own)]:
        if time.monotonic() > ends:
            told = " ".join(left[0].cmdline())[:120]
            raise FaultError(f"quedan {len(left)} procesos: {told}")
        time.sleep(0.1)


def _is_of(process: psutil.Process, own: str) -> bool:
    try:
        if process.pid in (os.getpid(), os.getppid()) or process.status() == psutil.STATUS_ZOMBIE:
            return False
        return process.environ().get(NOTES) == own
    except (psutil.Error, OSError):
        return False
