"""The document of what an author brought: the case of a report that was written by hand, worked out by hand
from what its training logged (see ``brought.HISTORY``) and its matrix."""

import re
from dataclasses import replace

import pytest
from brought import answers, brought_cases, brought_gan, brought_lstm, brought_study, grids
from studies import make_study

from experiments.records.brought import TakenAs
from report.settings import Settings
from report.study.study import Study
from report.text.document import compose
from report.text.provenance import COUNTS


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
        "la exactitud es del 86.4 % [85.9; 86.8]",
        "La menor pérdida de validación está en la época 3 de 10, con 0.2876",
        # 0.8882 is the highest of the ten
        "alcanza su máximo en otra época, la 5: 0.8882, frente a 0.8866",
        # 0.89955 - 0.8866 = 0.01295 of one epoch, and 0.9722 - 0.8830 = 0.0892 of another
        "En la época 3, de menor pérdida de validación, es de 1.3 puntos, un sobreajuste leve",
        "En la última es de 8.9 puntos, un sobreajuste moderado",
        # 4 > 3, 6 > 5, 7 > 6, 8 > 7 and 10 > 9; the mean of the seven after the third is 0.355209
        "las épocas posteriores quedan, de media, 0.0676 por encima (el 23.5 %), con cinco subidas",
        # 0.308916 and 0.298916 are the first two in a row above 1.02 · 0.287634 = 0.293387
        "empieza a dejar atrás su mínimo en la época 4",
        "clasificar como negativa una reseña que es positiva: 2048 veces, frente a 1358 del error contrario",
        "El modelo se inclina hacia la clase negativa",
        # 2048 / 12 500 and 1358 / 12 500
        "Se clasifica mal el 16.4 % de las reseñas positivas y el 10.9 % de las negativas",
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


# --- what a reader found to be wrong -----------------------------------------------------------


def test_page_one_gives_each_file_with_the_beginning_of_its_digest(text: str) -> None:
    first = text.partition("## Parte A")[0]
    assert "Lo que se aportó es history-1.csv (abababababab)" in first
    assert re.findall(r"\[(\w\.\d)\]", first) == ["A.2", "A.1", "A.1", "A.5", "B.2", "B.3"]


def test_a_matrix_that_was_typed_is_no_file() -> None:
    run = brought_lstm(1, None)
    (file,) = run.record.files
    typed = file.model_copy(update={"name": "11142,1358,2048,10452"})
    record = run.record.model_copy(update={"files": (typed,)})
    text = written(brought_study(replace(run, record=record)))
    assert "| escrita a mano: 11142,1358,2048,10452 |" in text
    assert "Lo que se aportó es una matriz de confusión escrita a mano (abababababab)" in text


@pytest.mark.parametrize("name", ["11142 1358 2048 10452", "[[11142, 1358], [2048, 10452]]", "1,2,3,4"])
def test_as_it_is_typed(name: str) -> None:
    assert COUNTS.fullmatch(name)


@pytest.mark.parametrize("name", ["matriz.csv", "1,2,3", "confusion-1.csv", "m-1-2-3-4.csv"])
def test_what_is_no_matrix(name: str) -> None:
    assert not COUNTS.fullmatch(name)


def test_a_pattern_says_which_steps_it_stands_for() -> None:
    run = brought_gan(1, images=grids((500, 1000)), steps=(500, 1000))
    (file,) = run.record.files
    pattern = file.model_copy(update={"name": "paso_{paso}.png"})
    run = replace(run, record=run.record.model_copy(update={"files": (pattern,)}))
    text = written(brought_study(run))
    assert "| paso\\_{paso}.png, pasos: 500, 1000 |" in text
    assert "el de las rejillas" in text


def test_without_grids_nothing_is_said_of_them(cases: dict[str, Study]) -> None:
    assert "rejilla" not in written(cases["aportado: pérdidas"])


