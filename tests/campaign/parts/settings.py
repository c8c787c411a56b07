"""What the user writes: ``informe.toml``, ``experimento.toml``, the author's own words and assignments."""

from collections.abc import Iterator
from functools import partial
from pathlib import Path
from random import Random
from typing import Any

import mutations
from children import Case
from commands import expect_sentence
from results_made import copied, expect_honest, untouched

from experiments.data.sets import DataError
from experiments.errors import SettingsError
from experiments.paths import ROOT
from experiments.settings import choose_variants, leave_out_the_same, read_experiment
from experiments.terminal.output import shortened, visible
from report.errors import RenderError
from report.settings import read_settings
from report.study.study import find_study

TRIES = "informe.toml, experimento.toml, palabras del autor y ajustes, cambiados"
CASES = 350
TEXTS = (
    *("| a |", "Figura 3", "<b>x</b>", "[^x]", "~~a~~", "*", "**", "&amp;", "a\\nb", "\\u000b", "{{ 1 }}"),
    *(
        "{% x %}",
        "$x$",
        "](http://a)",
        "0.99",
        "12 %",
        "ﬁ",
        "王",
        "א",
        "😀",
        "\\u202e",
        "e\\u0301",
        "\\u00ad",
    ),
    *("x" * 299, "x" * 301, "x" * 100_000, "", " ", "auto", "\\u0000", "```", "# a", "- a", "1. a", "a  \\n"),
    *(
        "<script>",
        "<!--",
        "]]>",
        "\\\\",
        '\\"',
        "'",
        "«»",
        "—",
        "\\u2028",
        "\\ufeff",
        "\\ue000",
        "\\U0010ffff",
    ),
)
KEYS = (
    "title",
    "author",
    "course",
    "institution",
    "reflection",
    "date",
    "decimal",
    "extent",
    "omit",
    "fonts",
)
RAW = (
    "[]",
    "{}",
    "1",
    "-1",
    "1e400",
    "nan",
    "true",
    "[[1]]",
    "2026-01-15",
    "9999-12-31",
    "1979-01-01",
    '[""]',
)
FILES = ("/etc/passwd", "/dev/zero", "..", "../x.md", ".", "no.md", "palabras.md", "a\\u0000b", "tubo")
FONTS = ("/dev/zero", "..", ".", "no.ttf", "palabras.md", "DejaVu Sans", "x" * 5_000)  # from anywhere
SECTIONS = ("matriz", "epocas", "limites", "resumen", "referencias", "procedencia", "x", "Matriz", "")
SETTINGS = (
    *("lstm.units", "lstm.cell", "lstm.dropout", "lstm.embedding", "lstm.learning_rate", "gan.iterations"),
    *("gan.loss", "gan.architecture", "memory.budgets", "readability.weights", "judge.epochs", "lstm.x", "x"),
    *("linear.features", "probe.seeds", "lstm.sequence_length", "gan.latent_dim", "lstm.batch_size"),
)
VALUES = (
    *("0", "-1", "1", "64", "0.5", "1e-3", "1e400", "nan", "inf", '""', '"x"', '"gru"', '"ppmi_svd"', "true"),
    *(
        "[]",
        "[1]",
        "[20, 40]",
        "[40, 20]",
        "{}",
        '"/dev/zero"',
        '"../x"',
        "9" * 400,
        '"a\\u0000b"',
        "1979-01-01",
    ),
    *('"\\u001b[31m"', "=", "", "[[[[", '"""'),
)


def cases(seed: str, share: float, folder: Path) -> Iterator[Case]:
    untouched()
    for number in range(max(1, round(CASES * share))):
        random = Random(f"{seed} settings {number}")
        do = random.choice((_of_document, _of_document, _of_words, _of_experiment))
        yield Case(f"{number} {do.__name__.removeprefix('_of_')}", partial(do, random))


def _of_document(random: Random, folder: Path) -> None:
    path = folder / "informe.toml"
    (folder / "palabras.md").write_text("Lo que pienso.")
    keys = random.sample(KEYS, random.choice((1, 1, 2, 4)))
    text = "\n".join(f"{key} = {_a_value(random, key)}" for key in keys)
    _document(path, _spoiled(random, text), folder)


