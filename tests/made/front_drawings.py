"""Made-up data of the panel of page one."""

import numpy as np
from gan_drawings import GRIDS, shares

from report.figures.checks import Level
from report.figures.images import Samples
from report.figures.study.front import Accuracies, Front, Legible, Words

WORDS = Words(
    accuracy="Sobreajuste moderado",
    accuracy_of="Exactitud; el círculo, la época elegida",
    epoch="Época",
    training="entrenamiento",
    validation="validación",
    legible="Legible desde la iteración «i»",
    legible_of="Parte de las imágenes que el juez lee",
    iteration="Iteración",
    noise="Cada ruido acaba en su imagen",
    noise_of="Un ruido por fila; iteración",
)
ACCURACIES = Accuracies(
    validation=(np.array([0.75, 0.86, 0.87]), np.array([0.78, 0.85, 0.86, 0.86])),
    training=(np.array([0.80, 0.90, 0.93]), np.array([0.81, 0.89, 0.93, 0.95])),
    ringed=(2, 3),
)
LEGIBLE = Legible(
    iterations=np.array([0, 100, 200]),
    **shares((0.0, 0.2, 0.4), (0.0, 0.1, 0.2)),
    rung=Level(0.09, "«p» de lo real"),
    begins=(100, 200),
)
NOISE = Samples(GRIDS[:, :4], tuple(f"«{step}»" for step in range(7)))
FRONT = Front(ACCURACIES, LEGIBLE, NOISE, WORDS)

STUDY_FIGURES = {"portada": FRONT}
