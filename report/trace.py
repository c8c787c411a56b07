"""Where the printed numbers come from: refuses a digit that nobody traced, and writes the
origin of each number into the HTML.

Figure and table numbers are structural: they are recognised by where they stand (the label of
a caption, the text of a reference), never by what they look like.
"""

import html
import json
import re
from dataclasses import dataclass, field
from html.parser import HTMLParser

from report.errors import RenderError
from report.numbers import MARK_CLOSE, MARK_OPEN, MARKED, Ledger, unmark
from report.spanish import NBSP

_DIGIT = re.compile(r"\d")
_TEXT_ATTRIBUTES = ("alt", "aria-label", "title")
_REFERENCE = re.compile(r"#(fig|tab|fn|nota)-")
_TAG = re.compile(r"<[^>]*>")
_LABEL = re.compile(r"(Figura|Tabla)\s\d+\.?")
# A part of a number is another number: «0.9» does not vouch for «0.95», nor «1» for «1,5» or «1 500».
_NUMBER_STARTS, _NUMBER_ENDS = rf"(?<!\d)(?<!\d[.,{NBSP}])", rf"(?![.,{NBSP}]?\d)"


@dataclass
class _Untraced(HTMLParser):
    """Collects the digits outside marks, each with the heading that it stands under."""

    found: list[str] = field(default_factory=list)
    heading: str = ""
    marked: bool = False

    def __post_init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.path: list[tuple[str, dict[str, str | None]]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        attributes = dict(attrs)
        for name in _TEXT_ATTRIBUTES:
            self._check(attributes.get(name) or "", f"atributo {name}")
        if tag not in ("img", "br", "hr", "col", "meta"):
            self.path.append((tag, attributes))

    def handle_endtag(self, tag: str) -> None:
        while self.path and self.path.pop()[0] != tag:
            pass

    def handle_data(self, data: str) -> None:
        tags = [tag for tag, _ in self.path]
        if tags and tags[-1] in ("h1", "h2", "h3"):
            self.heading = unmark(data)
        if not self._structural(data):
            self._check(data, "texto")

    def _structural(self, data: str) -> bool:
        """The label of a caption, or the text of a reference to one."""
        if not _LABEL.fullmatch(data.strip()):
            return False
        tag, attributes = self.path[-1] if self.path else ("", {})
        inside = {name for name, _ in self.path}
        is_label = tag == "strong" and bool(inside & {"figcaption", "caption"})
        return is_label or (tag == "a" and bool(_REFERENCE.match(attributes.get("href") or "")))

    def _outside_marks(self, text: str) -> str:
        """``text`` without what is marked; a mark may hold emphasis and so span several texts."""
        kept = []
        for character in text:
            if character == MARK_OPEN:
                self.marked = True
            elif character == MARK_CLOSE:
                self.marked = False
            elif not self.marked:
                kept.append(character)
        return "".join(kept)

    def _check(self, text: str, where: str) -> None:
        bare = self._outside_marks(text)
        for match in _DIGIT.finditer(bare):
            around = bare[max(0, match.start() - 30) : match.end() + 20]
            self.found.append(f"«{self.heading}», {where}: «…{around.strip()}…»")


def refuse_untraced(body: str) -> None:
    """Every digit of the document must stand between the ledger's marks.

    Raises:
        RenderError: with the place of the first one and how many there are.
    """
    parser = _Untraced()
    parser.feed(body)
    parser.close()
    if parser.found:
        raise RenderError(
            f"Se esperaban solo cifras trazadas, se encontraron {len(parser.found)} sin origen; la primera, "
            f"en {parser.found[0]}; tómela de los resultados."
        )


def refuse_untraced_labels(labels: list[str], ledger: Ledger, place: str) -> None:
    """The same for the texts inside a figure, which carry no marks: each of their numbers must
    be one that the ledger has printed.

    Raises:
        RenderError: naming the figure and the text.
    """
    printed = {text for entry in ledger.entries for text in entry.printed if _DIGIT.search(text)}
    known = "|".join(re.escape(text) for text in sorted(printed, key=len, reverse=True)) or r"\Z\A"
    pattern = re.compile(f"{_NUMBER_STARTS}(?:{known}){_NUMBER_ENDS}")
    for label in labels:
        if _DIGIT.search(pattern.sub("", label)):
            raise RenderError(
                f"{place}: se esperaban solo cifras trazadas, se encontró «{label}»; "
                "tómela de los resultados."
            )


def without_marks(page: str) -> str:
    """The page as it is read."""
    return unmark(page)


def with_origins(page: str, ledger: Ledger) -> str:
    """The page with each traced number in a ``<span>`` that carries its origin and value;
    inside attributes, which cannot, the number alone."""
    plain_tags = _TAG.sub(lambda match: unmark(match[0]), page)
    return MARKED.sub(lambda match: _span(match, ledger), plain_tags)


def _span(match: re.Match[str], ledger: Ledger) -> str:
    number = ledger.entries[int(match[1])].number
    origin = html.escape(number.origin, quote=True)
    value = json.dumps(number.value, ensure_ascii=False, allow_nan=False, default=str)
    value = html.escape(value, quote=True)
    return f'<span class="n" data-origen="{origin}" data-valor="{value}">{match[2]}</span>'
