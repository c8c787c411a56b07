"""Made-up data of the figures of part A, with the words that the templates have for them."""

from typing import Any

import numpy as np
from studies import make_study

from report.figures.bands import Band
from report.figures.checks import Level
from report.figures.differences import Differences
from report.figures.differences import Words as DifferenceWords
from report.figures.lstm import (
    calibration,
    curves,
    influence,
    layers,
    length,
    logged_curves,
    probe,
    variants,
)
from report.figures.stacks import Bar, Stack
from report.figures.words import constant
from report.findings.collection import find_all
from report.ledger.ledger import Ledger
from report.ledger.spanish import Style
from report.settings import Settings
from report.text.context import context
from report.text.language import Language
from report.text.numbering import Numbering

STUDY = make_study(2)  # whose network and data the words name
LANGUAGE = Language(Ledger(Style()), Numbering(), names=context(STUDY, find_all(STUDY), Settings()))

CURVE_WORDS = LANGUAGE.labels(curves.Labels)
SHORT = curves.Seed(
    name="«a»",
    train_loss=np.array([0.6, 0.4, 0.2]),
    val_loss=np.array([0.5, 0.4, 0.45]),
    train_accuracy=np.array([0.6, 0.8, 0.9]),
    val_accuracy=np.array([0.7, 0.8, 0.78]),
    selected_epoch=2,
)
LONG = curves.Seed(
    name="«b»",
    train_loss=np.array([0.8, 0.6, 0.4, 0.1]),
    val_loss=np.array([0.7, 0.6, 0.35, 0.5]),
    train_accuracy=np.array([0.5, 0.7, 0.8, 0.95]),
    val_accuracy=np.array([0.6, 0.7, 0.8, 0.75]),
    selected_epoch=3,
)
CURVES = curves.Curves((SHORT, LONG), True, CURVE_WORDS)

LOG = logged_curves.Log(
    losses=logged_curves.Panel((SHORT.val_loss, LONG.val_loss), (SHORT.train_loss, LONG.train_loss)),
    accuracies=logged_curves.Panel((SHORT.val_accuracy, LONG.val_accuracy), None),
    lowest=(2, 3),
    n_seeds=2,
    names=("«a»", "«b»"),
    words=LANGUAGE.labels(logged_curves.Labels),
)


def band(x: Any, *seeds: Any, half: float = 0.02) -> Band:
    """From ``half`` under the lowest to ``half`` over the highest of the seeds."""
    values = np.array(seeds, dtype=float)
    return Band(np.array(x, dtype=float), values, values.min(axis=0) - half, values.max(axis=0) + half)


WORDS, STARS = (50, 100, 200, 400, 1_000), (3, 4, 7, 8)
LENGTH = length.ByLength(
    lstm=band(WORDS, (0.9, 0.88, 0.87, 0.84, 0.80), (0.9, 0.86, 0.85, 0.82, 0.82)),
    control=band(WORDS, (0.92, 0.91, 0.9, 0.9, 0.89)),
    lstm_stars=band(STARS, (0.94, 0.8, 0.78, 0.92), (0.92, 0.78, 0.80, 0.94)),
    control_stars=band(STARS, (0.95, 0.84, 0.83, 0.95)),
    window=Level(250, "ventana: «w»"),
    words=constant(LANGUAGE.labels(length.Labels), length.Words),
)

PLACES = np.arange(0, 250, 50)
STEPS = np.arange(250)
DISTANCE = influence.ByDistance(
    lstm=band(PLACES, 0.3 * 0.99**PLACES, 0.34 * 0.99**PLACES),
    control=band(np.arange(0, 200, 50), (0.1, 0.1, 0.09, 0.1)),
    gradients=influence.Gradients(np.stack([0.9**STEPS, 0.88**STEPS]), np.stack([0.99**STEPS, 0.985**STEPS])),
    reach=Level(0.01, "«a»"),
    words=LANGUAGE.labels(influence.Labels),
)

DISTANCES = (10, 25, 50, 100, 200, 400)
PROBE = probe.ByProbe(
    cell=band(DISTANCES, (0.99, 0.98, 0.97, 0.9, 0.7, 0.5), (0.99, 0.99, 0.96, 0.8, 0.6, 0.5)),
    control=band(DISTANCES, (1, 0.99, 0.99, 0.99, 0.98, 0.98), (1, 1, 0.99, 0.99, 0.98, 0.97)),
    chance=Level(0.5, "azar"),
    words=LANGUAGE.labels(probe.Labels),
)

FALSE_ALARMS = np.linspace(0, 1, calibration.PLACES)
BIN_MIDDLES = (np.arange(calibration.BINS) + 0.5) / calibration.BINS


def answering(*bends: float) -> calibration.Model:
    """One seed for each bend of the ROC curve, as bent in reliability as the first."""
    return calibration.Model(
        found=np.stack([FALSE_ALARMS**bend for bend in bends]),
        given=BIN_MIDDLES,
        happens=BIN_MIDDLES ** (1 - bends[0]),
        share=np.full(calibration.BINS, 1 / calibration.BINS),
    )


CALIBRATION = calibration.Trusted(answering(0.12, 0.1), answering(0.05), LANGUAGE.labels(calibration.Labels))

TRIED = variants.Tried(
    Differences(
        value=np.array([1.5, 0.2, -3.0]),
        low=np.array([0.5, -0.8, -4.0]),
        high=np.array([2.5, 1.2, -2.0]),
        shown=np.array([True, False, True]),
        names=("«a»", "conjunto", "«b»"),
        costs=("«c»", "«d»", "«e»"),
        words=constant(LANGUAGE.labels(variants.Labels), DifferenceWords),
    )
)

LAYERS = layers.Layers(
    Stack(
        "LSTM",
        "«t» parámetros",
        (
            Bar("Palabras", "«p»", "", 250, False),
            Bar("Vectores de palabra", "«p» × «d»", "«v»", 32_000, True),
            Bar("LSTM", "«u»", "«l»", 64, True),
            Bar("Descarte", "«u»", "", 64, False),
            Bar("Densa", "«s»", "«d»", 1, True),
        ),
    )
)

MEMORY_FIGURES = {"longitud": LENGTH, "influencia": DISTANCE, "sonda": PROBE}
LSTM_FIGURES = {
    "curvas": CURVES,
    "registro": LOG,
    "calibracion": CALIBRATION,
    "red-lstm": LAYERS,
    "variantes-lstm": TRIED,
    **MEMORY_FIGURES,
}
