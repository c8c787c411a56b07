"""The levels that a GAN is compared with in its figures: where the discriminator cannot tell."""

from dataclasses import dataclass

from report.figures.base import Source
from report.figures.checks import Level
from report.findings.gan.losses import DISCRIMINATOR_EQUILIBRIUM, GENERATOR_EQUILIBRIUM, Losses
from report.ledger.ledger import Leaf, Number
from report.ledger.quantities import TEXT


@dataclass(frozen=True, eq=False)
class Equilibria:
    """Of both losses and of the discriminator's output."""

    discriminator: Level
    generator: Level
    output: Level


def equilibria(source: Source) -> Equilibria:
    """The losses by their formulas, the output by its value."""
    output = source.findings[Losses].thresholds.output
    return Equilibria(
        Level(DISCRIMINATOR_EQUILIBRIUM, source.plain(formula("2·ln 2"))),
        Level(GENERATOR_EQUILIBRIUM, source.plain(formula("ln 2"))),
        Level(output.value, source.plain(output)),
    )


def formula(name: str) -> Number:
    """A name that holds digits, which no result can change."""
    return TEXT(Leaf(name, f"nombre:{name}"))
