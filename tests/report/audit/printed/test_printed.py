"""What programs print, as evidence of the text around it."""

import pytest
from audit_cases import contradicted, examine, read

from report.audit.blocks import Place, Printed
from report.audit.printed import frames, matrices, reports, training
from report.audit.ruling import Verdict

BAR = "\x1b[1m250/250\x1b[0m \x1b[32m━━━━\x1b[0m"
KERAS_3 = f"""Epoch 1/2
{BAR} 3s 9ms/step - accuracy: 0.6010 - loss: 0.6610 - val_accuracy: 0.7020 - val_loss: 0.5930
Epoch 2/2
{BAR} 2s 8ms/step - accuracy: 0.7930 - loss: 0.4520 - val_accuracy: 0.7710 - val_loss: 0.5010
"""
PYTORCH = """Epoch: 01 | train loss: 0.690 | train acc: 54.10% | val loss: 0.650 | val acc: 61.30%
Epoch: 02 | train loss: 0.510 | train acc: 75.40% | val loss: 0.480 | val acc: 77.90%
"""
ADVERSARIES = """Epoch 1/3, D loss: 0.9, G loss: 2.1
Epoch 2/3, D loss: 1.1, G loss: 1.4
Epoch 3/3, D loss: 1.3, G loss: 0.8
"""
REPORT = """              precision    recall  f1-score   support

         neg       0.80      0.90      0.85       100
         pos       0.89      0.78      0.83       100

    accuracy                           0.84       200
   macro avg       0.84      0.84      0.84       200
"""


def printed(text, code=""):
    lines = text.splitlines()
    return Printed(tuple(lines), tuple(Place("celda", 4, i) for i in range(1, len(lines) + 1)), code)


@pytest.mark.parametrize(
    ("log", "key", "values"),
    [
        (KERAS_3, ("accuracy", "val"), [0.702, 0.771]),
        (PYTORCH, ("accuracy", "train"), [0.541, 0.754]),
        (ADVERSARIES, ("loss", "G"), [2.1, 1.4, 0.8]),
    ],
)
def test_logs_are_series(log, key, values):
    (series,) = training.series(printed(log))

    assert [round(value.middle, 4) for value in series.columns[key]] == values
    assert str(series.place) == "celda 4, línea 1"


def test_two_trainings_are_two_and_a_text_is_none():
    assert len(training.series(printed(KERAS_3 + KERAS_3))) == 2
    assert training.series(printed("In epoch 3 it was late")) == []


@pytest.mark.parametrize(
    ("statement", "rules"),
    [
        ("Exactitud final de validación: 0.771. Final val_loss: 0.501", []),
        ("Exactitud final de validación: 0.702", ["valor final"]),
        ("La pérdida de validación sube en todas las épocas", ["forma de la curva"]),
        ("La mejor val_accuracy se alcanza en la época 1", ["mejor época"]),
    ],
)
def test_a_fenced_log_is_the_proof(statement, rules):
    assert contradicted(statement, f"\n```\n{KERAS_3}```\n") == rules


def test_of_two_logs_none_is_meant_for_certain():
    logs = f"\n```\n{KERAS_3}```\n\n```\n{KERAS_3.replace('0.7710', '0.7810')}```\n"
    found = examine("Exactitud final de validación: 0.70", logs)

    assert [ruling.verdict for ruling in found] == [Verdict.AMBIGUOUS]


@pytest.mark.parametrize("text", ["[[80 20]\n [10 90]]", "array([[80, 20],\n       [10, 90]])"])
def test_a_printed_matrix_is_one_where_it_is_called_so(text):
    (matrix,) = matrices.matrices(printed(text, "confusion_matrix(y, p)"))

    assert matrix.counts == ((80, 20), (10, 90))
    assert matrices.matrices(printed(text, "weights")) == []


def test_a_report_of_classes():
    (table,) = reports.tables(printed(REPORT))

    assert [row[0] for row in table.rows] == ["", "neg", "pos", "accuracy", "macro avg"]
    assert table.rows[3] == ("accuracy", "", "", "0.84", "200")
    fenced = f"\n```\n{REPORT}```\n"
    assert contradicted("En test, el recall de la clase positiva es 0.78", fenced) == []
    assert contradicted("En test, el recall de la clase positiva es 0.87", fenced) == ["cita de lo impreso"]


@pytest.mark.parametrize("index", ["", "0"])
def test_a_data_frame_as_text(index):
    rows = [("", "Red", "Accuracy"), ("0", "GRU con atención", "0.91"), ("1", "CNN", "0.88")]
    text = "\n".join("  ".join(f"{cell:>18}" for cell in (row if index else row[1:])) for row in rows)
    (table,) = frames.tables(printed(text))

    assert table.rows[1][-2:] == ("GRU con atención", "0.91")
    assert {claim.scope.model for claim in read(f"```\n{text}\n```").claims} == {"gru con atencion", "cnn"}


def test_a_printed_line_is_quoted_right_or_not():
    line = "\n```\nTest accuracy: 0.8124\n```\n"

    assert [ruling.verdict for ruling in examine("La exactitud en test es 0.812", line)] == [Verdict.VERIFIED]
    assert contradicted("La exactitud en test es 0.842", line) == ["cita de lo impreso"]
    assert contradicted("La exactitud en test es 0.842", line + line.replace("0.81", "0.83")) == []


def test_a_printed_line_is_of_what_its_title_names():
    lines = (
        "Metrics for Train:",
        "Loss: 0.41",
        "Accuracy: 0.93",
        "=== Test ===",
        "Loss: 0.52",
        "Accuracy: 0.81",
    )
    report = "\n".join(["", "```", *lines, "```", ""])

    metrics = [(c.name, c.split, c.value.text) for c in read(report).claims]
    assert metrics == [
        *[("loss", "train", "0.41"), ("accuracy", "train", "0.93")],
        *[("loss", "test", "0.52"), ("accuracy", "test", "0.81")],
    ]
    assert contradicted("La exactitud de test es 0.93", report) == ["cita de lo impreso"]


def test_a_data_frame_whose_titles_are_wider_than_its_values():
    text = "   Split Accuracy Precision\n0  Train   91.16%    89.80%\n1   Test   86.58%    85.40%\n"
    (table,) = frames.tables(printed(text))

    assert table.rows == (
        ("", "Split", "Accuracy", "Precision"),
        ("0", "Train", "91.16%", "89.80%"),
        ("1", "Test", "86.58%", "85.40%"),
    )
    prose = "Loading the data now\nModel saved as best\nTraining took long enough\n"
    assert frames.tables(printed(prose)) == []


def test_the_last_batch_of_an_epoch_is_what_the_epoch_gave():
    log = "[1/2][200/400] Loss_D: 9.1 Loss_G: 9.2\n[1/2][400/400] Loss_D: 0.9 Loss_G: 2.1\n"
    (series,) = training.series(printed(log + "[2/2][399/400]\tLoss_D: 0.8\tLoss_G: 2.4\tD(x): 0.7\n"))

    assert [value.middle for value in series.columns["loss", "D"]] == pytest.approx([0.9, 0.8])
    assert [value.middle for value in series.columns["loss", "G"]] == pytest.approx([2.1, 2.4])
