"""A judge of the right shape that has learnt nothing, for what does not depend on its answers."""

import datetime

import keras
import numpy as np

from experiments.describe import describe
from experiments.images.digit_controls import EXPECTED, applicable
from experiments.images.digit_judge import LOSS, build_members, flat_weights
from experiments.kinds.judge import Control, JudgeConfig, JudgeRecord
from experiments.records.base import DataInfo, Environment, Run
from experiments.records.built import BuiltModel
from experiments.records.storage import arrays_digest

ENVIRONMENT = Environment(
    python="3.11.2",
    platform="Linux 6.1",
    processor="x86_64",
    cores=8,
    threads=1,
    device="cpu",
    gpu=None,
    libraries={"tensorflow": "2.21.0"},
    commit="c" * 40,
    dirty=False,
)
MNIST = DataInfo(name="mnist", digest="d" * 64, n_train=100, n_test=50)
CONTROL_IMAGES = 10


def controls(data: DataInfo = MNIST, **readable: int) -> tuple[Control, ...]:
    """All that apply to ``data``; nine in ten images are read of those that must be and none of the others,
    unless it is said how many ``readable`` a control has."""
    return tuple(
        Control(
            name=name,
            family=EXPECTED[name].family,
            readable_expected=EXPECTED[name].readable,
            limit=EXPECTED[name].limit,
            n=CONTROL_IMAGES,
            readable=readable.get(name, 9 if EXPECTED[name].readable else 0),
        )
        for name in applicable(data)
    )


def own_images(*classes: str) -> DataInfo:
    return DataInfo(name="own_images", digest="e" * 64, n_train=100, n_test=50, classes=classes)


def described(members: list[keras.Model], config: JudgeConfig) -> tuple[BuiltModel, ...]:
    """``members`` as their record describes them once they are trained with ``config``."""
    rate = keras.optimizers.schedules.CosineDecay(config.learning_rate, 10)
    return tuple(
        describe(member, f"{member.name}-{i}", keras.optimizers.Adam(rate), LOSS)
        for i, member in enumerate(members, start=1)
    )


def judge_run(
    seed: int = 0,
    name: str = "judge",
    threshold: float = 0.8,
    data: DataInfo = MNIST,
    **readable: int,
) -> Run:
    """A stored judge with the first weights of ``seed``, and ``controls`` with so many ``readable``."""
    config, tried = (
        JudgeConfig(threshold=threshold, control_images=CONTROL_IMAGES),
        controls(data, **readable),
    )
    members = build_members(config.members, len(data.classes) or 10, seed)
    weights = flat_weights(members)
    arrays = {"weights": weights, "shown": np.zeros((len(tried), 8, 28, 28), np.uint8)}
    record = JudgeRecord(
        seed=seed,
        profile="full",
        data=data,
        environment=ENVIRONMENT,
        code_digest="0" * 64,
        finished_on=datetime.date(2026, 1, 1),
        duration_s=1.0,
        processor_s=1.0,
        arrays_digest=arrays_digest(arrays),
        config=config,
        members=described(members, config),
        parameters=len(weights),
        n_test=data.n_test,
        correct=data.n_test - 1,
        ece=0.01,
        brier=0.02,
        controls=tried,
    )
    return Run(name, record, arrays)
