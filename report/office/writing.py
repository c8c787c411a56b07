"""The document as a file for those who go on writing it; on disk only once it is whole."""

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from experiments.records.files import write_atomically
from report.assembly.making import NAME, created_at, replace_folder, title
from report.office import latex, word
from report.office.pandoc import read_markdown, write
from report.office.pictures import Picture, Suffix, draw_all
from report.office.structure import Structure, structured
from report.office.tree import Node, attributes, changed, element
from report.paths import TEMPLATES
from report.settings import Settings
from report.study.study import Study
from report.text.document import Document, compose

TEX_FIGURES = "figures-tex"


@dataclass(frozen=True)
class _Source:
    """What both formats are made from; ``work`` is an empty folder."""

    document: Document
    version: list[int]  # of pandoc's trees
    structure: Structure
    notice: list[Node]
    contents: str
    metadata: dict[str, Any]
    created: datetime
    work: Path


def write_docx(study: Study, settings: Settings, folder: Path, pandoc: Path) -> Path:
    """``informe.docx`` in ``folder``.

    Raises:
        RenderError: it cannot be made; the previous one stays.
    """
    with _source(study, settings, folder, pandoc) as source:
        pictures = draw_all(source.document.drawings, source.work, ".png")
        blocks = word.blocks_for_word(source.structure, source.notice, source.contents)
        reference = source.work / "reference.docx"
        reference.write_bytes(word.reference_docx())
        options = ("--template", str(word.TEMPLATE), "--reference-doc", str(reference))
        tree = _tree(source.version, source.metadata, _illustrated(blocks, pictures, ""))
        content = write(pandoc, tree, "docx", source.work, source.created, *options)
    path = folder / f"{NAME}.docx"
    write_atomically(path, content)
    return path


def write_tex(study: Study, settings: Settings, folder: Path, pandoc: Path) -> Path:
    """``informe.tex`` in ``folder``, and beside it the folder of its figures.

    Raises:
        RenderError: it cannot be made; the previous one stays.
    """
    with _source(study, settings, folder, pandoc) as source:
        figures = source.work / TEX_FIGURES
        figures.mkdir()
        pictures = draw_all(source.document.drawings, figures, ".pdf")
        blocks = latex.blocks_for_latex(source.structure)
        more = latex.metadata(source.structure, source.notice, source.contents)
        tree = _tree(source.version, source.metadata | more, _illustrated(blocks, pictures, f"{TEX_FIGURES}/"))
        options = ("--template", str(latex.TEMPLATE), "--wrap", "preserve")
        content = write(pandoc, tree, "latex", source.work, source.created, *options)
        replace_folder(figures, folder / TEX_FIGURES)
    path = folder / f"{NAME}.tex"
    write_atomically(path, content)
    return path


@contextmanager
def _source(study: Study, settings: Settings, folder: Path, pandoc: Path) -> Iterator[_Source]:
    document = compose(study, settings)
    labels = _words()
    notice = labels.notice((folder / f"{NAME}.pdf").as_posix())
    tree = read_markdown(pandoc, document.markdown)
    structure = structured(tree)
    metadata = {
        "title": element("MetaInlines", structure.title),
        "lang": element("MetaString", "es"),
        "pagetitle": element("MetaString", title(document, settings)),
    }
    if settings.author:
        metadata["author"] = element("MetaList", [element("MetaString", settings.author)])
    said = read_markdown(pandoc, notice)["blocks"][0]["c"]
    with tempfile.TemporaryDirectory(dir=folder, prefix=".obra-") as name:
        created = created_at(study, settings)
        version = tree["pandoc-api-version"]
        yield _Source(document, version, structure, said, labels.contents, metadata, created, Path(name))


def _words() -> Any:
    """What the templates say besides the document itself."""
    loader = FileSystemLoader(TEMPLATES / "office")
    environment = Environment(loader=loader, undefined=StrictUndefined, autoescape=False)
    return environment.get_template("words.j2").module


def _tree(version: list[int], metadata: dict[str, Any], blocks: list[Node]) -> dict[str, Any]:
    return {"pandoc-api-version": version, "meta": metadata, "blocks": blocks}


def _illustrated(blocks: list[Node], pictures: dict[str, Picture], folder: str) -> list[Node]:
    """With the pictures in the place of the drawings of the same name."""

    def show(node: Node) -> Node:
        if node["t"] != "Image":
            return node
        _, alt, (source, tooltip) = node["c"]
        picture = pictures[Path(source).name]
        width = attributes(width=f"{picture.width_mm:.1f}mm")
        return element("Image", width, alt, [f"{folder}{picture.name}", tooltip])

    found: list[Node] = changed(blocks, show)
    return found
