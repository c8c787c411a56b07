"""One training of a GAN, from the files that it left."""

import datetime
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np

from experiments.brought.consistency import refuse_later_grids, refuse_more_iterations, refuse_other_loss
from experiments.brought.gan_losses.curves import curves_of, names_of, unused
from experiments.brought.gan_losses.reader import read_gan_losses
from experiments.brought.given import Given, Said
from experiments.brought.grids.reader import Grids, RealImages, read_grids, read_real
from experiments.brought.judging import read_with_judge, step_readings
from experiments.brought.training import Training, brought_file
from experiments.kinds.judge import JudgeRecord
from experiments.records.base import Arrays, Run
from experiments.records.brought import Brought, BroughtFile, BroughtGan, GridReading, TakenAs
from experiments.records.storage import arrays_digest

# Of real images the judge must read: of digits like those that it learnt from it reads nearly all, of letters
# a fifth. Where it does not, what it says of generated ones means nothing.
LEAST_REAL = 0.5

_SIZE = (28, 28)


def read_gan(seed: int, given: Given, said: Said, judge: Run | None, on: datetime.date) -> Training:
    """
    Raises:
        BroughtError: a file that cannot be used, or two that contradict each other; losses without saying
            what the discriminator's is.
    """
    settings = dict((said.settings or {}).get("gan", {}))
    files: list[BroughtFile] = []
    names: list[TakenAs] = []
    notices: list[str] = []
    arrays: Arrays = {}
    losses = grids = real = None
    if given.gan_losses:
        losses = read_gan_losses(Path(given.gan_losses))
        files.append(brought_file("gan_losses", Path(given.gan_losses)))
        refuse_other_loss(settings.get("loss"))
        curves = curves_of(given.gan_losses, losses, said.gan_loss)
        names += names_of(losses, curves)
        notices += [*losses.notices, *unused(given.gan_losses, losses, curves)]
        arrays |= curves
        if losses.unit == "iteration":
            refuse_more_iterations(given.gan_losses, int(losses.iteration[-1]), settings.get("iterations"))
    if given.gan_samples:
        grids = read_grids(given.gan_samples, said.grid)
        files.append(BroughtFile(gives="gan_samples", name=Path(given.gan_samples).name, digest=grids.digest))
        names += grids.names
        notices += grids.notices
        arrays["grid"] = grids.images
        if losses is not None and losses.unit == "iteration":
            refuse_later_grids(str(given.gan_losses), losses.iteration, given.gan_samples, grids.steps)
    if given.real:
        real = read_real(Path(given.real))
        files.append(BroughtFile(gives="real", name=Path(given.real).name, digest=real.digest))
        names += real.names
        notices += real.notices
        arrays["real"] = real.images
    read = judged(grids, real, judge) if grids is not None else Judged()
    notices += read.notices
    arrays |= read.arrays
    record = BroughtGan(
        seed=seed,
        imported_on=on,
        files=tuple(files),
        names=tuple(names),
        title=said.images,
        settings=settings,
        loss_form=said.gan_loss if losses is not None else None,
        unit=losses.unit if losses is not None else None,
        last=int(losses.iteration[-1]) if losses is not None else None,
        sampled_steps=grids.steps if grids is not None else (),
        ink=grids.ink if grids is not None else None,
        rescaled_from=grids.original_size if grids is not None and grids.original_size != _SIZE else None,
        readings=read.readings,
        real_reading=read.real,
        judge=judge.record.arrays_digest if judge is not None and read.readings else None,
        arrays_digest=arrays_digest(arrays),
    )
    return Training(
        Brought(f"brought_gan/seed-{seed}", record, arrays), tuple(notices), judged=bool(read.readings)
    )


@dataclass(frozen=True)
class Judged:
    """What the judge reads, nothing where it is not asked."""

    readings: tuple[GridReading, ...] = ()
    real: GridReading | None = None
    arrays: Arrays = field(default_factory=dict)
    notices: tuple[str, ...] = ()


def judged(grids: Grids, real: RealImages | None, judge: Run | None) -> Judged:
    """What ``judge`` reads at each step, if it reads the real images, where there are any."""
    if judge is None:
        missing = "No se encontró el juez de las imágenes: no se dice cuáles de las generadas se leen."
        return Judged(notices=(missing,))
    assert isinstance(judge.record, JudgeRecord)
    n_classes = judge.record.n_classes
    seen = None
    if real is not None:
        labels, readable = read_with_judge(real.images[None], judge)
        (seen,) = step_readings((0,), labels, readable, n_classes)
        if seen.readable < LEAST_REAL * seen.n:
            return Judged(
                real=seen,
                notices=(
                    f"El juez lee {seen.readable} de {seen.n} imágenes reales: no son como los dígitos con "
                    "que aprendió, y de lo que lee en las generadas no se dice nada.",
                ),
            )
    labels, readable = read_with_judge(grids.images, judge)
    return Judged(
        step_readings(grids.steps, labels, readable, n_classes),
        seen,
        {"grid_class": labels.astype(np.uint8), "grid_readable": readable},
    )
