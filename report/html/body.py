"""Markdown that GitHub shows well -> semantic HTML.

Conventions of the source, none of which leaks as literal text on GitHub:

- a figure is ``<a id="fig-x"></a>``, one or more images, and a paragraph ``**Figura N.** ...``;
- a table is ``<a id="tab-x"></a>``, a paragraph ``**Tabla N.** ...``, and a pipe table;
- a reference is an ordinary link ``[Figura 3](#fig-x)``;
- a text in another language is ``<span lang="en">...</span>``;
- a note is ``[^name]`` with its definition ``[^name]: ...``;
- a part is a second-level heading ``## Parte A. Title``, an appendix ``## Apéndice 1. Title``;
- a section or an appendix to which something refers has ``<a id="sec-x"></a>`` before its heading, and
  a numbered section its number, ``### A.1 Title`` with a non-breaking space.

Traced numbers stand between the marks of the ledger and pass through untouched.
"""

import math
import re
from dataclasses import dataclass
from itertools import count
from xml.etree.ElementTree import Element

import markdown
from markdown.extensions.footnotes import NBSP_PLACEHOLDER
from markdown.extensions.toc import slugify, unique
from markdown.inlinepatterns import InlineProcessor
from markdown.treeprocessors import Treeprocessor

from report.errors import RenderError
from report.html.columns import TEXT_COLUMN, align, break_titles, setting
from report.html.lengths import em
from report.ledger.ledger import MARK_CLOSE, MARK_OPEN, MARKED, unmark
from report.ledger.spanish import NBSP
from report.ledger.verbatim import as_html, bare
from report.text.reflection import PLACE

_ANCHOR = r'<a id="([\w-]+)"></a>'
_FOREIGN = r'<span lang="([a-z]{2})">(.*?)</span>'
_RAW_HTML = r"(<!--.*?-->|</?[A-Za-z][^<>]*>)"
_CAPTION = re.compile(r"(Figura|Tabla)\s\d+\.\s")
_PART = re.compile(r"(Parte ([A-Z]))\. (?=\S)")
_APPENDIX = re.compile(r"(Apéndice\s\d+)\. (?=\S)")
_SECTION = re.compile(r"((?:[A-Z]\.)?\d+)\u00a0(?=\S)")
_WHOLE = re.compile(r"(\d+–\d+|«[^\s«»]+-[^\s«»]+»)")
_LEFTOVER = re.compile(r"\*\*|\[\^|\]\(|\|\s*:?-{3}")
_ALIGNMENT = {"text-align: right;": "num", "text-align: center;": "mid"}

_NAME = 34  # of a row, at most, to stay on one line
_WRAPPED_COLUMN = 60  # of a text that wraps, what stands on one line
_WHOLE_ROWS = 12  # lines of a table that a page never divides
_UNBROKEN_CODE = 24
_ONE_LINE = 40  # characters that fit any line
NEXT = 2  # columns on, in a table whose second half stands beside the first
_SHORT_END = 8  # what a paragraph ends on is no shorter; with more the line before would be stretched
_WORKS = "referencias"  # the heading of the bibliography
_SHORT = ("a", "em", "code", "strong")  # what may be the last word of a paragraph


@dataclass(frozen=True)
class TocEntry:
    """A heading: ``level`` 2 or 3, ``label`` such as «Parte A», «Apéndice 1» or «A.3», or nothing,
    ``name`` what follows it as inner text (traced numbers included), ``kind`` that of its section."""

    level: int
    id: str
    label: str
    name: str
    kind: str


@dataclass(frozen=True)
class Body:
    """A converted document: ``html`` is a ``<header>`` with the title, then one ``<section>``
    per second-level heading; a paragraph that calls notes stands in a ``<div class="noted">``
    with them."""

    html: str
    toc: list[TocEntry]


