"""What training prints, as each library and its tutorials print it."""

import math
from random import Random

import numpy as np
from scoped_facts import Epoch, Losses, Sizes, Training
from scoped_pages import Output

BARS = {"keras1": "=" * 30, "keras2": "=" * 30, "keras3": "━" * 20}


def keras(version: str, training: Training, sizes: Sizes, random: Random) -> Output:
    """The bars of Keras 1, 2 and 3, and of the latter what ``verbose=2`` prints."""
    total, batch = len(training.epochs), 32
    steps, seconds = math.ceil(sizes.train / batch), random.randint(3, 20)
    accuracy = "acc" if version == "keras1" else "accuracy"
    quiet = version == "keras3" and random.random() < 0.4
    lines = []
    if version == "keras1":
        lines.append(f"Train on {sizes.train} samples, validate on {sizes.val} samples")
    for number, epoch in enumerate(training.epochs, start=1):
        lines.append(f"Epoch {number}/{total}")
        if version == "keras1":
            seen, took = f"{sizes.train}/{sizes.train}", f"{seconds}s {seconds * 10**6 // sizes.train}us/step"
            lines.append(f"{seen} [{BARS[version]}] - {took} - {_pairs(epoch, accuracy)}")
        elif version == "keras2":
            took = f"{seconds}s {1000 * seconds // steps}ms/step"
            lines.append(f"{steps}/{steps} [{BARS[version]}] - {took} - {_pairs(epoch, accuracy)}")
        elif quiet:
            took = f"{seconds}s - {1000 * seconds // steps}ms/step"
            lines.append(f"{steps}/{steps} - {took} - {_sorted_pairs(epoch)}")
        else:
            took = f"{seconds}s {1000 * seconds // steps}ms/step"
            lines.append(f"{steps}/{steps} {BARS[version]} {took} - {_sorted_pairs(epoch)}")
    return Output(text="\n".join(lines) + "\n")


def _pairs(epoch: Epoch, accuracy: str) -> str:
    return (
        f"loss: {epoch.loss:.4f} - {accuracy}: {epoch.accuracy:.4f} - "
        f"val_loss: {epoch.val_loss:.4f} - val_{accuracy}: {epoch.val_accuracy:.4f}"
    )


def _sorted_pairs(epoch: Epoch) -> str:
    return (
        f"accuracy: {epoch.accuracy:.4f} - loss: {epoch.loss:.4f} - "
        f"val_accuracy: {epoch.val_accuracy:.4f} - val_loss: {epoch.val_loss:.4f}"
    )


PYTORCH = (
    "Epoch {i}/{n} | train loss {e.loss:.4f} | train acc {e.accuracy:.4f} | "
    "val loss {e.val_loss:.4f} | val acc {e.val_accuracy:.4f}",
    "Epoch [{i}/{n}], Train Loss: {e.loss:.4f}, Train Acc: {p.accuracy:.2f}%, "
    "Val Loss: {e.val_loss:.4f}, Val Acc: {p.val_accuracy:.2f}%",
    "epoch {i}: train_loss={e.loss:.4f} train_acc={e.accuracy:.4f} "
    "val_loss={e.val_loss:.4f} val_acc={e.val_accuracy:.4f}",
    "Época {i}/{n} - pérdida: {e.loss:.4f} - exactitud: {e.accuracy:.4f} - "
    "pérdida val: {e.val_loss:.4f} - exactitud val: {e.val_accuracy:.4f}",
    "Epoch {i}/{n}\n----------\ntrain Loss: {e.loss:.4f} Acc: {e.accuracy:.4f}\n"
    "val Loss: {e.val_loss:.4f} Acc: {e.val_accuracy:.4f}\n",
)


def pytorch(training: Training, language: str, random: Random) -> Output:
    line = random.choice([each for each in PYTORCH if language == "es" or "Época" not in each])
    total = len(training.epochs)
    lines = [
        line.format(i=i, n=total, e=epoch, p=Epoch(*(100 * x for x in epoch)))
        for i, epoch in enumerate(training.epochs, start=1)
    ]
    return Output(text="\n".join(lines) + "\n")


