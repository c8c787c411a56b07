"""Intervals of the difference between two shares: pure functions of counts, each with its source."""

import math

from report.findings.measures import CONFIDENCE, difference_interval, wilson_interval

Ends = tuple[float, float]


def paired_interval(only_first: int, only_second: int, n: int) -> Ends:
    """Of how much more of the same ``n`` examples the first gets right than the second, by the standard
    error of the paired difference (Fleiss, Levin and Paik, 2003, section 13.1); ``only_first`` and
    ``only_second`` are those that one of them alone gets right."""
    from scipy import special

    difference = only_first - only_second
    error = math.sqrt(only_first + only_second - difference**2 / n)
    half = float(special.ndtri((1 + CONFIDENCE) / 2)) * error
    return (difference - half) / n, (difference + half) / n


def unpaired_interval(hits: int, n: int, base_hits: int, base_n: int) -> Ends:
    """Of how much a share is above another one of other examples: Newcombe (1998), method 10, from both
    intervals of Wilson."""
    interval, base_interval = wilson_interval(hits, n), wilson_interval(base_hits, base_n)
    return difference_interval(hits / n, interval, base_hits / base_n, base_interval)
