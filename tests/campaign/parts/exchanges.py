"""What is written to the disk, killed or refused at every call: documents exchanged, results stored and
imported. After a kill there is the old, or the new, or what the next process makes one of them; after a
refusal the old."""

import errno
import json
import os
import signal
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from random import Random
from typing import Any

import children
from children import Case, FaultError
from commands import CLEAN, FAILED, expect_told, experiments
from results_made import REFERENCE, copied, meaning, read, untouched

from experiments.commands import import_  # noqa: F401 (before any fork)
from experiments.records.results import read_results, write_manifest
from experiments.records.storage import read_run, write_run
from report.assembly.alone import alone_in
from report.assembly.exchange import WORK, replacing, write
from report.proof.state.freshness import STATE_FILE

TRIES = "lo que se escribe, interrumpido o negado en cada llamada"
ROUNDS = 2  # of kills; each second one is killed again while it is put in order
EVENTS = (*("open", "os.rename", "os.mkdir", "os.remove", "os.rmdir", "shutil.rmtree"),)
REFUSALS = (errno.ENOSPC, errno.EACCES, errno.EIO, errno.EDQUOT, errno.EROFS)
OLD, NEW = b"viejo", b"nuevo"
NAMES = ("informe.pdf", "informe.html", "informe.md", "cifras.json", STATE_FILE)


@dataclass(frozen=True)
class Work:
    """``prepare`` a folder, ``do`` something in it, and say what is there (``state``), in which ``orderly``
    may have to bring order first."""

    prepare: Callable[[Path], None]
    do: Callable[[Path], None]
    orderly: Callable[[Path], None]
    state: Callable[[Path], str]


def cases(seed: str, share: float, folder: Path) -> Iterator[Case]:
    untouched()
    for name, work in WORKS.items():
        count = _count(work, folder / name)
        print(f"  {name}: {count} llamadas", flush=True)
        for number in range(count):
            random = Random(f"{seed} exchanges {name} {number}")
            if random.random() > share:
                continue
            for again in range(ROUNDS):
                yield Case(f"{name}, muerte {number}.{again}", partial(_killed, work, number, again, random))
            yield Case(f"{name}, negativa {number}", partial(_refused, work, number, random))


def _count(work: Work, folder: Path) -> int:
    """How many calls there are, seen in a process that is no more afterwards."""
    folder.mkdir()

    def prepare() -> None:
        children.settle(folder)
        work.prepare(folder)

    def do() -> None:
        children.settle(folder / "segundo")
        work.do(folder)

    (folder / "segundo").mkdir()
    _in_child(prepare, None, None)
    return _in_child(do, None, None)[1]


def _killed(work: Work, number: int, again: int, random: Random, folder: Path) -> None:
    work.prepare(folder)
    _in_child(partial(work.do, folder), number, None)
    if again:
        _in_child(partial(work.orderly, folder), random.randrange(20), None)
    work.orderly(folder)
    found = work.state(folder)
    if left := list(folder.rglob(f"{WORK}*")):
        raise FaultError(f"tras morir en la llamada {number} queda {left[0].name}")
    if found not in ("viejo", "nuevo"):
        raise FaultError(f"tras morir en la llamada {number}: {found}")
    work.do(folder)
    if (found := work.state(folder)) != "nuevo":
        raise FaultError(f"repetido tras morir en la llamada {number}: {found}")


def _refused(work: Work, number: int, random: Random, folder: Path) -> None:
    work.prepare(folder)
    why = random.choice(REFUSALS)
    told = f"negada la llamada {number} ({os.strerror(why)})"
    said = _in_child(partial(work.do, folder), number, why)[0]
    found = work.state(folder)
    if said.startswith("hecho"):  # it could do without that call
        if found != "nuevo":
            raise FaultError(
                f"dice que lo ha hecho, negada la llamada {number} ({os.strerror(why)}): {found}"
            )
    elif found not in ("viejo", "nuevo"):
        raise FaultError(f"{told}: {found}")
    elif "OSError" not in said:
        raise FaultError(f"{told}: {said}")


