"""What every record must be: of a size, a time and a place that there may be."""

from collections.abc import Iterator, Mapping
from typing import Any

from experiments.kinds.registry import KINDS
from experiments.records.base import DerivedRecord, RunRecord
from experiments.records.brought import BroughtRecord
from experiments.records.built import BuiltModel
from experiments.records.coherence.complaints import (
    Complaint,
    Complaints,
    expect,
    expect_at_most,
    expect_within,
    told,
)

MOST = 10**12  # of anything that is counted, and of anything that is measured
TEN_YEARS = 10 * 366 * 24 * 3600.0
YEARS = (2020, 2100)
# What is not measured but asked for: their own models say what they may be.
ASKED = ("config", "settings")

REVIEWS = ("imdb", "sample_reviews", "own_reviews")
IMAGES = ("mnist", "sample_digits", "own_images")
DATA = {
    **dict.fromkeys(("lstm", "linear", "memory"), REVIEWS),
    **dict.fromkeys(("gan", "judge", "readability"), IMAGES),
    "probe": ("probe_reviews",),
}


def of_record(record: RunRecord | BroughtRecord) -> Complaints:
    yield from _sizes(record.model_dump())
    if isinstance(record, BroughtRecord):
        yield from expect_within("imported_on", *YEARS, record.imported_on.year)
        return
    yield from expect_within("finished_on", *YEARS, record.finished_on.year)
    yield from expect_at_most("duration_s", TEN_YEARS, record.duration_s)
    yield from _place(record)
    if record.kind in DATA and record.data.name not in DATA[record.kind]:
        yield Complaint("data.name", " o ".join(DATA[record.kind]), record.data.name)
    for name, value in (("title", record.data.title), ("language", record.data.language)):
        if value and not record.data.is_own:
            yield Complaint(f"data.{name}", "nada, porque los datos no son propios", told(value))
    if isinstance(record, DerivedRecord):
        yield from _measured(record)


def of_model(field: str, model: BuiltModel) -> Complaints:
    parameters = sum(layer.parameters for layer in model.layers)
    yield from expect(f"{field}.parameters", parameters, model.parameters, "los de sus capas")


def _place(record: RunRecord) -> Complaints:
    where = record.environment
    most = 60 + 1.1 * where.cores * record.duration_s
    yield from expect_at_most("processor_s", most, record.processor_s, "con sus núcleos y su duración")
    yield from expect_at_most("environment.threads", where.cores, where.threads, "sus núcleos")
    if where.device == "cpu":
        yield from expect("environment.gpu", None, where.gpu)
    if where.commit is None:
        yield from expect("environment.dirty", False, where.dirty)


def _measured(record: DerivedRecord) -> Complaints:
    """That what it measures is one run of each kind that it needs, of its seed unless it serves all."""
    kinds = [_kind(name) for name in record.upstream]
    yield from expect("upstream", sorted(KINDS[record.kind].needs), sorted(kinds), "lo que mide")
    for name, kind in zip(record.upstream, kinds, strict=True):
        if kind in KINDS and not KINDS[kind].shared and name.rpartition("/seed-")[2] != str(record.seed):
            yield Complaint("upstream", f"medidas de la semilla {record.seed}", told(name))


def _kind(run: str) -> str:
    """That of a run of this name, which has behind it what tells one set of results from another."""
    folder = run.partition("/")[0]
    return next((kind for kind in KINDS if folder.partition("@")[0].partition("-")[0] == kind), folder)


def _sizes(content: Mapping[str, Any]) -> Complaints:
    for field, value in _numbers(content, ""):
        is_asked = isinstance(value, float) and any(part in ASKED for part in field.split("."))
        if not is_asked and abs(value) > MOST:
            yield Complaint(field, f"un número de a lo sumo {MOST:.0e}", told(value))


def _numbers(value: Any, field: str) -> Iterator[tuple[str, int | float]]:
    if isinstance(value, int | float):
        yield field, value
    elif isinstance(value, Mapping):
        for name, item in value.items():
            yield from _numbers(item, f"{field}.{name}" if field else str(name))
    elif isinstance(value, list | tuple):
        for index, item in enumerate(value):
            yield from _numbers(item, f"{field}[{index}]")
