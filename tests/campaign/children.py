"""Each case in a process of its own, several at once: forked from this one, so that nothing is imported
anew, bounded, and watched. What it breaks, it breaks alone."""

import json
import os
import resource
import shutil
import signal
import sys
import tempfile
import time
import traceback
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import watching

ADDRESSES = 24 * 2**30  # of each process: what takes more has no bounds of its own, and harms nobody here
RESULT = "resultado.json"
ADDITIONS = 20_000_000  # of one after another; a second of the machine for which the bounds were set
PATIENCE = 15  # how many times its processor's time a case may take by the clock: others are at work too


class FaultError(Exception):
    """What a case found wrong, in Spanish."""


class NotDoneError(Exception):
    """Why a case could not be done here, in Spanish."""


@dataclass(frozen=True)
class Case:
    """``do`` gets an empty folder of its own, and raises what it finds. ``seconds`` of the processor, of one
    that adds as fast as ``ADDITIONS`` says, and ``memory`` in bytes are all that it may take, with all
    processes that it starts."""

    name: str
    do: Callable[[Path], None]
    seconds: float = 20.0
    memory: int = 3 * 2**29


@dataclass(frozen=True)
class Found:
    fault: str = ""
    skipped: str = ""
    seconds: float = 0.0
    memory: int = 0


@dataclass(frozen=True)
class _Running:
    case: Case
    folder: Path
    ends: float


def do(cases: Iterable[Case], parent: Path, at_once: int) -> Iterator[tuple[Case, Found]]:
    """What came of each, in the order in which they end. The folders of those that failed are kept."""
    running: dict[int, _Running] = {}
    try:
        yield from _all(enumerate(cases), parent, at_once, running)
    finally:  # interrupted, say
        for number in running:
            _end_group(number)


def _all(
    waiting: Iterator[tuple[int, Case]], parent: Path, at_once: int, running: dict[int, _Running]
) -> Iterator[tuple[Case, Found]]:
    while True:
        while len(running) < at_once and (following := next(waiting, None)) is not None:
            number, case = following
            folder = parent / f"{number:04d}"
            folder.mkdir(parents=True)
            ends = time.monotonic() + PATIENCE * case.seconds
            running[_fork(case, folder)] = _Running(case, folder, ends)
        if not running:
            return
        ended, status, used = _wait(running)
        if ended is None:
            time.sleep(0.005)
            continue
        done = running.pop(ended)
        found = _judged(done, status, used)
        _end_group(ended)
        if not found.fault:
            shutil.rmtree(done.folder, ignore_errors=True)
        yield done.case, found


def _wait(running: dict[int, _Running]) -> tuple[int | None, int, resource.struct_rusage | None]:
    for number, each in running.items():
        ended, status, used = os.wait4(number, os.WNOHANG)
        if ended:
            return ended, status, used
        if time.monotonic() > each.ends:
            os.killpg(number, signal.SIGKILL)
    return None, 0, None


def _judged(done: _Running, status: int, used: resource.struct_rusage | None) -> Found:
    assert used is not None
    seconds, memory = used.ru_utime + used.ru_stime, used.ru_maxrss * 1024
    result = done.folder / RESULT
    found = Found(seconds=seconds, memory=memory)
    if time.monotonic() > done.ends and os.WIFSIGNALED(status):
        return replace(found, fault=f"no acabó en {PATIENCE * done.case.seconds:.0f} s de reloj")
    if not result.exists():
        return replace(found, fault=f"el proceso murió ({os.waitstatus_to_exitcode(status)})")
    said = json.loads(result.read_text())
    if not said["fault"] and seconds > done.case.seconds and seconds > (most := done.case.seconds * _pace()):
        said["fault"] = f"{seconds:.0f} s de procesador, más de {most:.0f}"
    if not said["fault"] and memory > done.case.memory:
        said["fault"] = f"{memory >> 20} MiB de memoria, más de {done.case.memory >> 20}"
    return replace(found, **said)


def _pace() -> float:
    """How many times slower this processor is now, with what else is going on here."""
    began = time.process_time()
    total = 0
    for number in range(ADDITIONS):
        total += number
    return max(1.0, time.process_time() - began)


def _end_group(number: int) -> None:
    try:
        os.killpg(number, signal.SIGKILL)
    except ProcessLookupError:
        return


def _fork(case: Case, folder: Path) -> int:
    sys.stdout.flush()
    sys.stderr.flush()
    number = os.fork()
    if number:
        return number
    try:
        os.setpgid(0, 0)
        resource.setrlimit(resource.RLIMIT_AS, (ADDRESSES, resource.RLIM_INFINITY))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        settle(folder)
        fault, skipped = _tried(case, folder)
        (folder / RESULT).write_text(json.dumps({"fault": fault, "skipped": skipped}))
    finally:
        os._exit(0)


def settle(folder: Path) -> None:
    """Its output into files, its temporary files into its own folder."""
    nothing = os.open(os.devnull, os.O_RDONLY)
    os.dup2(nothing, 0)
    for stream, name in ((1, "salida"), (2, "errores")):
        handle = os.open(folder / name, os.O_RDWR | os.O_CREAT | os.O_APPEND)
        os.dup2(handle, stream)
        os.close(handle)
    sys.stdout = open(1, "w", encoding="utf-8", closefd=False)  # noqa: SIM115
    sys.stderr = open(2, "w", encoding="utf-8", closefd=False)  # noqa: SIM115
    temporary = folder / "tmp"
    temporary.mkdir()
    os.environ["TMPDIR"] = tempfile.tempdir = str(temporary)


def _tried(case: Case, folder: Path) -> tuple[str, str]:
    """What is wrong, and why it was not done."""
    work = folder / "caso"
    work.mkdir()
    seen = watching.watch_this_process(folder)
    try:
        case.do(work)
    except FaultError as fault:
        return str(fault), ""
    except NotDoneError as reason:
        return "", str(reason)
    except BaseException as error:
        (folder / "detalles").write_text(traceback.format_exc())
        where = traceback.extract_tb(error.__traceback__)[-1]
        told = " ".join(str(error).split())[:160]
        return f"{type(error).__name__} en {Path(where.filename).name}:{where.lineno}: {told}", ""
    foreign = [*seen, *watching.noted(folder)]
    return (f"abrió lo que no es suyo: {foreign[0]}" if foreign else ""), ""
