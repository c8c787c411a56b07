"""A document on disk: composed, drawn and typeset, and only then put in its place."""

import datetime
import shutil
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from experiments.records import write_atomically
from report.background import in_background
from report.document import Document, compose
from report.embed import FINDINGS, LEDGER, pack
from report.freshness import STATE_FILE, Digests, State, outputs, reusable_drawings
from report.page import Meta, page, self_contained
from report.pdf import Attachment, Piece, load_weasyprint, to_pdf
from report.placement import drawn, pages_of_labels, pages_of_numbers
from report.results import Study
from report.settings import Settings
from report.trace import with_origins, without_marks

NAME = "informe"


@dataclass(frozen=True)
class Built:
    """What was made, and how long each phase took in seconds."""

    document: Document
    paths: tuple[Path, ...]
    phases: dict[str, float]


def build(study: Study, settings: Settings, folder: Path, inputs: Digests) -> Built:
    """Make the whole document in a folder of its own, then move it into ``folder``: until then
    the previous one stays as it is. ``inputs`` are noted, so that the next call can tell
    whether anything has changed.

    Raises:
        RenderError: it cannot be made.
    """
    clock = Clock()
    document = compose(study, settings)
    clock.lap("texto")
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=folder, prefix=".obra-") as name:
        work = Path(name)
        whole = page(document.body, meta(settings, created_at(study, settings)))

        def for_the_screen() -> Iterator[str]:
            draw_figures(document, work / "figures", folder / "figures", reusable_drawings(folder, inputs))
            yield "figures"
            yield with_origins(self_contained(whole, work), document.ledger)

        with in_background(for_the_screen()) as ready:
            load_weasyprint(work)
            next(ready)
            clock.lap("figuras")
            pdf, attached = typeset(whole, document, study, settings, work)
            clock.lap("PDF")
            html = next(ready)
            clock.lap("HTML")
        files = {
            f"{NAME}.md": document.markdown.encode(),
            f"{NAME}.html": html.encode(),
            f"{NAME}.pdf": pdf,
            **{item.name: item.content for item in attached if item.name in (FINDINGS, LEDGER)},
        }
        (folder / STATE_FILE).unlink(missing_ok=True)  # from here on, the old document is no more
        replace_folder(work / "figures", folder / "figures")
        for file, content in files.items():
            write_atomically(folder / file, content)
    paths = tuple(folder / f"{NAME}.{suffix}" for suffix in ("pdf", "html", "md"))
    made = [folder / file for file in files] + sorted((folder / "figures").iterdir())
    drawings = {file: drawing.data_digest for file, drawing in document.figures.items()}
    state = State(inputs, outputs(made, folder), drawings)
    write_atomically(folder / STATE_FILE, state.to_json())
    return Built(document, paths, clock.laps)


def typeset(
    whole: str,
    document: Document,
    study: Study,
    settings: Settings,
    work: Path,
    system: dict[str, str] | None = None,
) -> tuple[bytes, list[Attachment]]:
    """The PDF of a marked page whose figures lie under ``work``, and the data that it carries;
    ``system`` as in ``pack``."""
    attached: list[Attachment] = []

    def attach(pieces: list[Piece]) -> list[Attachment]:
        pages = pages_of_labels(document.ledger, pages_of_numbers(whole, pieces), drawn(whole, pieces, work))
        attached.extend(pack(study, settings, document, pages, system))
        return attached

    created = created_at(study, settings)
    return to_pdf(without_marks(whole), base=work, created=created, attachments=attach), attached


def draw_figures(document: Document, new: Path, old: Path, reusable: Digests) -> None:
    """Draw each figure into ``new``, or take it from ``old`` if its data are the same."""
    new.mkdir()
    for name, drawing in document.figures.items():
        if reusable.get(name) == drawing.data_digest:
            shutil.copyfile(old / name, new / name)
        else:
            (new / name).write_bytes(drawing.draw())


def meta(settings: Settings, created: datetime.datetime) -> Meta:
    return Meta(
        title=settings.title,
        author=settings.author,
        course=settings.course,
        institution=settings.institution,
        date="",
        created=created,
    )


def created_at(study: Study, settings: Settings) -> datetime.datetime:
    """Midnight of the document's date: never the clock, so that a rebuild is identical."""
    newest = max(run.record.finished_on for run in study.runs)
    day = newest if settings.date == "auto" else settings.date
    return datetime.datetime.combine(day, datetime.time(), datetime.UTC)


def replace_folder(new: Path, old: Path) -> None:
    """Put ``new`` where ``old`` is."""
    aside = new.with_name("old-figures")
    if old.exists():
        old.rename(aside)
    new.rename(old)
    shutil.rmtree(aside, ignore_errors=True)


class Clock:
    """Seconds of each phase."""

    def __init__(self) -> None:
        self.laps: dict[str, float] = {}
        self.last = time.perf_counter()

    def lap(self, name: str) -> None:
        now = time.perf_counter()
        self.laps[name] = now - self.last
        self.last = now
