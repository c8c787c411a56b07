"""Studies unlike the reference, made up, make documents that pass the gate too: fewer and more
seeds, shorter and longer answers, one part alone, so that pages end elsewhere; and what they carry
makes them again byte by byte."""

import datetime
import io

import pikepdf
import pytest
import studies
from brought import brought_cases
from cases import cases
from variant_cases import GENERATORS, NETWORKS

from report.assembly.making import make_document
from report.assembly.workshop import open_workshop
from report.proof.checks import verification
from report.proof.checks.gate import check
from report.proof.checks.reading import reading_text
from report.proof.checks.verification import take_apart, verify
from report.settings import Reflection, Settings
from report.study.folders import REFERENCE
from report.study.study import find_study
from report.text.document import compose

# What is quick, of a sample or of one epoch ends as a short document, as that which is trained for the tests.
WHOLE = (
    "juez que falla dos controles y no acierta, una semilla",
    "control según la semilla, sonda también",
    "diez semillas, de dos en dos",
)
ODD = Settings(title="«Título» & otro", author="Ana Ruiz", decimal=",", date=datetime.date(2026, 3, 1))
# Names that look like markup, like numbers and like what a program leaves behind.
STRANGE = Settings(
    title='Figura 3 | <b>a</b> [^x] ~ *e* `g` &amp; $x$ {{ y }} \\ # Loss None "q"',
    author=("1. A|na *P* & Hijos", "Наталья <i> Παπά", "Nguyễn Thị Hằng"),
    course="- 3D ~~x~~ [a](b) nan",
    institution="</title><script>alert(1)</script> {# #}",
)
REVIEWS = studies.own_reviews('1 | *mala* <b>$x$"', "2: Epoch 7", title="Tabla 9 | `x` & _y_")
IMAGES = studies.own_images("a|b $3^2$", 'Loss 7 id="x" url(#a) & <i>', title="**moda** {{ z }}")
MINE = """# Loss {{ y más }}

Esperaba otra cosa: 99 %. **Sin cerrar, y `**kwargs`, [aquí](https://keras.io).

- Accuracy de Training
  1. nan
"""
BRIEF = Settings(
    author=("Ana Ruiz", "Luis <Gil>"),
    extent="breve",
    omit=("matriz",),
    reflection=Reflection(file="mia.md", text=MINE),
)
CHANCE = {"confusion": (200, 0, 200, 0)}
TRIED = "las redes y las GAN que se probaron junto a la base, dos semillas"
PARTS = {
    "la LSTM y su control, rápida y de muestra, una semilla, con otros ajustes": (
        studies.only(
            studies.make_study(1, profile="quick", sample_reviews=True, lstm=CHANCE), "lstm", "linear"
        ),
        ODD,
    ),
    "breve, sin una sección y con palabras de sus autores": (
        studies.make_study(2, own_reviews=REVIEWS),
        BRIEF,
    ),
    "la GAN y su juez, tres semillas, con nombres extraños": (
        studies.only(studies.make_study(3, own_images=IMAGES), "gan", "judge", "readability"),
        STRANGE,
    ),
    "predicciones de un autor": (
        brought_cases(studies.make_study(1).judge[0])["aportado: predicciones y longitudes, baja"],
        Settings(author="Ana Ruiz"),
    ),
    "lo que aportó su autor de ambas redes": (
        brought_cases(studies.make_study(1).judge[0])["aportado: historial, matriz, pérdidas y rejillas"],
        Settings(author="Ana Ruiz"),
    ),
}
SHORT = ("breve, sin una sección y con palabras de sus autores", "predicciones de un autor")


def make(crew, study, settings):
    with open_workshop(None, crew) as workshop:
        return make_document(study, settings, workshop).pdf


@pytest.mark.parametrize("name", [*WHOLE, TRIED])
def test_a_made_up_study_passes_the_gate(crew, name):
    tried = studies.make_study(2, variants=NETWORKS | GENERATORS) if name == TRIED else None
    assert check(make(crew, *((tried, ODD) if tried else cases()[name]))) == []


@pytest.mark.parametrize("name", PARTS)
def test_a_part_alone_passes_the_gate_and_is_proven_byte_by_byte(crew, monkeypatch, name):
    """The shortest are typeset again. Of the others, the data inside say the same, of which the same pages
    are made."""
    data = make(crew, *PARTS[name])
    assert check(data) == []

    def found(study, settings, system):
        assert compose(study, settings).markdown == compose(*PARTS[name]).markdown
        return take_apart(data)

    monkeypatch.setattr(verification, "open_workshop", lambda: open_workshop(None, crew))
    if name not in SHORT:
        monkeypatch.setattr(verification, "rebuild", found)
    outcome = verify(data)
    assert outcome.same_bytes
    assert outcome.differences == []
    assert outcome.counts.read == outcome.counts.matched > 100
    if PARTS[name][1] is STRANGE:
        look_as_typed(data)


def look_as_typed(data):
    """Names, on the first page, in the properties and, of the data, somewhere."""
    pages = [" ".join(text.replace("\xa0", " ").split()) for text in reading_text(data)]
    assert pages[0].startswith(STRANGE.title)
    assert "1. A|na *P* & Hijos, Наталья <i> Παπά y Nguyễn Thị Hằng · - 3D ~~x~~ [a](b) nan" in pages[0]
    for text in (IMAGES.title, *IMAGES.classes):
        assert any(text in page for page in pages), text
    with pikepdf.open(io.BytesIO(data)) as pdf:
        assert str(pdf.docinfo.Title) == STRANGE.title
        with pdf.open_metadata() as properties:
            assert properties["dc:title"] == STRANGE.title
            assert properties["dc:creator"] == list(STRANGE.author)


def test_words_that_the_data_deny_are_told(crew, monkeypatch):
    """``build`` refuses them: somebody went round it."""
    words = Reflection(file="mia.md", text="Hola.\n\nLa GAN se entrenó 123456 iteraciones.")
    study = studies.only(studies.make_study(1), "gan")
    data = make(crew, study, Settings(reflection=words))
    monkeypatch.setattr(verification, "open_workshop", lambda: open_workshop(None, crew))
    outcome = verify(data)
    assert [difference.what for difference in outcome.differences] == ["mia.md, línea 3"]
    assert "123456 iteraciones" in outcome.differences[0].found
    assert not outcome.proven


def test_the_reference_fits_on_six_pages_when_it_is_brief(crew):
    data = make(crew, find_study(REFERENCE), Settings(author=("Ana Ruiz", "Luis Gil"), extent="breve"))
    assert check(data) == []
    with pikepdf.open(io.BytesIO(data)) as pdf:
        assert len(pdf.pages) <= 6
