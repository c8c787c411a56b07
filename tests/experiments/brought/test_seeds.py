"""Seeds that go together, and one sentence for those that do not."""

from collections.abc import Sequence

import numpy as np
import pytest
from brought import FALLING, answers, brought_gan, brought_lstm, gan_losses, grids, network, with_accuracies

from experiments.brought.seeds import refuse_unlike
from experiments.errors import BroughtError
from experiments.records.base import Arrays
from experiments.records.brought import Brought, BroughtFile, BroughtRecord, Gives


def owning(run: Brought) -> Brought:
    """With files of its own, as those of each training are."""
    files = tuple(
        file.model_copy(update={"digest": f"{run.record.seed:02x}" * 32}) for file in run.record.files
    )
    return with_files(run, *files)


def with_files(run: Brought, *files: BroughtFile) -> Brought:
    record = run.record.model_copy(update={"files": files})
    assert isinstance(record, BroughtRecord)
    return Brought(run.name, record, run.arrays)


def complaint(*runs: Brought) -> str:
    with pytest.raises(BroughtError) as error:
        refuse_unlike([owning(run) for run in runs])
    said = str(error.value)
    assert "\n" not in said
    assert ",," not in said
    assert said.endswith(".")
    return said


# --- what goes together ------------------------------------------------------------------


def test_seeds_that_are_alike_go_together() -> None:
    model = network()
    lstms = [brought_lstm(seed, answers=answers(seed=seed), model=model) for seed in (1, 2, 3)]
    gans = [brought_gan(seed, gan_losses(seed=seed), grids()) for seed in (1, 2, 3)]
    refuse_unlike([owning(run) for run in (*lstms, *gans)])


def test_a_single_seed_and_none_are_alike() -> None:
    refuse_unlike([])
    refuse_unlike([brought_lstm(), brought_gan(losses=gan_losses())])


def test_the_seeds_of_one_part_need_not_be_those_of_the_other() -> None:
    refuse_unlike([owning(brought_lstm(1)), owning(brought_gan(1, gan_losses()))])
    refuse_unlike([owning(run) for run in (brought_lstm(1), brought_gan(5, gan_losses()), brought_lstm(2))])


def test_trainings_may_stop_at_other_epochs() -> None:
    longer = {name: (*values, values[-1]) for name, values in FALLING.items()}
    refuse_unlike([owning(brought_lstm(1, FALLING, None)), owning(brought_lstm(2, longer, None))])


def test_that_the_judge_read_one_alone_is_not_the_authors_doing() -> None:
    images = grids()
    shape = images["grid"].shape[:2]
    read: Arrays = {"grid_class": np.zeros(shape, np.uint8), "grid_readable": np.ones(shape, bool)}
    refuse_unlike([owning(brought_gan(1, images=images | read)), owning(brought_gan(2, images=images))])


# --- files -------------------------------------------------------------------------------


@pytest.mark.parametrize("gives", ["history", "predictions", "gan_losses", "gan_samples"])
def test_one_file_for_two_seeds_is_one_training(gives: Gives) -> None:
    first = BroughtFile(gives=gives, name="uno.csv", digest="ab" * 32)
    copied = BroughtFile(gives=gives, name="dos.csv", digest="ab" * 32)
    with pytest.raises(BroughtError) as error:
        refuse_unlike([with_files(brought_lstm(1), first), with_files(brought_lstm(2), copied)])
    assert str(error.value) == (
        "--seed 2: se esperaba un fichero de su propio entrenamiento, se encontró «dos.csv», el mismo que en "
        "la semilla 1; dé el suyo."
    )


@pytest.mark.parametrize("gives", ["model", "real", "confusion"])
def test_a_network_and_real_images_may_be_the_same_and_so_may_four_numbers(gives: Gives) -> None:
    file = BroughtFile(gives=gives, name="uno", digest="ab" * 32)
    refuse_unlike([with_files(brought_lstm(seed), file) for seed in (1, 2)])


# --- what is known -----------------------------------------------------------------------


def test_a_column_that_one_seed_does_not_have_would_be_told_of_none() -> None:
    fewer = {name: values for name, values in FALLING.items() if name != "val_accuracy"}
    assert complaint(brought_lstm(1, FALLING, None), brought_lstm(2, fewer, None)) == (
        "--seed 2: se esperaba también «val_accuracy», como en la semilla 1, se encontró un entrenamiento "
        "sin ello; complételo o quítelo de las demás."
    )
    assert complaint(brought_lstm(1, fewer, None), brought_lstm(2, FALLING, None)).startswith(
        "--seed 1: se esperaba también «val_accuracy», como en la semilla 2, se encontró"
    )


