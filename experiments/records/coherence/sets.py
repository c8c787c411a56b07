"""What runs of one set of results say of one another."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from experiments.kinds.gan import GanRecord
from experiments.kinds.judge import JudgeRecord
from experiments.kinds.linear import CONTROL, LINEAR_MODELS, LinearRecord
from experiments.kinds.lstm import LstmRecord
from experiments.kinds.memory import MemoryRecord
from experiments.kinds.readability import ReadabilityRecord
from experiments.records.base import DataInfo, DerivedRecord, Run
from experiments.records.coherence.answers import expect_buckets
from experiments.records.coherence.common import IMAGES, REVIEWS
from experiments.records.coherence.complaints import (
    Complaint,
    Complaints,
    expect,
    expect_at_most,
    expect_near,
    told,
)
from experiments.records.parts import Confusion


@dataclass(frozen=True)
class Contradiction:
    """What is wrong with a run beside the others of its set."""

    run: str
    complaint: Complaint


def of_set(runs: Sequence[Run]) -> Contradiction | None:
    """The first one, if there is any. Arrays may be reduced; what needs them whole is then not asked."""
    return next(_contradictions(runs), None)


def _contradictions(runs: Sequence[Run]) -> Iterator[Contradiction]:
    data: dict[tuple[str, ...], tuple[str, DataInfo]] = {}
    by_name = {run.name: run for run in runs}
    for run in runs:
        for names in (REVIEWS, IMAGES):
            if run.record.data.name in names:
                other, expected = data.setdefault(names, (run.name, run.record.data))
                for complaint in _same_data(run, other, expected):
                    yield Contradiction(run.name, complaint)
        for complaint in _of_run(run, by_name):
            yield Contradiction(run.name, complaint)


def _same_data(run: Run, other: str, data: DataInfo) -> Complaints:
    for name in DataInfo.model_fields:
        expected, found = getattr(data, name), getattr(run.record.data, name)
        yield from expect(f"data.{name}", expected, found, f"como en {other}")


def _of_run(run: Run, by_name: Mapping[str, Run]) -> Complaints:
    """That it says of the runs that it measures what they say."""
    record = run.record
    if not isinstance(record, DerivedRecord):
        return
    measured = [by_name[name] for name in record.upstream if name in by_name]
    found = {other.record.kind: other for other in measured}
    if isinstance(record, MemoryRecord) and {"lstm", "linear"} <= found.keys():
        yield from _memory(run, record, found["lstm"], found["linear"])
    if isinstance(record, ReadabilityRecord) and {"gan", "judge"} <= found.keys():
        yield from _readability(run, record, found["gan"], found["judge"])


# --- memory ------------------------------------------------------------------------------


def _memory(run: Run, record: MemoryRecord, lstm: Run, linear: Run) -> Complaints:
    network, control = lstm.record, linear.record
    assert isinstance(network, LstmRecord)
    assert isinstance(control, LinearRecord)
    window = network.config.sequence_length
    for name, confusion in (
        ("lstm_correct", network.confusion),
        ("linear_correct", control.model_named(CONTROL).confusion),
        ("last_correct", control.model_named("log_count_last").confusion),
    ):
        right = sum(getattr(bucket, name) for bucket in record.deciles)
        yield from expect(f"deciles[*].{name}", _right(confusion), right, "los aciertos de lo que mide")
    tested = sum(bucket.n for bucket in record.deciles)
    yield from expect("deciles[*].n", network.sizes.test, tested, f"las reseñas de {lstm.name}")
    yield from expect("config.window", control.config.window, record.config.window, f"como {linear.name}")
    yield from expect("config.last_words", window, control.config.last_words, f"lo que lee {lstm.name}")
    yield from expect("gradient_selected", window, len(run.arrays["gradient_selected"]), "sequence_length")
    own, theirs = record.control_decay, control.decay
    if own is not None and theirs is not None and _compare_alike(record, control):
        for name in ("ratio", "low", "high"):
            expected, found = getattr(theirs, name), getattr(own, name)
            yield from expect_near(f"control_decay.{name}", expected, found, f"lo de {linear.name}")
    reach = len(control.influence)
    yield from expect("influence", reach, len(record.influence), f"las ventanas de {linear.name}")
    for place, (mine, other) in enumerate(zip(record.influence, control.influence, strict=False)):
        yield from expect(f"influence[{place}].n", other.n, mine.n, f"lo de {linear.name}")
    yield from _lengths(record, lstm)
    yield from _controls_by_length(record, linear)


def _compare_alike(record: MemoryRecord, control: LinearRecord) -> bool:
    """Whether both compare the same windows and draw as often, and so alike."""
    names = ("near", "far", "bootstrap_samples")
    return all(getattr(record.config, name) == getattr(control.config, name) for name in names)


def _lengths(record: MemoryRecord, lstm: Run) -> Complaints:
    arrays, network = lstm.arrays, lstm.record
    if not {"probability", "label", "length", "stars"} <= arrays.keys():
        return
    assert isinstance(network, LstmRecord)
    right = (arrays["probability"] > 0.5) == (arrays["label"] == 1)
    for field, value, buckets in (
        ("deciles", arrays["length"], record.deciles),
        ("stars", arrays["stars"], record.stars),
    ):
        rows = [(each.low, each.high, each.n, each.lstm_correct) for each in buckets]
        yield from expect_buckets(field, value, right, rows)
    starred = int((arrays["stars"] > 0).sum())
    yield from expect("stars[*].n", starred, sum(each.n for each in record.stars), f"las de {lstm.name}")
    if record.regression_whole is not None:
        whole = int((arrays["length"] <= network.config.sequence_length).sum())
        yield from expect("regression_whole.n", whole, record.regression_whole.n, "las que se leen enteras")


def _controls_by_length(record: MemoryRecord, linear: Run) -> Complaints:
    arrays = linear.arrays
    if not {"probability", "label", "length", "stars"} <= arrays.keys():
        return
    for correct, model in (("linear_correct", CONTROL), ("last_correct", "log_count_last")):
        said = arrays["probability"][LINEAR_MODELS.index(model)]
        right = (said > 0.5) == (arrays["label"] == 1)
        for field, value, buckets in (
            ("deciles", arrays["length"], record.deciles),
            ("stars", arrays["stars"], record.stars),
        ):
            rows = [(each.low, each.high, each.n, getattr(each, correct)) for each in buckets]
            yield from expect_buckets(field, value, right, rows, correct)


def _right(confusion: Confusion) -> int:
    return confusion.true_negative + confusion.true_positive


# --- readability -------------------------------------------------------------------------


def _readability(run: Run, record: ReadabilityRecord, gan: Run, judge: Run) -> Complaints:
    drawn, decides = gan.record, judge.record
    assert isinstance(drawn, GanRecord)
    assert isinstance(decides, JudgeRecord)
    config = drawn.config
    steps = list(range(0, config.iterations + 1, config.weights_every))
    found = [step.iteration for step in record.steps]
    yield from expect("steps[*].iteration", steps, found, f"los pesos que guarda {gan.name}")
    classes = len(record.steps[0].by_class)
    yield from expect("steps[*].by_class", decides.n_classes, classes, f"las clases de {judge.name}")
    real = sum(each.n_real for each in record.copies.by_class)
    yield from expect_at_most("copies.by_class[*].n_real", record.data.n_test, real, "las de la prueba")
    if record.config.weights == "average" and config.ema is None:
        yield Complaint("config.weights", f"last, porque {gan.name} no tiene media", "average")
    if "grid" not in run.arrays or "samples" not in gan.arrays:
        return
    yield from expect("arrays.grid", config.grid_size, run.arrays["grid"].shape[1], f"las de {gan.name}")
    yield from _same_grids(run, record, gan, drawn)


APART = 2.0  # of 255, in the mean: what another machine makes of the same weights and noise


def _same_grids(run: Run, record: ReadabilityRecord, gan: Run, drawn: GanRecord) -> Complaints:
    """Where both drew from the fixed noise, they drew the same."""
    theirs = gan.arrays["average_grid" if record.config.weights == "average" else "grid"]
    places = {step.iteration: place for place, step in enumerate(record.steps)}
    for sampled, step in zip(theirs, drawn.sampled_steps, strict=False):
        own = run.arrays["grid"][places[step]] if step in places else None
        if own is None or own.shape != sampled.shape:
            continue
        apart = float(np.abs(own.astype(np.int16) - sampled).mean())
        if apart > APART:
            field = f"arrays.grid[{places[step]}]"
            yield Complaint(field, f"las imágenes de {gan.name} en el paso {step}", f"otras ({told(apart)})")
