"""When a value was measured, as the words around it tell."""

from report.audit.claims import Moment
from report.audit.sentences import Token

_KINDS = frozenset({"at_epoch", "at_step", "final", "best", "selected", "initial", "stable"})


def of_number(
    tokens: list[Token], index: int, start: int, inherited: Moment, metric: Token | None = None
) -> tuple[Moment, Moment]:
    """When the number at ``index`` was measured, and what later numbers of the sentence inherit.

    ``start`` is where the words that belong to this number begin; ``metric`` is what it measures.
    """
    before = [t for t in tokens[start:index] if t.kind in _KINDS]
    after: list[Token] = []
    for token in tokens[index + 1 :]:
        if (token.kind in ("number", "metric", "other") and token is not metric) or token.word == ";":
            break
        if token.kind in _KINDS:
            after.append(token)
    own = read(before)
    if own.at is None:
        late = read([t for t in after if t.kind.startswith("at_")])
        closing = read([t for t in after if t.kind in ("final", "selected")])
        if late.at is not None and not own.final:
            own = Moment(late.at, False, own.best, own.selected, late.unit)
        elif own == Moment() and inherited == Moment():
            own = closing
        if own == Moment():
            own = inherited
    return own, Moment(own.at if before else None, own.final, "", own.selected, own.unit)


def read(tokens: list[Token]) -> Moment:
    """The moment that all ``tokens`` together mean."""
    at, final, best, selected, unit = None, False, "", False, "epoch"
    for token in tokens:
        match token.kind:
            case "at_epoch" | "at_step":
                at, unit = int(token.value), "epoch" if token.kind == "at_epoch" else "step"
            case "final":
                final = True
            case "best":
                best = str(token.value) if best in ("", "any") else best
            case "selected":
                selected = True
            case "initial":
                at = 1 if at is None else at
            case "stable":  # «improved initially and stabilised around 0.91»
                at = None if at == 1 else at
    return Moment(at, final and at is None and not best, best, selected, unit)  # type: ignore[arg-type]
