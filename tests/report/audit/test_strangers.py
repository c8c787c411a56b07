"""Kinds of document that others write: what a notebook sets, prints and then says of itself."""

import json

import pytest

from report.audit.auditing import audit
from report.audit.ruling import Verdict


def cell(source="", printed="", html="", kind="code"):
    if kind == "markdown":
        return {"cell_type": "markdown", "source": source}
    outputs = [{"output_type": "stream", "name": "stdout", "text": printed}] if printed else []
    outputs += [{"output_type": "display_data", "data": {"text/html": html}}] if html else []
    return {"cell_type": "code", "source": source, "outputs": outputs}


def said(text):
    return cell(text, kind="markdown")


@pytest.fixture
def contradictions(tmp_path):
    def find(*cells):
        path = tmp_path / "a.ipynb"
        path.write_text(json.dumps({"cells": cells}), encoding="utf-8")
        return [f.expected for f in audit(path).rulings if f.verdict is Verdict.CONTRADICTED]

    return find


REPORT = """              precision    recall  f1-score   support

     rechazo       0.90      0.80      0.85        50
   elogio       0.82      0.91      0.86        50

   macro avg       0.86      0.86      0.86       100
"""


def test_what_code_sets_is_what_was_set(contradictions):
    code = cell("opt = Adam(lr=3e-4)\nred.fit(x, y, batch_size=48)")

    assert contradictions(code, said("Usamos una tasa de aprendizaje de 3e-4 y un lote de 48.")) == []
    assert contradictions(code, said("La tasa de aprendizaje fue 0.01.")) == [
        "se imprimió «learning rate = 0.0003»"
    ]


def test_with_early_stopping_the_epochs_of_the_code_are_a_limit(contradictions):
    code = cell("EarlyStopping(patience=2)\nred.fit(x, y, epochs=30)")
    text = "Con parada anticipada (paciencia 2) se entrenó durante 9 épocas."

    assert contradictions(code, said(text)) == []
    assert contradictions(cell("red.fit(x, y, epochs=30)"), said("Se entrenó durante 9 épocas.")) == [
        "se imprimió «epochs = 30»"
    ]


def test_a_mean_over_the_classes_is_quoted_without_its_name(contradictions):
    shown = cell("print(informe)", f"Precision: 0.8211\n{REPORT}")

    assert contradictions(shown, said("En test la precision es 0.86.")) == []
    assert contradictions(shown, said("En test la precision es 0.97.")) != []


def test_a_numbered_section_is_no_model(contradictions):
    shown = cell("evaluar()", "Test accuracy: 0.7312\n")

    assert (
        contradictions(said("## 4. Modelo\nUna capa."), shown, said("## 5. Cierre\nTest accuracy: 0.75"))
        != []
    )


def test_a_share_is_no_learning_rate(contradictions):
    table = "| Métrica | CNN+LR |\n|---|---|\n| Accuracy | 81 % |\n| F1 | 80 % |"

    assert contradictions(said(f"- learning rate: 0.01\n\n{table}")) == []


def test_a_name_that_ends_in_final_is_of_a_model(contradictions):
    table = "| Red | Test accuracy |\n|---|---|\n| `red_v2_final` | 0.81 |\n| `otra_v1` | 0.84 |"

    assert contradictions(said(f"{table}\n\n- accuracy en test = 0.813")) == []


@pytest.mark.parametrize(
    "text",
    [
        "Mejor época 7, con F1 = 0.71",
        "La mejor configuración previa (F1 de 0.71)",
        "Parecida a la B pero con peor F1",
        "El mejor resultado (+2 pp de F1 frente a A)",
    ],
)
def test_what_is_best_of_something_else_is_not_compared(contradictions, text):
    table = "| Ensayo | F1 |\n|---|---|\n| A | 0.71 |\n| B | 0.74 |\n| C | 0.69 |"

    assert contradictions(said(f"{table}\n\n{text}.")) == []


def test_values_in_sections_of_their_own_or_of_many_trials_are_asked_about(contradictions):
    trials = "## Ensayos\n\nEn test la exactitud fue 0.71. Después, en test la exactitud fue 0.74."

    assert contradictions(said(f"{trials} Al final, en test la exactitud fue 0.78.")) == []
    assert contradictions(said("Test accuracy: 0.71.\n\n## Diabetes\n\nTest accuracy: 0.93")) == []


def test_one_of_a_list_is_no_setting(contradictions):
    layers = "Neuronas por capa: 20, 20, 3.\n\nLote: 8.\n\nNeuronas por capa: 10, 10."

    assert contradictions(said(layers)) == []


