"""The network of an author: what may be called by a name, and what not."""

import pytest
from brought import brought_lstm, brought_study, network

from experiments.records.built import BuiltLayer, BuiltOptimizer
from report.findings.lstm.brought_network import Kind, find
from report.findings.lstm.network import Classifier
from report.findings.networks import Activation, Loss


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
    assert finding.rows[2][3][-1].value is Activation.SIGMOID
    assert (finding.optimizer.value, finding.loss, finding.rate.value) == (
        *("Adam", Loss.BINARY_CROSSENTROPY),
        2e-4,
    )
    alone = of(network("LSTM", None))
    assert (alone.optimizer, alone.rate, alone.loss, alone.other_loss) == (None,) * 4


def test_a_loss_or_an_activation_without_a_name_here_keeps_its_own():
    model = network("LSTM")
    last = model.layers[2].model_copy(update={"settings": {"activation": "swish"}})
    finding = of(model.model_copy(update={"loss": "focal", "layers": (*model.layers[:2], last)}))
    assert (finding.loss, finding.other_loss.value) == (None, "focal")
    assert finding.rows[2][3][0].value.value == "swish"


def test_a_rate_that_follows_a_schedule_is_no_number():
    model = network("LSTM")
    scheduled = BuiltOptimizer(kind="Adam", settings={"learning_rate": "CosineDecay"})
    assert of(model.model_copy(update={"optimizer": scheduled})).rate is None
