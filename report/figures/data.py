"""What each figure shows: plain data, computed elsewhere and checked here; nothing of Matplotlib."""

from dataclasses import dataclass

import numpy as np

MAX_NAMED = 5  # seeds
CONVOLUTIONAL, DENSE = "convolucional", "densa"  # architectures, as they are named in a figure


def are_named(seeds: int) -> bool:
    """Whether seeds have their names beside their curves: one needs none, many could not be told apart."""
    return 1 < seeds <= MAX_NAMED


def check_numbers(name: str, values: np.ndarray, shape: tuple[int, ...] | None = None) -> None:
    """Refuse what cannot be drawn.

    Raises:
        ValueError: ``values`` is empty, holds NaN or infinity, or has not the given ``shape``.
    """
    values = np.asarray(values)
    if shape is not None and values.shape != shape:
        raise ValueError(
            f"{name}: se esperaba una matriz de forma {shape}, se encontró {values.shape}; "
            "revise los registros."
        )
    if values.size == 0 or not np.isfinite(values).all():
        raise ValueError(
            f"{name}: se esperaban números finitos, se encontró "
            f"{'nada' if values.size == 0 else 'NaN o infinito'}; revise los registros."
        )


@dataclass(frozen=True, eq=False)
class Level:
    """A value to compare with, and how it is printed."""

    value: float
    label: str

    def __post_init__(self) -> None:
        check_numbers("level", np.array([self.value]))


# --- Part A ------------------------------------------------------------------------------


@dataclass(frozen=True, eq=False)
class LstmSeed:
    """One seed, measured in inference mode after each epoch: four float[epochs], losses in nats,
    accuracies in [0, 1], and the epoch (from 1) whose weights were kept. ``name`` is short: its
    number, printed."""

    name: str
    train_loss: np.ndarray
    val_loss: np.ndarray
    train_accuracy: np.ndarray
    val_accuracy: np.ndarray
    selected_epoch: int

    def __post_init__(self) -> None:
        shape = (len(self.train_loss),)
        for name in ("train_loss", "val_loss", "train_accuracy", "val_accuracy"):
            check_numbers(name, getattr(self, name), shape)
        if not 1 <= self.selected_epoch <= shape[0]:
            raise ValueError(
                f"selected_epoch: se esperaba una época entre 1 y {shape[0]}, se encontró "
                f"{self.selected_epoch}; revise los registros."
            )


@dataclass(frozen=True, eq=False)
class LstmCurves:
    """All seeds; their numbers of epochs may differ."""

    seeds: tuple[LstmSeed, ...]

    def __post_init__(self) -> None:
        check_numbers("selected_epoch", np.array([seed.selected_epoch for seed in self.seeds]))


@dataclass(frozen=True, eq=False)
class ConfusionTable:
    """Rows: the real class, negative and positive; columns: the predicted one, likewise.

    ``share`` float[2, 2] in [0, 1] is the part of its row that a cell holds (0 in an empty row);
    ``counts``, ``shares`` and ``totals`` (of the rows) are printed numbers.
    """

    share: np.ndarray
    counts: tuple[tuple[str, str], tuple[str, str]]
    shares: tuple[tuple[str, str], tuple[str, str]]
    totals: tuple[str, str]

    def __post_init__(self) -> None:
        check_numbers("share", self.share, (2, 2))
        if np.min(self.share) < 0 or np.max(self.share) > 1:
            raise ValueError(
                f"share: se esperaban proporciones entre 0 y 1, se encontró "
                f"{np.asarray(self.share).tolist()}; revise los recuentos."
            )


@dataclass(frozen=True, eq=False)
class LstmGlance:
    """One row per seed. ``accuracy``, its Wilson interval ``accuracy_low`` and ``accuracy_high``
    on the test part, and ``gap`` (training less validation accuracy) float[n] as rates;
    ``selected_epoch`` and ``last_epoch`` int[n]. ``*_text`` sum a column up, ready to print.
    ``reference`` is the published accuracy, if the verdict is about it; each of the ``degrees`` of
    the gap begins at its value, in ascending order."""

    seeds: tuple[str, ...]
    accuracy: np.ndarray
    accuracy_low: np.ndarray
    accuracy_high: np.ndarray
    accuracy_mean: float
    accuracy_text: str
    reference: Level | None
    gap: np.ndarray
    gap_mean: float
    gap_text: str
    degrees: tuple[Level, ...]
    selected_epoch: np.ndarray
    last_epoch: np.ndarray
    epoch_text: str

    def __post_init__(self) -> None:
        shape = (len(self.seeds),)
        for name in ("accuracy", "accuracy_low", "accuracy_high", "gap", "selected_epoch", "last_epoch"):
            check_numbers(name, getattr(self, name), shape)
        check_numbers("mean", np.array([self.accuracy_mean, self.gap_mean]))


# --- the memory of the LSTM --------------------------------------------------------------


@dataclass(frozen=True, eq=False)
class Band:
    """One model at the places ``x`` float[k]: each seed float[seeds, k], and an interval of their
    mean, ``low`` and ``high`` float[k]."""

    x: np.ndarray
    seeds: np.ndarray
    low: np.ndarray
    high: np.ndarray

    def __post_init__(self) -> None:
        check_numbers("x", self.x)
        check_numbers("seeds", self.seeds, (len(self.seeds), len(self.x)))
        check_numbers("low", self.low, (len(self.x),))
        check_numbers("high", self.high, (len(self.x),))


@dataclass(frozen=True, eq=False)
class ByLength:
    """Accuracy in [0, 1] by length in words, and by stars unless the data have none; ``window``
    is the length beyond which the LSTM does not see the whole review."""

    lstm: Band
    control: Band
    lstm_stars: Band | None
    control_stars: Band | None
    window: Level


