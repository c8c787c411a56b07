"""A judge of the right shape that has learnt nothing, for what does not depend on its answers."""

import datetime

import numpy as np
import studies

from experiments.digit_judge import build_members, flat_weights
from experiments.kinds.judge import Control, JudgeConfig, JudgeRecord
from experiments.records.base import DataInfo, Run
from experiments.records.storage import arrays_digest

CONTROLS = (
    Control(name="real", readable_expected=True, limit=0.9, n=10, readable=9),
    Control(name="blends", readable_expected=False, limit=0.2, n=10, readable=1),
)


def judge_run(
    seed: int = 0, controls: tuple[Control, ...] = CONTROLS, name: str = "judge", threshold: float = 0.8
) -> Run:
    """A stored judge with the first weights of ``seed``."""
    config = JudgeConfig(threshold=threshold)
    weights = flat_weights(build_members(config, seed))
    arrays = {"weights": weights, "shown": np.zeros((len(controls), 8, 28, 28), np.uint8)}
    record = JudgeRecord(
        seed=seed,
        profile="full",
        data=DataInfo(name="mnist", digest="d" * 64, n_train=100, n_test=50),
        environment=studies.ENVIRONMENT,
        code_digest="0" * 64,
        finished_on=datetime.date(2026, 1, 1),
        duration_s=1.0,
        arrays_digest=arrays_digest(arrays),
        config=config,
        parameters=len(weights),
        n_test=50,
        correct=49,
        ece=0.01,
        brier=0.02,
        controls=controls,
    )
    return Run(name, record, arrays)
