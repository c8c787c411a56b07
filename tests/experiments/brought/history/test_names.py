import pytest

from experiments.brought.history.names import (
    counts_epochs,
    counts_steps,
    is_interpreted,
    meaning,
    split_of,
)


@pytest.mark.parametrize(
    ("names", "column"),
    [
        (
            "loss|Loss|train_loss|trainLoss|training loss|Train Loss|epoch_loss|train/epoch_loss",
            "running_loss",
        ),
        ("pérdida|Pérdida de entrenamiento|perdida_entrenamiento|train_losses|avg loss", "running_loss"),
        ("running_loss|loss/train|coste", "running_loss"),
        (
            "accuracy|acc|binary_accuracy|sparse_categorical_accuracy|train_acc|Acc.|exactitud",
            "running_accuracy",
        ),
        ("exactitud_entrenamiento|epoch_accuracy|train_accuracies|aciertos", "running_accuracy"),
        ("val_loss|valLoss|Val. Loss|validation loss|Loss/val|perdida_val|pérdida de validación", "val_loss"),
        ("validation/epoch_loss|valid_loss|dev loss|val_losses", "val_loss"),
        ("val_accuracy|val_acc|val_binary_accuracy|Val. Acc|exactitud de validación", "val_accuracy"),
        ("lr|LR|learning_rate|epoch_learning_rate|tasa de aprendizaje", "learning_rate"),
        (
            "d_loss|D loss|Loss_D|lossD|discriminator_loss|pérdida del discriminador|D_losses",
            "discriminator_loss",
        ),
        ("g_loss|G loss|Loss_G|gen_loss|perdida_generador|train/g_loss", "generator_loss"),
        ("|0|auc|val_auc|precision|precisión|f1|top_k_categorical_accuracy|accuracy_1|best_val_loss", None),
        ("test_loss|test_acc|exactitud_prueba|val_lr|train_val_loss|tasa de aciertos", None),
        ("d_loss_real|d_accuracy|val_d_loss|d_g_loss|loss_acc|binary|train|d|steps_per_second", None),
        ("evaluation_loss_vs_iterations|batch_loss|binary_crossentropy|val_loss_std", None),
    ],
)
def test_meaning(names: str, column: str | None) -> None:
    assert {name: meaning(name) for name in names.split("|")} == dict.fromkeys(names.split("|"), column)


def test_of_another_part_or_of_none() -> None:
    found = {name: split_of(name) for name in ("Test Loss", "val", "Entrenamiento", "loss", "trained")}
    assert found == {
        "Test Loss": "test",
        "val": "val",
        "Entrenamiento": "train",
        "loss": None,
        "trained": None,
    }


@pytest.mark.parametrize(
    ("name", "column", "expected"),
    [
        ("loss", "running_loss", False),
        ("val_accuracy", "val_accuracy", False),
        ("train/epoch_loss", "running_loss", False),
        ("running_loss", "running_loss", False),
        ("discriminator_loss", "discriminator_loss", False),
        ("Loss", "running_loss", True),
        ("acc", "running_accuracy", True),
        ("lr", "learning_rate", True),
        ("d_loss", "discriminator_loss", True),
    ],
)
def test_what_has_to_be_told(name: str, column: str, expected: bool) -> None:
    assert is_interpreted(name, column) is expected


def test_what_counts() -> None:
    names = ["epoch", "Época", "epochs", "epoch_loss", "step", "global_step", "iteration", "batch_loss", ""]
    assert [name for name in names if counts_epochs(name)] == ["epoch", "Época", "epochs"]
    assert [name for name in names if counts_steps(name)] == ["step", "global_step", "iteration"]
