"""The epochs that Keras, PyTorch or a program of one's own printed."""

import re

from experiments.brought.history.names import meaning
from experiments.brought.history.runs import Training, told, trainings_of
from report.audit import numerals
from report.audit.blocks import Place, Printed
from report.audit.numerals import Interval, Numeral
from report.audit.tables import KEYS, Key, Series

_EPOCH = re.compile(r"epoch|[eé]poca|\[\s*\d+\s*/", re.I)


_LAST_BATCH = re.compile(r"^(\W{0,3}\[\s*\d+/\d+\s*\])\s*\[\s*(\d+)/(\d+)\s*\]")


def _of_epoch(line: str) -> str:
    """«[3/10][468/468] Loss_D: …», what the last batch of an epoch gave, without that batch."""
    found = _LAST_BATCH.match(line)
    return line if not found or int(found[2]) < int(found[3]) - 1 else found[1] + line[found.end() :]


def series(block: Printed) -> list[Series]:
    """One for each training of at least two epochs."""
    if not any(_EPOCH.search(line[:500]) for line in block.lines):
        return []
    found = trainings_of([[(str(i), _of_epoch(line)) for i, line in enumerate(block.lines)]])
    each = [_series(training, block.places[int(training.place)]) for training in found]
    return [one for one in each if one is not None]


def _series(training: Training, place: Place) -> Series | None:
    epochs = [told(epoch) for epoch in training.epochs]
    epochs = [epoch for epoch in epochs if epoch.whole and epoch.values]
    index = tuple(epoch.number for epoch in epochs)
    if len(index) < 2 or list(index) != sorted(set(index)):
        return None
    written: dict[Key, tuple[Numeral | None, ...]] = {}
    for name in dict.fromkeys(name for epoch in epochs for name in epoch.values):
        column = meaning(name)
        if column in KEYS and KEYS[column] not in written:
            cells = tuple(_number(epoch.values.get(name, [])) for epoch in epochs)
            if sum(cell is not None for cell in cells) * 2 > len(cells):
                written[KEYS[column]] = cells
    if not written:
        return None
    columns: dict[Key, tuple[Interval | None, ...]] = {
        key: tuple(cell.interval(rate=key[0] == "accuracy") if cell else None for cell in cells)
        for key, cells in written.items()
    }
    part = "gan" if {split for _, split in written} & {"D", "G"} else ""
    return Series(
        "epoch", index, columns, f"registro del entrenamiento ({place})", place, part, written=written
    )


def _number(values: list[str]) -> Numeral | None:
    found = numerals.find(values[0])[0] if len(values) == 1 else []
    return found[0] if len(found) == 1 else None
