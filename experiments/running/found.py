"""The data of all kinds of runs: found, and read once to know which they are."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from experiments.data.finding import find_images, find_reviews
from experiments.data.inspection import inspect
from experiments.data.loading import load
from experiments.data.source import Source
from experiments.errors import TrainError
from experiments.kinds.registry import KINDS
from experiments.records.base import DataInfo, RunRecord, Strict
from experiments.settings import SETTINGS_FILE, Experiment

Say = Callable[[str], None]

REVIEWS, IMAGES = "experiments.data.reviews", "experiments.data.images"
FIND: dict[str, Callable[[Path | None, bool, Say], Source]] = {REVIEWS: find_reviews, IMAGES: find_images}


@dataclass(frozen=True)
class Found:
    """Where the data of some kinds are, and which they are."""

    source: Source
    info: DataInfo


def find_all(experiment: Experiment, data_dir: Path | None, real_only: bool, say: Say) -> dict[str, Found]:
    """What is the same for all settings, by the module that reads it: the user's own data, else those of
    ``data_dir``, of a cache or of the network, else, unless ``real_only``, the built-in samples.

    Raises:
        DataError: they cannot be had, or are not what they should be.
    """
    own = {REVIEWS: experiment.reviews, IMAGES: experiment.images}
    found: dict[str, Found] = {}
    for module in dict.fromkeys(kind.data for kind in KINDS.values() if kind.data in FIND):
        described = own[module]
        source = Source(own=described) if described else FIND[module](data_dir, real_only, say)
        info, notices = _read(module, source)
        for notice in notices:
            say(notice)
        found[module] = Found(source, info)
    return found


@cache
def made(module: str, config: Strict) -> Found:
    """Data that nobody has to find: ``module`` makes them from the settings."""
    return Found(Source(), load(module, Source(), config).info)


def find_like(record: RunRecord, experiment: Experiment, data_dir: Path | None, say: Say) -> Found:
    """The data of a stored run.

    Raises:
        DataError: they cannot be had.
        TrainError: they were the user's own, and are not described any more.
    """
    module = KINDS[record.kind].data
    if module not in FIND:
        return made(module, record.config)
    source = Source()
    if record.data.is_own:
        own: Mapping[str, object | None] = {REVIEWS: experiment.reviews, IMAGES: experiment.images}
        described = own[module]
        if described is None:
            raise TrainError(
                f"«{record.data.title}»: se esperaba la descripción de estos datos propios en "
                f"{SETTINGS_FILE}, no se encontró; escríbala otra vez."
            )
        source = Source.model_validate({"own": described})
    elif not record.data.is_sample:
        source = FIND[module](data_dir, True, say)
    return Found(source, _read(module, source)[0])


@cache  # reading a whole set takes seconds
def _read(module: str, source: Source) -> tuple[DataInfo, tuple[str, ...]]:
    """Which data they are, and what the user must be told of them."""
    inspect(source)
    data = load(module, source, Strict())  # the same for all settings
    return data.info, data.notices