def test_the_name_of_a_row_sets_nothing(contradictions):
    table = "| Modelo | F1 | ms |\n|---|---|---|\n| LR simple | 0.89 | 0.31 |\n| LR afinada | 0.90 | 0.34 |"

    assert contradictions(said(table)) == []


LOG = """Epoch 1/2
10/10 - 1s - loss: 0.60 - accuracy: 0.71 - val_loss: 0.52 - val_accuracy: 0.75
Epoch 2/2
10/10 - 1s - loss: 0.41 - accuracy: 0.82 - val_loss: 0.47 - val_accuracy: 0.79
"""


def test_a_value_below_a_log_is_one_of_its_values(contradictions):
    code = cell("red.fit(x, y)", LOG)

    assert contradictions(code, said("Llegamos a una accuracy del 79 %.")) == []
    assert contradictions(code, said("Llegamos a una accuracy del 91–93 %.")) == [
        "lo impreso va de 0.7100 a 0.8200, y ese valor no está"
    ]
    assert contradictions(code, said("En el ejercicio 1 llegamos a una accuracy del 93 %.")) == []


@pytest.mark.parametrize(
    ("text", "fits"),
    [
        ("supera el 0.78", True),
        ("está por encima de 0.80", False),
        ("es inferior a 0.80", True),
        ("es inferior al 70 %", False),
    ],
)
def test_a_limit_is_kept_or_not(contradictions, text, fits):
    found = contradictions(cell("red.fit(x, y)", LOG), said(f"La exactitud final de validación {text}."))

    assert (found == []) is fits


def test_a_report_without_a_fence_is_a_report(contradictions):
    text = f"- **F1**:\n\n{REPORT.replace('       ', ' ').replace('      ', ' ')}\n\nPrecision macro: 0.86"

    assert contradictions(said(text)) == []


def test_captions_that_nobody_reads_prove_nothing(contradictions):
    assert contradictions(said("El lote es de 32 (Figura 4 del anexo).")) == []


def test_logistic_regression_is_a_model(contradictions):
    table = "| Métrica | CNN | TF-IDF+LR |\n|---|---|---|\n| F1-score | 94 % | 89.66 % |\n| AUC | 0.9 | 1 |"

    assert contradictions(cell("print(informe)", REPORT), said(table)) == []


def test_beside_others_the_model_without_a_name_is_the_one_that_was_run(contradictions):
    table = "| Modelo | F1 |\n|---|---|\n| Transformador | 0.94 |\n| SVM | 0.89 |"

    assert contradictions(said(f"Lote: 16.\n\n{table}"), cell("fit(batch_size=32)")) == [
        "se imprimió «batch size = 32»"
    ]


def test_digits_may_be_cut_off_where_they_were_printed(contradictions):
    assert contradictions(cell("print(f)", "F1: 0.5038761"), said("El F1 es 0.5038.")) == []
    assert contradictions(cell("print(f)", "F1: 0.5038761"), said("El F1 es 0.5037.")) != []


def test_a_fraction_is_no_batch(contradictions):
    shown = cell("print(j)", "Coste con mini-batch: 0.0152")

    assert contradictions(shown, said("El mínimo con mini-batch y η = 0,01 es el menor; lote: 16.")) == []


MATRIX = """| | Predicho negativo | Predicho positivo |
|---|---|---|
| Real negativo | 80 | 20 |
| Real positivo | 10 | 90 |
"""


@pytest.mark.parametrize(("to", "fits"), [("positivas", True), ("negativas", False)])
def test_who_reads_one_class_as_the_other_leans_to_the_latter(contradictions, to, fits):
    of = {"positivas": "negativas", "negativas": "positivas"}[to]
    text = f"{MATRIX}\nCon una ligera tendencia a clasificar reseñas {of} como {to}."

    assert (contradictions(said(text)) == []) is fits


def test_a_target_is_no_value(contradictions):
    text = "It exceeded the benchmark of 80% accuracy on the test set.\n\n- Final test accuracy: 85.17%"

    assert contradictions(said(text)) == []


def test_the_patience_of_the_code_is_that_of_early_stopping(contradictions):
    code = cell("cb = [EarlyStopping(patience=40), ReduceLROnPlateau(patience=3)]")

    assert contradictions(code, said("EarlyStopping con paciencia de 40 épocas.")) == []
    assert contradictions(code, said("EarlyStopping con paciencia de 3 épocas.")) == [
        "la paciencia del código es 40"
    ]


def test_each_layer_has_neurons_of_its_own(contradictions):
    text = "- Capa densa: 64 neuronas con ReLU.\n- Capa de salida: 10 neuronas, una por clase."

    assert contradictions(said(text)) == []


def test_what_stands_in_brackets_behind_an_accuracy_is_no_gap(contradictions):
    text = "Hay una brecha entre la exactitud de entrenamiento (~82 %) y la de validación (~79 %)."

    assert contradictions(cell("fit()", LOG), said(text)) == []


