"""Claims out of sentences; each module takes the numbers that it understands and leaves the rest.

``statements`` imports ``claims`` and ``figures`` from here, the rules the names of ``settings``.
"""

from report.audit.claims import Claim
from report.audit.extract import confusions, curves, figures, judgements, metrics, settings, sizes
from report.audit.sentences import Sentence

_EXTRACTORS = (
    judgements.judgements,
    confusions.confusions,
    curves.shapes,
    curves.trajectories,
    curves.rises,
    sizes.shares,
    settings.settings,
    sizes.sizes,
    metrics.metrics,  # after the others: a number that means something else is no metric
    figures.references,
)

# Without one of these there is nothing to claim; most sentences of a long document have none.
_TOPICS = (
    *("metric", "hit", "split", "epochs", "steps", "at_epoch", "at_step", "param", "lr_schedule", "stopping"),
    *("class", "cell", "overfit", "degree", "balance", "judgement", "praise", "look", "remembering"),
    *("labelled", "matrix", "of", "total", "wrong", "figure_ref", "tableref_ref", "error"),
)


def claims(s: Sentence) -> list[Claim]:
    """Everything that one sentence states."""
    if not s.has(*_TOPICS):
        return []
    return [claim for extract in _EXTRACTORS for claim in extract(s)]
