"""Lists with names that a program printed, as the epochs of a training."""

import pytest
from audit_cases import contradicted, examine

from report.audit.blocks import Place, Printed
from report.audit.printed import histories
from report.audit.ruling import Verdict

HISTORY = """
```python
print(h.history)
```

```
{'accuracy': [0.61, 0.7425, 0.8],
 'loss': [0.6912, 0.5, np.float32(0.4013)], 'val_accuracy': [0.6, 0.71, 0.7], 'val_loss': [0.68, 0.57, 0.6]}
```
"""


def shown(text, code=""):
    lines = text.splitlines()
    places = tuple(Place.at(line) for line in range(1, len(lines) + 1))
    return histories.series(Printed(tuple(lines), places, code))


def middles(series, key):
    return [round(value.middle, 6) for value in series.columns[key]]


def test_a_dictionary_over_several_lines_is_one_training():
    (series,), used = shown("{'acc': [0.5, 0.75,\n 0.8], 'val_loss': [0.4, 0.3, 0.35]}")

    assert (series.index, series.unit) == ((1, 2, 3), "epoch")
    assert middles(series, ("accuracy", "train")) == [0.5, 0.75, 0.8]
    assert middles(series, ("loss", "val")) == [0.4, 0.3, 0.35]
    assert [place.number for place in sorted(used)] == [1, 2]


def test_a_number_without_its_zeros_is_as_exact_as_the_others():
    (series,), _ = shown("loss: [0.5, 0.4213]")

    assert series.columns["loss", "train"][0].low == pytest.approx(0.49995)


def test_lists_of_other_lengths_or_of_a_name_that_comes_again_are_of_another_training():
    found, _ = shown(
        "loss = [0.5, 0.4]\nval_loss = [0.6, 0.5]\nloss = [0.7, 0.6]\nval_loss = [0.7, 0.6, 0.5]"
    )

    assert [list(series.columns) for series in found] == [
        [("loss", "train"), ("loss", "val")],
        [("loss", "train")],
        [("loss", "val")],
    ]


def test_a_list_alone_has_the_name_that_the_code_tells():
    (series,), _ = shown("[0.6, 0.7]", "h.history['val_accuracy']")

    assert list(series.columns) == [("accuracy", "val")]
    assert shown("[0.6, 0.7]", "valores")[0] == []
    assert shown("pesos: [0.6, 0.7]")[0] == []


@pytest.mark.parametrize(
    ("statement", "rules"),
    [
        ("La exactitud de validación final es 0.70", []),
        ("La exactitud de validación final es 0.72", ["valor final"]),
        ("La val_loss más baja es 0.57, en la época 2", []),
        ("La val_loss más baja es 0.57, en la época 3", ["mejor época"]),
    ],
)
def test_what_is_said_of_a_printed_history(statement, rules):
    assert contradicted(statement, HISTORY) == rules
    assert [f.verdict for f in examine(statement, HISTORY)] == [
        Verdict.CONTRADICTED if rules else Verdict.VERIFIED
    ]