def _in_child(do: Callable[[], None], number: int | None, refusal: int | None) -> tuple[str, int]:
    """What it said, and how many calls it made; the ``number``-th kills it, or is refused."""
    ours, theirs = os.pipe()
    child = os.fork()
    if not child:
        made = 0

        def hook(event: str, given: tuple[Any, ...]) -> None:
            nonlocal made
            if event not in EVENTS or (event == "open" and not _is_written(given)):
                return
            made += 1
            if made - 1 != number:
                return
            if refusal is None:
                os.kill(os.getpid(), signal.SIGKILL)
            raise OSError(refusal, os.strerror(refusal))

        sys.addaudithook(hook)
        try:
            do()
            said = "hecho"
        except BaseException as error:
            said = f"{'OSError ' if isinstance(error, OSError) else ''}{type(error).__name__}: {error}"
        os.write(theirs, json.dumps((said, made)).encode())
        os._exit(0)
    os.close(theirs)
    with os.fdopen(ours) as answer:
        text = answer.read()
    os.waitpid(child, 0)
    return tuple(json.loads(text)) if text else ("muerto", 0)


def _is_written(given: tuple[Any, ...]) -> bool:
    path, _, flags = given
    return isinstance(path, str | os.PathLike) and bool(flags & (os.O_WRONLY | os.O_RDWR | os.O_CREAT))


# --- a document ------------------------------------------------------------------------------


def _document(folder: Path, content: bytes) -> None:
    build = folder / "build"
    with alone_in(build):
        work = build / f"{WORK}x"
        work.mkdir()
        with replacing(build, work) as new:
            (new / "figures").mkdir()
            write(new / "figures/a.svg", content)
            for name in NAMES:
                write(new / name, content)
        os.rmdir(work / "hecho")
        for rest in sorted(work.rglob("*"), reverse=True):
            rest.rmdir() if rest.is_dir() else rest.unlink()
        work.rmdir()


def _its_order(folder: Path) -> None:
    with alone_in(folder / "build"):
        pass


def _document_state(folder: Path) -> str:
    build = folder / "build"
    found = {name: (build / name).read_bytes() if (build / name).exists() else b"" for name in NAMES}
    found["figures"] = (build / "figures/a.svg").read_bytes() if (build / "figures/a.svg").exists() else b""
    contents = set(found.values())
    return contents.pop().decode() or "nada" if len(contents) == 1 else f"{found}"


# --- results ---------------------------------------------------------------------------------


def _store(folder: Path) -> None:
    run = read_run(REFERENCE / "memory/seed-2")
    write_run(folder / "resultados/memory/seed-1", run.record, run.arrays)


def _stored_state(folder: Path) -> str:
    """A record is there whole or not at all; what is not there is made again."""
    place = folder / "resultados/memory/seed-1"
    if not (place / "record.json").exists():
        return "viejo"
    try:
        return {1: "viejo", 2: "nuevo"}[read_run(place).record.seed]
    except Exception as error:
        # its arrays are the new ones already: it is refused, and made again
        return "viejo" if "se esperaban los datos con huella" in str(error) else f"{error}"


def _list(folder: Path) -> None:
    root = folder / "resultados"
    manifest, _ = read_results(root)
    write_manifest(root, manifest.model_copy(update={"runs": manifest.runs[:-1]}))


def _list_state(folder: Path) -> str:
    root = folder / "resultados"
    if left := [path.name for path in root.iterdir() if path.name.startswith(".") and path.is_dir()]:
        return f"{left}"
    study = read(root)
    if study is None:
        return "lo que no se lee"
    return "viejo" if meaning(study) == untouched() else "nuevo"


def _import(folder: Path) -> None:
    answer = experiments("import", "--history", folder / "h.json", "--out", folder / "mio")
    expect_told(answer, CLEAN, FAILED)
    if answer.code == FAILED:
        raise OSError(answer.err)


def _import_prepared(folder: Path) -> None:
    for losses in ([0.5, 0.4], [0.5, 0.4, 0.3]):
        (folder / "h.json").write_text(json.dumps({"val_loss": losses, "val_accuracy": losses}))
        if not (folder / "mio").exists():
            _import(folder)


def _import_state(folder: Path) -> str:
    root = folder / "mio"
    if not (root / "manifest.json").exists():
        return "viejo"  # without a list there are no results
    study = read(root)
    if study is None:
        return "lo que no se lee"
    return {2: "viejo", 3: "nuevo"}[len(study.brought[0].record.epochs)]


def _nothing(folder: Path) -> None:
    return


WORKS = {
    "documento": Work(
        partial(_document, content=OLD), partial(_document, content=NEW), _its_order, _document_state
    ),
    "ejecucion": Work(lambda folder: copied(folder / "resultados"), _store, _nothing, _stored_state),
    "lista": Work(lambda folder: copied(folder / "resultados"), _list, _nothing, _list_state),
    "importacion": Work(_import_prepared, _import, _nothing, _import_state),
}