def test_probabilities_of_one_seed_and_answers_of_another() -> None:
    known = answers(20)
    assert complaint(brought_lstm(1, None, (9, 1, 2, 8)), brought_lstm(2, None, answers=known)).startswith(
        "--seed 1: se esperaba también «label», «probability», «review_id», como en la semilla 2,"
    )


def test_curves_that_one_seed_does_not_have() -> None:
    losses = gan_losses(20)
    assert complaint(brought_gan(1, with_accuracies(losses, 0.5)), brought_gan(2, losses)).startswith(
        "--seed 2: se esperaba también «accuracy_fake», «accuracy_real», como en la semilla 1, se encontró"
    )


# --- the network and the reviews ---------------------------------------------------------


def test_another_network() -> None:
    assert complaint(brought_lstm(1, model=network()), brought_lstm(2, model=network("GRU"))) == (
        "--seed 2: se esperaba la misma red en cada semilla, se encontró otra que en la semilla 1; deje las "
        "semillas de una sola red."
    )


def test_matrices_of_other_reviews() -> None:
    assert complaint(brought_lstm(1, None, (9, 1, 2, 8)), brought_lstm(2, None, (9, 2, 2, 8))) == (
        "--seed 2: se esperaba una prueba con 10 negativas y 10 positivas, como en la semilla 1, se encontró "
        "11 negativas y 10 positivas; dé la de las mismas reseñas."
    )


@pytest.mark.parametrize(
    ("name", "told"),
    [("label", "otras etiquetas"), ("review_id", "otros identificadores"), ("length", "otras longitudes")],
)
def test_the_same_reviews_in_the_same_order(name: str, told: str) -> None:
    """As many of each class are not enough: what several seeds say of a review is compared by its place."""
    known = answers(20) | {"length": np.arange(20, dtype=np.int32)}
    turned = known | {name: known[name][::-1].copy()}
    if name == "label":  # so that the matrix is of as many
        turned["probability"] = known["probability"][::-1].copy()
    assert complaint(brought_lstm(1, answers=known), brought_lstm(2, answers=turned)) == (
        f"--seed 2: se esperaba la misma prueba, con sus reseñas en el mismo orden, se encontró {told} que "
        "en la semilla 1; guarde las mismas en cada semilla."
    )


# --- grids and losses --------------------------------------------------------------------


def test_grids_of_other_steps() -> None:
    first, second = (
        brought_gan(seed, images=grids((1, last)), steps=(1, last)) for seed, last in ((1, 2), (2, 3))
    )
    assert complaint(first, second) == (
        "--seed 2: se esperaba la rejilla de los pasos 1, 2, como en la semilla 1, se encontró la de 1, 3; "
        "iguálelas."
    )


def test_grids_of_other_sizes() -> None:
    first, second = (brought_gan(seed, images=grids((1,), n), steps=(1,)) for seed, n in ((1, 25), (2, 16)))
    assert complaint(first, second) == (
        "--seed 2: se esperaba una rejilla de 25 imágenes, como en la semilla 1, se encontró una rejilla de "
        "16 imágenes; iguálelas."
    )


@pytest.mark.parametrize(
    ("unit", "iterations", "found"),
    [
        ("iteration", range(1, 21), "una pérdida de 20 valores hasta la iteración 20"),
        ("epoch", range(2, 21, 2), "una pérdida de 10 valores hasta la época 20"),
        (
            "iteration",
            (1, *range(4, 21, 2)),
            "una pérdida de 10 valores hasta la iteración 20, numerados de otro modo",
        ),
    ],
)
def test_losses_of_other_iterations(unit: str, iterations: Sequence[int], found: str) -> None:
    first = gan_losses(10) | {"iteration": np.arange(2, 21, 2)}
    second = gan_losses(len(iterations)) | {"iteration": np.array(iterations)}
    assert complaint(brought_gan(1, first, unit="iteration"), brought_gan(2, second, unit=unit)) == (
        "--seed 2: se esperaba una pérdida de 10 valores hasta la iteración 20, como en la semilla 1, se "
        f"encontró {found}; regístrelas igual."
    )


def test_the_third_seed_is_looked_at_as_well() -> None:
    runs = [brought_lstm(1, None, (9, 1, 2, 8)), brought_lstm(2, None, (8, 2, 2, 8)), brought_lstm(3, None)]
    assert complaint(*runs).startswith(
        "--seed 3: se esperaba una prueba con 10 negativas y 10 positivas, como"
    )
