"""What contradicts itself among the files of one author: refused, with both numbers and both files."""

from collections.abc import Mapping, Sequence
from math import sqrt

import numpy as np

from experiments.brought.history.reader import History
from experiments.brought.refusals import refusal
from experiments.kinds.lstm import CELLS, OPTIMIZERS
from experiments.records.brought import LossForm
from experiments.records.built import BuiltLayer, BuiltOptimizer, Setting
from experiments.records.parts import Confusion
from experiments.validation import shown

# Of accuracy: validation and test parts of one set never lie so far apart in the same training, chance apart,
# for which there are four standard errors of the test part. It tells classes that were taken one for the
# other, and answers of another network.
FAR, STANDARD_ERRORS = 0.20, 4

ROUNDING = 1e-3  # of losses that were printed
RATE_ROUNDING = 1e-6  # of a learning rate, of what float32 makes of it

WRAPPED = "layer"  # where a layer around another has the class of that one

# What a setting that is typed says of the layers of a network: of which class, and under what name there.
OF_LAYERS: dict[str, tuple[tuple[str, ...], str]] = {
    "vocabulary_size": (("Embedding",), "input_dim"),
    "embedding_dim": (("Embedding",), "output_dim"),
    "units": (("LSTM", "GRU"), "units"),
    "dropout": (("LSTM", "GRU"), "dropout"),
    "recurrent_dropout": (("LSTM", "GRU"), "recurrent_dropout"),
    "spatial_dropout": (("SpatialDropout1D",), "rate"),
}


def refuse_too_many_epochs(file: str, history: History, typed: Setting) -> None:
    """
    Raises:
        BroughtError: the history has more epochs than it says that there were to be, or than the author.
    """
    for stated, source in ((history.stated, "el propio fichero"), (typed, "--set lstm.max_epochs")):
        if isinstance(stated, int) and history.n > stated:
            raise refusal(
                file,
                f"un máximo de épocas de {stated}, según {source}",
                f"{history.n}",
                "corrija lo que sobra",
            )


def refuse_other_rate(file: str, history: History, typed: Mapping[str, Setting]) -> None:
    """A rate that is lowered begins with that which was set, and one that is warmed up reaches it; one that
    falls in each step, as with «cosine», is lower at the end of the first epoch.

    Raises:
        BroughtError: the rate that was typed is none that the history has so.
    """
    rates, rate = history.columns.get("learning_rate"), typed.get("learning_rate")
    if not rates or not isinstance(rate, float):
        return
    schedule = typed.get("schedule")
    decimals = (history.decimals or {}).get("learning_rate")
    printed = 0.0 if decimals is None else 0.5 * 10.0**-decimals

    def near(found: float) -> bool:
        return abs(found - rate) <= printed + RATE_ROUNDING * rate

    highest, lowest = max(rates), min(rates)
    agrees = near(highest) or (schedule == "cosine" and highest < rate)
    if agrees and not (schedule == "constant" and not near(lowest)):
        return
    other = lowest if agrees else highest
    place = f"en la época {rates.index(other) + 1}"
    expected = f"una tasa de aprendizaje de {rate:g}, según --set lstm.learning_rate"
    if agrees:
        expected += " y lstm.schedule = constant, en todas las épocas"
        remedy = "corrija el ajuste que no sea"
    elif highest < rate and schedule is None:
        remedy = "corrija el ajuste o, si bajaba en cada paso, quítelo"
    else:
        remedy = "corrija el ajuste o quítelo"
    raise refusal(file, expected, f"{other:g} {place}, {'la menor' if agrees else 'la mayor'}", remedy)


def refuse_other_matrix(file: str, found: Confusion, typed_as: str, typed: Confusion) -> None:
    """
    Raises:
        BroughtError: the matrix of the predictions is not that which was typed.
    """
    if found != typed:
        raise refusal(
            file,
            f"la matriz {_told(typed)} de «{' '.join(typed_as.split())}»",
            f"{_told(found)}, la de las predicciones",
            "dé solo una de las dos, o corrija la que no es",
        )


def _told(matrix: Confusion) -> str:
    return ",".join(str(getattr(matrix, name)) for name in Confusion.model_fields)


def refuse_other_accuracy(file: str, history: History, other: str, confusion: Confusion) -> None:
    """
    Raises:
        BroughtError: no epoch of the history validates with an accuracy near that on the test part.
    """
    validated = history.columns.get("val_accuracy", ())
    test = confusion.accuracy
    far = FAR + STANDARD_ERRORS * sqrt(0.25 / confusion.n)  # at most: that of a half
    if validated and min(abs(each - test) for each in validated) > far:
        nearest = min(validated, key=lambda each: abs(each - test))
        raise refusal(
            other,
            f"una exactitud próxima a la de validación de «{file}», {nearest:.4f} en la época más parecida",
            f"{test:.4f}",
            "compruebe que son de la misma red y que la clase positiva es la misma",
        )


