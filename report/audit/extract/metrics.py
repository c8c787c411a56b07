"""Metrics in a sentence: which one, on what, when, how much."""

from dataclasses import dataclass

from report.audit.claims import Claim, MetricClaim, Moment
from report.audit.extract import moments
from report.audit.lexicon import word_set
from report.audit.numerals import Numeral
from report.audit.sentences import Sentence, Token

# Words that may stand between a metric and what it was measured on, or between that and a value.
_LINKS = word_set(
    "de del en on of the la el for para sobre a ( ) / set conjunto data datos los las over at se su its"
    " - – as"
)
_TIGHT = word_set("( de del en on of the la el for para sobre in at : = , es is was fue un una con with")
_TWO = word_set("y and e , / - – vs")
_BEFORE = word_set("set data de final best mejor la / - –")
_COUNTED = frozenset({"epochs", "examples", "times", "steps", "step", "param", "rises", "epoch"})


@dataclass
class Slot:
    """A metric that waits for its value."""

    name: str
    split: str
    token: Token


def metrics(s: Sentence) -> list[Claim]:
    """All claims of the form «metric … value», or of a best epoch without its value."""
    if s.has("hedge", "others"):
        return []
    found = _difference(s) or _hits(s) or _Reader(s).read()
    return found or _best_epoch(s)


class _Reader:
    """Binds values to metrics from left to right."""

    def __init__(self, s: Sentence) -> None:
        self.s, self.tokens = s, s.tokens
        self.bound: set[int] = set()  # splits that belong to a metric, not to a number
        self.slots = {i: slots(s, i, self.bound) for i, t in enumerate(s.tokens) if t.kind == "metric"}
        self.pending: list[Slot] = []
        self.last: Slot | None = None

    def read(self) -> list[Claim]:
        claims: list[Claim] = []
        start, inherited = 0, Moment()
        for i, token in enumerate(self.tokens):
            if token.kind == "metric":
                self._meet(i)
            elif token.kind == "other":
                self.pending, self.last = [Slot("other", "", token)], None
            elif token.kind == "number" and i not in self.s.used and _is_value(self.tokens, i):
                slot = self._slot(i)
                if slot is None:
                    continue
                moment, inherited = moments.of_number(self.tokens, i, start, inherited, slot.token)
                start = i + 1
                claim = _claim(self.s, slot, self._split(slot, i), moment, i)
                if claim:
                    self.s.used.add(i)
                    claims.append(claim)
        return claims

    def _meet(self, index: int) -> None:
        if self.pending and self.pending[0].name == "gap":
            return  # «the gap between training and validation accuracy»
        together = self.pending and self.tokens[index].value != "gap"
        if together and _joined(self.tokens, self.pending[-1].token, index):
            self.pending += self.slots[index]
        else:
            self.pending = list(self.slots[index])
        self.last = self.pending[0]

    def _slot(self, index: int) -> Slot | None:
        """The metric whose value the number at ``index`` is."""
        if self.pending:
            if self.pending[0].name == "other" or self._lacks_values(index):
                return None
            return self.pending.pop(0)
        ahead = self._ahead(index)
        if ahead:
            self.last = ahead
            return ahead
        if self.last and (near := _near_split(self.tokens, index, self.bound)):
            return Slot(self.last.name, near, self.last.token)
        if self.last and self.last.name in ("precision", "recall", "f1") and _near_class(self.tokens, index):
            return self.last
        if not self.slots and _near_split(self.tokens, index, set()) == "test":
            token = self.tokens[index]
            return Slot("accuracy", "test", token) if _plausible(token.value) else None
        return None

    def _lacks_values(self, index: int) -> bool:
        """«train and validation accuracy differ by 0.1»: one number cannot be both."""
        later = [i for i in range(index, len(self.tokens)) if self.tokens[i].kind == "number"]
        return len(self.pending) > 1 and len(later) == 1

    def _ahead(self, index: int) -> Slot | None:
        """«reached 0.88 validation accuracy»: the value stands first."""
        tokens, after = self.tokens, index + 1
        while after < len(tokens) and (
            tokens[after].word.lower() in _LINKS or tokens[after].kind in ("split", "best", "final")
        ):
            after += 1
        if after >= len(tokens) or tokens[after].kind != "metric":
            return None
        beyond = tokens[after + 1 : after + 4]
        has_own = any(t.kind == "number" for t in beyond) and any(t.word in (":", "=") for t in beyond)
        return None if has_own else self.slots[after][0]

    def _split(self, slot: Slot, index: int) -> str:
        free = {str(t.value) for i, t in enumerate(self.tokens) if t.kind == "split" and i not in self.bound}
        return (
            slot.split
            or _near_split(self.tokens, index, self.bound)
            or (free.pop() if len(free) == 1 else "")
            or str(self.s.context.get("split", ""))
        )


