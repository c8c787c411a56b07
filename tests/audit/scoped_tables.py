"""Tables that an author makes, or pandas: one training by epoch, or all trainings side by side."""

from dataclasses import dataclass
from random import Random

from scoped_facts import Study, Training, macro_f1, written
from scoped_hand import Hand
from scoped_pages import Block, Grid, Output, Rows
from scoped_reports import frame

EPOCH_HEADS = {
    "es": (
        ("Época", "Pérdida", "Exactitud", "Pérdida (val.)", "Exactitud (val.)"),
        ("Época", "Loss train", "Acc train", "Loss val", "Acc val"),
        ("epoch", "loss", "accuracy", "val_loss", "val_accuracy"),
        ("Nº", "Pérdida entren.", "Acierto entren.", "Pérdida valid.", "Acierto valid."),
        ("Ep.", "Train loss", "Train acc", "Val loss", "Val acc"),
    ),
    "en": (
        ("Epoch", "Loss", "Accuracy", "Val. loss", "Val. accuracy"),
        ("Epoch", "Train loss", "Train acc", "Val loss", "Val acc"),
        ("epoch", "loss", "accuracy", "val_loss", "val_accuracy"),
        ("#", "Training loss", "Training acc.", "Validation loss", "Validation acc."),
    ),
}
GAN_HEADS = {
    "es": (
        ("Época", "Pérdida D", "Pérdida G"),
        ("Época", "Discriminador", "Generador"),
        ("epoch", "d_loss", "g_loss"),
        ("Época", "Loss del discriminador", "Loss del generador"),
    ),
    "en": (
        ("Epoch", "D loss", "G loss"),
        ("Epoch", "Discriminator", "Generator"),
        ("epoch", "d_loss", "g_loss"),
    ),
}
COMPARISON_HEADS = {  # of the test accuracy, macro F1, parameters, seconds
    "es": (
        ("Exactitud en test", "F1 macro", "Parámetros", "Tiempo (s)"),
        ("Accuracy (test)", "F1", "Nº de parámetros", "Segundos"),
        ("Acc. test", "F1-score", "Params", "Tiempo de entrenamiento (s)"),
        ("Test accuracy", "Macro F1", "Parámetros entrenables", "Duración (s)"),
    ),
    "en": (
        ("Test accuracy", "Macro F1", "Parameters", "Time (s)"),
        ("Accuracy (test)", "F1", "# params", "Seconds"),
        ("Test acc", "F1-score", "Params", "Training time (s)"),
    ),
}
FRAME_HEADS = (
    ("test_accuracy", "f1_macro", "params", "time_s"),
    ("Test Accuracy", "F1", "Params", "Time (s)"),
    ("acc_test", "f1", "parametros", "segundos"),
)
AXIS_HEADS = {
    "es": {"models": "Modelo", "phases": "Fase", "runs": "Ejecución"},
    "en": {"models": "Model", "phases": "Phase", "runs": "Run"},
}


@dataclass(frozen=True)
class Shown:
    """Which of the four columns a comparison has."""

    f1: bool
    parameters: bool
    seconds: bool


def epoch_table(training: Training, hand: Hand, random: Random) -> Grid:
    rows = [list(random.choice(EPOCH_HEADS[hand.language]))]
    for number, epoch in enumerate(training.epochs, start=1):
        loss, accuracy, val_loss, val_accuracy = epoch
        cells = [hand.loss(loss), hand.rate(accuracy), hand.loss(val_loss), hand.rate(val_accuracy)]
        rows.append([str(number), *cells])
    return Grid(rows)


def gan_table(training: Training, hand: Hand, random: Random) -> Grid:
    rows = [list(random.choice(GAN_HEADS[hand.language]))]
    for number, (discriminator, generator) in enumerate(training.losses, start=1):
        rows.append([str(number), hand.loss(discriminator), hand.loss(generator)])
    return Grid(rows)


def history_frame(training: Training, form: str) -> Output:
    names = ("loss", "accuracy", "val_loss", "val_accuracy")
    columns: dict[str, list[object]] = {"epoch": list(range(1, len(training.epochs) + 1))}
    columns |= {name: [round(epoch[i], 4) for epoch in training.epochs] for i, name in enumerate(names)}
    return frame(columns, None, form)


def draw_shown(study: Study, random: Random) -> Shown:
    return Shown(
        f1=random.random() < 0.6,
        parameters=study.axes == "models" and random.random() < 0.7,
        seconds=random.random() < 0.6,
    )


def comparison(study: Study, shown: Shown, form: str, hand: Hand, random: Random) -> Block:
    labels, names = _labels(study, hand.language, random)
    numbers = [each.training for each in study.units]
    if form.startswith("frame"):
        heads = random.choice(FRAME_HEADS)
        values: list[list[object]] = [
            [round(each.test_accuracy, 4) for each in numbers],
            [round(macro_f1(each.matrix), 4) if each.matrix else 0 for each in numbers],
            [each.parameters for each in numbers],
            [each.seconds for each in numbers],
        ]
        columns = {h: v for h, v, s in zip(heads, values, _mask(shown), strict=True) if s}
        if len(names) == 1 and form != "frame_bare" and random.random() < 0.5:
            return frame(columns, [row[0] for row in labels], form)
        leading: dict[str, list[object]] = {name: [row[i] for row in labels] for i, name in enumerate(names)}
        return frame(leading | columns, None, form)
    heads = random.choice(COMPARISON_HEADS[hand.language])
    rows: Rows = [[*names, *(head for head, s in zip(heads, _mask(shown), strict=True) if s)]]
    for row, each in zip(labels, numbers, strict=True):
        cells = [hand.rate(each.test_accuracy)]
        cells += [hand.rate(written(macro_f1(each.matrix)))] if shown.f1 else []
        cells += [hand.count(each.parameters)] if shown.parameters else []
        cells += [hand.count(each.seconds)] if shown.seconds else []
        rows.append([*row, *cells])
    if len(names) == 1 and random.random() < 0.25:
        rows = [list(column) for column in zip(*rows, strict=True)]
        rows[0][0] = {"es": "Métrica", "en": "Metric"}[hand.language]
    return Grid(rows)


def _mask(shown: Shown) -> tuple[bool, ...]:
    return True, shown.f1, shown.parameters, shown.seconds


def _labels(study: Study, language: str, random: Random) -> tuple[Rows, list[str]]:
    """The cells that name each row, and what stands over them."""
    axes = [AXIS_HEADS[language][axis] for axis in study.axes.split()]
    if len(axes) == 1:
        return [[each.path[0].title] for each in study.units], axes
    if random.random() < 0.5:
        return [[name.title for name in each.path] for each in study.units], axes
    return [[each.name.title] for each in study.units], axes[:1]
