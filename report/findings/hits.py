"""How many reviews of the test part a model reads well, over the seeds."""

from collections.abc import Sequence

import numpy as np

from experiments.records.parts import Confusion
from report.findings import measures
from report.findings.base import Estimate, Summary, summarize
from report.findings.intervals import Interval, resampled, seeds_interval, wilson_interval
from report.findings.two_way import mean_ends
from report.ledger.ledger import Leaf, derive, gather
from report.ledger.quantities import ACCURACY
from report.study.study import AnyRun, Study, at

LSTM = "confusion"  # where its counts stand in a record; those of the controls, elsewhere


def hits_and_total(run: AnyRun, place: str = LSTM) -> tuple[Leaf, Leaf]:
    cells = [at(run, f"{place}.{name}") for name in Confusion.model_fields]
    hits = derive("suma", lambda a, b: a + b, cells[0], cells[3])
    return hits, derive("suma", lambda *values: sum(values), *cells)


def share_of_hits(hits: Leaf, n: Leaf) -> Leaf:
    return derive("cociente", lambda hits, n: hits / n, hits, n)


def hits_interval(run: AnyRun, place: str = LSTM) -> Interval:
    """Wilson's, of one run."""
    return wilson_interval(*hits_and_total(run, place))


def all_answers(runs: Sequence[AnyRun], right: str = "right") -> bool:
    """Whether it is known which reviews each seed answers well."""
    return all(right.partition("[")[0] in run.arrays for run in runs)


def accuracy_of(runs: Sequence[AnyRun], place: str = LSTM) -> Summary:
    """On the test part."""
    return summarize(ACCURACY, [share_of_hits(*hits_and_total(run, place)) for run in runs])


def accuracy_summary(study: Study) -> Summary:
    """Of the classifier on the test part."""
    return accuracy_of(study.matrices)


def estimate_of(runs: Sequence[AnyRun], place: str = LSTM, right: str = "right") -> Estimate:
    """The mean accuracy of the seeds with its interval over reviews and seeds; ``right`` is the path,
    under the arrays, of uint8[n / 8], which reviews are answered well. Where only their number is known,
    the interval joins Wilson's of each seed (``seeds_interval``).

    Where all seeds answer every review alike, well or badly, nothing varies from sample to sample: there
    Wilson's interval stands in.
    """

    def ends(mean: float, n: int, packed: list[np.ndarray]) -> tuple[float, float]:
        if mean in (0.0, 1.0):
            return measures.wilson_interval(round(mean * n), n)
        return mean_ends(np.unpackbits(np.stack(packed), axis=-1, count=n).astype(float))

    if not all_answers(runs, right):
        each = [(share_of_hits(*hits_and_total(run, place)), hits_interval(run, place)) for run in runs]
        return Estimate(accuracy_of(runs, place).mean, *seeds_interval(each))
    bits = gather(at(run, f"arrays.{right}") for run in runs)
    mean, n = accuracy_of(runs, place).mean, hits_and_total(runs[0], place)[1]
    return resampled(ACCURACY, mean.leaf, ends, mean.leaf, n, bits)
