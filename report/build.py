"""A document on disk: composed, drawn and typeset, and only then put in its place."""

import datetime
import shutil
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from experiments.records import write_atomically
from report.document import Document, outline, write
from report.embed import FINDINGS, LEDGER, pack
from report.freshness import STATE_FILE, Digests, Drawings, State, data_digest, outputs, reusable_drawings
from report.page import Meta, page, self_contained
from report.pdf import Attachment
from report.placement import labels_of_drawings, pages_of_labels, pages_of_numbers, parse
from report.results import Study, refuse_stale
from report.settings import Settings
from report.trace import refuse_untraced, refuse_untraced_labels, with_origins, without_marks
from report.workshop import Workshop

NAME = "informe"


@dataclass(frozen=True)
class Made:
    """A document in memory; its figures lie in the workshop."""

    document: Document
    html: str
    pdf: bytes
    attached: list[Attachment]


@dataclass(frozen=True)
class Built:
    """What was made, and how long each phase took in seconds."""

    document: Document
    paths: tuple[Path, ...]
    phases: dict[str, float]


def build(study: Study, settings: Settings, folder: Path, inputs: Digests, workshop: Workshop) -> Built:
    """Make the whole document in ``workshop``, then move it into ``folder``: until then the
    previous one stays as it is. ``inputs`` are noted, so that the next call can tell whether
    anything has changed.

    Raises:
        RenderError: it cannot be made.
        RecordError: the results are of other code.
    """
    clock = Clock()
    reusable = reusable_drawings(folder, inputs)
    made = make(
        study,
        settings,
        workshop,
        reusable=reusable,
        meanwhile=lambda: refuse_stale(study.runs),
        lap=clock.lap,
    )
    document = made.document
    files = {
        f"{NAME}.md": document.markdown.encode(),
        f"{NAME}.html": made.html.encode(),
        f"{NAME}.pdf": made.pdf,
        **{item.name: item.content for item in made.attached if item.name in (FINDINGS, LEDGER)},
    }
    (folder / STATE_FILE).unlink(missing_ok=True)  # from here on, the old document is no more
    replace_folder(workshop.folder / "figures", folder / "figures")
    for file, content in files.items():
        write_atomically(folder / file, content)
    paths = tuple(folder / f"{NAME}.{suffix}" for suffix in ("pdf", "html", "md"))
    written = [folder / file for file in files] + sorted((folder / "figures").iterdir())
    drawings = {file: data_digest(given) for file, given in document.figures.items()}
    state = State(inputs, outputs(written, folder), drawings)
    write_atomically(folder / STATE_FILE, state.to_json())
    return Built(document, paths, clock.laps)


def make(
    study: Study,
    settings: Settings,
    workshop: Workshop,
    *,
    reusable: Drawings | None = None,
    system: dict[str, str] | None = None,
    meanwhile: Callable[[], object] = lambda: None,
    lap: Callable[[str], None] = lambda phase: None,
) -> Made:
    """Write, draw and typeset. ``reusable`` figures are not drawn again; ``system`` replaces the
    versions of this machine's native libraries; ``meanwhile`` is called once the press is at work;
    ``lap`` is told the phases as they end.

    Three processes share the work: this one writes while another draws, and checks the text and
    makes the page for the screen while the press lays out.

    Raises:
        RenderError: it cannot be made.
    """
    work, press, created = workshop.folder, workshop.press, created_at(study, settings)
    draft = outline(study, settings)
    workshop.drawing.send((draft.figures, reusable or {}))
    document = write(draft)
    whole = page(document.body, meta(settings, created))
    press.send((without_marks(whole), created))
    lap("texto")
    labels = workshop.drawing.receive()
    press.send("figures")
    meanwhile()
    refuse_untraced(document.body.html)
    for name, texts in labels.items():
        refuse_untraced_labels(texts, document.ledger, name)
    lap("figuras")
    html = with_origins(self_contained(whole, work), document.ledger)
    tree = parse(whole)
    lap("HTML")
    pieces, native = press.receive()
    pages = pages_of_labels(
        document.ledger, pages_of_numbers(tree, pieces), labels_of_drawings(tree, pieces, work)
    )
    attached = pack(study, settings, document, pages, native if system is None else system)
    press.send(attached)
    lap("páginas")
    pdf = press.receive()
    lap("PDF")
    return Made(document, html, pdf, attached)


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
