"""How one author writes numbers, and marks them in the text."""

import math
from dataclasses import dataclass
from random import Random

MARKS = {"": "{}", "bold": "**{}**", "code": "`{}`", "latex": "${}$"}


@dataclass(frozen=True)
class Hand:
    language: str
    comma: bool
    percent: bool
    decimals: int
    grouping: str
    mark: str = ""

    def real(self, value: float, decimals: int) -> str:
        text = f"{value:.{decimals}f}"
        return self._marked(self._signed(text))

    def rate(self, value: float, decimals: int = 4) -> str:
        """With as many decimals as the author writes, and was shown."""
        decimals = min(decimals, self.decimals)
        if self.percent:
            text = self._signed(f"{100 * value:.{decimals - 2}f}")
            return self._marked(f"{text}\\,\\%" if self.mark == "latex" else f"{text} %")
        return self._marked(self._signed(f"{value:.{decimals}f}"))

    def loss(self, value: float, decimals: int = 4) -> str:
        return self.real(value, min(decimals, self.decimals))

    def points(self, value: float, decimals: int = 4) -> str:
        """A difference of two rates, in percentage points."""
        return self.real(100 * value, min(decimals, self.decimals) - 2)

    def share(self, value: float) -> str:
        text = self._signed(f"{100 * value:.1f}")
        return self._marked(f"{text}\\,\\%" if self.mark == "latex" else f"{text} %")

    def limit(self, value: float) -> str:
        """«el 85 %», «0.85»: a round number that something is above or below."""
        if self.percent:
            return self.whole_percent(round(100 * value))
        return self._marked(self._signed(f"{value:.2f}"))

    def whole_percent(self, value: int) -> str:
        return self._marked(f"{value}\\,\\%" if self.mark == "latex" else f"{value} %")

    def count(self, value: int) -> str:
        grouping = "\\," if self.mark == "latex" and self.grouping else self.grouping
        return self._marked(f"{value:,}".replace(",", grouping) if value >= 10_000 else str(value))

    def rate_of_learning(self, value: float) -> str:
        if self.mark == "latex":
            exponent = math.floor(math.log10(value))
            factor = round(value / 10**exponent)
            return self._marked(f"10^{{{exponent}}}" if factor == 1 else f"{factor} \\cdot 10^{{{exponent}}}")
        return self._marked(f"{value:.0e}".replace("e-0", "e-") if self.decimals == 3 else self._short(value))

    def _short(self, value: float) -> str:
        return self._signed(f"{value:g}")

    def _signed(self, text: str) -> str:
        if not self.comma:
            return text
        return text.replace(".", "{,}" if self.mark == "latex" else ",")

    def _marked(self, text: str) -> str:
        return MARKS[self.mark].format(text)


def draw_hand(language: str, random: Random, mark: str = "") -> Hand:
    comma = language == "es" and random.random() < 0.4
    return Hand(
        language=language,
        comma=comma,
        percent=random.random() < 0.4,
        decimals=random.choice([3, 4, 4]),
        grouping=random.choice(["", " ", "." if comma else ","]),
        mark=mark or random.choice(["", "", "", "bold"]),
    )


def plain(hand: Hand) -> Hand:
    """The same author in the cell of a table."""
    return Hand(hand.language, hand.comma, hand.percent, hand.decimals, hand.grouping)
