"""Kinds of runs that take no time and no TensorFlow, for the tests of what plans, does and stores
them: a toy, the rule that serves all seeds, and the measure of a toy with the rule. This module is
their experiment and their data as well."""

import hashlib
import json
import os
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import SimpleNamespace
from typing import Any, Literal, Self
from unittest import mock

import numpy as np
from pydantic import model_validator

from experiments.data.source import Source
from experiments.kinds.base import Job, Kind, Tolerance
from experiments.kinds.registry import KINDS
from experiments.paths import ROOT
from experiments.records import closure
from experiments.records.base import (
    WORK,
    Arrays,
    DataInfo,
    DerivedRecord,
    Positive,
    PositiveFloat,
    RunRecord,
    Sha256,
    Strict,
)
from experiments.records.built import BuiltLayer, BuiltModel, BuiltOptimizer

MODULE = "toys"
STATE, WEIGHTS = "state.json", "weights"
# Names of environment variables: a file that a toy waits for, once it has begun; the program that
# stands where Python would start a run.
WAIT, PROGRAM = "TOYS_WAIT", "TOYS_PROGRAM"


class ToyConfig(Strict):
    steps: Positive = 3
    width: Positive = 2
    rate: PositiveFloat = 0.5
    mood: Literal["calm", "wild"] = "calm"
    glue: PositiveFloat | None = None
    corpus: str = "a"  # its data are made from it
    words: str = ""  # a file
    words_digest: Sha256 | None = None


class ToyResults(Strict):
    model: BuiltModel
    total: float


class ToyRecord(RunRecord, ToyResults):
    kind: Literal["toy"] = "toy"
    config: ToyConfig

    @model_validator(mode="after")
    def _is_built_as_configured(self) -> Self:
        width = self.model.layers[0].settings["units"]
        if width != self.config.width:
            raise ValueError(
                "la red construida no es la de la configuración: width: se esperaba "
                f"{self.config.width}, se encontró {width}"
            )
        return self


class RuleConfig(Strict):
    marks: Positive = 10
    width: Positive | None = None  # None: that of the toy's measure


class RuleResults(Strict):
    length: float


class RuleRecord(RunRecord, RuleResults):
    kind: Literal["rule"] = "rule"
    config: RuleConfig


class MeasureConfig(Strict):
    width: Positive = 1


class MeasureResults(Strict):
    ratio: float


class MeasureRecord(DerivedRecord, MeasureResults):
    kind: Literal["measure"] = "measure"
    config: MeasureConfig


TOY = Kind(
    name="toy",
    title="Juguete",
    config=ToyConfig,
    record=ToyRecord,
    arrays=("values",),
    experiment=MODULE,
    data=MODULE,
    keeps=(STATE, f"{WEIGHTS}/*.txt"),
    continues=("steps",),
    reads=lambda config: {"words": config.words} if config.words else {},
    idle=lambda config: frozenset() if config.mood == "wild" else frozenset({"rate"}),
    profiles={"full": ToyConfig(), "quick": ToyConfig(steps=1), "test": ToyConfig(steps=2)},
    tolerances=(Tolerance[ToyRecord]("el total", lambda record, arrays: record.total, 0.25, 2),),
)
RULE = Kind(
    name="rule",
    title="Regla",
    config=RuleConfig,
    record=RuleRecord,
    arrays=("marks",),
    experiment=MODULE,
    data=MODULE,
    shared=True,
    complete=lambda config, others: config.model_copy(
        update={} if config.width else {"width": others["measure"].width}
    ),
    profiles={"full": RuleConfig(), "quick": RuleConfig(), "test": RuleConfig()},
    tolerances=(),
)
MEASURE = Kind(
    name="measure",
    title="Medida",
    config=MeasureConfig,
    record=MeasureRecord,
    arrays=(),
    experiment=MODULE,
    data=MODULE,
    needs=("toy", "rule"),
    follows=("toy",),
    profiles={"full": MeasureConfig(), "quick": MeasureConfig(), "test": MeasureConfig()},
    tolerances=(),
)
TOYS = {kind.name: kind for kind in (MEASURE, RULE, TOY)}


