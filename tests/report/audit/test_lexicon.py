"""Words and stems."""

import pytest

from report.audit import lexicon, sentences
from report.findings.gap import Grade


def kinds(text):
    return [token.kind for token in sentences.tokenize(text)[0]]


def test_no_phrase_is_hidden_behind_another():
    hidden = []
    for (kind, _), phrases in lexicon.LEXICON.items():
        for phrase in phrases:
            found = kinds(phrase.replace("*", ""))
            if kind not in found:
                hidden.append((kind, phrase, found))
    assert hidden == []


def test_a_stem_takes_every_ending_but_a_word_only_itself():
    assert kinds("oscilaba") == ["shape"]
    assert kinds("dropout") == ["param"]  # not «drop»
    assert kinds("trenes") == ["w"]


def test_the_longest_phrase_wins():
    assert kinds("mas baja") == ["best"]
    assert kinds("baja") == ["down"]


@pytest.mark.parametrize(("word", "judges"), [("oscila", True), ("exactitud", False), ("perro", False)])
def test_which_words_can_judge_without_a_number(word, judges):
    assert lexicon.judges(word) is judges


def test_ordinals_and_cardinals_in_both_languages():
    assert (lexicon.ORDINALS["septima"], lexicon.ORDINALS["seventh"]) == (7, 7)
    assert (lexicon.NUMBER_WORDS["once"], lexicon.NUMBER_WORDS["eleven"]) == (11, 11)


def test_every_degree_of_overfitting_has_its_phrases_and_its_word():
    names = {grade.name for grade in Grade}
    assert {value for kind, value in lexicon.LEXICON if kind == "degree"} == names
    assert lexicon.DEGREES.keys() == names
