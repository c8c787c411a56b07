"""Accuracy and loss: which, on what, when and how much; and against the table."""

import pytest
from audit_cases import EPOCHS, LOSSES, contradicted, examine, read, verdicts

from report.audit.claims import MetricClaim, Moment
from report.audit.ruling import Verdict


def claims(text):
    return [
        (c.name, c.split, c.moment, c.value and c.value.text)
        for c in read(text).claims
        if isinstance(c, MetricClaim)
    ]


FINAL, BEST = Moment(final=True), Moment(best="any")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Exactitud final (train): 0.97", [("accuracy", "train", FINAL, "0.97")]),
        ("Final val_accuracy is 88.3 %", [("accuracy", "val", FINAL, "88.3 %")]),
        ("La mejor val_loss es 0.29", [("loss", "val", BEST, "0.29")]),
        ("In epoch 4 val_acc was 0.83", [("accuracy", "val", Moment(4), "0.83")]),
        ("We reached 0.88 validation accuracy", [("accuracy", "val", Moment(), "0.88")]),
        ("Mejor época: 3", [("", "", Moment(3, best="any"), None)]),
        (
            "Al final, accuracy: 0.97 train, 0.88 val",
            [("accuracy", "train", FINAL, "0.97"), ("accuracy", "val", FINAL, "0.88")],
        ),
        (
            "Precisión y recall de la clase positiva: 0.8 y 0.7",
            [("precision", "", Moment(), "0.8"), ("recall", "", Moment(), "0.7")],
        ),
        ("La exactitud de validación es 0.90 con lotes de 32", [("accuracy", "val", Moment(), "0.90")]),
        (
            "| Concepto | Valor |\n| --- | --- |\n| Pérdida de validación | 1.20 |",
            [("loss", "val", Moment(), "1.20")],
        ),
        ("# Medidas\n\nLa exactitud en la prueba es 0.9", [("accuracy", "test", Moment(), "0.9")]),
        ("Acierta el 86 % en la prueba", [("accuracy", "test", Moment(), "86 %")]),
        ("La red rinde 0.08 más en entrenamiento que en validación", [("gap", "", Moment(), "0.08")]),
        ("Pérdida de D en el paso 500: 0.9", [("loss", "D", Moment(500, unit="step"), "0.9")]),
    ],
)
def test_what_is_claimed(text, expected):
    assert claims(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "La exactitud de validación podría llegar a 0.95",
        "Si la exactitud de validación fuera 0.95",
        "Según Pérez et al., la exactitud de validación es 0.95",
        "Un clasificador trivial tiene una exactitud de 0.50 en test",
        "El intervalo de la exactitud de test es 0.85–0.87",
        "La exactitud de test y su umbral: 0.5",
        "Training and validation accuracy reach 0.9",  # which of the two?
        "La exactitud de validación es 0.90 con C = 1, 0.91 con C = 4",  # one of several trials
        "Una brecha desde 0.05 es moderada",  # a threshold
        "# El control lineal\n\nSu exactitud en la prueba es 0.9",  # another model's section
        "| Veredicto | Valor |\n| --- | --- |\n| Su pérdida de validación sube | 1.20 |",  # by how much
    ],
)
def test_what_is_no_claim_of_a_metric(text):
    assert claims(text) == []


@pytest.mark.parametrize(
    "statement",
    [
        "Best val_accuracy: 0.84 (epoch 3)",
        "La menor pérdida de validación se da en la época 2",
        "Final training accuracy: 96 %",
        "In epoch 4 validation accuracy was 0.83",
        "La exactitud de validación acaba en 0,81",
        "Mejor época: 3",
        "Mejor época: 2",  # of the loss, which is as usual a criterion
        "La exactitud de validación es 0.84",  # of no moment: the best one is usual
    ],
)
def test_what_agrees_is_verified(statement):
    assert verdicts(statement, EPOCHS) == [Verdict.VERIFIED]


