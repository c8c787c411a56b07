"""The epochs of each training that a text tells of, and what it says of them in the end."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from experiments.brought.history.lines import Line, heading, read_bracketed, read_line, visible
from experiments.brought.history.names import meaning

Block = list[tuple[str, str]]  # place of each line in Spanish, and the line: a log, or the output of a cell


@dataclass
class Epoch:
    number: int
    stated: int | None
    place: str
    lines: list[Line] = field(default_factory=list)


@dataclass
class Training:
    epochs: list[Epoch] = field(default_factory=list)

    @property
    def place(self) -> str:
        return self.epochs[0].place


@dataclass(frozen=True)
class Told:
    """An epoch: the numbers by name, all different ones in their order; ``from_bar``: only a bar of tqdm
    has these; ``whole``: its line of Keras reached the end."""

    number: int
    place: str
    values: dict[str, list[str]]
    from_bar: frozenset[str]
    whole: bool


def trainings_of(blocks: Iterable[Block]) -> list[Training]:
    """Those that print a metric of an epoch."""
    texts = [[(place, visible(line)) for place, line in block] for block in blocks]
    lines = [list(_lines(block)) for block in texts]
    if not any(line.epoch is not None for block in lines for line in block):  # [3/10] counts epochs, then
        lines = [[read_bracketed(text, place) or Line(place, "plain") for place, text in b] for b in texts]
    found: list[Training] = []
    for block in lines:
        within = False  # the output of another cell says nothing of an epoch before its first «Epoch»
        for line in block:
            if line.epoch is not None:
                if not found or _starts_anew(found[-1], line, within):
                    found.append(Training())
                epochs = found[-1].epochs
                if not epochs or epochs[-1].number != line.epoch:
                    epochs.append(Epoch(line.epoch, line.stated, line.place))
                within = True
            if within:
                found[-1].epochs[-1].lines.append(line)
    return [training for training in found if any(_tells(epoch) for epoch in training.epochs)]


def _lines(block: Block) -> Iterable[Line]:
    part = ""
    for place, text in block:
        line = read_line(text, place, part)
        if line.epoch is not None:
            part = ""
        elif not line.values:
            part = heading(text) or part
        yield line


def _tells(epoch: Epoch) -> bool:
    return any(meaning(name) for line in epoch.lines for name in line.names)


def _starts_anew(training: Training, line: Line, within: bool) -> bool:
    last = training.epochs[-1]
    assert line.epoch is not None
    again = line.epoch == last.number and (line.begins or not within) and _tells(last)
    return line.epoch < last.number or again


def told(epoch: Epoch) -> Told:
    """What the text says of ``epoch`` in the end."""
    keras = _last_state([line for line in epoch.lines if line.kind == "keras" and line.values])
    if keras is not None:
        # What else is printed, such as «Accuracy: 88%», may be of anything.
        values = {name: [value] for name, value in keras.values}
        return Told(epoch.number, epoch.place, values, frozenset(), keras.done == keras.total)
    bars: dict[str, tuple[str, Line]] = {}
    plain: dict[str, list[str]] = {}
    for line in epoch.lines:
        for name, value in line.values:
            if line.kind == "bar":
                if name not in bars or _continues(bars[name][1], line):
                    bars[name] = value, line
            elif value not in plain.setdefault(name, []):
                plain[name].append(value)
    said = {meaning(name) for name in plain}  # in words it is of the epoch, in a bar perhaps of a batch
    shown = {name: [value] for name, (value, _) in bars.items() if meaning(name) not in said}
    return Told(epoch.number, epoch.place, shown | plain, frozenset(shown), True)


def _last_state(lines: list[Line]) -> Line | None:
    """The last line of the bar that ``fit`` draws; ``evaluate`` draws others after it."""
    held: Line | None = None
    for line in lines:
        if held is None or (_continues(held, line) and (held.done != held.total or line.names > held.names)):
            held = line
    return held


def _continues(held: Line, line: Line) -> bool:
    """Whether ``line`` is a later state of the same bar."""
    same = None in (held.total, line.total) or held.total == line.total
    return same and (line.done or 0) >= (held.done or 0)
