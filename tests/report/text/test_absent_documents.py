"""Documents from some groups of runs alone: they hold together, and nothing mentions what is not there
but the one sentence that says so."""

import re

import pytest
import studies

from report.html.body import to_html
from report.settings import Settings
from report.text.document import Document, compose

WHOLE = studies.make_study(2, variants={"gru": {"lstm": {"cell": "gru"}}})
SINGLE = studies.make_study(1)
DENSE = studies.make_study(2, gan={"architecture": "dense"})

ALL_A = ("lstm", "linear", "memory", "probe")
ALL_B = ("gan", "gan@densa", "judge", "readability", "readability@densa")
TOGETHER = (
    *(("lstm",), ("linear",), ("probe",), ("gan",), ("judge",)),
    *(("lstm", "linear"), ("lstm", "probe"), ("linear", "probe"), ("lstm", "linear", "memory"), ALL_A),
    *(("gan", "gan@densa"), ("gan", "judge"), ("gan", "judge", "readability"), ALL_B),
    *(("lstm", "gan"), ("lstm", "judge"), ("probe", "gan"), ("linear", "judge"), (*ALL_A, "gan")),
    *(("lstm", "lstm@gru"), ("lstm", "linear", "lstm@gru"), (*ALL_A, "lstm@gru", *ALL_B)),
    *(("lstm", *ALL_B), ("lstm", "linear", *ALL_B), ("lstm", "linear", "memory", *ALL_B)),
)

# What only these groups speak of.
SPEAKS_OF = {
    "lstm": r"\bLa LSTM\b|época elegida|brecha|sobreajust|matriz de confusión|parada anticipada",
    "linear": r"control lineal|log-frecuencias|McNemar|TF-IDF|regresión logística",
    "memory": r"olvida lo|¿Olvida|\binfluencia|gradiente conserva|gradiente del logit|remuestreo|decil",
    "probe": r"\bsonda|cláusula",
    "gan": r"\b[Ee]l generador\b|del generador|discriminador|\bpérdida de D\b|motas|rejilla",
    "gan@densa": r"\bdensa\b",
    "lstm@gru": r"«gru»|variantes-lstm",
    "readability@densa": r"variantes-gan",
    "judge": r"\bjuez\b",
    "readability": r"legibilidad|legibles al final|peldaño|Fréchet|entropía(?! cruzada)|Variedad y copias",
}
VARIANTS = r"más recursos|propuesta"
PART_A = r"\bLSTM\b|reseña|IMDb"
PART_B = r"\bGAN\b|dígito|MNIST|imágenes"
NOT_MEASURED = re.compile(r"No se han? medido [^.]*\.")


def read(*groups: str, study=WHOLE) -> Document:
    return compose(studies.only(study, *groups), Settings())


@pytest.fixture(scope="module", params=TOGETHER, ids=" ".join)
def some(request) -> tuple[tuple[str, ...], str]:
    return request.param, read(*request.param).markdown


def test_nothing_mentions_what_is_not_there(some):
    groups, text = some
    rest = NOT_MEASURED.sub("", text)
    absent = [pattern for group, pattern in SPEAKS_OF.items() if group not in groups]
    absent += [VARIANTS] if not set(groups) & {"lstm@gru", "readability@densa"} else []
    absent += [PART_A] if not set(groups) & set(ALL_A) else []
    absent += [PART_B] if not set(groups) & set(ALL_B) else []
    for pattern in absent:
        found = [rest[max(0, m.start() - 60) : m.end() + 30] for m in re.finditer(pattern, rest)]
        assert found == [], pattern


def test_one_sentence_says_what_was_not_measured(some):
    groups, text = some
    complete = set(groups) >= {*ALL_A, "gan", "judge", "readability"}
    assert len(NOT_MEASURED.findall(text)) == (not complete)


def test_parts_are_named_only_where_there_are_two(some):
    groups, text = some
    both = bool(set(groups) & set(ALL_A)) and bool(set(groups) & set(ALL_B))
    assert bool(re.search(r"[Pp]arte [AB]\b", text)) == both


def test_no_heading_stands_over_nothing(some):
    lines = [line for line in some[1].splitlines() if line]
    for line, after in zip(lines, [*lines[1:], "# end"], strict=True):
        if line.startswith("#"):
            level, following = line.index(" "), after.find(" ") if after.startswith("#") else 0
            assert not following or following > level, line


def test_no_table_is_empty(some):
    for block in some[1].split("\n\n"):
        if block.startswith("|"):
            assert len(block.splitlines()) > 2, block


def test_sentences_are_whole(some):
    prose = [line for line in some[1].splitlines() if line and line[0] not in "#|<![*{-"]
    for line in prose:
        assert not re.search(r"\s[,.;:)]|\(\s|\(\)|,\s*[,.]|\.\.|\bde\.|\by\.|  ", line), line
        assert line[-1] in ".:»]" or len(line) < 60, line


def test_it_becomes_a_page(some):
    body = to_html(compose(studies.only(WHOLE, *some[0]), Settings()).marked)
    parts = [entry.label for entry in body.toc if entry.level == 2 and entry.kind == "part"]
    assert parts in (["Parte A", "Parte B"], [])


def test_the_document_of_all_groups_says_that_nothing_is_missing():
    assert not NOT_MEASURED.search(compose(WHOLE, Settings()).markdown)


@pytest.mark.parametrize("groups", [("lstm",), ("gan",), ("probe",), ("gan", "judge", "readability")])
def test_one_seed_alone(groups):
    text = read(*groups, study=SINGLE).markdown
    said = [line for line in text.splitlines() if line[:2] not in ("[^", "| ")]  # rules, and verdicts by name
    assert [line for line in said if "todas las semillas" in line] == []


def test_a_dense_gan_without_a_judge():
    text = read("gan", study=DENSE).markdown
    assert "convolucional" not in text
    assert "juez" not in NOT_MEASURED.sub("", text)
