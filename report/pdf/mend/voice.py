"""What a voice needs beyond the text that is printed: words for signs, words that a line divides whole,
spaces where one line ends and the next begins, and a full stop between a label and a name («Apéndice 1.
Redes»).

WeasyPrint gives each line a tag of its own. In it each sign that a voice would say wrong becomes an element
whose expansion (``E``, ISO 32000-1, 14.9.5, which is there for speech) has the words; nothing that copies or
searches text looks at it. The hyphen of a divided word is one whose actual text (14.9.4) is a soft hyphen.
Where words are parted by nothing but the end of a line, or the room beside a label, a space is written
(14.8.2.5).
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import groupby, pairwise
from typing import Any

import pydyf
from weasyprint.formatting_structure.boxes import LineBox, TextBox

from report.html.aloud import pieces, spoken
from report.ledger.spanish import NBSP
from report.pdf.mend.tree import Tree

_SOFT_HYPHEN = "\u00ad"
_VERBATIM = ("code", "pre")
_OF_BLOCKS = ("li", "h2", "h3")
_TOKEN = re.compile(rb"<([0-9a-f]*)>|([-\d.e]+)")
_DIGITS = 4  # of a glyph
_BESIDE = 2  # characters beside a line that decide how a sign in it is said: a space, and what it parts


@dataclass(frozen=True)
class Line:
    """What is printed with one mark: whether its end is the hyphen of a ``divided`` word, whether a space is
    ``due`` after it, whether a voice reads it as it stands, and whether it ``pauses`` after it; ``before``
    and ``after``, what ends and begins beside it in the same block."""

    text: str
    divided: bool
    due: bool
    verbatim: bool
    pauses: bool
    before: str
    after: str


def note_texts(pdf: Any, page: str, page_box: Any, tags: Mapping[Any, Any]) -> None:
    """Keep with ``pdf`` what is written in each marked content of a page, before WeasyPrint forgets it."""
    boxes = [(box, tag["mcid"]) for box, tag in tags.items() if isinstance(box, TextBox)]
    divided = {
        box
        for (box, _), (following, _) in pairwise(boxes)
        if box.text.endswith("-") and _joins(box, following)
    }
    due, beside = set(_followed(page_box)), _beside(page_box)
    kept = pdf.__dict__.setdefault("texts", {})
    for box, mcid in boxes:
        is_verbatim = box.element_tag in _VERBATIM
        kept[page, mcid] = Line(
            text=box.text,
            divided=box in divided and not is_verbatim,
            due=box in due,
            verbatim=is_verbatim,
            pauses=box.element is not None and "label" in box.element.get("class", "").split(),
            before=beside.get(box, ("", ""))[0],
            after=beside.get(box, ("", ""))[1],
        )
    _go_on(pdf, kept, page, page_box, dict(boxes))


def _go_on(pdf: Any, kept: dict[Any, Line], page: str, page_box: Any, marks: Mapping[Any, int]) -> None:
    """The same of what one page ends with and the next, this one, begins with. A block that a page divides
    has the same element on both."""
    begun = pdf.__dict__.get("begun", {})
    first: dict[Any, Any] = {}
    last: dict[Any, Any] = {}
    for block in page_box.descendants():
        for line in getattr(block, "children", ()):
            if isinstance(line, LineBox) and block.element is not None:
                for box in (box for box in line.descendants() if box in marks and box.text.strip()):
                    first.setdefault(block.element, box)
                    last[block.element] = box
    for element, following in first.items():
        key, box = begun.get(element, (None, None))
        if key is None or kept[key].verbatim:
            continue
        if not _joins(box, following):
            here = page, marks[following]
            before, after = f"{box.text} "[-_BESIDE:], f" {following.text}"[:_BESIDE]
            kept[key], kept[here] = (
                replace(kept[key], due=True, after=after),
                replace(kept[here], before=before),
            )
        elif box.text.endswith("-"):
            kept[key] = replace(kept[key], divided=True)
    pdf.begun = {element: ((page, marks[box]), box) for element, box in last.items()}


def _beside(page_box: Any) -> dict[Any, tuple[str, str]]:
    """What ends before each text of a block and what begins after it, the spaces between lines included."""
    found = {}
    for block in page_box.descendants():
        whole, places = "", []
        last = None
        for line in (child for child in getattr(block, "children", ()) if isinstance(child, LineBox)):
            texts = [box for box in line.descendants() if isinstance(box, TextBox)]
            if last is not None and texts and not _joins(last, texts[0]):
                whole += " "
            for box in texts:
                places.append((box, len(whole), len(whole) + len(box.text)))
                whole += box.text
            last = texts[-1] if texts else last
        for box, start, end in places:
            found[box] = whole[max(start - _BESIDE, 0) : start], whole[end : end + _BESIDE]
    return found


def _joins(box: Any, following: Any) -> bool:
    """Whether the last word of ``box``, without its hyphen, and the first that follows are one: «a» and «la»
    are not, though «escala» has both. A word that is all that a box has may go on in a third."""
    begins, goes_on = box.text.removesuffix("-").split(), following.text.split()
    if box.element is None or not begins or not goes_on:
        return False
    before = r"(?<!\w)" if len(begins) > 1 or box.text[0].isspace() else ""
    after = r"(?!\w)" if len(goes_on) > 1 or following.text[-1].isspace() else ""
    word = before + re.escape(begins[-1] + goes_on[0]) + after
    return re.search(word, "".join(box.element.itertext())) is not None


def _followed(page_box: Any) -> Iterator[Any]:
    """The texts after which nothing is printed, but something stands in the text, or would if lines were not
    divided: a space. Also in an item or a heading whose parts are set as blocks."""
    for block in page_box.descendants():
        lines = [child for child in getattr(block, "children", ()) if isinstance(child, LineBox)]
        if block.element_tag in _OF_BLOCKS:
            lines = [box for box in block.descendants() if isinstance(box, LineBox)]
        texts = [[box for box in line.descendants() if isinstance(box, TextBox)] for line in lines]
        for line in texts:
            yield from (one for one, other in pairwise(line) if one.text.strip() and not other.text.strip())
        printed = [[box for box in line if box.text.strip()] for line in texts]
        for line, following in pairwise(filter(None, printed)):
            if not _joins(line[-1], following[0]):
                yield line[-1]


def give_words(document: Any, pdf: Any, tree: Tree) -> None:
    """To each line of text and each figure."""
    lines = {}
    for element in tree.reachable():
        if element["S"] == "/TOCI":  # its number stands outside all lines
            inside = [(each["Pg"], kid) for each in tree.below(element) for kid in each["K"]]
            for key in [key for key in inside if key in pdf.texts and pdf.texts[key].text.strip()][:-1]:
                pdf.texts[key] = replace(pdf.texts[key], due=True)
        if element["S"] == "/Figure" and "Alt" in element:
            element["Alt"] = pydyf.String(spoken(element["Alt"].string))
        kids = element["K"]
        if len(kids) == 1 and (element["Pg"], kids[0]) in pdf.texts:
            lines[element["Pg"], kids[0]] = element
    fonts = {f"/{font.hash}".encode(): font for font in document.fonts.values()}
    by_key = dict(zip(tree.parents[::2], tree.parents[1::2], strict=True))
    for reference, page in tree.pages.items():
        stream = pdf.objects[int(page["Contents"].split()[0])]
        marks = by_key.get(page.get("StructParents"))
        writer = _Writer(pdf, tree, fonts, marks)
        stream.stream = list(writer.page(stream.stream, reference, lines))


@dataclass(frozen=True)
class _Glyph:
    code: str
    text: str


@dataclass(frozen=True)
class _Writer:
    """``fonts`` by the names that they have in a page; ``marks``: of each mark of it, its element."""

    pdf: Any
    tree: Tree
    fonts: Mapping[bytes, Any]
    marks: Any

    def page(self, items: list[Any], reference: str, lines: Mapping[Any, Any]) -> Iterator[Any]:
        place = 0
        while place < len(items):
            item = items[place + 1] if place + 1 < len(items) else None
            key = (reference, item.get("MCID")) if isinstance(item, dict) else None
            if key not in self.pdf.texts:
                yield items[place]
                place += 1
                continue
            end = items.index(b"EMC", place)
            yield from self.line(items[place : end + 1], self.pdf.texts[key], lines.get(key))
            place = end + 1

    def line(self, items: list[Any], line: Line, element: Any) -> list[Any]:
        """``items``: tag, properties and ``BDC``, what is drawn, ``EMC``."""
        shown = [i for i, item in enumerate(items) if isinstance(item, bytes) and item.endswith(b"] TJ")]
        if not shown:
            return items
        first, last = shown[0], shown[-1]
        while (
            first > 0 and isinstance(items[first - 1], bytes) and items[first - 1].endswith((b" Tf", b" Ts"))
        ):
            first -= 1
        tokens = list(self.tokens(items[first : last + 1]))
        drawn = "".join(token.text for token in tokens if isinstance(token, _Glyph))
        if line.due and not drawn.endswith((" ", NBSP)) and (space := self.space(tokens)):
            tokens.append(space)
            drawn += " "
        told = _told(line, len(drawn))
        if element is None or told is None:
            return [*items[:first], *_written(tokens), *items[last + 1 :]]
        if _plain(drawn) != _plain(line.text):  # glyphs and characters are not one to one: all of it at once
            _tell(element, spoken(line.text), line.text[:-1] + _SOFT_HYPHEN if line.divided else "")
            return [*items[:first], *_written(tokens), *items[last + 1 :]]
        return [*items[3:first], *self.parted(items[:3], tokens, told, element), *items[last + 1 : -1]]

    def tokens(self, items: Iterable[bytes]) -> Iterator[Any]:
        """Glyphs, what moves them (numbers), and operators."""
        font = None
        for item in items:
            if item.endswith(b" Tf"):
                font = self.fonts[item.split()[0]]
            if not item.endswith(b"] TJ"):
                yield item
                continue
            for match in _TOKEN.finditer(item[1:-4]):
                if match[2]:
                    yield float(match[2])
                    continue
                codes = match[1].decode()
                for start in range(0, len(codes), _DIGITS):
                    code = codes[start : start + _DIGITS]
                    yield _Glyph(code, font.to_unicode.get(int(code, 16), "") if font else "")

    def space(self, tokens: list[Any]) -> _Glyph | None:
        """Of the font that was used last, if it has been written anywhere."""
        names = [token.split()[0] for token in tokens if isinstance(token, bytes) and token.endswith(b" Tf")]
        known = self.fonts[names[-1]].to_unicode.items() if names else ()
        return next((_Glyph(f"{code:04x}", " ") for code, text in known if text in (" ", NBSP)), None)

    def parted(
        self, begin: list[Any], tokens: list[Any], told: list[tuple[int, str, str]], element: Any
    ) -> Iterator[Any]:
        """Each piece with a mark of its own, the first of which that of the line."""
        mark = begin[1]["MCID"]
        kids: list[Any] = []
        for number, (_, expansion, actual), part in _divided(tokens, told):
            if number:
                mark = len(self.marks)
                self.marks.append("null")
            if expansion or actual:
                kids.append(self.child(element, mark, expansion, actual))
            else:
                kids.append(mark)
                self.marks[mark] = element.reference
            yield from (begin[0], pydyf.Dictionary({"MCID": mark}), b"BDC", *_written(part), b"EMC")
        element["K"] = pydyf.Array(kids)

    def child(self, element: Any, mark: int, expansion: str, actual: str) -> Any:
        child = pydyf.Dictionary(
            {"Type": "/StructElem", "S": "/Span", "P": element.reference, "Pg": element["Pg"]}
            | {"K": pydyf.Array([mark])}
        )
        _tell(child, expansion, actual)
        self.pdf.add_object(child)
        self.tree.elements[child.reference] = child
        self.tree.objects[child.reference] = child
        self.marks[mark] = child.reference
        return child.reference


def _told(line: Line, drawn: int) -> list[tuple[int, str, str]] | None:
    """Where each piece of a line ends, of which so much is ``drawn``, and its expansion and actual text; None
    where all is said as it stands."""
    found, end = [], 0
    text = line.text.removesuffix("-") if line.divided else line.text
    for printed, words in pieces(text, line.before, line.after):
        end += len(printed)
        if printed:
            found.append((end, words if words.strip() else "", ""))
    if line.pauses and text.strip():
        found = [(end, f"{spoken(text).strip()}.", "")]
    if line.divided:
        found.append((end + 1, "", _SOFT_HYPHEN))
    if drawn > len(line.text):
        found.append((drawn, "", ""))
    is_told = not line.verbatim and any(expansion or actual for _, expansion, actual in found)
    return found if is_told else None


def _plain(text: str) -> str:
    return text.replace(NBSP, " ").rstrip()


def _tell(element: Any, expansion: str, actual: str) -> None:
    told = {"E": expansion, "ActualText": actual}
    element.update({key: pydyf.String(text) for key, text in told.items() if text})


def _divided(
    tokens: list[Any], told: list[tuple[int, str, str]]
) -> Iterator[tuple[int, tuple[int, str, str], list[Any]]]:
    """The tokens of each piece; what stands between two glyphs goes with the second if it is an operator."""
    written, number = 0, 0
    parts: list[list[Any]] = [[] for _ in told]
    for token in tokens:
        if isinstance(token, _Glyph):
            while number < len(told) - 1 and written >= told[number][0]:
                number += 1
            written += len(token.text)
        elif isinstance(token, bytes) and number < len(told) - 1 and written >= told[number][0]:
            number += 1
        parts[number].append(token)
    for number, (piece, part) in enumerate(zip(told, parts, strict=True)):
        yield number, piece, part


def _written(tokens: Iterable[Any]) -> Iterator[bytes]:
    """As WeasyPrint writes them."""
    for is_operator, group in groupby(tokens, key=lambda token: isinstance(token, bytes)):
        if is_operator:
            yield from group
            continue
        shown = b""
        for is_glyph, run in groupby(group, key=lambda token: isinstance(token, _Glyph)):
            if is_glyph:
                shown += b"<" + "".join(glyph.code for glyph in run).encode() + b">"
            else:
                shown += b" ".join(f"{number:g}".encode() for number in run)
        yield b"[" + shown + b"] TJ"
