"""What a training printed, in a log or in the output of a notebook: Keras 1 to 3, and prints of PyTorch."""

from pathlib import Path

from experiments.brought.history.lines import read_line, visible
from experiments.brought.history.names import meaning
from experiments.brought.history.runs import Block, Told, Training, told, trainings_of
from experiments.brought.history.written import AS_JSON, HISTORY, Written, listed
from experiments.brought.refusals import refusal

_EXPECTED = f"{HISTORY} con líneas como «Epoch 3/10» y «loss: 0.35 - val_loss: 0.40»"


def read_log(text: str, path: Path) -> Written:
    """As ``_read``, of a text; the place is the line."""
    lines = text.replace("\r\n", "\n").split("\n")
    return _read([[(f"línea {i}", line) for i, line in enumerate(lines, start=1)]], path)


def read_notebook(text: str, path: Path) -> Written:
    """As ``_read``, of what the cells of a notebook printed; the place is the cell, from 1, and its line.

    Raises:
        BroughtError: also if it is no notebook.
    """
    import nbformat

    # NameError: what nbformat's own conversion makes of a cell of no known kind
    broken = (
        *(ValueError, KeyError, AttributeError, TypeError, RecursionError, NameError, IndexError),
        nbformat.ValidationError,
    )
    try:
        cells = nbformat.convert(nbformat.reader.reads(text), 4).cells  # type: ignore[no-untyped-call]
        outputs = [[o for o in cell.get("outputs", []) if o.output_type == "stream"] for cell in cells]
        printed = [[(o.name, "".join(o.text)) for o in streams] for streams in outputs]
    except broken as error:
        raise refusal(path, "un cuaderno de Jupyter", "otra cosa", "expórtelo de nuevo") from error
    blocks = []
    for number, streams in enumerate(printed, start=1):
        joined, before = "", ""
        for name, piece in streams:
            # A line of one stream may end after something of the other.
            joined += ("\n" if before not in ("", name) else "") + piece
            before = name
        lines = joined.replace("\r\n", "\n").split("\n")
        blocks.append([(f"celda {number}, línea {i}", line) for i, line in enumerate(lines, start=1)])
    return _read(blocks, path)


def _read(blocks: list[Block], path: Path) -> Written:
    """The one training in a text, or of several the one with validation.

    Raises:
        BroughtError: no epoch with metrics, several trainings, or an epoch without a metric that the
            others have or with two values of one.
    """
    trainings = trainings_of(blocks)
    if not trainings:
        of_batches = any(read_line(visible(line), "", "").kind == "batch" for b in blocks for _, line in b)
        found = "líneas de lotes (Step, Batch…), que no son las de una época" if of_batches else "ninguna así"
        raise refusal(path, _EXPECTED, found, AS_JSON)
    training, notices = _chosen(trainings, path)
    epochs = [told(epoch) for epoch in training.epochs]
    epochs, said = _without_end(epochs, path)
    names = list(dict.fromkeys(name for epoch in epochs for name in epoch.values))
    names = [name for name in names if meaning(name) or all(name in epoch.values for epoch in epochs)]
    for epoch in epochs:
        _check(epoch, [name for name in names if meaning(name)], path)
    averaged = any(meaning(name) in ("running_loss", "running_accuracy") for name in names)
    if averaged and any("━" in line for block in blocks for _, line in block):
        said.append(
            "las primeras versiones de Keras 3 muestran en su barra otra media de loss y accuracy que la de "
            "History.history; si lo guardó, es preferible."
        )
    if any(line.kind == "batch" for epoch in training.epochs for line in epoch.lines):
        said.append("las líneas de un lote (Step, Batch…) no se leen: sus métricas no son las de la época.")
    barred = [name for name in names if any(name in epoch.from_bar for epoch in epochs)]
    if barred:
        said.append(
            f"valores que solo están en la barra de progreso, de la que cuenta lo último: {listed(barred)}."
        )
    numbers = [epoch.number for epoch in epochs]
    stated = next((epoch.stated for epoch in reversed(training.epochs) if epoch.stated), None)
    if stated is not None and numbers[0] == 0 and numbers[-1] == stated:
        stated += 1  # the number of the last, not how many
    return Written(
        {name: [epoch.values[name][0] for epoch in epochs] for name in names},
        lambda i: f"la época {epochs[i].number} ({epochs[i].place})",
        numbers,
        stated,
        printed=True,
        notices=(*notices, *said),
    )


def _chosen(trainings: list[Training], path: Path) -> tuple[Training, list[str]]:
    if len(trainings) == 1:
        return trainings[0], []
    validated = [t for t in trainings if any(meaning(name) == "val_loss" for name in _names(t))]
    where = "; ".join(training.place for training in trainings[:5]) + ("; …" if len(trainings) > 5 else "")
    if len(validated) != 1:
        found = f"{len(trainings)} ({where})"
        raise refusal(path, "un solo entrenamiento", found, "deje en el archivo solo el que se quiere contar")
    said = (
        f"hay {len(trainings)} entrenamientos ({where}): se lee el único con val_loss ({validated[0].place})."
    )
    return validated[0], [said]


def _names(training: Training) -> set[str]:
    return {name for epoch in training.epochs for line in epoch.lines for name in line.names}


def _without_end(epochs: list[Told], path: Path) -> tuple[list[Told], list[str]]:
    """Without a last epoch that was cut short, nor what was printed after the training; and what is said
    of that."""
    if len(epochs) < 2:
        return epochs, []
    *before, last = epochs
    usual = {name for epoch in before for name in epoch.values}
    needed = {name for name in usual if meaning(name)}
    if not last.whole or not needed <= last.values.keys():
        return before, [f"la época {last.number} ({last.place}) quedó a medias: no se lee."]
    values = {name: found[:1] for name, found in last.values.items() if name in usual}
    if values == last.values or any(len(found) > 1 for epoch in before for found in epoch.values.values()):
        return epochs, []
    after = [name for name, found in last.values.items() if meaning(name) and values.get(name) != found]
    kept = Told(last.number, last.place, values, last.from_bar, True)
    return [*before, kept], [f"lo que sigue a la última época no se lee: {listed(after)}."] if after else []


def _check(epoch: Told, names: list[str], path: Path) -> None:
    place = f"la época {epoch.number} ({epoch.place})"
    if not epoch.whole:
        raise refusal(path, f"{place} entera", "una a medias", AS_JSON)
    for name in names:
        found = epoch.values.get(name, [])
        if len(found) != 1:
            values = " y ".join(f"«{value}»" for value in found[:3]) or "ninguno"
            raise refusal(path, f"un valor de «{name}» en {place}", values, AS_JSON)
