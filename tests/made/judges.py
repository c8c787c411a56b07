"""A judge of the right shape that has learnt nothing, for what does not depend on its answers."""

import datetime

import keras
import numpy as np

from experiments.describe import describe
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
CONTROLS = (
    Control(name="real", family="trained", readable_expected=True, limit=0.9, n=10, readable=9),
    Control(name="blends", family="trained", readable_expected=False, limit=0.2, n=10, readable=1),
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
    controls: tuple[Control, ...] = CONTROLS,
    name: str = "judge",
    threshold: float = 0.8,
    data: DataInfo = MNIST,
) -> Run:
    """A stored judge with the first weights of ``seed``."""
    config = JudgeConfig(threshold=threshold)
    members = build_members(config.members, len(data.classes) or 10, seed)
    weights = flat_weights(members)
    arrays = {"weights": weights, "shown": np.zeros((len(controls), 8, 28, 28), np.uint8)}
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
        n_test=50,
        correct=49,
        ece=0.01,
        brier=0.02,
        controls=controls,
    )
    return Run(name, record, arrays)
