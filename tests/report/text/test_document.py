"""A composed document: its numbers, its settings, and what stops it."""

import datetime
import html
import pickle
import re
import shutil
from collections import defaultdict
from dataclasses import dataclass, replace
from decimal import Decimal
from operator import itemgetter
from pathlib import PurePath
from types import SimpleNamespace

import instrumented
import pytest
import studies

from report.errors import RenderError
from report.figures.drawing import draw
from report.findings.collection import Findings
from report.findings.gan.losses import Losses
from report.findings.lstm.test_accuracy import Accuracy
from report.html.body import to_html
from report.ledger.ledger import MARKED, Ledger, unmark
from report.ledger.verbatim import bare
from report.paths import TEMPLATES
from report.settings import Settings
from report.text import document as module
from report.text.document import Document, compose, refuse_unused_headlines

STUDY = studies.make_study(2)
COPIED = instrumented.CompiledOnce()
PLACE = "«Límites del estudio»: «…"


@pytest.fixture(scope="module")
def document() -> Document:
    return compose(STUDY, Settings())


@pytest.fixture(scope="module")
def with_commas() -> Document:
    return compose(STUDY, Settings(decimal=","))


@dataclass(frozen=True)
class NoLabels:
    pass


NoLabels.__module__ = "report.figures.lstm.toy"
TOY = SimpleNamespace(FILE="x.svg", Labels=NoLabels, prepare=lambda source, labels: None)


@pytest.fixture
def append(tmp_path, monkeypatch):
    """Adds text to the end of one template of a copy, which is then used."""
    folder = shutil.copytree(TEMPLATES, tmp_path / "templates")
    monkeypatch.setattr("report.text.language.TEMPLATES", folder)
    monkeypatch.setattr(module, "FIGURES", module.FIGURES | {"x": TOY, "sola": TOY})
    (folder / "lstm" / "toy.md.j2").touch()

    def append(text: str) -> None:
        with (folder / "partes" / "limites.md.j2").open("a", encoding="utf-8") as file:
            file.write(f"\n\n{text}\n")

    with instrumented.templates(COPIED), instrumented.found_once():
        yield append


# --- numbers -----------------------------------------------------------------------------


def test_the_marks_survive_from_the_text_to_the_page(document):
    in_text = sorted(MARKED.findall(document.marked))
    page = MARKED.findall(to_html(document.marked).html)
    in_page = sorted((id_, html.unescape(re.sub("<[^>]*>", "", text))) for id_, text in page)
    assert len(in_text) > 200
    links = re.compile(r"\[(.+)\]\(.+\)")
    read = [(id_, bare(links.sub(r"\1", re.sub(r"\*|</?[a-z][^>]*>", "", text)))) for id_, text in in_text]
    assert in_page == sorted(read)


def test_each_mark_leads_to_the_entry_that_printed_it(document):
    for id_, text in MARKED.findall(document.marked):
        assert bare(text) in document.ledger.entries[int(id_)].printed


def test_the_markdown_has_no_marks(document):
    assert not re.search("[\ue000-\ue002]", document.markdown)
    assert document.title == "Clasificar reseñas y dibujar dígitos: una LSTM y una GAN a examen"
    assert document.markdown.startswith(f"# {document.title}\n")


def test_no_value_is_printed_in_two_ways(document):
    """As one quantity, neither within the text nor between text and figures. A rate has one decimal in
    prose, where it is a percentage, and four in tables: they are two quantities."""
    figures_of = defaultdict(set)
    for entry in document.ledger.entries:
        if entry.number.quantity.style != "text":
            digits = {text for text in entry.printed if text[-1].isdigit() or "%" in text}
            figures_of[entry.number.origin, entry.number.quantity] |= digits
    assert len(figures_of) > 100
    assert {origin: texts for origin, texts in figures_of.items() if len(texts) > 1} == {}


