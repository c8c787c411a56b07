"""The numbers beside the axes. Only what draws imports it: it brings Matplotlib along."""

import math
from collections.abc import Iterable, Sequence

from matplotlib.axes import Axes
from matplotlib.axis import Axis
from matplotlib.ticker import FixedFormatter, FixedLocator, Formatter, MaxNLocator


class DecimalFormatter(Formatter):
    """Tick labels with as many decimals as the ticks need, ``sign`` between units and decimals,
    and groups of three digits parted by a no-break space from five digits on (RAE)."""

    def __init__(self, sign: str) -> None:
        self.sign = sign
        self.decimals = 0

    def set_locs(self, locs: Iterable[float]) -> None:
        ticks = list(locs)
        self.decimals = next(
            (d for d in range(6) if all(math.isclose(x, round(x, d), abs_tol=1e-9) for x in ticks)), 6
        )

    def __call__(self, x: float, pos: int | None = None) -> str:
        grouping = "," if abs(x) >= 10_000 else ""
        text = f"{x:{grouping}.{self.decimals}f}"
        if float(text.replace(",", "")) == 0:
            text = text.removeprefix("-")
        whole, _, decimals = text.partition(".")
        whole = whole.replace(",", "\N{NO-BREAK SPACE}").replace("-", "\N{MINUS SIGN}")
        return f"{whole}{self.sign}{decimals}" if decimals else whole


class PercentFormatter(DecimalFormatter):
    """The same of shares, 0 to 1, as percentages."""

    def set_locs(self, locs: Iterable[float]) -> None:
        super().set_locs([100 * share for share in locs])

    def __call__(self, x: float, pos: int | None = None) -> str:
        return f"{super().__call__(100 * x, pos)}\N{NO-BREAK SPACE}%"


def number_scale(
    axis: Axis, decimal: str, ticks: int = 5, form: type[DecimalFormatter] = DecimalFormatter
) -> None:
    """At most ``ticks`` + 1 round numbers, with ``decimal`` as the decimal sign."""
    axis.set_major_locator(MaxNLocator(nbins=ticks, steps=[1, 2, 5, 10]))
    axis.set_major_formatter(form(decimal))


def log_scale(axis: Axis, values: Sequence[float]) -> None:
    """Ticks at whole numbers, the ``values``, on an axis of their decimal logarithms."""
    formatter = DecimalFormatter(".")
    formatter.set_locs(values)
    axis.set_major_locator(FixedLocator([math.log10(value) for value in values]))
    axis.set_major_formatter(FixedFormatter([formatter(value) for value in values]))


def epoch_scale(axes: Axes, last: int, ticks: int = 10, first: int = 1) -> None:
    """Whole epochs from ``first`` to ``last``."""
    step = math.ceil((last - first + 1) / ticks)
    axes.xaxis.set_major_locator(FixedLocator([*range(first, last + 1, step)]))
    axes.xaxis.set_major_formatter(DecimalFormatter("."))
    margin = max(0.35, 0.035 * (last - first))
    axes.set_xlim(first - margin, last + margin)
