"""What scikit-learn and pandas print of a test: their own output, for the counts of a matrix."""

from random import Random

import numpy as np
import pandas as pd
from scoped_facts import Counts, Training
from scoped_hand import Hand
from scoped_pages import Grid, Output
from sklearn.metrics import classification_report


def report(training: Training, classes: tuple[str, ...], digits: int, random: Random) -> Output:
    real, predicted = _answers(training.matrix)
    text = classification_report(real, predicted, target_names=classes, digits=digits)
    return Output(code=random.choice(["", "print(classification_report(y_test, y_pred))"]), text=text)


def _answers(matrix: Counts) -> tuple[list[int], list[int]]:
    pairs = [
        (real, predicted)
        for real, row in enumerate(matrix)
        for predicted, count in enumerate(row)
        for _ in range(count)
    ]
    return [real for real, _ in pairs], [predicted for _, predicted in pairs]


def printed_matrix(training: Training, random: Random) -> Output:
    text = f"{np.array(training.matrix)}\n"
    titles = ["", "", "Matriz de confusión:\n", "Confusion matrix:\n"]
    return Output(code="print(confusion_matrix(y_test, y_pred))", text=random.choice(titles) + text)


def array(training: Training) -> Output:
    return Output(code="confusion_matrix(y_test, y_pred)", value=repr(np.array(training.matrix)))


CORNERS = {
    "es": (("Real \\ Predicho", "{}", "{}"), ("", "Predicho: {}", "Real: {}"), ("", "Pred. {}", "{} (real)")),
    "en": (
        ("Actual \\ Predicted", "{}", "{}"),
        ("", "Predicted {}", "Actual {}"),
        ("", "Pred. {}", "True {}"),
    ),
}


def matrix_table(training: Training, classes: tuple[str, ...], hand: Hand, random: Random) -> Grid:
    corner, column, row = random.choice(CORNERS[hand.language])
    sums = random.random() < 0.3
    head = [corner, *(column.format(each) for each in classes), *(["Total"] if sums else [])]
    rows = [head]
    for name, counts in zip(classes, training.matrix, strict=True):
        cells = [*counts, *([sum(counts)] if sums else [])]
        rows.append([row.format(name), *(hand.count(each) for each in cells)])
    return Grid(rows)


def frame(columns: dict[str, list[object]], index: list[str] | None, form: str) -> Output:
    """A table of pandas: in HTML, or as text with or without its index."""
    table = pd.DataFrame(columns, index=index)
    match form:
        case "frame_html":
            return Output(code="df", value=str(table), html=table._repr_html_() or "")
        case "frame_text":
            return Output(code="print(df)", text=f"{table.to_string()}\n")
        case _:
            return Output(code="print(df.to_string(index=False))", text=f"{table.to_string(index=False)}\n")
