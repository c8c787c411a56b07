"""What a voice says wrong or not at all, and the words for it.

Heard in eSpeak's Spanish, and read in NVDA's own table of signs: three decimals after a point are taken for
thousands («0.016», «cero mil dieciséis»), groups of thousands for numbers of their own («30 000», «treinta
cero cero cero»), and «<», «±», «≥», brackets and dashes are passed over; units of time are spelled («58 s»),
and so are «ln» and, by many voices, «2.ª». Any other number of decimals is read as it stands, and stays as it
stands: a braille display shows the words too.

What is printed stays: on the screen it is hidden from voices and the words from the eyes, in the PDF its tag
has the words as their expansion (``report.pdf.mend.voice``).
"""

import html
import re
from collections.abc import Callable, Iterator
from functools import cache

from jinja2 import Environment, FileSystemLoader

from report.ledger.ledger import MARK_CLOSE, MARK_MIDDLE, MARK_OPEN
from report.ledger.spanish import MINUS, NBSP, Gender, ordinal
from report.paths import TEMPLATES

Wrap = Callable[[str, str], str]  # what is printed, as HTML, and the words for it, none if it is passed over

_PIECE = re.compile(r"<(code|pre)\b.*?</\1>|<[^>]*>|[^<]+", re.S)
_ALTERNATIVE = re.compile(r'\balt="([^"]*)"')

_ONE = re.compile(rf"(?<![\d.,])1{MARK_CLOSE}?{NBSP}\Z")
_GENDERS: dict[str, Gender] = {"ª": "f", "º": "m"}

_MARK = f"{MARK_OPEN}[0-9]+{MARK_MIDDLE}"
_END = rf"(?:{_MARK})?[{MINUS}+]?\d[\d.,{NBSP}]*(?:{NBSP}%)?{MARK_CLOSE}?"
_TOLD = re.compile(
    rf"(?P<pause>(?<=[\w%{MARK_CLOSE}]\s)|(?<=\A\s))?\[(?P<low>{_END});(?P<gap>\s)(?P<high>{_END})\]"
    rf"(?P<goes_on>(?=\s[\w«{MARK_OPEN}]))?"
    rf"|(?<![\w.,])(?P<sign>[{MINUS}+]?)"
    rf"(?:(?P<whole>\d{{1,3}}(?:{NBSP}\d{{3}})+)(?:(?P<point>[.,])(?P<decimals>\d+))?"
    r"|(?P<units>\d+)(?P<comma>[.,])(?P<three>\d{3}))(?!\w|[.,]\d)"
    rf"|(?<=[\d{MARK_CLOSE}]{NBSP})(?P<unit>h|min|s)(?!\w)"
    r"|(?<![\w.,])(?P<place>[1-9]|10)\.(?P<gender>[ªº])(?!\w)"
    rf"|(?<!\w)(?P<logarithm>ln)(?=\s[\d{MARK_OPEN}])"
    rf"|(?P<other>(?<![^\s({MARK_MIDDLE}])&[lg]t;(?=[\s\d])"  # not those of an address
    rf"|[≤≥≈≠±×→▶]|{MINUS}(?=[\s\d])|(?<=\d)\^(?=[{MINUS}\d])|(?<=[\d{MARK_CLOSE}])[·–](?=[\w{MARK_OPEN}])|(?:^|(?<=,\s))—(?=,|$))"
)


def aloud(text: str, wrap: Wrap) -> str:
    """HTML, marks of the ledger included, with what a voice needs words for as ``wrap`` writes it;
    alternative texts, which nobody sees, get the words alone. Code is left as it is."""

    def piece(match: re.Match[str]) -> str:
        if match[1]:
            return match[0]
        if match[0].startswith("<"):
            return _ALTERNATIVE.sub(lambda found: f'alt="{_told(found[1], _words_alone)}"', match[0])
        return _told(match[0], wrap)

    return _PIECE.sub(piece, text)


def spoken(text: str) -> str:
    """A text as a voice is to say it."""
    return html.unescape(_told(html.escape(text, quote=False), _words_alone))


def pieces(text: str, before: str = "", after: str = "") -> Iterator[tuple[str, str]]:
    """A text in pieces, each with the words that a voice is to say instead, none where it may say it.
    ``before`` and ``after``: what stands beside it, if it is a line or a part of one."""
    parts = [html.escape(part, quote=False) for part in (before, text, after)]
    end, limit = len(parts[0]), len(parts[0] + parts[1])
    whole = "".join(parts)
    for match in _within(whole, end, limit):
        yield html.unescape(whole[end : match.start()]), ""
        yield html.unescape(match[0]), html.unescape(_say(match, _words_alone))
        end = match.end()
    yield html.unescape(whole[end:limit]), ""


def _within(text: str, place: int, limit: int) -> Iterator[re.Match[str]]:
    """What is told between two places of ``text``, by what stands there and beside it."""
    while (match := _TOLD.search(text, place)) and match.start() < limit:
        if match.end() > limit:
            cut = _TOLD.match(text[:limit], match.start())
            if not cut:
                place = match.start() + 1
                continue
            match = cut
        yield match
        place = match.end()


def _words_alone(printed: str, words: str) -> str:
    return words


def _told(text: str, wrap: Wrap) -> str:
    return _TOLD.sub(lambda match: _say(match, wrap), text)


def _say(match: re.Match[str], wrap: Wrap) -> str:
    signs, interval, units, logarithm = _vocabulary()
    if match["unit"]:
        one, several = units[match["unit"]]
        return wrap(match[0], one if _ONE.search(match.string, 0, match.start()) else several)
    if match["place"]:
        return wrap(match[0], ordinal(int(match["place"]), _GENDERS[match["gender"]]))
    if match["logarithm"]:
        return wrap(match[0], logarithm)
    if match["low"]:
        low, high = (_told(match[name], wrap) for name in ("low", "high"))
        before, after = ("" if match[name] is None else "," for name in ("pause", "goes_on"))
        begin = wrap("[", f"{before}{NBSP * len(before)}{interval['opens']}{NBSP}")
        middle = wrap(";", f"{NBSP}{interval['middle']}")
        return f"{begin}{low}{middle}{match['gap']}{high}{wrap(']', after)}"
    if match["other"]:
        return wrap(match[0], _apart(match, signs[html.unescape(match[0])]))
    whole = (match["whole"] or match["units"]).replace(NBSP, "")
    point, decimals = match["point"] or match["comma"], match["decimals"] or match["three"]
    words = [signs[match["sign"]]] if match["sign"] else []
    words += [whole, signs[point], decimals] if point else [whole]
    return wrap(match[0], " ".join(words))


def _apart(match: re.Match[str], words: str) -> str:
    """``words`` with a space where what stands beside the sign has none."""
    before, after = match.string[: match.start()][-1:], match.string[match.end() :][:1]
    is_joined, goes_on = _is_joined(before, MARK_MIDDLE), _is_joined(after, MARK_CLOSE)
    return f"{NBSP * is_joined}{words}{NBSP * goes_on}"


def _is_joined(neighbour: str, mark: str) -> bool:
    """Not where the mark of the number that it is begins or ends, which what stands beside it does not."""
    return neighbour != "" and not neighbour.isspace() and neighbour not in f"{mark},"


@cache
def _vocabulary() -> tuple[dict[str, str], dict[str, str], dict[str, tuple[str, str]], str]:
    exported = Environment(loader=FileSystemLoader(TEMPLATES)).get_template("aloud.j2").module.__dict__
    return exported["signs"], exported["interval"], exported["units"], exported["logarithm"]