def test_what_begins_and_settles_is_of_the_end(contradictions):
    text = "La exactitud de validación mejora inicialmente y se estabiliza en el 79 %."

    assert contradictions(cell("fit()", LOG), said(text)) == []


def test_a_name_in_brackets_is_the_name(contradictions):
    printed = cell("print(p, a)", "Precision: 0.700\nAccuracy: 0.861")

    assert contradictions(printed, said("La precisión (accuracy) es de 0.861.")) == []


def test_a_numbered_title_sets_nothing(contradictions):
    assert contradictions(said("6 - Embedding entrenado aparte"), cell("fit(embedding_dim=128)")) == []


def test_what_is_set_against_another_is_not_one_quantity(contradictions):
    against = "Mientras la red anterior daba un test accuracy de 0.80, la nueva da un test accuracy de 0.90."

    assert contradictions(said(f"El test accuracy es 0.80.\n\n{against}")) == []


def test_what_was_gained_is_no_value(contradictions):
    assert contradictions(cell("print(a)", "Accuracy: 0.861"), said("Mejora: +8% accuracy.")) == []


def test_a_printed_value_of_some_is_not_that_of_all(contradictions):
    printed = cell("print(a)", "Exactitud en frases cortas: 0.91")

    assert contradictions(printed, said("Exactitud: 0.86")) == []


def test_sections_of_several_trials_are_not_the_one_that_was_printed(contradictions):
    printed = cell("print(a)", "Exactitud: 0.91")

    assert (
        contradictions(
            printed, said("## Prueba 1\n\nExactitud: 0.80"), said("## Prueba 2\n\nExactitud: 0.85")
        )
        == []
    )


FRAME = """              Modelo  Accuracy  F1-Score
1              Red-2    0.7998    0.6065
0  Logistic Regression    0.7970    0.5941
"""


def test_a_printed_frame_denies_the_table_that_was_copied_from_another(contradictions):
    table = (
        "| Modelo | Accuracy |\n|---|---|\n| Red-2 (mejor modelo) | 0.81 |\n| Regresión logística | 0.76 |"
    )

    assert contradictions(cell("print(d)", FRAME), said(table)) == [
        "se imprimió «Red-2, Accuracy: 0.7998»",
        "se imprimió «Logistic Regression, Accuracy: 0.7970»",
    ]
    assert (
        contradictions(cell("print(d)", FRAME), said(table.replace("0.81", "0.80").replace("6", "97"))) == []
    )


def test_below_the_state_of_the_art_the_document_speaks_of_itself_again(contradictions):
    text = "## Estado del arte\n\nOtros llegan a 0.95.\n\n## Resultados\n\nExactitud: 0.86"

    assert contradictions(cell("print(a)", "Exactitud: 0.91"), said(text)) != []


def test_each_of_several_logs_is_of_what_stands_below_it(contradictions):
    def log(*values):
        rows = [f"Epoch {i}/2\n - loss: {a} - val_loss: {b}" for i, (a, b) in enumerate(values, start=1)]
        return cell("fit()", "\n".join(rows))

    first, second = log((0.50, 0.60), (0.40, 0.61)), log((0.70, 0.80), (0.65, 0.75))
    wrong = said("La pérdida de validación final es 0.66.")

    assert contradictions(said("# A"), first, wrong, said("# B"), second) != []
    assert contradictions(said("# A"), first, said("# B"), second, said("# C"), wrong) == []


@pytest.mark.parametrize(
    "text",
    [
        "El test se rellena hasta 200 palabras y 300 tokens.",
        "La exactitud se acerca al 100 %.",
        "La exactitud es 0.91, una caída: 8% absolute drop.",
        "El modelo sobreajusta desde el principio, como cabía esperar de una cantidad leve de ejemplos.",
    ],
)
def test_numbers_and_words_of_something_else(contradictions, text):
    assert contradictions(cell("print(a)", "Exactitud: 0.91"), said(text)) == []


def matrix(source, *rows):
    return cell(source, f"Matriz de confusión\n[[{rows[0]} {rows[1]}]\n [{rows[2]} {rows[3]}]]\n")


def test_of_several_matrices_the_last_one_above(contradictions):
    first, second = matrix("evaluar()", 80, 20, 10, 90), matrix("evaluar()", 85, 15, 30, 70)
    after = said("El umbral nuevo baja los falsos positivos de 20 a {} y hay 30 falsos negativos.")

    right, wrong = ({**after, "source": after["source"].format(n)} for n in (15, 18))
    assert contradictions(first, second, right) == []
    assert contradictions(first, second, wrong) == ["según la matriz son 15"]


