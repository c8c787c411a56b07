"""Metrics in a sentence: which one, on what, when, how much."""

import re
from dataclasses import dataclass, replace

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
_PAIR = _TWO - {","}
_BEFORE = word_set("set data final best mejor / - –")
_COUNTED = frozenset({"epochs", "examples", "times", "steps", "step", "param", "rises", "epoch"})
_BASIS = re.compile(r"\((?:by|según|por|based on|basad[oa] en|via)\s*$", re.I)
_CONTRAST = re.compile(
    r"\b(?:while|whereas|instead of|compared|versus|vs|mientras|en vez de|frente a|en comparaci[oó]n)\b", re.I
)
_NEARS = re.compile(
    r"\b(?:approach\w*|acerc\w+|aproxim\w+ (?:a|al)|tiend\w* a|tends? to)\W(?:\S+\s){0,2}$", re.I
)
_CHANGE = re.compile(
    r"\W{0,3}(?:[^\W\d]+\s){0,2}(?:drop|gain|improvement|increase|decrease|mejora|ca[ií]da|aumento|descenso|"
    r"puntos|points)\b",
    re.I,
)  # «a 5 % absolute drop»
_OF_CLASS = ("precision", "recall", "f1")


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
    return _unnamed(s) or _Reader(s).read() or _best_epoch(s)


def _single(claims: list[Claim]) -> list[Claim]:
    """Without the values of one quantity that a sentence sets against each other."""
    keys = [
        replace(claim, value=None, quote="") if isinstance(claim, MetricClaim) else claim for claim in claims
    ]
    return [claim for claim, key in zip(claims, keys, strict=True) if keys.count(key) == 1]


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
        if not _CONTRAST.search(self.s.text):
            return claims
        gaps: list[Claim] = [
            claim for claim in claims if isinstance(claim, MetricClaim) and claim.name == "gap"
        ]
        return _single(gaps or claims)  # «a gap of 0.16 in F1 versus 0.41»

    def _meet(self, index: int) -> None:
        after = next((i for i in range(index, len(self.tokens)) if self.tokens[i].kind == "number"), index)
        if self.pending and self.pending[0].name == "gap" and self.tokens[after - 1].word != "(":
            return  # «the gap between training and validation accuracy», but «… accuracy (0.97)»
        together = self.pending and self.tokens[index].value != "gap" and self._joined(index)
        self.pending = [*(self.pending if together else ()), *self.slots[index]]
        self.last = self.pending[0]

    def _joined(self, index: int) -> bool:
        """Whether the metric at ``index`` is named together with the one before («precision and recall»)."""
        start = next(i for i, token in enumerate(self.tokens) if token is self.pending[-1].token)
        between = self.tokens[start + 1 : index]
        return all(t.word.lower() in _TWO | _LINKS or t.kind in ("split", "class") for t in between)

    def _slot(self, index: int) -> Slot | None:
        """The metric whose value the number at ``index`` is."""
        if self.pending:
            later = sum(token.kind == "number" for token in self.tokens[index:])
            if self.pending[0].name == "other" or (len(self.pending) > 1 and later == 1):
                return None  # «train and validation accuracy differ by 0.1»: one number cannot be both
            return self.pending.pop(0)
        ahead = self._ahead(index)
        if ahead:
            self.last = ahead
            return ahead
        if self.last and (near := _near_split(self.tokens, index, self.bound)):
            return Slot(self.last.name, near, self.last.token)
        around = self.tokens[max(0, index - 4) : index + 5]
        if self.last and self.last.name in _OF_CLASS and any(token.kind == "class" for token in around):
            return self.last
        if not self.slots and _near_split(self.tokens, index, set()) == "test":
            token = self.tokens[index]
            return Slot("accuracy", "test", token) if _plausible(token.value) else None
        return None

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
        near = slot.split or _near_split(self.tokens, index, self.bound)
        return near or (free.pop() if len(free) == 1 else "") or str(self.s.context.get("split", ""))


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
        elif word not in (_PAIR if found else _BEFORE) and (found or tokens[i].kind != "final"):
            break
    return found[::-1]


def _splits_after(tokens: list[Token], index: int) -> list[int]:
    """«exactitud de entrenamiento y de validación», «accuracy (train)»."""
    found: list[int] = []
    links = 0
    for i in range(index + 1, len(tokens)):
        word, kind = tokens[i].word.lower(), tokens[i].kind
        if kind == "split":
            found.append(i)
            links = -1
        elif (
            not (found and word in _PAIR) and word not in _LINKS and kind not in ("final", "best", "initial")
        ):
            break
        links += 1
        if links > 5:
            break
    return found


