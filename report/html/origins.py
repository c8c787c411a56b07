"""The origin of each printed number, written into the page for the screen; that of a citation is the work in
the list at the end, to which it leads."""

import html
import json
import re
from numbers import Real

from report.html.aloud import spoken
from report.html.outline import outline
from report.ledger import spanish
from report.ledger.ledger import MARKED, Ledger, Number, unmark
from report.ledger.spanish import Style

_MORE = 4  # decimals that a voice says after those that are printed: nobody follows sixteen
_LONGEST = 400  # characters of an origin in the page; the ledger has all of it

_TAG = re.compile(r"<[^>]*>")
_ITEM = re.compile(f"<li>(?={MARKED.pattern})")
_BIBLIOGRAPHY = "bibliografía:"


def with_origins(page: str, ledger: Ledger) -> str:
    """The page with each traced number in a ``<span>`` that carries its value, in words as well where a voice
    needs them, and its origin, or how a long one begins, with an outline of one that is an expression; inside
    attributes, which cannot, the number alone. Citations become links."""
    plain_tags = _TAG.sub(lambda match: unmark(match[0]), page)
    items = {key: item.start() for item in _ITEM.finditer(plain_tags) if (key := _work(item[1], ledger))}
    end = min(items.values(), default=0)

    def citation(match: re.Match[str]) -> str:
        key = _work(match[1], ledger)
        return f'<a href="#obra-{key}">{match[2]}</a>' if key in items else _span(match, ledger)

    def item(match: re.Match[str]) -> str:
        key = _work(match[1], ledger)
        return f'<li id="obra-{key}">' if key else match[0]

    text, works = plain_tags[:end], plain_tags[end:]
    works = MARKED.sub(lambda match: _span(match, ledger), _ITEM.sub(item, works))
    return MARKED.sub(citation, text) + works


def _work(number: str, ledger: Ledger) -> str:
    """The key of the work that is cited, or nothing if it is a number."""
    origin = ledger.entries[int(number)].number.origin
    return origin.removeprefix(_BIBLIOGRAPHY) if origin.startswith(_BIBLIOGRAPHY) else ""


def _span(match: re.Match[str], ledger: Ledger) -> str:
    number = ledger.entries[int(match[1])].number
    value = _in_full(number, ledger.style)
    told = {"origen": _shortened(number.origin), "valor": value}
    decimals = len(_TAG.sub("", match[2]).partition(ledger.style.decimal)[2].rstrip(f"%{spanish.NBSP}"))
    if (words := spoken(_in_full(number, ledger.style, decimals + _MORE))) != value:
        told["dicho"] = words
    if runs := outline(number.origin):
        told["resumen"] = runs
    data = "".join(f' data-{name}="{html.escape(text, quote=True)}"' for name, text in told.items())
    return f'<span class="n"{data}>{match[2]}</span>'


def _in_full(number: Number, style: Style, decimals: int | None = None) -> str:
    """With all its digits, or so many ``decimals``, in the unit in which it is printed: percent of what
    stands as percent, points of points, seconds of a duration."""
    value, printed = number.value, number.quantity.style
    if isinstance(value, str):
        return value
    if isinstance(value, bool) or not isinstance(value, Real):
        return json.dumps(value, ensure_ascii=False, allow_nan=False, default=str)
    text = spanish.in_full(
        float(value) if not isinstance(value, int) else value,
        style,
        percent=printed in ("percent", "hundredths"),
        decimals=decimals,
    )
    unit = {"percent": "%", "duration": "s"}.get(printed)
    return f"{text}{spanish.NBSP}{unit}" if unit else text


def _shortened(origin: str) -> str:
    return origin if len(origin) <= _LONGEST else f"{origin[: _LONGEST - 1]}…"
