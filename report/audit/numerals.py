"""Numbers as they were written: 0,8638 · 86.38 % · ≈86 % · 25.000 · 25k · 2e-4 · 1.3–1.4.

A sign between digits may part thousands or decimals («1.386»): both readings are kept, and the
claim decides. What was written stands for an interval: half a unit of its last digit to each side.
"""

import math
import re
from dataclasses import dataclass, replace
from functools import cache

from report.audit.lexicon import data, normalize

EPSILON = 1e-9


@dataclass(frozen=True)
class Interval:
    """The values that a written or computed number may stand for."""

    low: float
    high: float

    @property
    def middle(self) -> float:
        return (self.low + self.high) / 2

    def agrees(self, other: "Interval") -> bool:
        """Whether both can mean the same value. Neighbouring roundings only touch: they do not."""
        slack = EPSILON * max([1.0, *(abs(x) for x in (self.high, other.high) if math.isfinite(x))])
        if self.high - self.low <= 2 * slack or other.high - other.low <= 2 * slack:
            return self.low - slack <= other.high and other.low - slack <= self.high
        return self.low + slack < other.high and other.low + slack < self.high

    def __sub__(self, other: "Interval") -> "Interval":
        return Interval(self.low - other.high, self.high - other.low)


def exact(value: float) -> Interval:
    return Interval(value, value)


@dataclass(frozen=True)
class Numeral:
    """One number of the document."""

    text: str
    start: int
    end: int
    real: float  # read with a decimal sign
    decimals: int
    whole: int | None  # read as a count, if it can be
    percent: bool = False
    approximate: bool = False
    upper: float | None = None  # of a range
    bound: str = ""  # «> 90 %», «por debajo de 0.5»: a limit, above (">") or below ("<") which the value is
    said: int = -1  # where the words begin that make it a limit, or a value near it
    spread: str = ""  # what stands after «±»

    def interval(self, *, rate: bool = False, about: int = 1) -> Interval:
        """The values meant; of a ``rate``, in [0, 1] also where a percentage was written. ``about``: how many
        units of the last digit what is near may be away."""
        unit = 10.0**-self.decimals
        low = self.real
        high = low if self.upper is None else self.upper
        half = about * unit if self.approximate else unit / 2
        if self.bound:
            scale = 0.01 if self.percent or (rate and 1.5 < abs(high) <= 100) else 1.0
            return Interval(low * scale, math.inf) if self.bound == ">" else Interval(-math.inf, high * scale)
        scale = 0.01 if self.percent or (rate and 1.5 < abs(high) <= 100 and self.decimals) else 1.0
        return Interval((low - half) * scale, (high + half) * scale)

    def truncates(self, value: float, *, rate: bool = False) -> bool:
        """Whether cutting ``value`` off, instead of rounding it, gives what was written."""
        if self.upper is not None or self.approximate or self.bound:
            return False
        scale = 0.01 if self.percent or (rate and 1.5 < abs(self.real) <= 100 and self.decimals) else 1.0
        written, unit = self.real * scale, 10.0**-self.decimals * scale
        return 0 <= value - written + EPSILON < unit

    def count(self) -> Interval | None:
        """As a number of things; rounded thousands («25k») as an interval."""
        if self.whole is None or self.percent:
            return None
        if self.bound:
            return Interval(self.whole, math.inf) if self.bound == ">" else Interval(-math.inf, self.whole)
        half = 0.0
        if self.approximate:
            zeros = len(str(self.whole)) - len(str(self.whole).rstrip("0"))
            half = 10.0**zeros if self.whole else 0.0
        return Interval(self.whole - half, self.whole + half)


@dataclass(frozen=True)
class Typo:
    """Something that was meant as a number and cannot be read as one."""

    text: str
    start: int