def to_html(source: str, words: str = "") -> Body:
    """Convert a document; ``words`` are the author's own, as HTML, for which a paragraph stands in it.

    Raises:
        RenderError: raw HTML, a figure or table without anchor or caption, a link to a missing
            anchor, a note without text or call, or Markdown that would be printed as such.
    """
    converter = markdown.Markdown(
        extensions=["tables", "footnotes", "fenced_code", "sane_lists"], output_format="html"
    )
    converter.preprocessors.deregister("html_block")
    converter.inlinePatterns.deregister("html")
    converter.inlinePatterns.register(_AnchorPattern(_ANCHOR, converter), "anchor", 95)
    converter.inlinePatterns.register(_ForeignPattern(_FOREIGN, converter), "foreign", 95)
    converter.inlinePatterns.register(_RawHtmlPattern(_RAW_HTML, converter), "refuse_html", 90)
    structure = _Structure(converter)
    converter.treeprocessors.register(structure, "structure", -1)  # last of all
    return Body(as_html(converter.convert(source)).replace(f"<p>{PLACE}</p>", words), structure.toc)


class _AnchorPattern(InlineProcessor):
    def handleMatch(self, m: re.Match[str], data: str) -> tuple[Element, int, int]:  # type: ignore[override]
        return Element("a", {"id": m[1]}), m.start(0), m.end(0)


class _ForeignPattern(InlineProcessor):
    def handleMatch(self, m: re.Match[str], data: str) -> tuple[Element, int, int]:  # type: ignore[override]
        span = Element("span", {"lang": m[1]})
        span.text = m[2]
        return span, m.start(0), m.end(0)


class _RawHtmlPattern(InlineProcessor):
    def handleMatch(self, m: re.Match[str], data: str) -> tuple[Element, int, int]:  # type: ignore[override]
        raise RenderError(
            f"Se esperaba Markdown sin HTML salvo anclas e idiomas, se encontró «{m[1]}»; "
            "escríbalo en Markdown."
        )


class _Structure(Treeprocessor):
    """Gives the flat tree of python-markdown the structure that the conventions stand for."""

    toc: list[TocEntry]

    def run(self, root: Element) -> None:
        _place_notes(root)
        for block in list(root.iter()):
            if block.tag in ("p", "li") and block.find("p") is None and len(_plain(block)) > _ONE_LINE:
                _tie_end(block)
        nodes = _side_by_side(_captioned(list(root)))
        self.toc = _label_headings(nodes)
        for node in nodes:
            _mark_references(node)
        _mark_long_code(root)
        for element in list(root.iter()):
            _tie_whole(element)
        for child in list(root):
            root.remove(child)
        root.extend(_sections(nodes, self.toc))
        _refuse_dead_links(root)
        _refuse_leftovers(root)


# --- notes -------------------------------------------------------------------------------


def _place_notes(root: Element) -> None:
    """Move the text of each note beside the paragraph that calls it; number them in that order."""
    texts, numbers = _texts_of_notes(root), count(1)
    for place, block in enumerate(list(root)):
        notes: list[Element] = []
        for parent in list(block.iter()):
            for index, call in enumerate(parent):
                kind, _, name = call.get("id", "").partition(":")
                if call.tag != "sup" or not kind.startswith("fnref"):
                    continue
                if name not in texts:
                    raise RenderError(
                        f"Se esperaba una sola llamada a cada nota, se encontró otra: «{name}»; quítela."
                    )
                number = str(next(numbers))
                notes.append(_note(name, number, texts.pop(name)))
                parent[index] = _tied(parent, index, _call(name, number))
                parent[index].tail = call.tail
        if notes:
            if block.tag != "p":
                raise RenderError(
                    f"Se esperaban las llamadas a notas en párrafos, no en «{_excerpt(block)}»."
                )
            root[place] = Element("div", {"class": "noted"})
            beside = Element("div", {"class": "notes"})
            beside.extend(notes)
            root[place].extend([block, beside])
    if texts:
        raise RenderError(f"Se esperaba una llamada a la nota «{', '.join(texts)}»; añádala o quite la nota.")


def _texts_of_notes(root: Element) -> dict[str, Element]:
    texts: dict[str, Element] = {}
    for block in root.findall("div[@class='footnote']"):
        root.remove(block)
        for item in block.iter("li"):
            name = item.get("id", "").removeprefix("fn:")
            if len(item) != 1 or item[0].tag != "p":
                raise RenderError(f"Se esperaba un solo párrafo en la nota «{name}»; redúzcala.")
            for paragraph in item:
                for link in paragraph.findall("a[@class='footnote-backref']"):
                    paragraph.remove(link)
            texts[name] = item[0]
    return texts


def _call(name: str, number: str) -> Element:
    call = Element("a", {"class": "call", "id": f"llamada-{name}", "href": f"#nota-{name}"})
    call.set("role", "doc-noteref")
    call.text = number
    return call


