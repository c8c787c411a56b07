"""A history as lists with names: ``print(history.history)``, ``history.history['loss']``, «acc: [0.7, …]»."""

import re
from dataclasses import replace

from experiments.brought.history.names import meaning
from report.audit import numerals
from report.audit.blocks import Place, Printed
from report.audit.numerals import Interval, Numeral
from report.audit.tables import KEYS, Key, Series

_NUMBER = r"(?:np\.float\d\d\()?\d{1,4}(?:\.\d{0,20})?(?:e[-+]?\d{1,3})?\)?"
_LIST = rf"\[\s*({_NUMBER}(?:(?:\s*,\s*|\s+){_NUMBER}){{1,999}})\s*,?\s*\]"
_NAMED = re.compile(rf"(?:^|[{{,;])[ \t]*['\"]?([^\W\d][\w .()-]{{0,40}}?)['\"]?\s*[:=]\s*{_LIST}", re.M)
_BARE = re.compile(rf"\s*{_LIST}\s*")
_SHOWN = re.compile(r"\.history\[\s*['\"](\w{1,40})['\"]\s*\]\s*\)?\s*$")
_TYPE = re.compile(r"np\.float\d\d")
_FIGURES = re.compile(r"\d[\d.]*(?:e[-+]?\d+)?")


def series(block: Printed) -> tuple[list[Series], set[Place]]:
    """All lists of one length together, since an epoch has a value in each, and the lines that they fill. A
    name that comes again begins another training."""
    text = "\n".join(block.lines)
    found = [(each.start(1), each.end(), each[1], each[2]) for each in _NAMED.finditer(text)]
    shown, bare = _SHOWN.search(block.code), _BARE.fullmatch(text)
    if shown and bare:
        found = [(bare.start(1), bare.end(1), shown[1], bare[1])]
    used: set[Place] = set()
    trainings: list[tuple[Place, dict[Key, tuple[Numeral, ...]]]] = []
    for start, end, name, numbers in found:
        first, last = text.count("\n", 0, start), text.count("\n", 0, end)
        column = meaning(name)
        if column not in KEYS:
            continue
        used |= set(block.places[first : last + 1])
        key, columns = KEYS[column], trainings[-1][1] if trainings else {}
        figures = _FIGURES.findall(_TYPE.sub("", numbers))
        values = [numerals.find(figure)[0][0] for figure in figures]
        digits = max(value.decimals for value in values)  # Python leaves zeros out: 0.5 is as exact as 0.4321
        if not columns or key in columns or len(values) != len(next(iter(columns.values()))):
            trainings.append((block.places[first], {}))
        trainings[-1][1][key] = tuple(replace(value, decimals=digits) for value in values)
    return [_series(place, columns) for place, columns in trainings], used


def _series(place: Place, written: dict[Key, tuple[Numeral, ...]]) -> Series:
    columns: dict[Key, tuple[Interval | None, ...]] = {
        key: tuple(value.interval(rate=key[0] == "accuracy") for value in values)
        for key, values in written.items()
    }
    index = tuple(range(1, len(next(iter(columns.values()))) + 1))
    part = "gan" if {split for _, split in columns} & {"D", "G"} else ""
    return Series("epoch", index, columns, f"historial impreso ({place})", place, part, written=dict(written))
