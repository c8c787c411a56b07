"""The network of an author, as its file has it: its layers by the names that they have there."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import auto
from typing import ClassVar

from experiments.records.brought import BroughtModel
from experiments.records.built import BuiltLayer
from report.findings.base import CONVENTION, Cell, Code, Finding, Named, Row, Rule, seeds
from report.findings.lstm.network import READERS, Classifier
from report.findings.networks import (
    DECIDING,
    LAYERS,
    WRAPPED,
    Activation,
    Layer,
    Loss,
    quantity_of,
    shape_text,
)
from report.ledger.ledger import Leaf, Number
from report.ledger.quantities import COUNT, LEARNING_RATE, TEXT
from report.study.study import Need, Study, brought_lstm_record


class Kind(Code):
    """Whether it has a name: exactly one of its layers reads words in relation to each other, and it is
    one that has one."""

    NAMED = auto()
    OTHER = auto()


@dataclass(frozen=True, kw_only=True)
class BroughtNetwork(Finding):
    """The same for all seeds. ``optimizer`` with its ``rate``, and ``loss``, where the file has them; both
    losses are None of one that has no name here, which is ``other_loss``."""

    needs: ClassVar[tuple[Need, ...]] = ("brought_networks",)
    rule: ClassVar[Rule] = Rule("network as its file has it", CONVENTION)

    verdict: Kind
    classifier: Classifier | None
    rows: tuple[Row, ...]
    parameters: Number
    optimizer: Number | None
    rate: Number | None
    loss: Loss | None
    other_loss: Number | None


def find(study: Study) -> BroughtNetwork:
    run = study.brought_networks[0]
    model = brought_lstm_record(run).model
    assert model is not None
    place = f"{run.name}:model"
    classifier = classifier_of(model)
    loss = Loss.__members__.get(model.loss.upper()) if model.loss else None
    return BroughtNetwork(
        verdict=Kind.NAMED if classifier else Kind.OTHER,
        n_seeds=seeds(study.brought_networks),
        classifier=classifier,
        rows=tuple(row(layer, f"{place}.layers[{index}]") for index, layer in enumerate(model.layers)),
        parameters=COUNT(Leaf(model.parameters, f"{place}.parameters")),
        optimizer=TEXT(Leaf(model.optimizer.kind, f"{place}.optimizer")) if model.optimizer else None,
        rate=rate_of(model, place),
        loss=loss,
        other_loss=TEXT(Leaf(model.loss, f"{place}.loss")) if model.loss and not loss else None,
    )


def rate_of(model: BroughtModel, place: str) -> Number | None:
    """None where it follows a schedule."""
    rate = model.optimizer.settings.get("learning_rate") if model.optimizer else None
    if not isinstance(rate, float):
        return None
    return LEARNING_RATE(Leaf(rate, f"{place}.optimizer.settings.learning_rate"))


def classifier_of(model: BroughtModel) -> Classifier | None:
    kinds = [known(layer) for layer in model.layers]
    readers = [READERS[kind] for kind in kinds if kind in READERS]
    if len(readers) != 1:
        return None
    is_block = Layer.LAYER_NORMALIZATION in kinds  # attention alone makes no transformer
    return readers[0] if readers[0] is not Classifier.TRANSFORMER or is_block else None


def known(layer: BuiltLayer) -> Layer | None:
    wrapped = layer.settings.get(WRAPPED)
    return LAYERS.get(f"{layer.kind}/{wrapped}" if wrapped else layer.kind)


def row(layer: BuiltLayer, place: str) -> Row:
    """Its name, the shape of its output, its parameters and what is known to decide what it does."""
    return (
        TEXT(Leaf(name_of(layer), f"{place}.kind")),
        TEXT(Leaf(shape_text(layer.shape), f"{place}.shape")),
        COUNT(Leaf(layer.parameters, f"{place}.parameters")),
        tuple(decides(layer, place)) or None,
    )


def name_of(layer: BuiltLayer) -> str:
    wrapped = layer.settings.get(WRAPPED)
    return f"{layer.kind} ({wrapped})" if wrapped else layer.kind


def decides(layer: BuiltLayer, place: str) -> Iterator[Cell]:
    kind = known(layer)
    inside = f"{WRAPPED}." if WRAPPED in layer.settings else ""
    for name, setting in DECIDING.get(kind, {}).items() if kind else ():
        value = layer.settings.get(f"{inside}{name}")
        if not value or value == "linear":
            continue
        known_as = Activation.__members__.get(str(value).upper()) if name == "activation" else None
        yield Named(setting, known_as or quantity_of(Leaf(value, f"{place}.settings.{inside}{name}")))
