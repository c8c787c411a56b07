"""Documents of networks that did not learn: nothing is said that presupposes that they did."""

import re
from functools import cache

import instrumented
import pytest
from cases import CHANCE, UNLEARNT
from studies import make_study

from report.settings import Settings
from report.text.document import compose

WRONG = {**UNLEARNT, "confusion": (50, 150, 150, 50), "val_accuracy": (0.24, 0.25, 0.26, 0.25, 0.24)}
NO_SENSE = "o tiene sentido hablar"


@cache
def text_of(name: str) -> str:
    study = {
        "chance": make_study(3, lstm=UNLEARNT),
        "chance, one seed": make_study(1, lstm=UNLEARNT),
        "one of three at chance": make_study(3, lstm=[{}, {}, UNLEARNT]),
        "wrong three times in four": make_study(3, lstm=WRONG),
    }[name]
    with instrumented.templates():
        return compose(study, Settings()).markdown


POOR = ("chance", "chance, one seed", "one of three at chance", "wrong three times in four")


@pytest.mark.parametrize("name", POOR)
@pytest.mark.parametrize(
    "said",
    [
        r"sobreajuste (es )?(leve|moderado|severo)",
        r"no se aprecia sobreajuste",
        r"[Ss]obreajusta en",
        r"olvid",
        r"respaldada",
        r"se inclina hacia la|No hay sesgo",
        r"pérdida de validación (sube|oscila|se asienta|baja)",
        r"llega a\s+superar su mínimo",
        r"La LSTM aprende a clasificar",
    ],
)
def test_nothing_is_said_that_presupposes_learning(name, said):
    assert re.findall(said, text_of(name)) == []


@pytest.mark.parametrize("name", POOR)
def test_one_sentence_says_why_in_the_summary_and_in_the_part(name):
    first_page, _, part = text_of(name).partition("## Parte A")
    assert (
        len(re.findall(r"por eso no se juzga lo que (?:lo presupone|presupone que aprenda)", first_page)) == 1
    )
    assert (first_page.count(NO_SENSE), part.count(NO_SENSE)) == (0, 1)


@pytest.mark.parametrize("name", POOR)
def test_no_section_stands_without_its_finding(name):
    headings = re.findall(r"^#{2,4} (?:A\.\d\s)?(.+)$", text_of(name), re.M)
    assert not {"Reflexión sobre los resultados", "Matriz de confusión"} & set(headings)
    assert {"Métricas finales", "Evolución por época", "Conclusión"} <= set(headings)


@pytest.mark.parametrize("name", POOR)
def test_the_curves_are_drawn_and_nothing_is_said_of_their_shape(name):
    (caption,) = (line for line in text_of(name).splitlines() if "Pérdida y exactitud de cada época" in line)
    assert caption.startswith("**Figura")
    assert not re.search(r"sube|baja|oscila|se asienta|mínimo", caption)


def test_chance_is_compared_with_chance():
    """It was «acierta como la LSTM publicada», with a margin below 0."""
    row = next(line for line in text_of("chance").splitlines() if line.startswith("| Exactitud de la LSTM"))
    cells = [cell.strip() for cell in row.strip("|").split("|")]
    assert cells[1].endswith(
        "queda por encima o por debajo de 0.5000; si lo contiene, no hay diferencia clara"
    )
    assert cells[3] == "no se distingue del azar"
    assert "publicada" not in text_of("chance")
    assert "0.9122" not in text_of("chance")  # what a published linear model reaches


def test_seeds_that_differ_widely_are_not_compatible_with_anything():
    """Accuracies of 0.76, 0.86 and 0.91: a deviation of 0.0764, whose interval holds nearly all."""
    cells = [(160, 40, 56, 144), (172, 28, 28, 172), (182, 18, 18, 182)]
    study = make_study(3, lstm=[{"confusion": each} for each in cells])
    with instrumented.templates():
        text = compose(study, Settings()).markdown
    assert "ompatible con" not in text
    assert "no cabe hablar" not in text


def test_a_test_part_at_chance_under_a_validation_that_is_not_is_said_as_it_is():
    with instrumented.templates():
        text = compose(make_study(3, lstm={"confusion": CHANCE}), Settings()).markdown
    assert NO_SENSE not in text
    assert "La LSTM ha aprendido algo" not in text
    assert "en la prueba no se demuestra que supere a quien no lee" in text
    assert "No se demuestra con ninguna semilla que este entrenamiento enseñe" in text