def _note(name: str, number: str, text: Element) -> Element:
    _strip_end(text)
    note = Element("aside", {"id": f"nota-{name}", "role": "doc-footnote"})
    back = Element("a", {"class": "back", "href": f"#llamada-{name}", "role": "doc-backlink"})
    back.text, back.tail = number, f" {text.text or ''}"
    note.extend([back, *text])
    return note


def _tied(parent: Element, index: int, call: Element) -> Element:
    """``call`` with the word before its place, ``parent[index]``, so that no line begins with it."""
    span = Element("span", {"class": "tied"})
    before = parent[index - 1] if index else None
    text = (parent.text if before is None else before.tail) or ""
    # What is printed between marks stays whole.
    spaces = [match.end() for match in re.finditer(" ", _masked(text))]
    start = spaces[-1] if spaces else 0
    if before is None:
        parent.text = text[:start]
    else:
        before.tail = text[:start]
    span.text = text[start:]
    span.append(call)
    return span


def _strip_end(node: Element) -> None:
    """Drop the space that python-markdown leaves before the link back."""
    if len(node):
        node[-1].tail = (node[-1].tail or "").replace(NBSP_PLACEHOLDER, "").rstrip()
    else:
        node.text = (node.text or "").replace(NBSP_PLACEHOLDER, "").rstrip()


def _tie_whole(element: Element) -> None:
    """Keep «6626–6637» and a name such as ««wgan-gp»» in one line, in what stands in ``element`` and not in
    one below it."""
    for place in range(len(element), -1, -1):
        before = element[place - 1] if place else None
        text, *rest = _WHOLE.split((element.text if before is None else before.tail) or "")
        spans = [Element("span", {"class": "tied"}) for _ in rest[::2]]
        for span, pages, after in zip(spans, rest[::2], rest[1::2], strict=True):
            span.text, span.tail = pages, after
        if before is None:
            element.text = text
        else:
            before.tail = text
        element[place:place] = spans


# --- the end of a paragraph --------------------------------------------------------------


def _tie_end(block: Element) -> None:
    """Keep the last words of a paragraph in one line, so that none of them, nor a part of it, is a line
    by itself."""
    rest = 0
    for place in range(len(block), -1, -1):
        text = (block[place - 1].tail if place else block.text) or ""
        if MARK_CLOSE in _masked(text):
            return  # what is printed there begins in an element before
        if (start := _last_words(text, rest)) is not None:
            span = Element("span", {"class": "end"})
            # The line breaks at the space that it begins with: one before it would be hyphenated early
            # where the space does not fit any more.
            span.text = " " + _unbroken(text[start + 1 :])
            for child in block[place:]:
                block.remove(child)
                child.tail = _unbroken(child.tail or "")
                span.append(child)
            if place:
                block[place - 1].tail = text[:start]
            else:
                block.text = text[:start]
            block.append(span)
            return
        if not place or block[place - 1].tag not in _SHORT:
            return
        rest += len(unmark(text)) + len(_plain(block[place - 1]))
        if block[place - 1].tag == "a" and rest >= _SHORT_END:
            return  # a link is never divided


def _last_words(text: str, rest: int) -> int | None:
    """The space before the last words of ``text`` that, with the ``rest`` characters after it, are enough
    for a line; none where there are too few of them, or too many."""
    if rest > 2 * _SHORT_END:
        return None
    for match in reversed(list(re.finditer(r" (?=\S)", _masked(text)))):
        if len(unmark(text[match.end() :])) + rest >= _SHORT_END:
            return match.start()
    return None


def _unbroken(text: str) -> str:
    """With spaces at which no line breaks; what is printed between marks stays as it is."""
    masked = _masked(text)
    return "".join(NBSP if mask == " " else character for mask, character in zip(masked, text, strict=True))


def _masked(text: str) -> str:
    """As long, without what is printed between marks."""
    return MARKED.sub(lambda match: "x" * len(match[0]), text)


# --- figures and tables ------------------------------------------------------------------


