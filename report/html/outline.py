"""What a voice says of an origin: what was done, and with which runs, not the whole expression."""

import re
from functools import cache
from itertools import pairwise

from jinja2 import Environment, FileSystemLoader

from report.ledger.spanish import join
from report.paths import TEMPLATES

_RUN = re.compile(r"([^\s()\[\],:@/]+)(?:@([^\s()\[\],:/]+))?/seed-(\d+)")
_RANGE = 3  # seeds that follow each other: of so many only the first and the last are said


def outline(origin: str) -> str:
    """«media: clasificador, semillas 1 y 2» of «media([lstm/seed-1:x, lstm/seed-2:x])»; nothing of what is no
    expression, or names no run: it is short, and said as it stands."""
    what, is_expression, _ = origin.partition("(")
    seeds: dict[tuple[str, str], set[int]] = {}
    for group, variant, seed in _RUN.findall(origin):
        seeds.setdefault((group, variant), set()).add(int(seed))
    if not seeds or not is_expression or _RUN.search(what):
        return ""
    runs = "; ".join(f"{_named(*of)}, {_seeds(sorted(numbers))}" for of, numbers in seeds.items())
    return f"{what}: {runs}"


def _named(group: str, variant: str) -> str:
    name = _vocabulary()[0].get(group, group)
    return f"{name} «{variant}»" if variant else name


def _seeds(numbers: list[int]) -> str:
    words = _vocabulary()[1]
    if len(numbers) == 1:
        return f"{words['one']} {numbers[0]}"
    if len(numbers) >= _RANGE and all(after - before == 1 for before, after in pairwise(numbers)):
        return f"{words['several']} {numbers[0]} {words['to']} {numbers[-1]}"
    return f"{words['several']} {join(list(map(str, numbers)))}"


@cache
def _vocabulary() -> tuple[dict[str, str], dict[str, str]]:
    exported = Environment(loader=FileSystemLoader(TEMPLATES)).get_template("aloud.j2").module.__dict__
    return exported["runs"], exported["seeds"]
