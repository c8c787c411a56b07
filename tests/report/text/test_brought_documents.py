"""The document of what an author brought: the case of a report that was written by hand, worked out by hand
from what its training logged (see ``brought.HISTORY``) and its matrix."""

import re

import pytest
from brought import brought_cases
from studies import make_study

from report.settings import Settings
from report.study.study import Study
from report.text.document import compose


@pytest.fixture(scope="module")
def cases() -> dict[str, Study]:
    return brought_cases(make_study(1).judge[0])


def written(study: Study) -> str:
    return compose(study, Settings()).markdown.replace("\u00a0", " ")


@pytest.fixture(scope="module")
def text(cases: dict[str, Study]) -> str:
    return written(cases["aportado: historial, matriz, pérdidas y rejillas"])


@pytest.mark.parametrize(
    "said",
    [
        # (11 142 + 10 452) / 25 000 = 0.86376; Wilson's interval by equation 5 of his paper
        "Su exactitud en la prueba es 0.8638 [0.8595; 0.8680]",
        "La menor pérdida de validación está en la época 3 de 10, con 0.2876",
        # 0.8882 is the highest of the ten
        "alcanza su máximo en otra época, la 5: 0.8882, frente a 0.8866",
        # 0.89955 - 0.8866 = 0.01295 of one epoch, and 0.9722 - 0.8830 = 0.0892 of another
        "En la época de menor pérdida de validación la brecha en marcha es leve, de 0.0130",
        "En la última época la brecha en marcha es moderada, de 0.0892",
        # 4 > 3, 6 > 5, 7 > 6, 8 > 7 and 10 > 9; the mean of the seven after the third is 0.355209
        "las épocas posteriores quedan, de media, 0.0676 por encima (el 23.5 %), con 5 subidas",
        # 0.308916 and 0.298916 are the first two in a row above 1.02 · 0.287634 = 0.293387
        "empieza a dejar atrás su mínimo en la época 4",
        "leer como negativa una reseña que es positiva: 2048 veces, frente a 1358 del error contrario",
        "El modelo se inclina hacia la clase negativa",
        # 2048 / 12 500 and 1358 / 12 500
        "Se lee mal el 16.4 % de las reseñas positivas y el 10.9 % de las negativas",
        # 11 142 / (11 142 + 2048), 11 142 / 12 500; 10 452 / (10 452 + 1358), 10 452 / 12 500
        "| negativa | 0.8447 | 0.8914 | 0.8674 |",
        "| positiva | 0.8850 | 0.8362 | 0.8599 |",
        "**Resultados aportados por el autor.**",
    ],
)
def test_it_says_what_follows_by_hand(text: str, said: str) -> None:
    assert said in text


@pytest.mark.parametrize(
    "unknown",
    [
        "lineal",
        "longitud",
        "larg",
        "memoria",
        "olvid",
        "copia",
        "sonda",
        "LSTM",
        "época elegida",
        "semilla 1",
    ],
)
def test_it_says_nothing_of_what_was_not_brought(text: str, unknown: str) -> None:
    body = text.partition("## Procedencia")[0]
    assert [found for found in re.findall(rf"\b{unknown}\w*", body) if found != "largo"] == []


@pytest.mark.parametrize(
    ("case", "single"),
    [
        ("aportado: un historial y pérdidas de dos semillas", "la red"),
        ("aportado: matrices de dos semillas y rejillas de una", "la GAN"),
    ],
)
def test_of_one_part_there_may_be_a_single_training_and_of_the_other_several(
    cases: dict[str, Study], case: str, single: str
) -> None:
    """What ± is must be said, and of which part nobody knows how its figures would vary."""
    text = written(cases[case])
    assert "Las cifras con ± son media y desviación típica entre semillas" in text
    caution = f"De {single} hay un solo entrenamiento, y no se sabe cuánto cambiarían sus cifras al "
    assert text.count(caution + "repetirlo.") == 2  # in the summary and among the limits
    assert "Con un solo entrenamiento" not in text


def test_the_table_of_epochs_is_the_history(text: str) -> None:
    assert "| **▶ 3** | **0.2838** | **0.8996** | **0.2876** | **0.8866** |" in text
    assert "| 10 | 0.0974 | 0.9722 | 0.3825 | 0.8830 |" in text


# --- from what was printed -------------------------------------------------------------------


def test_figures_that_were_printed_are_told_with_their_decimals(cases: dict[str, Study], text: str) -> None:
    said = written(cases["aportado: un historial impreso"])
    assert (
        "Las cifras se leyeron tal como se imprimieron, con 4 decimales «Pérdida en marcha», «Exactitud en "
        "marcha», «Pérdida, valid.», «Exactitud, valid.»; lo que se calcula con ellas no es más exacto."
    ) in said
    assert "se imprimieron" not in text


def test_of_seeds_that_were_printed_in_another_way_the_fewest_decimals_are_told(
    cases: dict[str, Study],
) -> None:
    said = written(cases["aportado: dos historiales impresos de otro modo"])
    assert "con un decimal «Pérdida en marcha»; con 2 decimales «Pérdida, valid.»; lo que" in said
