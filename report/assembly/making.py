"""A document, composed, drawn and typeset; on disk only once it is whole."""

import datetime
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from report.assembly.exchange import replacing, write
from report.assembly.workshop import Workshop
from report.html.body import to_html
from report.html.origins import with_origins
from report.html.page import Meta, page
from report.html.screen.whole import Companions, self_contained
from report.ledger.ledger import unmark
from report.pdf.layout import Attachment
from report.proof.carried.packing import FINDINGS_FILE, LEDGER_FILE, WrittenBy, pack, program_json
from report.proof.carried.placement import labels_of_drawings, pages_of_labels, pages_of_numbers, parse
from report.proof.state.freshness import (
    STATE_FILE,
    Digests,
    Drawings,
    State,
    data_digest,
    outputs,
    reusable_drawings,
)
from report.settings import AUTO, Settings
from report.study.consistency import refuse_stale
from report.study.study import Study
from report.text.contents import with_contents
from report.text.document import Document, compose
from report.text.untraced import refuse_untraced_labels

NAME = "informe"
COMPANIONS = Companions(f"{NAME}.pdf", LEDGER_FILE, FINDINGS_FILE)


@dataclass(frozen=True)
class Made:
    """A document in memory; its figures lie in the workshop."""

    document: Document
    html: str
    pdf: bytes
    attached: list[Attachment]


@dataclass(frozen=True)
class Written:
    """What was made, where it lies, and how long each phase took in seconds."""

    document: Document
    paths: tuple[Path, ...]
    phases: dict[str, float]


def write_document(
    study: Study, settings: Settings, folder: Path, inputs: Digests, workshop: Workshop
) -> Written:
    """Make the whole document in ``workshop``, then move it into ``folder``, which nobody else may
    write to: until then the previous one stays as it is. ``inputs`` are noted, so that the next call
    can tell whether anything has changed.

    Raises:
        RenderError: it cannot be made, or it or the author's own words contradict the results.
        RecordError: the results are of other code.
    """
    clock = Clock()
    made = make_document(
        study,
        settings,
        workshop,
        reusable=reusable_drawings(folder, inputs),
        meanwhile=lambda: refuse_false(study, settings),
        proofread=lambda document: refuse_contradicting(document, study),
        lap=clock.lap,
    )
    document = made.document
    files = {
        f"{NAME}.md": with_contents(document.markdown).encode(),
        f"{NAME}.html": made.html.encode(),
        f"{NAME}.pdf": made.pdf,
        **{item.name: item.content for item in made.attached if item.name in (FINDINGS_FILE, LEDGER_FILE)},
    }
    figures = {f"figures/{path.name}": path.read_bytes() for path in sorted(workshop.figures.iterdir())}
    drawings = {file: data_digest(data) for file, data in document.drawings.items()}
    state = State(inputs, outputs(files | figures), drawings)
    with replacing(folder, workshop.folder) as new:
        workshop.figures.rename(new / "figures")
        for file, content in files.items():
            write(new / file, content)
        write(new / STATE_FILE, state.to_json())
    paths = tuple(folder / f"{NAME}.{suffix}" for suffix in ("pdf", "html", "md"))
    return Written(document, paths, clock.laps)


def refuse_false(study: Study, settings: Settings) -> None:
    """
    Raises:
        RecordError: the results are of other code.
        RenderError: the author's own words contradict the results.
    """
    refuse_stale(study.runs, study.again)
    if settings.reflection:
        from report.audit.words import (
            refuse_contradictions,
        )  # only here, because few documents have such words

        refuse_contradictions(settings.reflection, study)


def refuse_contradicting(document: Document, study: Study) -> None:
    """
    Raises:
        RenderError: the audit finds what the text says denied by the results.
    """
    from report.audit.own_document import refuse_contradictions  # only here, while others are at work

    refuse_contradictions(f"{NAME}.md", with_contents(document.markdown), study)


def make_document(
    study: Study,
    settings: Settings,
    workshop: Workshop,
    *,
    reusable: Drawings | None = None,
    written_by: WrittenBy | None = None,
    meanwhile: Callable[[], object] = lambda: None,
    proofread: Callable[[Document], object] = lambda document: None,
    lap: Callable[[str], None] = lambda phase: None,
) -> Made:
    """Write, draw and typeset. ``reusable`` figures are not drawn again; ``written_by`` is what is said of
    the program instead of this one; ``meanwhile`` is called once the others are at work,
    and ``proofread`` while the pages are laid out, when this process has nothing else to do; ``lap`` is told
    the phases as they end.

    Three processes share the work: this one writes while another draws what the text has reached, and
    makes the page for the screen while the third lays out.

    Raises:
        RenderError: it cannot be made.
    """
    earlier = reusable or {}

    def draw(file: str, data: Any) -> None:
        workshop.draw(file, data, earlier.get((file, data_digest(data))) if earlier else None)

    document = compose(study, settings, draw, written_by["ficheros"] if written_by else None)
    created = created_at(study, settings)
    body, meta = (
        to_html(document.marked, document.own_html),
        Meta(title(document, settings), settings.author, created, settings.fonts),
    )
    whole = page(body, meta, is_brief=settings.is_brief)
    workshop.typeset(unmark(whole), created)
    lap("texto")
    meanwhile()
    for file, labels in workshop.drawn().items():
        refuse_untraced_labels(labels, document.ledger, file)
    lap("figuras")
    html = with_origins(
        self_contained(body, meta, workshop.folder, COMPANIONS, settings.decimal), document.ledger
    )
    tree = parse(whole)
    lap("HTML")
    proofread(document)
    laid_out = workshop.laid_out()
    pages = pages_of_labels(
        document.ledger,
        pages_of_numbers(tree, laid_out.pieces),
        labels_of_drawings(tree, laid_out.pieces, workshop.folder),
    )
    attached = pack(study, settings, document, pages, written_by or program_json(laid_out.native_libraries))
    workshop.attach(attached)
    lap("páginas")
    pdf = workshop.printed()
    lap("PDF")
    return Made(document, html, pdf, attached)


def title(document: Document, settings: Settings) -> str:
    """That of the settings or, where they leave it open, that of the text."""
    return document.title if settings.title == AUTO else settings.title


def created_at(study: Study, settings: Settings) -> datetime.datetime:
    """Midnight of the document's date: never the clock, so that a rebuild is identical."""
    day = study.dated_on if settings.date == AUTO else settings.date
    return datetime.datetime.combine(day, datetime.time(), datetime.UTC)


class Clock:
    """Seconds of each phase."""

    def __init__(self) -> None:
        self.laps: dict[str, float] = {}
        self.last = time.perf_counter()

    def lap(self, name: str) -> None:
        now = time.perf_counter()
        self.laps[name] = now - self.last
        self.last = now
