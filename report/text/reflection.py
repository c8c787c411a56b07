"""The author's own words on their way into the document: which Markdown they may be written in, and how
they get past the law of numbers.

Nobody traces the numbers of a person. So that exactly these words, and nothing else, may say any, the
templates never hold them: they write one private-use character in their place, and the words follow once
every digit around it is known to be traced.
"""

import re
import unicodedata
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from xml.etree.ElementTree import Element

import markdown
from markdown.treeprocessors import Treeprocessor

from report.errors import RenderError
from report.settings import Reflection

PLACE = "\ue007"

MAY = "se esperaban texto, énfasis, listas, títulos desde «###», código dentro de la línea y enlaces"
# What is refused on its line, by its name; code says nothing of this.
REFUSED = {
    "código en bloque": re.compile(r"^\s*(?:```|~~~)"),
    "un título de primer o segundo nivel": re.compile(r"^ {0,3}(?:#{1,2}(?!#)|(?:=+|-+)\s*$)"),
    "un título vacío": re.compile(r"^ {0,3}#+[\s#]*$"),
    "una línea horizontal": re.compile(r"^\s*([-_*])(?:\s*\1){2,}\s*$"),
    "una cita en bloque": re.compile(r"^\s*>"),
    "una tabla": re.compile(r"^(?=.*\|)(?=.*-)[\s|:-]+$"),
    "una imagen": re.compile(r"!\["),
    "una nota": re.compile(r"\[\^"),
    "un enlace que no es de http ni https": re.compile(r"\]\((?!https?://)|^\s*\[[^\]]+\]:"),
    "HTML": re.compile(r"<(?!https?://)[A-Za-z/!?]|&(?:#\w+|\w+);"),
}
UNPRINTABLE = ("Cc", "Cs", "Co", "Zl", "Zp")  # categories of characters
_CODE = re.compile(r"(?<!`)(`+)(?!`).*?(?<!`)\1(?!`)")
_HEADING = re.compile(r" {0,3}#{3,}\s*(.*?)[\s#]*")
_ITEM = re.compile(r"([-*+]|\d{1,9}[.)])(\s+)(?=\S)")
_BREAKS_OFF = re.compile(r"[-*+]|1[.)]")  # before such an item a paragraph needs no empty line
# What a tree of such words has, and what is printed as it stands where it was not understood.
TAGS = {"div", "p", "em", "strong", "ul", "ol", "li", "code", "a", "br", "h3", "h4", "h5", "h6"}
_LEFTOVER = re.compile(r"\*\*|\]\(|\|\s*:?-{3}")
INDENT = 4 * " "


@dataclass
class Block:
    """A paragraph, an item or a heading: the ``line`` on which it begins, from 1, and its Markdown as
    the document's converter understands it, on one line but for breaks that are meant."""

    line: int
    text: str
    follows: bool = False  # the item before, without an empty line


def words_of(reflection: Reflection, under: str) -> str:
    """What the document has in the place of the words, in a section whose heading begins with the signs
    ``under``: their own headings come one level below.

    Raises:
        RenderError: with the line of the first thing that may not stand in such words.
    """
    lines = reflection.text.split("\n")
    for number, line in enumerate(lines, start=1):
        if what := refused_in(line):
            raise _refusal(reflection, number, what)
    blocks = read_blocks(lines, f"{under}#")
    if misunderstood(blocks):
        first = bisect_left(range(len(blocks)), True, key=lambda n: bool(misunderstood(blocks[: n + 1])))
        raise _refusal(reflection, blocks[first].line, misunderstood(blocks[: first + 1]))
    return written(blocks)


def _refusal(reflection: Reflection, line: int, what: str) -> RenderError:
    return RenderError(f"{reflection.file}, línea {line}: {MAY}, se encontró {what}; quítelo.")


def refused_in(line: str) -> str:
    """The name of what no author may write on ``line``; empty if there is nothing of the kind."""
    for char in line:
        if unicodedata.category(char) in UNPRINTABLE and char != "\t":
            return f"el carácter U+{ord(char):04X}, que no se imprime"
    bare = _CODE.sub("", line)
    return next((what for what, pattern in REFUSED.items() if pattern.search(bare)), "")


# --- as the document's converter understands it ------------------------------------------


def read_blocks(lines: Sequence[str], heading: str) -> list[Block]:
    """``lines`` as most people and programs read them: a list may follow a paragraph at once, «1)»
    begins an item too, and what is nested stands two columns to the right, or three."""
    blocks: list[Block] = []
    columns: list[int] = []  # at which the texts of the items begin that are open
    is_open = False  # the last block goes on
    for number, line in enumerate(lines, start=1):
        text = line.expandtabs(4).lstrip()
        if not text.strip():
            is_open = False
            continue
        indent = len(line.expandtabs(4)) - len(text)
        if title := _HEADING.fullmatch(line):
            columns, is_open = [], False
            blocks.append(Block(number, f"{heading} {title[1]}"))
            continue
        item = _ITEM.match(text)
        if item and (columns or not is_open or _BREAKS_OFF.fullmatch(item[1])):
            columns = [column for column in columns if column <= indent]
            follows = is_open and bool(blocks) and _is_item(blocks[-1])
            text = f"{item[1].replace(')', '.')} {text[item.end() :]}"
            if indent - (columns[-1] if columns else 0) < len(INDENT):
                text = len(columns) * INDENT + text
                columns.append(indent + item.end())
            else:
                text = (len(columns) + 1) * INDENT + text  # code, which is refused
            blocks.append(Block(number, text, follows))
            is_open = True
        elif is_open:
            joint = "\n" if blocks[-1].text.endswith("  ") else " "
            blocks[-1].text += joint + text
        else:
            columns = [column for column in columns if column <= indent]
            is_code = indent - (columns[-1] if columns else 0) >= len(INDENT)
            blocks.append(Block(number, (len(columns) + is_code) * INDENT + text))
            is_open = True
    return blocks


def _is_item(block: Block) -> bool:
    return _ITEM.match(block.text.lstrip()) is not None


def written(blocks: Sequence[Block]) -> str:
    return "".join(("\n" if block.follows else "\n\n") + block.text.rstrip() for block in blocks).lstrip("\n")


class _Kept(Treeprocessor):
    """The tree of a text, before it is written out."""

    root: Element

    def run(self, root: Element) -> None:
        self.root = root


def misunderstood(blocks: Sequence[Block]) -> str:
    """What of the text is no text of an author once it is converted as the document is; empty if all of
    it is."""
    converter = markdown.Markdown(extensions=["tables", "footnotes", "fenced_code", "sane_lists"])
    kept = _Kept(converter)
    converter.treeprocessors.register(kept, "kept", -1)  # last of all
    converter.convert(written(blocks))
    for node in kept.root.iter():
        if node.tag not in TAGS:
            return f"<{node.tag}>"
        texts = [node.tail or ""] if node.tag == "code" else [node.text or "", node.tail or ""]
        for text in texts:
            if left := _LEFTOVER.search(text):
                return f"«{left[0]}» sin cerrar"
    return ""
