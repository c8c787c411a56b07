"""Judgements in words: overfitting, commonest error, bias, balance of the networks, opinions."""

import re

from report.audit.claims import Claim, VerdictClaim
from report.audit.sentences import Sentence, Token

MAX_WORDS = 8  # between «sobreajuste» and its degree
_NOT_OF_ALL = ("passing", "other", "more", "best", "bias", "versus", "epochs", "at_epoch", "aim")
_OUTCOMES = ("hit", "outcome")


def judgements(s: Sentence) -> list[Claim]:
    """All judgements of a sentence that neither asks, nor denies, nor supposes."""
    if s.has("hedge") or "¿" in s.text or s.text.rstrip().endswith("?"):
        return []
    return [*_degree(s), *_common(s), *_bias(s), *_balance(s), *_opinions(s)]


def _degree(s: Sentence) -> list[Claim]:
    overfit, degree = s.first("overfit"), s.first("degree")
    if degree is None or s.has("number"):
        return []
    if len({t.value for t in s.tokens if t.kind == "degree"}) > 1:
        return []  # «de leve a severo» is no degree
    if overfit is None and not (degree.value == "NONE" and " " in degree.word):
        return []
    if s.denied(degree) or (overfit and _apart(s, overfit.start, degree.start)):
        return []
    start = min(degree.start, overfit.start) if overfit else degree.start
    return [VerdictClaim(s.place, s.quote(start, degree.end), s.part, "degree", str(degree.value))]


def _apart(s: Sentence, a: int, b: int) -> bool:
    """«overfits, unsurprisingly given the small number of samples»: the degree is of something else."""
    between = s.text[min(a, b) : max(a, b)]
    return (len(between) > 25 and "," in between) or len(between.split()) > MAX_WORDS


def _common(s: Sentence) -> list[Claim]:
    cells = {t.value for t in s.tokens if t.kind == "cell"}
    common = s.first("common") or (_more(s) if {"fn", "fp"} <= cells else None)
    times = s.first("times")
    if s.has("weight") or (times and any(t.kind == "more" and 0 < t.start - times.end < 3 for t in s.tokens)):
        return []  # «pesan 4 veces más»: what each of them costs, not how many there are
    if common is None or not s.has("error", "cell", "labelled") or s.denied(common):
        return []
    cell = next((str(t.value) for t in s.tokens if t.kind == "cell"), "")
    classes = [(i, str(t.value)) for i, t in enumerate(s.tokens) if t.kind == "class"]
    if not cell and len(classes) >= 2 and classes[0][1] != classes[1][1]:
        first = classes[0][0]
        before = {t.word.lower() for t in s.tokens[max(0, first - 2) : first]}
        actual = classes[1][1] if before & {"como", "as", "por", "for"} else classes[0][1]
        cell = "fn" if actual == "positive" else "fp"
    if cell not in ("fn", "fp"):
        return []
    numbers = [] if s.has("seed") else s.counts()  # of all seeds together
    s.used |= set(numbers)
    value = s.tokens[numbers[0]].value if numbers else None
    said = sorted({common.start, common.end, *(s.tokens[i].end for i in numbers[:1])})
    return [VerdictClaim(s.place, s.quote(said[0], said[-1]), s.part, "common", cell, value)]


def _more(s: Sentence) -> Token | None:
    """«hay más falsos positivos que falsos negativos», «los falsos positivos superan a los …»."""
    first, last = (i for i, t in enumerate(s.tokens) if t.kind == "cell") if _two_cells(s) else (0, 0)
    return next((t for t in s.tokens[max(0, first - 3) : last] if t.kind == "more"), None)


def _two_cells(s: Sentence) -> bool:
    return sum(t.kind == "cell" for t in s.tokens) == 2


def _bias(s: Sentence) -> list[Claim]:
    bias = s.first("bias") or s.first("toward")
    if bias is None or s.has("at_seed", "seed") or s.denied(bias):
        return []
    if any(token.kind == "others" and token.start < bias.start for token in s.tokens):
        return []  # another model leans
    classes = [t for t in s.tokens if t.kind == "class" and t.start > bias.start]
    read_as = [t for t in classes if re.search(r"\b(?:como|as|por)\s+\W*$", s.text[: t.start], re.I)]
    leads = any(re.search(r"\b(?:hacia|towards?)\b", s.text[bias.start : t.start], re.I) for t in classes[:1])
    # «a leer negativas como positivas»: toward the latter; «hacia la negativa (duda en leer como positiva)»
    toward = next(iter((not leads and read_as) or classes), None)
    if toward is None or (bias.kind == "toward" and len(s.text[bias.end : toward.start].split()) > 3):
        return []
    return [VerdictClaim(s.place, s.quote(bias.start, toward.end), s.part, "bias", str(toward.value))]


def _balance(s: Sentence) -> list[Claim]:
    """Of the whole training: «menor probabilidad de colapso» compares, «colapsa en las épocas 30-40» passes,
    and what is done «para evitarlo» has not happened."""
    token = s.first("balance")
    if token is None or s.part != "gan" or s.has("mode", "class", "examples", *_NOT_OF_ALL):
        return []
    verdict = str(token.value)
    if s.denied(token):
        if verdict != "collapse" or any(t.value == "prevented" for t in s.tokens):
            return []
        verdict = "no collapse"
    return [VerdictClaim(s.place, s.quote(token.start, token.end), s.part, "balance", verdict)]


def _opinions(s: Sentence) -> list[Claim]:
    """What a reader could ask proof of and the sentence gives none."""
    if s.has("aim"):
        return []
    opinions = []
    expected = s.first("judgement")
    if expected and not any(t.kind == "number" and t.value.upper is not None for t in s.tokens):
        opinions.append((expected, "range"))
    praise, look = s.first("praise"), s.first("look")
    if praise and s.has(*_OUTCOMES) and not s.has("versus"):
        opinions.append((praise, "quality"))
    if look and s.has("looking") and not _measures(s):
        opinions.append((look, "eye"))
    remembering = s.first("remembering")
    if remembering and s.part == "lstm" and s.kind != "cell" and not _measures(s):
        opinions.append((remembering, "memory"))
    return [
        VerdictClaim(s.place, s.quote(token.start, token.end), s.part, "opinion", verdict)
        for token, verdict in opinions
        if not s.denied(token)
    ]


def _measures(s: Sentence) -> bool:
    """Whether the sentence brings a measurement, or a table of them, as its proof."""
    values = [t.value for t in s.tokens if t.kind == "number"]
    return s.has("tableref_ref") or any(v.percent or (v.decimals and v.whole is None) for v in values)
