"""Claims out of sentences; each module takes the numbers that it understands and leaves the rest."""

from report.audit.claims import Claim
from report.audit.extract import curves, figures, judgements, metrics, settings, sizes
from report.audit.sentences import Sentence

_EXTRACTORS = (
    judgements.judgements,
    curves.shapes,
    curves.trajectories,
    curves.rises,
    settings.settings,
    sizes.sizes,
    metrics.metrics,  # after the others: a number that means something else is no metric
    figures.references,
)


def claims(s: Sentence) -> list[Claim]:
    """Everything that one sentence states."""
    return [claim for extract in _EXTRACTORS for claim in extract(s)] if s.tokens else []
