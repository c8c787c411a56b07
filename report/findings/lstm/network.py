"""What kind of network was trained to classify reviews, as it was built."""

from dataclasses import dataclass
from enum import auto
from typing import ClassVar

from experiments.kinds.lstm import LEARNED, PPMI_SVD
from report.findings.base import CONVENTION, Code, Finding, Rule, seeds
from report.findings.networks import Layer, Network, network_of
from report.ledger.ledger import Number
from report.ledger.quantities import COUNT
from report.study.study import GroupName, Study, at, lstm_record


class Classifier(Code):
    LSTM = auto()
    GRU = auto()
    BIDIRECTIONAL_LSTM = auto()
    BIDIRECTIONAL_GRU = auto()
    TRANSFORMER = auto()


class Pooling(Code):
    """What of the states along the review is answered from."""

    LAST = auto()
    MAXIMUM = auto()
    MEAN = auto()


class Vectors(Code):
    """What the vectors of the words begin as."""

    RANDOM = auto()
    NEIGHBOURS = auto()
    FILE = auto()


class Schedule(Code):
    """What becomes of the learning rate."""

    PLATEAU = auto()
    CONSTANT = auto()
    COSINE = auto()


READERS = {
    Layer.LSTM: Classifier.LSTM,
    Layer.GRU: Classifier.GRU,
    Layer.BIDIRECTIONAL_LSTM: Classifier.BIDIRECTIONAL_LSTM,
    Layer.BIDIRECTIONAL_GRU: Classifier.BIDIRECTIONAL_GRU,
    Layer.ATTENTION: Classifier.TRANSFORMER,
}


@dataclass(frozen=True, kw_only=True)
class ClassifierNetwork(Finding):
    """The same for all seeds, but for ``known_vectors``: how many entries of the vocabulary of each have
    a vector in the file, where there is one."""

    needs: ClassVar[tuple[GroupName, ...]] = ("lstm",)
    rule: ClassVar[Rule] = Rule("network as built", CONVENTION)

    verdict: Classifier
    pooling: Pooling
    vectors: Vectors
    schedule: Schedule
    known_vectors: tuple[Number, ...]
    built: Network

    @property
    def is_recurrent(self) -> bool:
        return self.verdict is not Classifier.TRANSFORMER

    @property
    def has_probed_cell(self) -> bool:
        """Whether its cell is the one that the probe examines."""
        return self.verdict is Classifier.LSTM


def find(study: Study) -> ClassifierNetwork:
    run = study.lstm[0]
    record = lstm_record(run)
    built, config = network_of(run, "model", record.model), record.config
    vectors = {LEARNED: Vectors.RANDOM, PPMI_SVD: Vectors.NEIGHBOURS}.get(config.embedding, Vectors.FILE)
    return ClassifierNetwork(
        verdict=classifier_of(built),
        n_seeds=seeds(study.lstm),
        pooling=pooling_of(built),
        vectors=vectors,
        schedule=Schedule[config.schedule.upper()],
        known_vectors=tuple(
            COUNT(at(run, "sizes.known_vectors")) for run in study.lstm if vectors is Vectors.FILE
        ),
        built=built,
    )


def classifier_of(network: Network) -> Classifier:
    """By the only layer of those that read words in relation to each other.

    Raises:
        ValueError: none or several.
    """
    (reader,) = (READERS[row.layer] for row in network.layers if row.layer in READERS)
    return reader


def pooling_of(network: Network) -> Pooling:
    if network.has(Layer.MAXIMUM):
        return Pooling.MAXIMUM
    return Pooling.MEAN if network.has(Layer.MEAN) else Pooling.LAST
