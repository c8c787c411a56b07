"""What kind of GAN was trained, as both of its networks were built."""

from dataclasses import dataclass
from enum import auto
from typing import ClassVar

from report.findings.base import CONVENTION, Code, Finding, Row, Rule, seeds
from report.findings.networks import Layer, Network, Setting, network_of
from report.ledger.ledger import Number
from report.ledger.quantities import SETTING
from report.study.study import GroupName, Study, at, gan_record


class Architecture(Code):
    CONVOLUTIONAL = auto()
    DENSE = auto()


class Objective(Code):
    """What both networks are trained to do, by the names of the losses."""

    NON_SATURATING = auto()
    HINGE = auto()
    WASSERSTEIN_GP = auto()


@dataclass(frozen=True, kw_only=True)
class GanNetworks(Finding):
    """The same for all seeds. ``gradient_penalty`` is the weight of the penalty, where the objective
    has one; ``drops_out``: whether the discriminator has dropout and no batch normalisation, unlike that of
    Radford et al. (2016); ``average`` the decay of the average of the generator's weights, where one is
    kept."""

    needs: ClassVar[tuple[GroupName, ...]] = ("gan",)
    rule: ClassVar[Rule] = Rule("networks as built", CONVENTION)

    verdict: Architecture
    objective: Objective
    spectral_norm: bool
    drops_out: bool
    gradient_penalty: Number | None
    average: Number | None
    generator: Network
    discriminator: Network

    @property
    def optimizer_rows(self) -> tuple[Row, ...]:
        """What the optimisers of both networks are told alike: all but how fast each learns."""
        own = (Setting.LEARNING_RATE, Setting.FIRST_LEARNING_RATE)
        return tuple((each.name, each.value) for each in self.generator.settings if each.name not in own)


def find(study: Study) -> GanNetworks:
    run = study.gan[0]
    record = gan_record(run)
    generator = network_of(run, "generator", record.generator)
    discriminator = network_of(run, "discriminator", record.discriminator)
    objective = Objective[discriminator.loss.name]
    penalised = objective is Objective.WASSERSTEIN_GP
    return GanNetworks(
        verdict=architecture_of(generator),
        n_seeds=seeds(study.gan),
        objective=objective,
        spectral_norm=discriminator.has(Layer.NORMED_DENSE, Layer.NORMED_CONVOLUTION),
        drops_out=discriminator.has(Layer.DROPOUT) and not discriminator.has(Layer.BATCH_NORMALIZATION),
        gradient_penalty=SETTING(at(run, "config.gradient_penalty")) if penalised else None,
        average=SETTING(at(run, "config.ema")) if record.config.ema is not None else None,
        generator=generator,
        discriminator=discriminator,
    )


def architecture_of(generator: Network) -> Architecture:
    convolutional = generator.has(Layer.TRANSPOSED_CONVOLUTION)
    return Architecture.CONVOLUTIONAL if convolutional else Architecture.DENSE
