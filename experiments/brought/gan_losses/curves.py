"""What a record has of the curves in a file of losses."""

import numpy as np

from experiments.brought.consistency import refuse_negative, refuse_other_form
from experiments.brought.gan_losses.reader import GanLosses
from experiments.brought.refusals import refusal
from experiments.records.base import Arrays
from experiments.records.brought import LossForm, TakenAs

HALVES = ("discriminator_loss_real", "discriminator_loss_fake")
# Each says nothing without the other.
PAIRS = (("accuracy_real", "accuracy_fake"), ("d_real", "d_fake"))


def curves_of(file: str, losses: GanLosses, form: LossForm | None) -> Arrays:
    """Float32[t] by the names of ``GAN_CURVES``, with the ``iteration`` of each value; the discriminator's
    loss of its halves, if they came apart.

    Raises:
        BroughtError: nobody says what the discriminator's loss is of its halves, or the halves do not; one
            of both losses is missing, or negative.
    """
    if form is None:
        raise refusal(
            "--gan-loss",
            f"que dijera si la pérdida del discriminador de «{file}» es la suma (sum) o la media (mean) de "
            "la de las imágenes reales y la de las generadas",
            "nada",
            "añada --gan-loss sum o --gan-loss mean",
        )
    totals = _totals(losses) if _has(losses, HALVES) else {}
    discriminator = losses.curves.get("discriminator_loss", totals.get(form))
    if discriminator is None or "generator_loss" not in losses.curves:
        only = "la del generador" if discriminator is None else "la del discriminador"
        raise refusal(file, "la pérdida de cada red", f"solo {only}", "añada la otra")
    if totals:
        refuse_other_form(file, discriminator, totals, form)
    generator = losses.curves["generator_loss"]
    refuse_negative(file, "la pérdida del discriminador", discriminator)
    refuse_negative(file, "la pérdida del generador", generator)
    pairs = {name: losses.curves[name] for pair in PAIRS if _has(losses, pair) for name in pair}
    return {
        "iteration": losses.iteration,
        "discriminator_loss": discriminator,
        "generator_loss": generator,
        **pairs,
    }


def names_of(losses: GanLosses, curves: Arrays) -> tuple[TakenAs, ...]:
    """The names that were interpreted, of what is used."""
    used = {*curves, losses.unit, *HALVES}
    return tuple(each for each in losses.names if each.meaning in used and each.name != each.meaning)


def unused(file: str, losses: GanLosses, curves: Arrays) -> tuple[str, ...]:
    """What of the curves no record has, in Spanish."""
    return tuple(
        f"{file}: «{each.name}» no se usa: hace falta lo de las imágenes reales y lo de las generadas."
        for each in losses.names
        if each.meaning in losses.curves.keys() - curves.keys() - set(HALVES)
    )


def _has(losses: GanLosses, names: tuple[str, ...]) -> bool:
    return all(name in losses.curves for name in names)


def _totals(losses: GanLosses) -> dict[LossForm, np.ndarray]:
    """float32[t] of the halves of the discriminator's loss, by what it may be of them."""
    total = sum(losses.curves[half].astype(np.float64) for half in HALVES)
    return {"sum": np.asarray(total, np.float32), "mean": np.asarray(total / 2, np.float32)}
