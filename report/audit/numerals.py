"""Numbers as they were written: 0,8638 · 86.38 % · ≈86 % · 25.000 · 25k · 2e-4 · 1.3–1.4.

A sign between digits may part thousands or decimals («1.386»): both readings are kept, and the
claim decides. What was written stands for an interval: half a unit of its last digit to each side.
"""

import math
import re
from dataclasses import dataclass, replace

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
    spread: str = ""  # what stands after «±»

    def interval(self, *, rate: bool = False) -> Interval:
        """The values meant; of a ``rate``, in [0, 1] also where a percentage was written."""
        unit = 10.0**-self.decimals
        low = self.real
        high = low if self.upper is None else self.upper
        half = unit if self.approximate else unit / 2
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
_APPROXIMATE = re.compile(
    r"(?:[≈~∼≃≅]|\b(?:aprox\w{0,12}\.?|alrededor del?|cerca del?|cercan[oa]s? al?|en torno al?"
    r"|próxim[oa]s? al?|close to|unos|unas|casi|about|around"
    r"|approx\w{0,9}\.?|roughly|nearly|almost|some|circa|ca\.)(?: (?:los|las|el|un|una|the))?)\s*$",
    re.IGNORECASE,
)
_NEVER = re.compile(r"\b(?:nunca|never|jamás)\b", re.I)  # «nunca se superó el 0.83», which was reached
_ABOVE = re.compile(
    r"(?:[>≥]=?|\b(?:más de|por encima de|superior(?:es)? a|mayor(?:es)? (?:que|a|de)"
    r"|super(?:a|an|ó|aron|ando|ar)|excede|more than|over|above|at least|exceed(?:s|ed|ing)?"
    r"|greater than|higher than)"
    r"(?:l| el| la| los| las| a| the)?)\s*$",
    re.I,
)
_BELOW = re.compile(
    r"(?:[<≤]=?|\b(?:menos de|por debajo de|inferior(?:es)? a|menor(?:es)? (?:que|a|de)|no llega a|less than"
    r"|under|below|at most|lower than)(?:l| el| la| los| las| the)?)\s*$",
    re.I,
)
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
        before = text[max(0, match.start() - 40) : match.start()]
        if (after == "/" or before.endswith("/")) and not _is_fraction(text, match.start(), match.end()):
            continue
        if _SOFTWARE.search(before):
            continue
        if after.isalpha() and not _SUFFIX.match(text, match.end()):
            continue
        numerals.append(_numeral(match, before))
    return _combine(text, numerals), typos


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
    approximate = bool(_APPROXIMATE.search(before[-30:]))
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
        approximate=approximate,
        bound=">"
        if _ABOVE.search(before[-24:]) and not _NEVER.search(before[-40:])
        else "<"
        if _BELOW.search(before[-24:])
        else "",
    )


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
    if _SOFTWARE.search(before):
        return False
    if token.startswith(("0.", "0,")) or after.strip().startswith("%"):
        return True
    return not re.fullmatch(r"\d+(?:\.\d+)+", token)  # a version, a date or a section


def _overlaps(span: tuple[int, int], others: list[tuple[int, int]]) -> bool:
    return any(start < span[1] and span[0] < end for start, end in others[-3:])
