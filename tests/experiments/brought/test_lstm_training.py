"""One training of a classifier from its files: what is known of it, and what of them contradicts itself."""

import datetime
import hashlib
import json
from math import log
from pathlib import Path

import numpy as np
import pytest
from brought import network

from experiments.brought import lstm_training
from experiments.brought.given import Given, Said
from experiments.brought.lstm_training import read_lstm
from experiments.brought.networks.reader import BroughtNetwork
from experiments.brought.training import Training
from experiments.errors import BroughtError
from experiments.records.brought import (
    BroughtBucket,
    BroughtEpoch,
    BroughtLstm,
    BroughtModel,
    TakenAs,
)
from experiments.records.built import Setting
from experiments.records.parts import Confusion
from experiments.records.storage import arrays_digest

ON = datetime.date(2026, 1, 15)
LOG = "epoch,accuracy,loss,val_accuracy,val_loss\n0,0.5,0.75,0.625,0.5\n1,0.75,0.5,0.875,0.25\n"
LABEL, PROBABILITY = [0, 0, 1, 1, 1], [0.25, 0.75, 0.5, 0.75, 1.0]
MATRIX = Confusion(true_negative=1, false_positive=1, false_negative=1, true_positive=2)


def written(folder: Path, name: str = "historial.csv", text: str = LOG) -> str:
    (folder / name).write_text(text)
    return str(folder / name)


def npz(folder: Path, **columns: object) -> str:
    np.savez(folder / "prueba.npz", **columns)  # type: ignore[arg-type]
    return str(folder / "prueba.npz")


def predictions(folder: Path, **more: object) -> str:
    return npz(folder, y_true=LABEL, y_prob=PROBABILITY, **more)


def read(said: Said | None = None, **given: str) -> Training:
    return read_lstm(4, Given(**given), said or Said(), ON)


def record_of(training: Training) -> BroughtLstm:
    assert isinstance(training.brought.record, BroughtLstm)
    return training.brought.record


def complaint(said: Said | None = None, **given: str) -> str:
    with pytest.raises(BroughtError) as error:
        read_lstm(4, Given(**given), said or Said(), ON)
    message = str(error.value)
    assert "\n" not in message
    assert message.endswith(".")
    return message


# --- a history ---------------------------------------------------------------------------


def test_a_history_by_itself(tmp_path: Path) -> None:
    path = written(tmp_path)
    found = read(history=path)
    record = record_of(found)
    assert found.brought.name == "brought_lstm/seed-4"
    assert (record.seed, record.imported_on, record.title, record.settings) == (4, ON, "", {})
    assert record.epochs == (
        BroughtEpoch(epoch=1, running_loss=0.75, running_accuracy=0.5, val_loss=0.5, val_accuracy=0.625),
        BroughtEpoch(epoch=2, running_loss=0.5, running_accuracy=0.75, val_loss=0.25, val_accuracy=0.875),
    )
    assert (record.confusion, record.test_loss, record.deciles, record.model) == (None, None, (), None)
    assert found.brought.arrays == {}
    assert record.arrays_digest == arrays_digest({})
    (file,) = record.files
    assert (file.gives, file.name) == ("history", "historial.csv")
    assert file.digest == hashlib.sha256(LOG.encode()).hexdigest()
    assert found.notices == (f"{path}: cuenta las épocas desde 0; en el informe se cuentan desde 1.",)
    assert not found.judged


def test_what_was_interpreted_and_what_was_not_read_is_told(tmp_path: Path) -> None:
    path = written(tmp_path, text="época,pérdida,val_acc,f1\n1,0.5,0.75,0.1\n")
    found = read(history=path)
    assert record_of(found).names == (
        TakenAs(file="historial.csv", name="pérdida", meaning="running_loss"),
        TakenAs(file="historial.csv", name="val_acc", meaning="val_accuracy"),
    )
    assert found.notices == (f"{path}: columnas que no se conocen y no se leen: «f1».",)


def test_losses_of_a_gan_beside_the_others_are_not_used_and_that_is_told(tmp_path: Path) -> None:
    path = written(tmp_path, "h.json", json.dumps({"loss": [0.5], "d_loss": [1.0], "g_loss": [2.0]}))
    found = read(history=path)
    assert record_of(found).epochs == (BroughtEpoch(epoch=1, running_loss=0.5),)
    assert record_of(found).names == ()
    assert found.notices == (f"{path}: no se usan las pérdidas de una GAN; delas con --gan-losses.",)


