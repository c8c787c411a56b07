"""Metrics in a sentence: which one, on what, when, how much."""

import itertools
from dataclasses import dataclass

from report.audit.claims import Claim, MetricClaim, Moment, TrajectoryClaim
from report.audit.numerals import Numeral
from report.audit.sentences import Sentence, Token

# Words that may stand between a metric and what it was measured on.
_LINKS = {
    "de",
    "del",
    "en",
    "on",
    "of",
    "the",
    "la",
    "el",
    "for",
    "para",
    "sobre",
    "a",
    "(",
    "set",
    "conjunto",
    "data",
    "datos",
    "los",
    "las",
    "over",
    "at",
    "se",
    "su",
    "its",
    "-",
    "–",
    "as",
}
_TWO = {"y", "and", "e", ",", "/", "-", "–", "vs"}
_TIGHT = {
    "(",
    "de",
    "del",
    "en",
    "on",
    "of",
    "the",
    "la",
    "el",
    "for",
    "para",
    "sobre",
    "in",
    "at",
    ":",
    "=",
    ",",
    "es",
    "is",
    "was",
    "fue",
    "un",
    "una",
    "con",
    "with",
}
_VALUE_KINDS = {"epochs", "examples", "times", "steps", "step", "param", "rises", "epoch"}


@dataclass
class _Slot:
    name: str
    split: str
    token: Token


def trajectories(s: Sentence, used: set[int]) -> list[Claim]:
    """«from A to B» of a metric; the numbers are used up."""
    claims: list[Claim] = []
    tokens = s.tokens
    numbers = [i for i, token in enumerate(tokens) if token.kind == "number" and i not in used]
    for i, j in itertools.pairwise(numbers):
        between = [token.word.lower() for token in tokens[i + 1 : j]]
        before = [token.word.lower() for token in tokens[max(0, i - 2) : i]]
        if between not in (["a"], ["hasta"], ["to"], ["a", "un"], ["hasta", "un"]) or not {
            "de",
            "desde",
            "from",
        } & set(before):
            continue
        used |= {i, j}
        metric = next((t for t in reversed(tokens[:i]) if t.kind in ("metric", "other")), None)
        if metric is None:  # «from A to B: so falls the loss»
            metric = next((t for t in tokens[j:] if t.kind in ("metric", "other")), None)
        if metric is None or metric.kind == "other":
            continue
        slots = _slots(s, tokens.index(metric), set())
        moves = {t.kind for t in tokens if t.kind in ("up", "down")}
        if len(slots) == 1 and slots[0].split and not s.has("hedge", "negation"):
            claims.append(
                TrajectoryClaim(
                    s.place,
                    s.quote(tokens[i].start, tokens[j].end),
                    s.part,
                    slots[0].name,
                    slots[0].split,
                    moves.pop() if len(moves) == 1 else "",  # type: ignore[arg-type]
                    tokens[i].value,
                    tokens[j].value,
                )
            )
    return claims


def metrics(s: Sentence, used: set[int]) -> list[Claim]:
    """All claims of the form «metric … value»; numbers in ``used`` mean something else."""
    tokens = s.tokens
    if any(token.kind == "hedge" for token in tokens):
        return []
    claims: list[Claim] = []
    bound: set[int] = set()
    slots_of = {i: _slots(s, i, bound) for i, t in enumerate(tokens) if t.kind == "metric"}
    pending: list[_Slot] = []
    last: _Slot | None = None
    moment_start = 0
    inherited = Moment()
    for i, token in enumerate(tokens):
        if token.kind == "metric":
            if pending and pending[0].name == "gap":
                continue  # «the gap between training and validation accuracy»
            if pending and token.value != "gap" and _joined(tokens, pending[-1].token, i):
                pending += slots_of[i]
            else:
                pending = list(slots_of[i])
            last = pending[0]
        elif token.kind == "other":
            pending, last = [], None
            pending = [_Slot("other", "", token)]
        elif token.kind == "number" and i not in used and _is_value(tokens, i):
            slot: _Slot | None = None
            ahead = None if pending else _metric_ahead(tokens, i, slots_of)
            if pending:
                slot = pending.pop(0)
                if slot.name == "other":
                    pending = [slot]
                    continue
            elif ahead:
                slot = last = ahead
            elif last and (near := _near_split(tokens, i, bound)):
                slot = _Slot(last.name, near, last.token)
            elif last and last.name in ("precision", "recall", "f1") and _near_class(tokens, i):
                slot = last
            elif not slots_of and _near_split(tokens, i, set()) == "test" and _plausible(token.value):
                slot = _Slot("accuracy", "test", token)
            if slot is None:
                continue
            split = (
                slot.split
                or _near_split(tokens, i, bound)
                or _only_split(tokens, bound)
                or s.context.get("split", "")
            )
            moment, inherited = _moment(tokens, i, moment_start, inherited)
            moment_start = i + 1
            claim = _claim(s, slot, split, moment, i)
            if claim:
                claims.append(claim)
    if not claims:
        claims += _moment_only(s, slots_of)
    return claims