@dataclass(frozen=True, eq=False)
class Gradients:
    """float[seeds, k] > 0 by distance to the end, 0 to k - 1, each relative to its largest."""

    initial: np.ndarray
    selected: np.ndarray

    def __post_init__(self) -> None:
        check_numbers("initial", self.initial)
        check_numbers("selected", self.selected, np.shape(self.initial))


@dataclass(frozen=True, eq=False)
class ByDistance:
    """Influence in logits, and gradients, by distance to the end in words; ``reach`` is the share
    of its largest value below which a gradient is taken not to arrive."""

    lstm: Band
    control: Band
    gradients: Gradients
    reach: Level


@dataclass(frozen=True, eq=False)
class SeedLines:
    """Seeds of one network that do the same, float[seeds, k] each: accuracy in [0, 1] and the ends
    of its interval; ``name`` is drawn."""

    name: str
    values: np.ndarray
    low: np.ndarray
    high: np.ndarray

    def __post_init__(self) -> None:
        for name in ("values", "low", "high"):
            check_numbers(name, getattr(self, name), np.shape(self.values))


@dataclass(frozen=True, eq=False)
class Apart:
    """The seeds one by one: those of the cell by what they do, and those of the control."""

    cell: tuple[SeedLines, ...]
    control: SeedLines


@dataclass(frozen=True, eq=False)
class ByProbe:
    """Accuracy in [0, 1] of the cell and of its control by distance in words > 0; ``enough`` is
    what is asked of them and ``chance`` what guessing gives; ``apart`` where the seeds of the cell
    do not behave alike, so that their mean describes none."""

    cell: Band
    control: Band
    enough: Level
    chance: Level
    apart: Apart | None = None


# --- Part B ------------------------------------------------------------------------------


@dataclass(frozen=True, eq=False)
class GanSeed:
    """One seed, one value per iteration, float[t]: losses in nats (the discriminator's is the sum
    of both halves), and the discriminator's mean output in [0, 1] for real and generated images."""

    discriminator_loss: np.ndarray
    generator_loss: np.ndarray
    d_real: np.ndarray
    d_fake: np.ndarray

    def __post_init__(self) -> None:
        shape = (len(self.discriminator_loss),)
        for name in ("discriminator_loss", "generator_loss", "d_real", "d_fake"):
            check_numbers(name, getattr(self, name), shape)


@dataclass(frozen=True, eq=False)
class GanLosses:
    """All seeds, with the same number of iterations; ``window`` is that of the running mean, odd,
    and ``window_text`` says so («media móvil de ...», «... de todas las semillas»)."""

    seeds: tuple[GanSeed, ...]
    window: int
    window_text: str
    discriminator_equilibrium: Level
    generator_equilibrium: Level
    output_equilibrium: Level

    def __post_init__(self) -> None:
        lengths = np.array([len(seed.d_real) for seed in self.seeds])
        check_numbers("seeds", lengths)
        if np.ptp(lengths):
            raise ValueError(
                f"seeds: se esperaba el mismo número de iteraciones en todas, se encontró "
                f"{lengths.tolist()}; vuelva a entrenar las que faltan."
            )


@dataclass(frozen=True, eq=False)
class GanStrip:
    """The grids of one seed in order, ``uint8[s, n, 28, 28]``, and the printed iterations."""

    grids: np.ndarray
    labels: tuple[str, ...]

    def __post_init__(self) -> None:
        check_numbers("grids", self.grids)
        if len(self.labels) != len(self.grids):
            raise ValueError(
                f"labels: se esperaba un rótulo para cada una de las {len(self.grids)} cuadrículas, "
                f"se encontraron {len(self.labels)}; revise los registros."
            )


@dataclass(frozen=True, eq=False)
class Dots:
    """One value per seed, float[n]; their printed mean and spread; the level at equilibrium."""

    values: np.ndarray
    text: str
    equilibrium: Level

    def __post_init__(self) -> None:
        check_numbers("values", self.values)


@dataclass(frozen=True, eq=False)
class GanGlance:
    """The end of training, and three grids on the way there (``GanStrip`` with its labels)."""

    discriminator_loss: Dots
    generator_loss: Dots
    d_real: Dots
    d_fake: Dots
    samples: GanStrip


@dataclass(frozen=True, eq=False)
class Readable:
    """All seeds of one architecture: ``share`` float[seeds, t] of the images, and the band of all
    seeds together, ``low`` and ``high`` float[t]; everything in [0, 1]."""

    architecture: str  # CONVOLUTIONAL or DENSE
    share: np.ndarray
    low: np.ndarray
    high: np.ndarray

    def __post_init__(self) -> None:
        check_numbers("share", self.share)
        for name in ("low", "high"):
            check_numbers(name, getattr(self, name), self.share.shape[1:])


@dataclass(frozen=True, eq=False)
class ReadableCurves:
    """One architecture or two, at the same ``iterations`` int[t]; the rungs to be reached."""

    iterations: np.ndarray
    curves: tuple[Readable, ...]
    rungs: tuple[Level, ...]

    def __post_init__(self) -> None:
        for curve in self.curves:
            check_numbers("iterations", self.iterations, curve.share.shape[1:])


@dataclass(frozen=True, eq=False)
class ImageRows:
    """Rows of images, uint8[n, 28, 28] each, n from 0, and the name of each row."""

    images: tuple[np.ndarray, ...]
    names: tuple[str, ...]

    def __post_init__(self) -> None:
        if len(self.names) != len(self.images):
            raise ValueError(
                f"names: se esperaba un nombre para cada una de las {len(self.images)} filas, se "
                f"encontraron {len(self.names)}; revise los registros."
            )