def test_losses_of_a_gan_alone_are_no_history(tmp_path: Path) -> None:
    path = written(tmp_path, text="d_loss,g_loss\n1,2\n")
    assert complaint(history=path) == (
        f"{path}: se esperaba un historial con loss o val_loss, se encontró solo pérdidas de una GAN; delo "
        "con --gan-losses."
    )


def test_what_the_author_says_is_kept(tmp_path: Path) -> None:
    said = Said(settings={"lstm": {"units": 64, "max_epochs": 2}, "gan": {"iterations": 9}}, reviews="IMDb")
    record = record_of(read(said, history=written(tmp_path)))
    assert (record.title, record.settings) == ("IMDb", {"units": 64, "max_epochs": 2})


def test_of_a_history_that_was_printed_it_is_known_to_how_many_decimals(tmp_path: Path) -> None:
    log = "Epoch {}/2\n10/10 - 1s - loss: 0.5120 - acc: 0.75 - d_loss: 0.5 - val_loss: 0.{}\n"
    path = written(tmp_path, "training.log", log.format(1, 612) + log.format(2, "5987"))
    decimals = {"running_loss": 4, "running_accuracy": 2, "val_loss": 4}
    assert record_of(read(history=path)).decimals == decimals
    assert record_of(read(history=written(tmp_path))).decimals == {}


def test_a_learning_rate_that_is_not_that_of_the_history(tmp_path: Path) -> None:
    path = written(tmp_path, text="epoch,val_loss,learning_rate\n0,0.5,0.001\n1,0.4,0.0005\n")
    settings = {"learning_rate": 1e-3}
    assert record_of(read(Said(settings={"lstm": settings}), history=path)).settings == settings
    assert complaint(Said(settings={"lstm": {"learning_rate": 1e-2}}), history=path) == (
        f"{path}: se esperaba una tasa de aprendizaje de 0.01, según --set lstm.learning_rate, se encontró "
        "0.001 en la época 1, la mayor; corrija el ajuste o, si bajaba en cada paso, quítelo."
    )


def test_more_epochs_than_the_author_says(tmp_path: Path) -> None:
    path = written(tmp_path)
    assert complaint(Said(settings={"lstm": {"max_epochs": 1}}), history=path) == (
        f"{path}: se esperaba un máximo de épocas de 1, según --set lstm.max_epochs, se encontró 2; corrija "
        "lo que sobra."
    )


# --- predictions and matrices ------------------------------------------------------------


def test_predictions_by_themselves(tmp_path: Path) -> None:
    """A half is no positive answer: that of the third review is wrong."""
    found = read(predictions=predictions(tmp_path))
    record, arrays = record_of(found), found.brought.arrays
    assert record.confusion == MATRIX
    least = 1 - float(np.float32(1) - np.float32(1e-7))
    assert record.test_loss == pytest.approx(
        -(log(0.75) + log(0.25) + log(0.5) + log(0.75) + log(1 - least)) / 5
    )
    assert {name: (values.dtype, values.tolist()) for name, values in arrays.items()} == {
        "probability": (np.float32, PROBABILITY),
        "label": (np.int8, LABEL),
    }
    assert record.arrays_digest == arrays_digest(arrays)
    assert (record.epochs, record.deciles) == ((), ())


def test_lengths_and_numbers_go_with_them(tmp_path: Path) -> None:
    """Two right of three short reviews, and one of two that are long."""
    found = read(predictions=predictions(tmp_path, length=[10, 10, 10, 300, 10], review_id=[7, 8, 9, 10, 11]))
    assert found.brought.arrays["length"].tolist() == [10, 10, 10, 300, 10]
    assert found.brought.arrays["review_id"].tolist() == [7, 8, 9, 10, 11]
    assert record_of(found).deciles == (
        BroughtBucket(low=10, high=10, n=4, lstm_correct=2),
        BroughtBucket(low=300, high=300, n=1, lstm_correct=1),
    )


def test_answers_without_probabilities_leave_the_matrix_and_no_arrays(tmp_path: Path) -> None:
    found = read(predictions=npz(tmp_path, y_true=LABEL, y_pred=[0, 1, 0, 1, 1], length=[1, 1, 1, 1, 1]))
    record = record_of(found)
    assert (record.confusion, record.test_loss) == (MATRIX, None)
    assert record.deciles == (BroughtBucket(low=1, high=1, n=5, lstm_correct=3),)
    assert found.brought.arrays == {}


@pytest.mark.parametrize("text", ["1,1,1,2", "[[1 1]\n [1 2]]"])
def test_a_matrix_that_is_typed(text: str) -> None:
    record = record_of(read(confusion=text))
    assert record.confusion == MATRIX
    (file,) = record.files
    assert (file.gives, file.name) == ("confusion", " ".join(text.split()))
    assert file.digest == hashlib.sha256(text.encode()).hexdigest()


