"""From the findings on memory to their figures; each printed number comes from the ledger."""

from collections.abc import Sequence
from typing import Any

import numpy as np

from experiments.records import LinearRecord, MemoryRecord, Run
from report.figures.data import Apart, Band, ByDistance, ByLength, ByProbe, Gradients, Level, SeedLines
from report.findings.base import Finding
from report.findings.lstm_metrics import CHANCE
from report.findings.lstm_probe import Probe
from report.numbers import Ledger, Number, unmark
from report.results import Study
from report.spanish import join


def by_length(finding: Finding, window: Number, ledger: Ledger) -> ByLength:
    """Each bucket of lengths stands at the geometric mean of its limits."""
    deciles, stars = finding.values["deciles"], finding.values["stars"]
    words = np.sqrt([max(row["low"].value, 1) * row["high"].value for row in deciles])
    ratings = np.array([row["low"].value for row in stars], dtype=float)
    beyond = unmark(ledger.counted(window, "palabra", "palabras", "f"))
    return ByLength(
        lstm=summaries_band(words, deciles, "lstm", "band"),
        control=numbers_band(words, deciles),
        lstm_stars=summaries_band(ratings, stars, "lstm", "band") if stars else None,
        control_stars=numbers_band(ratings, stars) if stars else None,
        window=Level(window.value, f"lo que ve la LSTM: {beyond}"),
    )


def summaries_band(x: np.ndarray, rows: Sequence[Any], name: str, band: str) -> Band:
    seeds = np.array([[number.value for number in row[name].each] for row in rows]).T
    return Band(x, seeds, *interval_ends(rows, band))


def numbers_band(x: np.ndarray, rows: Sequence[Any]) -> Band:
    return Band(x, np.array([[row["linear"].value for row in rows]]), *interval_ends(rows, "linear_band"))


def interval_ends(rows: Sequence[Any], band: str) -> tuple[np.ndarray, np.ndarray]:
    low, high = np.array([[end.value for end in row[band]] for row in rows]).T
    return low, high


def by_distance(study: Study, finding: Finding, ledger: Ledger) -> ByDistance:
    reach = finding.rule.thresholds["reach"]
    return ByDistance(
        lstm=influence_band(study.memory),
        control=influence_band((study.linear,)),
        gradients=Gradients(
            relative(study.memory, "gradient_initial"), relative(study.memory, "gradient_selected")
        ),
        reach=Level(reach.value, ledger.plain(reach)),
    )


def influence_band(runs: Sequence[Run]) -> Band:
    """As far as all seeds reach; the band holds those of all."""
    measured = []
    for run in runs:
        assert isinstance(run.record, MemoryRecord | LinearRecord)
        measured.append(run.record.influence)
    common = min(map(len, measured))

    def values(name: str) -> np.ndarray:
        return np.array([[getattr(place, name) for place in places[:common]] for places in measured])

    return Band(values("distance")[0], values("mean"), values("low").min(axis=0), values("high").max(axis=0))


def relative(runs: Sequence[Run], name: str) -> np.ndarray:
    """float64[seeds, k], each norm by the seed's largest, as far as some review reaches."""
    norms = np.array([run.arrays[name] for run in runs], dtype=np.float64)
    reached = norms[:, np.isfinite(norms).all(axis=0)]
    return reached / np.maximum(reached.max(axis=1, keepdims=True), np.finfo(float).tiny)


def by_probe(finding: Finding, ledger: Ledger) -> ByProbe:
    rows, enough = finding.values["rows"], finding.rule.thresholds["enough"]
    distance = np.array([row["distance"].value for row in rows], dtype=float)
    return ByProbe(
        cell=summaries_band(distance, rows, "cell", "cell_band"),
        control=summaries_band(distance, rows, "control", "control_band"),
        enough=Level(enough.value, ledger.plain(enough)),
        chance=Level(CHANCE, "azar"),
        apart=apart(finding, ledger) if finding.verdict is Probe.MIXED else None,
    )


def apart(finding: Finding, ledger: Ledger) -> Apart:
    """The seeds of the cell that do the same share a name, with their numbers."""
    place = {seed.value: index for index, seed in enumerate(finding.values["seeds"])}
    alike = [finding.values[f"{what}_seeds"] for what in ("holding", "failing", "unlearned")]
    groups = []
    for seeds in sorted(filter(None, alike), key=lambda seeds: place[seeds[0].value]):
        names = join([ledger.plain(seed) for seed in seeds])
        word = "semilla" if len(seeds) == 1 else "semillas"
        members = [place[seed.value] for seed in seeds]
        groups.append(seed_lines(f"celda, {word} {names}", finding, "cell", members))
    return Apart(tuple(groups), seed_lines("control bidireccional", finding, "control", list(place.values())))


def seed_lines(name: str, finding: Finding, network: str, members: list[int]) -> SeedLines:
    """Of the seeds at the places ``members``."""
    rows = finding.values["rows"]
    values = [[row[network].each[member].value for row in rows] for member in members]
    ends = [[[end.value for end in row[f"{network}_bands"][member]] for row in rows] for member in members]
    return SeedLines(name, np.array(values), *np.moveaxis(np.array(ends), -1, 0))
