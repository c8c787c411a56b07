"""Values with the ends of their interval, traced."""

from experiments.records.base import Run
from report.findings import measures
from report.findings.base import Estimate
from report.ledger.ledger import Leaf, Number, Quantity, derive
from report.ledger.quantities import ACCURACY
from report.study.study import at

Interval = tuple[Number, Number]


def wilson_interval(hits: Leaf, n: Leaf) -> Interval:
    """Of the share of ``hits`` among ``n``."""
    return (
        ACCURACY(derive("Wilson, inferior", lambda k, n: measures.wilson_interval(k, n)[0], hits, n)),
        ACCURACY(derive("Wilson, superior", lambda k, n: measures.wilson_interval(k, n)[1], hits, n)),
    )


def estimate(run: Run, path: str, quantity: Quantity, value: str = "estimate") -> Estimate:
    """What a record estimates at ``path``, under the name ``value``, with its interval."""
    middle, low, high = (quantity(at(run, f"{path}.{name}")) for name in (value, "low", "high"))
    return Estimate(middle, low, high)