def test_id_is_no_name_that_had_to_be_interpreted() -> None:
    """It is how the user is told to call it."""
    ids = (TakenAs(file="p.npz", name="id", meaning="review_id"),)
    assert "Nombres que había" not in written(brought_study(brought_lstm(1, names=ids)))
    others = (TakenAs(file="p.npz", name="ids", meaning="review_id"),)
    assert "| p.npz | ids | número de la reseña |" in written(brought_study(brought_lstm(1, names=others)))


def test_settings_are_told_in_words() -> None:
    run = brought_lstm(1, settings={"units": 64, "bidirectional": False, "learning_rate": 2e-4})
    text = written(brought_study(run))
    assert "| clasificador | unidades | 64 |" in text
    assert "| clasificador | bidireccional | no |" in text
    assert "| clasificador | tasa de aprendizaje | 0.0002 |" in text


def test_of_what_was_supposed_the_supposition_comes_first(cases: dict[str, Study]) -> None:
    """0.8866 of a hundred is 89 hits: p < 0.001."""
    text = written(cases["aportado: un historial"])
    assert (
        "Si la validación tiene al menos 100 reseñas, tantas de una clase como de la otra, la exactitud de "
        "la época 3, 88.7 %, supera la del azar, 50.0 % (prueba binomial de una cola, *p* < 0.001 con 100)"
    ) in text


def test_where_a_class_is_more_frequent_it_is_no_chance() -> None:
    """60 of 100 are positive and 90 read well."""
    text = written(brought_study(brought_lstm(1, None, (36, 4, 6, 54))))
    assert "**Más que respondiendo siempre la clase más frecuente**: 90.0 % frente a 60.0 %" in text
    assert "frente al 60.0 % de responder siempre la clase más frecuente" in text


def test_what_the_judge_reads_is_supposed_to_be_digits_if_nobody_says(cases: dict[str, Study]) -> None:
    supposed = written(cases["aportado: rejillas que dejan de leerse"])
    assert supposed.count("si lo que imitan son dígitos como los de MNIST") == 2  # page one, conclusion
    told = written(cases["aportado: rejillas que se leen siempre"])
    assert "si lo que imitan" not in told


def test_of_hits_that_were_not_brought_nothing_is_denied(cases: dict[str, Study]) -> None:
    text = written(cases["aportado: pérdidas"])
    assert "no se midió en aciertos" not in text
    assert "de los que no se aportó nada" in text
    assert "Se llama cerca a menos del 15 %" in text
    assert "0.693, la suya si la pérdida es la no saturante" in text


def test_swapped_classes_are_suspected() -> None:
    given = answers(right=0.1)
    text = written(brought_study(brought_lstm(1, None, answers=given)))
    assert "ordena las reseñas al revés, como si las clases estuvieran cambiadas" in text
    assert "quizá estén cambiadas las clases" in text


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
    assert text.count(caution + "repetirlo.") == 1  # among the limits
    assert "Con un solo entrenamiento" not in text


def test_the_table_of_epochs_is_the_history(text: str) -> None:
    assert "| **▶ 3** | **0.2838** | **0.8996** | **0.2876** | **0.8866** |" in text
    assert "| 10 | 0.0974 | 0.9722 | 0.3825 | 0.8830 |" in text


# --- from what was printed -------------------------------------------------------------------


def test_figures_that_were_printed_are_told_with_their_decimals(cases: dict[str, Study], text: str) -> None:
    said = written(cases["aportado: un historial impreso"])
    assert (
        "Las cifras se leyeron tal como se imprimieron, con cuatro decimales «Pérdida en marcha», «Exactitud "
        "en marcha», «Pérdida, validación», «Exactitud, validación»; lo que se calcula con ellas no es más "
        "exacto."
    ) in said
    assert "se imprimieron" not in text


def test_of_seeds_that_were_printed_in_another_way_the_fewest_decimals_are_told(
    cases: dict[str, Study],
) -> None:
    said = written(cases["aportado: dos historiales impresos de otro modo"])
    assert "con un decimal «Pérdida en marcha»; con dos decimales «Pérdida, validación»; lo que" in said
