"""Of which model, run or phase a statement is, and that only what is of the same is contradicted."""

import pytest
from audit_cases import contradicted, examine, read

from report.audit.ruling import Verdict
from report.audit.scope import DIMENSIONS, MIXED, Names, Roster, Scope, is_generic, roster

DIFFERENT = [  # of two things, each
    "## Red densa\nExactitud en test: 0.71.\n\n## Red convolucional\nExactitud en test: 0.83",
    "## MobileNetV2\nTest accuracy: 0.71.\n\n## ResNet50\nTest accuracy: 0.83",
    "## Con aumento de datos\nTest accuracy: 0.71.\n\n## Sin aumento de datos\nTest accuracy: 0.83",
    "### Experimento 1\nTest accuracy: 0.71.\n\n### Experimento 2\nTest accuracy: 0.83",
    "## Model A\nBatch size: 32.\n\n## Model B\nBatch size: 64",
    "En la primera fase la tasa de aprendizaje es 1e-3. En la segunda fase la tasa de aprendizaje es 1e-5",
    "Stage 1 uses a learning rate of 1e-3.\n\nFine-tuning. Stage 2 uses a learning rate of 1e-5",
    "- LSTM: test accuracy 0.84\n- GRU: test accuracy 0.86",
    "| Red | Lote |\n|---|---|\n| GRU | 32 |\n| CNN | 64 |",
    "| Modelo | Test accuracy |\n|---|---|\n| A | 0.8 |\n| A | 0.9 |",
    "| | CNN | MLP |\n|---|---|---|\n| Test accuracy | 0.98 | 0.94 |\n| Test loss | 0.10 | 0.20 |",
]


@pytest.mark.parametrize("text", DIFFERENT)
def test_two_things_are_two(text):
    assert contradicted(text) == []
    scopes = {claim.scope.key for claim in read(text).claims}
    assert len(scopes) >= 2


@pytest.mark.parametrize(
    "text",
    [
        "## Red densa\nTest accuracy: 0.71. La exactitud en test es 0.83",
        "## Resultados\nTest accuracy: 0.71.\n\n## Conclusiones\nExactitud en test: 0.83",
        "## GRU\nTest accuracy: 0.71.\n\n## CNN\nTest accuracy: 0.90.\n\n## GRU\nTest accuracy: 0.83",
    ],
)
def test_one_thing_is_one(text):
    assert contradicted(text) == ["la misma cantidad dos veces"]


def test_what_may_be_of_either_is_asked():
    text = "## GRU\nTest accuracy: 0.71.\n\n## CNN\nTest accuracy: 0.83.\n\n## Final\nTest accuracy: 0.85."
    found = examine(f"{text} En resumen, test accuracy: 0.86")
    (doubt,) = [ruling for ruling in found if ruling.verdict is Verdict.AMBIGUOUS]

    assert contradicted(text) == []
    assert doubt.expected.endswith("¿de qué modelo? El documento habla de «gru», «cnn»")


def test_what_goes_on_from_the_sentence_before_is_not_certain():
    text = "## Datos\nEl MLP usa un lote de 32. El lote es de 64.\n\n## CNN\nBatch size: 16"

    assert contradicted(text) == []
    assert any("¿sigue hablando de lo mismo" in ruling.expected for ruling in examine(text))


@pytest.mark.parametrize(
    ("text", "scope"),
    [
        ("En la segunda fase", Scope(phase="2")),
        ("Phase II of the training", Scope(phase="2")),
        ("el modelo híbrido y la GRU", Scope(model=MIXED)),
        ("con una BiLSTM en la ejecución 3", Scope(model="bilstm", run="3")),
        ("nada de eso", Scope()),
    ],
)
def test_what_a_text_names(text, scope):
    assert Names().read(text) == scope


def test_a_model_that_is_only_mentioned_is_another():
    assert contradicted("Con XGBoost, test accuracy: 0.90. En general, la exactitud en test es 0.80") == []


def test_labels_of_tables_are_names_and_the_longest_wins():
    names = Names(["GRU", "GRU con atención", "Modelo"])

    assert names.read("La GRU con atención gana").model == "gru con atencion"
    assert names.read("El modelo gana").model == ""


def test_headings_of_no_topic():
    assert is_generic("3. Resultados del modelo") is True
    assert is_generic("Redes de cápsulas") is False


def test_the_only_name_is_everywhere_and_one_of_several_nowhere_for_certain():
    alone = roster([Scope(model="gru"), Scope()], ["gru"])
    several = roster([Scope(model="gru"), Scope(model="cnn")])

    assert alone.settle(Scope()) == alone.settle(Scope(model="gru")) == Scope()
    assert several.settle(Scope()) == Scope(model=MIXED)
    assert roster([Scope(model="lstm"), Scope(model="gan")]) == Roster(dict.fromkeys(DIMENSIONS, ()))


def test_two_names_of_one_part_of_a_document_are_two_models():
    assert roster([Scope("lstm"), Scope("gan")]).names["model"] == ()  # the parts tell them apart
    assert roster([Scope("lstm"), Scope("rnn")]).names["model"] == ("lstm", "rnn")


def test_a_number_tells_how_deep_a_heading_is():
    claims = read("## 6 Bosque aleatorio\n\n## 6.1 Resultados\n\nExactitud en la prueba: 0.85.").claims
    assert claims[0].scope.path == (1, 2)
