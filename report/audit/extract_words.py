"""Judgements in words, and what refers to figures."""

import re
from typing import Literal

from report.audit.blocks import Text
from report.audit.claims import Claim, FigureClaim, ShapeClaim, VerdictClaim
from report.audit.extract_counts import _about, _free_counts
from report.audit.sentences import Sentence, Token

_CAPTION = re.compile(r"\s*(figura|figure|fig\.?|tabla|table|cuadro)\s*(\d{1,4})\s*[.:—–-]", re.IGNORECASE)


def words(s: Sentence, used: set[int]) -> list[Claim]:
    """All judgements of a sentence that neither asks, nor denies, nor supposes."""
    if s.has("hedge") or "¿" in s.text or s.text.rstrip().endswith("?"):
        return []
    return [*_shapes(s), *_degree(s), *_common(s, used), *_bias(s), *_balance(s), *_opinions(s)]


def _denied(s: Sentence, token: Token) -> bool:
    return any(t.kind == "negation" and t.start < token.start for t in s.tokens)


def _shapes(s: Sentence) -> list[Claim]:
    epoch = next((int(t.value) for t in s.tokens if t.kind == "at_epoch"), None)
    for metric, split in (("loss", "val"), ("loss", "train"), ("accuracy", "val"), ("accuracy", "train")):
        if not _about(s, metric, split):
            continue
        found = _shape(s)
        if found is None:
            return []
        token, shape = found
        if _denied(s, token) and not s.has("steady"):
            return []
        return [ShapeClaim(s.place, s.quote(token.start, token.end), s.part, metric, split, shape, epoch)]
    return []


def _shape(s: Sentence) -> tuple[Token, str] | None:
    colon = next((t.start for t in s.tokens if t.word == ":"), len(s.text))
    for token in s.tokens:
        if token.kind == "shape" and not (token.start < colon and s.has("rises") and colon < len(s.text)):
            return token, str(token.value)
    moves = [t for t in s.tokens if t.kind in ("up", "down")]
    if moves and s.has("every"):
        return moves[0], "rises" if moves[0].kind == "up" else "falls"
    if moves and s.has("steady"):
        return moves[0], "climbs" if moves[0].kind == "up" else "sinks"
    stable = next((t for t in s.tokens if t.kind == "stable"), None)
    return (stable, "stable") if stable and not moves else None


def _degree(s: Sentence) -> list[Claim]:
    overfit = next((t for t in s.tokens if t.kind == "overfit"), None)
    degree = next((t for t in s.tokens if t.kind == "degree"), None)
    if (
        degree is None
        or (overfit is None and degree.value != "nulo")
        or any(t.kind == "number" for t in s.tokens)
    ):
        return []
    if degree.word.lower() in ("nulo", "inexistente") and overfit is None:
        return []
    if _denied(s, degree):
        return []
    start = min(degree.start, overfit.start) if overfit else degree.start
    return [VerdictClaim(s.place, s.quote(start, degree.end), s.part, "degree", str(degree.value))]


def _common(s: Sentence, used: set[int]) -> list[Claim]:
    common = next((t for t in s.tokens if t.kind == "common"), None)
    if common is None or not s.has("error", "cell", "common") or _denied(s, common):
        return []
    cell = next((str(t.value) for t in s.tokens if t.kind == "cell"), "")
    classes = [(i, str(t.value)) for i, t in enumerate(s.tokens) if t.kind == "class"]
    if not cell and len(classes) >= 2 and classes[0][1] != classes[1][1]:
        first = classes[0][0]
        before = {t.word.lower() for t in s.tokens[max(0, first - 2) : first]}
        actual = classes[1][1] if before & {"como", "as"} else classes[0][1]
        cell = "fn" if actual == "positive" else "fp"
    if cell not in ("fn", "fp"):
        return []
    numbers = _free_counts(s, used)
    used |= set(numbers)
    value = s.tokens[numbers[0]].value if numbers else None
    end = s.tokens[numbers[0]].end if numbers else common.end
    return [VerdictClaim(s.place, s.quote(common.start, end), s.part, "common", cell, value)]


def _bias(s: Sentence) -> list[Claim]:
    bias = next((t for t in s.tokens if t.kind == "bias"), None)
    if bias is None or s.has("at_seed", "seed") or _denied(s, bias):
        return []
    toward = next((t for t in s.tokens if t.kind == "class" and t.start > bias.start), None)
    if toward is None:
        return []
    return [VerdictClaim(s.place, s.quote(bias.start, toward.end), s.part, "bias", str(toward.value))]


def _balance(s: Sentence) -> list[Claim]:
    token = next((t for t in s.tokens if t.kind == "balance"), None)
    if token is None or s.part != "gan" or s.has("mode", "class", "examples"):
        return []
    verdict = str(token.value)
    if _denied(s, token):
        if verdict != "collapse":
            return []
        verdict = "no collapse"
    return [VerdictClaim(s.place, s.quote(token.start, token.end), s.part, "balance", verdict)]


def _opinions(s: Sentence) -> list[Claim]:
    claims: list[Claim] = []
    for token in s.tokens:
        if token.kind == "judgement" and not _denied(s, token):
            ranged = any(t.kind == "number" and t.value.upper is not None for t in s.tokens)
            if token.value == "range" and ranged:
                continue
            claims.append(
                VerdictClaim(s.place, s.quote(token.start, token.end), s.part, "opinion", str(token.value))
            )
    return claims


def caption(block: Text, sentences: list[Sentence]) -> FigureClaim | None:
    """The caption that a block is, with the steps it names."""
    match = _CAPTION.match(block.text[:200])
    if match is None:
        return None
    kind = "table" if match[1].lower().startswith(("tab", "cua")) else "figure"
    steps = tuple(step for s in sentences for step in steps_of(s))
    place = block.place(0)
    part = sentences[0].part if sentences else ""
    return FigureClaim(place, block.text[:60], part, (int(match[2]),), steps, True, kind)  # type: ignore[arg-type]


def references(s: Sentence) -> list[Claim]:
    """What a sentence refers to."""
    steps = steps_of(s)
    claims: list[Claim] = []
    refs = [t for t in s.tokens if t.kind in ("figure_ref", "tableref_ref")]
    for token in refs:
        of: Literal["figure", "table"] = "figure" if token.kind == "figure_ref" else "table"
        own = steps if len(refs) == 1 else ()
        claims.append(
            FigureClaim(s.place, s.quote(token.start, token.end), s.part, token.value, own, False, of)
        )
    return claims


def steps_of(s: Sentence) -> tuple[int, ...]:
    """The iterations that a sentence names."""
    steps = []
    for i, token in enumerate(s.tokens):
        if token.kind == "at_step":
            steps.append(int(token.value))
        elif (
            token.kind == "steps"
            and i
            and s.tokens[i - 1].kind == "number"
            and s.tokens[i - 1].value.whole is not None
        ):
            numeral = s.tokens[i - 1].value
            steps.append(numeral.whole)
            if numeral.upper is not None:
                upper = numeral.upper
                steps.append(int(upper * 1000 if upper < numeral.whole else upper))
    return tuple(steps)
