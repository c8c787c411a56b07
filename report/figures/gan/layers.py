"""The layers of both networks of a GAN, side by side: from noise to an image, and from an image to an
answer."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from report.figures.base import Source
from report.figures.stacks import Bar, Stack, bars_of, draw_stacks
from report.findings.gan.networks import GanNetworks
from report.findings.networks import Layer
from report.ledger.ledger import Number
from report.ledger.quantities import COUNT
from report.study.study import at, gan_record

if TYPE_CHECKING:
    from matplotlib.figure import Figure

FILE = "redes-gan.svg"


@dataclass(frozen=True)
class Labels:
    """Titles of both networks, and what enters each; ``layer`` names the kind of a layer, ``total`` all
    parameters."""

    generator: str
    discriminator: str
    noise: str
    image: str
    layer: Callable[[Layer | Number], str]
    total: Callable[[Number], str]


@dataclass(frozen=True)
class Pair:
    generator: Stack
    discriminator: Stack


def prepare(source: Source, labels: Labels) -> Pair:
    """What enters the discriminator is what the generator gives."""
    found, run = source.findings[GanNetworks], source.study.gan[0]
    record = gan_record(run)
    noise = at(run, "config.latent_dim")
    drawn = bars_of(source, labels.layer, found.generator.rows, record.generator.layers)
    read = bars_of(source, labels.layer, found.discriminator.rows, record.discriminator.layers)
    return Pair(
        generator=Stack(
            labels.generator,
            labels.total(found.generator.parameters),
            (Bar(labels.noise, source.plain(COUNT(noise)), "", noise.value, False), *drawn),
        ),
        discriminator=Stack(
            labels.discriminator,
            labels.total(found.discriminator.parameters),
            (Bar(labels.image, drawn[-1].shape, "", drawn[-1].size, False), *read),
        ),
    )


def draw(data: Pair) -> Figure:
    return draw_stacks([data.generator, data.discriminator])
