"""What an author brings, read, checked against itself and kept as a set of results."""

import datetime
import re
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from experiments.brought.gan_training import read_gan
from experiments.brought.given import Said, Trainings
from experiments.brought.lstm_training import read_lstm
from experiments.brought.refusals import refusal
from experiments.brought.seeds import refuse_unlike
from experiments.brought.unused import refuse_unused
from experiments.records.base import Run
from experiments.records.brought import Brought, BroughtRecord
from experiments.records.results import MANIFEST_FILE, Manifest, write_manifest
from experiments.records.storage import write_brought, write_run
from experiments.validation import shown

JUDGE = "judge"  # its folder, in every set of results


@dataclass(frozen=True)
class Imported:
    """``judge``: the run that read the images, if one did. ``notices``: Spanish sentences."""

    brought: tuple[Brought, ...]
    judge: Run | None
    notices: tuple[str, ...]


def read_all(trainings: Trainings, said: Said, judge: Run | None, on: datetime.date) -> Imported:
    """The trainings of both parts; the ``judge`` reads images like those that it learnt from.

    Raises:
        BroughtError: a file that cannot be used, two that contradict each other, or what is said of one
            that is not given.
    """
    refuse_unused(trainings, said)
    found = [read_lstm(seed, given, said, on) for seed, given in trainings.lstm.items()]
    found += [read_gan(seed, given, said, judge, on) for seed, given in trainings.gan.items()]
    refuse_unlike([each.brought for each in found])
    return Imported(
        tuple(replace(each.brought, record=as_printed(each.brought.record)) for each in found),
        judge if any(each.judged for each in found) else None,
        tuple(dict.fromkeys(notice for each in found for notice in each.notices)),
    )


# What would be more than a letter in the text of a document: signs of Markdown and HTML, and letters that
# its faces may not have.
_UNPRINTED = re.compile(r"[|*<>\[\]`\\\\&]|^_|_$|[^\u0020-\u024f\u2010-\u2026]")


def as_printed(record: BroughtRecord) -> BroughtRecord:
    """With the names of files and of what is in them as a document can print them; digests, not names, say
    which files they are."""
    return record.model_copy(
        update={
            "files": tuple(each.model_copy(update={"name": plain(each.name)}) for each in record.files),
            "names": tuple(
                each.model_copy(update={"file": plain(each.file), "name": plain(each.name)})
                for each in record.names
            ),
            "title": plain(record.title),
        }
    )


def plain(text: str) -> str:
    return _UNPRINTED.sub("·", text)


def write_all(imported: Imported, out: Path) -> None:
    """Keep it in ``out``: all of it, or nothing. What was imported there before is replaced.

    Raises:
        BroughtError: ``out`` has something else.
    """
    _expect_free(out)
    place = out.resolve()  # a name with which it can be moved, whatever «out» is to the user
    place.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=f".{place.name}.", dir=place.parent) as folder:
        new, old = Path(folder) / "new", Path(folder) / "old"
        for brought in imported.brought:
            write_brought(new / brought.name, brought.record, brought.arrays)
        judge = imported.judge
        if judge is not None:
            write_run(new / judge.name, judge.record, judge.arrays)
        write_manifest(new, _manifest(imported.brought, judge))
        try:
            if place.exists():
                place.rename(old)
            new.rename(place)
        except BaseException:  # an interruption between both as well
            if old.exists() and not place.exists():
                old.rename(place)
            raise


def _manifest(brought: Sequence[Brought], judge: Run | None) -> Manifest:
    return Manifest(
        profile=judge.record.profile if judge else None,
        runs=(judge.name,) if judge else (),
        brought=tuple(each.name for each in brought),
    )


def _expect_free(out: Path) -> None:
    expected = "una carpeta nueva, o una de lo importado antes"
    if out.exists() and not out.is_dir():
        raise refusal(out, expected, "un fichero", "elija otro --out")
    if out.is_dir() and (others := _others(out)):
        raise refusal(out, expected, f"una con «{shown(others[0])}»", "elija otro --out")


def _others(out: Path) -> list[str]:
    """The names of what is in ``out`` and was not imported, which would be lost."""
    try:
        manifest = Manifest.model_validate_json((out / MANIFEST_FILE).read_text(encoding="utf-8"))
        imported = {name.partition("/")[0] for name in manifest.brought}
    except (OSError, ValueError):
        imported = set()
    known = imported | {MANIFEST_FILE, JUDGE} if imported else set()
    return sorted(path.name for path in out.iterdir() if path.name not in known)