def _claim(s: Sentence, slot: _Slot, split: str, moment: Moment, index: int) -> MetricClaim | None:
    token = s.tokens[index]
    numeral: Numeral = token.value
    label = _label(s, index)
    if numeral.bound or (slot.name == "accuracy" and label):
        return None
    degree = ""
    if slot.name == "gap" and s.has("overfit"):
        degree = next((str(t.value) for t in s.tokens if t.kind == "degree"), "")
    seeds = [t.value for t in s.tokens if t.kind == "at_seed"]
    return MetricClaim(
        s.place,
        s.quote(min(slot.token.start, token.start), token.end),
        s.part,
        slot.name,
        "" if slot.name == "gap" else split,
        moment,
        numeral,
        label,
        seeds[0] if len(seeds) == 1 else s.context.get("seed"),
        degree,
    )


def _slots(s: Sentence, index: int, bound: set[int]) -> list[_Slot]:
    """The metric at ``index`` on each part of the data that it is said of."""
    tokens, token = s.tokens, s.tokens[index]
    if isinstance(token.value, tuple):
        return [_Slot(token.value[0], token.value[1], token)]
    name = str(token.value)
    before = _splits(tokens, index - 1, -1)
    after = [] if before else _splits(tokens, index + 1, 1)
    if name == "gap":
        return [_Slot(name, "", token)]
    found = list(reversed(before)) or after
    # «accuracy: 0.97 train, 0.88 val»: that split belongs to the number that follows it
    bound |= set(found)
    return [_Slot(name, str(tokens[i].value), token) for i in found] or [_Slot(name, "", token)]


def _splits(tokens: list[Token], index: int, step: int) -> list[int]:
    found: list[int] = []
    links = 0
    while 0 <= index < len(tokens):
        token = tokens[index]
        word = token.word.lower()
        if token.kind == "split":
            found.append(index)
            links = 0
        elif found and word in _TWO and word != ",":
            links += 1
        elif (
            step < 0
            and not found
            and word in ("set", "data", "de", "final", "best", "mejor", "la", "-", "–", "la", "final")
        ):
            links += 1
            if word in ("de", "la"):
                break
        elif step > 0 and (word in _LINKS or token.kind in ("final", "best", "initial")):
            links += 1
        else:
            break
        if links > 5:
            break
        index += step
    return found


def _joined(tokens: list[Token], first: Token, index: int) -> bool:
    """Whether two metrics are named together («precision and recall are …»)."""
    start = next(i for i, token in enumerate(tokens) if token is first)
    return all(
        t.word.lower() in _TWO | _LINKS or t.kind in ("split", "class") for t in tokens[start + 1 : index]
    )


def _is_value(tokens: list[Token], index: int) -> bool:
    numeral: Numeral = tokens[index].value
    following = tokens[index + 1] if index + 1 < len(tokens) else None
    if following and following.kind in _VALUE_KINDS and following.start - tokens[index].end < 3:
        return False
    return bool(numeral.decimals > 0 or numeral.percent or abs(numeral.real) <= 1)


def _plausible(numeral: Numeral) -> bool:
    """Whether a bare number beside «test» can only be an accuracy."""
    value = numeral.interval(rate=True).middle
    return (numeral.percent or numeral.decimals >= 2) and 0.5 <= value <= 1


