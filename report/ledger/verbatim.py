"""Text that is data: what a user typed or a file says, printed as it is.

Nothing in it may be taken for markup, for a number that nobody traced or for the label of a figure. So it
passes through the document with each sign and digit as a private-use character, one for one, which no
stage knows; where the document leaves as HTML, as Markdown or as plain text, they become what they were,
escaped as it must be there.
"""

import html
import re
import unicodedata

from report import fonts
from report.errors import RenderError

UNPRINTABLE = ("Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp")  # categories of characters
JOINERS = "\u200c\u200d"  # which some scripts write with

_FIRST = 0xE100
_SIGNS = [chr(code) for code in range(0x21, 0x7F) if not chr(code).isalpha()]
_SHIELD = {ord(sign): chr(_FIRST + ord(sign)) for sign in _SIGNS}
_BARE = {_FIRST + ord(sign): sign for sign in _SIGNS}
_HTML = {code: html.escape(sign) for code, sign in _BARE.items()}
# What Markdown reads as markup anywhere in a line.
_MARKDOWN = {code: f"\\{sign}" if sign in "\\`*_[]<&|~$#" else sign for code, sign in _BARE.items()}

_SHIELDED = f"[{chr(_FIRST + 0x21)}-{chr(_FIRST + 0x7E)}]"
_IN_A_WORD = rf"(?:[^\W_]|[{chr(_FIRST + ord('0'))}-{chr(_FIRST + ord('9'))}])"
_UNDERSCORE = re.compile(
    rf"(?<={_IN_A_WORD}){chr(_FIRST + ord('_'))}(?={_IN_A_WORD})"
)  # which is a letter there
_LINE = re.compile(r".+")
_CODE = re.compile(r"`([^`\n]*)`")
_START = re.compile(rf"^( *(?:[-*>] )?)({_SHIELDED}+)", re.M)
_OPENS_A_BLOCK = re.compile(r"[-+=>]|\d{1,9}[.)]$")
_SPACE = re.compile(r"[ \t\r\n]+")
_TICKS = re.compile(r"`+")


def one_line(text: str) -> str:
    """``text`` as it is printed: on one line, with one space where it has several or breaks, and a letter
    and its accent as one character."""
    return unicodedata.normalize("NFC", _SPACE.sub(" ", text).strip())


def unprintable(text: str) -> str | None:
    """The first character that is none to be seen nor a break of the line, named."""
    wrong = (c for c in _SPACE.sub(" ", text) if unicodedata.category(c) in UNPRINTABLE and c not in JOINERS)
    found = next(wrong, None)
    return None if found is None else f"el carácter {_code(found)}, que no se imprime"


def unknown(text: str, more: str = "") -> str | None:
    """The first letter that the fonts of the document lack, named; they have ``more``."""
    if fonts.COMMON.fullmatch(text):
        return None
    found = next((char for char in text if not (ord(char) in fonts.characters() or char in more)), None)
    return None if found is None else f"«{found}» ({_code(found)}), que no está en las fuentes del documento"


def refuse_unprintable(text: str, origin: str, more: str = "") -> None:
    """``more`` are letters that the fonts have besides.

    Raises:
        RenderError: naming the first character of a text from ``origin`` that cannot be printed.
    """
    if found := unprintable(text) or unknown(one_line(text), more):
        raise RenderError(
            f"{origin}: se esperaba un texto que se pueda imprimir, se encontró {found}; cámbielo."
        )


def shield(text: str) -> str:
    """``text`` as data on its way through the document."""
    return text.translate(_SHIELD)


def bare(text: str) -> str:
    """As the user typed it."""
    return text.translate(_BARE)


def as_html(page: str) -> str:
    """Of HTML, inside elements and inside attributes."""
    return page.translate(_HTML)


def as_markdown(document: str) -> str:
    """Of Markdown, which escapes what it would read as markup, and inside code nothing."""
    if not re.search(_SHIELDED, document):
        return document
    text = _START.sub(_started, _LINE.sub(_code_spans, document))
    return _UNDERSCORE.sub("_", text).translate(_MARKDOWN)


def _started(match: re.Match[str]) -> str:
    """What would open a list or a quotation or underline a title, where it stands first in a block."""
    before, signs = match.groups()
    opening = _OPENS_A_BLOCK.match(bare(signs))
    if not opening:
        return match[0]
    return f"{before}{opening[0][:-1]}\\{opening[0][-1]}{signs[opening.end() :]}"


def _code_spans(line: re.Match[str]) -> str:
    """A line with what is data in its code as it is: nothing is escaped there, but the mark of a cell."""
    in_table = line[0].startswith("|")

    def span(match: re.Match[str]) -> str:
        if not re.search(_SHIELDED, match[1]):
            return match[0]
        text = bare(match[1])
        longest = max(map(len, _TICKS.findall(text)), default=0)
        fence, space = "`" * (longest + 1), " " if longest else ""
        text = f"{fence}{space}{text}{space}{fence}"
        return text.replace("|", "\\|") if in_table else text

    return _CODE.sub(span, line[0])


def _code(char: str) -> str:
    return f"U+{ord(char):04X}"