def test_a_matrix_in_a_file(tmp_path: Path) -> None:
    path = written(tmp_path, "matriz.txt", "1 1 1 2")
    for given in (path, f" {path} "):
        (file,) = record_of(read(confusion=given)).files
        assert (file.name, file.digest) == ("matriz.txt", hashlib.sha256(b"1 1 1 2").hexdigest())


def test_predictions_and_the_matrix_that_they_give(tmp_path: Path) -> None:
    record = record_of(read(predictions=predictions(tmp_path), confusion="1,1,1,2"))
    assert record.confusion == MATRIX
    assert [file.gives for file in record.files] == ["predictions", "confusion"]


def test_predictions_and_another_matrix(tmp_path: Path) -> None:
    path = predictions(tmp_path)
    assert complaint(predictions=path, confusion="2,0,1,2") == (
        f"{path}: se esperaba la matriz 2,0,1,2 de «2,0,1,2», se encontró 1,1,1,2, la de las predicciones; "
        "dé solo una de las dos, o corrija la que no es."
    )


@pytest.mark.parametrize("by", ["predictions", "confusion"])
def test_an_accuracy_that_validation_never_came_near(tmp_path: Path, by: str) -> None:
    """The reviews of one class were taken for those of the other: 0.4 right instead of 0.6."""
    history = written(tmp_path, text="epoch,val_accuracy\n1,0.8\n2,0.9\n")
    # 1,000 reviews, of which chance explains 0.06 at most, and not five.
    if by == "predictions":
        given = npz(tmp_path, y_true=[1, 1, 0, 0, 0] * 200, y_prob=list(PROBABILITY) * 200)
    else:
        given = "200,400,200,200"
    place = given if by == "predictions" else "--confusion"
    assert complaint(history=history, **{by: given}) == (
        f"{place}: se esperaba una exactitud próxima a la de validación de «{history}», 0.8000 en la época "
        "más parecida, se encontró 0.4000; compruebe que son de la misma red y que la clase positiva es la "
        "misma."
    )


# --- the network -------------------------------------------------------------------------


@pytest.fixture
def model(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> str:
    """A file of a network, which is read elsewhere."""
    known = network()
    found = BroughtNetwork(known.layers, known.parameters, known.optimizer, known.loss, ("un aviso.",))
    monkeypatch.setattr(lstm_training, "read_network", lambda path: found)
    return written(tmp_path, "modelo.json", "{}")


def test_a_network(model: str) -> None:
    found = read(Said(settings={"lstm": {"units": 64, "optimizer": "adam"}}), model=model)
    known = network()
    assert record_of(found).model == BroughtModel(
        layers=known.layers, parameters=3_889_473, optimizer=known.optimizer, loss="binary_crossentropy"
    )
    assert found.notices == ("un aviso.",)
    assert [(file.gives, file.name) for file in record_of(found).files] == [("model", "modelo.json")]


@pytest.mark.parametrize(
    ("name", "value", "found"), [("units", 128, "64"), ("optimizer", "sgd", "adam"), ("cell", "gru", "lstm")]
)
def test_a_setting_that_the_network_does_not_have(model: str, name: str, value: Setting, found: str) -> None:
    assert complaint(Said(settings={"lstm": {name: value}}), model=model) == (
        f"{model}: se esperaba {name} = {value}, como dice --set lstm.{name}, se encontró {found}; corrija "
        "el que no sea."
    )


# --- all of them -------------------------------------------------------------------------


def test_files_stand_in_one_order_and_their_notices_too(tmp_path: Path, model: str) -> None:
    history, tested = written(tmp_path), predictions(tmp_path, extra=[1, 2, 3, 4, 5])
    found = read(model=model, confusion="1,1,1,2", predictions=tested, history=history)
    assert [file.gives for file in record_of(found).files] == ["history", "predictions", "confusion", "model"]
    assert found.notices == (
        f"{history}: cuenta las épocas desde 0; en el informe se cuentan desde 1.",
        "prueba.npz: no se usa lo que no se conoce: extra.",
        "un aviso.",
    )


def test_a_loss_that_has_run_away_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "historial.json"
    file.write_text(json.dumps({"loss": [0.7, 0.6, 0.5], "val_loss": [0.7, 1e30, 0.6]}))
    assert complaint(history=str(file)) == (
        f"{file}: se esperaba una pérdida de a lo sumo 1000000, se encontró 1e+30 en la época 2; "
        "compruébelas."
    )
