"""Claims out of sentences; each module takes the numbers that it understands and leaves the rest.

``statements`` imports ``claims`` and ``figures`` from here, the rules the names of ``settings``.
"""

from report.audit.claims import Claim
from report.audit.extract import confusions, curves, figures, judgements, metrics, settings, sizes
from report.audit.lexicon import numbered
from report.audit.sentences import Sentence, is_count

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


def _named(s: Sentence) -> set[int]:
    """The numbers of names: «fase 2», «run 3», «CNN 1D»."""
    found = set()
    for i, token in enumerate(s.tokens):
        if token.kind == "number" and is_count(token):
            before, after = (
                s.tokens[i - 1] if i else token,
                s.tokens[i + 1] if i + 1 < len(s.tokens) else token,
            )
            is_marked = token.start - before.end == 1 and before.word.lower() in numbered()
            if is_marked or (after.word == "d" and after.start == token.end):
                found.add(i)
    return found


def claims(s: Sentence) -> list[Claim]:
    """Everything that one sentence states."""
    if not s.has(*_TOPICS):
        return []
    s.used |= _named(s)
    return [claim for extract in _EXTRACTORS for claim in extract(s)]