def test_what_is_printed_as_two_quantities_is_the_same_number_rounded(document):
    """«86.1 %» in prose and «0.8610» in a table: apart by no more than what both round away."""
    printed = defaultdict(set)
    for entry in document.ledger.entries:
        quantity = entry.number.quantity
        if quantity.style in ("number", "percent", "hundredths"):
            scale = 1 if quantity.style == "number" else 100
            for text in filter(re.compile(r"\d").search, entry.printed):
                digits = Decimal(re.sub(r"[^\d.−]", "", text).replace("−", "-"))
                printed[entry.number.origin].add((digits / scale, Decimal(10) ** -quantity.decimals / scale))
    several = [sorted(texts, key=itemgetter(1)) for texts in printed.values() if len(texts) > 1]
    assert len(several) > 10
    for (exact, finest), *others in several:
        assert all(abs(value - exact) <= (unit + finest) / 2 for value, unit in others)


def test_a_decimal_comma_changes_every_number_and_nothing_else(document, with_commas):
    def comma(match: re.Match[str]) -> str:
        id_, text = match[1], match[2]
        is_name = document.ledger.entries[int(id_)].number.quantity.style == "text"
        return match[0] if is_name else f"\ue000{id_}\ue001{text.replace('.', ',')}\ue002"

    between = re.compile("(?<=\ue002)[,;] ")  # numbers of a list: what parts them must be no comma
    assert between.sub(", ", with_commas.marked) == between.sub(", ", MARKED.sub(comma, document.marked))
    assert with_commas.marked != document.marked


def test_with_a_decimal_comma_no_number_has_a_point(with_commas):
    for entry in with_commas.ledger.entries:
        if entry.number.quantity.style != "text":
            assert not re.search(r"\d\.\d", " ".join(entry.printed)), entry


@pytest.mark.parametrize("file", ["curvas.svg", "perdidas.svg"])
def test_the_figures_use_the_decimal_sign_too(with_commas, file):
    drawn = draw(PurePath(file).stem, with_commas.drawings[file])
    words = re.findall(r"<text\b[^>]*>([^<]*)</text>", drawn.content.decode())
    assert any(re.search(r"\d,\d", word) for word in words)
    assert [word for word in words if re.search(r"\d\.\d", word)] == []


# --- settings ----------------------------------------------------------------------------


def heading(**said) -> str:
    return compose(STUDY, Settings(date=datetime.date(2026, 3, 5), **said)).markdown.partition("\n## ")[0]


def test_what_the_user_says_stands_under_the_title():
    found = heading(title="Dos redes", author="Ana Peña", course="Redes neuronales", institution="UNIR")
    assert found == "# Dos redes\n\n**Ana Peña** · Redes neuronales · UNIR · 5 de marzo de 2026\n"


def test_several_authors_stand_there_together():
    found = heading(title="Dos", author=("Ana Peña", "Luis Gil", "Eva Ruiz"))
    assert found == "# Dos\n\n**Ana Peña, Luis Gil y\u00a0Eva Ruiz** · 5 de marzo de 2026\n"


def test_what_the_user_says_is_no_markdown():
    document = compose(STUDY, Settings(title="Figura 3: a*b* | [^c] <i> &amp;", author="E_f_`g` ~ 7"))
    page = unmark(to_html(document.marked).html)
    assert '>Figura 3: <span class="rest">a*b* | [^c] &lt;i&gt; &amp;amp;</span></h1>' in page
    assert "<strong>E_f_`g` ~ 7</strong>" in page
    assert document.title == "Figura 3: a*b* | [^c] <i> &amp;"
    assert document.markdown.startswith(
        "# Figura 3: a\\*b\\* \\| \\[^c\\] \\<i> \\&amp;\n\n**E_f\\_\\`g\\` \\~ 7** · "
    )
    entries = {entry.number.origin: entry.printed for entry in document.ledger.entries}
    assert entries["informe.toml:author[0]"] == ["E_f_`g` ~ 7"]


def test_what_the_user_leaves_empty_leaves_no_gap(document):
    lines = document.markdown.splitlines()
    assert lines[1:5] == ["", "22 de enero de 2026", "", "## Resumen"]


def test_an_automatic_date_is_that_of_the_newest_run():
    newest = studies.with_leaf(STUDY.lstm[1], "finished_on", datetime.date(2026, 2, 3))
    document = compose(replace(STUDY, lstm=(STUDY.lstm[0], newest)), Settings())
    assert "3 de febrero de 2026" in document.markdown.splitlines()[2]