def lightning(training: Training, sizes: Sizes, random: Random) -> Output:
    """Bars that count epochs from 0, with three decimals."""
    steps = math.ceil(sizes.train / 64)
    version = random.randint(0, 5)
    lines = [
        f"Epoch {i}: 100%|██████████| {steps}/{steps} [00:0{i % 8 + 1}<00:00, "
        f"{random.uniform(20, 60):.2f}it/s, v_num={version}, train_loss={e.loss:.3f}, "
        f"train_acc={e.accuracy:.3f}, val_loss={e.val_loss:.3f}, val_acc={e.val_accuracy:.3f}]"
        for i, e in enumerate(training.epochs)
    ]
    lines.append(f"`Trainer.fit` stopped: `max_epochs={len(training.epochs)}` reached.")
    return Output(text="\n".join(lines) + "\n")


def lightning_test(training: Training) -> Output:
    line = "─" * 27
    rows = [
        f"│{name:^27}│{value:^27}│"
        for name, value in (("test_acc", training.test_accuracy), ("test_loss", training.test_loss))
    ]
    head = f"┃{'Test metric':^27}┃{'DataLoader 0':^27}┃"
    return Output(text="\n".join([f"┏{line}┳{line}┓", head, f"┡{line}╇{line}┩", *rows, f"└{line}┴{line}┘\n"]))


GAN = (
    "Epoch {i}/{n} [D loss: {e.discriminator:.4f}] [G loss: {e.generator:.4f}]",
    "[{i}/{n}][468/468]\tLoss_D: {e.discriminator:.4f}\tLoss_G: {e.generator:.4f}\tD(x): 0.7132\t"
    "D(G(z)): 0.2911 / 0.2107",
    "Epoch {i}, d_loss: {e.discriminator:.4f}, g_loss: {e.generator:.4f}",
    "Época {i}/{n} - pérdida D: {e.discriminator:.4f} - pérdida G: {e.generator:.4f}",
)


def gan(losses: tuple[Losses, ...], language: str, random: Random) -> Output:
    line = random.choice([each for each in GAN if language == "es" or "Época" not in each])
    lines = [line.format(i=i, n=len(losses), e=each) for i, each in enumerate(losses, start=1)]
    return Output(text="\n".join(lines) + "\n")


def history(training: Training, random: Random) -> Output:
    """``print(history.history)``: all the digits of a number of 32 bits."""
    columns = {"accuracy": 1, "loss": 0, "val_accuracy": 3, "val_loss": 2}
    found = {name: [float(np.float32(epoch[i])) for epoch in training.epochs] for name, i in columns.items()}
    if random.random() < 0.5:
        return Output(code="print(history.history)", text=f"{found}\n")
    return Output(code="history.history", value=_pretty(found))


def _pretty(found: dict[str, list[float]]) -> str:
    """As IPython shows a dictionary that is too long for a line."""
    parts = [f"'{name}': [" + ",\n  ".join(map(str, values)) + "]" for name, values in found.items()]
    return "{" + ",\n ".join(parts) + "}"


EVALUATION_BAR = (
    "{s}/{s} ━━━━━━━━━━━━━━━━━━━━ 1s 4ms/step - accuracy: {t.test_accuracy:.4f} - loss: {t.test_loss:.4f}"
)
EVALUATIONS = {
    "es": (
        "Pérdida en test: {t.test_loss:.4f}\nExactitud en test: {t.test_accuracy:.4f}",
        "Test loss: {t.test_loss:.4f}\nTest accuracy: {t.test_accuracy:.4f}",
        "Accuracy en test: {percent:.2f}%\nLoss en test: {t.test_loss:.4f}",
        EVALUATION_BAR,
        "{raw}",
    ),
    "en": (
        "Test loss: {t.test_loss:.4f}\nTest accuracy: {t.test_accuracy:.4f}",
        "Test Loss: {t.test_loss:.4f}, Test Accuracy: {percent:.2f}%",
        "Accuracy on test set: {percent:.2f}%\nLoss on test set: {t.test_loss:.4f}",
        EVALUATION_BAR,
        "{raw}",
    ),
}


def _raw(training: Training) -> list[float]:
    """What ``evaluate`` returns."""
    return [float(np.float32(each)) for each in (training.test_loss, training.test_accuracy)]


def evaluation(training: Training, sizes: Sizes, language: str, random: Random) -> Output:
    line = random.choice(EVALUATIONS[language])
    percent, steps = 100 * training.test_accuracy, math.ceil(sizes.test / 32)
    text = line.format(t=training, percent=percent, s=steps, raw=_raw(training))
    bare = line.startswith(("{s}", "{raw}"))
    code = "model.evaluate(x_test, y_test)" if bare else ""
    return Output(code=code, text=text + "\n")
