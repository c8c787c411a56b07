"""Small documents for the tests of the rules, and the audit of a text without a file."""

from report.audit import evidence, rules
from report.audit.readers import markdown, source_code
from report.audit.ruling import Ruling, Verdict
from report.audit.statements import Statements
from report.audit.understanding import understand

# Minimum of the loss in epoch 2, two rises, a fall between them; best accuracy in epoch 3.
EPOCHS = """
| Epoch | loss | accuracy | val_loss | val_accuracy |
| --- | --- | --- | --- | --- |
| 1 | 0.60 | 0.70 | 0.50 | 0.75 |
| 2 | 0.50 | 0.80 | 0.40 | 0.82 |
| 3 | 0.40 | 0.88 | 0.45 | 0.84 |
| 4 | 0.30 | 0.93 | 0.43 | 0.83 |
| 5 | 0.20 | 0.96 | 0.47 | 0.81 |
"""
# Minimum in epoch 2, then a steady climb.
CLIMB = EPOCHS.replace("0.43", "0.46")
MATRIX = """
| | Predicted negative | Predicted positive |
| --- | --- | --- |
| Actual negative | 80 | 20 |
| Actual positive | 10 | 90 |
"""
FIGURES = """
**Figura 1.** Paso 500: primeras muestras.

**Figura 2.** Paso 1000: últimas muestras.
"""
LOSSES = """
| Iteración | Pérdida del discriminador | Pérdida del generador |
| --- | --- | --- |
| 500 | 0.90 | 2.10 |
| 1000 | 1.10 | 1.40 |
| 1500 | 1.38 | 0.70 |
"""


def read(text: str) -> Statements:
    return understand(source_code.shown(markdown.read(text)))


def examine(statement: str, table: str = "") -> list[Ruling]:
    """What the audit finds in one paragraph and a table."""
    statements = read(f"{statement}.\n{table}")
    return rules.check(statements, evidence.own(statements))


def contradicted(statement: str, table: str = "") -> list[str]:
    return [f.rule for f in examine(statement, table) if f.verdict is Verdict.CONTRADICTED]


def verdicts(statement: str, table: str = "") -> list[Verdict]:
    return [ruling.verdict for ruling in examine(statement, table)]
