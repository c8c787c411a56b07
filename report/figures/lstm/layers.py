"""The layers of the network that reads reviews, as it was built or as the file of its author has it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from report.figures.base import Source
from report.figures.stacks import Bar, Stack, bars_of, draw_stacks
from report.findings.lstm.brought_network import BroughtNetwork
from report.findings.lstm.network import ClassifierNetwork
from report.findings.networks import Layer
from report.ledger.ledger import Number
from report.ledger.quantities import COUNT
from report.study.study import at, brought_lstm_record, lstm_record

if TYPE_CHECKING:
    from matplotlib.figure import Figure

FILE = "red-lstm.svg"


@dataclass(frozen=True)
class Labels:
    """``title`` of the network, ``words`` for what enters it, ``layer`` for the kind of a layer or its own
    name, ``total`` for all parameters."""

    title: str
    words: str
    layer: Callable[[Layer | Number], str]
    total: Callable[[Number], str]


@dataclass(frozen=True)
class Layers:
    stack: Stack


def prepare(source: Source, labels: Labels) -> Layers:
    """What an author brought does not say how many words enter it."""
    found, brought = source.findings.get(ClassifierNetwork), source.findings.get(BroughtNetwork)
    if found:
        run = source.study.lstm[0]
        words = at(run, "config.sequence_length")
        enters = Bar(labels.words, source.plain(COUNT(words)), "", words.value, False)
        bars = bars_of(source, labels.layer, found.built.rows, lstm_record(run).model.layers)
        return Layers(Stack(labels.title, labels.total(found.built.parameters), (enters, *bars)))
    assert brought is not None
    model = brought_lstm_record(source.study.brought_networks[0]).model
    assert model is not None
    bars = bars_of(source, labels.layer, brought.rows, model.layers)
    return Layers(Stack(labels.title, labels.total(brought.parameters), bars))


def draw(data: Layers) -> Figure:
    return draw_stacks([data.stack])
