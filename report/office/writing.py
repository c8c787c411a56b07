"""The document as a file for those who go on writing it; on disk only once it is whole."""

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from report.assembly.alone import alone_in
from report.assembly.exchange import WORK, replacing, write
from report.assembly.making import NAME, created_at, refuse_false
from report.office.pandoc import convert, default_reference
from report.office.pictures import Suffix, draw_all
from report.office.source import source
from report.office.word import reference
from report.paths import TEMPLATES
from report.settings import Settings
from report.sheet import MARGIN_BOTTOM_MM, MARGIN_LEFT_MM, MARGIN_RIGHT_MM, MARGIN_TOP_MM
from report.study.study import Study
from report.text.document import compose

_FILTERS = Path(__file__).parent
_LATEX = (
    f"--lua-filter={_FILTERS / 'latex.lua'}",
    f"--include-in-header={TEMPLATES / 'office' / 'preamble.tex'}",
    "--number-sections",
    "--variable=fontsize=11pt",
    "--variable=papersize=a4",
    f"--variable=geometry=left={MARGIN_LEFT_MM}mm,right={MARGIN_RIGHT_MM}mm",
    f"--variable=geometry=top={MARGIN_TOP_MM}mm,bottom={MARGIN_BOTTOM_MM}mm",
    "--variable=colorlinks=true",
    *(f"--variable={kind}=[HTML]{{0B4F7A}}" for kind in ("linkcolor", "urlcolor")),
)


def write_docx(study: Study, settings: Settings, folder: Path, pandoc: Path) -> Path:
    """``informe.docx`` in ``folder``.

    Raises:
        RenderError: it cannot be made; the previous one stays.
        RecordError: the results are of other code.
    """
    with _drawn(study, settings, folder, ".png") as (figures, html):
        styles = figures / "reference.docx"
        styles.write_bytes(reference(default_reference(pandoc)))
        options = (f"--lua-filter={_FILTERS / 'word.lua'}", f"--reference-doc={styles}")
        content = convert(pandoc, html, "docx", figures.parent, created_at(study, settings), *options)
        with replacing(folder, figures.parent) as new:
            write(new / f"{NAME}.docx", content)
    return folder / f"{NAME}.docx"


def write_tex(study: Study, settings: Settings, folder: Path, pandoc: Path) -> Path:
    """``informe.tex`` in ``folder``, and beside it the folder of its figures.

    Raises:
        RenderError: it cannot be made; the previous one stays.
        RecordError: the results are of other code.
    """
    with _drawn(study, settings, folder, ".pdf") as (figures, html):
        content = convert(pandoc, html, "latex", figures.parent, created_at(study, settings), *_LATEX)
        with replacing(folder, figures.parent) as new:
            figures.rename(new / figures.name)
            write(new / f"{NAME}.tex", content)
    return folder / f"{NAME}.tex"


@contextmanager
def _drawn(study: Study, settings: Settings, folder: Path, suffix: Suffix) -> Iterator[tuple[Path, str]]:
    """The folder of the figures, which is not in its place yet, and the source with them."""
    refuse_false(study, settings)
    document = compose(study, settings)
    with alone_in(folder), tempfile.TemporaryDirectory(dir=folder, prefix=WORK) as name:
        figures = Path(name) / "figures-tex"
        figures.mkdir()
        pictures = draw_all(document.drawings, figures, suffix)
        yield figures, source(document.marked, pictures, folder / f"{NAME}.pdf", document.own_html)