def slots(s: Sentence, index: int, bound: set[int]) -> list[Slot]:
    """The metric at ``index`` on each part of the data that it is said of."""
    token = s.tokens[index]
    if isinstance(token.value, tuple):
        return [Slot(token.value[0], token.value[1], token)]
    name = str(token.value)
    if name == "gap":
        return [Slot(name, "", token)]
    found = _splits_before(s.tokens, index) or _splits_after(s.tokens, index)
    # «accuracy: 0.97 train, 0.88 val»: that split belongs to the number that follows it
    bound |= set(found)
    return [Slot(name, str(s.tokens[i].value), token) for i in found] or [Slot(name, "", token)]


def _splits_before(tokens: list[Token], index: int) -> list[int]:
    """«train and validation accuracy», «D loss»."""
    found: list[int] = []
    for i in range(index - 1, max(-1, index - 7), -1):
        word = tokens[i].word.lower()
        if tokens[i].kind == "split":
            found.append(i)
        elif not (
            word in _TWO - {","} if found else word in _BEFORE - {"de", "la"} or tokens[i].kind == "final"
        ):
            break
    return found[::-1]


def _splits_after(tokens: list[Token], index: int) -> list[int]:
    """«exactitud de entrenamiento y de validación», «accuracy (train)»."""
    found: list[int] = []
    links = 0
    for i in range(index + 1, len(tokens)):
        word = tokens[i].word.lower()
        if tokens[i].kind == "split":
            found.append(i)
            links = 0
        elif (
            (found and word in _TWO - {","})
            or word in _LINKS
            or tokens[i].kind in ("final", "best", "initial")
        ):
            links += 1
        else:
            break
        if links > 5:
            break
    return found


def _difference(s: Sentence) -> list[Claim]:
    """«la red rinde 0.08 más en entrenamiento que en validación»: a gap by any other name."""
    named = [t.value for t in s.tokens if t.kind == "metric"]
    values = [i for i in s.numbers() if _is_value(s.tokens, i)]
    if len(values) != 1 or "gap" in named or any(value != "accuracy" for value in named):
        return []
    if (
        s.splits() != {"train", "val"}
        or not (s.has("more", "between") or "−" in s.text)
        or s.has("other", "class")
    ):
        return []
    (index,) = values
    moment, _ = moments.of_number(s.tokens, index, 0, Moment())
    claim = _claim(s, Slot("gap", "", s.tokens[index]), "", moment, index)
    s.used.add(index)
    return [claim] if claim else []


def _hits(s: Sentence) -> list[Claim]:
    """«acierta el 86 % en la prueba»: an accuracy that is not called so."""
    values = [i for i in s.numbers() if _is_value(s.tokens, i)]
    if len(values) != 1 or not s.has("hit") or s.has("metric", "other", "class", "error", "wrong"):
        return []
    (index,) = values
    if len(s.splits()) != 1 or not _plausible(s.tokens[index].value):
        return []
    (split,) = s.splits()
    moment, _ = moments.of_number(s.tokens, index, 0, Moment())
    claim = _claim(s, Slot("accuracy", split, s.tokens[index]), split, moment, index)
    s.used.add(index)
    return [claim] if claim else []