def _near_split(tokens: list[Token], index: int, bound: set[int]) -> str:
    after = index + 1
    while (
        after < len(tokens) and tokens[after].word.lower() in _TIGHT - {":", "=", ","} and after - index < 5
    ):
        after += 1
    if after < len(tokens) and after not in bound and tokens[after].kind == "split":
        beyond = after + 1
        following = tokens[beyond] if beyond < len(tokens) else None
        if not (following and (following.kind == "number" or following.word in (":", "="))):
            return str(tokens[after].value)
    before = index - 1
    while before >= 0 and tokens[before].word.lower() in _TIGHT | {"≈", "~"} and index - before < 4:
        before -= 1
    if before >= 0 and before not in bound and tokens[before].kind == "split":
        return str(tokens[before].value)
    return ""


def _near_class(tokens: list[Token], index: int) -> bool:
    return any(token.kind == "class" for token in tokens[max(0, index - 4) : index + 5])


def _only_split(tokens: list[Token], bound: set[int]) -> str:
    free = {str(t.value) for i, t in enumerate(tokens) if t.kind == "split" and i not in bound}
    return free.pop() if len(free) == 1 else ""


def _metric_ahead(tokens: list[Token], index: int, slots: dict[int, list[_Slot]]) -> _Slot | None:
    """«reached 0.88 validation accuracy»: the value stands first."""
    after = index + 1
    while after < len(tokens) and (
        tokens[after].word.lower() in _LINKS or tokens[after].kind in ("split", "best", "final")
    ):
        after += 1
    if after >= len(tokens) or tokens[after].kind != "metric":
        return None
    beyond = tokens[after + 1 : after + 4]
    if any(token.kind == "number" for token in beyond) and any(token.word in (":", "=") for token in beyond):
        return None
    return slots[after][0]


def _moment(tokens: list[Token], index: int, start: int, inherited: Moment) -> tuple[Moment, Moment]:
    """When the number at ``index`` was measured, and what later numbers of the sentence inherit."""
    before = [t for t in tokens[start:index] if t.kind in _MOMENTS]
    after: list[Token] = []
    for token in tokens[index + 1 :]:
        if token.kind in ("number", "metric", "other") or token.word == ";":
            break
        if token.kind in _MOMENTS:
            after.append(token)
    own = _read_moment(before)
    if own.at is None:
        late = _read_moment([t for t in after if t.kind.startswith("at_")])
        closing = _read_moment([t for t in after if t.kind in ("final", "selected")])
        if late.at is not None and not own.final:
            own = Moment(late.at, False, own.best, own.selected, late.unit)
        elif own == Moment() and inherited == Moment():
            own = closing
        if own == Moment():
            own = inherited
    passed_on = Moment(own.at if before else None, own.final, "", own.selected, own.unit)
    return own, passed_on


_MOMENTS = {"at_epoch", "at_step", "final", "best", "selected", "initial"}


def _read_moment(tokens: list[Token]) -> Moment:
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
    return Moment(at, final and at is None and not best, best, selected, unit)  # type: ignore[arg-type]


def _label(s: Sentence, index: int) -> str:
    classes = [(abs(t.start - s.tokens[index].start), str(t.value)) for t in s.tokens if t.kind == "class"]
    return min(classes)[1] if classes else str(s.context.get("label", ""))


def _moment_only(s: Sentence, slots: dict[int, list[_Slot]]) -> list[Claim]:
    """«la mejor val_accuracy se da en la época 5», «mejor época: 3»: an epoch without its value."""
    best = next((t for t in s.tokens if t.kind == "best"), None)
    epoch = next((t for t in s.tokens if t.kind == "at_epoch"), None)
    if best is None or epoch is None or s.has("negation", "seed", "at_seed", "other"):
        return []
    found = [slot for group in slots.values() for slot in group]
    slot = found[0] if len(found) == 1 else None
    if slot is None and (found or s.has("split")):
        return []
    split = slot.split or _only_split(s.tokens, set()) if slot else ""
    if slot and not split:
        return []
    start, end = min(best.start, epoch.start), max(best.end, epoch.end)
    moment = Moment(at=int(epoch.value), best=best.value)
    return [MetricClaim(s.place, s.quote(start, end), s.part, slot.name if slot else "", split, moment, None)]
