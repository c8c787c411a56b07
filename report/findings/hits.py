"""How many reviews of the test part a model reads well, over the seeds."""

from collections.abc import Sequence

from experiments.records.base import Run
from experiments.records.parts import Confusion
from report.findings.base import Summary, summarize
from report.findings.intervals import Interval, wilson_interval
from report.ledger.ledger import Leaf, derive
from report.ledger.quantities import ACCURACY
from report.study.study import Study, at

LSTM = "confusion"  # where its counts stand in a record; those of the controls, elsewhere


def hits_and_total(run: Run, place: str = LSTM) -> tuple[Leaf, Leaf]:
    cells = [at(run, f"{place}.{name}") for name in Confusion.model_fields]
    hits = derive("suma", lambda a, b: a + b, cells[0], cells[3])
    return hits, derive("suma", lambda *values: sum(values), *cells)


def share_of_hits(hits: Leaf, n: Leaf) -> Leaf:
    return derive("cociente", lambda hits, n: hits / n, hits, n)


def hits_interval(run: Run, place: str = LSTM) -> Interval:
    """Wilson's, of one run."""
    return wilson_interval(*hits_and_total(run, place))


def accuracy_of(runs: Sequence[Run], place: str = LSTM) -> Summary:
    """On the test part."""
    return summarize(ACCURACY, [share_of_hits(*hits_and_total(run, place)) for run in runs])


def accuracy_summary(study: Study) -> Summary:
    """Of the LSTM on the test part."""
    return accuracy_of(study.lstm)
