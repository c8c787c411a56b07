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


def masked(text, *headings):
    names = Names(headings=headings)
    mentions = names.mentions(text)
    return names.masked(text, mentions), names.scope(mentions)


@pytest.mark.parametrize(
    ("text", "shown", "scope"),
    [
        ("La etapa 2 cierra con 0.91", "La etapa x cierra con 0.91", Scope(phase="2")),
        ("Fases 1 y 3: un 5 % más", "Fases x y x: un 5 % más", Scope(phase=MIXED)),
        ("VGG 16 entrenada con CIFAR-100", "VGG xx entrenada con CIFAR-xxx", Scope("vgg16", data="cifar100")),
        ("con la red 0.9 de acierto", "con la red 0.9 de acierto", Scope()),
        ("we run 4 epochs of run 2", "we run 4 epochs of run x", Scope(run="2")),
        ("hay un modelo a comparar", "hay un modelo a comparar", Scope()),
        ("la clase 1 y la capa 3", "la clase x y la capa x", Scope()),
        ("una GAN densa", "una GAN densa", Scope("gan densa")),
        ("el modelo, 2 capas", "el modelo, 2 capas", Scope()),
    ],
)
def test_the_number_of_a_name_is_no_number(text, shown, scope):
    assert masked(text) == (shown, scope)


def test_a_seed_names_a_run_where_a_heading_has_one():
    assert masked("con la semilla 5 sube") == ("con la semilla 5 sube", Scope())
    assert masked("con la semilla 5 sube", "Semilla 5", "Semilla 8")[1] == Scope(run="semilla 5")


def test_a_heading_may_have_two_names_of_one_thing():
    headings = ("Fase 1: preentrenamiento", "Fase 2: ajuste fino")

    assert masked("la fase 2", *headings)[1] == masked("el ajuste fino", *headings)[1]
    assert Names(headings=headings).heading(headings[0]) == Scope(phase="preentrenamiento")


def test_two_models_of_one_kind_are_told_apart_by_their_numbers():
    headings = ("Modelo 1: LSTM", "Modelo 2: LSTM")

    assert [Names(headings=headings).heading(each).model for each in headings] == ["1", "2"]
    assert masked("la LSTM", *headings)[1] == Scope(MIXED)


@pytest.mark.parametrize(
    "text",
    [
        "## Modelo A\n### Resultados\nBatch size: 32.\n\n## Modelo B\n### Resultados\nBatch size: 64",
        "## 1. GRU\n### Detalles\nBatch size: 32.\n\n## 2. MLP\n## 2.1 Datos\n### Detalles\nBatch size: 64",
        "## Semilla 4\nExactitud en test: 0.71.\n\n## Semilla 9\nExactitud en test: 0.83",
        "## MNIST\nThe GAN runs 10000 iterations.\n\n## CIFAR-10\nThe GAN runs 40000 iterations",
        "## Deep model\nTest accuracy: 0.71.\n\n## Small model\nTest accuracy: 0.83",
        "## Fase 1: ajuste completo\nTest accuracy: 0.71.\n\n## Fase 2: ajuste fino\nTest accuracy: 0.83",
    ],
)
def test_what_stands_below_a_name_is_of_it(text):
    assert contradicted(text) == []
    assert len({claim.scope.key for claim in read(text).claims}) == 2


def test_one_set_of_data_is_the_only_one():
    assert contradicted("With IMDb, test accuracy: 0.71.\n\nTest accuracy: 0.83") == [
        "la misma cantidad dos veces"
    ]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("## GRU\nLa GRU usa un lote de 32. El lote es de 64.\n\n## MLP\nBatch size: 16", True),
        ("## Datos\nEl MLP usa un lote de 32. Su lote es de 64.\n\n## GRU\nBatch size: 16", True),
        ("## MLP\nBatch size: 16\n\nLa GRU usa un lote de 32. El lote es de 64.\n\n## GRU\nLote: 32", False),
    ],
)
def test_the_subject_of_the_second_sentence(text, found):
    assert (contradicted(text) == ["la misma cantidad dos veces"]) is found


def test_a_value_of_a_named_phase_is_checked_against_that_phase():
    table = "| Época | val_accuracy |\n|---|---|\n| 1 | 0.61 |\n| 2 | {} |\n\n"
    shown = "## Fase 1\n" + table.format("0.72") + "## Fase 2\n" + table.format("0.84") + "## Final\n"

    assert contradicted(shown + "La val_accuracy final de la fase 1 fue 0.72") == []
    assert contradicted(shown + "La val_accuracy final de la fase 1 fue 0.84") == ["valor final"]
