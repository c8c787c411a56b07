"""The levels that a GAN is compared with in its figures: where the discriminator cannot tell."""

from dataclasses import dataclass

from report.figures.base import Source
from report.figures.checks import Level
from report.findings.balance import DISCRIMINATOR_EQUILIBRIUM, GENERATOR_EQUILIBRIUM, HINGE_EQUILIBRIUM
from report.findings.gan.losses import Form, Losses, LossName
from report.ledger.ledger import Leaf, Number
from report.ledger.quantities import TEXT


@dataclass(frozen=True, eq=False)
class Equilibria:
    """Of both losses, None where a loss has none; of the discriminator's accuracy."""

    discriminator: Level | None
    generator: Level | None
    accuracy: Level


def equilibria(source: Source) -> Equilibria:
    """The losses by their formulas, the accuracy by its value."""
    finding = source.findings[Losses]
    half = finding.thresholds.half
    accuracy = Level(half.value, source.plain(half))

    def level(value: float, name: str) -> Level:
        return Level(value, source.plain(formula(name)))

    match finding.loss:
        case LossName.NON_SATURATING:
            discriminator = (
                level(DISCRIMINATOR_EQUILIBRIUM, "2·ln 2")
                if finding.form is Form.SUM
                else level(DISCRIMINATOR_EQUILIBRIUM / 2, "ln 2")
            )
            return Equilibria(discriminator, level(GENERATOR_EQUILIBRIUM, "ln 2"), accuracy)
        case LossName.HINGE:
            return Equilibria(level(HINGE_EQUILIBRIUM, "2"), level(0.0, "0"), accuracy)
        case LossName.WASSERSTEIN_GP:
            return Equilibria(None, None, accuracy)


def formula(name: str) -> Number:
    """A name that holds digits, which no result can change."""
    return TEXT(Leaf(name, f"nombre:{name}"))
