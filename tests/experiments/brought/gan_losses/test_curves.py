"""The curves of a GAN that a record has, and one sentence where they cannot be told."""

import numpy as np
import pytest

from experiments.brought.gan_losses.curves import curves_of, names_of, unused
from experiments.brought.gan_losses.reader import GanLosses
from experiments.errors import BroughtError
from experiments.records.brought import LossForm, TakenAs

D, G = np.float32([1.5, 1.25]), np.float32([0.75, 1.0])
REAL, FAKE = np.float32([1.0, 0.5]), np.float32([0.5, 0.75])  # whose sum is D
SHARES = np.float32([0.5, 0.625])


def losses(**curves: np.ndarray) -> GanLosses:
    """Called in the file as they are here, but in capitals."""
    names = tuple(TakenAs(file="gan.csv", name=name.upper(), meaning=name) for name in ("iteration", *curves))
    return GanLosses(curves, np.array([1, 2]), "iteration", names, ())


def complaint(form: LossForm | None = "sum", **curves: np.ndarray) -> str:
    with pytest.raises(BroughtError) as error:
        curves_of("gan.csv", losses(**curves), form)
    return str(error.value)


def listed(found: dict[str, np.ndarray]) -> dict[str, list[float]]:
    assert all(values.dtype == np.float32 for name, values in found.items() if name != "iteration")
    return {name: values.tolist() for name, values in found.items()}


def test_both_losses_as_they_were_logged() -> None:
    for form in ("sum", "mean"):
        found = curves_of("gan.csv", losses(discriminator_loss=D, generator_loss=G), form)
        assert listed(found) == {
            "iteration": [1, 2],
            "discriminator_loss": [1.5, 1.25],
            "generator_loss": [0.75, 1.0],
        }


@pytest.mark.parametrize(("form", "expected"), [("sum", [1.5, 1.25]), ("mean", [0.75, 0.625])])
def test_halves_are_put_together_as_their_author_says(form: LossForm, expected: list[float]) -> None:
    halves = losses(discriminator_loss_real=REAL, discriminator_loss_fake=FAKE, generator_loss=G)
    found = curves_of("gan.csv", halves, form)
    assert listed(found)["discriminator_loss"] == expected
    assert set(found) == {"iteration", "discriminator_loss", "generator_loss"}
    assert unused("gan.csv", halves, found) == ()


def test_halves_beside_their_sum() -> None:
    """The sum is kept; that it is none is refused."""
    all_three = {
        "discriminator_loss_real": REAL,
        "discriminator_loss_fake": FAKE,
        "discriminator_loss": D,
        "generator_loss": G,
    }
    assert listed(curves_of("gan.csv", losses(**all_three), "sum"))["discriminator_loss"] == [1.5, 1.25]
    assert complaint("mean", **all_three).startswith("--gan-loss mean: se esperaba sum, que es lo que la ")


def test_what_needs_its_other_half_is_left_out_without_it_and_that_is_told() -> None:
    curves = {"discriminator_loss": D, "generator_loss": G}
    both = losses(**curves, accuracy_real=SHARES, accuracy_fake=SHARES, d_real=SHARES, d_fake=SHARES)
    found = curves_of("gan.csv", both, "sum")
    assert {"accuracy_real", "accuracy_fake", "d_real", "d_fake"} <= set(found)
    assert unused("gan.csv", both, found) == ()
    alone = losses(**curves, accuracy_real=SHARES, d_fake=SHARES, accuracy=SHARES)
    found = curves_of("gan.csv", alone, "sum")
    assert set(found) == {"iteration", "discriminator_loss", "generator_loss"}
    assert unused("gan.csv", alone, found) == tuple(
        f"gan.csv: «{name}» no se usa: hace falta lo de las imágenes reales y lo de las generadas."
        for name in ("ACCURACY_REAL", "D_FAKE", "ACCURACY")
    )
    assert [name.name for name in names_of(alone, found)] == [
        "ITERATION",
        "DISCRIMINATOR_LOSS",
        "GENERATOR_LOSS",
    ]


def test_what_is_called_by_its_name_was_not_interpreted() -> None:
    known = losses(discriminator_loss=D, generator_loss=G)
    named = (
        TakenAs(file="gan.csv", name="iteration", meaning="iteration"),
        TakenAs(file="gan.csv", name="d_loss", meaning="discriminator_loss"),
        TakenAs(file="gan.csv", name="generator_loss", meaning="generator_loss"),
    )
    found = GanLosses(known.curves, known.iteration, "iteration", named, ())
    assert names_of(found, curves_of("gan.csv", found, "sum")) == (named[1],)


def test_nobody_says_what_the_loss_is() -> None:
    assert complaint(None, discriminator_loss=D, generator_loss=G) == (
        "--gan-loss: se esperaba que dijera si la pérdida del discriminador de «gan.csv» es la suma (sum) o "
        "la media (mean) de la de las imágenes reales y la de las generadas, se encontró nada; añada "
        "--gan-loss sum o --gan-loss mean."
    )


@pytest.mark.parametrize(
    ("curves", "only"),
    [
        ({"discriminator_loss": D}, "la del discriminador"),
        ({"generator_loss": G}, "la del generador"),
        ({"generator_loss": G, "discriminator_loss_real": REAL}, "la del generador"),
    ],
)
def test_one_of_both_is_not_enough(curves: dict[str, np.ndarray], only: str) -> None:
    assert complaint(**curves) == (
        f"gan.csv: se esperaba la pérdida de cada red, se encontró solo {only}; añada la otra."
    )


@pytest.mark.parametrize(
    ("name", "told"), [("discriminator_loss", "del discriminador"), ("generator_loss", "del generador")]
)
def test_a_critic_has_no_such_loss(name: str, told: str) -> None:
    curves = {"discriminator_loss": D, "generator_loss": G, name: np.float32([0.5, -1])}
    assert complaint(**curves).startswith(
        f"gan.csv: se esperaba que la pérdida {told} fuese entropía cruzada, de 0 en adelante, se encontró -1"
    )
