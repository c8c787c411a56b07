"""How Spanish writes numbers, lists, ordinals and dates (RAE, Ortografía, 2010)."""

import datetime
import re
import unicodedata
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import Literal

import babel.dates

NBSP = "\u00a0"
MINUS = "\u2212"
MIN_GROUPED = 5  # digits: four are never grouped
NOISE = 8  # decimals after the printed ones, beyond which there is only the noise of floats
NOISELESS = 12  # digits before the point, from which there is no room for any
FEW_ZEROS = 6  # that may begin a number written in full

Gender = Literal["m", "f"]
Conjunction = Literal["y", "o", "ni"]

_ZERO = {"m": "ningún", "f": "ninguna"}
_ONE = {"m": "un", "f": "una"}
_WORDS = ("dos", "tres", "cuatro", "cinco", "seis", "siete", "ocho", "nueve", "diez")  # from two on
_ORDINALS = (
    *("primer", "segund", "tercer", "cuart", "quint"),
    *("sext", "séptim", "octav", "noven", "décim"),
)

_DECIMAL_COMMA = re.compile(r"\d,\d")
_SOUND_O = re.compile(r"h?o|8|11(?!\d)")


@dataclass(frozen=True)
class Style:
    """The user's choice: the decimal sign, the same throughout a document."""

    decimal: Literal[".", ","] = "."


def number(value: float, decimals: int, style: Style, *, signed: bool = False) -> str:
    """``value`` rounded half up, but for the noise of its last binary digits: 0.9 - 0.8575 is 0.0425 to
    whoever subtracts by hand. Grouped from five digits on.

    Raises:
        ValueError: NaN or infinity, which no document may print.
    """
    exact = _exact(value)
    if exact.adjusted() < NOISELESS:
        exact = exact.quantize(Decimal(1).scaleb(-decimals - NOISE), ROUND_HALF_UP)
    rounded = exact.quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP)
    whole, _, fraction = f"{abs(rounded):f}".partition(".")
    if len(whole) >= MIN_GROUPED:
        whole = f"{int(whole):,}".replace(",", NBSP)
    sign = MINUS if rounded < 0 else "+" if signed and rounded > 0 else ""
    return sign + whole + (style.decimal + fraction if fraction else "")


def significant(value: float, digits: int, style: Style) -> str:
    """``value`` with as many decimals as its ``digits`` significant digits need, no trailing zeros."""
    exact = _exact(value)
    if not exact:
        return "0"
    decimals = max(0, digits - 1 - exact.adjusted())
    text = number(value, decimals, style)
    return text.rstrip("0").removesuffix(style.decimal) if decimals else text


def in_full(value: float, style: Style, *, percent: bool = False, decimals: int | None = None) -> str:
    """``value`` with all its digits, in hundredths if it is a ``percent``; a very small one by its power of
    ten. With ``decimals`` no more of them, but of a small one as many digits as that."""
    exact = _exact(value) * 100 if percent else _exact(value)
    if decimals is not None and exact and exact.adjusted() < NOISELESS:
        exact = round(exact, max(decimals, decimals - 1 - exact.adjusted()))
    power = exact.adjusted() if exact and exact.adjusted() < -FEW_ZEROS else 0
    digits = f"{abs(exact).scaleb(-power):f}"
    whole, _, fraction = digits.partition(".")
    if len(whole) >= MIN_GROUPED:
        whole = f"{int(whole):,}".replace(",", NBSP)
    fraction = fraction.rstrip("0")
    text = (MINUS if exact < 0 else "") + whole + (style.decimal + fraction if fraction else "")
    return f"{text}·10^{MINUS}{-power}" if power else text


def percent(rate: float, decimals: int, style: Style) -> str:
    """A rate in [0, 1] as a percentage."""
    return number(float(_exact(rate) * 100), decimals, style) + NBSP + "%"


def duration(seconds: float, style: Style) -> str:
    """Hours and minutes, minutes and seconds, or seconds: the two units that matter."""
    total = int(_exact(seconds).quantize(Decimal(1), ROUND_HALF_UP))
    hours, minutes, rest = total // 3600, total // 60 % 60, total % 60
    if hours:
        return f"{hours}{NBSP}h{NBSP}{minutes}{NBSP}min"
    if minutes:
        return f"{minutes}{NBSP}min{NBSP}{rest}{NBSP}s"
    return f"{rest}{NBSP}s"


def counted(count: int, singular: str, plural: str, gender: Gender, style: Style) -> tuple[str, str]:
    """The number and its noun: («ninguna», «subida»), («una», «subida»), («cinco», «subidas»)."""
    if count == 0:
        return _ZERO[gender], singular
    if count == 1:
        return _ONE[gender], singular
    return cardinal(count, style), plural


def cardinal(count: int, style: Style) -> str:
    """In words from two to ten, as prose has it; in digits beyond."""
    return _WORDS[count - 2] if 2 <= count < 2 + len(_WORDS) else number(count, 0, style)


def ordinal(position: int, gender: Gender, *, before_noun: bool = False) -> str:
    """«tercera», «tercer» before a masculine noun; from eleven on «11.ª», «13.er»."""
    if position < 1:
        raise ValueError(f"se esperaba una posición desde 1, se encontró {position}")
    if position > len(_ORDINALS):
        shortened = before_noun and position % 10 in (1, 3) and position != 11  # undécimo never is
        return f"{position}.{'ª' if gender == 'f' else 'er' if shortened else 'º'}"
    stem = _ORDINALS[position - 1]
    if gender == "f":
        return stem.removesuffix("er") + ("era" if stem.endswith("er") else "a")
    if stem.endswith("er"):
        return stem if before_noun else stem + "o"
    return stem + "o"


def join(items: list[str], conjunction: Conjunction = "y", plain: Callable[[str], str] = str) -> str:
    """«a, b y c», «0,1; 0,2 y 0,3»; «e» before the sound /i/ and «u» before /o/, looking at the last item as
    ``plain`` gives it."""
    if len(items) < 2:
        return "".join(items)
    word = _spoken(plain(items[-1]))
    if (
        conjunction == "y"
        and word.startswith(("i", "hi"))
        and not word.startswith(("hia", "hie", "hio", "ia", "ie", "io"))
    ):
        link = "e"
    elif conjunction == "o" and _SOUND_O.match(word):
        link = "u"
    else:
        link = conjunction
    return f"{comma(map(plain, items)).join(items[:-1])} {link}{NBSP}{items[-1]}"


def comma(items: Iterable[str]) -> str:
    """What parts the items of a list: a semicolon where one of them has a comma of its own, as the decimal
    sign of a number is."""
    return "; " if any(_DECIMAL_COMMA.search(item) for item in items) else ", "


def date(day: datetime.date) -> str:
    """«23 de noviembre de 2026»."""
    return babel.dates.format_date(day, "d 'de' MMMM 'de' y", locale="es")


def _exact(value: float) -> Decimal:
    """The shortest decimal form of ``value``, NumPy's floats included; refuses NaN and infinity."""
    exact = Decimal(value) if isinstance(value, int) else Decimal(repr(float(value)))
    if not exact.is_finite():
        raise ValueError(f"se esperaba un número finito, se encontró {value}")
    return exact


def _spoken(text: str) -> str:
    """Lower case, without accents, and without quotes, brackets or emphasis before the first letter."""
    decomposed = unicodedata.normalize("NFD", text.lower())
    kept = (c for c in decomposed if not unicodedata.combining(c))
    return "".join(kept).lstrip("*_`«“‘\"'([¿¡")
