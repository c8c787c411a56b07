"""Captions, and what refers to them."""

import re
from typing import Literal

from report.audit.blocks import Text
from report.audit.claims import Claim, FigureClaim
from report.audit.sentences import Sentence

_CAPTION = re.compile(
    r"\s*(figura|figure|fig\.?|tabla|table|cuadro)\s*(\d{1,4})\s*"
    r"(?:[.:—–-]|(?-i:[A-ZÁÉÍÓÚ][a-záéíóú]+ \S+))",  # «Figura 3 Pérdidas por época»
    re.IGNORECASE,
)
_ELSEWHERE = re.compile(r"[^.;]{0,12}\b(?:in|of|from|de|del|en)\b[^.;]{0,40}\[\d{1,3}\]")  # «in Gan [18]»


def caption(block: Text, sentences: list[Sentence]) -> FigureClaim | None:
    """The caption that a block is, with the steps it names."""
    match = _CAPTION.match(block.text[:200])
    if match is None:
        return None
    kind: Literal["figure", "table"] = "table" if match[1].lower().startswith(("tab", "cua")) else "figure"
    steps = tuple(step for s in sentences for step in steps_of(s))
    part = sentences[0].part if sentences else ""
    return FigureClaim(block.place(0), block.text[:60], part, (int(match[2]),), steps, True, kind)


def references(s: Sentence) -> list[Claim]:
    """What a sentence refers to, with the steps it speaks of."""
    refs = [t for t in s.tokens if t.kind in ("figure_ref", "tableref_ref")]
    steps = steps_of(s) if refs else ()
    claims: list[Claim] = []
    for token in refs:
        if _ELSEWHERE.match(s.text[token.end :]):
            continue
        of: Literal["figure", "table"] = "figure" if token.kind == "figure_ref" else "table"
        own = steps if len(refs) == 1 else ()
        quote = s.quote(token.start, token.end)
        opens = s.text[: token.start].rstrip()[-1:] in ("", ".", ":")
        is_caption = opens and s.text[token.end : token.end + 1] == ":" and len(token.value) == 1
        claims.append(FigureClaim(s.place, quote, s.part, token.value, own, is_caption, of))
    return claims


def steps_of(s: Sentence) -> tuple[int, ...]:
    """The iterations that a sentence names."""
    steps: list[int] = []
    for i, token in enumerate(s.tokens):
        if token.kind == "at_step":
            steps.append(int(token.value))
        elif token.kind == "steps" and i and s.tokens[i - 1].kind == "number":
            numeral = s.tokens[i - 1].value
            if numeral.whole is None:
                continue
            s.used.add(i - 1)
            steps.append(numeral.whole)
            if numeral.upper is not None:
                steps.append(int(numeral.upper * 1000 if numeral.upper < numeral.whole else numeral.upper))
    return tuple(steps)
