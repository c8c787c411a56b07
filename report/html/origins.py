"""The origin of each printed number, written into the page for the screen."""

import html
import json
import re

from report.ledger.ledger import MARKED, Ledger, unmark

_LONGEST = 400  # characters of an origin in the page; the ledger has all of it

_TAG = re.compile(r"<[^>]*>")


def with_origins(page: str, ledger: Ledger) -> str:
    """The page with each traced number in a ``<span>`` that carries its value and its origin, or
    how a long one begins; inside attributes, which cannot, the number alone."""
    plain_tags = _TAG.sub(lambda match: unmark(match[0]), page)
    return MARKED.sub(lambda match: _span(match, ledger), plain_tags)


def _span(match: re.Match[str], ledger: Ledger) -> str:
    number = ledger.entries[int(match[1])].number
    origin = html.escape(_shortened(number.origin), quote=True)
    value = json.dumps(number.value, ensure_ascii=False, allow_nan=False, default=str)
    value = html.escape(value, quote=True)
    return f'<span class="n" data-origen="{origin}" data-valor="{value}">{match[2]}</span>'


def _shortened(origin: str) -> str:
    return origin if len(origin) <= _LONGEST else f"{origin[: _LONGEST - 1]}…"