def _claim(s: Sentence, slot: Slot, split: str, moment: Moment, index: int) -> MetricClaim | None:
    token = s.tokens[index]
    label = _label(s, index)
    is_threshold = token.value.bound or (index > 0 and s.tokens[index - 1].kind == "from")
    is_movement = s.kind == "cell" and s.has("up", "down", "better", "worse")  # its size, not the value
    if is_threshold or is_movement or _is_conditional(s.tokens, index) or (slot.name == "accuracy" and label):
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
        token.value,
        label,
        seeds[0] if len(seeds) == 1 else s.context.get("seed"),
        _average(s, index) if slot.name in ("precision", "recall", "f1") else "",
        degree,
    )


def _is_conditional(tokens: list[Token], index: int) -> bool:
    """«0.895 con C = 1»: the value of one of several trials."""
    following = tokens[index + 1 : index + 4]
    words = [token.word.lower() for token in following]
    return len(words) == 3 and words[0] in ("con", "with", "for", "para") and words[2] == "="


def _label(s: Sentence, index: int) -> str:
    classes = [(abs(t.start - s.tokens[index].start), str(t.value)) for t in s.tokens if t.kind == "class"]
    return min(classes)[1] if classes else str(s.context.get("label", ""))


def _average(s: Sentence, index: int) -> str:
    """Over the classes, as the nearest word that says so has it."""
    found = [(abs(t.start - s.tokens[index].start), str(t.value)) for t in s.tokens if t.kind == "average"]
    return min(found)[1] if found else ""


def _joined(tokens: list[Token], first: Token, index: int) -> bool:
    """Whether two metrics are named together («precision and recall are …»)."""
    start = next(i for i, token in enumerate(tokens) if token is first)
    return all(
        t.word.lower() in _TWO | _LINKS or t.kind in ("split", "class") for t in tokens[start + 1 : index]
    )


def _is_value(tokens: list[Token], index: int) -> bool:
    numeral: Numeral = tokens[index].value
    following = tokens[index + 1] if index + 1 < len(tokens) else None
    if following and following.kind in _COUNTED and following.start - tokens[index].end < 3:
        return False
    return bool(numeral.decimals > 0 or numeral.percent or abs(numeral.real) <= 1)


def _plausible(numeral: Numeral) -> bool:
    """Whether a number that is not called anything can only be an accuracy."""
    value = numeral.interval(rate=True).middle
    return (numeral.percent or numeral.decimals >= 2) and 0.5 <= value <= 1


def _near_split(tokens: list[Token], index: int, bound: set[int]) -> str:
    """The part of the data named right after the number, or else right before it."""
    after = index + 1
    while after < min(len(tokens), index + 5) and tokens[after].word.lower() in _TIGHT - {":", "=", ","}:
        after += 1
    if after < len(tokens) and after not in bound and tokens[after].kind == "split":
        following = tokens[after + 1] if after + 1 < len(tokens) else None
        if not (following and (following.kind == "number" or following.word in (":", "="))):
            return str(tokens[after].value)
    before = index - 1
    while before > max(0, index - 4) and tokens[before].word.lower() in _TIGHT:
        before -= 1
    if before >= 0 and before not in bound and tokens[before].kind == "split":
        return str(tokens[before].value)
    return ""


def _near_class(tokens: list[Token], index: int) -> bool:
    return any(token.kind == "class" for token in tokens[max(0, index - 4) : index + 5])


def _best_epoch(s: Sentence) -> list[Claim]:
    """«la mejor val_accuracy se da en la época 5», «mejor época: 3»: an epoch without its value."""
    best, epoch = s.first("best"), s.first("at_epoch")
    if best is None or epoch is None or s.has("negation", "seed", "at_seed", "other"):
        return []
    found = [slot for i, t in enumerate(s.tokens) if t.kind == "metric" for slot in slots(s, i, set())]
    slot = found[0] if len(found) == 1 else None
    if slot is None and (found or s.has("split")):
        return []
    split = ""
    if slot:
        split = slot.split or (s.splits().pop() if len(s.splits()) == 1 else "")
        if not split:
            return []
    start, end = min(best.start, epoch.start), max(best.end, epoch.end)
    moment = Moment(at=int(epoch.value), best=best.value)
    return [MetricClaim(s.place, s.quote(start, end), s.part, slot.name if slot else "", split, moment, None)]
