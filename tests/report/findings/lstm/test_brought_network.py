"""The network of an author: what may be called by a name, and what not."""

import pytest
from brought import brought_lstm, brought_study, network

from experiments.records.built import BuiltLayer
from report.findings.lstm.brought_network import Kind, find
from report.findings.lstm.network import Classifier


def of(model):
    return find(brought_study(brought_lstm(1, None, None, model=model)))


@pytest.mark.parametrize(
    ("reader", "classifier"),
    [("LSTM", Classifier.LSTM), ("GRU", Classifier.GRU), ("Conv1D", None), ("MultiHeadAttention", None)],
)
def test_it_has_the_name_of_its_only_reader(reader, classifier):
    finding = of(network(reader))
    assert finding.classifier is classifier
    assert finding.verdict is (Kind.NAMED if classifier else Kind.OTHER)


def test_two_readers_give_no_name_and_attention_in_a_block_is_a_transformer():
    one = network("MultiHeadAttention")
    norm = BuiltLayer(kind="LayerNormalization", shape=(250, 128), parameters=256, settings={})
    assert of(one.model_copy(update={"layers": (*one.layers, norm)})).classifier is Classifier.TRANSFORMER
    two = network("LSTM")
    assert of(two.model_copy(update={"layers": (*two.layers, two.layers[1])})).classifier is None


def test_layers_keep_their_names_and_what_is_known_to_decide():
    finding = of(network("LSTM"))
    name, shape, parameters, decides = finding.rows[1]
    assert (name.value, shape.value, parameters.value) == ("LSTM", "64", 49_408)
    assert [(each.name.name, each.value.value) for each in decides] == [("UNITS", 64), ("INPUT_DROPOUT", 0.5)]
    assert finding.rows[2][3][-1].value.value == "sigmoid"
    assert (finding.optimizer.value, finding.loss.value) == ("Adam", "binary_crossentropy")
    assert of(network("LSTM", None)).optimizer is None
