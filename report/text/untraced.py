"""The law of numbers: no digit reaches the reader that nobody traced."""

import re
from pathlib import Path

from report.errors import RenderError
from report.ledger.ledger import MARKED, Ledger
from report.ledger.spanish import NBSP
from report.paths import TEMPLATES
from report.text.numbering import without_labels

SUFFIX = ".md.j2"

_OUTSIDE = re.compile(r"\{\{.*?\}\}|\{%.*?%\}|\{#.*?#\}", re.S)
_DIGIT = re.compile(r"\d")
_HEADING = re.compile(r"^#+ (.+)$", re.M)
# A part of a number is another number: «0.9» does not vouch for «0.95», nor «1» for «1,5» or «1 500».
_NUMBER_STARTS, _NUMBER_ENDS = rf"(?<!\d)(?<!\d[.,{NBSP}])", rf"(?![.,{NBSP}]?\d)"


def refuse_untraced(text: str) -> None:
    """Every digit of a text must stand between the ledger's marks; labels of figures and tables have
    their numbers later.

    Raises:
        RenderError: with the place of the first one and how many there are.
    """
    bare = without_labels(MARKED.sub("", text))
    found = list(_DIGIT.finditer(bare))
    if found:
        first = found[0]
        headings = [match[1] for match in _HEADING.finditer(bare, 0, first.end())]
        around = _around(bare, first.start())
        raise RenderError(
            f"Se esperaban solo cifras trazadas, se encontraron {len(found)} sin origen; la primera, en "
            f"«{headings[-1] if headings else ''}»: «…{around}…»; tómela de los resultados."
        )


def _around(text: str, place: int) -> str:
    """A little of the line that ``place`` is in."""
    start, end = text.rfind("\n", 0, place) + 1, text.find("\n", place)
    line = text[start:] if end < 0 else text[start:end]
    return line[max(0, place - start - 30) : place - start + 21].strip()


def refuse_untraced_labels(labels: list[str], ledger: Ledger, place: str) -> None:
    """The same for the texts inside a figure, which carry no marks: each of their numbers must
    be one that the ledger has printed. A name of the data may be cut for want of room.

    Raises:
        RenderError: naming the figure and the text.
    """
    printed = {text for entry in ledger.entries for text in entry.printed if _DIGIT.search(text)}
    known = "|".join(re.escape(text) for text in sorted(printed, key=len, reverse=True)) or r"\Z\A"
    pattern = re.compile(f"{_NUMBER_STARTS}(?:{known}){_NUMBER_ENDS}")
    names = [
        text for entry in ledger.entries if entry.number.quantity.style == "text" for text in entry.printed
    ]
    for label in labels:
        is_cut_name = label.endswith("…") and any(name.startswith(label[:-1]) for name in names)
        if not is_cut_name and _DIGIT.search(pattern.sub("", label)):
            raise RenderError(
                f"{place}: se esperaban solo cifras trazadas, se encontró «{label}»; "
                "tómela de los resultados."
            )


def check_templates(folder: Path = TEMPLATES) -> None:
    """No digit outside Jinja expressions.

    Raises:
        RenderError: naming the file and the line.
    """
    for path in sorted(folder.rglob(f"*{SUFFIX}")):
        source = path.read_text(encoding="utf-8")
        blanked = _OUTSIDE.sub(lambda match: re.sub(r"[^\n]", " ", match[0]), source)
        for number, line in enumerate(blanked.splitlines(), start=1):
            if found := _DIGIT.search(line):
                raise RenderError(
                    f"{path.name}, línea {number}: se esperaban solo cifras trazadas, se encontró "
                    f"«{found[0]}» escrito a mano; use un valor de los resultados."
                )
