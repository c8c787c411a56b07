"""Made-up data of the figures of part B, and the real words of any figure."""

from typing import Any

import numpy as np

from report.figures.base import Source
from report.figures.checks import Level
from report.figures.collection import FIGURES
from report.figures.equilibria import Equilibria
from report.figures.gan.controls import Examples
from report.figures.gan.layers import Pair
from report.figures.gan.losses import LossCurves, Seed
from report.figures.gan.losses import Words as LossWords
from report.figures.gan.neighbours import Neighbours
from report.figures.gan.readable import Readable
from report.figures.gan.readable import Words as ReadableWords
from report.figures.gan.start import Start
from report.figures.gan.strip import Labels as StripLabels
from report.figures.gan.strip import Strip
from report.figures.gan.threshold import Threshold
from report.figures.image_rows import ImageRows
from report.figures.images import Samples
from report.figures.stacks import Bar, Stack
from report.findings.collection import find_all
from report.ledger.ledger import Ledger
from report.ledger.spanish import Style
from report.settings import Settings
from report.study.study import Study
from report.text.context import context
from report.text.language import Language
from report.text.numbering import Numbering

EQUILIBRIA = Equilibria(Level(2 * np.log(2), "2·ln 2"), Level(np.log(2), "ln 2"), Level(0.5, "50 %"))


def gan_seed(seed: int, iterations: int = 3000) -> Seed:
    noise = np.random.default_rng(seed).normal(0, 0.05, (4, iterations)).astype(np.float32)
    return Seed(1.2 + noise[0], 0.9 + noise[1], 0.6 + noise[2] / 2, 0.4 + noise[3] / 2)


LOSSES = LossCurves(
    seeds=(gan_seed(1), gan_seed(2)),
    window=101,
    window_text="media móvil de 101 iteraciones",
    equilibria=EQUILIBRIA,
    words=LossWords(
        loss="Pérdida (nats)",
        accuracy="Aciertos del discriminador",
        discriminator="discriminador",
        generator="generador",
        real="imágenes reales",
        fake="imágenes generadas",
        iteration="Iteración",
        stretches="valores de cada tramo",
        each_seed="cada semilla",
        epoch="Época",
    ),
)

GRIDS = np.random.default_rng(0).integers(0, 256, (7, 25, 28, 28), dtype=np.uint8)
READ = tuple(tuple("«r»" if place + step > 7 else "" for place in range(6)) for step in range(7))
STRIP = Strip(Samples(GRIDS[:, :6], tuple(f"paso {i}" for i in range(7))), READ, StripLabels("Iteración"))

START = Start(GRIDS[3], tuple(str(i % 10) if i % 3 == 0 else "" for i in range(25)))

RUNGS = tuple(Level(0.9 * share, f"peldaño {share:.0%}") for share in (0.1, 0.25, 0.5, 0.9))


def shares(*seeds: tuple[float, ...]) -> dict[str, np.ndarray]:
    share = np.array(seeds, float)
    return {"share": share, "low": share.min(axis=0) * 0.9, "high": share.max(axis=0) * 1.1}


READABLE = Readable(
    iterations=np.array([0, 100, 200]),
    **shares((0.0, 0.2, 0.4), (0.0, 0.1, 0.2)),
    rungs=RUNGS,
    words=ReadableWords(
        share="Parte de las imágenes que el juez lee",
        iteration="Iteración",
        rungs="Peldaños: parte de lo que lee en imágenes reales",
        band="intervalo de Wilson de todas las imágenes",
        each_seed="cada semilla",
        mean="media",
    ),
)

IMAGES = tuple(np.zeros((3, 4, 28, 28), np.uint8))
ROWS = ImageRows(IMAGES, ("reales", "ruido", "mezclas"))
NETWORKS = Pair(
    Stack("Generador", "«t»", (Bar("Ruido", "«n»", "", 100, False), Bar("Densa", "«p»", "«q»", 784, True))),
    Stack(
        "Discriminador", "«t»", (Bar("Imagen", "«p»", "", 784, False), Bar("Densa", "«s»", "«q»", 1, True))
    ),
)
PAIR = ImageRows(IMAGES[:2], ("una", "otra"))

GAN_FIGURES = {
    "perdidas": LOSSES,
    "tira": STRIP,
    "legibilidad": READABLE,
    "redes-gan": NETWORKS,
    "controles": Examples(ROWS),
    "umbral": Threshold(PAIR, "ninguna"),
    "vecinas": Neighbours(PAIR, "ninguna"),
    "comienzo": START,
}


def prepared(name: str, study: Study, style: Style = Style(), number: int | None = None) -> Any:  # noqa: B008
    """What a document on ``study`` would have a figure drawn from, with the words of the templates."""
    ledger, findings = Ledger(style), find_all(study)
    named = context(study, findings, Settings())
    labels = Language(ledger, Numbering(), names=named).labels(FIGURES[name].Labels)
    source = Source(study, findings, ledger)
    return FIGURES[name].prepare(source, labels, *([] if number is None else [number]))