_SUFFIX = re.compile(r"(?:[dD]|[ªº]|st|nd|rd|th)\b")  # «128d», «4ª», «4th»
_FRACTION = re.compile(r"(?<![\w/.-])\d{1,9}/\d{1,9}(?![\w/])")
_DIGIT = re.compile(r"[0-9]")
_NUMBER = re.compile(
    r"(?<![\w.,])(?P<sign>[-−+](?=[\d.,]))?"
    r"(?P<body>\d{1,3}(?P<mark>[ \u00a0\u202f.,])\d{3}(?:(?P=mark)\d{3})*(?:[.,]\d{1,18})?(?![\d])"
    r"|\d{1,18}(?:[.,]\d{1,18})?(?!\d)|[.,]\d{1,18}(?!\d))"
    r"(?P<power>(?:[eE]|\s?[·×x*]\s?10\^?)[-−–+]?\d{1,3})?"
    r"(?P<unit>\s?%|\s?(?:k|mil)\b)?"
)
_TYPO = re.compile(
    r"(?<![\w.,])(?:"
    r"\d{1,18}[.,]\d{1,18}[.,]\d{1,18}(?:[.,]\d{1,18}){0,9}"  # two decimal signs
    r"|\d{1,18}[.,]{2,9}\d{1,18}"
    r"|[OoIl][.,]\d{2,18}"  # a letter for a digit
    r"|\d{1,18}[.,]?\d{0,18}[OoIl]\d[\dOoIl]{0,18}"
    r"|\d{1,18}[.,]\d{0,18}[A-Za-z]\d{1,18}"
    r"|\d{0,18}[OoIl]\d{0,18}[.,]\d{1,18}"
    r"|\d{19,}[\d.,]*"
    r")(?!\w)"
)
_GROUPED = re.compile(r"\d{1,3}([ \u00a0\u202f.,])\d{3}(?:\1\d{3})*(?:[.,]\d+)?$")
_APPROXIMATE = re.compile(r"[≈~∼≃≅]\s*$")
_LIMITS = {">": ">", "≥": ">", ">=": ">", "<": "<", "≤": "<", "<=": "<"}
_LIMIT = re.compile(r"([<>]=?|[≥≤])\s*$")
_CLAUSE = re.compile(r"(?<![^,;:.()!?|=\d])[^,;:.()!?|=\d]*$")  # what can belong to a number that follows
_ARTICLES = frozenset(["el", "la", "los", "las", "lo", "un", "una", "the"])
_CONTRACTED = {"del": "de", "al": "a"}
_ON = re.compile(r"[^;.]{0,80}?\b(?:a|hasta)\b(?: un| una| el)?\W{1,3}\d")  # «pasa de 0.8 en train a 0.9»
REACH = 60  # characters before a number in which its limit may begin
_DATE = re.compile(
    r"(?<![\w.,])(?:\d{1,4}[/-]\d{1,2}[/-]\d{1,4}|\d{1,2}:\d{2}(?::\d{2})?"
    r"|\d{1,2} de [a-zA-Zé]{4,10} (?:de|del) \d{4}"
    r"|(?:January|February|March|April|May|June"
    r"|July|August|September|October|November|December) \d{1,2},? \d{4}"
    r"|(?:[A-ZÁÉÍÓÚÑ][\w.-]{1,30}|al\.),? \((?:19|20)\d{2}[a-z]?\)|al\.,? (?:19|20)\d{2})(?!\w)"
)
_SOFTWARE = re.compile(
    r"\b(?:python|tensorflow|keras|numpy|torch|pytorch|pandas|scikit-learn|sklearn|cuda|cudnn|matplotlib|scipy"
    r"|statsmodels|jupyter|ubuntu|debian|windows|linux|version|versión|v|release|weasyprint|glibc|apdo|apartado|sección"
    r"|section|anexo|appendix)[\s=.:>v]*$",
    re.IGNORECASE,
)
_AFTER_WORD = re.compile(r"[^\W\d_][\s=.:>]*$")


