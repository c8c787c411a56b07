"""Settings, epochs run, early stopping, and quantities stated twice."""

import pytest
from audit_cases import EPOCHS, contradicted, examine, read, verdicts

from report.audit.claims import CountClaim, StoppingClaim
from report.audit.ruling import Verdict


def counts(text):
    return [(c.name, c.written) for c in read(text).claims if isinstance(c, CountClaim)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Batch size: 64", [("batch", "64")]),
        ("Cada lote trae 64 reseñas", [("batch", "64")]),
        ("Adam con tasa de aprendizaje de 2e-4", [("rate", "2e-4")]),
        ("LSTM de 64 unidades", [("units", "64")]),
        ("La capa lleva 64 neuronas", [("units", "64")]),
        ("Épocas: 10", [("epochs", "10")]),
        ("Entrenamos el modelo durante 10 épocas", [("epochs", "10")]),
        ("10 épocas de entrenamiento", [("epochs", "10")]),
        ("Se decidió usar 10 épocas, un valor no muy alto", [("epochs", "10")]),
        ("Un máximo de 10 épocas", [("max_epochs", "10")]),
        ("GAN: 3000 training iterations", [("iterations", "3000")]),
    ],
)
def test_what_is_set(text, expected):
    assert counts(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "Límite del vocabulario: 30000",
        "Las 3 primeras épocas son lentas",
        "No se decidió usar 10 épocas",
        "Bastan 3 épocas para ver la tendencia",
        "Con más de 10 épocas el modelo empeora",
        "Tras 3 épocas la val_accuracy es 0.9",
        "Cada 500 iteraciones se guardan 25 muestras",
        "En otros trabajos se entrena 20 épocas",
        "ReduceLROnPlateau con paciencia de la tasa de aprendizaje 2",
    ],
)
def test_what_sets_nothing(text):
    assert counts(text) == []


@pytest.mark.parametrize(
    ("text", "patience", "epoch"),
    [
        ("Early stopping con paciencia de 3 épocas", 3, None),
        ("Tras 3 épocas sin mejora, la parada anticipada actuó en la época 8", 3, 8),
        ("EarlyStopping (patience=3) fired at epoch 8", 3, 8),
    ],
)
def test_early_stopping(text, patience, epoch):
    (claim,) = (c for c in read(text).claims if isinstance(c, StoppingClaim))

    assert (claim.patience, claim.epoch) == (patience, epoch)


@pytest.mark.parametrize(
    ("statement", "rules"),
    [
        ("The model was trained for 5 epochs", []),
        ("The model was trained for 8 epochs", ["épocas entrenadas"]),
        ("Early stopping with a patience of 3 stopped training at epoch 5", []),
        ("Early stopping with a patience of 3 stopped training at epoch 4", ["parada anticipada"]),
        ("Early stopping with a patience of 1 stopped training at epoch 5", ["parada anticipada"]),
        ("Se usó early stopping", []),  # who names no patience may have used one of five
        ("Se usó early stopping con paciencia de 1 época", ["parada anticipada"]),
        ("Un máximo de 10 épocas, con early stopping", []),
        ("No se usó early stopping con paciencia de 1 época", []),
    ],
)
def test_against_the_table(statement, rules):
    assert contradicted(statement, EPOCHS) == rules


def test_early_stopping_of_unnamed_patience_may_have_waited_six_epochs_unless_all_were_run():
    rows = [f"| {i} | {0.5 if i == 1 else 0.6 + i / 100:.2f} |" for i in range(1, 8)]
    table = "\n".join(["", "| Epoch | val_loss |", "| --- | --- |", *rows])

    (ruling,) = examine("Se usó early stopping", table)
    assert (ruling.verdict, "¿qué paciencia tenía?" in ruling.expected) == (Verdict.AMBIGUOUS, True)
    assert contradicted("Se usó early stopping. Épocas: 7", table) == ["parada anticipada"]


@pytest.mark.parametrize(
    ("statement", "verdict"),
    [
        ("The learning rate is 2e-4. Later: learning rate 0.0002", Verdict.VERIFIED),
        ("The learning rate is 2e-4. Later: learning rate 0.0003", Verdict.CONTRADICTED),
        ("Test accuracy: 0.86. En test, la exactitud es 86.0 %", Verdict.VERIFIED),
        ("Test accuracy: 0.86. En test, la exactitud es 87.0 %", Verdict.CONTRADICTED),
    ],
)
def test_a_quantity_stated_twice(statement, verdict):
    assert verdicts(statement) == [verdict]


def test_both_experiments_have_their_own_settings():
    assert contradicted("La LSTM usa lotes de 64. La GAN usa lotes de 128") == []
