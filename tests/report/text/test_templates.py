"""The law of prose, read off the templates' syntax trees: nothing in them that only a result
may say. Numbers come from the ledger, and so do words that count; an adjective of degree
stands only in a branch that a verdict has opened."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from instrumented import plain_environment, refuses
from jinja2 import nodes

from report.paths import TEMPLATES
from report.text.untraced import SUFFIX

WIDEST = 110  # characters, as in Python
FILES = sorted(TEMPLATES.rglob(f"*{SUFFIX}"))

# Words for numbers and proportions. Not «un» and «una», which are articles too, nor «ambos»,
# since there are two classes and two networks whatever results.
NUMBER_WORDS = (
    *("cero", "dos", "tres", "cuatro", "cinco", "seis", "siete", "ocho", "nueve", "diez", "once", "doce"),
    *("quince", "veinte", "treinta", "cuarenta", "cincuenta", "cien", "ciento", "mil", "miles", "millón"),
    *("doble", "triple", "cuádruple", "mitad", "tercio", "cuarto", "docena", "par", "segunda", "segundo"),
    *("tercera", "tercero", "cuarta", "quinta"),
)
# What they may stand for, since no result decides it.
STRUCTURAL = {
    "último tercio": "the part of the training that the rule looks at",
    "tercios anteriores": "the parts before it",
    "por tercios del entrenamiento": "all of them",
    "suma de sus mitades": "the definition of the discriminator's loss",
}

# Adjectives and adverbs of degree, by stem: how much, how good, how sure.
DEGREE = (
    *("leve", "moderad", "sever", "grave", "alt", "baj", "elevad", "escas", "clar", "notabl", "liger"),
    *("buen", "mal", "mejor", "peor", "establ", "inestabl", "nítid", "limpi", "borros", "fuert", "débil"),
    *("excelent", "óptim", "perfect", "pobr", "modest", "considerabl", "significativ", "important"),
    *("rápid", "lent", "preocupant", "satisfactori", "sólid", "evident", "marcad", "pronunciad"),
    *("enorm", "mínim", "máxim", "gran", "grand", "pequeñ", "suficient", "insuficient", "demasiad"),
    *("exitos", "prometedor", "llamativ", "sorprendent", "drástic", "brusc", "suav", "abrupt"),
)
ENDINGS = ("", "o", "a", "os", "as", "e", "es", "mente", "amente", "emente", "ísimo", "ísima")
DEGREE_WORDS = re.compile(rf"\b(?:{'|'.join(DEGREE)})(?:{'|'.join(filter(None, ENDINGS))})?\b", re.IGNORECASE)
# Where they are names or rules and judge no result.
NAMES = {
    "menor pérdida": "the definition of the selected epoch",
    "época del mínimo": "a column",
    "su mínimo": "the lowest point of a curve",
    "máximo de épocas": "a setting",
    "máximo de palabras": "a setting",
    "norma máxima": "a setting",
    "leve desde": "the table that states the rule",
    "moderada desde": "the table that states the rule",
    "severa desde": "the table that states the rule",
    "bajo la curva": "the name of a measure",
    "ventaja leve desde ahí, clara desde": "the footnote that states the rule",
    "mínimos cuadrados": "a method",
    "dcgan pequeña": "the architecture",
    "tramo más bajo": "the first of the bins of probabilities",
    "en el más alto": "the last of them",
    "su máximo": "the highest point of a curve",
    "clasifica mal": "what an error is",
    "mal clasificadas": "a column of errors",
    "reseñas cortas": "the padding rule",
}


def name_of(path: Path) -> str:
    return path.relative_to(TEMPLATES).as_posix()


def environment():
    return plain_environment()


def parsed(path: Path) -> nodes.Template:
    return environment().parse(path.read_text("utf-8"))


def texts(node: nodes.Node, on_verdict: bool = False) -> Iterator[tuple[int, str, bool]]:
    """Every piece of text with its line and whether a verdict has opened the branch it is in:
    what stands between expressions, and the strings that expressions print."""
    if isinstance(node, nodes.If):
        yield from texts(node.test, on_verdict)
        opened = on_verdict or refuses(node) or is_verdict(node.test)
        for child in node.body:
            yield from texts(child, opened)
        for alternative in node.elif_:
            yield from texts(alternative, opened)
        for child in node.else_:
            yield from texts(child, opened)
    elif isinstance(node, nodes.Compare | nodes.Test | nodes.Getitem | nodes.Import | nodes.Include):
        return  # strings there name verdicts, keys and files, and are not printed
    elif isinstance(node, nodes.Assign) and getattr(node.target, "name", "") == "palabras":
        yield from texts(node.node, True)  # the words for verdicts
    elif isinstance(node, nodes.Pair):
        yield from texts(node.value, on_verdict)  # keys are not printed
    elif isinstance(node, nodes.TemplateData):
        yield node.lineno, node.data, on_verdict
    elif isinstance(node, nodes.Const) and isinstance(node.value, str):
        yield node.lineno, node.value, on_verdict
    else:
        for child in node.iter_child_nodes():
            yield from texts(child, on_verdict)


# What the findings decide: names of values whose types are enumerations of verdicts.
VERDICTS = {
    "verdict",
    "condition",
    "beside",
    "trend",
    "texture",
    "ink_verdict",
    "change",
    "balance",
    "shape",
    "bias",
    "spread",
    "e",
}


def is_verdict(test: nodes.Node) -> bool:
    """Whether ``test`` compares a verdict with one of its values."""
    return any(
        (getattr(compared.expr, "attr", None) or getattr(compared.expr, "name", None)) in VERDICTS
        for compared in ([test] if isinstance(test, nodes.Compare) else test.find_all(nodes.Compare))
    )


def excused(text: str, start: int, end: int, phrases: dict[str, str]) -> bool:
    """Whether the word at ``start`` is part of one of ``phrases``."""
    flat = text.lower().replace("\n", " ")
    return any(flat.find(phrase, max(0, end - len(phrase)), start + len(phrase)) != -1 for phrase in phrases)


@pytest.mark.parametrize("path", FILES, ids=name_of)
def test_lines_are_short_enough_for_a_difference_to_be_read(path):
    lines = path.read_text(encoding="utf-8").splitlines()
    assert [line for line in lines if len(line) > WIDEST] == []


@pytest.mark.parametrize("path", FILES, ids=name_of)
def test_no_digit_outside_expressions(path):
    found = [(line, text) for line, text, _ in texts(parsed(path)) if re.search(r"\d", text)]
    # keys of the bibliography are looked up, never printed
    assert [(line, text) for line, text in found if not re.fullmatch(r"[a-z_]+_\d{4}", text)] == []


@pytest.mark.parametrize("path", FILES, ids=name_of)
def test_no_number_is_printed_from_a_template(path):
    """``{{ 7 }}`` and ``{{ 7 ~ " épocas" }}``: numbers in expressions are positions and
    comparisons, never what is printed."""
    tree = parsed(path)
    positions = [node for keyword in tree.find_all(nodes.Keyword) for node in keyword.find_all(nodes.Const)]
    found = []
    for output in tree.find_all(nodes.Output):
        for expression in output.nodes:
            held = expression.find_all((nodes.Concat, nodes.CondExpr, nodes.List))
            for node in (expression, *(child for parent in held for child in parent.iter_child_nodes())):
                if isinstance(node, nodes.Const) and isinstance(node.value, int | float):
                    found.append(node)
    assert [node for node in found if not any(node is position for position in positions)] == []


@pytest.mark.parametrize("path", FILES, ids=name_of)
def test_no_word_stands_for_a_number(path):
    pattern = re.compile(rf"\b(?:{'|'.join(NUMBER_WORDS)})(?:s|es)?\b", re.IGNORECASE)
    found = [
        (line, text[max(0, match.start() - 20) : match.end() + 20])
        for line, text, _ in texts(parsed(path))
        for match in pattern.finditer(text)
        if not excused(text, match.start(), match.end(), STRUCTURAL) and not is_key(text)
    ]
    assert found == []


@pytest.mark.parametrize("path", FILES, ids=name_of)
def test_no_judgement_without_a_verdict(path):
    found = [
        (line, text[max(0, match.start() - 20) : match.end() + 20])
        for line, text, on_verdict in texts(parsed(path))
        for match in DEGREE_WORDS.finditer(text)
        if not on_verdict and not excused(text, match.start(), match.end(), NAMES) and not is_key(text)
    ]
    assert found == []


def is_key(text: str) -> bool:
    """Names of figures, tables, cells and templates, which are not printed."""
    return re.fullmatch(r"[a-z_./-]*[_./-][a-z_./-]*", text) is not None


def test_the_exceptions_are_all_needed():
    everything = " ".join(text for path in FILES for _, text, _ in texts(parsed(path))).lower()
    everything = everything.replace("\n", " ")
    assert [phrase for phrase in (*STRUCTURAL, *NAMES) if phrase not in everything] == []


@pytest.mark.parametrize(
    ("template", "judged"),
    [
        ("El sobreajuste es severo.", ["severo"]),
        ('{% if f.verdict == "severo" %}El sobreajuste es severo.{% endif %}', []),
        ("{% if n > 1 %}El sobreajuste es severo.{% endif %}", ["severo"]),
        ('{{ "claramente" if n > 1 else "" }}', ["claramente"]),
        ('{% if f.verdict == "a" %}x{% else %}Es leve.{% endif %}', []),
        ("La red clasifica.", []),
    ],
)
def test_a_judgement_is_found_where_it_stands(template, judged):
    tree = environment().parse(template)
    found = [
        match[0]
        for _, text, on_verdict in texts(tree)
        for match in DEGREE_WORDS.finditer(text)
        if not on_verdict
    ]
    assert found == judged


# --- names of what a document may not have -------------------------------------------------

NAMED = re.compile(
    r"\b(?:LSTM|GRU|Adam|RMSprop|IMDb|MNIST|DCGAN|[Dd]ígitos?)\b|\btransformer|\b(?:posi|nega)tivas?\b"
)
# Where they stand: of networks and what trains them, and of data.
NAMING = {
    *(
        "changes.md.j2",
        "networks.md.j2",
        "lstm/network.md.j2",
        "lstm/probe_network.md.j2",
        "gan/networks.md.j2",
    ),
    *("gan/images.md.j2", "study/data.md.j2"),
}
# Of what these say it of, it is always true: a published figure.
PUBLISHED = {"lstm/test_accuracy.md.j2"}


def test_templates_name_no_network_nor_data_that_a_document_may_not_have():
    naming = {
        name_of(path) for path in FILES if any(NAMED.search(said) for _, said, _ in texts(parsed(path)))
    }
    assert naming == NAMING | PUBLISHED