def _unnamed(s: Sentence) -> list[Claim]:
    """A gap or an accuracy that is not called so: «la red rinde 0.08 más en entrenamiento que en
    validación», «acierta el 86 % en la prueba»."""
    values = [i for i in s.numbers() if _is_value(s.tokens, i)]
    named = {t.value for t in s.tokens if t.kind == "metric"}
    splits = s.splits()
    if len(values) != 1 or s.has("other", "class"):
        return []
    (index,) = values
    hits = s.has("hit") and not s.has("metric", "error", "wrong") and _plausible(s.tokens[index].value)
    compares = s.has("more", "between") or "−" in s.text
    if splits == {"train", "val"} and compares and named <= {"accuracy"}:
        slot, split = Slot("gap", "", s.tokens[index]), ""
    elif len(splits) == 1 and hits:
        (split,) = splits
        slot = Slot("accuracy", split, s.tokens[index])
    else:
        return []
    claim = _claim(s, slot, split, moments.of_number(s.tokens, index, 0, Moment())[0], index)
    s.used.add(index)
    return [claim] if claim else []


def _claim(s: Sentence, slot: Slot, split: str, moment: Moment, index: int) -> MetricClaim | None:
    token = s.tokens[index]
    label = _nearest(s, index, "class") or str(s.context.get("label", ""))
    is_threshold = (token.value.bound and s.has("aim", "negation", "all")) or (
        index > 0 and s.tokens[index - 1].kind == "from"
    )
    is_threshold |= any(
        t.kind == "aim" for t in s.tokens[max(0, index - 5) : index + 4]
    )  # «a target of 80 %»
    in_brackets = index > 1 and s.tokens[index - 1].word == "(" and s.tokens[index - 2].kind == "split"
    is_threshold |= slot.name == "gap" and in_brackets  # «the gap between training (0.97) and …»
    is_threshold |= bool(_CHANGE.match(s.text[token.end :]))
    is_threshold |= bool(_NEARS.search(s.text[: token.start]))
    is_threshold |= token.word.startswith("+") and slot.name != "gap"  # what was gained
    is_threshold |= bool(_BASIS.search(s.text[: slot.token.start]))  # «umbral (según F1): 0.4»
    is_movement = s.kind == "cell" and s.has("up", "down", "better", "worse")  # its size, not the value
    if is_threshold or is_movement or _is_conditional(s.tokens, index) or (slot.name == "accuracy" and label):
        return None
    degrees = [str(t.value) for t in s.tokens if t.kind == "degree"] if s.has("overfit") else []
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
        _nearest(s, index, "average") if slot.name in _OF_CLASS else "",
        degrees[0] if slot.name == "gap" and degrees else "",
    )


def _is_conditional(tokens: list[Token], index: int) -> bool:
    """«0.895 con C = 1»: the value of one of several trials."""
    words = [token.word.lower() for token in tokens[index + 1 : index + 4]]
    return len(words) == 3 and words[0] in ("con", "with", "for", "para") and words[2] == "="


def _nearest(s: Sentence, index: int, kind: str) -> str:
    """What the nearest word of a kind means."""
    found = [(abs(t.start - s.tokens[index].start), str(t.value)) for t in s.tokens if t.kind == kind]
    return min(found)[1] if found else ""


def _is_value(tokens: list[Token], index: int) -> bool:
    numeral: Numeral = tokens[index].value
    following = tokens[index + 1] if index + 1 < len(tokens) else None
    if following and following.kind in _COUNTED and following.start - tokens[index].end < 3:
        return False
    return bool(numeral.decimals > 0 or numeral.percent or abs(numeral.real) <= 1)


def _plausible(numeral: Numeral) -> bool:
    """Whether a number that is not called anything can only be an accuracy."""
    value = numeral.real / (100 if numeral.percent else 1)
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


def _best_epoch(s: Sentence) -> list[Claim]:
    """«la mejor val_accuracy se da en la época 5», «mejor época: 3»: an epoch without its value."""
    best, epoch = s.first("best"), s.first("at_epoch")
    if best is None or epoch is None or s.has("negation", "seed", "at_seed", "other"):
        return []
    found = [slot for i, t in enumerate(s.tokens) if t.kind == "metric" for slot in slots(s, i, set())]
    slot = found[0] if len(found) == 1 else None
    split = (slot.split or (s.splits().pop() if len(s.splits()) == 1 else "")) if slot else ""
    if (slot is None and (found or s.has("split"))) or (slot and not split):
        return []
    quote = s.quote(min(best.start, epoch.start), max(best.end, epoch.end))
    moment = Moment(at=int(epoch.value), best=best.value)
    return [MetricClaim(s.place, quote, s.part, slot.name if slot else "", split, moment, None)]
