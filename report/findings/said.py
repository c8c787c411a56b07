"""The answers to each test review, traced: of each seed of the LSTM and of the control."""

from collections.abc import Sequence

import numpy as np

from experiments.kinds.linear import CONTROL
from experiments.records.base import RecordError
from experiments.records.brought import Brought
from experiments.records.storage import IMPORT_AGAIN, TRAIN_AGAIN
from report.findings.lstm.linear import right_path
from report.ledger.ledger import Leaf, gather
from report.study.answers import bits, unpack
from report.study.study import AnyRun, at

Answers = tuple[np.ndarray, np.ndarray]  # int64[S, n] levels, bool[n] which reviews are positive


def answers(runs: Sequence[AnyRun]) -> Leaf:
    """What ``read`` makes ``Answers`` of, over the seeds of one model.

    Raises:
        RecordError: they were not tested on the same reviews.
    """
    first = runs[0]
    for run in runs[1:]:
        same_number = run.arrays["said"].shape == first.arrays["said"].shape
        if not same_number or not np.array_equal(run.arrays["positive"], first.arrays["positive"]):
            again = IMPORT_AGAIN if isinstance(run, Brought) else TRAIN_AGAIN
            raise RecordError(
                f"{run.name}: se esperaban las mismas reseñas de prueba que en {first.name}, se encontraron "
                f"otras; {again}."
            )
    return gather([*(at(run, "arrays.said") for run in runs), at(runs[0], "arrays.positive")])


def read(listed: Sequence[np.ndarray]) -> Answers:
    *said, positive = listed
    levels = np.stack([unpack(each) for each in said])
    return levels, bits(positive, levels.shape[1])


def lstm_right(runs: Sequence[AnyRun]) -> list[Leaf]:
    """Of each seed uint8[n / 8], which reviews are answered well."""
    return [at(run, "arrays.right") for run in runs]


def control_right(runs: Sequence[AnyRun]) -> list[Leaf]:
    """The same of the control."""
    return [at(run, f"arrays.{right_path(CONTROL)}") for run in runs]
