"""What kind of network classifies reviews."""

import pytest
from studies import make_study

from report.findings.lstm import probe_network
from report.findings.lstm.network import Classifier, Pooling, Schedule, Vectors, find
from report.findings.networks import Optimizer


def found(**settings):
    return find(make_study(2, lstm=settings))


@pytest.mark.parametrize(
    ("settings", "verdict", "recurrent", "probed"),
    [
        ({}, Classifier.LSTM, True, True),
        ({"cell": "gru"}, Classifier.GRU, True, False),
        ({"bidirectional": True}, Classifier.BIDIRECTIONAL_LSTM, True, False),
        ({"cell": "gru", "bidirectional": True}, Classifier.BIDIRECTIONAL_GRU, True, False),
        ({"cell": "transformer", "pooling": "max"}, Classifier.TRANSFORMER, False, False),
    ],
)
def test_the_network_is_known_by_its_layers(settings, verdict, recurrent, probed):
    finding = found(**settings)
    assert finding.verdict is verdict
    assert (finding.is_recurrent, finding.has_probed_cell) == (recurrent, probed)


@pytest.mark.parametrize(
    ("pooling", "code"), [("last", Pooling.LAST), ("max", Pooling.MAXIMUM), ("mean", Pooling.MEAN)]
)
def test_what_it_answers_from(pooling, code):
    assert found(pooling=pooling).pooling is code


def test_how_it_is_trained():
    finding = found(optimizer="sgd", schedule="cosine")
    assert (finding.built.optimizer, finding.schedule) == (Optimizer.SGD, Schedule.COSINE)
    assert finding.built.settings[0].value.value == 2e-4


def test_where_its_vectors_come_from():
    assert (found().vectors, found().known_vectors) == (Vectors.RANDOM, ())
    assert found(embedding="ppmi_svd").vectors is Vectors.NEIGHBOURS
    of_file = found(embedding="v.vec", embedding_digest="e" * 64)
    assert of_file.vectors is Vectors.FILE
    assert [n.value for n in of_file.known_vectors] == [4_001, 4_002]


def test_the_cell_of_the_probe():
    finding = probe_network.find(make_study(1))
    assert finding.verdict is probe_network.Probed.LSTM
    assert finding.built.optimizer is Optimizer.ADAM