def refuse_other_network(
    file: str, layers: Sequence[BuiltLayer], optimizer: BuiltOptimizer | None, typed: Mapping[str, Setting]
) -> None:
    """
    Raises:
        BroughtError: a setting that was typed is another in the network.
    """
    for name, value in typed.items():
        built = _built(name, layers, optimizer)
        if built and value not in built:
            found = " y ".join(sorted(map(shown, built)))
            typed_as = f"{name} = {shown(value)}, como dice --set lstm.{name}"
            raise refusal(file, typed_as, found, "corrija el que no sea")


def _built(name: str, layers: Sequence[BuiltLayer], optimizer: BuiltOptimizer | None) -> set[Setting]:
    """The values of a setting in the network; none where it does not show them."""
    wrapped = [(layer, layer.settings.get(WRAPPED, layer.kind)) for layer in layers]
    readers = {kind for _, kind in wrapped if kind in CELLS.values()}
    match name:
        case "cell":
            return {cell for cell, kind in CELLS.items() if kind in readers}
        case "bidirectional":
            return {any(layer.kind == "Bidirectional" for layer in layers)} if readers else set()
        case "optimizer":
            names = {kind: name for name, kind in OPTIMIZERS.items()}
            return {names.get(optimizer.kind, optimizer.kind)} if optimizer else set()
        case _ if name in OF_LAYERS:
            kinds, setting = OF_LAYERS[name]
            places = [
                (layer, f"{WRAPPED}." * (kind != layer.kind) + setting)
                for layer, kind in wrapped
                if kind in kinds
            ]
            return {layer.settings[place] for layer, place in places if place in layer.settings}
    return set()


def refuse_later_grids(losses: str, iteration: np.ndarray, grids: str, steps: Sequence[int]) -> None:
    """``iteration`` int64[t], those that were logged; as far as from one to the next, others may follow.

    Raises:
        BroughtError: a grid is of a step after the last iteration of the losses.
    """
    last = int(iteration[-1])
    every = int(iteration[-1] - iteration[-2]) if len(iteration) > 1 else 1
    if steps and steps[-1] >= last + every:
        raise refusal(
            grids,
            f"un paso hasta la iteración {last}, la última de «{losses}»",
            f"el {steps[-1]}",
            "dé las pérdidas enteras, numeradas en una columna iteration, o quite las rejillas que sobran",
        )


def refuse_more_iterations(losses: str, last: int, typed: Setting) -> None:
    """
    Raises:
        BroughtError: the losses go on after the iterations that were typed.
    """
    if isinstance(typed, int) and last > typed:
        raise refusal(
            losses,
            f"un máximo de iteraciones de {typed}, según --set gan.iterations",
            f"{last}",
            "corrija lo que sobra",
        )


def refuse_other_form(
    file: str, loss: np.ndarray, totals: Mapping[LossForm, np.ndarray], form: LossForm
) -> None:
    """``loss`` float32[t] of the discriminator, and what it would be of the halves in the same ``file``.

    Raises:
        BroughtError: it is the other one.
    """
    fits = [each for each, total in totals.items() if np.allclose(loss, total, rtol=ROUNDING, atol=ROUNDING)]
    if fits and form not in fits:
        raise refusal(
            f"--gan-loss {form}",
            f"{fits[0]}, que es lo que la pérdida del discriminador de «{file}» es de sus mitades",
            form,
            "corríjalo o compruebe las columnas",
        )


def refuse_negative(file: str, told: str, loss: np.ndarray) -> None:
    """
    Raises:
        BroughtError: ``loss`` float32[t] is no cross-entropy, the only one whose equilibrium is known.
    """
    if (loss < 0).any():
        found = f"{loss[loss < 0][0]:g}, como las de Wasserstein"
        raise refusal(
            file,
            f"que {told} fuese entropía cruzada, de 0 en adelante",
            found,
            "importe lo demás sin --gan-losses",  # one loss without the other is refused
        )


def refuse_other_loss(typed: Setting) -> None:
    """
    Raises:
        BroughtError: the losses are others than cross-entropy.
    """
    if typed not in (None, "non_saturating"):
        raise refusal(
            "--set gan.loss",
            "non_saturating, la única de las que se pueden importar pérdidas",
            f"{typed}",
            "importe lo demás sin --gan-losses",
        )
