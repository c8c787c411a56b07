"""A GAN."""

import numpy as np

from experiments.kinds.gan import GAN_CURVES, GanRecord
from experiments.records.base import Arrays
from experiments.records.coherence import common
from experiments.records.coherence.arrays import PICTURE, shapes, values
from experiments.records.coherence.complaints import Complaint, Complaints, expect, told

MOST_LOSS = 1e9  # a critic's has no bound of its own
LOSSES, ANSWERS, ACCURACIES = GAN_CURVES[:2], GAN_CURVES[2:4], GAN_CURVES[4:]


def of_record(record: GanRecord) -> Complaints:
    config = record.config
    steps = list(range(0, config.iterations + 1, config.sample_every))
    yield from expect("sampled_steps", steps, list(record.sampled_steps), "cada «sample_every» iteraciones")
    yield from expect("n_train", record.data.n_train, record.n_train, "las imágenes de «data»")
    yield from common.of_model("generator", record.generator)
    yield from common.of_model("discriminator", record.discriminator)


def of_arrays(record: GanRecord, arrays: Arrays) -> Complaints:
    config, steps = record.config, len(record.sampled_steps)
    averaged = 0 if config.ema is None else steps
    expected = {
        **dict.fromkeys(GAN_CURVES, ("float32", (config.iterations,))),
        "grid": ("uint8", (steps, config.grid_size, *PICTURE)),
        "samples": ("uint8", (steps, config.samples_kept, *PICTURE)),
        "average_grid": ("uint8", (averaged, config.grid_size, *PICTURE)),
        "real": ("uint8", (min(config.samples_kept, record.n_train), *PICTURE)),
    }
    if wrong := [*shapes(arrays, expected)]:
        yield from wrong
        return
    least = {"non_saturating": (0, 0), "hinge": (0, -MOST_LOSS)}.get(config.loss, (-MOST_LOSS, -MOST_LOSS))
    limits = {name: (low, MOST_LOSS) for name, low in zip(LOSSES, least, strict=True)}
    yield from values(arrays, limits | dict.fromkeys(ANSWERS + ACCURACIES, (0, 1)))
    for name in ACCURACIES:
        right = arrays[name].astype(np.float64) * config.batch_size
        apart = np.abs(right - right.round())
        if apart.max() > 1e-3:
            found = told(float(arrays[name][apart.argmax()]))
            yield Complaint(f"arrays.{name}", f"partes enteras de un lote de {config.batch_size}", found)
