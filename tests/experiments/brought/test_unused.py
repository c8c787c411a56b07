"""Nothing that an author says is ignored."""

import pytest

from experiments.brought.given import Given, Said, of_seeds
from experiments.brought.unused import refuse_unused
from experiments.errors import BroughtError

ALL = Said(
    grid=(5, 5),
    gan_loss="sum",
    settings={"lstm": {"units": 64}, "gan": {"iterations": 9}},
    reviews="IMDb",
    images="MNIST",
)


def look_at(said: Said, **given: str) -> None:
    refuse_unused(of_seeds([(None, Given(**given))]), said)


@pytest.mark.parametrize("reviews", ["history", "predictions", "confusion", "model"])
def test_what_is_said_of_what_is_given(reviews: str) -> None:
    look_at(ALL, gan_losses="l.csv", gan_samples="s.npz", real="r.npz", **{reviews: "algo"})
    look_at(Said(settings={"lstm": {}, "gan": {}}), **{reviews: "algo"})  # nothing is said of it


@pytest.mark.parametrize("name", ["gan_losses", "gan_samples"])
def test_of_one_seed_and_of_several(name: str) -> None:
    """Parts of other seeds than each other."""
    trainings = of_seeds([(None, Given(history="h")), (2, Given(**{name: "a"})), (5, Given(**{name: "b"}))])
    refuse_unused(trainings, Said(settings=ALL.settings, reviews="IMDb", images="MNIST"))


@pytest.mark.parametrize(
    ("said", "given", "message"),
    [
        (
            Said(settings={"lstm": {"units": 64}}),
            {"gan_losses": "l.csv"},
            "--set: se esperaba un ajuste de lo que se importa, se encontró alguno de lstm sin nada suyo; "
            "quítelo.",
        ),
        (
            Said(reviews="IMDb"),
            {"gan_samples": "s.npz"},
            "--reviews: se esperaba algo de las reseñas, se encontró solo cómo se llaman; quítelo.",
        ),
        (
            Said(),
            {"gan_losses": "l.csv", "real": "r.npz"},
            "--real: se esperaba también --gan-samples, se encontró solo las reales; dé ambas o ninguna.",
        ),
        (
            Said(),
            {"real": "r.npz"},
            "--real: se esperaba también --gan-samples, se encontró solo las reales; dé ambas o ninguna.",
        ),
        (
            Said(grid=(5, 5)),
            {"gan_losses": "l.csv"},
            "--grid: se esperaba también --gan-samples, se encontró solo su cuadrícula; dé ambas o ninguna.",
        ),
        (
            Said(gan_loss="sum"),
            {"gan_samples": "s.npz"},
            "--gan-loss: se esperaba también --gan-losses, se encontró solo lo que son; dé ambas o ninguna.",
        ),
        (
            Said(settings={"gan": {"iterations": 9}}),
            {"history": "h.csv"},
            "--set: se esperaba un ajuste de lo que se importa, se encontró alguno de gan sin nada suyo; "
            "quítelo.",
        ),
        (
            Said(images="MNIST"),
            {"history": "h.csv"},
            "--images: se esperaba algo de la GAN, se encontró solo cómo se llaman; quítelo.",
        ),
    ],
)
def test_what_is_said_of_what_is_not(said: Said, given: dict[str, str], message: str) -> None:
    with pytest.raises(BroughtError) as error:
        look_at(said, **given)
    assert str(error.value) == message
