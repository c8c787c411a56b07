"""How many parameters a network has, against the summary that a program printed of it."""

import re
from collections.abc import Iterator

from report.audit import numerals
from report.audit.numerals import Interval
from report.audit.ruling import Ruling, Severity, Verdict, show
from report.audit.scope import plain
from report.audit.sentences import Sentence
from report.audit.statements import Statements

RULE = "número de parámetros"
_SCALES = {"k": 1e3, "mil": 1e3, "m": 1e6, "million": 1e6, "millones": 1e6}
_UNIT = r"\s?(k|m|mil|million|millones)?\b(?: de| of)?"
_SAID = re.compile(
    rf"(?<![\w.,])(\d[\d.,]*){_UNIT} (?:(?:trainable|total) )?(?:par[aá]metros?|params|parameters)\b"
    r"(?! ?[/÷])"
    rf"|\b(?:par[aá]metros|params|parameters)(?: totales)?\s?[:=]\s?[~≈]?\s?(\d[\d.,]*){_UNIT}",
    re.I,
)
_OURS = re.compile(r"\b(?:we|our|nuestr[oa]|(?:el|este|the|this) (?:modelo|model|red|network))\b", re.I)
LEAST = 1_000  # fewer are of a layer, or of something else


def check(statements: Statements) -> list[Ruling]:
    """Only where all networks that were printed have one number."""
    totals = {total for total, _, _ in statements.networks}
    every = {number for _, numbers, _ in statements.networks for number in numbers}
    rulings = []
    for sentence in statements.comparing if totals else ():
        for said, value in _values(sentence.text):
            place = str(statements.networks[0][2])
            says = " ".join(sentence.text.split())[:120]
            if any(value.low <= number <= value.high for number in every | totals):
                rulings.append(Ruling(sentence.place, Verdict.VERIFIED, RULE, says, "", place))
            elif len(totals) == 1 and _is_of_the_only(sentence):
                expected = f"se imprimieron {show(next(iter(totals)))}, y no {said}"
                denied = (Verdict.CONTRADICTED, RULE, says, expected, place, Severity.ERROR)
                rulings.append(Ruling(sentence.place, *denied))
    return rulings


def _is_of_the_only(sentence: Sentence) -> bool:
    named = bool(sentence.scope.model) and not _OURS.search(sentence.text)
    return not (named or sentence.has("others", "hedge"))


def _values(text: str) -> Iterator[tuple[str, Interval]]:
    for match in _SAID.finditer(text):
        digits, unit = (match[1], match[2]) if match[1] else (match[3], match[4])
        found = numerals.find(digits)[0]
        if len(found) != 1 or plain(text[: match.start()]).endswith(("hasta", "up to", "capa", "layer")):
            continue
        scale = _SCALES.get((unit or "").lower(), 1.0)
        value = found[0].interval() if unit else found[0].count()
        if value and value.high * scale >= LEAST:
            half = 0.0 if unit else 0.5
            near = 0.02 * value.middle if "~" in text[max(0, match.start() - 2) : match.end()] else 0.0
            yield match[0], Interval((value.low - near) * scale - half, (value.high + near) * scale + half)
