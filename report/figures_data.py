"""From findings and records to what the figures draw; each printed number comes from the ledger."""

from collections.abc import Sequence
from typing import Any

import numpy as np

from experiments.records import LinearRecord, MemoryRecord, Run
from report.figures import (
    Band,
    ByDistance,
    ByLength,
    ByProbe,
    ConfusionTable,
    Dots,
    GanGlance,
    GanLosses,
    GanSeed,
    GanStrip,
    Gradients,
    Level,
    LstmCurves,
    LstmGlance,
    LstmSeed,
)
from report.findings.base import Finding, Summary
from report.findings.gan_losses import DISCRIMINATOR_EQUILIBRIUM, GENERATOR_EQUILIBRIUM
from report.findings.lstm_metrics import CHANCE
from report.numbers import Leaf, Ledger, Number, unmark
from report.quantities import TEXT
from report.results import Study, gan_record, lstm_record

WINDOW = 51  # iterations; odd, so that the running mean is centred
GLANCE_IMAGES = 9
HALF = 0.5  # the output of a discriminator that cannot tell


def shown_gan(study: Study) -> Run:
    """The seed whose images are shown: the first, chosen before seeing any."""
    return study.gan[0]


def lstm_curves(study: Study) -> LstmCurves:
    def curve(run: Run, name: str) -> np.ndarray:
        return np.array([getattr(epoch, name) for epoch in lstm_record(run).epochs])

    return LstmCurves(
        tuple(
            LstmSeed(
                **{
                    name: curve(run, name)
                    for name in ("train_loss", "val_loss", "train_accuracy", "val_accuracy")
                },
                selected_epoch=lstm_record(run).selected_epoch,
            )
            for run in study.lstm
        )
    )


def confusion(finding: Finding, ledger: Ledger) -> ConfusionTable:
    row = finding.values["shown"]
    cells = (("true_negative", "false_positive"), ("false_negative", "true_positive"))
    return ConfusionTable(
        share=np.array([[row["row_shares"][name].value for name in line] for line in cells]),
        counts=_two_by_two([[ledger.plain(row[name]) for name in line] for line in cells]),
        shares=_two_by_two([[ledger.plain(row["row_shares"][name]) for name in line] for line in cells]),
        totals=(ledger.plain(row["negatives"]), ledger.plain(row["positives"])),
    )


def _two_by_two(rows: list[list[str]]) -> tuple[tuple[str, str], tuple[str, str]]:
    (a, b), (c, d) = rows
    return (a, b), (c, d)


def lstm_glance(findings: dict[str, Finding], ledger: Ledger) -> LstmGlance:
    test = findings["lstm.test_accuracy"].values
    gap = findings["lstm.overfitting"].values["gap"]
    selected = findings["lstm.selected_epoch"].values
    return LstmGlance(
        seeds=tuple(f"Semilla {ledger.plain(seed)}" for seed in test["seeds"]),
        accuracy=np.array([number.value for number in test["accuracy"].each]),
        accuracy_low=np.array([low.value for low, _ in test["wilson"]]),
        accuracy_high=np.array([high.value for _, high in test["wilson"]]),
        accuracy_mean=test["accuracy"].mean.value,
        accuracy_text=mean_text(test["accuracy"], ledger),
        gap=np.array([number.value for number in gap.each]),
        gap_mean=gap.mean.value,
        gap_text=mean_text(gap, ledger),
        selected_epoch=np.array([number.value for number in selected["epochs"]]),
        last_epoch=np.array([number.value for number in selected["trained"]]),
        epoch_text="y última entrenada",
    )


def mean_text(summary: Summary, ledger: Ledger) -> str:
    if summary.sd is None:
        return ledger.plain(summary.mean)
    return f"{ledger.plain(summary.mean)} ± {ledger.plain(summary.sd)}"


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
    )


def levels(finding: Finding, ledger: Ledger) -> tuple[Level, Level, Level]:
    """Of both losses and of the discriminator's output, where it cannot tell."""
    half = TEXT(Leaf(f"{HALF:.1f}".replace(".", ledger.style.decimal), "regla:gan.losses.salida"))
    names = [TEXT(Leaf(name, f"nombre:{name}")) for name in ("2·ln 2", "ln 2")]
    return (
        Level(DISCRIMINATOR_EQUILIBRIUM, ledger.plain(names[0])),
        Level(GENERATOR_EQUILIBRIUM, ledger.plain(names[1])),
        Level(HALF, ledger.plain(half)),
    )


def gan_losses(study: Study, finding: Finding, window_text: str, ledger: Ledger) -> GanLosses:
    discriminator, generator, output = levels(finding, ledger)
    names = ("discriminator_loss", "generator_loss", "d_real", "d_fake")
    return GanLosses(
        seeds=tuple(GanSeed(**{name: run.arrays[name] for name in names}) for run in study.gan),
        window=WINDOW,
        window_text=window_text,
        discriminator_equilibrium=discriminator,
        generator_equilibrium=generator,
        output_equilibrium=output,
    )


def gan_strip(study: Study, finding: Finding, ledger: Ledger) -> GanStrip:
    steps = finding.values["steps"]
    return GanStrip(shown_gan(study).arrays["grid"], tuple(ledger.plain(row["step"]) for row in steps))


def gan_glance(study: Study, findings: dict[str, Finding], ledger: Ledger) -> GanGlance:
    """The end of training, and the first, middle and last samples."""
    values = findings["gan.losses"].values
    discriminator, generator, output = levels(findings["gan.losses"], ledger)

    def dots(name: str, level: Level) -> Dots:
        each = np.array([number.value for number in values[name].each])
        return Dots(each, ledger.plain(values[name].mean), level)

    run = shown_gan(study)
    last = len(gan_record(run).sampled_steps) - 1
    chosen = sorted({0, last // 2, last})
    steps = findings["gan.steps"].values["steps"]
    return GanGlance(
        discriminator_loss=dots("discriminator", discriminator),
        generator_loss=dots("generator", generator),
        d_real=dots("d_real", output),
        d_fake=dots("d_fake", output),
        samples=GanStrip(
            run.arrays["grid"][chosen][:, :GLANCE_IMAGES],
            tuple(ledger.plain(steps[index]["step"]) for index in chosen),
        ),
    )