# --- refusals ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ('Pasa {{ "3 veces" }}.', PLACE + "Pasa 3 veces"),
        ('Como en la {{ "Figura 3" }}.', PLACE + "Como en la Figura 3"),
        ('- Un punto {{ "3" }}', PLACE + "- Un punto 3"),
        ('### Otra {{ "3" }}', "«Otra 3»: «…### Otra 3"),
        ('Véase [lo de {{ "3" }}](#resumen).', PLACE + "Véase [lo de 3"),
        ('Nota.[^n]\n\n[^n]: Son {{ "3" }}.', PLACE + "[^n]: Son 3"),
        ('{{ tab("x") }}{{ tabla("x", "De 3.", ["A"], [["a"]]) }}', PLACE + "**.** De 3"),
        ('{{ tab("x") }}{{ tabla("x", "T.", ["A 3"], [["a"]]) }}', PLACE + "| A 3"),
        ('{{ tab("x") }}{{ tabla("x", "T.", ["A"], [["a 3"]]) }}', PLACE + "| a 3"),
        ('{{ fig("x") }}{{ figura("x", "Alt.", "Pie 3.") }}', PLACE + "**.** Pie 3"),
        ('{{ fig("x") }}{{ figura("x", "Alt 3.", "Pie.") }}', PLACE + "![Alt 3"),
    ],
)
def test_a_number_that_nobody_traced_stops_the_document(append, text, place):
    append(text)
    with pytest.raises(RenderError, match=r"se encontraron \d+ sin origen; la primera, en ") as caught:
        compose(STUDY, Settings())
    assert place in str(caught.value)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("{{ 3 }}", "se encontró «3» en una plantilla"),
        ("{{ lstm.test_accuracy.n_seeds.value }}", "se encontró «2» en una plantilla"),
        ("{{ none }}", "se encontró «None» en una plantilla"),
        ('{{ fig("nada") }}', "lo que el texto cita: figura «nada»; no se encontró"),
        ('{{ tab("nada") }}', "lo que el texto cita: tabla «nada»; no se encontró"),
        ('{{ figura("x", "A.", "P.") }}', "remitiera a la figura «x», no lo hace"),
        ('{{ tabla("sola", "T.", ["A"], [["a"]]) }}', "remitiera a la tabla «sola», no lo hace"),
        ('{{ fig("curvas") }}{{ figura("curvas", "A.", "P.") }}', "una sola vez: figura «curvas»"),
        ('{{ figura("otra", "A.", "P.") }}', "una de las figuras .*, se encontró «otra»"),
    ],
)
def test_a_template_that_does_not_hold_together_stops_the_document(append, text, message):
    append(text)
    with pytest.raises(RenderError, match=message):
        compose(STUDY, Settings())


def test_figures_can_be_drawn_by_another_process(document):
    for file, data in document.drawings.items():
        name = PurePath(file).stem
        assert draw(name, pickle.loads(pickle.dumps(data))) == draw(name, data), file


def test_each_figure_is_told_as_soon_as_the_text_reaches_it(document):
    told = []
    found = compose(STUDY, Settings(), draw=lambda file, data: told.append(file))
    assert told == list(found.drawings) == list(document.drawings)
    assert told == re.findall(r"\]\(figures/([^)]+)\)", document.markdown)


def test_a_headline_that_no_text_uses_stops_the_document(document):
    found = Findings([document.findings[Accuracy]])
    assert Accuracy.headlines == ("estimate",)
    refuse_unused_headlines(found, document.ledger)
    with pytest.raises(RenderError, match=r"diera «estimate» de lstm\.test_accuracy, no lo hace"):
        refuse_unused_headlines(found, Ledger(Settings().style))


def test_each_headline_of_a_finding_is_used(document):
    losses = document.findings[Losses]
    ledger = Ledger(Settings().style)
    ledger.print(losses.discriminator.mean)
    with pytest.raises(RenderError, match=r"diera «generator» de gan\.losses"):
        refuse_unused_headlines(Findings([losses]), ledger)