def _captioned(nodes: list[Element]) -> list[Element]:
    """Gather anchor, image and caption into figures; anchor, caption and table into tables."""
    out: list[Element] = []
    while nodes:
        node = nodes.pop(0)
        parts = list(node) if node.tag == "p" and not _own_text(node) else []
        if parts and parts[0].tag == "a" and parts[0].get("id"):
            anchor, images = parts[0].get("id", ""), parts[1:]
            if not images and nodes and not _own_text(nodes[0]) and nodes[0].find("img") is not None:
                images = list(nodes.pop(0))
            if images and all(image.tag == "img" for image in images) and _is_caption(nodes, "Figura"):
                out.append(_figure(anchor, images, nodes.pop(0)))
                continue
            if not images and _is_caption(nodes, "Tabla") and len(nodes) > 1 and nodes[1].tag == "table":
                out.append(_table(anchor, nodes.pop(0), nodes.pop(0)))
                continue
            if not images and nodes and nodes[0].tag in ("h2", "h3"):
                nodes[0].set("id", anchor)
                continue
            raise RenderError(
                f"Se esperaba una figura o una tabla con su pie tras el ancla «{anchor}», no se encontró; "
                "siga el orden ancla, imagen, «**Figura N.** …» o ancla, «**Tabla N.** …», tabla."
            )
        if node.tag == "table" or node.find(".//img") is not None or _has_anchor(node):
            raise RenderError(
                f"Se esperaban ancla y pie en cada figura y tabla, no se encontraron en «{_excerpt(node)}»; "
                "añádalos."
            )
        out.append(node)
    return out


def _has_anchor(node: Element) -> bool:
    return any(link.get("id") and not link.get("href") for link in node.iter("a"))


def _side_by_side(nodes: list[Element]) -> list[Element]:
    """Grids of images that follow each other stand in rows."""
    out: list[Element] = []
    for node in nodes:
        if node.get("class") == "grid":
            if not out or out[-1].get("class") != "grids":
                out.append(Element("div", {"class": "grids"}))
            out[-1].append(node)
        else:
            out.append(node)
    return out


def _own_text(node: Element) -> str:
    return "".join([node.text or "", *(child.tail or "" for child in node)]).strip()


def _is_caption(nodes: list[Element], kind: str) -> bool:
    match = _CAPTION.match(_plain(nodes[0])) if nodes and nodes[0].tag == "p" else None
    return match is not None and match[1] == kind and len(nodes[0]) > 0 and nodes[0][0].tag == "strong"


def _figure(anchor: str, images: list[Element], caption: Element) -> Element:
    drawn = all(image.get("src", "").endswith(".svg") for image in images)
    figure = Element("figure", {"id": anchor} if drawn else {"id": anchor, "class": "grid"})
    for image in images:
        image.tail = None
        figure.append(image)
    caption.tag = "figcaption"
    figure.append(caption)
    return figure


def _table(anchor: str, caption: Element, table: Element) -> Element:
    table.set("id", anchor)
    caption.tag = "caption"
    table.insert(0, caption)
    for cell in table.iter("th"):
        cell.set("scope", "col")
    names = _naming_columns(table)
    for row in table.iterfind("tbody/tr"):
        for cell in (row[column] for column in names):
            if _plain(cell):
                cell.tag = "th"
                cell.set("scope", "row")
        if row[0].find("strong") is not None:
            row.set("class", "selected")
    for cell in table.iter():
        if name := _ALIGNMENT.get(cell.get("style", "")):
            cell.set("class", name)
        cell.attrib.pop("style", None)
    break_titles(table)
    align(table)
    if classes := _table_classes(table):
        table.set("class", " ".join(classes))
    if "long" in classes and (first := table.find("tbody/tr")) is not None:
        first.set("data-divided", _plain(caption[0]).rstrip("."))  # for the running head overleaf
    return table


def _naming_columns(table: Element) -> list[int]:
    """Those that say what a row is: the first and, where it says the same of several rows, the text that
    stands in the second."""
    if is_side_by_side(table):
        return [0, NEXT]
    first = [_plain(row[0]) for row in table.iterfind("tbody/tr")]
    titles = table.findall("thead/tr/th")
    repeats = len(set(first)) < len(first)
    return [0, 1] if repeats and len(titles) > 2 and not _ALIGNMENT.get(titles[1].get("style", "")) else [0]


def is_side_by_side(table: Element) -> bool:
    """Whether it is a table of names and values whose second half stands beside the first."""
    titles = [_plain(cell) for cell in table.iterfind("thead/tr/th")]
    return len(titles) == 2 * NEXT and titles[:NEXT] == titles[NEXT:]