def find(text: str) -> tuple[list[Numeral], list[Typo]]:
    """All numbers of ``text`` in order, ranges and «± spread» as one, and what cannot be read."""
    if not _DIGIT.search(text):
        return [], []
    hidden = [match.span() for match in _DATE.finditer(text)]
    typos = []
    for match in _TYPO.finditer(text):
        if _overlaps(match.span(), hidden):
            continue
        hidden.append(match.span())
        before = text[max(0, match.start() - 40) : match.start()]
        if _is_typo(match[0], before, text[match.end() : match.end() + 2]):
            typos.append(Typo(match[0] if len(match[0]) < 40 else match[0][:39] + "…", match.start()))
        elif _GROUPED.match(match[0]) and len(match[0]) < 30:
            hidden.pop()
    hidden.sort()
    numerals: list[Numeral] = []
    spans = iter([*hidden, (len(text) + 1, len(text) + 1)])
    span = next(spans)
    for match in _NUMBER.finditer(text):
        while span[1] <= match.start():
            span = next(spans)
        if match.end() > span[0]:
            continue
        after = text[match.end() : match.end() + 1]
        before = text[max(0, match.start() - REACH) : match.start()]
        if (after == "/" or before.endswith("/")) and not _is_fraction(text, match.start(), match.end()):
            continue
        if _is_version(before):
            continue
        if after.isalpha() and not _SUFFIX.match(text, match.end()):
            continue
        numerals.append(_numeral(match, before))
    return _combine(text, numerals), typos


def _is_version(before: str) -> bool:
    """Whether what ends ``before`` names a program or a section. Most numbers follow no word at all, which is
    seen at once."""
    return _AFTER_WORD.search(before) is not None and _SOFTWARE.search(before) is not None


def _is_fraction(text: str, start: int, end: int) -> bool:
    """«1500/12500», but not a path nor a date."""
    around = text[max(0, start - 20) : end + 20]
    found = _FRACTION.search(around)
    return bool(found) and around.count("/") == 1


def _numeral(match: re.Match[str], before: str) -> Numeral:
    body, unit, power = match["body"], (match["unit"] or "").strip(), match["power"] or ""
    grouped = _GROUPED.match(body)
    decimals, whole = 0, None
    if grouped:
        groups = re.split(r"[ \u00a0\u202f.,]", body)
        separators = re.findall(r"[ \u00a0\u202f.,]", body)
        several = len(set(separators)) > 1
        digits = groups[:-1] if several and separators[-1] in ".," else groups
        whole = int("".join(digits)) if groups[0] != "0" else None
        if len(groups) == 2 and separators[0] in ".,":  # «1.386»: both readings
            real, decimals = float(".".join(groups)), 3
        elif several:
            real, decimals = float("".join(digits) + "." + groups[-1]), len(groups[-1])
        else:
            real = float("".join(groups))
    else:
        number = body.replace(",", ".")
        real = float(number if number[0] != "." else "0" + number)
        decimals = len(number.partition(".")[2])
        whole = int(real) if not decimals else None
    if power:
        exponent = int(re.sub(r"^(?:[eE]|\s?[·×x*]\s?10\^?)", "", power).replace("−", "-").replace("–", "-"))
        exponent = max(-30, min(30, exponent))
        real, decimals, whole = real * 10.0**exponent, decimals - exponent, None
        if real == int(real) and decimals <= 0:
            whole = int(real)
    bound, start = _limit(before, match)
    if unit in ("k", "mil"):
        whole, decimals = round(real * 1000), max(0, decimals - 3)
        real = real * 1000.0
    if match["sign"] in ("-", "−"):
        real, whole = -real, -whole if whole is not None else None
    return Numeral(
        text=match[0].strip(),
        start=match.start(),
        end=match.end(),
        real=real,
        decimals=decimals,
        whole=whole,
        percent=unit == "%",
        approximate=bound == "~",
        bound="" if bound == "~" else bound,
        said=match.start() - len(before) + start if start >= 0 else -1,
    )


