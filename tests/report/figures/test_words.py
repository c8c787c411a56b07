"""What a figure's data carry of its labels."""

import pickle
from collections.abc import Callable
from dataclasses import dataclass

from report.figures.words import constant


@dataclass(frozen=True)
class Words:
    title: str


@dataclass(frozen=True)
class Labels(Words):
    row: Callable[[str], str]


def test_the_words_travel_without_the_makers_of_labels():
    words = constant(Labels("Pérdida", lambda name: f"fila {name}"), Words)
    assert words == Words("Pérdida")
    assert pickle.loads(pickle.dumps(words)) == words