def _table_classes(table: Element) -> list[str]:
    """Those of ``setting``; ``named``: some text wraps, and the names of its rows fit on one line each;
    ``long``: may be split between pages; ``tall``: and its rows are of two lines or more, as a rule."""
    _, *rows = (list(row) for row in table.iter("tr"))
    classes, left = setting(table)
    texts = [[_plain(cell) for cell in row] for row in rows]
    names = [row[0] for row in texts]
    more = max(0.0, max(map(em, names), default=0.0) - TEXT_COLUMN)
    wraps = any(em(text) > TEXT_COLUMN for row in texts for text in row)
    fit = ["named"] if wraps and more <= left and max(map(len, names)) <= _NAME else []
    lines = sum(map(_lines, rows))
    long = (["long", "tall"] if lines >= 2 * len(rows) else ["long"]) if lines > _WHOLE_ROWS else []
    return classes + fit + long


def _lines(row: list[Element]) -> int:
    """About how many lines a row takes, where texts wrap."""
    return max((math.ceil(len(_plain(cell)) / _WRAPPED_COLUMN) for cell in row), default=1)


# --- headings, references, sections ------------------------------------------------------


def _label_headings(nodes: list[Element]) -> list[TocEntry]:
    """Give headings their ids and set their labels apart; return those of level 2 and 3."""
    toc: list[TocEntry] = []
    used, parts, kind = {node.get("id", "") for node in nodes}, 0, "summary"
    for node in nodes:
        if node.tag not in ("h1", "h2", "h3", "h4"):
            continue
        name = "".join(node.itertext())
        # A traced number in the id would change the address with the result.
        if not node.get("id"):
            node.set("id", unique(slugify(MARKED.sub("", name), "-") or "seccion", used))
        if node.tag == "h1":
            _part_title(node)
        if node.tag == "h2":
            part, appendix = _PART.match(name), _APPENDIX.match(name)
            kind = "part" if part else "appendix" if appendix else "plain" if toc else "summary"
            if part:
                parts += 1
                if ord(part[2]) - ord("A") + 1 != parts:
                    raise RenderError(
                        f"Se esperaban las partes en orden desde la A, se encontró «{part[1]}»; reordénelas."
                    )
            label = part or appendix
        else:
            label = _SECTION.match(name) if node.tag == "h3" else None
        if label:
            _split_label(node, label)
        if node.tag in ("h2", "h3"):
            name, words = (name[label.end() :], label[1]) if label else (name, "")
            toc.append(TocEntry(int(node.tag[1]), node.get("id", ""), words, bare(name), kind))
    return toc


def _part_title(title: Element) -> None:
    """What follows the colon of a title, if it is the last thing in it and fits a line, stays together."""
    last = title[-1] if len(title) else None
    text = (title.text if last is None else last.tail) or ""
    end = bare(text).rfind(": ") + 2  # what a user typed has another sign in its place
    before, after = text[:end], text[end:]
    if end > 1 and len(unmark(after)) <= _ONE_LINE:
        rest = Element("span", {"class": "rest"})
        is_open = after.endswith(MARK_CLOSE) and MARK_OPEN not in after  # what is marked began before
        rest.text, rest.tail = (after[:-1], MARK_CLOSE) if is_open else (after, "")
        if last is None:
            title.text = before
        else:
            last.tail = before
        title.append(rest)


def _split_label(heading: Element, label: re.Match[str]) -> None:
    before, name = Element("span", {"class": "label"}), Element("span", {"class": "name"})
    before.text, before.tail = label[1], " "
    name.text = (heading.text or "")[label.end() :]
    for child in list(heading):
        heading.remove(child)
        name.append(child)
    heading.text = None
    if heading.tag == "h2":
        name.set("data-bookmark", f"{label[0]}{_plain(name)}")
    heading.set("data-running", f"{label[1]} · {_plain(name)}")
    heading.extend([before, name])


def _mark_references(element: Element) -> None:
    """Class ``ref`` of what leads to a figure or a table."""
    for link in element.iter("a"):
        if link.get("href", "").startswith(("#fig-", "#tab-")):
            link.set("class", "ref")


def _mark_long_code(root: Element) -> None:
    """A digest or a path has no place to break a line: allow it anywhere."""
    for code in root.iter("code"):
        if max(map(len, _plain(code).split()), default=0) > _UNBROKEN_CODE:
            code.set("class", "long")