@cache
def _phrases() -> tuple[re.Pattern[str], re.Pattern[str], frozenset[str]]:
    """What makes a number a limit, what may stand among it, and what may be called a limit."""
    words = {kind: [*said["es"], *said["en"]] for kind, said in data("bounds.toml").items()}
    either = {
        kind: "|".join(phrase.replace("*", r"\w*") for phrase in sorted(phrases, key=len, reverse=True))
        for kind, phrases in words.items()
    }
    kinds = ("above", "passing", "below", "reaching", "leaving", "near")
    said = "|".join(f"(?P<{kind}>{either[kind]})" for kind in kinds)
    denied = rf"(?P<denied>(?:{either['denied']}) (?!obstante|solo|only)(?:\w+ ){{0,2}}?)?"
    degree = re.compile(rf"\b(?:{either['degree']})\b")
    return re.compile(rf"\b{denied}(?:{said})$"), degree, frozenset(words["threshold"])


def _limit(before: str, number: re.Match[str]) -> tuple[str, int]:
    """What the words that end ``before`` make of a number, «>», «<», «~» or nothing, and where they begin."""
    if sign := _LIMIT.search(before):
        return _LIMITS[sign[1]], -1
    if _APPROXIMATE.search(before):
        return "~", -1
    clause = _CLAUSE.search(before)
    if clause is None or not clause[0].strip():
        return "", -1
    phrases, degree, thresholds = _phrases()
    text = degree.sub(lambda found: " " * len(found[0]), normalize(clause[0]))
    start = len(before) - len(text)
    words = [(_CONTRACTED.get(m[0], m[0]), start + m.start()) for m in re.finditer(r"\w+", text)]
    words = [word for word in words if word[0] not in _ARTICLES]
    if len(words) > 2 and words[-1][0] in ("de", "of") and words[-2][0] in thresholds:
        words = words[:-2]
    found = phrases.search(" ".join(word for word, _ in words))
    if found is None:
        return "", -1
    kind, denied = str(found.lastgroup), found["denied"] is not None
    if kind == "near":
        return ("", -1) if denied else ("~", words[-len(found[0].split())][1])
    if (kind in ("reaching", "leaving") and not denied) or (
        kind == "passing" and _ON.match(number.string, number.end())
    ):
        return "", -1
    above = not denied if kind in ("above", "passing") else denied and kind != "reaching"
    return ">" if above else "<", words[-len(found[0].split())][1]


def _combine(text: str, numerals: list[Numeral]) -> list[Numeral]:
    combined: list[Numeral] = []
    for numeral in numerals:
        if combined:
            last = combined[-1]
            between = text[last.end : numeral.start]
            if between.strip() == "±":
                combined[-1] = replace(last, spread=numeral.text, end=numeral.end)
                continue
            start = text[max(0, last.start - 12) : last.start].lower()
            ranged = between.strip() in ("–", "—", "-") or (
                between in (" y ", " and ") and start.rstrip(" ~≈").endswith(("entre", "between"))
            )
            if ranged and numeral.real > last.real and last.upper is None and not last.spread:
                combined[-1] = replace(
                    last,
                    upper=numeral.real,
                    end=numeral.end,
                    percent=last.percent or numeral.percent,
                    text=text[last.start : numeral.end],
                )
                continue
        combined.append(numeral)
    return combined


def _is_typo(token: str, before: str, after: str) -> bool:
    if _GROUPED.match(token) and not token.startswith("0"):
        return False
    if _is_version(before):
        return False
    if token.startswith(("0.", "0,")) or after.strip().startswith("%"):
        return True
    return not re.fullmatch(r"\d+(?:\.\d+)+", token)  # a version, a date or a section


def _overlaps(span: tuple[int, int], others: list[tuple[int, int]]) -> bool:
    return any(start < span[1] and span[0] < end for start, end in others[-3:])
