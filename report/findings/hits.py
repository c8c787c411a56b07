"""How many reviews of the test part a model reads well, over the seeds."""

from experiments.records import Confusion, Run
from report.findings.base import Summary, summarize
from report.findings.intervals import Interval, wilson_interval
from report.ledger.ledger import Leaf, derive
from report.ledger.quantities import ACCURACY
from report.study.study import Study, at


def hits_and_total(run: Run) -> tuple[Leaf, Leaf]:
    cells = [at(run, f"confusion.{name}") for name in Confusion.model_fields]
    hits = derive("suma", lambda a, b: a + b, cells[0], cells[3])
    return hits, derive("suma", lambda *values: sum(values), *cells)


def share_of_hits(hits: Leaf, n: Leaf) -> Leaf:
    return derive("cociente", lambda hits, n: hits / n, hits, n)


def hits_interval(run: Run) -> Interval:
    """Wilson's, of one run."""
    return wilson_interval(*hits_and_total(run))


def accuracy_summary(study: Study) -> Summary:
    """Of the LSTM on the test part."""
    return summarize(ACCURACY, [share_of_hits(*hits_and_total(run)) for run in study.lstm])