@contextmanager
def installed() -> Iterator[None]:
    """While it lasts, there are no kinds but the toys."""
    own = Path(__file__)

    def file_of(name: str, others: Any = closure._file) -> Path | None:
        return own if name == MODULE else others(name)

    with (
        mock.patch.dict(KINDS, TOYS, clear=True),
        mock.patch.object(closure, "_file", file_of),
    ):
        yield


# --- the data ----------------------------------------------------------------------------


def load(source: Source, config: Any) -> SimpleNamespace:
    corpus = getattr(config, "corpus", "a")
    digest = hashlib.sha256(corpus.encode()).hexdigest()
    return SimpleNamespace(info=DataInfo(name="probe_reviews", digest=digest, n_train=10, n_test=5))


# --- the experiment ----------------------------------------------------------------------


def run(config: Any, seed: int, data: Any, job: Job) -> tuple[Strict, Arrays]:
    match config:
        case ToyConfig():
            return _play(config, seed, job)
        case RuleConfig():
            return RuleResults(length=config.marks), {"marks": np.arange(config.marks)}
        case _:
            toy, rule = job.needs["toy"].run.record, job.needs["rule"].run.record
            assert (job.needs["toy"].folder / STATE).exists()
            job.progress(phase="medida", done=1.0)
            return MeasureResults(ratio=toy.total / rule.length), {}


def _play(config: ToyConfig, seed: int, job: Job) -> tuple[ToyResults, Arrays]:
    """Values seed, seed + 1, ...; of a file, its length is added to each."""
    path = job.folder / WORK / STATE
    values = json.loads(path.read_text()) if path.exists() else []
    extra = len(job.files["words"].read_bytes()) if config.words else 0
    (job.folder / WEIGHTS).mkdir(exist_ok=True)
    for step in range(len(values), config.steps):
        values.append(seed + step + extra)
        (job.folder / WEIGHTS / f"{step}.txt").write_text(str(values[-1]))
        path.write_text(json.dumps(values))
        job.progress(epoch=step + 1, done=(step + 1) / config.steps, unit_done=True)
        _wait()
    (job.folder / STATE).write_text(json.dumps(values))
    return ToyResults(model=built(config.width), total=float(sum(values))), {"values": np.array(values)}


def _wait() -> None:
    awaited = os.environ.get(WAIT)
    while awaited and not Path(awaited).exists():
        time.sleep(0.01)


def built(width: int) -> BuiltModel:
    return BuiltModel(
        role="toy",
        layers=(BuiltLayer(kind="Dense", shape=(width,), parameters=3, settings={"units": width}),),
        optimizer=BuiltOptimizer(kind="SGD", settings={"learning_rate": 0.5}),
        loss="mse",
        parameters=3,
    )


# --- as a program ------------------------------------------------------------------------


def write_program(folder: Path) -> Path:
    """A program that stands where Python would start a run: the same, with the toys installed."""
    program = folder / "python-with-toys"
    path = os.pathsep.join(str(place) for place in (Path(__file__).parent, ROOT))
    program.write_text(
        f"#!/bin/sh\n{PROGRAM}='{program}' PYTHONPATH='{path}' exec '{sys.executable}' "
        f"-c 'import toys, sys; sys.exit(toys.main())' \"$@\"\n"
    )
    program.chmod(0o755)
    return program


def main() -> int:
    """As ``python -m experiments``, whose processes have the toys as well."""
    import signal

    from experiments import __main__ as command_line

    sys.executable = os.environ[PROGRAM]
    signal.signal(signal.SIGTERM, command_line._interrupt)
    assert sys.argv[1:3] == ["-m", "experiments"]
    with installed():
        return command_line.main(sys.argv[3:])