def _document(path: Path, data: bytes, folder: Path) -> None:
    path.write_bytes(data)
    root = copied(folder / "resultados")
    try:
        settings = read_settings(path)
    except RenderError as error:
        expect_sentence(f"{visible(shortened(str(error)))}\n")
        return
    expect_honest(find_study(root), root, settings)


def _a_value(random: Random, key: str) -> str:
    if random.random() < 0.2:
        return random.choice(RAW)
    texts = {"reflection": FILES, "omit": SECTIONS, "fonts": FONTS}.get(key, TEXTS)
    if key in ("omit", "fonts") or (key == "author" and random.random() < 0.5):
        return f"[{', '.join(_quoted(random.choice(texts)) for _ in range(random.choice((1, 2, 200))))}]"
    return _quoted(random.choice(texts) + random.choice(("", random.choice(texts))))


def _quoted(text: str) -> str:
    return f'"{text}"'


def _spoiled(random: Random, text: str) -> bytes:
    data = text.encode("utf-8", "surrogatepass")
    return random.choice(
        (
            *[lambda: data] * 8,
            lambda: b"\xef\xbb\xbf" + data,
            lambda: text.encode("utf-16", "surrogatepass"),
            lambda: text.encode("latin-1", "replace"),
            lambda: data.replace(b"\n", b"\r\n"),
            lambda: mutations.damaged(random, data),
            lambda: b"x = " + b"[" * 5_000 + b"]" * 5_000,
            lambda: b"x = " + b"{a=" * 500 + b"1" + b"}" * 500,
            lambda: data * 2,
        )
    )()


TABLES = ("", "", "[variantes.otra]\n", "[datos.resenas]\ncsv = 'x.csv'\n", "[x]\n", "[lstm.units]\n")
WORDS = (
    *(
        "La exactitud en la prueba es 0.99.",
        "La mejor época fue la 2.",
        "[enlace](file:///etc/passwd)",
        "## A",
    ),
    *("![x](/dev/zero)", "![x](../../../etc/passwd)", "<img src='/etc/passwd'>", "<iframe src='/dev/zero'>"),
    *(
        "[^1]\n\n[^1]: nota",
        "| a | b |\n|---|---|\n| 1 | 2 |",
        "# Parte A",
        "Véase la Figura 9.",
        "```\nx\n```",
    ),
    *("{{ 1 }}", "{% include '/etc/passwd' %}", "\ue000", "\x0b", "$$x$$", "<style>@import url(file:///etc)"),
    *(
        "> " * 3_000,
        "- " * 3_000,
        "*" * 9_000,
        "[" * 9_000,
        "`" * 9_000,
        "a_" * 9_000,
        "![" * 4_000,
        "x" * 70_000,
    ),
    *(
        "[x]: /etc/passwd\n[x]",
        "<!-- x",
        "&#0;",
        "&nbsp;",
        "王",
        "😀",
        "‮",
        "- a\n  - b\n    - c",
        "1) a",
        "---",
    ),
)


def _of_words(random: Random, folder: Path) -> None:
    words = "\n\n".join(random.choice(WORDS) for _ in range(random.choice((1, 2, 5))))
    (folder / "palabras.md").write_bytes(_spoiled(random, words))
    _document(folder / "informe.toml", b'reflection = "palabras.md"', folder)


def _of_experiment(random: Random, folder: Path) -> None:
    path = folder / "experimento.toml"
    ours = (ROOT / "experimento.toml").read_text()
    lines = [f"{random.choice(SETTINGS)} = {random.choice(VALUES)}" for _ in range(random.choice((0, 1, 2)))]
    table = random.choice(
        ("", "", "[variantes.otra]\n", "[datos.resenas]\ncsv = 'x.csv'\n", "[x]\n", "[lstm.units]\n")
    )
    text = "\n".join(lines) + "\n" + random.choice(("", ours)) + "\n" + table
    path.write_bytes(_spoiled(random, text))
    names = random.choice(("", "gru", "x", "gru,gru", "\0"))
    assignments = [
        f"{random.choice(SETTINGS)}={random.choice(VALUES)}" for _ in range(random.choice((0, 0, 1)))
    ]
    said: list[Any] = []
    try:
        experiment = read_experiment(path, assignments, random.choice(("full", "quick", "test")))
        experiment.configs()
        chosen = choose_variants(experiment, names)
        leave_out_the_same(experiment, chosen, said.append)
    except (SettingsError, DataError) as error:
        expect_sentence(f"{visible(shortened(str(error)))}\n")