@pytest.mark.parametrize(
    ("statement", "rule"),
    [
        ("Best val_accuracy: 0.84 (epoch 4)", "mejor época"),
        ("Best val_accuracy: 0.83 (epoch 3)", "mejor valor"),
        ("Mejor época: 5", "mejor época"),
        ("Final training accuracy: 93 %", "valor final"),
        ("In epoch 4 validation accuracy was 0.84", "valor en su época"),
        ("In epoch 9 validation accuracy was 0.84", "época inexistente"),
        ("La exactitud de validación es 0.99", "valor citado"),
    ],
)
def test_what_disagrees_is_found_once(statement, rule):
    assert contradicted(statement, EPOCHS) == [rule]


def test_a_value_of_another_epoch_is_ambiguous_where_none_is_named():
    assert verdicts("La exactitud de validación es 0.83", EPOCHS) == [Verdict.AMBIGUOUS]


def test_the_epoch_of_a_misplaced_value_is_named():
    (ruling,) = examine("Final training accuracy: 0.93", EPOCHS)

    assert ruling.expected == (
        "exactitud de entrenamiento final (época 5): 0.9600; ese valor es de la época 4"
    )


def test_rounding_agrees_and_truncation_is_noted():
    table = EPOCHS.replace("| 0.81 |", "| 0.8166 |")
    (rounded,), (cut,) = (examine(f"Final validation accuracy: {v}", table) for v in ("0.817", "0.816"))

    assert (rounded.verdict, rounded.truncated) == (Verdict.VERIFIED, False)
    assert (cut.verdict, cut.truncated) == (Verdict.VERIFIED, True)
    assert "cortado" in cut.expected


@pytest.mark.parametrize(
    ("statement", "rules"),
    [
        ("Pérdida final del discriminador: 1.38", []),
        ("Pérdida final del discriminador: 1.10", ["valor final"]),
        ("En la iteración 1000 la pérdida del generador es 1.40", []),
        ("En la iteración 1000 la pérdida del generador es 2.10", ["valor en su época"]),
        ("En la iteración 1200 la pérdida del generador es 2.10", []),  # between two rows: unknown
    ],
)
def test_losses_of_a_gan_by_iteration(statement, rules):
    assert contradicted(statement, LOSSES) == rules


@pytest.mark.parametrize(
    ("text", "expected"),
    [  # the last val_accuracy is 0.81
        ("La val_accuracy final pasa del 80 %", Verdict.VERIFIED),
        ("La val_accuracy final no llega al 80 %", Verdict.CONTRADICTED),
        ("La val_accuracy final no llega al 85 %", Verdict.VERIFIED),
        ("La val_accuracy final supera por poco el 82 %", Verdict.CONTRADICTED),
        ("La val_accuracy final ronda el 80 %", Verdict.VERIFIED),
        ("La val_accuracy final ronda el 83 %", Verdict.AMBIGUOUS),
        ("La val_accuracy final ronda el 93 %", Verdict.CONTRADICTED),
        ("The final val_accuracy isn't above 0.85", Verdict.VERIFIED),
    ],
)
def test_a_limit_is_checked_as_one(text, expected):
    assert verdicts(text, EPOCHS) == [expected]


def test_of_all_of_them_no_single_value_proves_anything():
    assert verdicts("Todos superan 0.75 de val_accuracy final", EPOCHS) == []


@pytest.mark.parametrize("epoch", ["3", "5"])  # the best val_accuracy is 0.84, in epoch 3
def test_the_best_epoch_may_be_told_behind_its_name(epoch):
    denied = contradicted(f"La mejor época de la red es la {epoch}, con 0.84 de val_accuracy", EPOCHS)
    assert denied == ([] if epoch == "3" else ["mejor época"])


def test_a_ruling_tells_where_its_proof_stands():
    (ruling,) = examine("La val_accuracy final es 0.81", EPOCHS)
    assert ruling.proof is not None
    assert ruling.proof > ruling.place
