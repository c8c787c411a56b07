"""The data of all kinds of runs: found, and read once to know which they are."""

from collections.abc import Callable, Mapping
from importlib import import_module
from pathlib import Path

from experiments.data.finding import find_images, find_reviews
from experiments.data.source import Source
from experiments.errors import TrainError
from experiments.kinds.registry import KINDS
from experiments.records.base import RunRecord
from experiments.running.plan import Found
from experiments.settings import Experiment

Say = Callable[[str], None]

REVIEWS, IMAGES = "experiments.data.reviews", "experiments.data.images"
FIND: dict[str, Callable[[Path | None, bool, Say], Source]] = {REVIEWS: find_reviews, IMAGES: find_images}


def find_all(experiment: Experiment, data_dir: Path | None, real_only: bool, say: Say) -> dict[str, Found]:
    """By the module that reads them: the user's own, else those of ``data_dir``, of a cache or of the
    network, else, unless ``real_only``, the built-in samples.

    Raises:
        DataError: they cannot be had, or are not what they should be.
    """
    own = {REVIEWS: experiment.reviews, IMAGES: experiment.images}
    configs = experiment.configs()
    found = {}
    for name, kind in KINDS.items():
        if kind.data in found:
            continue
        if described := own.get(kind.data):
            source = Source(own=described)
        else:
            find = FIND.get(kind.data)
            source = find(data_dir, real_only, say) if find else Source()
        data = import_module(kind.data).load(source, configs[name])
        for notice in getattr(data, "notices", ()):
            say(notice)
        found[kind.data] = Found(source, data.info)
    return found


def find_like(record: RunRecord, experiment: Experiment, data_dir: Path | None, say: Say) -> Found:
    """The data of a stored run.

    Raises:
        DataError: they cannot be had.
        TrainError: they were the user's own, and are not described any more.
    """
    module = KINDS[record.kind].data
    source = Source()
    if record.data.is_own:
        own: Mapping[str, object | None] = {REVIEWS: experiment.reviews, IMAGES: experiment.images}
        described = own[module]
        if described is None:
            raise TrainError(
                f"«{record.data.title}»: se esperaba la descripción de estos datos propios en "
                "experimento.toml, no se encontró; escríbala otra vez."
            )
        source = Source.model_validate({"own": described})
    elif not record.data.is_sample and module in FIND:
        source = FIND[module](data_dir, True, say)
    return Found(source, import_module(module).load(source, record.config).info)
