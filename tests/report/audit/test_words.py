"""The author's own words against the results: numbers that these deny stop the document, opinions do not."""

import pytest
import studies

from report.audit import evidence, readers, rules
from report.audit.ruling import Verdict
from report.audit.understanding import understand
from report.audit.words import contradictions, refuse_contradictions
from report.errors import RenderError
from report.settings import Reflection, Settings
from report.text.document import compose

# As what travels in a PDF: 343 and 344 hits of 400; losses of validation 0.5, 0.4 and 0.6; 600 iterations.
STUDY = studies.make_study(2, lstm={"val_loss": (0.5, 0.4, 0.6)})


def denied(text: str, study=STUDY) -> list[int]:
    """The lines of what is denied."""
    return [ruling.place.number for ruling in contradictions(Reflection(file="mia.md", text=text), study)]


@pytest.mark.parametrize(
    "text",
    [
        "La exactitud en la prueba es del 91.2 %.",
        "La LSTM alcanza una exactitud de 0.912 en la prueba.",
        "Se entrenaron 7 épocas.",
        "La GAN se entrenó 123456 iteraciones.",
        "La menor pérdida de validación, 0.31, está en la época 2.",
    ],
)
def test_a_number_that_the_results_deny_is_found(text):
    assert denied(text) == [1]


@pytest.mark.parametrize(
    "text",
    [
        "La exactitud en la prueba es del 85.9 %.",
        "Se entrenaron 3 épocas.",
        "La menor pérdida de validación, 0.4, está en la época 2.",
        "Esperaba una exactitud en la prueba del 95 %.",
        "Con más épocas, la exactitud en la prueba habría llegado al 95 %.",
        "El modelo lineal alcanza una exactitud en la prueba del 95 %.",
        "La combinación de ambos alcanza una exactitud en la prueba del 95 %.",
        "Dai y Le (2015) dan una exactitud en la prueba del 86.5 %.",
        "Para mí, el sobreajuste es severo, y la pérdida de validación oscila.",
        "En 2026 dediqué 12 horas a esto.",
    ],
)
def test_what_is_right_expected_of_something_else_or_an_opinion_passes(text):
    assert denied(text) == []


def test_places_are_those_of_the_file_in_its_order():
    text = "# Uno\n\nLa GAN se entrenó\n123456 iteraciones.\n\nLa exactitud en la prueba es 0.1.\n"
    assert denied(text) == [3, 6]  # where the sentence begins


def test_without_results_of_it_nothing_is_denied():
    assert denied("La exactitud en la prueba es 0.1.", studies.only(STUDY, "judge")) == []


def test_the_refusal_says_where_what_and_what_instead():
    words = Reflection(file="textos/mia.md", text="Hola.\n\nLa GAN se entrenó 123456 iteraciones.")
    with pytest.raises(RenderError) as caught:
        refuse_contradictions(words, STUDY)
    message = str(caught.value)
    assert message.startswith("textos/mia.md, línea 3: se esperaba lo que dicen los resultados, ")
    assert "se encontró «" in message
    assert "123456 iteraciones" in message
    assert message.endswith("; corrija la frase.")
    assert "\n" not in message


def test_more_than_one_is_counted():
    words = Reflection(file="a.md", text="La exactitud en la prueba es 0.1.\n\nSe entrenaron 7 épocas.")
    with pytest.raises(RenderError, match=r"» \(y 1 más\); corrija la frase"):
        refuse_contradictions(words, STUDY)


def test_words_that_agree_are_no_obstacle():
    refuse_contradictions(Reflection(file="a.md", text="Se entrenaron 3 épocas."), STUDY)


@pytest.mark.parametrize("suffix", ["md", "html"])
def test_the_audit_of_the_finished_document_does_not_accuse_them_either(tmp_path, suffix):
    text = "# Uno\n\nSe entrenaron 3 épocas. Esperaba una exactitud en la prueba del 95 %.\n"
    document = compose(STUDY, Settings(reflection=Reflection(file="mia.md", text=text)))
    start = document.markdown.index("#### Uno")
    path = tmp_path / f"informe.{suffix}"
    mine = document.markdown[start : document.markdown.index("\n## ", start)]
    path.write_text(mine if suffix == "md" else document.words.html, encoding="utf-8")
    rulings = rules.check(understand(readers.read(path)), evidence.of_runs(STUDY.runs, ()))
    assert [ruling.verdict for ruling in rulings] == [Verdict.VERIFIED]
