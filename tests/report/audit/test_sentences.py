"""Sentences, and numbers that words turn into names."""

import pytest

from report.audit import sentences
from report.audit.blocks import Place, Text
from report.audit.sentences import Sentence


def split(text):
    return [piece.strip() for piece, _ in sentences.split(Text(text, ((0, Place("linea", 1)),)))]


def tokens(text):
    return [(t.kind, t.value) for t in sentences.tokenize(text)[0] if t.kind not in ("w", "p", "of")]


def sentence(text):
    return Sentence(text, Place("linea", 1), "paragraph", tokens=sentences.tokenize(text)[0])


def test_a_point_in_a_number_or_after_an_abbreviation_ends_nothing():
    assert split("La val. acc. es 0.88. Luego baja (fig. 3).") == [
        "La val. acc. es 0.88",
        "Luego baja (fig. 3)",
    ]


def test_a_question_keeps_its_mark():
    assert split("¿Oscila? No.") == ["¿Oscila?", "No."]


def test_a_very_long_sentence_is_cut():
    assert [len(piece) for piece in split("a" * 2_500)] == [1_000, 1_000, 500]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("época 5", [("at_epoch", 5)]),
        ("época n.º 5", [("at_epoch", 5)]),
        ("quinta época", [("at_epoch", 5)]),
        ("la 5ª época", [("at_epoch", 5)]),
        ("mejor época: la 5", [("best", "any"), ("at_epoch", 5)]),
        ("iteración 500", [("at_step", 500)]),
        ("semilla 2", [("at_seed", 2)]),
        ("Figuras 5 y 6", [("figure_ref", (5, 6))]),
        ("Figuras 5–7", [("figure_ref", (5, 6, 7))]),
        ("página 3", [("section_ref", (3,))]),
        (
            "Época de menor pérdida: 4",
            [("epoch", None), ("best", "low"), ("metric", "loss"), ("at_epoch", 4)],
        ),
    ],
)
def test_numbers_that_are_names(text, expected):
    assert tokens(text) == expected


def test_an_unknown_name_is_read_by_its_parts():
    assert [kind for kind, _ in tokens("precision_pos")] == ["metric", "class"]
    assert tokens("val_loss") == [("metric", ("loss", "val"))]


def test_training_as_a_process_is_no_part_of_the_data():
    assert ("split", "train") not in tokens("al terminar acaba el entrenamiento")
    assert ("split", "train") in tokens("la exactitud de entrenamiento")


@pytest.mark.parametrize(
    ("text", "supposes"),
    [
        ("la val_loss subiría", True),
        ("si la val_loss sube", True),
        ("la categoría y la mayoría", False),
        ("es en la época 3 cuando la val_loss sube", False),
    ],
)
def test_suppositions(text, supposes):
    assert sentence(text).has("hedge") is supposes


@pytest.mark.parametrize(
    ("text", "others"),
    [("según [3]", True), ("Dai y Le (2015)", True), ("Pérez et al.", True), ("en 2015", False)],
)
def test_what_others_say(text, others):
    assert sentence(text).has("others") is others


@pytest.mark.parametrize(
    ("text", "denied"), [("la val_loss no oscila", True), ("no cabe duda: la val_loss oscila", False)]
)
def test_a_denial_reaches_as_far_as_its_clause(text, denied):
    found = sentence(text)
    shape = found.first("shape")

    assert found.denied(shape) is denied


def test_a_quotation_is_short_and_whole():
    text = "palabra " * 30 + "exactitud 0.88 " + "palabra " * 30
    quote = sentence(text).quote(240, 254)

    assert quote.startswith("…palabra")
    assert quote.endswith("palabra…")
    assert "exactitud 0.88" in quote
    assert len(quote) < 130


def test_what_claims_nothing_is_not_read():
    assert sentences.says_nothing("La red lee palabras")
    assert not sentences.says_nothing("La curva oscila")
    assert not sentences.says_nothing("La exactitud es 0.9")
