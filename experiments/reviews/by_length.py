"""How often the models are right by the length of the review and by its stars."""

import warnings
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from statsmodels.discrete.discrete_model import Logit
from statsmodels.tools.sm_exceptions import ModelWarning

from experiments.kinds.memory import Bucket, Coefficient, Regression

PARTS = 10  # buckets of length
MIN_WHOLE = 100  # reviews, for a regression on those that the LSTM sees whole


@dataclass(frozen=True)
class Right:
    """Whether each model's answer is right, bool[n]: the LSTM, its control, and the linear model of
    the last words."""

    lstm: np.ndarray
    linear: np.ndarray
    last: np.ndarray

    def where(self, kept: np.ndarray) -> "Right":
        return Right(self.lstm[kept], self.linear[kept], self.last[kept])


def buckets(value: np.ndarray, upper: Sequence[int], right: Right) -> tuple[Bucket, ...]:
    """``value`` int[n] up to each of the ascending ``upper`` limits, empty buckets left out."""
    found = []
    place = np.searchsorted(upper, value)  # value <= upper[place]
    for part in np.unique(place):
        inside = place == part
        within = right.where(inside)
        found.append(
            Bucket(
                low=int(value[inside].min()),
                high=int(value[inside].max()),
                n=int(inside.sum()),
                lstm_correct=int(within.lstm.sum()),
                linear_correct=int(within.linear.sum()),
                last_correct=int(within.last.sum()),
            )
        )
    return tuple(found)


def by_length(length: np.ndarray, right: Right) -> tuple[Bucket, ...]:
    """Deciles of ``length`` int[n] > 0; equal lengths stay together."""
    upper = np.quantile(length, np.arange(1, PARTS + 1) / PARTS, method="inverted_cdf")
    return buckets(length, np.unique(upper).tolist(), right)


def by_stars(stars: np.ndarray, right: Right) -> tuple[Bucket, ...]:
    """``stars`` int[n], 0 unknown."""
    known = stars > 0
    return buckets(stars[known], np.unique(stars[known]).tolist(), right.where(known))


def regress(length: np.ndarray, window: int, lstm: np.ndarray, linear: np.ndarray) -> Regression | None:
    """See ``Regression``; two rows for each review, one of each model, and a covariance
    clustered by review (Cameron & Miller, 2015). ``length`` int[n], ``lstm`` and ``linear``
    bool[n]: whether the answer is right. None if there is no such regression for these answers."""
    logs = np.log(np.maximum(length, 1))
    if np.ptp(logs) == 0:
        return None
    z = np.tile((logs - logs.mean()) / logs.std(), 2)
    model = np.repeat([1.0, 0.0], len(length))
    columns = {"log_length": z, "model": model, "interaction": z * model}
    truncated = np.tile(length > window, 2).astype(float)
    cut = {"truncated": truncated, "truncated_model": truncated * model}
    correct = np.concatenate([lstm, linear]).astype(float)
    found = _fit(correct, columns | cut) or _fit(correct, columns)
    return Regression(n=len(length), **dict.fromkeys(cut) | found) if found else None


def regress_whole(length: np.ndarray, window: int, lstm: np.ndarray, linear: np.ndarray) -> Regression | None:
    """As ``regress``, on the reviews of ``window`` words or less; None where they are too few or
    there is no such regression."""
    whole = length <= window
    if whole.sum() < MIN_WHOLE:
        return None
    return regress(length[whole], window, lstm[whole], linear[whole])


def _fit(correct: np.ndarray, columns: Mapping[str, np.ndarray]) -> dict[str, Coefficient] | None:
    """None where the columns do not tell the rows apart, or tell those right from those wrong: then
    there is no finite estimate."""
    design = np.column_stack([np.ones(len(correct)), *columns.values()])
    if np.linalg.matrix_rank(design) < design.shape[1]:
        return None
    reviews = np.tile(np.arange(len(correct) // 2), 2)
    try:
        with warnings.catch_warnings():
            for category in (ModelWarning, RuntimeWarning):  # no convergence; an overflow on the way there
                warnings.simplefilter("error", category)
            fitted = Logit(correct, design).fit(disp=0, cov_type="cluster", cov_kwds={"groups": reviews})
    except (ModelWarning, RuntimeWarning, np.linalg.LinAlgError):
        return None
    return {
        name: Coefficient(estimate=float(estimate), low=float(low), high=float(high))
        for name, estimate, (low, high) in zip(columns, fitted.params[1:], fitted.conf_int()[1:], strict=True)
    }
