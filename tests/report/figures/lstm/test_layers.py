"""The layers of the classifier, as they stand in its record."""

import pytest
from brought import brought_lstm, brought_study, network
from gan_drawings import prepared
from studies import make_study


def test_from_the_words_that_it_reads_to_its_answer():
    study = make_study(2)
    stack = prepared("red-lstm", study).stack
    layers = study.lstm[0].record.model.layers
    assert stack.title == "LSTM"
    assert stack.total.split() == ["700", "123", "parámetros"]
    enters, *bars = stack.bars
    assert (enters.name, enters.size, enters.learns) == (
        "Palabras",
        study.lstm[0].record.config.sequence_length,
        False,
    )
    assert [bar.learns for bar in bars] == [layer.parameters > 0 for layer in layers]
    names = [bar.name for bar in bars]
    assert names == ["Vectores de palabra", "Descarte espacial", "LSTM", "Descarte", "Densa"]


@pytest.mark.parametrize(
    ("settings", "title", "layer"),
    [
        ({"cell": "gru"}, "GRU", "GRU"),
        ({"bidirectional": True, "pooling": "max"}, "LSTM bidireccional", "Máximo a lo largo de la reseña"),
        ({"cell": "transformer", "pooling": "mean"}, "transformer", "Atención"),
    ],
)
def test_of_other_networks_their_own_layers(settings, title, layer):
    stack = prepared("red-lstm", make_study(1, lstm=settings)).stack
    assert stack.title == title
    assert layer in [bar.name for bar in stack.bars]


def test_of_an_author_the_names_of_the_file_and_nothing_before_them():
    stack = prepared("red-lstm", brought_study(brought_lstm(1, model=network()))).stack
    assert stack.title == "LSTM"
    assert [(bar.name, bar.size) for bar in stack.bars] == [("Embedding", 32_000), ("LSTM", 64), ("Dense", 1)]
    other = prepared("red-lstm", brought_study(brought_lstm(1, model=network("Conv1D", None)))).stack
    assert other.title == "Red aportada"
    assert other.bars[1].name == "Conv1D"