def _sections(nodes: list[Element], toc: list[TocEntry]) -> list[Element]:
    """A header up to the first second-level heading, then one section for each of them, of class ``works``
    that of the bibliography. Lists that are set without marks say that they are lists: some voices would no
    longer take them for any."""
    kinds = {entry.id: entry.kind for entry in toc if entry.level == 2}
    header = Element("header", {"class": "title-block"})
    blocks = [header]
    for node in nodes:
        if node.tag == "h2":
            anchor = node.get("id", "")
            name = f"{kinds[anchor]} works" if anchor == _WORKS else kinds[anchor]
            blocks.append(Element("section", {"class": name}))
        blocks[-1].append(node)
    for block in blocks:
        if block.get("class") == "summary":
            block.set("data-bookmark", _plain(block[0]))  # its heading is not printed
            _mark_summary(block)
        if "works" in block.get("class", "").split():
            for listed in block.iter("ul"):
                listed.set("role", "list")
    for paragraph in header.findall("p"):
        only_emphasis = len(paragraph) == 1 and paragraph[0].tag == "em" and not _own_text(paragraph)
        paragraph.set("class", "subtitle" if only_emphasis else "byline")
    return blocks


def _mark_summary(section: Element) -> None:
    """Class what the first page has in bold: ``facts``, a list whose items begin with a number,
    ``answers``, one whose items begin with a question, and ``notice``, a paragraph. Markdown makes one list
    of two that follow each other: they are parted."""
    for place, block in reversed(list(enumerate(section))):
        if block.tag == "p" and _begins_in_bold(block):
            block.set("class", "notice")
        elif block.tag == "ul" and all(map(_begins_in_bold, map(_without_paragraph, block))):
            lists: list[Element] = []
            for item in list(block):
                kind, name = ("answers", "answer") if _plain(item).startswith("¿") else ("facts", "meaning")
                if not lists or lists[-1].get("class") != kind:
                    lists.append(Element("ul", {"class": kind, "role": "list"}))
                _split_item(item, name)
                lists[-1].append(item)
            section[place : place + 1] = lists


def _begins_in_bold(node: Element) -> bool:
    return not (node.text or "").strip() and len(node) > 0 and node[0].tag == "strong"


def _without_paragraph(item: Element) -> Element:
    """Markdown puts a list item into a paragraph where an empty line stands between items."""
    if len(item) and item[0].tag == "p":
        paragraph = item[0]
        item.remove(paragraph)
        item.text = paragraph.text
        item.extend(list(paragraph))
    return item


def _split_item(item: Element, name: str) -> None:
    """Put what follows the first element of a list item into a span of its own."""
    first, *others = list(item)
    rest = Element("span", {"class": name})
    rest.text, first.tail = (first.tail or "").lstrip(), " "
    for other in others:
        item.remove(other)
        rest.append(other)
    item.append(rest)


# --- refusals ----------------------------------------------------------------------------


def _refuse_dead_links(root: Element) -> None:
    ids = [node.get("id", "") for node in root.iter() if node.get("id")]
    if repeated := sorted({name for name in ids if ids.count(name) > 1}):
        raise RenderError(f"Se esperaban anclas únicas, se repite «{repeated[0]}»; cámbiele el nombre.")
    for link in root.iter("a"):
        target = link.get("href", "")
        if target.startswith("#") and target[1:] not in ids:
            raise RenderError(
                f"Se esperaba el ancla «{target[1:]}» del enlace «{_excerpt(link)}», no existe; corríjalo."
            )


def _refuse_leftovers(root: Element) -> None:
    """Markdown that python-markdown did not understand would be printed as it stands."""
    for node in root.iter():
        texts = [node.tail or ""] if node.tag in ("code", "pre") else [node.text or "", node.tail or ""]
        for text in texts:
            if match := _LEFTOVER.search(text):
                around = text[max(0, match.start() - 20) : match.end() + 20]
                raise RenderError(
                    f"Se esperaba Markdown correcto, se encontró «{match[0]}» suelto en «{around}»; ciérrelo."
                )


def _plain(node: Element) -> str:
    return unmark("".join(node.itertext())).strip()


def _excerpt(node: Element) -> str:
    image = node.find(".//img")
    return (_plain(node) or (image.get("alt") if image is not None else None) or node.tag)[:60]
