"""Files of one training that contradict each other: refused with both numbers."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import pytest

from experiments.brought.consistency import (
    refuse_later_grids,
    refuse_more_iterations,
    refuse_negative,
    refuse_other_accuracy,
    refuse_other_form,
    refuse_other_loss,
    refuse_other_matrix,
    refuse_other_network,
    refuse_other_rate,
    refuse_too_many_epochs,
)
from experiments.brought.history.reader import Column, History
from experiments.errors import BroughtError
from experiments.records.brought import LossForm
from experiments.records.built import BuiltLayer, BuiltOptimizer, Setting
from experiments.records.parts import Confusion

MATRIX = Confusion(true_negative=80, false_positive=20, false_negative=10, true_positive=90)  # 0.85


def history(n: int = 3, stated: int | None = None, **columns: Sequence[float]) -> History:
    values: dict[Column, tuple[float, ...]] = {"val_accuracy": (0.8,) * n}
    return History(
        columns={name: tuple(each) for name, each in columns.items()} or values,
        n=n,
        stated=stated,
        zero_based=False,
        names=(),
        notices=(),
        decimals=None,
    )


def said_by(error: pytest.ExceptionInfo[BroughtError]) -> str:
    said = str(error.value)
    assert "\n" not in said
    assert ",," not in said
    assert said.endswith(".")
    return said


# --- epochs ------------------------------------------------------------------------------


@pytest.mark.parametrize(("stated", "typed"), [(None, None), (3, None), (10, None), (None, 3), (10, 10)])
def test_a_training_may_stop_before_its_last_epoch(stated: int | None, typed: Setting) -> None:
    refuse_too_many_epochs("h.log", history(3, stated), typed)


@pytest.mark.parametrize(
    ("stated", "typed", "source"),
    [(2, None, "el propio fichero"), (None, 2, "--set lstm.max_epochs"), (5, 2, "--set lstm.max_epochs")],
)
def test_but_not_after_it(stated: int | None, typed: Setting, source: str) -> None:
    with pytest.raises(BroughtError) as error:
        refuse_too_many_epochs("h.log", history(3, stated), typed)
    assert said_by(error) == (
        f"h.log: se esperaba un máximo de épocas de 2, según {source}, se encontró 3; corrija lo que sobra."
    )


# --- the learning rate --------------------------------------------------------------------


@pytest.mark.parametrize(
    ("rates", "typed"),
    [
        ((2e-4, 2e-4, 1e-4), {"learning_rate": 2e-4}),  # lowered by a plateau
        ((float(np.float32(2e-4)),), {"learning_rate": 2e-4, "schedule": "constant"}),
        ((1e-5, 1e-4, 2e-4, 1e-4), {"learning_rate": 2e-4}),  # warmed up
        ((1.9e-4, 1e-4, 0.0), {"learning_rate": 2e-4, "schedule": "cosine"}),
        ((1e-3,), {}),
        ((1e-3,), {"schedule": "constant"}),
    ],
)
def test_a_rate_that_the_history_has(rates: Sequence[float], typed: dict[str, Setting]) -> None:
    refuse_other_rate("h.csv", history(len(rates), learning_rate=rates), typed)


def test_a_rate_that_is_typed_where_the_history_has_none() -> None:
    refuse_other_rate("h.csv", history(2, val_loss=(0.5, 0.4)), {"learning_rate": 2e-4})


@pytest.mark.parametrize(("typed", "agrees"), [(2e-4, True), (2.4e-4, True), (3e-4, False), (1e-4, False)])
def test_a_rate_that_was_printed_is_as_its_digits_say(typed: float, agrees: bool) -> None:
    """0.0002 is anything from 0.00015 to 0.00025."""
    printed = replace(history(1, learning_rate=(2e-4,)), decimals={"learning_rate": 4})
    if agrees:
        refuse_other_rate("h.log", printed, {"learning_rate": typed})
    else:
        with pytest.raises(BroughtError):
            refuse_other_rate("h.log", printed, {"learning_rate": typed})


@pytest.mark.parametrize(
    ("rates", "schedule", "said"),
    [
        ((1e-3, 5e-4), None, "se encontró 0.001 en la época 1, la mayor; corrija el ajuste o quítelo."),
        ((1e-4, 1e-3), "cosine", "se encontró 0.001 en la época 2, la mayor; corrija el ajuste o quítelo."),
        (
            (1e-4, 5e-5),
            None,
            "se encontró 0.0001 en la época 1, la mayor; corrija el ajuste o, si bajaba en cada paso, "
            "quítelo.",
        ),
        ((1e-4,), "plateau", "se encontró 0.0001 en la época 1, la mayor; corrija el ajuste o quítelo."),
    ],
)
def test_a_rate_that_it_has_not(rates: Sequence[float], schedule: str | None, said: str) -> None:
    typed: dict[str, Setting] = {"learning_rate": 2e-4} | ({"schedule": schedule} if schedule else {})
    with pytest.raises(BroughtError) as error:
        refuse_other_rate("h.csv", history(len(rates), learning_rate=rates), typed)
    expected = "h.csv: se esperaba una tasa de aprendizaje de 0.0002, según --set lstm.learning_rate, "
    assert said_by(error) == expected + said


def test_a_rate_that_never_changes_is_the_same_in_all_epochs() -> None:
    typed: dict[str, Setting] = {"learning_rate": 2e-4, "schedule": "constant"}
    with pytest.raises(BroughtError) as error:
        refuse_other_rate("h.csv", history(3, learning_rate=(2e-4, 2e-4, 1e-4)), typed)
    assert said_by(error) == (
        "h.csv: se esperaba una tasa de aprendizaje de 0.0002, según --set lstm.learning_rate y "
        "lstm.schedule = constant, en todas las épocas, se encontró 0.0001 en la época 3, la menor; corrija "
        "el ajuste que no sea."
    )


# --- the matrix --------------------------------------------------------------------------


def test_the_matrix_of_the_predictions_is_that_which_was_typed() -> None:
    refuse_other_matrix("p.npz", MATRIX, "80,20,10,90", MATRIX)
    other = MATRIX.model_copy(update={"false_positive": 10, "false_negative": 20})
    with pytest.raises(BroughtError) as error:
        refuse_other_matrix("p.npz", MATRIX, "[[80 10]\n [20 90]]", other)
    assert said_by(error) == (
        "p.npz: se esperaba la matriz 80,10,20,90 de «[[80 10] [20 90]]», se encontró 80,20,10,90, la de las "
        "predicciones; dé solo una de las dos, o corrija la que no es."
    )


# How far validation may lie from the test: 0.2 and four standard errors of a half, which is 4·√(0.25/200) of
# the matrix above and 4·√(0.25/32) of a small one.
REACH, SMALL_REACH = 0.341421, 0.553553
SMALL = Confusion(true_negative=8, false_positive=8, false_negative=8, true_positive=8)  # 0.5


@pytest.mark.parametrize(
    ("matrix", "accuracies"),
    [
        (MATRIX, (0.85,)),
        (MATRIX, (0.1, 0.85 - REACH, 0.4)),
        (SMALL, (0.0,)),  # however far it is
        (MATRIX, ()),
    ],
)
def test_an_epoch_that_validates_much_as_the_test_is_enough(
    matrix: Confusion, accuracies: Sequence[float]
) -> None:
    columns = {"val_accuracy": accuracies} if accuracies else {"val_loss": (0.5,)}
    refuse_other_accuracy("h.csv", history(1, **columns), "p.npz", matrix)


@pytest.mark.parametrize(
    ("matrix", "accuracies"),
    [
        (MATRIX, (0.1, 0.85 - REACH - 1e-5)),
        (SMALL.model_copy(update={"true_negative": 16, "false_positive": 0}), (0.75 - SMALL_REACH - 1e-5,)),
    ],
)
def test_none_that_comes_near_is_refused(matrix: Confusion, accuracies: Sequence[float]) -> None:
    with pytest.raises(BroughtError, match="se esperaba una exactitud próxima"):
        refuse_other_accuracy("h.csv", history(1, val_accuracy=accuracies), "p.npz", matrix)


def test_classes_that_were_taken_one_for_the_other() -> None:
    turned = Confusion(true_negative=20, false_positive=80, false_negative=90, true_positive=10)
    with pytest.raises(BroughtError) as error:
        refuse_other_accuracy("h.csv", history(2, val_accuracy=(0.84, 0.7)), "p.npz", turned)
    assert said_by(error) == (
        "p.npz: se esperaba una exactitud próxima a la de validación de «h.csv», 0.7000 en la época más "
        "parecida, se encontró 0.1500; compruebe que son de la misma red y que la clase positiva es la misma."
    )


# --- the network -------------------------------------------------------------------------


def layer(kind: str, **settings: Setting) -> BuiltLayer:
    dotted = {name.replace("__", "."): value for name, value in settings.items()}
    return BuiltLayer(kind=kind, shape=(1,), parameters=0, settings=dotted)


EMBEDDING = layer("Embedding", input_dim=30_000, output_dim=128)
NETWORK = (
    EMBEDDING,
    layer("SpatialDropout1D", rate=0.3),
    layer("LSTM", units=64, dropout=0.5, recurrent_dropout=0.0),
    layer("LSTM", units=32, dropout=0.5, recurrent_dropout=0.0),
    layer("Dense", units=1),
)
BOTH_WAYS = (EMBEDDING, layer("Bidirectional", layer="GRU", layer__units=16, layer__dropout=0.25))
ADAM = BuiltOptimizer(kind="Adam", settings={})


@pytest.mark.parametrize(
    ("layers", "typed"),
    [
        (NETWORK, {"vocabulary_size": 30_000, "embedding_dim": 128, "spatial_dropout": 0.3}),
        (NETWORK, {"units": 64, "dropout": 0.5, "recurrent_dropout": 0.0, "cell": "lstm"}),
        (NETWORK, {"units": 32, "bidirectional": False, "optimizer": "adam"}),
        (BOTH_WAYS, {"units": 16, "dropout": 0.25, "cell": "gru", "bidirectional": True}),
        # of what the network does not show, nothing is known
        (NETWORK, {"batch_size": 64, "max_epochs": 10, "learning_rate": 0.1}),
        (BOTH_WAYS, {"recurrent_dropout": 0.5, "spatial_dropout": 0.9}),
        ((layer("Dense", units=1),), {"units": 64, "cell": "lstm", "bidirectional": True, "dropout": 0.5}),
    ],
)
def test_what_is_typed_is_what_was_built(layers: Sequence[BuiltLayer], typed: dict[str, Setting]) -> None:
    refuse_other_network("m.json", layers, ADAM, typed)


def test_without_an_optimizer_any_may_be_typed() -> None:
    refuse_other_network("m.json", NETWORK, None, {"optimizer": "sgd"})


@pytest.mark.parametrize(
    ("layers", "name", "value", "found"),
    [
        (NETWORK, "units", 128, "32 y 64"),
        (NETWORK, "vocabulary_size", 20_000, "30000"),
        (NETWORK, "dropout", 0.2, "0.5"),
        (NETWORK, "cell", "gru", "lstm"),
        (NETWORK, "bidirectional", True, "false"),
        (NETWORK, "optimizer", "rmsprop", "adam"),
        (BOTH_WAYS, "units", 64, "16"),
        (BOTH_WAYS, "cell", "lstm", "gru"),
        (BOTH_WAYS, "bidirectional", False, "true"),
    ],
)
def test_what_is_typed_and_not_what_was_built(
    layers: Sequence[BuiltLayer], name: str, value: Setting, found: str
) -> None:
    written = str(value).lower()
    with pytest.raises(BroughtError) as error:
        refuse_other_network("m.json", layers, ADAM, {"batch_size": 1, name: value})
    assert said_by(error) == (
        f"m.json: se esperaba {name} = {written}, como dice --set lstm.{name}, se encontró {found}; corrija "
        "el que no sea."
    )


def test_an_optimizer_that_has_no_name_here_goes_by_its_own() -> None:
    with pytest.raises(BroughtError, match="se encontró Nadam; "):
        refuse_other_network("m", NETWORK, BuiltOptimizer(kind="Nadam", settings={}), {"optimizer": "adam"})


# --- losses and grids --------------------------------------------------------------------


@pytest.mark.parametrize(
    ("iterations", "steps"),
    [
        ((1, 2, 3), (1, 3)),
        ((1, 2, 3), ()),
        ((100, 200), (0, 200, 299)),
        ((1, 101, 201), (300,)),  # logged where i % 100 == 0; the last grid, at the end
        ((5,), (5,)),
    ],
)
def test_grids_up_to_the_end_of_the_losses(iterations: Sequence[int], steps: Sequence[int]) -> None:
    refuse_later_grids("l.csv", np.array(iterations), "s_{paso}.png", steps)


@pytest.mark.parametrize(
    ("iterations", "step"), [((1, 2, 3), 4), ((100, 200), 300), ((5,), 6), (tuple(range(1, 31)), 500)]
)
def test_grids_after_the_end_of_the_losses(iterations: Sequence[int], step: int) -> None:
    with pytest.raises(BroughtError) as error:
        refuse_later_grids("l.csv", np.array(iterations), "s_{paso}.png", (1, step))
    assert said_by(error) == (
        f"s_{{paso}}.png: se esperaba un paso hasta la iteración {iterations[-1]}, la última de «l.csv», se "
        f"encontró el {step}; dé las pérdidas enteras, numeradas en una columna iteration, o quite las "
        "rejillas que sobran."
    )


def test_iterations_that_were_typed() -> None:
    refuse_more_iterations("l.csv", 3_000, None)
    refuse_more_iterations("l.csv", 3_000, 3_000)
    refuse_more_iterations("l.csv", 2_901, 3_000)
    with pytest.raises(BroughtError) as error:
        refuse_more_iterations("l.csv", 3_000, 2_000)
    assert said_by(error) == (
        "l.csv: se esperaba un máximo de iteraciones de 2000, según --set gan.iterations, se encontró 3000; "
        "corrija lo que sobra."
    )


SUM = np.float32([1.4, 1.2, 1.3])
TOTALS: dict[LossForm, np.ndarray] = {"sum": SUM, "mean": SUM / 2}


@pytest.mark.parametrize(
    ("loss", "form"),
    [
        (SUM, "sum"),
        (SUM / 2, "mean"),
        (SUM.round(3) + np.float32(4e-4), "sum"),
        (SUM * 0.8, "sum"),  # of neither: smoothed labels, or other batches
        (SUM * 0.8, "mean"),
        (np.float32([1.4, 0.6, 1.3]), "mean"),
    ],
)
def test_a_loss_that_may_be_what_is_said_of_its_halves(loss: np.ndarray, form: LossForm) -> None:
    refuse_other_form("l.csv", loss, TOTALS, form)


@pytest.mark.parametrize(("loss", "said", "is_"), [(SUM, "mean", "sum"), (SUM / 2, "sum", "mean")])
def test_a_loss_that_is_the_other_thing(loss: np.ndarray, said: LossForm, is_: str) -> None:
    with pytest.raises(BroughtError) as error:
        refuse_other_form("l.csv", loss, TOTALS, said)
    assert said_by(error) == (
        f"--gan-loss {said}: se esperaba {is_}, que es lo que la pérdida del discriminador de «l.csv» es de "
        f"sus mitades, se encontró {said}; corríjalo o compruebe las columnas."
    )


def test_a_loss_below_zero_is_no_cross_entropy() -> None:
    refuse_negative("l.csv", "la pérdida del generador", np.float32([0, 1, 50]))
    with pytest.raises(BroughtError) as error:
        refuse_negative("l.csv", "la pérdida del generador", np.float32([0.5, -0.25, -3]))
    assert said_by(error) == (
        "l.csv: se esperaba que la pérdida del generador fuese entropía cruzada, de 0 en adelante, se "
        "encontró -0.25, como las de Wasserstein; importe lo demás sin --gan-losses."
    )


@pytest.mark.parametrize("typed", ["hinge", "wasserstein_gp"])
def test_losses_without_a_known_equilibrium(typed: str) -> None:
    refuse_other_loss(None)
    refuse_other_loss("non_saturating")
    with pytest.raises(BroughtError) as error:
        refuse_other_loss(typed)
    assert said_by(error) == (
        "--set gan.loss: se esperaba non_saturating, la única de las que se pueden importar pérdidas, se "
        f"encontró {typed}; importe lo demás sin --gan-losses."
    )