def test_what_another_matrix_confirms_is_asked(contradictions):
    first, second = matrix("evaluar()", 80, 20, 10, 90), matrix("evaluar()", 85, 15, 30, 70)

    assert contradictions(first, second, said("En la primera había 20 falsos positivos.")) == []


def test_the_model_of_a_cell_tells_whose_matrix_it_is(contradictions):
    tree = matrix("arbol = DecisionTreeClassifier()\ncm(arbol)", 80, 20, 10, 90)
    forest = matrix("bosque = RandomForestClassifier()\ncm(bosque)", 95, 5, 4, 96)
    text = said(
        "# Cierre\n\nBosque aleatorio:\n\nFalsos positivos: 5\n\nÁrbol de decisión:\n\nFalsos positivos: {}"
    )

    right, wrong = ({**text, "source": text["source"].format(n)} for n in (20, 7))
    assert contradictions(tree, forest, right) == []
    assert contradictions(tree, forest, wrong) == ["según la matriz son 20"]


def test_the_list_of_evaluate_is_loss_and_accuracy(contradictions):
    shown = cell("r = red.evaluate(x_test, y_test)\nr", "[0.3231, 0.8735]\n")

    assert contradictions(shown, said("En la prueba la exactitud es del 87 %.")) == []
    assert contradictions(shown, said("La exactitud es del 87.4 %.")) == []
    assert contradictions(shown, said("En la prueba la exactitud es del 89 %.")) != []
    assert contradictions(shown, said("Our naive approach gets an accuracy of 89 %.")) != []


def test_classes_have_the_names_of_the_report(contradictions):
    report = cell("informe()", REPORT.replace("rechazo", "  noche").replace("elogio", "tarde "))

    assert contradictions(report, said("La precision de noche es 0.90 y el recall de tarde es 0.91.")) == []
    assert contradictions(report, said("El recall de noche es 0.91.")) != []  # that of the other one


def test_the_number_of_a_class_is_no_value(contradictions):
    assert contradictions(matrix("cm(y, p)", 80, 20, 10, 90), said("Recall en clase 1: 90 %.")) == []


def test_how_a_gap_opens_between_two_accuracies(contradictions):
    log = (
        "Epoch 1/2\n - accuracy: 0.80 - val_accuracy: 0.79\nEpoch 2/2\n - accuracy: 0.90 - val_accuracy: 0.82"
    )
    text = said("The gap between training (0.90) and validation (0.82) accuracy grows.")

    assert contradictions(cell("red.fit(x)", log), text) == []


@pytest.mark.parametrize(("between", "accused"), [(0, 1), (2, 1), (3, 0)])
def test_of_two_matrices_the_last_is_meant_by_what_stands_near_it_only(contradictions, between, accused):
    first, last = (
        cell("print(confusion_matrix(y, p))", f"confusion matrix\n[[{a} 10]\n [20 {b}]]\n")
        for a, b in ((90, 80), (70, 60))
    )
    found = contradictions(
        said("# Redes"),
        said("## Resultados"),
        first,
        last,
        *[cell("x = 1")] * between,
        said("La exactitud en test es 0.95."),
    )
    assert len(found) == accused


COMPARED = "## GRU\n\n| Red | Accuracy | F1 |\n|---|---|---|\n| GRU | 0.81 | 0.80 |\n| CNN | 0.77 | 0.76 |\n"


def test_a_rate_of_dropout_is_no_loss_of_accuracy(contradictions):
    text = "Dropout del 20 % y L2 frenan el sobreajuste y mejoran la accuracy."

    assert contradictions(said(COMPARED), said(text)) == []


def test_what_is_compared_with_something_that_is_no_row_is_no_difference_of_two_rows(contradictions):
    text = "El F1 mejora en comparación con redes sin embeddings (+1.5 pp)."

    assert contradictions(said(COMPARED), said(text)) == []
    assert contradictions(said(COMPARED), said("GRU mejora el F1 en 1.5 puntos.")) != []


def test_the_title_of_the_lines_below_it_owns_their_numbers(contradictions):
    text = (
        "Estos son los resultados:\n\nRed LSTM:\nExactitud en test: 91.2 %\nExactitud en validación: 90 %\n"
        "Red ajustada:\nExactitud en test: 88.4 %\nExactitud en validación: 87 %"
    )
    one = "La red LSTM llega a una exactitud en test de 91.2 %."

    assert contradictions(said(text), said(one)) == []


def test_parameters_for_each_example_are_not_those_of_a_network(contradictions):
    summary = cell("model.summary()", "Total params: 2,000,000\n")
    ratio = "2M parameters ÷ 500 examples = 4,000 params/example."

    assert contradictions(summary, said(ratio)) == []
    assert contradictions(summary, said("The model has 4,000 params.")) != []
