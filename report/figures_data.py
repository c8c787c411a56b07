"""From findings and records to what the figures draw; each printed number comes from the ledger."""

import numpy as np

from experiments.records import Run
from report import statistics
from report.figures.data import (
    CONVOLUTIONAL,
    DENSE,
    ConfusionTable,
    Dots,
    GanGlance,
    GanLosses,
    GanSeed,
    GanStrip,
    ImageRows,
    Level,
    LstmCurves,
    LstmGlance,
    LstmSeed,
    Readable,
    ReadableCurves,
)
from report.findings.base import Finding, Summary
from report.findings.gan_losses import DISCRIMINATOR_EQUILIBRIUM, GENERATOR_EQUILIBRIUM
from report.findings.gan_recognisable import readability_record
from report.findings.lstm_metrics import Test
from report.findings.lstm_overfitting import Overfitting
from report.numbers import Leaf, Ledger
from report.quantities import SEED, TEXT
from report.results import Study, at, gan_record, lstm_record

WINDOW = 51  # iterations; odd, so that the running mean is centred
GLANCE_IMAGES = 9
CONTROL_IMAGES = 3  # of each
# Of overfitting, by the name of the threshold where each begins.
DEGREES = {"mild": Overfitting.MILD, "moderate": Overfitting.MODERATE, "severe": Overfitting.SEVERE}
HALF = 0.5  # the output of a discriminator that cannot tell


def shown_gan(study: Study) -> Run:
    """The seed whose images are shown: the first, chosen before seeing any."""
    return study.gan[0]


def lstm_curves(study: Study, ledger: Ledger) -> LstmCurves:
    def curve(run: Run, name: str) -> np.ndarray:
        return np.array([getattr(epoch, name) for epoch in lstm_record(run).epochs])

    return LstmCurves(
        tuple(
            LstmSeed(
                name=ledger.plain(SEED(at(run, "seed"))),
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
    bounds = findings["lstm.overfitting"].rule.thresholds
    selected = findings["lstm.selected_epoch"].values
    return LstmGlance(
        seeds=tuple(f"Semilla {ledger.plain(seed)}" for seed in test["seeds"]),
        accuracy=np.array([number.value for number in test["accuracy"].each]),
        accuracy_low=np.array([low.value for low, _ in test["wilson"]]),
        accuracy_high=np.array([high.value for _, high in test["wilson"]]),
        accuracy_mean=test["accuracy"].mean.value,
        accuracy_text=mean_text(test["accuracy"], ledger),
        reference=reference(findings["lstm.test_accuracy"], ledger),
        gap=np.array([number.value for number in gap.each]),
        gap_mean=gap.mean.value,
        gap_text=mean_text(gap, ledger),
        degrees=tuple(Level(bounds[name].value, str(degree)) for name, degree in DEGREES.items()),
        selected_epoch=np.array([number.value for number in selected["epochs"]]),
        last_epoch=np.array([number.value for number in selected["trained"]]),
        epoch_text="y última entrenada",
    )


def reference(finding: Finding, ledger: Ledger) -> Level | None:
    """The published accuracy, where the verdict compares with it."""
    if finding.verdict not in (Test.BELOW, Test.COMPATIBLE, Test.ABOVE):
        return None
    published = finding.rule.thresholds["reference"]
    return Level(published.value, f"referencia {ledger.plain(published)}")


def mean_text(summary: Summary, ledger: Ledger) -> str:
    if summary.sd is None:
        return ledger.plain(summary.mean)
    return f"{ledger.plain(summary.mean)} ± {ledger.plain(summary.sd)}"


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
        return Dots(each, mean_text(values[name], ledger), level)

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


# --- what the judge reads ----------------------------------------------------------------


def readable_curves(study: Study, finding: Finding, ledger: Ledger) -> ReadableCurves:
    """Of one architecture or both, and the rungs as shares of all images."""
    steps = readability_record(study.readability[0]).steps
    groups = [(CONVOLUTIONAL, study.readability)]
    if study.dense_readability:
        groups.append((DENSE, study.dense_readability))
    real = finding.values["real"].value
    return ReadableCurves(
        iterations=np.array([step.iteration for step in steps]),
        curves=tuple(readable(architecture, runs) for architecture, runs in groups),
        rungs=tuple(
            Level(row["share"].value * real, ledger.plain(row["share"])) for row in finding.values["rungs"]
        ),
    )


def readable(architecture: str, runs: tuple[Run, ...]) -> Readable:
    """Wilson's band is that of the images of all seeds together."""
    steps = [readability_record(run).steps for run in runs]
    counts = np.array([[step.readable for step in each] for each in steps])
    sizes = np.array([[step.n for step in each] for each in steps])
    band = [
        statistics.wilson_interval(int(k), int(n))
        for k, n in zip(counts.sum(axis=0), sizes.sum(axis=0), strict=True)
    ]
    return Readable(
        architecture, counts / sizes, np.array([low for low, _ in band]), np.array([high for _, high in band])
    )


def threshold_rows(study: Study) -> ImageRows:
    arrays = shown_readability(study).arrays
    return ImageRows((arrays["above"], arrays["below"]), ("legibles por poco", "por poco ilegibles"))


def neighbour_rows(study: Study) -> ImageRows:
    pairs = shown_readability(study).arrays["pairs"]
    return ImageRows((pairs[:, 0], pairs[:, 1]), ("generada", "de entrenamiento"))


def control_groups(study: Study, names: list[str]) -> ImageRows:
    return ImageRows(tuple(study.judge.arrays["shown"][:, :CONTROL_IMAGES]), tuple(names))


def shown_readability(study: Study) -> Run:
    """That of ``shown_gan``: both stand in the order of the seeds."""
    return study.readability[0]
