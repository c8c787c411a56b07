"""One training of a classifier of reviews, from the files that it left."""

import datetime
from pathlib import Path

import numpy as np

from experiments.brought import confusion as matrices
from experiments.brought.consistency import (
    refuse_other_accuracy,
    refuse_other_matrix,
    refuse_other_network,
    refuse_other_rate,
    refuse_too_many_epochs,
)
from experiments.brought.given import Given, Said
from experiments.brought.history.names import GAN_LOSSES
from experiments.brought.history.reader import History, read_history
from experiments.brought.networks.reader import read_network
from experiments.brought.predictions.reader import (
    Predictions,
    confusion_of,
    cross_entropy,
    deciles,
    read_predictions,
)
from experiments.brought.refusals import refusal
from experiments.brought.training import Training, brought_file, typed_numbers
from experiments.records.base import Arrays
from experiments.records.brought import (
    Brought,
    BroughtBucket,
    BroughtEpoch,
    BroughtFile,
    BroughtLstm,
    BroughtModel,
    TakenAs,
)
from experiments.records.storage import arrays_digest


def read_lstm(seed: int, given: Given, said: Said, on: datetime.date) -> Training:
    """
    Raises:
        BroughtError: a file that cannot be used, or two that contradict each other.
    """
    settings = dict((said.settings or {}).get("lstm", {}))
    files: list[BroughtFile] = []
    names: list[TakenAs] = []
    notices: list[str] = []
    epochs: tuple[BroughtEpoch, ...] = ()
    history = None
    if given.history:
        history = _history(Path(given.history))
        files.append(brought_file("history", Path(given.history)))
        names += [name for name in history.names if name.meaning not in GAN_LOSSES]
        notices += history.notices
        if GAN_LOSSES & history.columns.keys():
            notices.append(f"{given.history}: no se usan las pérdidas de una GAN; delas con --gan-losses.")
        if history.zero_based:
            notices.append(f"{given.history}: cuenta las épocas desde 0; en el informe se cuentan desde 1.")
        refuse_endless(str(given.history), history)
        epochs = epochs_of(history)
        refuse_too_many_epochs(given.history, history, settings.get("max_epochs"))
        refuse_other_rate(given.history, history, settings)
    answers = None
    if given.predictions:
        answers = read_predictions(Path(given.predictions))
        files.append(brought_file("predictions", Path(given.predictions)))
        names += answers.names
        notices += answers.notices
    confusion = confusion_of(answers) if answers else None
    if given.confusion:
        matrix = matrices.read_confusion(given.confusion)
        path = matrices.file_of(given.confusion)
        files.append(brought_file("confusion", path) if path else typed_numbers("confusion", given.confusion))
        if confusion is not None:
            refuse_other_matrix(str(given.predictions), confusion, given.confusion, matrix)
        confusion = matrix
    if history is not None and confusion is not None:
        refuse_other_accuracy(str(given.history), history, given.predictions or "--confusion", confusion)
    model = None
    if given.model:
        network = read_network(Path(given.model))
        files.append(brought_file("model", Path(given.model)))
        notices += network.notices
        model = BroughtModel(
            layers=network.layers,
            parameters=network.parameters,
            optimizer=network.optimizer,
            loss=network.loss,
        )
        refuse_other_network(given.model, network.layers, network.optimizer, settings)
    arrays = arrays_of(answers) if answers else {}
    record = BroughtLstm(
        seed=seed,
        imported_on=on,
        files=tuple(files),
        names=tuple(names),
        title=said.reviews,
        settings=settings,
        epochs=epochs,
        decimals=decimals_of(history) if history else {},
        confusion=confusion,
        test_loss=cross_entropy(answers) if answers and answers.probability is not None else None,
        deciles=deciles_of(answers),
        model=model,
        arrays_digest=arrays_digest(arrays),
    )
    return Training(Brought(f"brought_lstm/seed-{seed}", record, arrays), tuple(notices))


def _history(path: Path) -> History:
    """One of a classifier, and not of a GAN."""
    history = read_history(path)
    if not set(history.columns) - GAN_LOSSES:
        raise refusal(
            path, "un historial con loss o val_loss", "solo pérdidas de una GAN", "delo con --gan-losses"
        )
    return history


MOST = 1e6  # of a loss: what nobody prints


def refuse_endless(path: str, history: History) -> None:
    """
    Raises:
        BroughtError: a loss that has run away.
    """
    for name, values in history.columns.items():
        if name.endswith("loss") and max(values) > MOST:
            epoch = values.index(max(values)) + 1
            raise refusal(
                path,
                f"una pérdida de a lo sumo {MOST:.0f}",
                f"{max(values):g} en la época {epoch}",
                "compruébelas",
            )


def epochs_of(history: History) -> tuple[BroughtEpoch, ...]:
    columns = {name: values for name, values in history.columns.items() if name not in GAN_LOSSES}
    return tuple(
        BroughtEpoch(epoch=place + 1, **{name: values[place] for name, values in columns.items()})
        for place in range(history.n)
    )


def decimals_of(history: History) -> dict[str, int]:
    return {name: n for name, n in (history.decimals or {}).items() if name not in GAN_LOSSES}


def arrays_of(answers: Predictions) -> Arrays:
    """Nothing where there are answers without probabilities: they say no more than the matrix."""
    if answers.probability is None:
        return {}
    arrays = {"probability": answers.probability, "label": answers.label}
    for name in ("length", "review_id"):
        if (values := getattr(answers, name)) is not None:
            arrays[name] = values
    return arrays


def deciles_of(answers: Predictions | None) -> tuple[BroughtBucket, ...]:
    if answers is None or answers.length is None:
        return ()
    return deciles(answers.length, np.asarray(answers.predicted == answers.label))
